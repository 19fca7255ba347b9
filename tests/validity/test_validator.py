"""Microsoft's validator passes sound workbooks and finds planted faults; the lint sees the rest."""

from pathlib import Path

import pytest

from les_xl.excel.lint import lint_workbook
from tests.validity.faults_content import NAMES, TABLES
from tests.validity.parts import Plant, plant, swap
from tests.validity.rich import write_rich
from tests.validity.sound import write_sound
from tests.validity.validator import VERSIONS, validate_ooxml


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sound(tmp_path_factory.mktemp("sound") / "sound.xlsx")


@pytest.mark.parametrize("version", VERSIONS)
def test_sound_workbooks_are_valid(version: str, sound: Path, tmp_path: Path) -> None:
    assert validate_ooxml(sound, version) == []
    assert validate_ooxml(write_rich(tmp_path / "rich.xlsx"), version) == []


def test_an_undeclared_attribute_is_found_at_its_place(sound: Path, tmp_path: Path) -> None:
    fault = Plant({"xl/worksheets/sheet1.xml": swap("<sheetData>", '<sheetData fault="1">')})
    (finding,) = validate_ooxml(plant(sound, tmp_path / "planted.xlsx", fault))
    assert finding.kind == "Sch_UndeclaredAttribute"
    assert (finding.part, finding.path) == ("/xl/worksheets/sheet1.xml", "/x:worksheet[1]/x:sheetData[1]")
    assert "'fault'" in str(finding)


def test_an_element_out_of_order_and_a_bad_value_are_found(sound: Path, tmp_path: Path) -> None:
    fault = Plant(
        {
            "xl/worksheets/sheet1.xml": swap("<sheetData>", "<hyperlinks/><sheetData>"),
            "xl/tables/table1.xml": swap('totalsRowFunction="sum"', 'totalsRowFunction="total"'),
        }
    )
    parts = {finding.part for finding in validate_ooxml(plant(sound, tmp_path / "planted.xlsx", fault))}
    assert parts == {"/xl/worksheets/sheet1.xml", "/xl/tables/table1.xml"}


def test_what_is_no_workbook_is_a_finding_too(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"not a workbook")
    (finding,) = validate_ooxml(tmp_path / "x.xlsx")
    assert finding.kind == "Exception"


@pytest.mark.parametrize(
    "name", ["a header that is not its cell", "tables that overlap", "a name of no sheet"]
)
def test_the_lint_sees_what_the_validator_does_not(name: str, sound: Path, tmp_path: Path) -> None:
    planted = plant(sound, tmp_path / "planted.xlsx", {**TABLES, **NAMES}[name].plant)
    assert validate_ooxml(planted) == []
    assert lint_workbook(planted) != ()
