"""The checks of one extract's columns: each looks at a whole column at once and notes what it finds."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import pandas as pd

from les_xl.data import cells
from les_xl.data.extract import Extract
from les_xl.data.findings import Finding, Row, found
from les_xl.data.known import Known
from les_xl.data.records import Record
from les_xl.errors import Kind, nearest
from les_xl.errors.rows import (
    DUPLICATE_KEY,
    NEGATIVE,
    NO_VALUE,
    NOT_A_DATE,
    NOT_A_MONTH,
    NOT_A_NUMBER,
    NOT_A_YEAR,
    UNKNOWN_INDICATOR,
    UNKNOWN_LES,
    UNKNOWN_METRIC,
    UNKNOWN_ORGANISATION,
    UNKNOWN_PLACE,
    UNKNOWN_SUB_ICB,
    UNKNOWN_SUCCESSOR,
    UNKNOWN_TRUST,
    UNKNOWN_WORD,
)
from les_xl.spec.read import Specs

_MAY_BE_EMPTY = ("from", "valid_from")
_MOST_GUESSES = 20
_LOOKS_LIKE_EXCEL = r"[0-9.]+E[+-][0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}.*"


class Checks:
    """Works through the columns of one extract. `frame` is the extract's, with the columns that were read
    so far put in place of their texts; `findings` grows with every check."""

    def __init__(self, extract: Extract, specs: Specs) -> None:
        self.extract = extract
        self.specs = specs
        self.frame = extract.frame
        self.findings: list[Finding] = []

    def find(
        self, kind: Kind, rows: pd.DataFrame, column: str | None, words: Callable[[Row], Mapping[str, object]]
    ) -> None:
        """Note the rows as problems of that kind; `words` fill its templates."""
        cells = self.extract.distinct(rows, column)
        self.findings.append(found(kind, self.extract, cells, column, words))

    def replace(self, column: str, values: "pd.Series[str] | pd.Series[float]") -> None:
        """Put what was read in place of the column's texts."""
        self.frame = self.frame.assign(**{column: values})

    def needed(self, column: str, advice: str) -> "pd.Series[bool]":
        """LES235 where the column is empty; gives which rows hold something."""
        empty = self.frame[column] == ""
        self.find(NO_VALUE, self.frame[empty], column, lambda row: {"column": column, "advice": advice})
        return ~empty

    def organisation(self, known: Known) -> None:
        """LES230 where `ods_code` is not a known organisation's."""
        filled = self.needed("ods_code", "every row needs the code of its organisation")
        codes = set(known.organisations["ods_code"])
        unknown = self.frame[filled & ~self.frame["ods_code"].isin(codes)]
        advice = _advise_codes(unknown["ods_code"], codes)
        self.find(UNKNOWN_ORGANISATION, unknown, "ods_code", lambda row: advice[row["ods_code"]])

    def successor(self, known: Known) -> None:
        """LES245 where `successor` is neither a known organisation's code nor one of the file."""
        codes = set(known.organisations["ods_code"]) | set(self.frame["ods_code"])
        named = self.frame[self.frame["successor"] != ""]
        unknown = named[~named["successor"].isin(codes)]
        advice = _advise_codes(unknown["successor"], codes)
        self.find(UNKNOWN_SUCCESSOR, unknown, "successor", lambda row: advice[row["successor"]])

    def les(self) -> None:
        """LES231 where `les` is not the slug of a service."""
        filled = self.needed("les", "every row needs the slug of its LES")
        slugs = {service.les: service.title for service in self.specs.services}
        unknown = self.frame[filled & ~self.frame["les"].isin(slugs)]
        by_title = {title.casefold(): slug for slug, title in slugs.items()}
        advice = {
            word: _advise(word, slugs, by_title.get(word.casefold()), "the LES are")
            for word in unknown["les"].unique()
        }
        self.find(UNKNOWN_LES, unknown, "les", lambda row: {"word": row["les"], "advice": advice[row["les"]]})

    def metric(self) -> None:
        """LES231 and LES232 where `les` and `metric` are not those of a service."""
        self.les()
        filled = self.needed("metric", "every row needs the slug of its metric")
        metrics = {service.les: [metric.id for metric in service.metrics] for service in self.specs.services}
        pairs = pd.MultiIndex.from_frame(self.frame[["les", "metric"]])
        known = [(les, metric) for les, ids in metrics.items() for metric in ids]
        unknown = self.frame[filled & self.frame["les"].isin(metrics) & ~pairs.isin(known)]
        self.find(
            UNKNOWN_METRIC,
            unknown,
            "metric",
            lambda row: {
                "les": row["les"],
                "word": row["metric"],
                "advice": _advise(row["metric"], metrics[row["les"]], None, "its metrics are"),
            },
        )

    def number(self, column: str, advice: str, optional: bool = False) -> "pd.Series[float]":
        """LES235, LES236, LES237; gives the column's numbers."""
        texts = self.frame[column]
        filled = texts != "" if optional else self.needed(column, advice)
        values = cells.numbers(texts)
        unread = self.frame[filled & values.isna()]
        self.find(NOT_A_NUMBER, unread, column, lambda row: {"text": row[column]})
        self.find(NEGATIVE, self.frame[values < 0], column, lambda row: {"text": row[column]})
        return values

    def month(self, column: str, needed_by: str | None = None) -> "pd.Series[str]":
        """LES235 and LES238; gives the column's months. `needed_by`: only where that number is there."""
        wanted = self.frame[needed_by].notna() if needed_by else pd.Series(True, index=self.frame.index)
        texts, months = self.frame[column], cells.months(self.frame[column])
        empty = self.frame[wanted & (texts == "")]
        self.find(NO_VALUE, empty, column, lambda row: {"column": column, "advice": "write it as 2025-10"})
        unread = self.frame[(texts != "") & (months == "")]
        self.find(NOT_A_MONTH, unread, column, lambda row: {"text": row[column]})
        return months

    def date(self, column: str) -> "pd.Series[str]":
        """LES241; gives the months that the dates lie in, "" for none."""
        texts, months = self.frame[column], cells.dates(self.frame[column])
        unread = self.frame[(texts != "") & (months == "")]
        self.find(NOT_A_DATE, unread, column, lambda row: {"text": row[column]})
        return months

    def year(self, column: str) -> "pd.Series[str]":
        """LES235 and LES242; gives the column's financial years."""
        filled = self.needed(column, "write it as 2025-26")
        years = cells.years(self.frame[column])
        self.find(NOT_A_YEAR, self.frame[filled & (years == "")], column, lambda row: {"text": row[column]})
        return years

    def word(self, column: str, allowed: tuple[str, ...]) -> None:
        """LES235 and LES243; puts the words in place as slugs."""
        filled = self.needed(column, f"write one of: {', '.join(allowed)}")
        words = cells.words(self.frame[column])
        unknown = self.frame[filled & ~words.isin(allowed)]
        self.find(
            UNKNOWN_WORD,
            unknown,
            column,
            lambda row: {
                "text": row[column],
                "column": column,
                "advice": _advise(row[column], allowed, None, "write one of:"),
            },
        )
        self.replace(column, words)

    def sub_icb(self) -> None:
        """LES247 where `sub_icb` is not a group of the workspace."""
        filled = self.needed("sub_icb", "every organisation belongs to a sub ICB group")
        groups = {group.code: group.name for group in self.specs.workspace.sub_icbs}
        unknown = self.frame[filled & ~self.frame["sub_icb"].isin(groups)]
        listed = ", ".join(groups)
        self.find(
            UNKNOWN_SUB_ICB,
            unknown,
            "sub_icb",
            lambda row: {"code": row["sub_icb"], "advice": f"the groups are {listed}"},
        )

    def trust_and_place(self, known: Known) -> None:
        """LES248 and LES249 where `trust` or `place` is not that of any organisation."""
        usual = "write it as the organisations file does, or load that file first"
        for column, kind in (("trust", UNKNOWN_TRUST), ("place", UNKNOWN_PLACE)):
            names = sorted(set(known.organisations[column]) - {""})
            self._among(column, kind, names, f"every row needs its {column}", usual)

    def indicator(self) -> None:
        """LES250 where `indicator` is not one of the specifications."""
        names = self.specs.indicators
        usual = f"the indicators are {', '.join(names)}" if names else "no LES has `shift` or `impact`"
        self._among("indicator", UNKNOWN_INDICATOR, names, "every row needs its indicator", usual)

    def _among(self, column: str, kind: Kind, names: Sequence[str], empty: str, usual: str) -> None:
        filled = self.needed(column, empty)
        unknown = self.frame[filled & ~self.frame[column].isin(names)]
        said = {word: _did_you_mean(word, names) or usual for word in unknown[column].unique()}
        self.find(kind, unknown, column, lambda row: {"text": row[column], "advice": said[row[column]]})

    def either(self, first: str, second: str) -> None:
        """LES235 where both columns are empty."""
        neither = self.frame[(self.frame[first] == "") & (self.frame[second] == "")]
        words = {"column": f"{first}, and {second},", "advice": "fill in one of the two"}
        self.find(NO_VALUE, neither, first, lambda row: words)

    def unique(self, record: Record, where: str | None = None, repeats: bool = False) -> pd.DataFrame:
        """LES234 where two rows have the record's key; gives the record's columns and `row`.

        `where`: only rows that hold that number are rows of the record. `repeats`: a row that says the very
        same again is passed over, as a year's target beside each of its months.
        """
        frame = self.frame if where is None else self.frame[self.frame[where].notna()]
        frame = frame.drop_duplicates(list(record.columns)) if repeats else frame
        key = list(record.key)
        # What could not be read is reported as such, not once more as a row that is there twice.
        whole = frame[(frame[[name for name in key if name not in _MAY_BE_EMPTY]] != "").all(axis=1)]
        first = whole.groupby(key, sort=False)["row"].transform("first")
        again = whole.assign(first=first)[whole.duplicated(key)]
        self.find(
            DUPLICATE_KEY,
            again,
            None,
            lambda row: {
                "row": self.extract.line(row["row"]),
                "first": self.extract.line(row["first"]),
                "key": ", ".join(str(row[name]) for name in key if row[name]),
            },
        )
        return frame[[*(name for name in record.columns if name in frame), "row"]]


def _advise_codes(unknown: "pd.Series[str]", codes: Iterable[str]) -> dict[str, dict[str, str]]:
    """Words for each unknown code; a nearest one is looked for only among the first, because it is slow."""
    known = sorted(codes)
    usual = "add it to the organisations file, or correct the code" if known else _NO_ORGANISATIONS
    different = unknown.drop_duplicates()
    advice = dict.fromkeys(different, usual)
    advice |= {code: _did_you_mean(code, known) or usual for code in different.head(_MOST_GUESSES)}
    advice |= dict.fromkeys(different[different.str.fullmatch(_LOOKS_LIKE_EXCEL)], _EXCEL)
    return {code: {"code": code, "advice": text} for code, text in advice.items()}


_EXCEL = "Excel may have changed the code; format the column as text before the file is saved"
_NO_ORGANISATIONS = "load the organisations file first, or together with this one"


def _did_you_mean(word: str, known: Iterable[str]) -> str | None:
    close = nearest(word, known)
    return f"did you mean '{close}'?" if close else None


def _advise(word: str, known: Iterable[str], exact: str | None, listing: str) -> str:
    if exact:
        return f"write its slug, '{exact}'"
    return _did_you_mean(word, known) or f"{listing} {', '.join(known)}"
