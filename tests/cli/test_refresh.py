"""`les-xl refresh` as an analyst uses it: from September to October, with all that is theirs kept."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter

from les_xl.excel.closed.package import Package
from tests.cli.conftest import les_xl
from tests.refresh.next_year import roll_specs, write_april
from tests.refresh.older import deleted
from tests.refresh.opened import changed, parts, shown, values

NOTE = "Ask the practice about its October return."
MINE = "My question"


@pytest.fixture(scope="session")
def september(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master workbook of September, not to be changed."""
    path = tmp_path_factory.mktemp("a September") / "les master.xlsx"
    made = les_xl("new", str(path), "--as-at", "Sep-25", folder=loaded)
    assert made.returncode == 0, made.stderr
    return path


@pytest.fixture
def mine(september: Path, tmp_path: Path) -> Path:
    """A copy of it, for one test to change."""
    return Path(shutil.copy2(september, tmp_path))


def _part_of(path: Path, sheet: str) -> str:
    """The part of a sheet, by its place in the workbook."""
    book = openpyxl.load_workbook(path, read_only=True)
    at = book.sheetnames.index(sheet) + 1
    book.close()
    return f"xl/worksheets/sheet{at}.xml"


def _edit(path: Path, part: str, change: Callable[[bytes], bytes]) -> None:
    package = Package(path.read_bytes())
    package.put(part, change(package.xml(part)))
    path.write_bytes(package.to_bytes())


def _with_text(xml: bytes, cell: str, text: str) -> bytes:
    """The sheet with a text typed into a cell that was blank."""
    root = etree.fromstring(xml)
    found = root.find(f".//{{*}}c[@r='{cell}']")
    assert found is not None
    found.set("t", "inlineStr")
    name = etree.QName(found).namespace
    inside = etree.SubElement(etree.SubElement(found, f"{{{name}}}is"), f"{{{name}}}t")
    inside.text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _column(path: Path, sheet: str, table: str, header: str) -> tuple[str, int, int]:
    """Letters of a table's column, and its first and last body rows."""
    book = openpyxl.load_workbook(path)
    found = book[sheet].tables[table]
    first, last = (coordinate_from_string(end) for end in found.ref.split(":"))
    left = column_index_from_string(first[0])
    at = [column.name for column in found.tableColumns].index(header)
    return get_column_letter(left + at), first[1] + 1, last[1]


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_october_comes_in_and_what_the_analyst_wrote_stays(loaded: Path, mine: Path) -> None:
    letters, first, last = _column(mine, "Exceptions", "tblExceptions", "Response")
    keys, _, _ = _column(mine, "Exceptions", "tblExceptions", "Key")
    part = _part_of(mine, "Exceptions")
    written = values(mine, "Exceptions", f"{keys}{first}:{keys}{last}")[3][0]
    _edit(mine, part, lambda xml: _with_text(xml, f"{letters}{first + 3}", NOTE))
    before = mine.read_bytes()
    done = les_xl("refresh", str(mine), folder=loaded)
    assert done.returncode == 0, done.stderr
    assert mine.with_name(f"{mine.name}.bak").read_bytes() == before
    assert done.stdout.splitlines()[-1].startswith("October 2025 (2025-10, load ")
    assert f"is {mine}.bak" in done.stdout
    assert values(mine, "Dementia", "A2:A2") == [
        ["Lancashire and South Cumbria ICB (synthetic data): position at October 2025"]
    ]
    kept = []
    for sheet, table in (("Exceptions", "tblExceptions"), ("Resolved", "tblResolved")):
        letters, first, last = _column(mine, sheet, table, "Response")
        keys, _, _ = _column(mine, sheet, table, "Key")
        texts = values(mine, sheet, f"{letters}{first}:{letters}{last}")
        names = values(mine, sheet, f"{keys}{first}:{keys}{last}")
        kept += [name for (name,), (text,) in zip(names, texts, strict=True) if text == NOTE]
    assert kept == [written]


def test_again_it_says_that_nothing_changed_and_writes_nothing(loaded: Path, mine: Path) -> None:
    assert les_xl("refresh", str(mine), folder=loaded).returncode == 0
    before = mine.read_bytes()
    again = les_xl("refresh", str(mine), folder=loaded)
    assert again.returncode == 0
    assert "shows October 2025" in again.stdout
    assert again.stdout.strip().endswith("already; nothing was written")
    assert mine.read_bytes() == before


def test_a_dry_run_lists_cells_by_table_and_writes_nothing(loaded: Path, mine: Path) -> None:
    before = mine.read_bytes()
    shown = les_xl("refresh", str(mine), "--dry-run", folder=loaded)
    assert shown.returncode == 0, shown.stderr
    assert "  tblProfile (LTC profile): " in shown.stdout
    assert "named cells: LesAsAt" in shown.stdout
    assert shown.stdout.strip().endswith("nothing was written")
    as_json = json.loads(les_xl("refresh", str(mine), "--dry-run", "--json", folder=loaded).stdout)
    assert as_json["changes"] is True
    assert as_json["written"] is False
    assert as_json["backup"] is None
    tables = {table["table"]: table["cells"] for table in as_json["tables"]}
    assert f"  tblProfile (LTC profile): {tables['tblProfile']} cells" in shown.stdout
    assert mine.read_bytes() == before
    assert not mine.with_name(f"{mine.name}.bak").exists()


def test_it_goes_back_to_an_earlier_month_too(loaded: Path, mine: Path) -> None:
    assert les_xl("refresh", str(mine), folder=loaded).returncode == 0
    back = les_xl("refresh", str(mine), "--as-at", "Sep-25", folder=loaded)
    assert back.stdout.splitlines()[-1].startswith("September 2025")
    assert (
        les_xl("refresh", str(mine), "--as-at", "2025-09", folder=loaded)
        .stdout.strip()
        .endswith("already; nothing was written")
    )


