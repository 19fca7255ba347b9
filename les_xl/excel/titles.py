"""Names of sheets made from titles: what Excel allows, no longer than it allows, and each only once."""

import re
from collections.abc import Iterable

LONGEST = 31
_ILLEGAL = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_RESERVED = "history"


def sheet_names(titles: Iterable[str], taken: Iterable[str]) -> list[str]:
    """A legal name for each title, in order; none is in `taken` or given twice, in whatever case."""
    used = {name.casefold() for name in (*taken, _RESERVED)}
    found = []
    for title in titles:
        name = _free(_legal(title), used)
        used.add(name.casefold())
        found.append(name)
    return found


def link_to(name: str, cell: str = "A1") -> str:
    """The address of a cell of a sheet, for a link within the workbook."""
    return f"internal:'{name.replace(chr(39), chr(39) * 2)}'!{cell}"


def _legal(title: str) -> str:
    text = " ".join(_ILLEGAL.sub("-", title).split()).strip("'")
    return text[:LONGEST].strip("' ") or "LES"


def _free(name: str, used: set[str]) -> str:
    number, found = 2, name
    while found.casefold() in used:
        end = f" ({number})"
        found, number = f"{name[: LONGEST - len(end)].rstrip()}{end}", number + 1
    return found
