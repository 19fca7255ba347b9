"""Results of formulas that are known from the position itself, without a spreadsheet: see `Answer`."""

import re
from collections.abc import Callable, Mapping
from functools import cache

from les_xl.errors import LesError
from les_xl.excel.book import Value
from les_xl.excel.closed.stale import Answer, Read
from les_xl.functions.expression import evaluate
from les_xl.functions.index import Index

_ARGUMENT = r"(?:\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'![^,()\"']+|[^,()\"'])*"
_CALL = rf"(?:_xldudf_|_xll\.)?(LES_\w+)\(({_ARGUMENT}(?:,{_ARGUMENT})*)\)"
_ALONE = re.compile(_CALL, re.IGNORECASE)
_GUARDED = re.compile(
    rf"IFERROR\({_CALL},(?:IF\(ISERROR\(LES_AS_AT\(\)\),\"[^\"]*\",)?\"([^\"]*)\"\)+", re.IGNORECASE
)
_COMMA = re.compile(r",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")
_REFERENCE = re.compile(r"(?:'(?:[^']|'')*'!|[\w.]+!)?\$?[A-Za-z]{1,3}\$?[0-9]+")
_LITERAL = re.compile(r"\s*(?:\"(?:[^\"]|\"\")*\"|[+-]?[0-9.]+|TRUE|FALSE)?\s*", re.IGNORECASE)


def answers(results: Mapping[str, float | str], make_index: Callable[[], Index]) -> Answer:
    """Answers formulas with known results, plain references to a cell, and `=LES_…` alone or in IFERROR.

    The index is made when the first function asks for it.
    """
    known = {text.removeprefix("="): value for text, value in results.items()}
    index = cache(make_index)

    def answer(text: str, read: Read) -> Value:
        if text in known:
            return known[text]
        if _REFERENCE.fullmatch(text):
            value = read(text)
            return 0 if value is None else value
        call, guarded = _ALONE.fullmatch(text), _GUARDED.fullmatch(text)
        if call is not None:
            return _call(index(), call, read)
        if guarded is not None:
            value = _call(index(), guarded, read)
            return guarded[3] if isinstance(value, str) and value.startswith("#") else value
        return None

    return answer


def _call(index: Index, call: re.Match[str], read: Read) -> Value:
    """The result of a function; None for one that fills more cells than its own."""
    given = [_literal(one, read) for one in _COMMA.split(call[2])]
    try:
        found = evaluate(f"{call[1]}({','.join(given)})", index)
    except LesError:
        return None
    if isinstance(found.value, str):
        return str(found.value)
    return found.value if isinstance(found.value, (int, float)) else None


def _literal(text: str, read: Read) -> str:
    if _LITERAL.fullmatch(text):
        return text
    value = read(text.strip())
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    return '"' + value.replace('"', '""') + '"' if isinstance(value, str) else repr(value)