def test_what_an_older_workbook_lacks_is_said_and_the_rest_is_filled(loaded: Path, mine: Path) -> None:
    package = Package(mine.read_bytes())
    part = next(
        name for name in parts(mine) if name.startswith("xl/tables/") and b'"tblReturns"' in package.xml(name)
    )
    _edit(mine, part, lambda xml: xml.replace(b'"tblReturns"', b'"tblOld"'))
    _edit(mine, "xl/workbook.xml", lambda xml: xml.replace(b'"LesReported"', b'"LesOld"'))
    before = parts(mine)
    done = les_xl("refresh", str(mine), folder=loaded)
    assert done.returncode == 0, done.stderr
    said = done.stdout[done.stdout.index("The workbook lacks") :].splitlines()
    assert said[1:3] == ["  table tblReturns", "  named cell LesReported"]
    assert part not in changed(before, parts(mine))
    assert "LES438" not in done.stderr


def test_the_same_workbook_goes_on_into_the_next_year(loaded: Path, tmp_path: Path) -> None:
    """What an analyst does in May: plans and specifications of the new year, April's extract, refresh."""
    folder = Path(shutil.copytree(loaded, tmp_path / "les"))
    book = folder / "les master.xlsx"
    assert les_xl("new", str(book), folder=folder).returncode == 0
    _edit(book, _part_of(book, "Commentary"), lambda xml: _with_text(xml, "E8", NOTE))
    _edit(book, _part_of(book, "Actions and risks"), lambda xml: _with_text(xml, "A8", NOTE))
    october, mine = _months_of(book), shown(book, "Commentary")[7]
    assert mine[4] == NOTE
    roll_specs(folder)
    for path in write_april(tmp_path):
        done = les_xl("load", str(path), folder=folder)
        assert done.returncode == 0, done.stdout + done.stderr
    done = les_xl("refresh", str(book), folder=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("April 2026 (2026-04, load ")
    assert "tblCostVolume (Cost and volume): " in done.stdout
    assert "12 month headers changed" in done.stdout
    assert "first months of charts (" in done.stdout
    headers, dementia = _months_of(book)
    assert headers[2:14] == [
        "Apr-26", "May-26", "Jun-26", "Jul-26", "Aug-26", "Sep-26",
        "Oct-26", "Nov-26", "Dec-26", "Jan-27", "Feb-27", "Mar-27",
    ]  # fmt: skip
    # April's extract is the published October of dementia, 694 of 1,332.
    assert [row[2:4] for row in dementia] == [[1332, 1332], [694, "[x]"], [694 / 1332, "[x]"]]
    assert shown(book, "Actions and risks")[7][0] == NOTE
    kept = shown(book, "Commentary")[7:]
    assert kept[0] == mine
    assert [row[4] for row in kept].count(NOTE) == 1
    assert {f"{row[1]:%Y-%m}" for row in kept} == {"2025-10", "2026-04"}
    back = les_xl("refresh", str(book), "--year", "2025-26", folder=folder)
    assert back.stdout.splitlines()[-1].startswith("October 2025 (2025-10, load ")
    assert _months_of(book) == october
    assert mine in shown(book, "Commentary")


def _months_of(path: Path) -> tuple[list[object], list[list[object]]]:
    """The headers of tblCostVolume, and its rows of dementia."""
    rows = shown(path, "Cost and volume")
    headers = next(row for row in rows if row[:2] == ["LES", "Measure"])
    return headers, [row for row in rows if row[0] == "Dementia"]


def test_the_program_that_holds_a_workbook_is_named_with_its_user(loaded: Path, mine: Path) -> None:
    lock = f",Jo Khan,laptop,{mine.name};"
    mine.with_name(f".~lock.{mine.name}#").write_text(lock, encoding="utf-8")
    done = les_xl("refresh", str(mine), folder=loaded)
    assert done.returncode == 1
    assert "(by Jo Khan)" in done.stderr


def test_a_sheet_that_was_deleted_comes_back_when_asked_for(loaded: Path, mine: Path) -> None:
    deleted(mine, "Practices")
    dry = les_xl("refresh", str(mine), "--dry-run", folder=loaded)
    assert "  table tblPractices\nLeave it so if you deleted them; --add-missing adds" in dry.stdout
    assert "new sheets" not in dry.stdout
    done = les_xl("refresh", str(mine), "--add-missing", folder=loaded)
    assert done.returncode == 0, done.stderr
    assert "  new sheets: Practices\n" in done.stdout
    assert "lacks" not in done.stdout
    assert done.stdout.splitlines()[-1].startswith("October 2025")
    book = openpyxl.load_workbook(mine, read_only=True)
    assert book.sheetnames[-1] == "Practices"
    book.close()


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda path: path.unlink(), "LES420"),
        (lambda path: path.write_bytes(b"ods_code,les\n"), "LES421"),
        (lambda path: path.with_name(f"~${path.name}").write_bytes(b""), "LES403"),
    ],
)
def test_a_file_that_cannot_be_refreshed_is_a_sentence(
    prepare: Callable[[Path], object], code: str, loaded: Path, mine: Path
) -> None:
    prepare(mine)
    done = les_xl("refresh", str(mine), folder=loaded)
    assert done.returncode == 1
    assert code in done.stderr
    assert mine.name in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_use_is_said(loaded: Path, mine: Path) -> None:
    assert les_xl("refresh", folder=loaded).returncode == 2
    assert "LES902" in les_xl("refresh", str(mine), "--as-at", "Octember", folder=loaded).stderr
    assert "LES354" in les_xl("refresh", str(mine), "--year", "2025", folder=loaded).stderr
