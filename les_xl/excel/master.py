"""Creates the master workbook of a position: every sheet of the registry, then swapped into its place."""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from les_xl.excel import theme
from les_xl.excel.drawing import Drawing, Styles
from les_xl.excel.framing import document
from les_xl.excel.given import Given
from les_xl.excel.placed import Placed
from les_xl.excel.replace import check_place, put_in_place
from les_xl.excel.sheets import placed
from les_xl.excel.writer import MasterWorkbook
from les_xl.position import Position
from les_xl.report.tables.texts import chart_texts


def new_workbook(position: Position, path: Path, *, now: datetime, overwrite: bool = False) -> None:
    """Write a new master workbook; the same position and `now` give the same bytes.

    A file that is there is refused, or with `overwrite` kept as `.bak`. Raises LesError (LES4xx) with nothing
    half-written: see `check_place` and `put_in_place`.
    """
    check_place(path, overwrite=overwrite)
    put_in_place(path, workbook_bytes(position, now))


def workbook_bytes(position: Position, now: datetime, *, date_1904: bool = False) -> bytes:
    """The master workbook as the bytes of its file; its dates count from 1900, or from 1904."""
    with io.BytesIO() as file:
        workbook = MasterWorkbook(file, _options() | {"date_1904": date_1904})
        _set_properties(workbook, position, now)
        _draw(workbook, position, now)
        workbook.close()
        return file.getvalue()


def _options() -> dict[str, Any]:
    """Made anew for each workbook: XlsxWriter writes into the font properties that it is given."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {"font_name": theme.FONT, "font_size": theme.SIZE},
    }


def _draw(workbook: Workbook, position: Position, now: datetime) -> None:
    """Place every table first, then draw: sparklines and charts point at tables of other sheets."""
    found = placed(position)
    contents = tuple(sheet for sheet, _ in found)
    tables: dict[str, Placed] = {one.table.name: one for _, places in found for one in places}
    without = (sheet.name for sheet, places in found if not places)
    for name, text in Given(frozenset((*tables, *without))).properties().items():
        workbook.set_custom_property(name, text, "text")
    drawing = Drawing(position, now, workbook, Styles(workbook), contents, tables, chart_texts(position))
    drawn = [(sheet, workbook.add_worksheet(sheet.name)) for sheet in contents]
    for sheet, worksheet in drawn:
        sheet.draw(drawing, worksheet)
    drawn[0][1].activate()
    drawn[0][1].set_first_sheet()


def _set_properties(workbook: Workbook, position: Position, now: datetime) -> None:
    icb = position.specs.workspace.icb.name
    title, comments = document(position)
    moment = now.astimezone(UTC) if now.tzinfo else now
    workbook.set_properties(
        {
            "title": title,
            "subject": f"Position of the Local Enhanced Services of {icb}",
            "author": icb,
            "company": icb,
            "category": "Performance report",
            "keywords": "Local Enhanced Services, general practice, plan, delivered",
            "comments": comments,
            "created": moment,
        }
    )
    workbook.set_size(2400, 1500)
