"""The synthetic sample, and the programme that makes it: `python -m sample.generate`."""
