"""The macros in a workbook that is open in Excel: xlwings' own Windows engine over the strict stand-in."""

import copy
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from les_xl.hosts import macros
from les_xl.hosts.told import LOG
from tests.live.calls import Excel
from tests.live.mirror import mirrored
from tests.live.stand_in import Workbook, started
from tests.live.state import BookState
from tests.live.test_faults import facts
from tests.live.windows import ENGINE, opened, refusal

SHEETS = ("Cover", "Summary", "Notes")


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """What message boxes showed: text, title, and the sign beside it."""
    shown: list[tuple[str, str, str]] = []

    def alert(_app: Any, prompt: str, title: str, _buttons: Any, mode: str, _callback: Any) -> str:
        shown.append((prompt, title, mode))
        return "ok"

    monkeypatch.setattr(ENGINE.App, "alert", alert)
    return shown


@pytest.fixture(scope="session")
def state(september_original: Path) -> BookState:
    """Some sheets of the workbook of September as Excel holds it; to be copied."""
    whole = mirrored(september_original)[0].book
    sheets = [sheet for sheet in whole.sheets if sheet.name in SHEETS]
    names = {name: text for name, text in whole.names.items() if text.rpartition("!")[0] in SHEETS}
    return BookState(sheets, names)


@pytest.fixture
def excel(state: BookState, tmp_path: Path) -> Excel:
    """Excel with a copy of it open, saved in a folder without a workspace."""
    book = copy.deepcopy(state)
    book.path = str(tmp_path / "les master.xlsx")
    return started(book)[0]


def _book(excel: Excel) -> Any:
    return opened(Workbook(excel))


def _settings(excel: Excel) -> dict[str, Any]:
    return {name: value for name, value in excel.book.settings.items() if name != "CutCopyMode"}


