"""What stands around the tables of an open workbook: found out with the plan, brought up to date with it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from xlsxwriter.utility import xl_range_abs

from les_xl.excel.addresses import Area
from les_xl.excel.book import Grid, NewRow, Value, Written
from les_xl.excel.closed.references import areas
from les_xl.excel.closed.shift import Shift
from les_xl.excel.frame import Chart, Frame, Paper, footer, last_worth, texts_by_name
from les_xl.excel.live import com, page
from les_xl.excel.live.spot import Spot
from les_xl.excel.merge import TableChange

KINDS = ("footers", "texts of charts", "print areas", "document properties")


@dataclass(frozen=True)
class Step:
    """One text that becomes another: of which kind, where (as a message names it), and how it is set."""

    kind: str
    where: str
    before: str
    after: str
    get: Callable[[], str]
    put: Callable[[str], None]


def in_words(steps: Sequence[Step]) -> tuple[str, ...]:
    """What changes, as a plan says it: footers and print areas by sheet."""
    counts = Counter(kind for kind, _ in {(step.kind, step.where) for step in steps})
    return tuple(f"{kind} ({counts[kind]})" for kind in KINDS if counts[kind])


class Around:
    """The frame of an open workbook: what of it is still the product's, and what it is to be."""

    def __init__(
        self, book: Any, spots: Mapping[str, Spot], names: Mapping[str, tuple[str, Area]], frame: Frame
    ) -> None:
        """`spots` are the tables and `names` the named cells of the book, by their folded names."""
        self._book, self._spots, self._frame = book, spots, frame
        found = [spot.where for name, spot in spots.items() if name in frame.names]
        found += [where for name, (where, _) in names.items() if name in frame.names]
        self._own = {where.casefold() for where in found}

    def steps(self, changes: Sequence[TableChange], read: Callable[[str], Grid]) -> tuple[Step, ...]:
        """Everything that changes, once the tables have become what `changes` say; `read` gives one now."""
        sheets = [sheet for sheet in self._book.sheets if sheet.name.casefold() in self._own]
        sized = [_Sized(self._spots[one.table.casefold()], one, read) for one in changes]
        found = [step for sheet in sheets for step in self._on_paper(sheet, sized)]
        return (*found, *self._texts(read), *self._properties())

    def _on_paper(self, sheet: Any, changes: Sequence["_Sized"]) -> list[Step]:
        """Nothing where Excel refuses to tell: without any printer it knows nothing of pages."""
        return com.unless_refused(lambda: [*self._sections(sheet), *self._areas(sheet, changes)]) or []

    def _sections(self, sheet: Any) -> Iterator[Step]:
        for name in page.SECTIONS:
            text = page.section(sheet, name)
            code = page.code_of(name)
            new = footer(code + text, self._frame.edition).removeprefix(code)
            if new != text:
                get, put = partial(page.section, sheet, name), partial(page.set_section, sheet, name)
                yield Step("footers", sheet.name, text, new, get, put)

    def _areas(self, sheet: Any, changes: Sequence["_Sized"]) -> Iterator[Step]:
        on_it = [one for one in changes if one.spot.where == sheet.name]
        text = page.print_area(sheet) if on_it else ""
        new = ",".join(self._printed(one, on_it) for one in text.split(",")) if text else ""
        if new != text:
            get, put = partial(page.print_area, sheet), partial(page.set_print_area, sheet)
            yield Step("print areas", sheet.name, text, new, get, put)

    def _printed(self, text: str, changes: Sequence["_Sized"]) -> str:
        area = Area.parse(text)
        for one in changes:
            paper = next((each for each in self._frame.papers if one.is_of(each)), None)
            chosen = paper is not None and one.prints(area, paper)
            area = replace(area, bottom=one.worth(paper)) if chosen and paper else one.shift.of_print(area)
        corners = (area.top - 1, area.left - 1, area.bottom - 1, area.right - 1)
        return text if area == Area.parse(text) else str(xl_range_abs(*corners))

    def _texts(self, read: Callable[[str], Grid]) -> Iterator[Step]:
        """Of charts that have their name, show their table, and say what the product had them say."""
        texts = self._spots.get(self._frame.texts.casefold())
        grid = None if texts is None else read(self._frame.texts)
        former = {} if grid is None else texts_by_name(grid.headers, grid.values)
        wanted = {chart.name.casefold(): chart for chart in self._frame.charts if chart.name in former}
        for sheet in self._book.sheets if wanted else ():
            for shape in page.charts(sheet):
                chart = wanted.get(str(shape.Name).casefold())
                if chart is None or (said := page.told(shape)) in ("", chart.text):
                    continue
                if said == former[chart.name] and self._shows(shape, chart):
                    get, put = partial(page.told, shape), page.tell(shape)
                    yield Step("texts of charts", chart.name, said, chart.text, get, put)

    def _shows(self, shape: Any, chart: Chart) -> bool:
        spot = self._spots.get(chart.table.casefold())
        ranges = [one for text in page.series(shape) for one in areas(text, "")] if spot is not None else []
        return any(spot and where == spot.where and area.meets(spot.area) for where, area in ranges)

    def _properties(self) -> Iterator[Step]:
        for name, wanted in self._frame.properties.items():
            known = page.PROPERTIES[name]
            text = page.document_property(self._book, known)
            if wanted.form.fullmatch(text) and text != wanted.text:
                get = partial(page.document_property, self._book, known)
                put = partial(page.set_document_property, self._book, known)
                yield Step("document properties", known, text, wanted.text, get, put)


@dataclass(frozen=True)
class _Sized:
    """A table with its rows as they are and as they become."""

    spot: Spot
    change: TableChange
    read: Callable[[str], Grid]

    def is_of(self, paper: Paper) -> bool:
        return self.spot.name.casefold() == paper.table.casefold()

    @property
    def shift(self) -> Shift:
        """Where the table ends before and after; what a print area asks of it is no more."""
        body = self.spot.body
        last = body.top + len(self.change.edit.rows) - 1
        return Shift(
            self.spot.where, body.left, body.right, body.top, body.bottom, last, self.spot.totals, {}
        )

    def prints(self, area: Area, paper: Paper) -> bool:
        """True for an area from above the body to the last row that was worth paper."""
        top = self.spot.body.top
        grid = self.read(self.spot.name)
        last = top + last_worth(paper, grid.headers, grid.values)
        return area.top < top and area.bottom == last and self.spot.area.meets(area)

    def worth(self, paper: Paper) -> int:
        """The sheet row of the last row that is worth paper then."""
        grid = self.read(self.spot.name)
        rows = [[_becomes(row, at, grid) for at in range(len(grid.headers))] for row in self.change.edit.rows]
        return self.spot.body.top + last_worth(paper, grid.headers, rows)


def _becomes(row: NewRow, column: int, grid: Grid) -> Value:
    present = None if row.origin is None else grid.values[row.origin][column]
    new = row.cells.get(column, present)
    return new.value if isinstance(new, Written) else new
