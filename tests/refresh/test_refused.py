"""What keeps a table from being resized is named with its cell, and the file stays as it was."""

from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.errors import LesError
from les_xl.excel.refresh import refresh_file
from tests.refresh.opened import parts, plan, values
from tests.workbooks.inject import write_parts
from tests.workbooks.simple import More, write_simple

HEADERS = ("LES", "Apr-25", "May-25", "Jun-25")
ROWS = (("a", 1, 2, 3), ("b", 4, 5, 6))
GROWN = plan(*ROWS, ("c", 7, 8, 9), ("d", 7, 8, 9))
SHRUNK = plan(ROWS[1])


def _text(_: Workbook, sheet: Worksheet) -> None:
    sheet.write("C7", "a note of mine")


def _formula(_: Workbook, sheet: Worksheet) -> None:
    sheet.write_formula("E7", '=""')


def _table(_: Workbook, sheet: Worksheet) -> None:
    sheet.add_table("C7:D9", {"name": "Other"})


def _comment(_: Workbook, sheet: Worksheet) -> None:
    sheet.write_comment("D6", "look")


def _merge(book: Workbook, sheet: Worksheet) -> None:
    sheet.merge_range("E7:F8", "", book.add_format())


def _array(_: Workbook, sheet: Worksheet) -> None:
    sheet.write_array_formula("A6:C6", "{=1}")


@pytest.mark.parametrize(
    ("more", "what", "cell"),
    [
        (_text, "something at C7", "C7"),
        (_formula, "something at E7", "E7"),
        (_table, "something at C7", "C7"),
        (_comment, "a comment at D6", "D6"),
        (_merge, "a merged cell at E7", "E7"),
        (_array, "something at B6", "B6"),
    ],
)
def test_what_is_in_the_way_is_named(tmp_path: Path, more: More, what: str, cell: str) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS, more=more)
    before = path.read_bytes()
    for dry_run in (True, False):
        with pytest.raises(LesError) as raised:
            refresh_file(path, [GROWN], dry_run=dry_run)
        first = raised.value.problems[0]
        assert first.code == "LES433"
        assert f"tblPlan needs rows 6 to 7 of 'Plan', but {what} is in the way" == first.message
        assert (first.place.sheet, first.place.cell, first.place.file) == ("Plan", cell, str(path))
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["les.xlsx"]


def test_beside_the_table_is_not_in_the_way(tmp_path: Path) -> None:
    def beside(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_column("A4", range(10))
        sheet.write_column("F4", range(10))
        sheet.write("C8", "below")

    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS, more=beside)
    refresh_file(path, [GROWN])
    assert values(path, "Plan", "A6:F8") == [
        [2, "c", 7, 8, 9, 2], [3, "d", 7, 8, 9, 3], [4, None, "below", None, None, 4],
    ]  # fmt: skip


def test_every_refusal_is_told_at_once(tmp_path: Path) -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        _text(book, sheet)
        sheet.add_table("H3:K5", {"name": "tblMore", "columns": [{"header": header} for header in HEADERS]})
        sheet.write("J7", "and here")

    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS, more=more)
    second = GROWN.__class__("tblMore", "", GROWN.columns, (*GROWN.rows, GROWN.rows[0]), ("LES",))
    with pytest.raises(LesError) as raised:
        refresh_file(path, [GROWN, second])
    assert [problem.place.cell for problem in raised.value.problems] == ["C7", "J7"]


def _patched(path: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    held = parts(path)
    held[name] = change(held[name])
    write_parts(path, held)


def test_a_table_that_a_query_fills_is_refused(tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS)
    query = b'<table tableType="queryTable" '
    _patched(path, "xl/tables/table1.xml", lambda xml: xml.replace(b"<table ", query))
    with pytest.raises(LesError, match="LES435"):
        refresh_file(path, [GROWN])


def test_an_array_formula_over_rows_of_a_table_is_refused(tmp_path: Path) -> None:
    def array(_: Workbook, sheet: Worksheet) -> None:
        sheet.write_array_formula("F4:F5", "{=1}")

    headers = (*HEADERS, "Mine")
    path = write_simple(tmp_path / "les.xlsx", headers, ROWS, more=array)
    with pytest.raises(LesError, match=r"LES434 tblPlan .* because of an array formula at F4"):
        refresh_file(path, [SHRUNK])
    assert refresh_file(path, [plan(("a", 9, 2, 3), ROWS[1])]).written


_MAIN = b"spreadsheetml.sheet.main+xml"
_BINARY = b"ms-excel.sheet.binary.macroEnabled.main"
_SIGNATURE = b"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin"
_REVISIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/revisionHeaders"
_END = b"</Relationships>"


def _relation(kind: bytes) -> bytes:
    return b'<Relationship Id="s" Type="' + kind + b'" Target="styles.xml"/>' + _END


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("[Content_Types].xml", _MAIN, _BINARY, "LES421"),
        ("[Content_Types].xml", _MAIN, b"wordprocessingml.document.main+xml", "LES421"),
        ("_rels/.rels", _END, _relation(_SIGNATURE), "LES423"),
        ("xl/_rels/workbook.xml.rels", _END, _relation(_REVISIONS), "LES424"),
    ],
)
def test_files_of_another_kind_are_refused(
    tmp_path: Path, name: str, old: bytes, new: bytes, code: str
) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS)
    _patched(path, name, lambda xml: xml.replace(old, new))
    before = path.read_bytes()
    with pytest.raises(LesError) as raised:
        refresh_file(path, [GROWN])
    assert [problem.code for problem in raised.value.problems] == [code]
    assert path.read_bytes() == before


