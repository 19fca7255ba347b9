"""One table of a file made what a refresh wants: rows moved, added, taken away, cells and headers filled."""

from collections.abc import Iterator, Mapping

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.refresh import FILTER_CLEARED
from les_xl.excel.addresses import address
from les_xl.excel.book import New, NewRow, TableEdit
from les_xl.excel.closed import cells, filters, follow, heights, pivots, room, shared, sparklines, table
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.references import shifted
from les_xl.excel.closed.row import Row
from les_xl.excel.closed.shift import Shift
from les_xl.excel.closed.table import TablePart


def fill(parts: Parts, found: TablePart, edit: TableEdit) -> list[Problem]:
    """Make the table so; gives warnings. Raises LesError, with nothing changed, where that is impossible."""
    shift = _shift(found, edit)
    if refused := room.problems(parts, found, shift):
        raise LesError(*refused)
    sheet = parts.touch(found.sheet)
    shared.write_out(sheet, lambda members: any(found.area.holds(row, column) for row, column, _ in members))
    filling = _Filling(parts, found, edit, shift)
    filling.make()
    heights.fit(parts, found.sheet, list(filling.retold()))
    headers = filling.rename()
    pivots.follow(parts.package, found.name, shift, headers)
    return _finish(parts, found, shift)


def _shift(found: TablePart, edit: TableEdit) -> Shift:
    body = found.body
    rows = {
        body.top + row.origin: body.top + at for at, row in enumerate(edit.rows) if row.origin is not None
    }
    last = body.top + len(edit.rows) - 1
    return Shift(found.sheet, body.left, body.right, body.top, body.bottom, last, found.totals, rows)


def _finish(parts: Parts, found: TablePart, shift: Shift) -> list[Problem]:
    xml = table.resized(parts.package.xml(found.part), shift)
    sheet = parts.touch(found.sheet)
    sheet.fit_dimension(shift.before, shift.after)
    body = found.body
    body = type(body)(body.top, body.left, shift.new_last, body.right)

    def shown(row: int, column: int) -> str | None:
        value = parts.value(found.sheet, row, column)
        return filters.text_shown(value, parts.is_general(found.sheet, row, column))

    xml, kept = filters.reapply(xml, sheet, body, shown)
    if xml != parts.package.xml(found.part):
        parts.package.put(found.part, xml)
    return [] if kept else [FILTER_CLEARED.at(Place(sheet=found.sheet), table=found.name)]


