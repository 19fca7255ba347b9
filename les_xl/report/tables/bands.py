"""`tblBanding`: practices per band of achievement by sub-ICB group, with total, share and change."""

import pandas as pd

from les_xl import periods
from les_xl.marks import Mark
from les_xl.measures.banding import Banding
from les_xl.position import Position
from les_xl.report import words
from les_xl.report.table import Column, Content, Formula, Line, Ref, Row, Table
from les_xl.report.tables import cells

_TOTAL = 1
"""Index of the column of all practices; the bands follow it."""


def banding(position: Position) -> Table | None:
    """`tblBanding`, of the first LES with bands; None where no LES has any."""
    found = _first(position)
    if found is None:
        return None
    columns = (
        Column("Sub ICB group", "text", 26),
        Column("Total practices", "number", 11),
        *(Column(label, "number", 9.5) for label in found.labels),
    )
    starred = " *" if position.specs.service(found.les).exclude else ""
    title = f"{position.specs.service(found.les).title}: practices by share of their annual target{starred}"
    rows = (*_groups(position, found), *_summary_rows(found))
    key, notes = ("Sub ICB group",), _notes(position, found)
    return Table("tblBanding", title, columns, rows, key, notes=notes, lines=lines(position))


def lines(position: Position) -> tuple[Line, ...]:
    """The lines above the table, of this edition."""
    found = _first(position)
    return () if found is None else _lines(found)


def _first(position: Position) -> Banding | None:
    return next(iter(position.bandings.values()), None)


def group_rows(table: Table) -> int:
    """How many rows of `tblBanding` are groups: those above its `Total`."""
    return next(index for index, row in enumerate(table.rows) if row.cells[0] == "Total")


def _groups(position: Position, banded: Banding) -> list[Row]:
    names = {group.code: group.name for group in position.specs.workspace.sub_icbs}
    rows = []
    for index, (code, counts) in enumerate(banded.groups.iterrows()):
        in_bands = [int(counts[label]) for label in banded.labels]
        block = Ref(index, _TOTAL + 1, index, _TOTAL + len(banded.labels))
        of_all = cells.total(block, float(counts["total"]))
        rows.append(Row((names.get(str(code), str(code)), of_all, *in_bands)))
    return rows


def _summary_rows(banded: Banding) -> tuple[Row, ...]:
    groups = len(banded.groups)
    labels = ("total", *banded.labels)
    total = [
        cells.total(Ref(0, column, groups - 1, column), float(banded.total[label]))
        for column, label in enumerate(labels, _TOTAL)
    ]
    shares = [
        cells.share(Ref(groups, column), Ref(groups, _TOTAL), _share(banded, label))
        for column, label in enumerate(labels, _TOTAL)
    ]
    return (
        Row(("Total", *total), emphasis=True, starts=True),
        Row(("% of practices", *shares), kind="percent", tint=True),
        Row(("Last month", *_last_month(banded.last_month, labels))),
        Row(("Change", *_changes(banded, labels, groups)), kind="signed", tint=True),
    )


def _share(banded: Banding, label: str) -> float | Mark:
    """The share of a band; of all practices the sum of the shares."""
    value = float(banded.share.sum() if label == "total" else banded.share[label])
    return Mark.NOT_APPLICABLE if pd.isna(value) or banded.total["total"] == 0 else value


def _last_month(last_month: "pd.Series | None", labels: tuple[str, ...]) -> list[Content]:
    if last_month is None:
        return [Mark.NOT_APPLICABLE] * len(labels)
    return [int(last_month[label]) for label in labels]


def _changes(banded: Banding, labels: tuple[str, ...], groups: int) -> list[Formula]:
    return [
        cells.difference(
            Ref(groups, column),
            Ref(groups + 2, column),
            Mark.NOT_APPLICABLE if banded.change is None else float(banded.change[label]),
        )
        for column, label in enumerate(labels, _TOTAL)
    ]


def _notes(position: Position, banded: Banding) -> tuple[str, ...]:
    footnotes = [rule.footnote.rstrip(".") for rule in position.specs.service(banded.les).exclude]
    return (
        *([f"* {' '.join(footnotes)}."] if footnotes else []),
        "The upper edge of a band belongs to it: exactly 10% is in 0-10%, more is in the next.",
    )


def _lines(banded: Banding) -> tuple[Line, ...]:
    """What the last month is, and who is counted in the lowest band or not at all."""
    silent = int((~banded.practices["reported"].astype(bool)).sum())
    counted = [
        *([_never(silent, banded.labels[0])] if silent else []),
        *([_without_target(banded.no_target)] if banded.no_target else []),
    ]
    last = (
        f"Last month is {periods.long_label(periods.add_months(banded.month, -1))}."
        if banded.last_month is not None
        else f"{periods.long_label(banded.month)} is the first month: nothing to compare with."
    )
    return Line("LesLine_BandingLastMonth", last), Line("LesLine_BandingCounted", " ".join(counted))


def _never(silent: int, lowest: str) -> str:
    verb = "has" if silent == 1 else "have"
    return f"{words.plural(silent, 'practice')} counted in {lowest} {verb} never reported."


def _without_target(practices: int) -> str:
    verb = "has" if practices == 1 else "have"
    return f"{words.plural(practices, 'practice')} {verb} no target and no band: not counted here."
