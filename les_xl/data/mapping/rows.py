"""Which rows of a table are read: without totals, filtered rows and dropped codes, each told and counted."""

from collections.abc import Iterator

import pandas as pd

from les_xl.data.cells import numbers
from les_xl.data.findings import Finding, found, printable
from les_xl.data.mapping.sources import Sources
from les_xl.data.mapping.table import Table
from les_xl.errors import Kind, Problem
from les_xl.errors.mapping import (
    DROPPED,
    NO_TOTALS_ROW,
    NOT_KEPT,
    TOTALS_DIFFER,
    UNKNOWN_INDICATOR,
)
from les_xl.spec.extract_columns import SPREAD
from les_xl.spec.extract_model import ExtractMapping, Indicators, TotalsRow
from les_xl.spec.wildcards import fits, fits_any, folded

_TOLERANCE = 1e-6
_BETWEEN = "\0"


class Rows:
    """Works down the rows of a table: `left` are the numbers of those still there."""

    def __init__(self, table: Table, mapping: ExtractMapping, where: Sources) -> None:
        self.table, self.mapping, self.where = table, mapping, where
        self.findings: list[Finding] = []
        blank = (table.body == "").all(axis=1)
        self.left = table.body.index[~blank]

    def column(self, at: int) -> "pd.Series[str]":
        """The cells of a column in the rows that are left."""
        return self.table.column(at).loc[self.left]

    def without_totals(self) -> None:
        """Leave out the rows of totals, and hold each against the rows above it (LES285, LES286)."""
        footer = self.mapping.footer
        if footer is None or self.where.totals is None:
            return
        texts = self.column(self.where.totals)
        ends = matching(texts, footer.texts)
        if not ends.any():
            self._no_totals(footer)
            return
        totals = self.left[ends]
        self.left = self.left[self.left < totals[0]] if footer.end else self.left[~ends]
        for at in self._summed():
            self._hold(at, totals)

    def _no_totals(self, footer: TotalsRow) -> None:
        if not footer.optional:
            texts = ", ".join(footer.texts)
            problem = NO_TOTALS_ROW.at(self.table.place(), mapping=self.mapping.mapping, texts=texts)
            self._note(NO_TOTALS_ROW, problem)

    def _summed(self) -> Iterator[int]:
        value = SPREAD.get(self.mapping.kind, "")
        if value in self.where.columns:
            yield self.where.columns[value]
        yield from self.where.months

    def _hold(self, at: int, totals: "pd.Index[int]") -> None:
        last = totals[-1]
        total = numbers(self.table.column(at).loc[[last]]).iloc[0]
        above = numbers(self.column(at)[self.left < last]).sum()
        if pd.notna(total) and abs(above - total) > _TOLERANCE:
            place = self.table.place(int(last), self.table.heading(at))
            self._note(TOTALS_DIFFER, TOTALS_DIFFER.at(place, sum=f"{above:g}", total=f"{total:g}"))

    def kept(self) -> None:
        """Keep what `only` says, and count the rest (LES292)."""
        for only, at in zip(self.mapping.only, self.where.kept, strict=True):
            fitting = matching(self.column(at), only.among)
            reason = f"column {self._called(at)} is not {' or '.join(map(_quoted, only.among))}"
            self._keep(fitting, reason)

    def _called(self, at: int) -> str:
        heading = self.table.heading(at)
        return f"'{heading}'" if heading in self.table.headings else heading

    def _keep(self, fitting: "pd.Series[bool]", reason: str) -> None:
        count = int((~fitting).sum())
        if count:
            plural = "s are" if count != 1 else " is"
            self._note(NOT_KEPT, NOT_KEPT.at(self.table.place(), count=count, s=plural, reason=reason))
        self.left = self.left[fitting]

    def without_dropped(self) -> None:
        """Leave out the codes under `drop`, and list each with its count (LES291)."""
        at = self.where.columns.get("trust" if self.mapping.kind == "other_providers" else "ods_code")
        if at is None or not self.mapping.drop:
            return
        codes = self.column(at)
        dropped = matching(codes, self.mapping.drop)
        for code, count in codes[dropped].value_counts(sort=False).items():
            words = {"code": printable(str(code)), "s": "s" if count != 1 else ""}
            problem = DROPPED.at(self.table.place(), mapping=self.mapping.mapping, count=count, **words)
            self._note(DROPPED, problem)
        self.left = self.left[~dropped]

    def indicators(self, spec: Indicators) -> pd.DataFrame:
        """`les` and `metric` of each row by the supplier's code, without those ignored (LES288, LES292)."""
        codes = self.column(self.where.code[0])
        for at in self.where.code[1:]:
            codes = codes + _BETWEEN + self.column(at)
        known = {
            _BETWEEN.join(map(folded, one.code)): (one.les, one.metric, "mapped") for one in spec.metrics
        }
        meant = {code: known.get(folded(code)) or _unmapped(code, spec) for code in codes.unique()}
        rows = [meant[code] for code in codes]
        words = pd.DataFrame(rows, index=self.left, columns=["les", "metric", "as"], dtype="str")
        self._unknown(codes[words["as"] == "unknown"])
        self._keep(words["as"] != "ignored", "the mapping ignores their code")
        self.left = words.index[words["as"] == "mapped"]
        return words.loc[self.left, ["les", "metric"]]

    def _unknown(self, codes: "pd.Series[str]") -> None:
        first = codes.drop_duplicates().str.replace(_BETWEEN, " / ", regex=False)
        heading = self.table.heading(self.where.code[0])
        rows = pd.DataFrame({"row": first.index, heading: first.to_numpy()})
        mapping = self.mapping.mapping
        self.findings.append(
            found(
                UNKNOWN_INDICATOR,
                self.table,
                rows,
                heading,
                lambda row: {"mapping": mapping, "code": row[heading]},
            )
        )

    def _note(self, kind: Kind, problem: Problem) -> None:
        self.findings.append(Finding(kind, (problem,), 1))


def _unmapped(code: str, spec: Indicators) -> tuple[str, str, str]:
    texts = code.split(_BETWEEN)
    ignored = any(all(map(fits, pattern, texts)) for pattern in spec.ignore)
    return "", "", "ignored" if ignored else "unknown"


def matching(texts: "pd.Series[str]", patterns: tuple[str, ...]) -> "pd.Series[bool]":
    """Which texts fit one of the patterns."""
    known = {text: fits_any(patterns, text) for text in texts.unique()}
    return texts.map(known).astype(bool)


def _quoted(text: str) -> str:
    return f"'{text}'" if text else "empty"
