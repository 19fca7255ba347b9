"""References in formulas: found past strings and names, moved with a table, shifted, columns renamed."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from les_xl.excel.addresses import LAST_COLUMN, LAST_ROW, Area, letters, number

_SHEET = r"'(?:[^']|'')*'|(?:\[[^\[\]]*\])?[^\W\d][\w.?]*(?::[^\W\d][\w.?]*)?"
_CELLS = r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})(?::(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6}))?"
_TOKEN = re.compile(
    r"\"(?:[^\"]|\"\")*\""
    r"|\[[0-9]+\]!?[\w.]*(?:![$\w:]+)?"
    r"|\[(?:'.|[^\[\]']|\[(?:'.|[^\[\]'])*\])*\]"
    rf"|(?:(?P<sheet>{_SHEET})!)?(?<![\w.$\\])(?P<cells>{_CELLS})(?![\w.(\[!])"
    rf"|(?:{_SHEET})!"
    r"|(?<![\w.$])(?P<columns>(\$?)([A-Za-z]{1,3}):(\$?)([A-Za-z]{1,3}))(?![\w.(\[!])"
    r"|(?<![\w.$])(?P<rows>(\$?)([0-9]{1,7}):(\$?)([0-9]{1,7}))(?![\w.(\[!])"
)
_ESCAPED = re.compile(r"'(.)")
_SPECIAL = re.compile(r"(['\[\]#@])")
LOST = "#REF!"

Moved = Callable[[Area], Area | None]
Located = Callable[[str, Area], Sequence[tuple[str, Area]]]


def moved(text: str, host: str, sheet: str, move: Moved) -> str:
    """A formula's text after cells of `sheet` moved; `host` is the sheet of the formula itself."""
    wanted = sheet.casefold()
    if wanted not in named(text, host):
        return text  # by far the most formulas

    def replace(found: re.Match[str]) -> str:
        if found["cells"] is None or _sheet_of(found["sheet"], host).casefold() != wanted:
            return found[0]
        area = _area(found)
        if area is None:
            return found[0]
        after = move(area)
        if after == area:
            return found[0]
        prefix = f"{found['sheet']}!" if found["sheet"] else ""
        return LOST if after is None else prefix + _like(found, after)

    return _TOKEN.sub(replace, text)


def redirected(text: str, located: Located, sheets: Mapping[str, str], *, lists: bool = False) -> str | None:
    """A formula's text with what it says of named sheets said of another workbook's.

    `located` gives the places there of an area of a sheet, `sheets` the names there of whole sheets. None
    where something is nowhere, or in several places and is not to be a list of them.
    """
    lost = False

    def replace(found: re.Match[str]) -> str:
        nonlocal lost
        whole = found[0].endswith("!")
        if not whole and (found["cells"] is None or found["sheet"] is None):
            return found[0]
        given = found[0][:-1] if whole else found["sheet"]
        named = _sheet_of(given, "")
        if whole:
            there = sheets.get(named)
            lost = lost or there is None
            return found[0] if there == named else f"{quoted(there or '')}!"
        area = _area(found)
        places = located(named, area) if area is not None else ()
        lost = lost or not places or (len(places) > 1 and not lists)
        texts = [f"{given if at == named else quoted(at)}!{_like(found, one)}" for at, one in places]
        return texts[0] if len(texts) == 1 else f"({','.join(texts)})"

    new = _TOKEN.sub(replace, text)
    return None if lost else new


def quoted(sheet: str) -> str:
    """A sheet's name as it stands before the `!` of a reference."""
    return "'" + sheet.replace("'", "''") + "'"


@lru_cache(maxsize=1 << 16)
def named(text: str, host: str) -> frozenset[str]:
    """The folded names of the sheets of whose cells a formula speaks."""
    return frozenset(sheet.casefold() for sheet, _ in areas(text, host))


@lru_cache(maxsize=1 << 16)
def areas(text: str, host: str) -> tuple[tuple[str, Area], ...]:
    """The sheet and area of every reference in a formula's text."""
    found = (one for one in _TOKEN.finditer(text) if one["cells"] is not None)
    read = ((_sheet_of(one["sheet"], host), _area(one)) for one in found)
    return tuple((sheet, area) for sheet, area in read if area is not None)


def anchored(text: str) -> str:
    """Of a rule's formula the references to fixed rows, as one text.

    The others are written for the first cell of the rule's range, and speak of each cell's own row.
    """
    found = (one for one in _TOKEN.finditer(text) if one["cells"] is not None)
    return ",".join(one[0] for one in found if _is_fixed(one))


def _is_fixed(found: re.Match[str]) -> bool:
    _, _, _, first_fixed, _, _, _, last_fixed, last_row = _parts(found, "cells")
    return bool(first_fixed and (last_fixed or not last_row))


