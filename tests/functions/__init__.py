"""Tests of the `LES_…` functions, from arguments to the cached index."""
