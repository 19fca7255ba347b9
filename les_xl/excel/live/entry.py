"""What is put into a cell through Excel, so that it stays what it is, and what a cell holds read back."""

import re

from les_xl.excel.book import New, Value, Written
from les_xl.excel.contents import same
from les_xl.excel.live.com import Raw

LONGEST_IN_ARRAY = 8_000
"""Longer texts are put in one by one: versions of Excel refuse an array that holds more than 8,203."""

_ERRORS = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}
_MAY_BE_READ = re.compile(r"[0-9]|^\s*[=+\-@#'\"^\\/]|^\s*(?:true|false)\s*$", re.IGNORECASE)
"""Texts with a figure (`1-2` and `Oct-25` become dates, `01E1` ten), signs, and truth values."""


def entered(content: New) -> Raw:
    """A content as an array carries it to `Range.Formula`; a text that Excel may read is marked as one."""
    if isinstance(content, Written):
        return content.text
    if isinstance(content, str):
        return _marked(content)
    if content is None or isinstance(content, bool):
        return "" if content is None else content
    return float(content)  # a Python int may travel in a type that Excel does not take


def _marked(text: str) -> str:
    text = text.replace("\r\n", "\n")
    return f"'{text}" if _MAY_BE_READ.search(text) else text


def is_long(content: Raw) -> bool:
    """True for a text that an array must not carry."""
    return isinstance(content, str) and len(content) > LONGEST_IN_ARRAY


def again(value: Raw, formula: Raw) -> Raw:
    """What is put in so that a cell holds what it held; from its `Value2` and `Formula`."""
    if has_formula(value, formula) or is_error(value):
        return formula
    return entered(value)


def has_formula(value: Raw, formula: Raw) -> bool:
    """True where a cell is a formula; a text that only begins with `=` is its own value."""
    return isinstance(formula, str) and formula.startswith("=") and formula != value


def is_error(value: Raw) -> bool:
    """True for an error value: COM gives numbers as floats, and an int for each error."""
    return isinstance(value, int) and not isinstance(value, bool)


def held(value: Raw) -> Value:
    """A cell's value as the refresh knows it; an error value is its text."""
    if is_error(value):
        return _ERRORS.get(value, "#N/A")
    found: Value = None if value == "" else value
    return found


def kept(wanted: New, value: Raw, formula: Raw) -> bool:
    """True where a cell holds what was put in; a formula may show anything while it is not calculated."""
    if isinstance(wanted, Written):
        return has_formula(value, formula)
    return not has_formula(value, formula) and same(held(value), wanted)
