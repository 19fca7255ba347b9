"""A workbook held against the position: edition, figures, footings, commentary, and what it lacks."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from les_xl import periods
from les_xl.data.identifiers import has_identifier
from les_xl.errors import LesError, Place, Problem
from les_xl.errors.claims import CLAIMS_OF_PATIENTS
from les_xl.errors.macros import CLAIM, DIFFERS, FOOTING, RETURNS_MISSING, STALE
from les_xl.errors.refresh import LACKS
from les_xl.excel.book import Book, Value, Written
from les_xl.excel.edition import Contents
from les_xl.excel.merge import TableChange
from les_xl.excel.refresh import RefreshPlan, plan_refresh
from les_xl.position import Position
from les_xl.report.claims.judge import judge
from les_xl.report.claims.passages import Document, Passage, sentences
from les_xl.report.figures import all_returns
from les_xl.report.tables.quality import said

EDITION = ("LesAsAt", "LesAsOf", "LesDataVersion")
"""The named cells that say which edition a workbook shows."""

COMMENTARY = "tblCommentary"
_WRITTEN = ("commentary", "heading", "section")
_SOME_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Checked:
    """What is wrong with a workbook. `shown` is its edition in words, `held` that of the position."""

    shown: str
    held: str
    problems: tuple[Problem, ...]

    @property
    def ok(self) -> bool:
        """True where nothing is wrong but warnings."""
        return not any(problem.severity == "error" for problem in self.problems)

    def as_json(self) -> dict[str, object]:
        """The same as JSON can hold it."""
        problems = [asdict(problem) for problem in self.problems]
        return {"ok": self.ok, "shown": self.shown, "held": self.held, "problems": problems}


def check_book(book: Book, position: Position, found: Contents, lint: tuple[Problem, ...] = ()) -> Checked:
    """Hold a workbook against the position's contents; nothing is changed.

    `lint` is what was found in the file itself, where there is one to look into.

    Raises LesError where the workbook cannot be read.
    """
    shown, held = _shown(book), _said(*(found.names[name] for name in EDITION))
    try:
        plan = plan_refresh(book, found.tables, found.names)
        figures = [*_figures(plan, shown, held), *(LACKS.at(Place(), what=what) for what in plan.lacking)]
    except LesError as error:  # a table without its key; what else is wrong is worth knowing too
        figures = list(error.problems)
    groups = (figures, _footings(position), _claims(book, position), _returns(position), lint)
    return Checked(shown, held, tuple(problem for group in groups for problem in group))


def _shown(book: Book) -> str:
    return _said(*(_named(book, name) for name in EDITION))


def _named(book: Book, name: str) -> object:
    try:
        found = book.read_name(name)
    except KeyError:
        return None
    value = found.value if isinstance(found, Written) else found
    return _day(book, value) if name == EDITION[0] else value


def _day(book: Book, value: Value) -> object:
    """The day of a serial number, in the workbook's own count of days."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    try:
        return _SOME_DAY + timedelta(days=int(value) - book.serial(_SOME_DAY))
    except OverflowError:
        return value


def _said(as_at: object, as_of: object, version: object) -> str:
    month = periods.long_label(periods.month_of(as_at)) if isinstance(as_at, date) else "an unknown month"
    load = f"{as_of:g}" if isinstance(as_of, (int, float)) else "unknown"
    return f"{month} (load {load}, specs {version or 'unknown'})"


def _figures(plan: RefreshPlan, shown: str, held: str) -> Iterator[Problem]:
    """Where the edition is another one, every figure may differ, and one sentence says so."""
    if any(name.name in EDITION for name in plan.names):
        yield STALE.at(Place(), shown=shown, held=held, count=f"{plan.cells:,}")
        return
    for table in plan.tables:
        if table.changes:
            yield DIFFERS.at(Place(sheet=table.sheet), what=_what(table), table=table.table)


def _what(table: TableChange) -> str:
    rows = len(table.added) + len(table.removed) + len(table.resolved)
    counts = [(table.cells, "cells"), (rows, "rows"), (len(table.headers), "headers")]
    return ", ".join(f"{count:,} {what}" for count, what in counts if count)


def _footings(position: Position) -> Iterator[Problem]:
    failed = position.checks[~position.checks["ok"].astype(bool)]
    for check in failed.to_dict("records"):
        where = str(check["scope"]).replace("_", " ")
        figures = {side: f"{float(check[side]):,.10g}" for side in ("left", "right")}
        yield FOOTING.at(Place(), check=said(str(check["check"])), where=where, **figures)


def _claims(book: Book, position: Position) -> Iterator[Problem]:
    """What the analyst's commentary says otherwise; a text that may name a patient is not repeated."""
    passages: list[Passage] = []
    for text, place, headings in _commentary(book):
        if has_identifier(text):
            yield CLAIMS_OF_PATIENTS.at(place)
        else:
            passages += sentences(" ".join(text.split()), place, headings)
    for verdict in judge(Document(tuple(passages)), position) if passages else ():
        if verdict.judgement == "disagrees":
            words = {name: getattr(verdict, name) for name in ("claim", "stated", "right")}
            yield CLAIM.at(verdict.place, origin=verdict.source, **words)


def _commentary(book: Book) -> Iterator[tuple[str, Place, tuple[str, str]]]:
    """Each text of the analyst's, where it stands, and the heading and section over it."""
    info = next((one for one in book.tables() if one.name.casefold() == COMMENTARY.casefold()), None)
    if info is None:
        return
    folded = [header.casefold() for header in info.headers]
    places = [folded.index(name) if name in folded else None for name in _WRITTEN]
    for down, row in enumerate(book.read_table(info.name).values):
        text, heading, section = (row[at] if at is not None else None for at in places)
        if isinstance(text, str):
            place = Place(sheet=info.sheet, row=info.row + down, field="Commentary")
            yield text, place, (str(heading or ""), str(section or ""))


def _returns(position: Position) -> Iterator[Problem]:
    reported, expected = all_returns(position)
    if reported < expected:
        yield RETURNS_MISSING.at(Place(), missing=f"{expected - reported:,}", expected=f"{expected:,}")
