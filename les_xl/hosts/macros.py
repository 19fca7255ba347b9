"""What the buttons of the LES tab do: refresh, check, insert a function, open the data folder, help.

Each takes a workbook open in Excel, one that a task pane posted, or the path of a closed file; left out,
it is the workbook from which Excel called (`RunPython`). None of them raises: what went wrong is one message
in Excel, with the details in a log, and the value says the same to a program.
"""

import os
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from les_xl.data.snapshot import AsOf
from les_xl.errors import LesError, Place
from les_xl.errors.macros import CANNOT_INSERT, CANNOT_OPEN, DESKTOP_ONLY
from les_xl.errors.refresh import LACKS
from les_xl.excel.checked import check_book
from les_xl.excel.edition import contents
from les_xl.excel.live import com
from les_xl.excel.live.book import explained as excel_explained
from les_xl.excel.refresh import RefreshResult
from les_xl.functions.session import store_folder
from les_xl.hosts.books import Nowhere, Posted, Tell, Where, where
from les_xl.hosts.formula import Given, explained, formula_of
from les_xl.hosts.help_page import write_help
from les_xl.hosts.places import find_workspace
from les_xl.hosts.told import Told, failed, listed
from les_xl.hosts.workspace import position_of
from les_xl.periods import long_label, now
from les_xl.position import Edition
from les_xl.spec.read import read_specs

if TYPE_CHECKING:
    import xlwings as xw

    Workbook = xw.Book | Path | None

_Work = Callable[[Where, Path, Tell], Told]


def refresh(
    book: "Workbook" = None,
    *,
    workspace: Path | None = None,
    as_at: str | None = None,
    as_of: AsOf = None,
    year: str | None = None,
) -> Told:
    """Fill the named tables and cells with the position's figures, then work out every formula anew.

    `as_at` is a month as `2025-10`, `as_of` a load number or a date, `year` as `2025-26`; the workspace's
    rule where left out. `result` is the RefreshResult. A workbook open in Excel stays open and unsaved; a
    posted one has the actions in its list; after an error or Esc each is as it was.
    """

    def work(on: Where, root: Path, tell: Tell) -> Told:
        tell("LES: working out the figures")
        position = position_of(root, as_at, as_of, year)
        result = on.refresh(contents(position, now()))
        tell("LES: working out the formulas")
        warnings = (*result.warnings, *on.recalculate())
        shown = [warning for warning in warnings if warning.code != LACKS.code]
        text = listed(shown, head=_refreshed(result, position.edition))
        return Told("Refresh", text, warnings, result)

    return _run("Refresh", book, workspace, work)


def check(
    book: "Workbook" = None,
    *,
    workspace: Path | None = None,
    as_at: str | None = None,
    as_of: AsOf = None,
    year: str | None = None,
) -> Told:
    """Say what is wrong: an old edition, figures typed over, footings, missing returns, what is lacking.

    Of a closed file also what Excel would mind. Nothing is changed. `result` is the Checked.
    """

    def work(on: Where, root: Path, tell: Tell) -> Told:
        tell("LES: checking")
        position = position_of(root, as_at, as_of, year)
        with excel_explained():
            found = check_book(on.read(), position, contents(position, now()), on.lint())
        head = f"The workbook shows {found.shown}."
        head += " Nothing is wrong." if not found.problems else f" What to look at: {len(found.problems):,}."
        return Told("Check", listed(found.problems, head=head), found.problems, found)

    return _run("Check", book, workspace, work)


def insert_function(book: "Workbook" = None, name: str | None = None, *arguments: Given) -> Told:
    """Put a `=LES_…` formula into the selected cell; without a name or a cell, say how it is typed.

    A text that begins with `=` is a cell (`=B2`); a month may be a date.
    """

    def work(on: Where) -> Told:
        if name is None:
            return Told("Insert function", explained())
        function, text = formula_of(name, arguments)
        cell = on.selected()
        if cell is None:
            return Told("Insert function", f"Select a cell first.\n\n{explained(function.name)}")
        at = f"{cell.sheet.name}!{cell.address.replace('$', '')}"
        try:
            if function.returns == "table":
                cell.formula2 = text  # the older property would keep a table to its first cell
            else:
                cell.formula = text
        except Exception as error:
            if not com.is_from_excel(error):
                raise
            raise LesError(
                CANNOT_INSERT.at(Place(), formula=text, cell=at, reason=com.said(error))
            ) from error
        return Told("Insert function", f"{text} is in {at}.", to_read=False)

    return _said("Insert function", book, work)


