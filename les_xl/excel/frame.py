"""What stands around the tables and follows an edition as long as it is what the product wrote there."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from les_xl.excel.book import Value

EDITION = r"[0-9]{4}-[0-9]{2}, load [0-9]+, specs [0-9a-f]{8}"
"""The form of an edition as footers and document properties show it."""

_CODES = r"(?:&\"[^\"]*\"|&K[0-9A-Fa-f]{6}|&K[0-9]{2}[+-][0-9]{3}|&[0-9]+|&[BEISUXY])*"
_IN_FOOTER = re.compile(rf"(?<!&)(&[LCR]{_CODES}\s*){EDITION}(?=\s*(?:&[LCR]|$))")


@dataclass(frozen=True)
class Property:
    """A document property: its text in this edition, and the form of what the product writes there."""

    text: str
    form: re.Pattern[str]


@dataclass(frozen=True)
class Chart:
    """A chart by its name: the table that it is drawn from, and what it shows in words.

    `first` is the header of the month at which a chart of months begins.
    """

    name: str
    table: str
    text: str
    first: str | None = None


@dataclass(frozen=True)
class Paper:
    """A table whose sheet is printed down to the last row that is `worth` it, by its cells in `columns`."""

    table: str
    columns: tuple[str, ...]
    worth: Callable[..., bool]


@dataclass(frozen=True)
class Frame:
    """What an edition puts around its tables.

    `names` are the tables and named cells (folded) that make a sheet the product's; `properties` are document
    properties by their element; `texts` is the table that says what each chart shows, by `Name` and `Text`.
    """

    edition: str
    names: frozenset[str]
    properties: Mapping[str, Property]
    moment: datetime
    texts: str
    charts: tuple[Chart, ...]
    papers: tuple[Paper, ...]


def footer(text: str, edition: str) -> str:
    """A header or footer in which a section that was nothing but an edition shows another one."""
    return _IN_FOOTER.sub(lambda found: found[1] + edition, text)


def last_worth(paper: Paper, headers: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """The last row (from 0) that is worth paper; without any the first, which stands for the table."""
    folded = {header.casefold(): at for at, header in enumerate(headers)}
    places = [folded.get(column.casefold()) for column in paper.columns]
    cells = ([None if at is None else row[at] for at in places] for row in rows)
    return max((at for at, found in enumerate(cells) if paper.worth(*found)), default=0)


def texts_by_name(headers: tuple[str, ...], rows: tuple[tuple[Value, ...], ...]) -> dict[str, Value]:
    """What the table of texts held, by name; empty where it has not the two columns."""
    folded = [header.casefold() for header in headers]
    if not {"name", "text"} <= set(folded):
        return {}
    name, text = folded.index("name"), folded.index("text")
    return {str(row[name]): row[text] for row in rows}
