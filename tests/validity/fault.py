"""A planted fault as a value: what is done to the parts of a sound workbook, and what the lint says of it."""

from dataclasses import dataclass

from les_xl.errors import Kind
from tests.validity.parts import Edit, Plant, swap

COVER, PLAN = "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"
BOOK, TABLE, TREND = "xl/workbook.xml", "xl/tables/table1.xml", "xl/tables/table2.xml"
STYLES, TYPES, CHART = "xl/styles.xml", "[Content_Types].xml", "xl/charts/chart1.xml"


@dataclass(frozen=True)
class Fault:
    """A fault with the kind of its problem, the sheet and cell it is found at, and words of the message."""

    kind: Kind
    plant: Plant
    sheet: str | None = None
    cell: str | None = None
    says: str = ""


def edit(part: str, old: str, new: str) -> Plant:
    """One text of one part replaced."""
    return Plant({part: swap(old, new)})


def formula(text: str) -> Plant:
    """The formula of Cover!B9 replaced."""
    return edit(COVER, "SUM(LesPlanned)", text)


def both(*edits: Edit) -> Edit:
    """One edit after the other."""

    def run(content: bytes) -> bytes:
        for each in edits:
            content = each(content)
        return content

    return run
