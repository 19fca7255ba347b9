"""Suppliers' files read by their mappings; `arrival.py` is the way in."""
