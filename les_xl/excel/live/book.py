"""An open workbook as a book: checked and read first, then written, or put back as it was."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.live import (
    EXCEL_BUSY,
    NOT_PUT_BACK,
    PROTECTED_VIEW,
    PUT_BACK,
    READ_ONLY,
    SHEET_PROTECTED,
)
from les_xl.errors.refresh import SHARED
from les_xl.excel.addresses import Area
from les_xl.excel.book import Grid, New, TableEdit, TableInfo, Value, Written
from les_xl.excel.frame import Frame
from les_xl.excel.live import com, entry, page, spot
from les_xl.excel.live.around import Around, Step
from les_xl.excel.live.fill import Filling
from les_xl.excel.live.image import Image
from les_xl.excel.live.journal import Journal
from les_xl.excel.live.pointers import Pointers, named_cells
from les_xl.excel.live.spot import Spot
from les_xl.excel.merge import TableChange

if TYPE_CHECKING:
    import xlwings as xw

_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


@contextmanager
def explained() -> Iterator[None]:
    """Errors of Excel become problems with what to do; nothing has been changed yet."""
    try:
        yield
    except Exception as error:
        if not com.is_from_excel(error):
            raise
        raise LesError(com.problem(error)) from error


@dataclass(frozen=True)
class _Naming:
    """The value that the cell of a defined name gets."""

    name: str
    cell: Any
    value: Value


class LiveBook:
    """A workbook open in Excel on Windows; `warnings` collects what the analyst should know.

    `write_table` and `write_name` read and check; what they prepare is done by `commit`, all or nothing.
    """

    def __init__(
        self, book: "xw.Book", *, status: Callable[[str], None] | None = None, writes: bool = True
    ) -> None:
        """Take the book; raises LesError where nothing can be changed in it, though it shall (`writes`)."""
        self.warnings: list[Problem] = []
        self._book: Any = book
        self._tell = status
        self._fillings: list[Filling] = []
        self._namings: list[_Naming] = []
        self._steps: tuple[Step, ...] = ()
        with explained():
            self.path = Path(book.name)
            self._app: Any = book.app
            if refused := list(self._refusals(writes)):
                raise LesError(*refused)

    def _refusals(self, writes: bool) -> Iterator[Problem]:
        if not com.is_ready(self._app):
            yield EXCEL_BUSY.at(Place())
        elif not writes:
            return
        elif com.in_protected_view(self._book):
            yield PROTECTED_VIEW.at(Place(), book=self._book.name)
        elif com.is_read_only(self._book):
            yield READ_ONLY.at(Place(), book=self._book.name)
        elif com.is_shared(self._book):
            yield SHARED.at(Place(file=self._book.name))

    def tables(self) -> tuple[TableInfo, ...]:
        """Every table that has a header row, in the order of the sheets."""
        return tuple(one.info() for one in self._spots.values())

    @cached_property
    def _spots(self) -> Mapping[str, Spot]:
        with explained():
            return {one.name.casefold(): one for one in spot.find(self._book)}

    def read_table(self, name: str) -> Grid:
        """The body of a table as Excel shows it now; raises LesError where Excel does not answer."""
        found = self._spots[name.casefold()]
        with explained():
            image = Image.of(found)
            body = found.body
            noted = {row - body.top for row, column in spot.comments(found.sheet) if body.holds(row, column)}
        values = tuple(tuple(entry.held(one) for one in row) for row in image.values)
        columns = range(len(found.headers))
        formulas = tuple(
            tuple(str(row[at]) if image.has_formula(down, at) else None for at in columns)
            for down, row in enumerate(image.formulas)
        )
        return Grid(found.headers, values, formulas, frozenset(noted))

    def pinned(self, name: str, rows: frozenset[int], product: frozenset[int]) -> frozenset[int]:
        """Rows that must stay because a formula, chart or name points at them by address."""
        with explained():
            return self._pointers.at(self._spots[name.casefold()], rows, product)

    @cached_property
    def _pointers(self) -> Pointers:
        return Pointers(self._book)

    def write_table(self, name: str, edit: TableEdit) -> None:
        """Prepare the change; raises LesError with every reason why the table cannot be made so."""
        found = self._spots[name.casefold()]
        with explained():
            self._fillings.append(Filling(found, edit, tuple(self._spots.values())))

    def read_name(self, name: str) -> New:
        """What the cell of a defined name holds."""
        with explained():
            _, cell = self._named(name)
            ((value,),), ((formula,),) = com.values(cell), com.formulas(cell)
        shown = entry.held(value)
        return Written(formula, shown) if entry.has_formula(value, formula) else shown

    def write_name(self, name: str, value: Value) -> None:
        """Prepare the filling of the cell of a defined name; raises LesError on a protected sheet."""
        with explained():
            sheet, cell = self._named(name)
            if com.is_protected(sheet):
                raise LesError(SHEET_PROTECTED.at(Place(sheet=sheet.name), sheet=sheet.name, what=name))
        self._namings.append(_Naming(name, cell, value))

    def _named(self, name: str) -> tuple[Any, Any]:
        where, area = self._names[name.casefold()]
        sheet = self._book.sheets[where]
        return sheet, com.block(sheet, area.top, area.left, area.bottom, area.right)

    @cached_property
    def _names(self) -> Mapping[str, tuple[str, Area]]:
        return named_cells(self._book)

    def around(self, frame: Frame, changes: Sequence[TableChange]) -> tuple[Step, ...]:
        """What is to change around the tables with these changes of theirs; nothing is changed yet."""
        with explained():
            return Around(self._book, self._spots, self._names, frame).steps(changes, self.read_table)

    def follow(self, steps: Sequence[Step]) -> None:
        """Prepare that what stands around the tables follows."""
        self._steps = tuple(steps)

    def serial(self, day: date) -> int:
        """The number by which this workbook stores a date."""
        return (day - self._epoch).days

    @cached_property
    def _epoch(self) -> date:
        with explained():
            return _EPOCH_1904 if com.is_1904(self._book) else _EPOCH

    def status(self, text: str) -> None:
        """Show what happens now in Excel's status bar; an empty text gives it back to Excel."""
        self._app.status_bar = text or False
        if self._tell is not None:
            self._tell(text)

    def commit(self) -> None:
        """Do all that was prepared; the book stays open and unsaved.

        Raises LesError where Excel refuses on the way, or Esc was pressed: what had been done is then undone,
        and the message says what could not be.
        """
        journal = Journal()
        try:
            self._write(journal)
        except (Exception, KeyboardInterrupt) as error:
            failed = journal.undo()
            problems = _reported(error, failed)
            if problems:
                raise LesError(*problems) from error
            raise
        finally:
            self._forget()

    def _write(self, journal: Journal) -> None:
        for filling in self._fillings:
            self.status(f"Filling {filling.spot.name}")
            self.warnings += filling.run(journal)
        if self._fillings:
            self._app.cut_copy_mode = False
        for naming in self._namings:
            _fill_name(naming, journal)
        if self._steps:
            self.status("Bringing footers and texts up to date")
            with page.together(self._app):
                for step in self._steps:
                    _take(step, journal)

    def _forget(self) -> None:
        self._fillings, self._namings, self._steps = [], [], ()
        for known in ("_spots", "_pointers", "_names"):
            self.__dict__.pop(known, None)


