"""What a formula, as a file stores it, refers to: functions, sheets, areas, tables with columns, names."""

import re
from dataclasses import dataclass, field
from functools import lru_cache

from les_xl.excel.lint.areas import parse_area

# Quotes are matched possessively and to the end even where unclosed: a hostile text takes linear time.
_TOKEN = re.compile(
    r"""
      (?P<text>"(?:[^"]|"")*+"?)
    | (?P<error>\#REF!)
    | (?P<value>\#(?:N/A|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA))
    | (?P<sheet>'(?:[^']|'')++'!|(?:\[\d+\])?(?:[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)?!)
    | (?P<stray>'(?:[^']|'')*+'?)
    | (?P<function>[^\W\d][\w.]*)(?=\()
    | (?P<table>(?:\\|[^\W\d])[\w.\\?]*)?\[
    | (?P<area>
        (?: \$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)? | \$?[A-Z]{1,3}:\$?[A-Z]{1,3} | \$?\d+:\$?\d+ )
        (?![\w.])
      )
    | (?P<number>\d+(?:\.\d*)?(?:E[+-]?\d+)?)
    | (?P<name>(?:\\|[^\W\d])[\w.\\?]*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONSTANTS = frozenset({"TRUE", "FALSE"})


@dataclass(frozen=True)
class Structured:
    """A reference to a table, its name empty where it is left out, as Excel allows inside the table.

    `at_sign`: `[@column]`, as it is typed but never stored; `loose`: in a form that only Excel reads.
    """

    table: str
    columns: tuple[str, ...]
    at_sign: bool
    loose: bool


@dataclass(frozen=True)
class Located:
    """An area or a name with its sheet; the sheet is empty where it is the formula's own."""

    sheet: str
    text: str


@dataclass
class _Found:
    functions: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    areas: list[Located] = field(default_factory=list)
    names: list[Located] = field(default_factory=list)
    structured: list[Structured] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    broken: bool = False


@dataclass(frozen=True)
class Reading:
    """What a formula refers to. `links` are the places inside the workbook that HYPERLINK leads to."""

    functions: tuple[str, ...]
    sheets: tuple[str, ...]
    areas: tuple[Located, ...]
    names: tuple[Located, ...]
    structured: tuple[Structured, ...]
    links: tuple[str, ...]
    broken: bool


@lru_cache(maxsize=65_536)
def read_formula(text: str) -> Reading:
    """A formula without its equals sign. Never raises: what cannot be understood is passed over."""
    found, place, sheet, last = _Found(), 0, "", ""
    while place < len(text):
        token = _TOKEN.match(text, place)
        if token is None:
            # A range operator keeps the sheet of its first end: Sheet1!A1:INDEX(…) has no other.
            place, sheet = place + 1, ""
            continue
        place, kind = token.end(), token.lastgroup or "table"
        if kind == "table":
            content, place = _bracketed(text, place)
            found.structured.append(_structured(token.group("table") or "", content))
        else:
            _note(found, kind, token.group(kind), sheet, last)
        sheet = _unquoted(token.group("sheet")) if kind == "sheet" else ""
        last = token.group(0).upper() if kind != "text" else last
    return Reading(
        tuple(found.functions),
        tuple(found.sheets),
        tuple(found.areas),
        tuple(found.names),
        tuple(found.structured),
        tuple(found.links),
        found.broken,
    )


def _note(found: _Found, kind: str, text: str, sheet: str, last: str) -> None:
    if kind == "function" and not sheet:
        found.functions.append(text)
    elif kind == "sheet":
        found.sheets.append(_unquoted(text))
    elif kind == "error":
        found.broken = True
    elif kind == "text" and last == "HYPERLINK" and text.startswith('"#'):
        found.links.append(text[2:-1].replace('""', '"'))
    elif kind == "area" and parse_area(text):
        found.areas.append(Located(sheet, text))
    elif kind in {"area", "name"} and text.upper() not in _CONSTANTS:
        found.names.append(Located(sheet, text))


def _unquoted(sheet: str) -> str:
    """The sheet's name before its exclamation mark."""
    bare = sheet[:-1]
    return bare[1:-1].replace("''", "'") if bare.startswith("'") else bare


def _bracketed(text: str, start: int) -> tuple[str, int]:
    """What stands between the bracket before `start` and its partner, and the place after that."""
    depth, place = 1, start
    while place < len(text) and depth:
        if text[place] == "'":
            place += 1
        elif text[place] in "[]":
            depth += 1 if text[place] == "[" else -1
        place += 1
    return text[start : place - 1] if depth == 0 else text[start:], place


def _structured(table: str, content: str) -> Structured:
    groups, rest, place = [], "", 0
    while place < len(content):
        if content[place] == "[":
            group, place = _bracketed(content, place + 1)
            groups.append(group)
        else:
            step = 2 if content[place] == "'" else 1
            rest, place = rest + content[place : place + step], place + step
    at_sign = rest.lstrip().startswith("@")
    bare = rest.strip(" ,:@")
    items = groups + ([bare] if bare else [])
    this_row = any(item.strip().casefold() == "#this row" for item in items)
    columns = tuple(_unescaped(item) for item in items if not item.lstrip().startswith("#"))
    loose = not at_sign and (not table or (this_row and bool(bare)))
    return Structured(table, columns, at_sign, loose)


def _unescaped(column: str) -> str:
    return re.sub(r"'(.)", r"\1", column, flags=re.DOTALL)
