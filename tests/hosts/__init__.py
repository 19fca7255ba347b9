"""Tests of the hosts of the functions and macros."""
