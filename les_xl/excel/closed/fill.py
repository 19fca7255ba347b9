"""One table of a file made what a refresh wants: rows moved, added, taken away, cells and headers filled."""

from collections.abc import Iterable, Iterator, Mapping

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.refresh import FILTER_CLEARED, TEXT_TOO_LONG
from les_xl.excel.addresses import address
from les_xl.excel.book import New, NewRow, TableEdit
from les_xl.excel.closed import cells, filters, follow, heights, pivots, room, shared, sparklines, table
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.references import shifted
from les_xl.excel.closed.shift import Shift
from les_xl.excel.closed.table import TablePart

LONGEST_TEXT = 32_767


def fill(parts: Parts, found: TablePart, edit: TableEdit) -> list[Problem]:
    """Make the table so; gives warnings. Raises LesError, with nothing changed, where that is impossible."""
    shift = _shift(found, edit)
    if refused := room.problems(parts, found, shift):
        raise LesError(*refused)
    sheet = parts.touch(found.sheet)
    shared.write_out(sheet, lambda members: any(found.area.holds(row, column) for row, column, _ in members))
    filling = _Filling(parts, found, edit, shift)
    filling.move()
    filling.write()
    heights.fit(parts, found.sheet, filling.retold())
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
        models = {row.like for row in edit.rows if row.like is not None}
        self.looks = {model: self._looks(model) for model in models}

    def _looks(self, row: int) -> tuple[str | None, ...]:
        return tuple(self.parts.look(self.found.sheet, self.first + row, column) for column in self.columns)

    def move(self) -> None:
        """Bring every row that stays to its place, and let everything that points at it follow."""
        if not self.shift.moves:
            return
        own = self._own_cells()
        follow.follow(self.parts, self.shift)
        last = max(self.shift.before.bottom, self.shift.after.bottom)
        formulas = {at: self._formula_below(at) for at in self.columns}
        before = {row: self._held(row, self.columns) for row in range(self.first, last + 1)}
        after: dict[int, dict[int, bytes]] = {row: {} for row in before}
        for row, found in before.items():
            if (place := self.shift.place(row)) is not None:
                kept = found | own.get(row, {})
                after[place] = kept if place == row else _at_row(kept, place)
        for at, new in enumerate(self.edit.rows, self.first):
            if new.origin is None:
                after[at] = after[at] | self._appended(at, new, formulas)
        for row, wanted in after.items():
            if wanted != before[row]:
                self.sheet.put_row(row, dict.fromkeys(before[row]) | wanted)
        self._copy_sparklines()

    def _copy_sparklines(self) -> None:
        models: dict[int, list[int]] = {}
        for at, new in enumerate(self.edit.rows):
            model = None if new.like is None else self.shift.rows.get(self.first + new.like)
            if new.origin is None and model is not None:
                models.setdefault(model, []).append(self.first + at)
        self.sheet.tail = sparklines.extend(self.sheet.tail, self.found.sheet, models, self.columns)

    def _own_cells(self) -> dict[int, dict[int, bytes]]:
        """The product's own formulas as they are: they are written by it, and follow nothing else."""
        columns = {self.left + column for column in self.edit.product}
        own: dict[int, dict[int, bytes]] = {}
        for row, column, cell in self.sheet.with_formulas():
            if column in columns and row in self.shift.rows:
                own.setdefault(row, {})[column] = cell
        return own

    def _held(self, row: int, columns: Iterable[int]) -> dict[int, bytes]:
        """The cells of a row by their columns."""
        found = self.sheet.rows.get(row)
        held = found.cells if found else {}
        return {column: held[column] for column in columns if column in held}

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

    def write(self) -> None:
        """Fill the cells that change."""
        for at, row in enumerate(self.edit.rows):
            if row.cells:
                found = {self.left + column: value for column, value in row.cells.items()}
                put(self.parts, self.found.sheet, self.first + at, found)

    def retold(self) -> Iterator[tuple[int, Iterable[int]]]:
        """The sheet rows that hold other texts than before, each with the columns in which they may."""
        for at, row in enumerate(self.edit.rows):
            if row.origin != at and not self._has_room(row.origin, at):
                yield self.first + at, self.columns
            elif texts := [column for column, new in row.cells.items() if isinstance(new, str)]:
                yield self.first + at, [self.left + column for column in texts]

    def _has_room(self, origin: int | None, at: int) -> bool:
        """True where a row came to a place that is as high as the one where it was."""
        if origin is None:
            return False
        before, after = (heights.height(self.sheet.rows.get(self.first + row)) for row in (origin, at))
        return before is not None and after is not None and before <= after

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


def _at_row(held: Mapping[int, bytes], row: int) -> dict[int, bytes]:
    return {column: cells.at_address(cell, row, column) for column, cell in held.items()}


def _with_text(cell: bytes, text: str, prefix: bytes) -> bytes:
    tag = prefix + b"f"
    escaped = text.encode("utf-8").replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    formula = b"<" + tag + b">" + escaped + b"</" + tag + b">"
    return cell.removesuffix(b"/>") + b">" + formula + b"</" + prefix + b"c>"


def put(parts: Parts, sheet: str, row: int, contents: Mapping[int, New]) -> None:
    """Fill cells of a row, each with the look that it has; raises LesError for a text that is too long."""
    changed = parts.touch(sheet)
    held = changed.row(row).cells
    made: dict[int, bytes | None] = {}
    for column, value in contents.items():
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            raise LesError(_too_long(sheet, address(row, column), len(value)))
        head = cells.usual_head(held[column]) if column in held else None
        if head is not None:
            made[column] = cells.filled(head, value)
            continue
        look = parts.look(sheet, row, column)
        empty = value is None and look is None
        made[column] = None if empty else cells.write(address(row, column), value, look, changed.prefix)
    changed.put_row(row, made)


def _too_long(sheet: str, cell: str, count: int) -> Problem:
    return TEXT_TOO_LONG.at(Place(sheet=sheet, cell=cell), count=f"{count:,}", cell=cell, sheet=sheet)