def test_a_password_and_the_old_format_are_told_apart(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    path = tmp_path / "les.xlsx"
    path.write_bytes(ole + "EncryptedPackage".encode("utf-16-le") + bytes(500))
    with pytest.raises(LesError, match="LES422"):
        refresh_file(path, [GROWN])
    path.write_bytes(ole)
    with pytest.raises(LesError, match=r"LES421 it is in the old format of Excel 97 to 2003 \(.xls\)"):
        refresh_file(path, [GROWN])


@pytest.mark.parametrize("lock", ["~$les.xlsx", ".~lock.les.xlsx#"])
def test_a_workbook_that_is_open_is_left_alone(tmp_path: Path, lock: str) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS)
    (tmp_path / lock).write_text("", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(LesError, match="LES403"):
        refresh_file(path, [GROWN])
    assert path.read_bytes() == before


def test_a_workbook_that_somebody_saved_meanwhile_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from les_xl.excel.closed.adapter import ClosedBook

    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS)
    commit = ClosedBook.commit

    def saved_first(self: ClosedBook) -> None:
        write_simple(path, HEADERS, [*ROWS, ("theirs", 0, 0, 0)])
        commit(self)

    monkeypatch.setattr(ClosedBook, "commit", saved_first)
    with pytest.raises(LesError, match="LES429"):
        refresh_file(path, [GROWN])
    assert values(path, "Plan", "B6:B6") == [["theirs"]]


def test_copies_made_by_two_peoples_changes_are_a_warning(tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS)
    for name in ("les-LAPTOP-7.xlsx", "les (1).xlsx", "les-notes.xlsx", "lesson.xlsx"):
        (tmp_path / name).write_bytes(b"")
    result = refresh_file(path, [plan(*ROWS)])
    assert [(warning.code, warning.message.split(" looks")[0]) for warning in result.warnings] == [
        ("LES430", "les (1).xlsx"), ("LES430", "les-LAPTOP-7.xlsx"),
    ]  # fmt: skip


def test_a_missing_workbook_is_told(tmp_path: Path) -> None:
    with pytest.raises(LesError, match="LES420"):
        refresh_file(tmp_path / "none.xlsx", [GROWN])


@pytest.mark.parametrize("dry_run", [False, True])
def test_texts_that_no_cell_can_hold_are_all_named(dry_run: bool, tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS)
    before, long = parts(path), "a" * 32_768
    table = plan((*ROWS[0][:2], long, 3), ROWS[1], (long[1:], 1, 2, 3), ("c" + long, 1, 2, 3))
    with pytest.raises(LesError) as raised:
        refresh_file(path, [table], dry_run=dry_run)
    problems = [(one.code, one.place.cell) for one in raised.value.problems]
    assert problems == [("LES437", "D4"), ("LES437", "B7")]
    assert parts(path) == before


def test_a_named_cell_does_not_get_a_text_that_no_cell_can_hold(tmp_path: Path) -> None:
    def more(book: Workbook, _: Worksheet) -> None:
        book.define_name("LesIcb", "=Plan!$H$1")
        book.define_name("LesChecks", "=Plan!$H$2")

    path = write_simple(tmp_path / "les.xlsx", HEADERS, ROWS, more=more)
    before = parts(path)
    with pytest.raises(
        LesError, match="LES437 a text of 32,768 characters does not fit into the cell named LesIcb"
    ) as raised:
        refresh_file(path, [plan(*ROWS)], {"LesIcb": "n" * 32_768, "LesChecks": "n" * 32_769})
    assert len(raised.value.problems) == 2
    assert parts(path) == before
