"""After a table's rows moved: every formula, name, rule, chart and comment that points at them follows."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace as with_
from functools import partial

from les_xl.excel.addresses import Area
from les_xl.excel.closed import cells, pictures, rules, shared, workbook
from les_xl.excel.closed.markup import elements, text_of, to_bytes
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.references import moved, renamed
from les_xl.excel.closed.shift import Shift
from les_xl.excel.closed.table import TablePart
from les_xl.excel.closed.workbook import PRINT_AREA, DefinedName


def follow(parts: Parts, shift: Shift) -> None:
    """Let everything in the file follow the table."""
    for sheet in parts.worksheets:
        _follow_formulas(parts, sheet.name, shift)
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


def _follow_formulas(parts: Parts, host: str, shift: Shift) -> None:
    sheet = parts.sheet(host)
    here = host.casefold() == shift.sheet.casefold()

    def concerned(members: list[shared.Member]) -> bool:
        if here and any(shift.before.holds(row, column) for row, column, _ in members):
            return True
        return any(moved(text, host, shift.sheet, shift.of_formula) != text for _, _, text in members)

    if shared.write_out(sheet, concerned):
        parts.touch(host)
    for row, column, cell in sheet.with_formulas() if here else sheet.naming_sheets():
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
        _change_table_formulas(parts, table, follows)


def _change_table_formulas(parts: Parts, table: TablePart, change: Callable[[str], str]) -> None:
    xml = parts.package.xml(table.part)
    edits = []
    for found in elements(xml, "calculatedColumnFormula", "totalsRowFormula"):
        before = text_of(xml[found.inner : found.inner_end])
        after = change(before)
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
        _change_table_formulas(parts, other, partial(renamed, table=table.name, names=headers, inside=own))
