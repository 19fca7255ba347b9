"""A formula through the add-in's VBA and xlwings' COM server gives what registry and position give."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from pyopenvba.interpreter import EMPTY, VBADate, VBAErrorValue
from pyopenvba.interpreter import MISSING as LEFT_OUT

from les_xl.data.store import Store
from les_xl.errors import LesError
from les_xl.functions.arguments import Argument
from les_xl.functions.index import Index
from les_xl.functions.registry import Function, find_function, functions
from les_xl.functions.results import MISSING, ExcelError, NotAvailable, Table
from les_xl.functions.session import Session
from les_xl.hosts import desktop
from les_xl.marks import Mark
from les_xl.position import Position
from tests.functions.conftest import activity, entry
from tests.functions.test_agreement import FUNCTIONS as MEASURES
from tests.hosts.com_server import UDFS, Cells, Excel
from tests.hosts.vba import APPDATA, LIBRARY, PYTHON, Vba

NOT_AVAILABLE = VBAErrorValue(2042)
# As Excel hands it over, and what is meant by it. 45931 is 1 October 2025 (45658, 1 January, and 273 days).
AS_TYPED: dict[str, list[tuple[object, Argument]]] = {
    "les": [("Dementia", "Dementia"), ("ltc", "ltc"), ("Vasectomy", "Vasectomy"), ("Demntia", "Demntia")],
    "month": [
        (LEFT_OUT, MISSING),
        ("Oct-25", "Oct-25"),
        (45931.0, 45931.0),
        (VBADate(45900.0), date(2025, 8, 31)),
        (EMPTY, None),
        ("Apr-31", "Apr-31"),
    ],
    "org": [(LEFT_OUT, MISSING), ("0012E4", "0012E4"), ("Nowhere", "Nowhere")],
    "practice": [("0012E4", "0012E4"), ("Nowhere", "Nowhere")],
    "metric": [(LEFT_OUT, MISSING), ("nothing", "nothing")],
    "band": [("51-75%", "51-75%"), ("100% +", "100% +"), (VBAErrorValue(2015), ExcelError.VALUE)],
}
_ANYTHING: list[tuple[object, Argument]] = [("les", "les"), ("summary", "summary"), ("nothing", "nothing")]


@pytest.fixture
def vba(built: Path, answering: Path) -> Iterator[Vba]:
    """The built add-in in a cell of Excel, answering from the sample month."""
    desktop.declare(UDFS)
    with Excel() as server:
        yield Vba(built / "les.xlam", server)


def _asked(function: Function) -> Iterator[tuple[list[object], list[Argument]]]:
    """Each argument through all its spellings, the others as they are spelled first."""
    known = [AS_TYPED.get(each.name, _ANYTHING) for each in function.parameters]
    first = [spellings[0] for spellings in known]
    for at, spellings in enumerate(known):
        for spelled in spellings:
            pairs = [*first[:at], spelled, *first[at + 1 :]]
            yield [given for given, _ in pairs], [meant for _, meant in pairs]
    if all(each.optional for each in function.parameters):
        yield [], []


def _in_cell(function: Function, index: Index, meant: list[Argument]) -> object:
    answer = function.answer(index, *meant)
    if isinstance(answer, Table):
        rows = [answer.columns, *answer.rows]
        return [[str(value) if isinstance(value, str) else value for value in row] for row in rows]
    if isinstance(answer, NotAvailable):
        return NOT_AVAILABLE
    if isinstance(answer, ExcelError):
        return {ExcelError.VALUE: VBAErrorValue(2015)}[answer]
    return str(answer) if isinstance(answer, Mark) else answer


@pytest.mark.parametrize("function", functions(), ids=lambda each: each.name)
def test_a_formula_gives_what_the_registry_gives(function: Function, vba: Vba, index: Index) -> None:
    asked = list(_asked(function))
    wrong = [
        (given, shown, expected)
        for given, meant in asked
        if (shown := vba.call(function.name, *given)) != (expected := _in_cell(function, index, meant))
        or isinstance(shown, Mark)
    ]
    assert wrong == []
    assert len(asked) > 1


@pytest.mark.parametrize(("name", "measure"), MEASURES.items())
def test_a_formula_gives_what_the_position_holds(
    name: str, measure: str, vba: Vba, position: Position
) -> None:
    ltc = next(row for row in position.specs.published_rows() if row.les == "ltc")
    icb = position.organisations.loc[position.organisations["level"] == "icb", "org"].iloc[0]
    for month in ("2025-05", "2025-10", "2026-01"):
        held = position.value(measure, ltc.les, ltc.metric, icb, month)
        assert vba.call(name, "LTC LES", month) == (str(held) if isinstance(held, Mark) else held)


def test_published_figures_reach_the_cell(vba: Vba) -> None:
    # Performance report, November 2025: LTC LES planned 6,384 a month.
    assert vba.call("LES_PLAN", "LTC LES", "Oct-25") == pytest.approx(6384, abs=0.5)
    assert vba.call("LES_AS_AT") == "2025-10"


def test_python_is_started_once_by_its_whole_path(vba: Vba) -> None:
    vba.call("LES_AS_AT")
    vba.call("LES_AS_AT")
    # First beside Python, then above it: a virtual environment keeps programs in Scripts.
    assert vba.machine.loaded == [PYTHON.replace("python.exe", "xlwings64-0.37.8.dll"), LIBRARY]
    program = "import les_xl.hosts.resident as les;les.serve('$(CLSID)')"
    command = rf'C:\WINDOWS\system32\cmd.exe  /K ""{PYTHON}" -B -P -c "{program}""'
    assert vba.machine.commands == [command, command]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("settings", "LES-XL is not set up for this user. In the folder that holds specs, run: les-xl addin"),
        ("python", f"There is no {PYTHON}. In the folder"),
        ("library", r"xlwings64-0.37.8.dll is not in C:\LES work\python\Scripts. In the folder"),
    ],
)
def test_a_cell_says_what_keeps_it_from_answering(broken: str, said: str, vba: Vba) -> None:
    {
        "settings": lambda: vba.machine.files.discard(APPDATA + r"\LES-XL\les-xl.conf"),
        "python": lambda: vba.machine.files.discard(PYTHON),
        "library": lambda: vba.machine.libraries.discard(LIBRARY),
    }[broken]()
    assert str(vba.call("LES_AS_AT")).startswith(said)


def test_an_error_value_in_an_argument_is_the_answer(vba: Vba) -> None:
    for number in (2000, 2007, 2015, 2023, 2029, 2036, 2042, 2043, 2045, 2050):
        assert vba.call("LES_PLAN", VBAErrorValue(number)) == VBAErrorValue(number)
    # One that Excel got later than this list.
    assert vba.call("LES_PLAN", VBAErrorValue(2046)) == VBAErrorValue(2015)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("LTC LES", "2025-10"),
        (None, "2025-10"),
        (-2146826259, "#NAME?"),
        ((("LTC LES", "Dementia"),), "#N/A"),
        ((("LTC LES",), ("Dementia",)), "#N/A"),
    ],
    ids=["one cell", "an empty cell", "a cell in error", "a row of cells", "a column of cells"],
)
def test_a_range_of_cells_is_read_through_xlwings(value: object, expected: str, answering: Path) -> None:
    desktop.declare(UDFS)
    with Excel() as server:
        assert server.CallUDF("les_xl.hosts.desktop", "LES_AS_AT", (Cells(value),)) == expected


def test_a_cell_formatted_as_currency_is_a_number() -> None:
    assert desktop.argument(Decimal(45931)) == 45931.0
    assert type(desktop.argument(Decimal(45931))) is float
    assert desktop.argument(datetime(2025, 10, 1)) == datetime(2025, 10, 1)  # noqa: DTZ001


def test_a_new_load_is_noticed_without_restarting(workspace: Path) -> None:
    clock = iter([0.0, 0.19, 0.2, 0.3])
    resident = desktop.Resident(Session(workspace), lambda: next(clock))
    function = find_function("LES_DELIVERED")
    assert function is not None
    before = function.answer(resident.index(), "Dementia", "2025-10", "0012E4")
    assert isinstance(before, float)
    headline = resident.index().find.les("dementia").headline.id
    restated = activity([("0012E4", "dementia", headline, "2025-10", before + 7)])
    Store.open(workspace / "data" / "store").append(restated, entry("restated"))
    index = resident.index()
    assert function.answer(index, "Dementia", "2025-10", "0012E4") == before + 7
    assert resident.index() is index


def test_a_workspace_that_cannot_be_read_is_not_available(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LES_XL_WORKSPACE", str(tmp_path))
    desktop.session.cache_clear()
    with pytest.raises(LesError):
        desktop.session()
    assert desktop.WRAPPERS["LES_AS_AT"]() == "#N/A"


def test_a_fault_of_our_own_is_value_and_noted_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault() -> None:
        raise RuntimeError("".join(map(str, range(10))))

    monkeypatch.setattr(desktop, "session", fault)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert desktop.WRAPPERS["LES_AS_AT"]() == "#VALUE!"
    (log,) = tmp_path.glob("les-xl-*.log")
    written = log.read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "0123456789" not in written


def test_every_function_is_found_by_its_name() -> None:
    for function in functions():
        assert getattr(desktop, function.name) is desktop.WRAPPERS[function.name]
        assert getattr(desktop, function.name).__name__ == function.name
    assert find_function("LES_PLAN") is not None


def test_the_first_answer_imports_no_pandas_and_xlwings_finds_none(answering: Path) -> None:
    program = (
        "import sys\n"
        "from les_xl.hosts.resident import without_pandas\n"
        "with without_pandas():\n"
        "    import xlwings\n"
        "import les_xl.hosts.desktop as desktop\n"
        "print(desktop.LES_AS_AT(), desktop.LES_PLAN('LTC LES') > 0, 'pandas.core' in sys.modules)\n"
        "import pandas\n"
        "print(pandas.DataFrame.__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["2025-10", "True", "False", "DataFrame"]
