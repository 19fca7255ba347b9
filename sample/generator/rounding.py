"""Whole numbers that add up: shares of a total, values slid inside their limits, tables with both margins."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

STEPS = 1000
_FITTING_ROUNDS = 200


@dataclass(frozen=True)
class Room:
    """Least and greatest value that something may take, both included, and where between them it would be.

    `wish` runs from 0 (at `low`) to STEPS (at `high`).
    """

    low: int
    high: int
    wish: int = STEPS // 2

    def at(self, shift: int) -> int:
        """The value where every wish is moved by `shift` steps."""
        step = min(max(self.wish + shift, 0), STEPS)
        return self.low + (self.high - self.low) * step // STEPS


def largest_remainder(weights: Mapping[str, int], total: int) -> dict[str, int]:
    """Whole shares of `total` in proportion to whole weights; the largest remainders are rounded up."""
    whole = sum(weights.values())
    shares = {code: total * weight // whole for code, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda code: (-(total * weights[code] % whole), code))
    for code in by_remainder[: total - sum(shares.values())]:
        shares[code] += 1
    return shares


def slide(rooms: Mapping[str, Room], total: int, rng: random.Random) -> dict[str, int]:
    """Values inside their rooms that sum to `total`: all wishes move alike, the rest is dealt one by one.

    Raises ValueError where the rooms leave no such values.
    """
    if not sum(room.low for room in rooms.values()) <= total <= sum(room.high for room in rooms.values()):
        raise ValueError(f"no values within these limits sum to {total}")
    shift = max(s for s in range(-STEPS, STEPS + 1) if sum(room.at(s) for room in rooms.values()) <= total)
    values = {code: room.at(shift) for code, room in rooms.items()}
    while rest := total - sum(values.values()):
        open_ones = [code for code in sorted(values) if values[code] < rooms[code].high]
        for code in rng.sample(open_ones, min(rest, len(open_ones))):
            values[code] += 1
    return values


def fit(seed: Sequence[Sequence[int]], rows: Sequence[int], columns: Sequence[int]) -> list[list[float]]:
    """`seed` scaled by iterative proportional fitting until rows and (very nearly) columns sum as asked."""
    table = [[float(cell) for cell in line] for line in seed]
    for _ in range(_FITTING_ROUNDS):
        factors = [_ratio(want, [line[j] for line in table]) for j, want in enumerate(columns)]
        table = [[cell * factor for cell, factor in zip(line, factors, strict=True)] for line in table]
        table = [[cell * _ratio(want, line) for cell in line] for line, want in zip(table, rows, strict=True)]
    return table


def _ratio(want: int, cells: Sequence[float]) -> float:
    # fsum: the built-in sum of floats changed with Python 3.12, and the sample must not.
    total = fsum(cells)
    return want / total if total else 0.0


def round_table(
    table: Sequence[Sequence[float]], rows: Sequence[int], columns: Sequence[int], rng: random.Random
) -> list[list[int]]:
    """A fitted table in whole numbers with exactly these margins; a cell of 0 stays 0."""
    cells = [_round_line(line, want) for line, want in zip(table, rows, strict=True)]
    excess = [sum(line[j] for line in cells) - want for j, want in enumerate(columns)]
    while any(excess):
        source, goal = excess.index(max(excess)), excess.index(min(excess))
        giving = [line for line, exact in zip(cells, table, strict=True) if line[source] and exact[goal]]
        line = rng.choice(giving)
        line[source] -= 1
        line[goal] += 1
        excess[source] -= 1
        excess[goal] += 1
    return cells


def _round_line(line: Sequence[float], want: int) -> list[int]:
    cells = [int(cell) for cell in line]
    order = sorted(range(len(line)), key=lambda j: (cells[j] - line[j], j))
    for step in range(want - sum(cells)):
        cells[order[step]] += 1
    return cells
