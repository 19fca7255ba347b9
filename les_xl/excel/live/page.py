"""What stands around the cells of an open workbook, asked of Excel: footers, print areas, texts of charts.

Beside `com` the only module that uses `.api`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

SECTIONS = ("LeftHeader", "CenterHeader", "RightHeader", "LeftFooter", "CenterFooter", "RightFooter")
PROPERTIES = {"title": "Title", "description": "Comments"}
"""How Excel calls the document properties that a frame names by their element."""

_CODES = {"Left": "&L", "Center": "&C", "Right": "&R"}


def code_of(section: str) -> str:
    """The code by which the text of a whole header or footer says that a section begins."""
    return next(code for name, code in _CODES.items() if section.startswith(name))


def section(sheet: Any, name: str) -> str:
    """The text of a section of the header or footer, with its codes for font and size."""
    return str(getattr(sheet.api.PageSetup, name))


def set_section(sheet: Any, name: str, text: str) -> None:
    """Give a section another text."""
    setattr(sheet.api.PageSetup, name, text)


def print_area(sheet: Any) -> str:
    """What is printed, such as `$A$1:$M$20,$O$4:$S$20`; empty where it is everything."""
    return str(sheet.api.PageSetup.PrintArea)


def set_print_area(sheet: Any, areas: str) -> None:
    """Print these areas, each on pages of its own."""
    sheet.api.PageSetup.PrintArea = areas


@contextmanager
def together(app: Any) -> Iterator[None]:
    """Let Excel tell the printer of all page set-up at once: each setting alone takes it a moment."""
    app.api.PrintCommunication = False
    try:
        yield
    finally:
        try:
            app.api.PrintCommunication = True
        except Exception:
            with suppress(Exception):
                app.api.PrintCommunication = True
            raise


def charts(sheet: Any) -> Iterator[Any]:
    """The shapes of a sheet that hold charts; none where objects are protected and cannot be changed."""
    if sheet.api.ProtectDrawingObjects:
        return
    shapes = sheet.api.Shapes
    for at in range(1, shapes.Count + 1):
        shape = shapes.Item(at)
        if shape.HasChart:
            yield shape


def series(shape: Any) -> Iterator[str]:
    """The `=SERIES(…)` of a chart."""
    found = shape.Chart.SeriesCollection()
    yield from (found.Item(at).Formula for at in range(1, found.Count + 1))


def told(shape: Any) -> str:
    """What a chart says to those who do not see it."""
    return str(shape.AlternativeText)


def tell(shape: Any) -> Callable[[str], None]:
    """Lets a chart say something else."""

    def put(text: str) -> None:
        shape.AlternativeText = text

    return put


def document_property(book: Any, name: str) -> str:
    """A document property; empty where there is none."""
    return str(book.api.BuiltinDocumentProperties(name).Value or "")


def set_document_property(book: Any, name: str, text: str) -> None:
    """Set one."""
    book.api.BuiltinDocumentProperties(name).Value = text
