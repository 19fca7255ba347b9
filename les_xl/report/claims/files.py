"""Files that hold claims: text and Markdown, a YAML list, and the commentary of a workbook."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from les_xl.data.identifiers import has_identifier
from les_xl.data.sheets import Sheet, decode, read_sheets
from les_xl.errors import LesError, Place, Problem
from les_xl.errors.claims import (
    CLAIMS_OF_PATIENTS,
    CLAIMS_UNREADABLE,
    CLAIMS_YAML,
    NO_SUCH_CLAIMS,
    NOT_CLAIMS,
)
from les_xl.report.claims.passages import Document, Grid, Passage, read_text, sentences

if TYPE_CHECKING:
    import yaml

TEXTS = (".md", ".txt", ".markdown")
YAML = (".yaml", ".yml")
WORKBOOKS = (".xlsx", ".xlsm")

_SECTION, _HEADING, _COMMENTARY = "section", "heading", "commentary"
_LEAST_WORDS = 4


def read_claims(path: Path) -> Document:
    """Everything in a file that can be judged.

    Of a workbook with a commentary table (columns Section, Heading, Commentary) that is what the analyst
    wrote there; of any other workbook, the sentences and tables of every visible sheet.
    Raises LesError: LES700 to LES704; a text with a patient identifier is refused whole and not repeated.
    """
    suffix = path.suffix.lower()
    if suffix not in (*TEXTS, *YAML, *WORKBOOKS):
        raise LesError(NOT_CLAIMS.at(Place(str(path)), name=path.name, kind=_kind(path, suffix)))
    content = _bytes(path)
    try:
        if suffix in WORKBOOKS:
            return _checked(path, _workbook(path, content))
        text = decode(path, content)
    except LesError as error:
        if error.problems[0].code == CLAIMS_OF_PATIENTS.code:
            raise
        raise LesError(_unreadable(path, error.problems[0].message)) from None
    return _checked(path, _yaml(path, text) if suffix in YAML else read_text(text, str(path)))


def _kind(path: Path, suffix: str) -> str:
    if path.is_dir():
        return "folder"
    return f"{suffix} file" if suffix else "file without an ending"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise LesError(NO_SUCH_CLAIMS.at(Place(str(path)), name=path.name)) from None
    except OSError as error:
        raise LesError(_unreadable(path, error.strerror or type(error).__name__)) from None


def _unreadable(path: Path, reason: str) -> Problem:
    return CLAIMS_UNREADABLE.at(Place(str(path)), name=path.name, reason=reason)


def _checked(path: Path, document: Document) -> Document:
    """The document, unless a text of it may name a patient."""
    texts = [(passage.text, passage.place) for passage in document.passages]
    for grid in document.grids:
        texts += [(" ".join(row), place) for row, place in zip(grid.rows, grid.places, strict=True)]
        texts += [(cell, place) for row, place in zip(grid.rows, grid.places, strict=True) for cell in row]
    found = {place: None for text, place in texts if has_identifier(text)}
    if found:
        raise LesError(*(CLAIMS_OF_PATIENTS.at(place) for place in found))
    return document


def _yaml(path: Path, text: str) -> Document:
    import yaml

    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(str(path), line=mark.line + 1, column=mark.column + 1) if mark else Place(str(path))
        raise LesError(CLAIMS_YAML.at(place, expected="YAML that can be read to its end")) from None
    if isinstance(root, yaml.MappingNode):
        lists = [value for key, value in root.value if key.value == "claims"]
        root = lists[0] if lists else root
    if not isinstance(root, yaml.SequenceNode):
        place = Place(str(path), line=root.start_mark.line + 1 if root else 1)
        raise LesError(CLAIMS_YAML.at(place, expected="a list of sentences, alone or under `claims:`"))
    return Document(tuple(_listed(str(path), root)))


def _listed(file: str, root: "yaml.SequenceNode") -> Iterator[Passage]:
    import yaml

    wrong: list[Problem] = []
    for item in root.value:
        place = Place(file, line=item.start_mark.line + 1)
        if isinstance(item, yaml.ScalarNode):
            yield from sentences(" ".join(item.value.split()), place)
        else:
            wrong.append(CLAIMS_YAML.at(place, expected="a sentence; quote one that has a colon in it"))
    if wrong:
        raise LesError(*wrong)


def _workbook(path: Path, content: bytes) -> Document:
    passages: list[Passage] = []
    grids: list[Grid] = []
    sheets = [sheet for sheet in read_sheets(path, content) if sheet.visible and not sheet.cells.empty]
    commentaries = [(sheet, header) for sheet in sheets if (header := _header(sheet)) is not None]
    for sheet, header in commentaries:
        passages += _commentary(path, sheet, header)
    for sheet in () if commentaries else sheets:
        rows = [tuple(str(cell) for cell in row) for row in sheet.cells.to_numpy()]
        places = [Place(str(path), sheet=sheet.name, row=int(at)) for at in sheet.cells.index]
        grids.append(Grid(tuple(rows), tuple(places)))
        for row, place in zip(rows, places, strict=True):
            for cell in row:
                passages += sentences(cell, place) if len(cell.split()) >= _LEAST_WORDS else ()
    return Document(tuple(passages), tuple(grids))


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row number of a commentary table's header, and where its columns are."""
    for at, row in zip(sheet.cells.index, sheet.cells.to_numpy(), strict=True):
        columns = {str(cell).strip().lower(): column for column, cell in enumerate(row)}
        if {_SECTION, _HEADING, _COMMENTARY} <= columns.keys():
            return int(at), columns
    return None


def _commentary(path: Path, sheet: Sheet, header: tuple[int, dict[str, int]]) -> Iterator[Passage]:
    first, columns = header
    for at, row in zip(sheet.cells.index, sheet.cells.to_numpy(), strict=True):
        text = " ".join(str(row[columns[_COMMENTARY]]).split())
        if int(at) > first and text:
            place = Place(str(path), sheet=sheet.name, row=int(at), field="Commentary")
            yield from sentences(text, place, (str(row[columns[_HEADING]]), str(row[columns[_SECTION]])))
