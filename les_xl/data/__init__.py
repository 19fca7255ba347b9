"""Data: extracts are read, checked whole, kept in the append-only store, and read back as known at a load."""
