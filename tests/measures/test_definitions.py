"""Every measure that a position has is defined, once, and the page is current."""

from pathlib import Path

from les_xl.measures.definitions import DEFINITIONS, markdown
from les_xl.position import COUNTS, MEASURES

ROOT = Path(__file__).resolve().parents[2]


def test_every_measure_is_defined_once() -> None:
    names = [one.name for one in DEFINITIONS]
    assert len(names) == len(set(names))
    assert {*MEASURES, *COUNTS, "annual_target"} <= set(names)


def test_every_definition_is_whole() -> None:
    for one in DEFINITIONS:
        assert one.meaning.endswith("."), one.name
        assert all((one.title, one.unit, one.formula, one.source)), one.name


def test_the_page_is_current() -> None:
    assert (ROOT / "docs" / "measures.md").read_text(encoding="utf-8") == markdown(), "make docs"
