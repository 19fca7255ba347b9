"""A spreadsheet engine, where one is installed, that works formulas out; believed where it agreed before."""

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from les_xl.excel.book import Value
from les_xl.excel.closed.cells import ERRORS
from les_xl.excel.closed.stale import Place
from les_xl.excel.contents import same

Before = Callable[[Place], Place | None]
"""Where a cell was before the refresh; None for one that was not there."""


def recalculated(
    before: bytes, after: bytes, wanted: Iterable[Place], origin: Before, saved: Callable[[Place], Value]
) -> dict[Place, Value]:
    """New results of the wanted formulas; only those that the engine can be trusted with.

    It is believed about a cell if, of the file as it was, it made the very result that was `saved` in it; and
    about a new cell if it did so of all others in its column. Empty where no engine is installed.
    """
    places = list(wanted)
    old, new = _evaluated(before), _evaluated(after)
    if not old or not new:
        return {}
    agreed: dict[Place, bool] = {}
    for place in places:
        was = origin(place)
        if was is not None:
            agreed[place] = was in old and saved(was) is not None and same(old[was], saved(was))
    columns: dict[tuple[str, int], bool] = {}
    for (sheet, _, column), fine in agreed.items():
        columns[sheet, column] = fine and columns.get((sheet, column), True)
    return {
        place: new[place]
        for place in places
        # An error that would be new may be the engine's own: Excel is to say it, not a saved result.
        if place in new
        and new[place] not in ERRORS
        and agreed.get(place, columns.get((place[0], place[2]), False))
    }


def _evaluated(workbook: bytes) -> dict[Place, Value]:
    """The result of every formula; empty without an engine, or for a file that it cannot read."""
    try:
        import ironcalc  # noqa: F401
    except ImportError:
        return {}
    with tempfile.TemporaryDirectory(prefix="les-xl-") as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(workbook)
        try:
            with _silence():
                return _results(path)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # what it cannot read it may answer with a panic, which is no Exception
            return {}


def _results(path: Path) -> dict[Place, Value]:
    import ironcalc

    model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
    model.evaluate()
    sheets = [str(each["name"]) for each in model.get_worksheets_properties()]
    return {
        (sheets[sheet], row, column): model.get_cell_value(sheet, row, column)
        for sheet, row, column in model.get_all_cells()
        if model.get_cell_formula(sheet, row, column) is not None
    }


@contextmanager
def _silence() -> Iterator[None]:
    """The engine prints what it passes over to the streams of the process, past Python's own."""
    kept: list[tuple[int, int]] = []
    with Path(os.devnull).open("wb") as nothing:
        try:
            for stream in (1, 2):
                with suppress(OSError):  # a window without a console has no such stream
                    kept.append((stream, os.dup(stream)))
                    os.dup2(nothing.fileno(), stream)
            yield
        finally:
            for stream, there in kept:
                os.dup2(there, stream)
                os.close(there)
