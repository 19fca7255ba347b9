"""Checks of formulas, wherever a sheet has them: functions, references, and how both are stored."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from lxml import etree

from les_xl.errors import Kind, Problem, nearest
from les_xl.errors.lint_content import (
    AT_SIGN,
    BROKEN_FORMULA,
    LOOSE_REFERENCE,
    NEEDS_PREFIX,
    NEWER_FUNCTION,
    UNKNOWN_FUNCTION,
)
from les_xl.excel.addresses import address
from les_xl.excel.lint.book import Book, Sheet
from les_xl.excel.lint.formula import read_formula
from les_xl.excel.lint.functions import known_by, plain, stored_as
from les_xl.excel.lint.gather import listed
from les_xl.excel.lint.references import why_broken

_OF_ADD_INS = ("_XLL.", "_XLUDF.", "_XLDUDF_", "LES_")
"""Functions of add-ins, ours among them, which Excel looks up when it opens the file."""

Fault = tuple[Kind, tuple[tuple[str, str], ...]]
"""A kind with the words of its message; the cells that share it make one problem."""


@dataclass(frozen=True)
class Formula:
    """A formula and what to call its place: a cell's address, or the rule that holds it."""

    where: str
    text: str


def check_formulas(book: Book, sheet: Sheet) -> Iterator[Problem]:
    """Everything about the formulas of one sheet: cells, tables, conditional formats, validations."""
    found: dict[Fault, list[str]] = defaultdict(list)
    for formula in _formulas(sheet):
        for fault in _faults(book, formula.text):
            found[fault].append(formula.where)
    for (kind, words), places in found.items():
        cell, cells = listed(places)
        yield book.problem(kind, sheet.name, cell, cells=cells, **dict(words))


def _formulas(sheet: Sheet) -> Iterator[Formula]:
    for row, column, cell in sheet.placed:
        text = cell.findtext("{*}f")
        if text:
            yield Formula(address(row, column), text)
    for kind in ("cfRule", "dataValidation"):
        for rule in sheet.root.iter(f"{{*}}{kind}"):
            where = _where(rule)
            for text in _texts_of(rule):
                yield Formula(where, text)
    for table in sheet.tables:
        for tag in ("calculatedColumnFormula", "totalsRowFormula"):
            for element in table.element.iter(f"{{*}}{tag}"):
                yield Formula(f"table {table.name}", element.text or "")


def _where(rule: etree._Element) -> str:
    """The range of a rule; newer rules name it in an element beside them."""
    parent = rule.getparent()
    found = rule.get("sqref") or ("" if parent is None else parent.get("sqref", ""))
    holder = rule if etree.QName(rule).localname == "dataValidation" else parent
    return found or ("" if holder is None else holder.findtext("{*}sqref") or "") or "a rule"


def _texts_of(rule: etree._Element) -> Iterator[str]:
    for element in rule.iter("{*}formula", "{*}formula1", "{*}formula2", "{*}f"):
        if element.text and element.text.strip():
            yield element.text


def _faults(book: Book, text: str) -> Iterator[Fault]:
    reading = read_formula(text)
    for stored in dict.fromkeys(reading.functions):
        yield from _function_faults(book, stored)
    if any(reference.at_sign for reference in reading.structured):
        yield AT_SIGN, ()
    if any(reference.loose for reference in reading.structured):
        yield LOOSE_REFERENCE, ()
    if why := why_broken(book, text):
        yield BROKEN_FORMULA, (("what", why),)


def _function_faults(book: Book, stored: str) -> Iterator[Fault]:
    name = plain(stored)
    if name in known_by("2007") or stored.upper().startswith(_OF_ADD_INS):
        return
    if name in known_by("2016") | known_by("later"):
        if stored.upper() != stored_as(name).upper():
            yield NEEDS_PREFIX, (("function", name), ("stored", stored_as(name)))
        if name in known_by("later"):
            yield NEWER_FUNCTION, (("function", name),)
    elif stored.casefold() not in book.known_names and not book.macros:
        yield UNKNOWN_FUNCTION, (("function", stored), ("advice", _advice(name)))


@cache
def _advice(name: str) -> str:
    meant = nearest(name, known_by("2007") | known_by("2016"))
    return f"did you mean {meant}?" if meant else "mend its name, or open the add-in that has it"
