"""What is shown: tables made from a position, as frozen values that know nothing of Excel's file format."""
