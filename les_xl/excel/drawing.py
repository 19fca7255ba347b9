"""What every sheet is drawn with: the position, the workbook, its formats and where the tables stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from les_xl.excel import theme
from les_xl.excel.placed import Placed
from les_xl.position import Position


class Styles:
    """Cell formats of one workbook, made once for each set of properties."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, properties: Mapping[str, Any]) -> Format:
        """The format of these properties over the workbook's font."""
        full = {"font_name": theme.FONT, "font_size": theme.SIZE, "valign": "vcenter", **properties}
        key = tuple(sorted(full.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(full)
        return self._made[key]

    def conditional(self, properties: Mapping[str, Any]) -> Format:
        """A format that overlays a cell's own: only what it names changes."""
        return self._workbook.add_format(dict(properties))


@dataclass(frozen=True)
class Drawing:
    """One workbook being drawn: `contents` are its sheets in order, `tables` say where each table stands.

    `texts` are what its charts show in words, by the name of the chart.
    """

    position: Position
    now: datetime
    workbook: Workbook
    styles: Styles
    contents: tuple["Sheet", ...]
    tables: Mapping[str, Placed]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook: where its tables stand, and how it is drawn.

    A sheet whose `place` gives no table is left out (no LES with bands, no LTC banding sheet), unless it is
    one `without_tables`. `les` is the slug of the LES that the sheet is about, where it is about one.
    """

    name: str
    purpose: str
    place: Callable[[Position], tuple[Placed, ...]]
    draw: Callable[[Drawing, Worksheet], None]
    les: str = ""
    without_tables: bool = False