class _Filling:
    """The steps of filling one table; the sheet's cells change under them."""

    def __init__(self, parts: Parts, found: TablePart, edit: TableEdit, shift: Shift) -> None:
        self.parts, self.found, self.edit, self.shift = parts, found, edit, shift
        self.sheet = parts.touch(found.sheet)
        self.first, self.left = found.body.top, found.body.left
        self.columns = range(found.body.left, found.body.right + 1)
        self._inside = frozenset(self.columns)
        models = {row.like for row in edit.rows if row.like is not None}
        self.looks = {model: self._looks(model) for model in models}

    def _looks(self, row: int) -> tuple[str | None, ...]:
        return tuple(self.parts.look(self.found.sheet, self.first + row, column) for column in self.columns)

    def make(self) -> None:
        """Bring every row that stays to its place, with its new figures; what points at it follows."""
        if self.shift.moves:
            self._move()
            return
        for at, row in enumerate(self.edit.rows, self.first):
            if row.cells:
                put(self.parts, self.found.sheet, at, self._contents(row))

    def _move(self) -> None:
        follow.follow(self.parts, self.shift, frozenset(self.left + column for column in self.edit.product))
        formulas = {at: self._formula_below(at) for at in self.columns}
        last = max(self.shift.before.bottom, self.shift.after.bottom)
        before = {row: self.sheet.rows.get(row) for row in range(self.first, last + 1)}
        origins = {place: row for row in before if (place := self.shift.place(row)) is not None}
        edits = dict(enumerate(self.edit.rows, self.first))
        for place in before:
            origin, new = origins.get(place), edits.get(place)
            contents = {} if new is None else self._contents(new)
            if new is not None and new.origin is None:
                self._put_cells(place, self._appended(place, new, formulas), contents)
            elif origin is None:
                self._put_cells(place, {}, contents)
            elif origin != place or contents:
                self._bring(place, before[origin], contents)
        self._copy_sparklines()

    def _contents(self, row: NewRow) -> dict[int, New]:
        """What the cells of a row get, by their sheet columns."""
        return {self.left + column: value for column, value in row.cells.items()}

    def _bring(self, place: int, origin: Row | None, contents: Mapping[int, New]) -> None:
        """Give a row the table's cells of another one, those of `contents` with that."""
        present = self.sheet.row(place)
        if origin is not None and present.columns | origin.columns <= self._inside:
            made = present.refilled(place, origin, contents)
            if made is not None:
                self.sheet.set_row(place, made)
                return
        held = {} if origin is None else origin.cells
        inside = {column: cell for column, cell in held.items() if column in self._inside}
        self._put_cells(place, inside, contents)

    def _put_cells(self, place: int, held: Mapping[int, bytes], contents: Mapping[int, New]) -> None:
        """Give a row cells of the table, those of `contents` with that, and no others of the table."""
        present = self.sheet.row(place)
        made = _written(self.parts, self.found.sheet, place, held, contents)
        for column, cell in held.items():
            if column not in made:
                stays = present.cells.get(column) is cell
                made[column] = cell if stays else cells.at_address(cell, place, column)
        self.sheet.set_row(place, present.with_cells(self._inside, made))

    def _copy_sparklines(self) -> None:
        models: dict[int, list[int]] = {}
        for at, new in enumerate(self.edit.rows):
            model = None if new.like is None else self.shift.rows.get(self.first + new.like)
            if new.origin is None and model is not None:
                models.setdefault(model, []).append(self.first + at)
        self.sheet.tail = sparklines.extend(self.sheet.tail, self.found.sheet, models, self.columns)

    def _formula_below(self, column: int) -> tuple[int, str] | None:
        """The formula that the analyst's column goes on with, and the sheet row for which it reads so."""
        place = column - self.left
        if place in self.edit.product:
            return None
        stay = sorted(self.shift.rows)
        cell = self.sheet.cell(stay[-1], column) if stay else None
        formula = cells.formula_of(cell) if cell is not None else None
        if formula is None or not formula.text or formula.kind == "array":
            given = self.found.calculated.get(place)
            return None if given is None else (self.first, given)
        return self.shift.rows[stay[-1]], formula.text

    def _appended(
        self, row: int, new: NewRow, formulas: dict[int, tuple[int, str] | None]
    ) -> dict[int, bytes]:
        made: dict[int, bytes] = {}
        plain: tuple[str | None, ...] = tuple(None for _ in self.columns)
        looks = plain if new.like is None else self.looks[new.like]
        for column, look in zip(self.columns, looks, strict=True):
            formula = formulas.get(column)
            if formula is not None:
                text = shifted(formula[1], row - formula[0], 0)
                cell = cells.write(address(row, column), None, look, self.sheet.prefix)
                made[column] = _with_text(cell, text, self.sheet.prefix)
            elif look is not None:
                made[column] = cells.write(address(row, column), None, look, self.sheet.prefix)
        return made

    def retold(self) -> Iterator[tuple[int, float, Mapping[int, str | None]]]:
        """The sheet rows of a set height that hold other texts than before, these by column.

        None stands for a text that came with its row from where it had less room.
        """
        everything: dict[int, str | None] = dict.fromkeys(self.columns)
        for at, row in enumerate(self.edit.rows):
            texts = {self.left + column: new for column, new in row.cells.items() if type(new) is str}
            points = self._height(at) if texts or row.origin != at else None
            if points is None:
                continue
            before = None if row.origin is None else self._height(row.origin)
            if row.origin != at and (before is None or before > points):
                yield self.first + at, points, everything | texts
            elif texts:
                yield self.first + at, points, texts

    def _height(self, at: int) -> float | None:
        return heights.height(self.sheet.rows.get(self.first + at))

    def rename(self) -> dict[str, str]:
        """Give columns their new headers, in the cells, in the table and wherever formulas name them."""
        changed = {
            old: new for old, new in zip(self.found.headers, self.edit.headers, strict=True) if old != new
        }
        if not changed:
            return {}
        for column, (old, new) in enumerate(zip(self.found.headers, self.edit.headers, strict=True)):
            if old != new:
                put(self.parts, self.found.sheet, self.first - 1, {self.left + column: new})
        xml = self.parts.package.xml(self.found.part)
        self.parts.package.put(self.found.part, table.with_headers(xml, changed))
        follow.rename(self.parts, self.found, changed)
        return changed


def _with_text(cell: bytes, text: str, prefix: bytes) -> bytes:
    tag = prefix + b"f"
    escaped = text.encode("utf-8").replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    formula = b"<" + tag + b">" + escaped + b"</" + tag + b">"
    return cell.removesuffix(b"/>") + b">" + formula + b"</" + prefix + b"c>"


def put(parts: Parts, sheet: str, row: int, contents: Mapping[int, New]) -> None:
    """Fill cells of a row, each with the look that it has."""
    changed = parts.touch(sheet)
    present = changed.row(row)
    made = present.refilled(row, present, contents)
    if made is None:
        made = present.with_cells(contents.keys(), _written(parts, sheet, row, present.cells, contents))
    changed.set_row(row, made)


def _written(
    parts: Parts, sheet: str, row: int, held: Mapping[int, bytes], contents: Mapping[int, New]
) -> dict[int, bytes | None]:
    """Cells of a row with new contents, each with the look of the one `held` for it; None for nothing."""
    made: dict[int, bytes | None] = {}
    prefix = parts.sheet(sheet).prefix
    for column, value in contents.items():
        cell = held.get(column)
        look = parts.look_of_blank(sheet, row, column) if cell is None else cells.style_of(cell)
        empty = value is None and look is None
        made[column] = None if empty else cells.write(address(row, column), value, look, prefix)
    return made
