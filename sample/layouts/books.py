"""The layouts that are workbooks: a sheet a LES with months across, and a PCN membership file."""

from datetime import UTC, date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from sample.layouts.source import MONTHS, Source

WIDE = "LES activity by month 2025-26.xlsx"
MEMBERSHIP = "ePCN 2025-10.xlsx"

SHEETS = {
    "Dementia": (("dementia", "reviews", "Reviews"),),
    "LTC LES": (("ltc", "hha", "Holistic Health Assessments"),),
    "Pessaries": (("ring_pessary", "first_fit", "First fit"), ("ring_pessary", "change", "Change")),
}
"""Sheets of the wide workbook: LES, metric and what the supplier calls it."""

AS_TEXT = ("2025-05", "2025-08")
"""Months whose heading somebody typed as text; the others are dates."""

_NAMES = {"2025-05": "May-25", "2025-08": "Aug-25"}
_MADE = datetime(2025, 11, 10, tzinfo=UTC)


def practices(source: Source) -> list[str]:
    """The practices of the wide workbook: those of the smallest sub-ICB group."""
    return sorted(code for code, row in source.organisations.items() if row["sub_icb"] == "02G")


def write_wide(path: Path, source: Source) -> None:
    """A sheet a LES: a merged title, months across, practices down, nothing where nothing was reported."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "Synthetic LES activity", "created": _MADE})
        formats = {
            "title": book.add_format({"bold": True}),
            "month": book.add_format({"num_format": "mmm-yy"}),
        }
        for name, metrics in SHEETS.items():
            sheet = book.add_worksheet(name)
            sheet.merge_range(
                0, 0, 0, 2 + len(MONTHS), f"{name}: activity by month, 2025-26", formats["title"]
            )
            _write_headings(sheet, formats["month"])
            rows = [(code, *metric) for metric in metrics for code in practices(source)]
            _write_rows(sheet, source, rows)
        book.add_worksheet("Notes").write_string(0, 0, "Made from the synthetic sample of LES-XL.")


def _write_headings(sheet: Worksheet, month_format: object) -> None:
    for column, heading in enumerate(("Practice code", "Practice name", "Measure")):
        sheet.write_string(2, column, heading)
    for column, month in enumerate(MONTHS, start=3):
        if month in AS_TEXT:
            sheet.write_string(2, column, _NAMES[month])
        else:
            sheet.write_datetime(2, column, date.fromisoformat(f"{month}-01"), month_format)


def _write_rows(sheet: Worksheet, source: Source, rows: list[tuple[str, str, str, str]]) -> None:
    totals = dict.fromkeys(MONTHS, 0)
    for number, (code, les, metric, measure) in enumerate(rows, start=3):
        for column, text in enumerate((code, source.organisations[code]["name"], measure)):
            sheet.write_string(number, column, text)
        for column, month in enumerate(MONTHS, start=3):
            value = source.activity.get((code, les, metric, month))
            if value is not None:
                sheet.write_number(number, column, value)
                totals[month] += value
    last = 3 + len(rows)
    sheet.write_string(last, 0, "Total")
    for column, month in enumerate(MONTHS, start=3):
        sheet.write_number(last, column, totals[month])


def write_membership(path: Path, source: Source) -> None:
    """PCNs with their addresses on one sheet, and on the other which practice belongs to which since when."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": "Synthetic PCN membership", "created": _MADE})
        pcns = {row["pcn"]: row["pcn_name"] for row in source.organisations.values() if row["pcn"]}
        details = book.add_worksheet("PCNDetails")
        details.write_row(0, 0, ("PCN Code", "PCN Name", "Address Line 1", "Postcode"))
        for number, (code, name) in enumerate(sorted(pcns.items()), start=1):
            details.write_row(number, 0, (code, name, "1 Example Street", "ZZ99 3WZ"))
        members = book.add_worksheet("PCN Core Partner Details")
        members.write_row(0, 0, MEMBERSHIP_HEADINGS)
        for number, row in enumerate(membership(source), start=1):
            members.write_row(number, 0, row)


MEMBERSHIP_HEADINGS = (
    "Partner Organisation Code",
    "Partner Name",
    "Practice Parent Sub ICB Loc Code",
    "Practice Parent Sub ICB Name",
    "PCN Code",
    "PCN Name",
    "Practice to PCN Relationship Start Date",
    "Practice to PCN Relationship End Date",
)
MOVED = "ZZ0002"
"""A practice that changes its PCN in November 2025, to PCN_AFTER."""

PCN_AFTER = "ZU002"


def membership(source: Source) -> list[tuple[str, ...]]:
    """The rows of the membership: a practice a row, and two for the one that moves."""
    names = {row["pcn"]: row["pcn_name"] for row in source.organisations.values()}
    rows: list[tuple[str, ...]] = []
    for code, row in sorted(source.organisations.items()):
        if not row["pcn"] or row["closed"]:
            continue
        own = (code, row["name"], row["sub_icb"], row["sub_icb_name"])
        ends = "20251031" if code == MOVED else ""
        rows.append((*own, row["pcn"], row["pcn_name"], "20190701", ends))
        if code == MOVED:
            rows.append((*own, PCN_AFTER, names[PCN_AFTER], "20251101", ""))
    return rows
