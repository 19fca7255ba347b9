"""The workbook of a macro: open in Excel, posted by a task pane, or a closed file."""

import ctypes
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.macros import NO_BOOK, NOT_CALCULATED
from les_xl.excel.book import Book
from les_xl.excel.closed.adapter import ClosedBook
from les_xl.excel.edition import Contents
from les_xl.excel.lint import lint_workbook
from les_xl.excel.live import com
from les_xl.excel.live.book import LiveBook
from les_xl.excel.live.refresh import refresh_live
from les_xl.excel.posted.book import PostedBook
from les_xl.excel.posted.refresh import refresh_posted
from les_xl.excel.refresh import RefreshResult, refresh_file

if TYPE_CHECKING:
    import xlwings as xw

Tell = Callable[[str], None]


class Where(Protocol):
    """What a macro needs of the place where it runs."""

    @property
    def name(self) -> str:
        """The workbook's name."""
        ...

    def folder(self) -> Path | None:
        """The folder of the workbook on this machine; None where there is none."""
        ...

    def telling(self) -> AbstractContextManager[Tell]:
        """While inside, a text can be shown to whoever waits; what stood there comes back afterwards."""
        ...

    def read(self) -> Book:
        """The workbook, to be read."""
        ...

    def lint(self) -> tuple[Problem, ...]:
        """What is wrong with the file itself, where it can be looked into."""
        ...

    def refresh(self, found: Contents) -> RefreshResult:
        """Fill the workbook, whole or not at all."""
        ...

    def recalculate(self) -> tuple[Problem, ...]:
        """Work out every formula anew; gives warnings."""
        ...

    def selected(self) -> Any:
        """The first selected cell as an xlwings range; None where none is."""
        ...

    def say(self, title: str, text: str, ok: bool) -> None:
        """Show a message."""
        ...


@dataclass(frozen=True)
class Desktop:
    """A workbook open in Excel on this machine."""

    book: Any

    @property
    def name(self) -> str:
        """The workbook's name."""
        return str(self.book.name)

    def folder(self) -> Path | None:
        """Its folder; None before it is saved, and for one opened from the web that is not synchronised."""
        try:
            path = Path(self.book.fullname)
        except Exception:  # xlwings says in many ways that a web address has no folder here
            return None
        return path.parent if path.is_absolute() and path.parent.is_dir() else None

    @contextmanager
    def telling(self) -> Iterator[Tell]:
        """In the status bar."""
        app = self.book.app
        before = app.status_bar

        def tell(text: str) -> None:
            app.status_bar = text

        try:
            yield tell
        finally:
            with suppress(Exception):
                app.status_bar = before

    def read(self) -> Book:
        """The open workbook, which may be read-only."""
        return LiveBook(self.book, writes=False)

    def lint(self) -> tuple[Problem, ...]:
        """Nothing: what Excel has opened is not what lies in the file."""
        return ()

    def refresh(self, found: Contents) -> RefreshResult:
        """By Excel; the workbook stays open and unsaved."""
        return refresh_live(self.book, found.tables, found.names, frame=found.frame)

    def recalculate(self) -> tuple[Problem, ...]:
        """Every formula of every open workbook; the tables are filled whether or not Excel does it."""
        try:
            com.recalculate(self.book.app)
        except Exception as error:
            if not com.is_from_excel(error):
                raise
            return (NOT_CALCULATED.at(Place(), reason=com.said(error)),)
        return ()

    def selected(self) -> Any:
        """The first cell of the selection."""
        found = self.book.app.selection
        return None if found is None else found[0, 0]

    def say(self, title: str, text: str, ok: bool) -> None:
        """In a message box."""
        self.book.app.alert(text, title, mode="info" if ok else "critical")


@dataclass(frozen=True)
class Posted(Desktop):
    """A workbook that a task pane posted: it is somewhere else, and gets its answer as a list of actions."""

    def folder(self) -> Path | None:
        """None: it lies on another machine."""
        return None

    @contextmanager
    def telling(self) -> Iterator[Tell]:
        """To nobody: the answer arrives at once."""
        yield lambda _text: None

    def read(self) -> Book:
        """The posted values."""
        return PostedBook(self.book)

    def refresh(self, found: Contents) -> RefreshResult:
        """By actions for the task pane."""
        return refresh_posted(self.book, found.tables, found.names)

    def recalculate(self) -> tuple[Problem, ...]:
        """By an action of its own."""
        self.book.app.calculate()
        return ()


@dataclass(frozen=True)
class Closed:
    """A workbook file that nobody has open."""

    path: Path

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def folder(self) -> Path | None:
        """The file's folder."""
        return self.path.resolve().parent

    @contextmanager
    def telling(self) -> Iterator[Tell]:
        """To nobody."""
        yield lambda _text: None

    def read(self) -> Book:
        """The file."""
        return ClosedBook(self.path)

    def lint(self) -> tuple[Problem, ...]:
        """Everything that can be wrong with the file; formulas may wait for Excel to work them out."""
        return lint_workbook(self.path, uncached=True)

    def refresh(self, found: Contents) -> RefreshResult:
        """In place, with the file as it was kept beside it."""
        return refresh_file(
            self.path,
            found.tables,
            found.names,
            answer=found.answer,
            frame=found.frame,
            offer=found.offer,
        )

    def recalculate(self) -> tuple[Problem, ...]:
        """Nothing: results saved with formulas were brought up to date with the rest."""
        return ()

    def selected(self) -> Any:
        """None."""
        return None

    def say(self, title: str, text: str, ok: bool) -> None:
        """To nobody: the caller has the value."""


@dataclass(frozen=True)
class Nowhere(Closed):
    """No workbook: the data folder and the help need none."""

    path: Path = Path("no workbook")

    def folder(self) -> Path | None:
        """None."""
        return None

    def say(self, title: str, text: str, ok: bool) -> None:
        """In a message box of Windows, where Excel's Python process runs this and no book is there to ask."""
        if sys.platform == "win32" and "xlwings.com_server" in sys.modules:
            ctypes.windll.user32.MessageBoxW(None, text, title, 0x40 if ok else 0x30)


def where(book: "xw.Book | Path | None", *, needed: bool = True) -> Where:
    """The place of a workbook; left out, it is the one from which Excel called.

    Raises LesError (LES600) where no workbook called, and one is `needed`.
    """
    if isinstance(book, Path):
        return Closed(book)
    try:
        found: Any = _caller() if book is None else book
    except LesError:
        if needed:
            raise
        return Nowhere()
    return Posted(found) if found.app.engine.name == "remote" else Desktop(found)


def _caller() -> Any:
    import xlwings as xw

    try:
        return xw.Book.caller()
    except Exception as error:  # xlwings raises a bare Exception where nobody called
        if com.is_from_excel(error):
            raise
        raise LesError(NO_BOOK.at(Place())) from error
