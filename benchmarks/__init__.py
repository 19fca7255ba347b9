"""What takes how long; the figures are in README.md."""
