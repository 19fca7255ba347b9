"""A generated table brought together with the workbook's: which rows stay, what each cell gets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.refresh import NO_KEY, TEXT_TOO_LONG
from les_xl.excel import ranking
from les_xl.excel.addresses import address
from les_xl.excel.book import Grid, New, NewRow, TableEdit, TableInfo, Value, Written
from les_xl.excel.columns import match
from les_xl.excel.contents import DAYS, LONGEST_TEXT, NUMBERS, Serial, holds, same
from les_xl.excel.matching import Fates, Matching, Pinned
from les_xl.excel.placing import Places
from les_xl.marks import Mark
from les_xl.report.table import Formula, Row, Table


@dataclass(frozen=True)
class TableChange:
    """What a refresh does to one table. `cells` counts the cells that get another content.

    `removed`, `kept` and `resolved` name rows that are no longer in the position: taken away; left where they
    are, because the analyst wrote in or on them or something points at them; moved to the resolved list.
    """

    table: str
    sheet: str
    cells: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...]
    resolved: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    lacking: tuple[str, ...]
    edit: TableEdit = field(repr=False)
    moved: tuple[dict[str, Value], ...] = field(default=(), repr=False)

    @property
    def changes(self) -> bool:
        """True where anything in the table changes."""
        return bool(self.cells or self.added or self.removed or self.resolved or self.headers)

    def as_json(self) -> dict[str, object]:
        """The change as JSON can hold it, without the cells themselves."""
        facts = ("table", "sheet", "cells", "added", "removed", "kept", "resolved", "headers")
        return {name: getattr(self, name) for name in facts}


def merge(
    table: Table,
    info: TableInfo,
    grid: Grid,
    serial: Serial,
    pinned: Pinned,
    listed: frozenset[str],
) -> TableChange:
    """Work out the change. `listed` are the folded headers of the list of resolved rows, if there is one.

    New rows come last; a table with totals among its rows that the analyst has not sorted gets them where the
    product has them, above its totals. In a ranked table that the analyst has not sorted they come where the
    product has them, and rows that got another class go to it, if nothing of the analyst's is in or on them.

    Raises LesError where the workbook's table lacks a column of the key, and for texts that no cell can hold.
    """
    columns = match(table, grid.headers)
    for name in table.key:
        if table.index(name) not in columns.places:
            raise LesError(NO_KEY.at(Place(sheet=info.sheet), table=info.name, column=name))
    matching = Matching(table, info, grid, serial, columns)
    fates = matching.fates(pinned, listed)
    return _Comparison(matching, fates, _moving(matching, pinned)).change()


def _moving(found: Matching, pinned: Pinned) -> "_Moving | None":
    """What moves in a ranked table; None in one that keeps its order."""
    if not found.table.ranked or found.info.sorted:
        return None
    by_class = ranking.classes(found.table)
    wanted = {found.matched[at]: at for at in ranking.moving(by_class, found.matched)}
    free = frozenset(origin for origin in wanted if found.is_untouched(origin))
    free -= pinned(free, frozenset(found.filled.values())) if free else frozenset()
    astray = frozenset(at for origin, at in wanted.items() if origin not in free)
    return _Moving(by_class, {at: origin for origin, at in wanted.items() if origin in free}, astray)


@dataclass(frozen=True)
class _Moving:
    """Rows of the product by the present ones that are taken away for them, and those that stay `astray`.

    `by_class` is the class of each row of the product.
    """

    by_class: Sequence[int]
    rows: Mapping[int, int]
    astray: frozenset[int]


class _Comparison:
    """What each cell of the workbook's table gets once it is known which rows stay."""

    def __init__(self, matching: Matching, fates: Fates, moving: _Moving | None) -> None:
        self.found, self.fates, self.moving = matching, fates, moving
        self.table, self.grid, self.info = matching.table, matching.grid, matching.info
        # Texts of other columns are held as they are; days are numbers in a workbook.
        kinds = [column.kind for column in self.table.columns]
        self.filled = [(at, place, kinds[at] not in DAYS) for at, place in self.found.filled.items()]
        self.moved = moving.rows if moving is not None else {}
        self.generated = {origin: at for at, origin in matching.matched.items() if at not in self.moved}
        leave = frozenset(self.moved.values())
        self.origins = [at for at in range(len(self.grid.values)) if fates.stays(at) and at not in leave]
        self.models = {_sort(self.table.rows[at]): origin for origin, at in sorted(self.generated.items())}
        self.order = self._order()
        self.places = self._places()
        # Where rows come or go a formula's addresses change, though its result may not.
        self.by_results = self.grid.blind and [at for at, _ in self.order] == list(
            range(len(self.grid.values))
        )

    def _order(self) -> ranking.Order:
        order: ranking.Order = [(at, self.generated.get(at)) for at in self.origins]
        if self.moving is not None:
            coming = sorted({*self.found.new, *self.moved})
            return ranking.ordered(order, coming, self.moving.astray, self.moving.by_class)
        new: ranking.Order = [(None, at) for at in self.found.new]
        known = [at for _, at in order if at is not None]
        totals = [at for at in known if self.table.rows[at].emphasis]
        if not (new and totals and known == sorted(known) and self.found.new[0] < totals[-1]):
            return [*order, *new]
        found: ranking.Order = []
        for one in order:
            while new and one[1] is not None and new[0][1] is not None and new[0][1] < one[1]:
                found.append(new.pop(0))
            found.append(one)
        return [*found, *new]

    def _places(self) -> Places:
        rows = {row: self.info.row + at for at, (_, row) in enumerate(self.order) if row is not None}
        columns = {at: self.info.column + place for at, place in self.found.columns.places.items()}
        return Places(rows, columns)

    def change(self) -> TableChange:
        """The change as a whole."""
        found, fates, columns = self.found, self.fates, self.found.columns
        rows = tuple(self._row(place, *each) for place, each in enumerate(self.order))
        if problems := [
            self._too_long(at, place, len(new))
            for at, row in enumerate(rows)
            for place, new in row.cells.items()
            if type(new) is str and len(new) > LONGEST_TEXT
        ]:
            raise LesError(*problems)
        pairs = zip(self.grid.headers, columns.headers, strict=True)
        return TableChange(
            self.info.name,
            self.info.sheet,
            sum(len(row.cells) for row in rows),
            added=tuple(found.new_name(at) for at in found.new),
            removed=tuple(found.present_name(at) for at in fates.removed),
            kept=tuple(found.present_name(at) for at in fates.kept),
            resolved=tuple(found.present_name(at) for at in fates.resolved),
            headers=tuple((old, new) for old, new in pairs if old != new),
            lacking=columns.lacking,
            edit=TableEdit(rows, columns.headers, frozenset(found.filled.values())),
            moved=tuple(
                dict(zip(self.grid.headers, self.grid.values[at], strict=True)) for at in fates.resolved
            ),
        )

    def _too_long(self, row: int, place: int, count: int) -> Problem:
        sheet, cell = self.info.sheet, address(self.info.row + row, self.info.column + place)
        where = f"{cell} of '{sheet}'"
        return TEXT_TOO_LONG.at(Place(sheet=sheet, cell=cell), count=f"{count:,}", where=where)

    def _row(self, place: int, origin: int | None, row: int | None) -> NewRow:
        if origin is not None:
            return self._kept_row(origin)
        return self._new_row(place, row or 0)

    def _kept_row(self, origin: int) -> NewRow:
        if origin == self.fates.blanked:
            values = self.grid.values[origin]
            return NewRow(origin, {at: None for at in self.found.filled.values() if values[at] is not None})
        if origin not in self.generated:
            return NewRow(origin, self._crossed_out(origin))
        values, formulas = self.grid.values[origin], self.grid.formulas[origin]
        row = self.generated[origin]
        contents = self.table.rows[row].cells
        changed: dict[int, New] = {}
        for at, place, plain in self.filled:
            value, formula, content = values[place], formulas[place], contents[at]
            if formula is None and type(value) is float and type(content) is float:
                if not same(value, content):  # most cells are such numbers, and worth no second look
                    changed[place] = content
                continue
            if formula is None and value == content and type(value) is str and plain:
                continue
            new = self._wanted(row, at)
            shown = new.value if self.by_results and isinstance(new, Written) else new
            if not holds(value, formula, shown):
                changed[place] = new
        return NewRow(origin, changed)

    def _new_row(self, there: int, row: int) -> NewRow:
        """The analyst's own columns of a new row get what is drafted for them, if anything.

        It looks like the last row of its sort; where none stays, like the one that stood in its place.
        """
        wanted = ((place, self._wanted(row, at)) for at, place in self.found.columns.places.items())
        model = self.models.get(_sort(self.table.rows[row]), min(there, len(self.grid.values) - 1))
        model = self.moved.get(row, model)
        return NewRow(None, {place: new for place, new in wanted if new is not None}, model)

    def _wanted(self, row: int, column: int) -> New:
        content = self.table.rows[row].cells[column]
        if isinstance(content, Formula):
            return self.places.formula(content)
        return self.found.stored(row, column)

    def _crossed_out(self, origin: int) -> dict[int, New]:
        """A row that is no longer in the position but stays: its figures are not applicable any more."""
        cells: dict[int, New] = {}
        for at, place in self.found.filled.items():
            value, formula = self.grid.values[origin][place], self.grid.formulas[origin][place]
            if self.table.columns[at].kind in NUMBERS and value is not None:
                if formula is not None or not same(value, str(Mark.NOT_APPLICABLE)):
                    cells[place] = str(Mark.NOT_APPLICABLE)
            elif formula is not None:
                cells[place] = value
        return cells


def _sort(row: Row) -> tuple[object, ...]:
    """What decides how a row looks; a new one takes the look of the last present one of its sort."""
    return row.kind, row.emphasis, row.tint, row.starts
