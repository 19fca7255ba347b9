"""A document as it is judged: sentences with the section they stand in, and the tables between them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from les_xl.errors import Place

_CELLS = re.compile(r"\t")
_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_MARKUP = re.compile(r"\*\*|__|`|\\(?=\*)")
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[\"“‘'(]?[A-Z0-9])")
_ABBREVIATED = re.compile(r"(?:\b(?:e\.g|i\.e|c|N\.B|no|vs|approx|Dr|Mr|Ms|St|S)\.|\bN\.\s?B\.)$")
_LONGEST_HEADING = 120


@dataclass(frozen=True)
class Passage:
    """One sentence. `headings` stand above it, the nearest first; `before` is its paragraph up to it."""

    text: str
    place: Place
    headings: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grid:
    """A table of a document: its rows as texts, and the place of each."""

    rows: tuple[tuple[str, ...], ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Document:
    """Everything of a file that can be judged."""

    passages: tuple[Passage, ...]
    grids: tuple[Grid, ...] = ()


def read_text(text: str, file: str) -> Document:
    """Sentences and tables (tab-separated, or Markdown's) of a text; lines count from 1."""
    passages: list[Passage] = []
    grids: list[Grid] = []
    rows: list[tuple[tuple[str, ...], Place]] = []
    headings: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        place = Place(file, line=number)
        cells = _cells(line)
        if cells is not None:
            rows += [] if _RULE.match(line) else [(cells, place)]
            continue
        if rows:
            grids.append(_grid(rows))
            rows = []
        said = _plain(line)
        if said and _is_heading(line, said):
            headings = (said, *headings)
        elif said:
            passages += sentences(said, place, headings)
    if rows:
        grids.append(_grid(rows))
    return Document(tuple(passages), tuple(grids))


def sentences(text: str, place: Place, headings: tuple[str, ...] = ()) -> Iterator[Passage]:
    """The sentences of a paragraph, each with those before it."""
    before: tuple[str, ...] = ()
    for sentence in _split(text):
        yield Passage(sentence, place, headings, before)
        before = (*before, sentence)


def _split(text: str) -> Iterable[str]:
    parts: list[str] = []
    for part in _SENTENCE_END.split(text):
        if parts and _ABBREVIATED.search(parts[-1]):
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return [part.strip() for part in parts if part.strip()]


def _cells(line: str) -> tuple[str, ...] | None:
    """The cells of a table's line; None where it is none."""
    if line.count("\t") >= 1 and line.strip():
        return tuple(cell.strip() for cell in _CELLS.split(line.rstrip("\r\n")))
    stripped = line.strip()
    if stripped.startswith("|") and stripped.count("|") > 2:
        return tuple(cell.strip() for cell in stripped.strip("|").split("|"))
    return None


def _grid(rows: list[tuple[tuple[str, ...], Place]]) -> Grid:
    return Grid(tuple(cells for cells, _ in rows), tuple(place for _, place in rows))


def _plain(line: str) -> str:
    text = re.sub(r"^#+\s*", "", _MARKUP.sub("", line).strip())
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", _BULLET.sub("", text))
    return " ".join(text.split())


def _is_heading(line: str, said: str) -> bool:
    if line.lstrip().startswith("#"):
        return True
    bullet = _BULLET.match(line) is not None
    return not bullet and len(said) <= _LONGEST_HEADING and said[-1] not in ".;:!?," and " is " not in said