def test_refresh_fills_works_out_and_says_so(
    sample_workspace: Path, excel: Excel, alerts: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    excel.book.settings |= {"StatusBar": "theirs", "Calculation": -4135}
    settings = _settings(excel)
    bars: list[Any] = []
    arrive = excel.calls.arrive

    def watched(what: str) -> None:
        arrive(what)
        bars.append(excel.book.settings["StatusBar"])

    monkeypatch.setattr(excel.calls, "arrive", watched)
    told = macros.refresh(_book(excel), workspace=sample_workspace)
    assert told.ok, told.text
    assert told.text.startswith("The workbook shows October 2025 (load ")
    assert alerts == [(told.text, "Refresh", "info")]
    assert "Application.CalculateFull()" in excel.calls.made
    assert excel.calls.made.index("Application.CalculateFull()") > excel.calls.made.index("Range.Formula=")
    assert [text for text in dict.fromkeys(bars) if text != "theirs"][:2] == [
        "LES: working out the figures",
        "Comparing the tables",
    ]
    assert _settings(excel) == settings


def _at(what: str) -> Callable[[Excel], Callable[[int], bool]]:
    """A fault at the third call of a name."""

    def choose(excel: Excel) -> Callable[[int], bool]:
        return lambda number: excel.calls.made[number - 1] == what and excel.calls.made.count(what) == 3

    return choose


@pytest.mark.parametrize(
    ("call", "fault", "code"),
    [
        ("Range.Formula=", lambda: refusal("Not enough memory"), "LES446"),
        ("Range.Formula=", KeyboardInterrupt, "LES446"),
        ("Range.Value2", KeyboardInterrupt, "LES602"),
        ("ListObject.Range", lambda: refusal("planted"), "LES448"),
        ("Range.Value2", lambda: ZeroDivisionError("9990000018"), "LES999"),
    ],
)
def test_esc_or_an_error_leaves_the_book_as_it_was_and_is_one_message(
    call: str, fault: Any, code: str, sample_workspace: Path, excel: Excel, alerts: list[Any]
) -> None:
    before, settings = facts(excel.book), _settings(excel)
    excel.calls.fault_at, excel.calls.fault = _at(call)(excel), fault
    told = macros.refresh(_book(excel), workspace=sample_workspace)
    assert told.problems[-1].code == code
    assert [(text, sign) for text, _, sign in alerts] == [(told.text, "critical")]
    log = sample_workspace / "data" / LOG
    assert str(log) in told.text
    written = log.read_text(encoding="utf-8").rpartition("Refresh of ")[2]
    assert code in written or code == "LES999"
    assert "9990000018" not in written + told.text
    assert facts(excel.book) == before
    assert _settings(excel) == settings


def test_where_formulas_are_not_worked_out_the_refresh_stands_and_says_what_to_press(
    sample_workspace: Path, excel: Excel, alerts: list[Any]
) -> None:
    excel.calls.fault_at = lambda number: excel.calls.made[number - 1] == "Application.CalculateFull()"
    told = macros.refresh(_book(excel), workspace=sample_workspace)
    assert told.ok
    assert [one.code for one in told.problems if one.code != "LES438"] == ["LES603"]
    assert "Ctrl+Alt+F9" in alerts[0][0]
    assert "LES438" not in alerts[0][0]


def test_check_reads_a_read_only_workbook_and_changes_nothing(
    sample_workspace: Path, excel: Excel, alerts: list[Any]
) -> None:
    excel.book.read_only = True
    before = facts(excel.book)
    told = macros.check(_book(excel), workspace=sample_workspace)
    assert [one.code for one in told.problems][:1] == ["LES604"]
    assert "shows September 2025 (load " in alerts[0][0]
    assert facts(excel.book) == before


def test_a_workbook_under_its_workspace_finds_it(
    sample_workspace: Path, excel: Excel, alerts: list[Any]
) -> None:
    told = macros.check(_book(excel))
    assert [one.code for one in told.problems] == ["LES627"]
    (sample_workspace / "books").mkdir(exist_ok=True)
    excel.book.path = str(sample_workspace / "books" / "les master.xlsx")
    assert macros.check(_book(excel)).result is not None
    excel.book.path = "https://example.org/sites/les/les master.xlsx"
    assert [one.code for one in macros.check(_book(excel)).problems] == ["LES627"]
    assert len(alerts) == 3


def test_a_formula_goes_into_the_selected_cell(excel: Excel, alerts: list[Any]) -> None:
    told = macros.insert_function(_book(excel), "LES_PLAN", "Dementia")
    assert told.text.startswith("Select a cell first.")
    excel.book.selected = ("Notes", 90, 40)
    assert macros.insert_function(_book(excel), "LES_PLAN", "Dementia", "2025-10").ok
    notes = next(sheet for sheet in excel.book.sheets if sheet.name == "Notes")
    assert notes.cells[90, 40].formula == '=LES_PLAN("Dementia","2025-10")'
    notes.protected = True
    told = macros.insert_function(_book(excel), "LES_PLAN", "Dementia")
    assert [one.code for one in told.problems] == ["LES611"]
    assert "Notes!AN90" in told.text
    assert [title for _, title, _ in alerts] == ["Insert function"] * 2


def test_without_excel_there_is_a_message_and_no_trace() -> None:
    assert [one.code for one in macros.refresh().problems] == ["LES600"]


def test_the_data_folder_and_the_help_are_opened(
    sample_workspace: Path, excel: Excel, alerts: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(macros, "_open", seen.append)

    def browse(url: str) -> bool:
        seen.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", browse)
    assert macros.open_data_folder(_book(excel), workspace=sample_workspace).ok
    assert macros.show_help(_book(excel)).ok
    assert seen[0] in (sample_workspace, sample_workspace / "data" / "extracts")
    assert seen[1].startswith("file:///")
    page = Path(seen[1].removeprefix("file://")).read_text(encoding="utf-8")
    assert "<h3>LES_PCT_PLAN</h3>" in page
    assert alerts == []
    assert macros.open_data_folder(workspace=sample_workspace).ok  # without any workbook
    assert macros.show_help().ok
    monkeypatch.setattr(webbrowser, "open", lambda _: False)
    assert [one.code for one in macros.show_help(_book(excel)).problems] == ["LES609"]
