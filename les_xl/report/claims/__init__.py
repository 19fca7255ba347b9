"""What sentences and tables say about the figures, held against the position."""
