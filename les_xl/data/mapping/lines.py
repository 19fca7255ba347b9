"""The rows of one table as lines of our columns, a wide layout's months one under the other."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from les_xl.data.findings import Finding, Row, found
from les_xl.data.mapping import naming
from les_xl.data.mapping.months import iso_dates, otherwise_written
from les_xl.data.mapping.rows import Rows
from les_xl.data.mapping.sources import Sources
from les_xl.data.mapping.table import Table
from les_xl.errors.mapping import OTHER_DATE_FORMAT
from les_xl.spec.extract_columns import SPREAD
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.read import Specs
from les_xl.spec.wildcards import folded

DATES = ("month", "opened", "closed", "from", "to", "valid_from")
"""Columns that `date_format` is for."""


@dataclass(frozen=True)
class Lines:
    """Lines of one table: our columns as text, `row` of the file, `heading` of the value where it is wide.

    `unreported` are those whose value says that nothing was reported; they are not among `lines`.
    """

    lines: pd.DataFrame
    unreported: pd.DataFrame
    findings: tuple[Finding, ...]


def lines_of(
    table: Table, mapping: ExtractMapping, where: Sources, constants: dict[str, str], specs: Specs
) -> Lines:
    """Read the rows of a table; `constants` are our columns that have one value in all of them."""
    rows = Rows(table, mapping, where)
    rows.without_totals()
    rows.kept()
    rows.without_dropped()
    codes = rows.indicators(mapping.indicators) if mapping.indicators else None
    own = {name: rows.column(at) for name, at in where.columns.items()}
    if codes is not None:
        own |= {"les": codes["les"], "metric": codes["metric"]}
    frame = pd.DataFrame(own, index=rows.left, dtype="str").assign(**constants)
    frame = _in_our_words(frame, mapping)
    frame = _named(frame.assign(row=frame.index.to_numpy()), mapping, specs)
    if where.months:
        frame = _spread(frame, rows, mapping, where)
    frame, late = _dated(frame.reset_index(drop=True), table, mapping, where)
    silent = _silent(frame, mapping)
    findings = (*rows.findings, *late)
    return Lines(frame[~silent], frame[silent], findings)


def _in_our_words(frame: pd.DataFrame, mapping: ExtractMapping) -> pd.DataFrame:
    for name, column in mapping.columns.given().items():
        if column.values:
            words = {folded(theirs): ours for theirs, ours in column.values.items()}
            known = {text: words.get(folded(text), text) for text in frame[name].unique()}
            frame = frame.assign(**{name: frame[name].map(known).astype("str")})
    return frame


def _named(frame: pd.DataFrame, mapping: ExtractMapping, specs: Specs) -> pd.DataFrame:
    if "les" not in frame:
        return frame
    frame = frame.assign(les=naming.les_slugs(frame["les"], specs))
    if "metric" in frame:
        return frame.assign(metric=naming.metric_ids(frame["les"], frame["metric"], specs))
    if mapping.kind in ("activity", "plans"):
        return frame.assign(metric=naming.headlines(frame["les"], specs))
    return frame


def _spread(frame: pd.DataFrame, rows: Rows, mapping: ExtractMapping, where: Sources) -> pd.DataFrame:
    """One line for each row and month; the months of a row stand together."""
    value = SPREAD[mapping.kind]
    parts = []
    for at, month in where.months.items():
        part = frame.assign(month=month, heading=rows.table.heading(at))
        part[value] = rows.column(at)
        parts.append(part)
    return pd.concat(parts).sort_index(kind="stable")


def _dated(
    frame: pd.DataFrame, table: Table, mapping: ExtractMapping, where: Sources
) -> tuple[pd.DataFrame, list[Finding]]:
    findings: list[Finding] = []
    written = mapping.date_format
    for name in DATES if written else ():
        if written is None or name not in where.columns:
            continue
        heading = table.heading(where.columns[name])
        odd = frame[otherwise_written(frame[name], written)]
        bad = pd.DataFrame({"row": odd["row"], heading: odd[name]})
        words = {"format": written, "mapping": mapping.mapping}
        findings.append(found(OTHER_DATE_FORMAT, table, bad, heading, _telling(heading, words)))
        frame = frame.assign(**{name: iso_dates(frame[name], written)})
    return frame, findings


def _telling(heading: str, words: Mapping[str, str]) -> Callable[[Row], Mapping[str, object]]:
    return lambda row: {**words, "text": row[heading]}


def _silent(frame: pd.DataFrame, mapping: ExtractMapping) -> "pd.Series[bool]":
    value = SPREAD.get(mapping.kind, "")
    if value not in frame:
        return pd.Series(False, index=frame.index)
    texts = {folded(text) for text in mapping.not_reported}
    if mapping.layout == "wide":
        texts.add("")
    return frame[value].map({text: folded(text) in texts for text in frame[value].unique()}).astype(bool)
