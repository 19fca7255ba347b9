"""The layouts that are text: a clinical system's search export, a CQRS-like extract, and ODS epraccur."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from sample.layouts.source import Row, Source

SEARCH = "Dementia reviews - LES 2025-26.csv"
CQRS = "CQRS_LES_20251031.csv"
EPRACCUR = "epraccur.csv"

INDICATORS = {
    "LESWC01": ("wound_care", "dressing"),
    "LESWC02": ("wound_care", "suture_removal"),
    "LESPH01": ("phlebotomy", "samples"),
}
CQRS_MONTHS = ("2025-09", "2025-10")
_LAST_DAY = {"2025-09": "20250930", "2025-10": "20251031"}
_POSTCODE = "ZZ99 3WZ"  # the pseudo postcode of "no fixed abode"


def write_search(path: Path, source: Source) -> None:
    """One metric of one month: only practices with a patient, a title and a run date above, a total below."""
    counts = {
        code: count for code, count in source.reported("dementia", "reviews", "2025-10").items() if count
    }
    rows = [_search_row(source.organisations[code], count) for code, count in sorted(counts.items())]
    rows.append(("Out of area (dummy)", "Y99999", "7", "Outside", "0.1%"))
    total = sum(counts.values()) + 7
    head = [
        ("Dementia annual reviews – £52.50 a review",),
        ("LES 2025-26", "", "", "", ""),
        ("Run date: 03/11/2025 08:15",),
        (),
        ("Organisation", "CDB", "Population Count", "Parent", "%"),
    ]
    _write(path, [*head, *rows, ("Total", "", str(total), "", "100%")], encoding="cp1252")


def _search_row(organisation: Row, count: int) -> tuple[str, ...]:
    return organisation["name"], organisation["ods_code"], str(count), organisation["sub_icb_name"], "0.5%"


def write_cqrs(path: Path, source: Source) -> None:
    """A row for each organisation, month and code, and denominators that nobody wants."""
    rows: list[tuple[str, ...]] = [("ORG_CODE", "ACH_DATE", "IND_CODE", "FIELD_NAME", "VALUE")]
    codes = sorted(source.organisations)[:30]
    for month in CQRS_MONTHS:
        for indicator, (les, metric) in INDICATORS.items():
            reported = source.reported(les, metric, month)
            for code in (code for code in codes if code in reported):
                key = (code, _LAST_DAY[month], indicator)
                rows += [(*key, "COUNT", str(reported[code])), (*key, "DENOMINATOR", "1000")]
    _write(path, rows)


def write_epraccur(path: Path, source: Source) -> None:
    """27 columns and no headings, every cell quoted; also what is no practice, and what is elsewhere."""
    rows = [_epraccur_row(row) for row in source.organisations.values()]
    template = next(iter(source.organisations.values()))
    elsewhere = {**template, "ods_code": "ZZ8001", "name": "Far Away Surgery (fictional)", "sub_icb": "15N"}
    walk_in = {**template, "ods_code": "ZZ8002", "name": "Harbour Walk-in Centre (fictional)"}
    rows += [_epraccur_row(elsewhere), _epraccur_row(walk_in, setting="1")]
    _write(path, rows, quoted=True)


def _epraccur_row(row: Row, setting: str = "4") -> tuple[str, ...]:
    closed = row["closed"].replace("-", "")
    cells = {
        1: row["ods_code"],
        2: row["name"].upper(),
        3: "Y62",
        4: "QE1",
        5: "1 EXAMPLE STREET",
        8: "EXAMPLETON",
        10: _POSTCODE,
        11: row["opened"].replace("-", ""),
        12: closed,
        13: "C" if closed else "A",
        14: "B",
        15: row["sub_icb"],
        16: "20130401",
        17: closed,
        18: "01632 960123",  # kept for drama
        22: "0",
        24: row["sub_icb"],
        26: setting,
    }
    return tuple(cells.get(position, "") for position in range(1, 28))


def _write(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8", quoted: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        quoting: Literal[0, 1] = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
        csv.writer(file, quoting=quoting, lineterminator="\r\n").writerows(rows)
