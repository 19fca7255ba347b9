"""The page of sheets, tables, columns and named cells is that of a new workbook."""

from pathlib import Path

from les_xl.excel.reference import NAMES, markdown
from les_xl.position import Position
from tests.workbook.reading import open_book, read_tables
from tests.workbook.sample_position import ROOT


def test_the_page_is_current(position: Position) -> None:
    page = (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8")
    assert page == markdown(position), "write it anew with: make docs"


def test_the_page_tells_everything_that_a_new_workbook_has(master: Path, position: Position) -> None:
    page = markdown(position)
    for name, read in read_tables(master).items():
        les = next((one.les for one in position.specs.services if name.endswith(f"_{one.les}")), None)
        shown = f"{name.removesuffix(les)}<les>" if les else name
        _, _, after = page.partition(f"### `{shown}`\n")
        columns = after.split("\n\n")[1].replace(" (yours)", "")
        assert after, name
        for header in read.headers:
            assert header in columns or header[3] == "-", (name, header)
    assert {*NAMES} == {*open_book(master).defined_names}
