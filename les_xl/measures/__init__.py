"""Measures: pure functions from frames to frames; `position.py` puts them together."""
