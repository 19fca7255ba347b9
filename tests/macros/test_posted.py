"""A posted workbook: the actions that come back, carried out on the file, equal the headless refresh."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.errors import LesError
from les_xl.excel.posted.refresh import refresh_posted
from les_xl.excel.refresh import refresh_file
from les_xl.hosts import macros
from les_xl.report.table import Table
from tests.live.mirror import mirrored
from tests.live.state import BookState
from tests.live.test_both import CASES
from tests.macros.conftest import contents_of, positions
from tests.macros.posted import replayed
from tests.refresh.opened import plan
from tests.refresh.test_merging import HEADERS, ROWS
from tests.workbooks.simple import write_simple

Posting = Callable[[Path], Any]
UNSEEN = {
    "pointed at": "formulas are not posted",
    "first and last gone, others new": "the same",
    "commented": "comments are not posted",
    "analyst's formula": "Excel itself goes on with calculated columns",
    "between others, beside the analyst's": "the same",
}


def facts(book: BookState) -> dict[Any, Any]:
    """Every cell that holds anything, and where every table stands."""
    cells = {
        (sheet.name, *place): str(cell.entered()).replace(" ", "")
        for sheet in book.sheets
        for place, cell in sheet.cells.items()
        if cell.entered() != ""
    }
    return cells | {table.name: table.area for table in book.tables()}


def actions(book: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = book.json()["actions"]
    return found


def test_the_macros_actions_make_of_september_what_the_headless_refresh_makes(
    sample_workspace: Path, september: Path, as_posted: Posting
) -> None:
    book = as_posted(september)
    told = macros.refresh(book, workspace=sample_workspace)
    assert told.ok, told.text
    found = contents_of(positions(sample_workspace, None, None, None))
    after = facts(replayed(september, actions(book)))
    headless = refresh_file(september, found.tables, found.names, answer=found.answer)  # without the frame
    assert told.result is not None
    assert told.result.plan == headless.plan  # type: ignore[union-attr]
    assert after == facts(mirrored(september)[0].book)
    assert [one["func"] for one in actions(book)[-2:]] == ["calculate", "alert"]
    assert actions(book)[-1]["args"][0].startswith("The workbook shows October 2025 (load ")


def test_a_workbook_that_shows_it_all_gets_no_cell_and_is_worked_out_anew(
    sample_workspace: Path, september: Path, as_posted: Posting
) -> None:
    book = as_posted(september)
    told = macros.refresh(book, workspace=sample_workspace, as_at="2025-09")
    assert "already; nothing was changed" in told.text
    assert [one["func"] for one in actions(book)] == ["calculate", "alert"]


@pytest.mark.parametrize("name", sorted(CASES.keys() - UNSEEN))
def test_actions_equal_the_headless_refresh(name: str, tmp_path: Path, as_posted: Posting) -> None:
    write, tables = CASES[name]
    path = write(tmp_path / "les.xlsx")
    book = as_posted(path)
    result = refresh_posted(book, tables)
    after = facts(replayed(path, actions(book)))
    assert result.plan == refresh_file(path, tables).plan
    assert after == facts(mirrored(path)[0].book)


def test_a_formula_that_shows_the_figure_is_left_alone_until_rows_move(
    tmp_path: Path, as_posted: Posting
) -> None:
    write, (table,) = CASES["formulas"]
    path = write(tmp_path / "les.xlsx")
    refresh_file(path, [table])
    book = as_posted(path)
    assert not refresh_posted(book, [table]).written
    longer = Table(
        table.name, "", table.columns, (*table.rows[:-1], table.rows[0], *table.rows[-1:]), table.key
    )
    refresh_posted(book, [longer])
    after = replayed(path, actions(book))
    refresh_file(path, [longer])
    assert facts(after) == facts(mirrored(path)[0].book)


def test_a_row_at_which_a_name_points_stays(tmp_path: Path, as_posted: Posting) -> None:
    def more(book: Workbook, _: Worksheet) -> None:
        book.define_name("Mine", "=Plan!$C$5:$E$5")
        book.define_name("All", "=Plan!$C$4:$E$6")

    book = as_posted(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS, more=more))
    assert refresh_posted(book, [plan(ROWS[0])]).plan.tables[0].kept == ("b",)


def _text(_: Workbook, sheet: Worksheet) -> None:
    sheet.write("D8", "note")


def _table(_: Workbook, sheet: Worksheet) -> None:
    sheet.add_table("D9:H11", {"name": "tblOther"})


@pytest.mark.parametrize(
    ("more", "table", "said"),
    [
        (_text, plan(*ROWS, ("d", 1, 1, 1), ("e", 2, 2, 2)), "LES433 .*something at D8"),
        (_table, plan(*ROWS, *((name, 1, 1, 1) for name in "defg")), "LES433 .*the table tblOther at D9"),
        (_table, plan(ROWS[0]), "LES434 .*the table tblOther below it at D9"),
        (_text, plan(("a" * 32_768, 1, 2, 3), *ROWS[1:]), "LES437"),
    ],
)
def test_refused_before_the_first_action(
    more: Any, table: Table, said: str, tmp_path: Path, as_posted: Posting
) -> None:
    book = as_posted(write_simple(tmp_path / "les.xlsx", HEADERS, ROWS, more=more))
    with pytest.raises(LesError, match=said):
        refresh_posted(book, [table])
    assert actions(book) == []


def test_what_goes_wrong_is_one_message_and_nothing_else(
    sample_workspace: Path, september: Path, as_posted: Posting
) -> None:
    book = as_posted(september)
    told = macros.refresh(book, workspace=sample_workspace, as_at="2031-01")
    assert not told.ok
    assert [one["func"] for one in actions(book)] == ["alert"]
    assert actions(book)[0]["args"][:2] == [told.text, "Refresh"]


def test_it_belongs_to_no_folder_of_the_server(
    sample_workspace: Path, september: Path, as_posted: Posting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample_workspace)
    assert [one.code for one in macros.refresh(as_posted(september)).problems] == ["LES627"]
    told = macros.open_data_folder(as_posted(september), workspace=sample_workspace)
    assert [one.code for one in told.problems] == ["LES608"]


def test_a_formula_goes_into_the_selected_cell(september: Path, as_posted: Posting) -> None:
    book = as_posted(september)
    assert macros.insert_function(book, "les_plan", "Dementia", "=B2").ok
    (action,) = actions(book)
    assert action["func"] == "setFormula"
    assert action["values"] == [['=LES_PLAN("Dementia",B2)']]
    assert (action["start_row"], action["start_column"]) == (1, 1)


def test_help_is_a_message(september: Path, as_posted: Posting) -> None:
    book = as_posted(september)
    assert "LES_PCT_PLAN" in macros.show_help(book).text
    assert [one["func"] for one in actions(book)] == ["alert"]
