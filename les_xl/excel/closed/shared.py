"""Formulas that cells share: the text that each stands for, and groups written out cell by cell."""

from collections.abc import Callable

from les_xl.excel.closed import cells
from les_xl.excel.closed.cells import Formula
from les_xl.excel.closed.references import shifted
from les_xl.excel.closed.sheet import Sheet

Member = tuple[int, int, str]
"""Row, column and own formula text of a cell that shares a formula."""


def groups(sheet: Sheet) -> dict[str, list[Member]]:
    """The cells of each shared formula, by its number; the first is the one that holds the text."""
    if not sheet.shares:
        return {}
    found: dict[str, list[Member]] = {}
    followers: list[tuple[str, int, int]] = []
    for row, column, cell in sheet.with_formulas():
        formula = cells.formula_of(cell) if b"shared" in cell else None
        if formula is None or formula.kind != "shared" or formula.shared is None:
            continue
        if formula.text:
            found[formula.shared] = [(row, column, formula.text)]
        else:
            followers.append((formula.shared, row, column))
    for number, row, column in followers:
        if number in found:
            top, left, text = found[number][0]
            found[number].append((row, column, shifted(text, row - top, column - left)))
    return found


def write_out(sheet: Sheet, wanted: Callable[[list[Member]], bool]) -> bool:
    """Give every cell of the groups that are wanted its own formula; tells whether there were any."""
    found = [members for members in groups(sheet).values() if wanted(members)]
    for members in found:
        for row, column, text in members:
            cell = sheet.cell(row, column)
            if cell is not None:
                sheet.put(row, column, cells.with_formula(cell, Formula(text)))
    return bool(found)


def texts(sheet: Sheet) -> dict[tuple[int, int], str]:
    """The formula text (without `=`) of every cell that has one."""
    found = {
        (row, column): text
        for row, column, cell in sheet.with_formulas()
        if (text := cells.formula_text(cell)) is not None
    }
    for members in groups(sheet).values():
        found |= {(row, column): text for row, column, text in members}
    return found
