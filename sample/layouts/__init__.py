"""Files as suppliers lay them out, made from the synthetic sample."""
