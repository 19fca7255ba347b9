"""Refresh of the analyst's workbook: what would change, and the change made whole or not at all."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.refresh import LACKS, TEXT_TOO_LONG, WORKED_OUT_LATER
from les_xl.excel.book import Book, NewRow, TableEdit, TableInfo, Value, Written
from les_xl.excel.contents import LONGEST_TEXT, same
from les_xl.excel.merge import TableChange, merge
from les_xl.report.table import Table

if TYPE_CHECKING:
    from les_xl.excel.closed.adapter import ClosedBook
    from les_xl.excel.closed.stale import Answer
    from les_xl.excel.closed.upgrade import Upgrade
    from les_xl.excel.closed.widen import Widened
    from les_xl.excel.frame import Frame
    from les_xl.excel.offer import Offer

RESOLVED = "tblResolved"
"""The table that takes rows which are gone but carry the analyst's text; a workbook may do without it."""

STAMPS = frozenset({"lesrefreshed"})
"""Names (folded) that say when, not what: they alone are no reason to write."""

Fact = float | int | str | date | datetime | None


@dataclass(frozen=True)
class NameChange:
    """A named cell that gets another value."""

    name: str
    before: Value
    after: Value


@dataclass(frozen=True)
class RefreshPlan:
    """What a refresh would change. `lacking` is what the workbook does not have, in words.

    `around` is what changes around the tables, in words: footers, texts of charts, print areas, properties.
    `sheets` are those that it would get, by the names that they take; `columns` those that tables would get.
    """

    tables: tuple[TableChange, ...]
    names: tuple[NameChange, ...]
    stamps: tuple[NameChange, ...] = ()
    lacking: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        """True where any figure, text, row or sheet changes; when it was refreshed is not a change."""
        found = self.names or self.around or self.sheets or self.columns
        return bool(found) or any(table.changes for table in self.tables)

    @property
    def cells(self) -> int:
        """How many cells get another content."""
        return sum(table.cells for table in self.tables) + len(self.names)

    def sentences(self) -> tuple[str, ...]:
        """A line a table that changes, then a line for the named cells and for the sheets that come."""
        lines = [_sentence(table) for table in self.tables if table.changes]
        if self.names:
            lines.append("named cells: " + ", ".join(name.name for name in self.names))
        if self.around:
            lines.append("around the tables: " + ", ".join(self.around))
        if self.columns:
            lines.append("new columns: " + "; ".join(self.columns))
        if self.sheets:
            lines.append("new sheets: " + ", ".join(self.sheets))
        return tuple(lines) or ("nothing changes: the workbook shows these figures already",)


