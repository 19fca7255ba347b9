"""`tblPeers`: each practice in each LES against its peers, and how often a practice stands out."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from les_xl.marks import Mark
from les_xl.measures.overdispersion import LEAST_PRACTICES, METHOD
from les_xl.measures.peers import TOO_FEW, VERDICTS, judged_metrics, standings
from les_xl.position import Position
from les_xl.report.figures import org_names, organisations, records
from les_xl.report.table import Column, Content, Row, Table
from les_xl.spec.read import PublishedRow

VERDICT = "Against peers"
"""The column whose words are coloured."""

SPREAD = "Over-dispersion (φ)"
"""The column that says by how much practices differ more than chance would have them."""

_COLUMNS = (
    Column("LES", "text", 31),
    Column("ODS code", "text", 9.5),
    Column("Practice", "text", 37),
    Column("Sub ICB group", "text", 22),
    Column("List size", "number", 10),
    Column("Delivered to date", "number", 11.5),
    Column("Per 1,000 a month", "ratio", 11),
    Column("All practices per 1,000", "ratio", 11.5),
    Column("Expected by peers", "number", 11.5),
    Column("% of expected", "percent", 11.5),
    Column("Lower limit", "number", 10.5),
    Column("Upper limit", "number", 10.5),
    Column(SPREAD, "ratio", 14),
    Column("Limits", "text", 10),
    Column("Percentile", "percent", 11.5),
    Column(VERDICT, "text", 17),
)
_STANDS_OUT = (VERDICTS[0], VERDICTS[-1])
_ORDER = (*_STANDS_OUT, VERDICTS[1], VERDICTS[3], VERDICTS[2], TOO_FEW, *(mark.value for mark in Mark))
_WIDENED, _CHANCE = "Widened", "Chance"
_NUMBERS = (
    "list_size",
    "delivered",
    "rate",
    "peer_rate",
    "expected",
    "ratio",
    "lower_998",
    "upper_998",
    "phi",
)
_NOTES = (
    "Expected by peers: the practice's patients at the rate of all practices, over the months with a return.",
    "Limits: where 99.8 % would lie if practices differed by chance, or as widely as they do (Widened).",
    f"{SPREAD}: how many times the variation of chance they show; {METHOD}.",
    f"Limits are widened by its root where it is above 1 + 2 √(2 ÷ n), of n ≥ {LEAST_PRACTICES} judged.",
    "Low and high: outside where 95 % would lie. Very low and very high: outside the limits.",
    "Those who stand out come first, and are what is printed; filter a LES to see it alone.",
    "Under 15 expected are too few to judge, and have no percentile. A LES with nobody to judge is left out.",
)


def peers(position: Position) -> Table | None:
    """`tblPeers`, or None: those who stand out first; else LES as published and practices as in theirs."""
    labels, judged, names = _labels(position), judged_metrics(position.peers), org_names(position)
    shown = {metric: label for metric, label in labels.items() if metric in judged}
    groups = {
        org["org"]: names.get(("sub_icb", org["sub_icb"]), org["sub_icb"])
        for org in organisations(position)
        if org["level"] == "practice"
    }
    found = position.peers
    keys = (found[name].tolist() for name in ("les", "metric", "org"))
    rows = [
        Row((shown[les, metric], org, names["practice", org], groups[org], *cells))
        for les, metric, org, cells in zip(*keys, _figures(found), strict=True)
        if (les, metric) in shown
    ]
    if not rows:
        return None
    rows.sort(key=_place)
    key, ranked = ("LES", "ODS code"), (VERDICT,)
    title = "Practices against their peers"
    return Table("tblPeers", title, _COLUMNS, tuple(rows), key, notes=_NOTES, filtered=True, ranked=ranked)


def _place(row: Row) -> int:
    return _ORDER.index(str(row.cells[-1]))


def worth_paper(verdict: object) -> bool:
    """True for a practice that is outside the limits."""
    return verdict in _STANDS_OUT


STANDINGS = (
    Column("LES judged against peers", "number", 11.5),
    Column("Very low", "number", 10),
    Column("Very high", "number", 10),
)
"""Columns of `tblPractices`: in how many LES a practice is judged, and stands out."""


def standing_cells(position: Position) -> dict[str, tuple[Content, ...]]:
    """The cells of STANDINGS by ODS code, over the published rows."""
    rows = standings(position.peers, list(_labels(position)))
    return {str(row["org"]): (row["judged"], row["very_low"], row["very_high"]) for row in records(rows)}


def _labels(position: Position) -> dict[tuple[str, str], str]:
    rows: tuple[PublishedRow, ...] = position.specs.published_rows()
    return {(row.les, row.metric): row.label for row in rows}


def _figures(found: pd.DataFrame) -> Iterator[tuple[Content, ...]]:
    """The figures of each row and its verdict; not reported in a row of nothing, else not applicable."""
    numbers = found[[*_NUMBERS, "percentile"]].to_numpy(dtype=np.float64)
    absent, silent = np.isnan(numbers), (found["verdict"] == Mark.NOT_REPORTED.value).to_numpy()[:, None]
    made = numbers.astype(object)
    made[absent & silent] = Mark.NOT_REPORTED
    made[absent & ~silent] = Mark.NOT_APPLICABLE
    expected = _NUMBERS.index("expected")
    limits = np.where(found["widened"].to_numpy(dtype=bool), _WIDENED, _CHANCE).astype(object)
    limits = np.where(absent[:, expected], made[:, expected], limits)
    kept = zip(made.tolist(), limits.tolist(), found["verdict"].tolist(), strict=True)
    for (*figures, percentile), limit, verdict in kept:
        yield *figures, limit, percentile, verdict
