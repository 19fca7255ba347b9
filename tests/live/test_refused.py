"""What cannot be refreshed in Excel is refused before anything is touched, with what to do."""

from collections.abc import Callable
from pathlib import Path

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.errors import LesError
from les_xl.excel.addresses import Area
from les_xl.excel.live.refresh import refresh_live
from les_xl.report.table import Table
from tests.live.calls import Excel
from tests.live.mirror import mirrored
from tests.live.state import Cell, TableState
from tests.live.test_faults import facts
from tests.live.windows import ENGINE, opened, rejection
from tests.refresh.opened import plan
from tests.refresh.test_merging import HEADERS, ROWS
from tests.workbooks.simple import write_simple

GROWN = plan(*ROWS, ("d", 1, 1, 1), ("e", 2, 2, 2))
SHRUNK = plan(ROWS[0], ROWS[2])
LONG = plan(("a" * 32_768, 1, 2, 3))
NEXT_TO = Area(9, 4, 11, 7)


def _protect(excel: Excel) -> None:
    excel.book.sheets[0].protected = True


def _set(**facts_of_book: bool) -> Callable[[Excel], None]:
    return lambda excel: vars(excel.book).update(facts_of_book)


def _text_below(excel: Excel) -> None:
    excel.book.sheets[0].cells[8, 4] = Cell("note")


def _comment_below(excel: Excel) -> None:
    excel.book.sheets[0].comments.add((7, 5))


def _merge_below(excel: Excel) -> None:
    excel.book.sheets[0].merged.append(Area(8, 2, 8, 3))
    excel.book.sheets[0].cells[12, 2] = Cell("far below")


def _table_below(excel: Excel) -> None:
    sheet = excel.book.sheets[0]
    sheet.tables.append(TableState("tblOther", sheet, NEXT_TO))


def _query(excel: Excel) -> None:
    next(excel.book.tables()).source = 3


CASES: list[tuple[str, Callable[[Excel], None], Table, str]] = [
    ("protected", _protect, GROWN, r"LES441 the sheet 'Plan' is protected, and tblPlan"),
    ("read-only", _set(read_only=True), GROWN, "LES442"),
    ("protected view", _set(protected_view=True), GROWN, "LES443"),
    ("cell edited", _set(ready=False), GROWN, "LES444"),
    ("shared", _set(shared=True), GROWN, "LES424"),
    ("text below", _text_below, GROWN, "LES433 tblPlan needs rows 7 to 8 of 'Plan', but something at D8"),
    ("comment below", _comment_below, GROWN, "LES433 .*a comment at E7"),
    ("merge below", _merge_below, GROWN, "LES433 .*a merged cell"),
    ("merge moved", _merge_below, SHRUNK, "LES434 .*merged cells below it"),
    ("table torn", _table_below, SHRUNK, "LES434 .*the table tblOther below it at D9"),
    ("query", _query, GROWN, "LES435"),
    ("too long", lambda _: None, LONG, "LES437 a text of 32,768 characters"),
]


@pytest.mark.parametrize(
    ("change", "table", "said"), [case[1:] for case in CASES], ids=[one[0] for one in CASES]
)
def test_refused(change: Callable[[Excel], None], table: Table, said: str, tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS))
    change(excel)
    before, settings = facts(excel.book), dict(excel.book.settings)
    with pytest.raises(LesError, match=said):
        refresh_live(opened(workbook), [table])
    assert facts(excel.book) == before
    assert excel.book.settings == settings
    assert not any(call in excel.calls.made for call in ("Range.Formula=", "ListObject.Resize()"))


def test_a_protected_named_cell_is_refused(tmp_path: Path) -> None:
    def more(book: Workbook, sheet: Worksheet) -> None:
        book.define_name("LesAsAt", "=Plan!$H$1")
        sheet.protect()

    excel, workbook = mirrored(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS, more=more))
    with pytest.raises(LesError, match=r"LES441 .*LesAsAt"):
        refresh_live(opened(workbook), [], {"LesAsAt": "2025-10"})
    assert "Range.Formula=" not in excel.calls.made


def test_every_refusal_is_told_at_once(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS))
    _protect(excel)
    _text_below(excel)
    with pytest.raises(LesError) as caught:
        refresh_live(opened(workbook), [GROWN])
    assert [problem.code for problem in caught.value.problems] == ["LES441", "LES433"]


def test_an_excel_that_rejects_every_call_is_not_asked_for_ever(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS))
    excel.calls.fault_at, excel.calls.fault = (lambda number: number > 40), rejection
    patience = ENGINE.N_COM_ATTEMPTS
    with pytest.raises(LesError, match="LES444"):
        refresh_live(opened(workbook), [GROWN])
    assert patience == ENGINE.N_COM_ATTEMPTS


def test_the_status_bar_says_what_happens_and_goes_back_to_excel(tmp_path: Path) -> None:
    excel, workbook = mirrored(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS))
    excel.book.settings |= {"Calculation": -4135, "StatusBar": "theirs"}
    told: list[tuple[str, object]] = []
    refresh_live(
        opened(workbook), [GROWN], progress=lambda text: told.append((text, excel.book.settings["StatusBar"]))
    )
    assert told == [(text, text) for text in ("Comparing the tables", "Filling tblPlan")]
    assert excel.book.settings["StatusBar"] == "theirs"
    assert excel.book.settings["Calculation"] == -4135