@dataclass(frozen=True)
class RefreshResult:
    """What a refresh did: `written` is False where nothing changed, or for a dry run."""

    path: Path
    plan: RefreshPlan
    written: bool
    backup: Path | None = None
    warnings: tuple[Problem, ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        """What was done, as JSON can hold it."""
        return {
            "file": str(self.path),
            "changes": self.plan.changes,
            "written": self.written,
            "backup": None if self.backup is None else str(self.backup),
            "tables": [table.as_json() for table in self.plan.tables if table.changes],
            "names": [name.name for name in self.plan.names],
            "around": list(self.plan.around),
            "sheets": list(self.plan.sheets),
            "columns": list(self.plan.columns),
            "lacking": list(self.plan.lacking),
            "warnings": [asdict(problem) for problem in self.warnings],
        }


def _sentence(table: TableChange) -> str:
    facts = [(len(table.added), "added"), (len(table.removed), "removed"), (len(table.resolved), "resolved")]
    facts += [(len(table.kept), "kept that are no longer reported")]
    rows = "".join(f", {count:,} row{'s' if count > 1 else ''} {said}" for count, said in facts if count)
    headers = f", {len(table.headers)} month headers changed" if table.headers else ""
    return f"{table.table} ({table.sheet}): {table.cells:,} cells{rows}{headers}"


def plan_refresh(book: Book, tables: Sequence[Table], names: Mapping[str, Fact] | None = None) -> RefreshPlan:
    """Work out what a refresh would change, without changing anything.

    Raises LesError with every table that cannot be matched (a key column is missing).
    """
    present = {info.name.casefold(): info for info in book.tables()}
    lacking = [f"table {table.name}" for table in tables if table.name.casefold() not in present]
    changes = list(_merged(book, tables, present))
    for change in changes:
        lacking += [f"column '{name}' in {change.table}" for name in change.lacking]
    if RESOLVED.casefold() in present and any(change.moved for change in changes):
        changes = _with_resolved(book, present[RESOLVED.casefold()], changes)
    found, absent = _names(book, names or {})
    stamps = tuple(name for name in found if name.name.casefold() in STAMPS)
    lasting = tuple(name for name in found if name not in stamps)
    return RefreshPlan(tuple(changes), lasting, stamps, (*lacking, *absent))


def _merged(book: Book, tables: Sequence[Table], present: Mapping[str, TableInfo]) -> Iterable[TableChange]:
    problems: list[Problem] = []
    found: list[TableChange] = []
    for table in tables:
        info = present.get(table.name.casefold())
        if info is None:
            continue
        try:
            found.append(_one(book, table, info, present))
        except LesError as error:
            problems += error.problems
    if problems:
        raise LesError(*problems)
    return found


def _one(book: Book, table: Table, info: TableInfo, present: Mapping[str, TableInfo]) -> TableChange:
    listing = present.get(RESOLVED.casefold())
    listed = frozenset(header.casefold() for header in listing.headers) if listing else frozenset()
    if table.name.casefold() == RESOLVED.casefold():
        listed = frozenset()
    grid = book.read_table(info.name)

    def pinned(rows: frozenset[int], product: frozenset[int]) -> frozenset[int]:
        return book.pinned(info.name, rows, product)

    return merge(table, info, grid, book.serial, pinned, listed)


def _with_resolved(book: Book, info: TableInfo, changes: list[TableChange]) -> list[TableChange]:
    """The changes with the rows that are gone put at the end of the list of resolved ones."""
    known = next((one for one in changes if one.table == info.name), None)
    before = known or _unchanged(book, info)
    rows = list(before.edit.rows)
    moved = [(change.table, row) for change in changes for row in change.moved]
    headers = [header.casefold() for header in info.headers]
    values = book.read_table(info.name).values
    blank = [at for at, row in enumerate(rows) if _is_blank(values, row)]
    for table, row in moved:
        texts = {"table": table, **{name.casefold(): value for name, value in row.items()}}
        cells = {at: texts[name] for at, name in enumerate(headers) if texts.get(name) not in (None, "")}
        if blank:
            at = blank.pop(0)
            rows[at] = replace(rows[at], cells={**rows[at].cells, **cells})
        else:
            rows.append(NewRow(None, cells, info.rows - 1))
    after = replace(
        before,
        cells=sum(len(row.cells) for row in rows),
        added=(*before.added, *(name for one in changes for name in one.resolved)),
        edit=TableEdit(tuple(rows), before.edit.headers, before.edit.product),
    )
    return [*(one for one in changes if one is not known), after]


def _unchanged(book: Book, info: TableInfo) -> TableChange:
    edit = TableEdit(tuple(NewRow(at, {}) for at in range(info.rows)), info.headers, frozenset())
    return TableChange(info.name, info.sheet, 0, (), (), (), (), (), (), edit)


def _is_blank(values: Sequence[Sequence[Value]], row: NewRow) -> bool:
    if row.origin is None or row.cells:
        return False
    return all(value in (None, "") for value in values[row.origin])


def _names(book: Book, names: Mapping[str, Fact]) -> tuple[list[NameChange], list[str]]:
    found: list[NameChange] = []
    lacking: list[str] = []
    problems: list[Problem] = []
    for name, fact in names.items():
        after = _fact(book, fact)
        try:
            present = book.read_name(name)
        except KeyError:
            lacking.append(f"named cell {name}")
            continue
        if isinstance(after, str) and len(after) > LONGEST_TEXT:
            where = f"the cell named {name}"
            problems.append(TEXT_TOO_LONG.at(Place(), count=f"{len(after):,}", where=where))
        before = present.value if isinstance(present, Written) else present
        if isinstance(present, Written) or not same(before, after):
            found.append(NameChange(name, before, after))
    if problems:
        raise LesError(*problems)
    return found, lacking


def _fact(book: Book, fact: Fact) -> Value:
    if isinstance(fact, datetime):
        past = datetime.combine(fact.date(), time(), fact.tzinfo)
        return book.serial(fact.date()) + (fact - past).total_seconds() / 86_400
    return book.serial(fact) if isinstance(fact, date) else fact


def apply_plan(book: Book, plan: RefreshPlan) -> None:
    """Make the planned changes in the book, without committing them.

    Raises LesError with every table that cannot be made so; the book is then not to be committed.
    """
    problems: list[Problem] = []
    for change in plan.tables:
        if not change.changes:
            continue
        try:
            book.write_table(change.table, change.edit)
        except LesError as error:
            problems += error.problems
    if problems:
        raise LesError(*problems)
    for name in (*plan.names, *plan.stamps):
        book.write_name(name.name, name.after)


def _fill(book: "ClosedBook", plan: RefreshPlan, answer: "Answer | None") -> int:
    """Make the changes and bring results up to date; gives how many formulas were left without one."""
    apply_plan(book, plan)
    names = [name.name for name in (*plan.names, *plan.stamps)]
    return book.settle(plan.tables, names, answer or (lambda _text, _read: None))


def _with_added(plan: RefreshPlan, upgrade: "Upgrade", widened: "Widened | None") -> RefreshPlan:
    """The plan with the sheets and columns that are added, which the workbook then does not lack."""
    brought = upgrade.brings()
    lacking = tuple(what for what in plan.lacking if what not in brought)
    if widened is not None:
        lacking = tuple(widened.said(what) for what in lacking)
    columns = () if widened is None else widened.sentences()
    return replace(plan, sheets=tuple(upgrade.names.values()), columns=columns, lacking=lacking)


def refresh_file(
    path: Path,
    tables: Sequence[Table],
    names: Mapping[str, Fact] | None = None,
    *,
    dry_run: bool = False,
    answer: "Answer | None" = None,
    frame: "Frame | None" = None,
    offer: "Offer | None" = None,
    add_missing: bool = False,
) -> RefreshResult:
    """Refresh a closed workbook in place; the previous file stays beside it as `.bak`.

    Only the named tables and cells are filled; every other byte of every part stays unless it points at
    cells that moved. Results saved with formulas elsewhere are brought up to date: by `answer`, by an engine
    that is installed, or else taken away, so that no program shows an old figure. Of the `frame`
    follows what is still the product's. Sheets of the `offer` that are newer than the workbook are
    appended, with `add_missing` those too that were deleted, and columns that tables lack. A dry run finds
    every refusal. Raises LesError, with the file as it was, for a workbook that is open, damaged or of
    another kind, a table without its key or without room.
    """
    from les_xl.excel.closed.adapter import ClosedBook
    from les_xl.excel.closed.write import conflict_copies, in_file

    try:
        book = ClosedBook(path)
        widened = book.widen(offer, tables) if offer is not None and add_missing else None
        upgrade = book.lacking(offer, everything=add_missing)
        plan = _with_added(plan_refresh(book, tables, names), upgrade, widened)
        lacks = tuple(LACKS.at(Place(), what=what) for what in plan.lacking)
        around = None if frame is None else book.around(frame)
        written, figures = False, plan.changes
        unsettled = _fill(book, plan, answer) if figures else 0
        plan = plan if around is None else replace(plan, around=around.follow())
        if plan.changes:
            unsettled = unsettled if figures else _fill(book, plan, answer)
            book.add_sheets(upgrade, tables)
            book.content()
            if not dry_run:
                book.commit()
                written = True
    except LesError as error:
        raise LesError(*in_file(path, error.problems)) from error
    later = (WORKED_OUT_LATER.at(Place(), count=f"{unsettled:,}"),) if unsettled else ()
    warnings = (*in_file(path, (*lacks, *upgrade.problems, *book.warnings, *later)), *conflict_copies(path))
    return RefreshResult(path, plan, written, book.backup, warnings)