def spans(text: str, host: str) -> list[tuple[str, Area]]:
    """The sheet and area of every reference in a formula's text, whole columns and rows included."""
    found: list[tuple[str, Area]] = []
    sheet, ends = host, -1
    for one in _TOKEN.finditer(text):
        here = sheet if one.start() == ends else host
        if one["cells"] is not None:
            area = _area(one)
            found += [(_sheet_of(one["sheet"], host), area)] if area is not None else []
        elif one["columns"] is not None:
            first, last = sorted(number(end.strip("$")) for end in one["columns"].split(":"))
            found.append((here, Area(1, first, LAST_ROW, min(last, LAST_COLUMN))))
        elif one["rows"] is not None:
            top, bottom = sorted(int(end.strip("$")) for end in one["rows"].split(":"))
            found.append((here, Area(top, 1, min(bottom, LAST_ROW), LAST_COLUMN)))
        elif one[0].endswith("!"):
            sheet, ends = _sheet_of(one[0][:-1], host), one.end()
    return found


def shifted(text: str, rows: int, columns: int) -> str:
    """A formula's text as it reads when copied so many rows down and columns to the right."""

    def replace(found: re.Match[str]) -> str:
        if found["columns"] is not None:
            _, first_fixed, first, last_fixed, last = _parts(found, "columns")
            return f"{_column(first_fixed, first, columns)}:{_column(last_fixed, last, columns)}"
        if found["rows"] is not None:
            _, first_fixed, first, last_fixed, last = _parts(found, "rows")
            return f"{_row(first_fixed, first, rows)}:{_row(last_fixed, last, rows)}"
        if found["cells"] is None:
            return found[0]
        prefix = f"{found['sheet']}!" if found["sheet"] else ""
        _, c1, column, r1, row, c2, last_column, r2, last_row = _parts(found, "cells")
        ends = [_column(c1, column, columns) + _row(r1, row, rows)]
        ends += [_column(c2, last_column, columns) + _row(r2, last_row, rows)] if last_row else []
        return LOST if LOST in "".join(ends) else prefix + ":".join(ends)

    return _TOKEN.sub(replace, text)


def _parts(found: re.Match[str], group: str) -> list[str]:
    start = found.re.groupindex[group]
    count = 9 if group == "cells" else 5
    return [found[start + step] or "" for step in range(count)]


def _column(fixed: str, text: str, by: int) -> str:
    moved_to = number(text) if fixed else number(text) + by
    return f"{fixed}{letters(moved_to)}" if 1 <= moved_to <= LAST_COLUMN else LOST


def _row(fixed: str, text: str, by: int) -> str:
    moved_to = int(text) if fixed else int(text) + by
    return f"{fixed}{moved_to}" if 1 <= moved_to <= LAST_ROW else LOST


def _sheet_of(prefix: str | None, host: str) -> str:
    if prefix is None:
        return host
    return prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix


def _area(found: re.Match[str]) -> Area | None:
    try:
        return Area.parse(found["cells"])
    except ValueError:
        return None


def _like(found: re.Match[str], area: Area) -> str:
    """The area written with the same `$` signs; a range stays a range."""
    _, c1, _, r1, _, c2, _, r2, last_row = _parts(found, "cells")
    first = f"{c1}{letters(area.left)}{r1}{area.top}"
    if not last_row and area.top == area.bottom and area.left == area.right:
        return first
    if not last_row:
        c2, r2 = c1, r1
    return f"{first}:{c2}{letters(area.right)}{r2}{area.bottom}"


def renamed(text: str, table: str, names: Mapping[str, str], *, inside: bool = False) -> str:
    """A formula's text with columns of a table renamed in its structured references.

    In a cell of the table itself (`inside`) a reference may leave out the table's name.
    """
    if "[" not in text:
        return text
    folded = {old.casefold(): new for old, new in names.items()}
    pattern = re.compile(
        rf"\"(?:[^\"]|\"\")*\"|(?<![\w.]){re.escape(table)}(?=\[)"
        + (r"|(?<![\w.\]'])(?=\[)" if inside else ""),
        re.IGNORECASE,
    )
    pieces: list[str] = []
    at = 0
    while (start := _reference_start(pattern, text, at)) >= 0:
        end = closing(text, start)
        pieces += [text[at:start], _with_names(text[start:end], folded)]
        at = end
    return "".join([*pieces, text[at:]])


def _reference_start(pattern: re.Pattern[str], text: str, at: int) -> int:
    for found in pattern.finditer(text, at):
        if not found[0].startswith('"'):
            return found.end()
    return -1


def closing(text: str, start: int) -> int:
    """The place after the bracket that closes the one at `start`."""
    depth, at = 0, start
    while at < len(text):
        depth += {"[": 1, "]": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
        at += 2 if text[at] == "'" else 1
    return len(text)


def _with_names(reference: str, names: Mapping[str, str]) -> str:
    def replace(found: re.Match[str]) -> str:
        new = names.get(_ESCAPED.sub(r"\1", found[2]).casefold())
        return found[0] if new is None else f"[{found[1]}{escaped(new)}]"

    return re.sub(r"\[(@?)((?:'.|[^\[\]'])*)\]", replace, reference)


def escaped(name: str) -> str:
    """A column's name as a structured reference holds it."""
    return _SPECIAL.sub(r"'\1", name)