def open_data_folder(book: "Workbook" = None, *, workspace: Path | None = None) -> Told:
    """Open the folder where extracts arrive, or the workspace where there is none yet."""
    what = "Open data folder"

    def work(on: Where, root: Path, _tell: Tell) -> Told:
        if isinstance(on, Posted):
            raise LesError(DESKTOP_ONLY.at(Place(), what=what))
        extracts = root / read_specs(root).workspace.extracts
        folder = extracts if extracts.is_dir() else root
        try:
            _open(folder)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise LesError(CANNOT_OPEN.at(Place(), what=folder, reason=reason)) from error
        return Told(what, f"{folder} is open.", to_read=False)

    return _run(what, book, workspace, work, needed=False)


def show_help(book: "Workbook" = None) -> Told:
    """Open the help in the browser; to a task pane, say it as a message."""

    def work(on: Where) -> Told:
        if isinstance(on, Posted):
            return Told("Help", explained())
        page = write_help()
        if not webbrowser.open(page.as_uri()):
            raise LesError(CANNOT_OPEN.at(Place(), what=page, reason="there is no browser"))
        return Told("Help", f"{page} is open.", to_read=False)

    return _said("Help", book, work, needed=False)


def _refreshed(result: RefreshResult, edition: Edition) -> str:
    """What a refresh did, in as few words as a message box wants; `result` has every table."""
    shows = f"{long_label(edition.as_at)} (load {edition.as_of}, specs {edition.data_version[:8]})"
    plan = result.plan
    if not result.written:
        return f"The workbook shows {shows} already; nothing was changed."
    changed = [table for table in plan.tables if table.changes]
    said = f"The workbook shows {shows} now: {plan.cells:,} cells in {len(changed):,} tables changed."
    if resolved := sum(len(table.resolved) for table in changed):
        said += f" Rows with your text that are no longer reported are in tblResolved: {resolved:,}."
    if kept := sum(len(table.kept) for table in changed):
        said += f" Rows that are no longer reported and were left where they are: {kept:,}."
    if lacking := len(plan.lacking):
        said += f" It lacks tables, columns or named cells that Check lists: {lacking:,}."
    return said


def _open(folder: Path) -> None:
    if sys.platform == "win32":
        os.startfile(folder)  # noqa: S606 - a folder of the workspace, shown by Explorer
    else:
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        subprocess.Popen([opener, str(folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _run(what: str, book: "Workbook", workspace: Path | None, work: _Work, *, needed: bool = True) -> Told:
    """Do the work of a macro in the workspace of its book."""
    root: Path | None = None

    def inside(on: Where) -> Told:
        nonlocal root
        with on.telling() as tell:
            root = workspace or find_workspace(on.folder())
            return work(on, root, tell)

    def logs() -> Path | None:
        return None if root is None else store_folder(root).parent

    return _said(what, book, inside, logs, needed=needed)


def _said(
    what: str,
    book: "Workbook",
    work: Callable[[Where], Told],
    logs: Callable[[], Path | None] = lambda: None,
    *,
    needed: bool = True,
) -> Told:
    """Do it and show its message; whatever is raised becomes one, with the details in a log."""
    on: Where = Nowhere()
    try:
        on = where(book, needed=needed)
        told = work(on)
    except (Exception, KeyboardInterrupt) as error:
        told = failed(what, error, logs(), on.name)
    if told.to_read:
        with suppress(Exception, KeyboardInterrupt):  # an Excel that is gone shows nothing any more
            on.say(told.title, told.text, told.ok)
    return told
