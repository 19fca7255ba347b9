"""Chance that comes out the same every time, on every machine."""

import random

_SEED = "les-xl sample 2025-10"


def chance(topic: str) -> random.Random:
    """A generator for one topic, so that a change in one part of the sample leaves the others as they are."""
    return random.Random(f"{_SEED}: {topic}")


def between(rng: random.Random, low: int, high: int, most: int) -> int:
    """A whole number from a triangular distribution whose peak is at `most`."""
    return int(rng.triangular(low, high, most))
