"""Accessibility: the master workbook has no barrier, and each barrier that is planted is found."""

from pathlib import Path

import pytest

from tests.validity.accessible import barriers
from tests.validity.colours import BLACK, WHITE, contrast, from_hex
from tests.validity.fault import BOOK, CHART, COVER, PLAN, STYLES, TABLE, TREND, edit
from tests.validity.parts import Plant, plant, swap
from tests.validity.sound import write_sound
from tests.workbook.sample_position import write_sample

CORE, OTHER = "docProps/core.xml", "xl/worksheets/sheet3.xml"
RED = '<color rgb="FF9C0006"/>'
ACCESSIBLE = Plant(
    {
        CORE: swap("</dc:title>", "</dc:title><dc:language>en-GB</dc:language>"),
        OTHER: swap('<mergeCells count="1"><mergeCell ref="F1:G1"/></mergeCells>', ""),
    }
)
BARRIERS = {
    "no title": (Plant({CORE: swap("A sound workbook", "")}), "has no title"),
    "no language": (Plant({CORE: swap("en-GB", "")}), "has no language"),
    "the second sheet first": (edit(BOOK, "<workbookView ", '<workbookView activeTab="1" '), "first sheet"),
    "two sheets selected": (edit(PLAN, "<sheetView ", '<sheetView tabSelected="1" '), "Plan: only"),
    "opens further down": (edit(COVER, "<sheetView ", '<sheetView topLeftCell="A9" '), "opens at A9"),
    "the cursor elsewhere": (
        edit(COVER, 'workbookViewId="0"/>', 'workbookViewId="0"><selection activeCell="C7"/></sheetView>'),
        "Cover: the cursor is at C7",
    ),
    "nothing in A1": (edit(COVER, '<c r="A1" t="s"><v>0</v></c>', ""), "Cover: no title in A1"),
    "tables that touch": (
        Plant({TREND: swap('ref="G3:H6"', 'ref="F3:G6"'), PLAN: swap('<c r="H3"', '<c r="I3"')}),
        "touch",
    ),
    "a table without headers": (edit(TREND, "<table ", '<table headerRowCount="0" '), "has no headers"),
    "a header twice": (edit(TABLE, 'name="Planned"', 'name="delivered"'), "tblPlan has a header twice"),
    "a note under a table": (
        edit(PLAN, "</sheetData>", '<row r="30"><c r="B30"><v>1</v></c></row></sheetData>'),
        "Plan: B30 is in the way when tblPlan grows",
    ),
    "a note beside a table": (
        edit(PLAN, '<c r="G4" t="s">', '<c r="F4"><v>1</v></c><c r="G4" t="s">'),
        "Plan: F4 touches",
    ),
    "merged cells": (
        edit(COVER, "</sheetData>", '</sheetData><mergeCells><mergeCell ref="D1:E1"/></mergeCells>'),
        "Cover: merged cells D1:E1",
    ),
    "a hidden sheet": (edit(BOOK, 'sheetId="3"', 'sheetId="3" state="hidden"'), "hidden"),
    "a hidden row": (edit(COVER, '<row r="5"', '<row r="5" hidden="1"'), "Cover: row 5 is hidden"),
    "a chart without a text": (
        edit("xl/drawings/drawing1.xml", 'descr="Planned activity of three services"', 'descr=" "'),
        "Chart 1 has no alternative text",
    ),
    "a picture without a text": (
        edit("xl/drawings/drawing2.xml", 'descr="A single pixel"', ""),
        "Picture 1 has no alternative text",
    ),
    "type too small": (edit(STYLES, '<font><sz val="11"/>', '<font><sz val="9"/>'), "9 points"),
    "type in a chart too small": (
        edit(CHART, "<c:chart>", '<c:chart><a:defRPr sz="900"/>'),
        "a text of 9 points",
    ),
    "grey on white": (
        edit(STYLES, '<sz val="11"/><color theme="1"/>', '<sz val="11"/><color rgb="FF999999"/>'),
        "contrast 2.85",
    ),
    "a pale rule": (
        edit(STYLES, f"<dxf><font>{RED}", f"<dxf><font>{RED.replace('9C0006', 'FFC7CE')}"),
        "contrast 1.47",
    ),
    "a rule whose fill hides the text": (
        edit(
            STYLES,
            f"{RED}</font></dxf>",
            f"{RED}</font><fill><patternFill>{RED.replace('color', 'bgColor')}</patternFill></fill></dxf>",
        ),
        "contrast 1.00",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def accessible(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("accessible")
    return plant(write_sound(folder / "sound.xlsx"), folder / "accessible.xlsx", ACCESSIBLE)


def test_the_master_workbook_has_no_barrier(tmp_path: Path) -> None:
    assert barriers(write_sample(tmp_path / "x.xlsx")) == []


def test_an_accessible_workbook_has_no_barrier(accessible: Path) -> None:
    assert barriers(accessible) == []


@pytest.mark.parametrize("name", BARRIERS)
def test_a_planted_barrier_is_found_and_nothing_else(name: str, accessible: Path, tmp_path: Path) -> None:
    barrier, says = BARRIERS[name]
    found = barriers(plant(accessible, tmp_path / "planted.xlsx", barrier))
    assert found
    assert all(says in line for line in found), found


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (BLACK, WHITE, 21.0),
        (WHITE, WHITE, 1.0),
        # Worked out by the formula of WCAG 2.2: NHS identity blue, and the palest grey that passes, on white.
        (from_hex("005EB8"), WHITE, 6.38),
        (from_hex("767676"), WHITE, 4.54),
        (from_hex("777777"), WHITE, 4.48),
    ],
)
def test_contrast(
    one: tuple[float, float, float], other: tuple[float, float, float], expected: float
) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)
    assert contrast(other, one) == contrast(one, other)
