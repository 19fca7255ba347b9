"""Refreshed files as other programs see them, and files that other programs saved as what is refreshed."""

import re
import warnings
from pathlib import Path

import openpyxl
import pytest

from les_xl.excel.lint import lint_workbook
from les_xl.excel.refresh import refresh_file
from tests.office import recalculated
from tests.refresh.opened import changed, parts, plan, values
from tests.refresh.test_rich import GROWN, SAME
from tests.validity.validator import validate_ooxml
from tests.workbooks.rich import write_rich

CHANGED = (("Dementia", 11, 20, 30), *GROWN[1:])


def _charts(path: Path) -> int:
    return sum(1 for name in parts(path) if re.fullmatch(r"xl/charts/chart\d+\.xml", name))


@pytest.mark.office
def test_libreoffice_opens_it_with_its_charts_and_new_values(rich: Path, tmp_path: Path) -> None:
    charts = _charts(recalculated(rich, tmp_path / "before"))
    refresh_file(rich, [plan(*CHANGED)])
    opened = recalculated(rich, tmp_path / "after")
    assert _charts(opened) == charts > 9
    assert values(opened, "Data", "B5:H9") == [
        ["Dementia", 11, 20, 30, 61, "mine about Dementia", 22],
        ["Diabetes", 40, 50, 60, 150, "mine about Diabetes", 80],
        ["ECGs", 70, 80, 90, 240, "mine about ECGs", 140],
        ["Vasectomy", 5, 6, 7, 18, None, 10],
        ["Wound Care", 1, 2, 3, 6, None, 2],
    ]
    assert values(opened, "My analysis", "A2:A4") == [[127], [127], [70]]


@pytest.mark.office
def test_what_libreoffice_saved_is_refreshed(tmp_path: Path) -> None:
    source = tmp_path / "les.xlsx"
    write_rich(source)
    path = recalculated(source, tmp_path / "saved")
    assert not refresh_file(path, [plan(*SAME)]).written
    before = parts(path)
    refresh_file(path, [plan(*CHANGED)])
    assert "xl/styles.xml" not in changed(before, parts(path))
    assert not refresh_file(path, [plan(*CHANGED)]).written
    opened = recalculated(path, tmp_path / "opened")
    assert [row[0] for row in values(opened, "Data", "C5:C9")] == [11, 40, 70, 5, 1]
    assert values(opened, "My analysis", "A2:A3") == [[127], [127]]


def test_what_openpyxl_saved_is_refreshed(rich: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with rich.open("rb") as file:
            book = openpyxl.load_workbook(file)
        book.save(rich)
    assert not refresh_file(rich, [plan(*SAME)]).written
    refresh_file(rich, [plan(*CHANGED)])
    assert [row[0] for row in values(rich, "Data", "C5:C9")] == [11, 40, 70, 5, 1]
    assert values(rich, "My analysis", "A2:A2", formulas=True) == [["=SUM(Data!C5:C9)"]]


def test_no_fault_comes_in_that_was_not_there(rich: Path) -> None:
    before = {(found.code, found.message) for found in lint_workbook(rich, uncached=True)}
    year_end = plan(SAME[0], months=("Apr-26", "May-26", "Jun-26"))
    for table in (plan(*CHANGED), plan(*SAME), year_end, plan(*GROWN)):
        refresh_file(rich, [table], {"LesAsAt": "2025-07"})
        assert {(found.code, found.message) for found in lint_workbook(rich, uncached=True)} <= before


def test_microsofts_validator_finds_nothing_new(tmp_path: Path) -> None:
    path = tmp_path / "les.xlsx"
    write_rich(path)
    before = {(found.kind, found.description) for found in validate_ooxml(path)}
    for table in (plan(*CHANGED), plan(*SAME), plan(SAME[0])):
        refresh_file(path, [table], {"LesAsAt": "2025-07"})
        assert {(found.kind, found.description) for found in validate_ooxml(path)} <= before


def test_macros_stay(tmp_path: Path) -> None:
    project = tmp_path / "vbaProject.bin"
    project.write_bytes(bytes(range(256)) * 40)
    path = tmp_path / "les.xlsm"
    write_rich(path, macros=project)
    refresh_file(path, [plan(*GROWN)])
    assert parts(path)["xl/vbaProject.bin"] == project.read_bytes()
    assert values(path, "Data", "B9:C9") == [["Wound Care", 1]]
