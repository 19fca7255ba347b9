"""After a table's rows moved: every formula, name, rule, chart and comment that points at them follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace as with_
from functools import partial

from les_xl.excel.addresses import Area
from les_xl.excel.closed import cells, pictures, rules, shared, workbook
from les_xl.excel.closed.markup import elements, text_of, to_bytes
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.references import LOST, moved, renamed, shifted
from les_xl.excel.closed.shift import Shift
from les_xl.excel.closed.table import TablePart
from les_xl.excel.closed.workbook import PRINT_AREA, DefinedName


def follow(parts: Parts, shift: Shift, own: frozenset[int]) -> None:
    """Let everything in the file follow the table, but for what the product writes itself.

    Those are the formulas of the body in the sheet columns `own`: they follow nothing else.
    """
    for sheet in parts.worksheets:
        _follow_formulas(parts, sheet.name, shift, own)
        found = parts.sheet(sheet.name)
        tail = rules.follow(found.tail, sheet.name, shift)
        if tail != found.tail:
            parts.touch(sheet.name).tail = tail
        pictures.follow_comments(parts.package, sheet, shift)
    others = _others(parts, shift)
    workbook.change_names(parts.package, lambda name: _name(name, shift, others))
    pictures.follow_charts(parts.package, parts.sheets, shift)
    pictures.follow_controls(parts.package, parts.sheets, shift)
    _follow_table_formulas(parts, shift)


def _follow_formulas(parts: Parts, host: str, shift: Shift, own: frozenset[int]) -> None:
    sheet = parts.sheet(host)
    here = host.casefold() == shift.sheet.casefold()

    def concerned(members: list[shared.Member]) -> bool:
        if here and any(shift.before.holds(row, column) for row, column, _ in members):
            return True
        return any(moved(text, host, shift.sheet, shift.of_formula) != text for _, _, text in members)

    if shared.write_out(sheet, concerned):
        parts.touch(host)
    concerning = sheet.with_formulas() if here else sheet.naming(shift.sheet.casefold(), host)
    for row, column, cell in concerning:
        if here and column in own and row in shift.rows:
            continue
        formula = cells.formula_of(cell)
        if formula is None or not formula.text:
            continue
        text = moved(formula.text, host, shift.sheet, shift.of_formula)
        if text != formula.text:
            parts.touch(host).put(row, column, cells.with_formula(cell, with_(formula, text=text)))


def _others(parts: Parts, shift: Shift) -> list[Area]:
    """The other tables of the sheet: what is printed with the table may reach further down than it."""
    found = (table for table in parts.tables() if table.sheet.casefold() == shift.sheet.casefold())
    return [table.area for table in found if not table.area.meets(shift.before)]


def _name(name: DefinedName, shift: Shift, others: Sequence[Area]) -> str:
    host = name.scope or ""
    if name.name == PRINT_AREA:
        return moved(name.text, host, shift.sheet, lambda area: _print(area, shift, others))
    return moved(name.text, host, shift.sheet, shift.of_formula)


def _print(area: Area, shift: Shift, others: Sequence[Area]) -> Area | None:
    after = shift.of_print(area)
    if after == area:
        return shift.of_formula(area)
    inside = (one for one in others if area.holds(one.top, one.left) and one.right <= area.right)
    bottom = max([after.bottom, *(min(one.bottom, area.bottom) for one in inside)])
    return Area(after.top, after.left, bottom, after.right)


def _follow_table_formulas(parts: Parts, shift: Shift) -> None:
    for table in parts.tables():
        follows = partial(moved, host=table.sheet, sheet=shift.sheet, move=shift.of_formula)
        own = table.sheet.casefold() == shift.sheet.casefold() and table.area == shift.before
        _change_table_formulas(parts, table, follows, partial(_of_first_row, shift) if own else follows)


def _of_first_row(shift: Shift, text: str) -> str:
    """A column's formula, which reads as in the first row, after another row has become the first.

    It is read as it stands in a row that stays, and written back for the first one. A row of which something
    is lost, such as the row before it, is passed over; where all are, the formula stays as it was.
    """
    for row, place in sorted(shift.rows.items()):
        there = moved(shifted(text, row - shift.first, 0), shift.sheet, shift.sheet, shift.of_formula)
        if LOST not in there:
            return shifted(there, shift.first - place, 0)
    return text


def _change_table_formulas(
    parts: Parts, table: TablePart, change: Callable[[str], str], in_column: Callable[[str], str]
) -> None:
    """`change` for the formulas of totals, and `in_column` for those of whole columns."""
    xml = parts.package.xml(table.part)
    edits = []
    for found in elements(xml, "calculatedColumnFormula", "totalsRowFormula"):
        before = text_of(xml[found.inner : found.inner_end])
        after = (change if found.name == b"totalsRowFormula" else in_column)(before)
        if after != before:
            edits.append((found.inner, found.inner_end, to_bytes(after)))
    parts.package.edit(table.part, edits)


def rename(parts: Parts, table: TablePart, headers: Mapping[str, str]) -> None:
    """Let structured references everywhere follow columns that got new headers."""
    for sheet in parts.worksheets:
        found = parts.touch(sheet.name)
        for row, column, cell in found.with_formulas():
            formula = cells.formula_of(cell)
            if formula is None:
                continue
            inside = sheet.name == table.sheet and table.area.holds(row, column)
            text = renamed(formula.text, table.name, headers, inside=inside)
            if text != formula.text:
                found.put(row, column, cells.with_formula(cell, with_(formula, text=text)))
    workbook.change_names(parts.package, lambda name: renamed(name.text, table.name, headers))
    for other in parts.tables():
        own = other.part == table.part
        renames = partial(renamed, table=table.name, names=headers, inside=own)
        _change_table_formulas(parts, other, renames, renames)
