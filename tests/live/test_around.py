"""Around the tables of an open workbook stands after a refresh what a closed file would have there."""

import copy
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from les_xl.errors import LesError
from les_xl.excel.edition import Contents, contents
from les_xl.excel.frame import Frame, Paper
from les_xl.excel.live.refresh import refresh_live
from les_xl.excel.master import new_workbook
from les_xl.excel.refresh import refresh_file
from tests.live.calls import Excel
from tests.live.framed import framed
from tests.live.stand_in import started
from tests.live.windows import opened, refusal
from tests.refresh.opened import plan
from tests.refresh.test_merging import HEADERS, ROWS
from tests.workbook.conftest import NOW
from tests.workbook.test_small import small_position
from tests.workbooks.simple import write_simple


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new workbook of September, not to be changed."""
    path = tmp_path_factory.mktemp("open") / "les.xlsx"
    new_workbook(small_position("2025-09"), path, now=NOW)
    return path


@pytest.fixture(scope="module")
def october() -> Contents:
    """What a refresh to October fills."""
    return contents(small_position("2025-10"), NOW)


@pytest.fixture(scope="module")
def held(original: Path) -> Any:
    """What the stand-in remembers of the workbook, not to be changed."""
    return framed(original).book


@pytest.fixture
def excel(held: Any) -> Excel:
    """Excel with the workbook open."""
    found, _ = started(copy.deepcopy(held))
    return found


def _refresh(excel: Excel, found: Contents, **options: Any) -> Any:
    _, workbook = excel, started(excel.book)
    workbook[0].calls = excel.calls
    return refresh_live(opened(workbook[1]), found.tables, found.names, frame=found.frame, **options)


def _around(book: Any) -> Any:
    """Sections, print areas, texts of charts and properties."""
    sheets = {
        sheet.name: (sheet.sections, sheet.print_area, {one.name: one.text for one in sheet.shapes})
        for sheet in book.sheets
    }
    return copy.deepcopy((sheets, book.properties))


def test_it_is_what_a_closed_file_gets(
    excel: Excel, original: Path, october: Contents, tmp_path: Path
) -> None:
    path = Path(shutil.copy2(original, tmp_path))
    before = _around(excel.book)
    closed = refresh_file(path, october.tables, october.names, answer=october.answer, frame=october.frame)
    planned = _refresh(excel, october, dry_run=True)
    assert _around(excel.book) == before
    live = _refresh(excel, october)
    assert planned.plan.around == live.plan.around == closed.plan.around
    told, *_ = [what for what in live.plan.around if what.startswith("texts of charts")]
    assert live.plan.around == (f"footers ({len(excel.book.sheets)})", told, "document properties (2)")
    assert _around(excel.book) == _around(framed(path).book)
    assert "2025-10, load" in excel.book.sheets[0].sections["CenterFooter"]
    assert excel.book.properties["Title"].endswith("October 2025")


def test_a_second_refresh_finds_nothing(excel: Excel, october: Contents) -> None:
    _refresh(excel, october)
    assert _refresh(excel, october, dry_run=True).plan.around == ()


def test_what_the_analyst_changed_stays(excel: Excel, october: Contents) -> None:
    book = excel.book
    summary = next(sheet for sheet in book.sheets if sheet.name == "Summary")
    summary.sections["CenterFooter"] = '&"Arial,Regular"&10 As agreed on: ' + re.sub(
        "^.*?2025", "2025", summary.sections["CenterFooter"]
    )
    book.properties["Title"] = "Ours"
    banding = next(sheet for sheet in book.sheets if sheet.name == "LTC banding")
    banding.shapes[0].text = "My own words"
    profile = next(sheet for sheet in book.sheets if sheet.name == "LTC profile")
    profile.shapes[0].series = ["=SERIES(,Mine!$A$1:$A$9,Mine!$B$1:$B$9,1)"]
    before = _around(book)[0]
    _refresh(excel, october)
    after, properties = _around(book)
    assert after["Summary"][0] == before["Summary"][0]
    assert properties["Title"] == "Ours"
    assert properties["Comments"].startswith("Edition 2025-10")
    assert after["LTC banding"][2] == {"LesChart_Banding": "My own words"}
    assert after["LTC profile"][2] == before["LTC profile"][2]
    others = {name for name in after if after[name][2] != before[name][2]}
    assert others
    assert others.isdisjoint({"LTC banding", "LTC profile"})


def test_without_a_printer_the_rest_follows(excel: Excel, october: Contents) -> None:
    excel.book.printer = False
    result = _refresh(excel, october)
    assert result.written
    assert [what.partition(" (")[0] for what in result.plan.around] == [
        "texts of charts",
        "document properties",
    ]


@pytest.mark.parametrize("call", ["PageSetup.CenterFooter=", "Shape.AlternativeText=", "Property.Value="])
def test_a_fault_puts_everything_back(call: str, excel: Excel, october: Contents) -> None:
    before = _around(excel.book)
    excel.calls.fault_at = lambda number: (
        excel.calls.made[number - 1] == call and (excel.calls.made.count(call) == 2)
    )
    excel.calls.fault = lambda: refusal("planted")
    with pytest.raises(LesError, match="LES446"):
        _refresh(excel, october)
    assert _around(excel.book) == before
    assert excel.book.settings["PrintCommunication"] is True


_FLAGGED = Paper("tblPlan", ("Apr-25",), lambda figure: figure == 1)


@pytest.mark.parametrize(
    ("papers", "printed", "after"),
    [
        # The body is in rows 4 to 6 of B to E, and gets two rows more.
        ((), "$A$1:$E$6", "$A$1:$E$8"),
        ((), "$A$1:$D$6,$G$1:$H$6", "$A$1:$D$8,$G$1:$H$6"),
        ((), "$A$1:$E$5", "$A$1:$E$5"),
        ((_FLAGGED,), "$A$1:$E$4", "$A$1:$E$7"),
        ((_FLAGGED,), "$A$1:$E$6", "$A$1:$E$8"),
        ((_FLAGGED,), "$B$4:$E$4", "$B$4:$E$4"),
    ],
)
def test_what_is_printed_follows_as_in_a_closed_file(
    papers: tuple[Paper, ...], printed: str, after: str, tmp_path: Path
) -> None:
    def print_area(book: Workbook, _: Worksheet) -> None:
        areas = ",".join(f"Plan!{area}" for area in printed.split(","))
        book.define_name("Plan!_xlnm.Print_Area", f"={areas}")

    path = write_simple(tmp_path / "les.xlsx", HEADERS, (("a", 1, 0, 0), *ROWS[1:]), more=print_area)
    table = plan(("a", 1, 2, 3), *ROWS[1:], ("d", 1, 1, 1), ("e", 2, 2, 2))
    frame = Frame("2025-10, load 1, specs 00ff00ff", frozenset({"tblplan"}), {}, NOW, "tblTexts", (), papers)
    excel = framed(path)
    assert excel.book.sheets[0].print_area == printed
    _, workbook = started(excel.book)
    refresh_live(opened(workbook), [table], frame=frame)
    refresh_file(path, [table], frame=frame)
    assert excel.book.sheets[0].print_area == after
    assert framed(path).book.sheets[0].print_area == after