def _take(step: Step, journal: Journal) -> None:
    what = f"{step.kind} ({step.where})"
    journal.expect(what, lambda: step.get() == step.before)
    journal.add(what, lambda: step.put(step.before))
    step.put(step.after)


def _fill_name(naming: _Naming, journal: Journal) -> None:
    ((value,),), ((formula,),) = com.values(naming.cell), com.formulas(naming.cell)
    journal.expect(naming.name, lambda: com.formulas(naming.cell) == ((formula,),))
    journal.add(naming.name, lambda: com.enter(naming.cell, [[entry.again(value, formula)]]))
    com.enter(naming.cell, [[entry.entered(naming.value)]])


def _reported(error: BaseException, failed: tuple[str, ...]) -> tuple[Problem, ...]:
    """What the user is told; nothing where the fault is the program's own and everything was put back."""
    known: tuple[Problem, ...] = error.problems if isinstance(error, LesError) else ()
    reason = known[0].message if known else _reason(error)
    if failed:
        return (*known, NOT_PUT_BACK.at(Place(), reason=reason, what=", ".join(failed)))
    if known or com.is_from_excel(error) or isinstance(error, KeyboardInterrupt):
        return (*known, PUT_BACK.at(Place(), reason=reason))
    return ()


def _reason(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt):
        return "it was interrupted"
    found = com.problem(error)
    return found.message if com.is_from_excel(error) else f"an error of the program ({type(error).__name__})"
