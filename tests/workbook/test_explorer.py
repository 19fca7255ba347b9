"""The Explorer: answers by functions only, cached as the functions give them for what is chosen."""

import re
from pathlib import Path

from les_xl.excel.lint.tables import why_no_name
from les_xl.excel.sheets.explorer import NEEDS_ADD_IN, answering
from les_xl.functions.build import build_index
from les_xl.functions.registry import functions
from les_xl.position import Position
from tests.workbook.reading import cells, formulas, open_book

SHEET = "Explorer"


def answers(master: Path) -> dict[str, str]:
    """Formulas of the Explorer that ask a function, by cell."""
    return {at: text for (sheet, at), text in formulas(master).items() if sheet == SHEET and "LES_" in text}


def picked(master: Path) -> dict[str, str]:
    """What stands in the named cells, by address."""
    book = open_book(master)
    found = {}
    for name in ("ExplorerLes", "ExplorerOrganisation", "ExplorerMonth"):
        assert not why_no_name(name)
        ((sheet, at),) = book.defined_names[name].destinations
        found[at] = book[sheet][at].value
    return found


def test_it_asks_every_function_of_a_service_a_month_and_an_organisation(master: Path) -> None:
    asked = {name for text in answers(master).values() for name in re.findall(r"LES_[A-Z_0-9]+", text)}
    assert asked == {function.name for function in answering()} | {"LES_AS_AT"}
    assert asked <= {function.name for function in functions()}


def test_without_the_add_in_every_cell_says_so(master: Path) -> None:
    for text in answers(master).values():
        assert re.fullmatch(
            rf'=IFERROR\(LES_\w+\([^()]*\),IF\(ISERROR\(LES_AS_AT\(\)\),"{NEEDS_ADD_IN}",.*\)\)', text
        )


def test_cached_answers_are_those_of_the_functions(master: Path, position: Position) -> None:
    index, held, shown = build_index(position), picked(master), cells(master)
    asked = {function.name: function for function in functions()}
    for at, text in answers(master).items():
        name, arguments = re.findall(r"(LES_\w+)\(([^()]*)\)", text)[0]
        values = [
            held.get(cell.replace("$", ""), shown.get((SHEET, cell.replace("$", ""))))
            for cell in arguments.split(",")
        ]
        found = asked[name].answer(index, *values)
        assert shown[SHEET, at] == (float(found) if isinstance(found, float) else str(found)), text


def test_the_first_service_is_chosen_for_the_whole_icb(master: Path) -> None:
    assert list(picked(master).values()) == [
        "Post Bariatric Monitoring", "Lancashire and South Cumbria ICB (synthetic data) (QE1)", "Oct-25",
    ]  # fmt: skip
    assert 72 in [value for (sheet, at), value in cells(master).items() if sheet == SHEET and at[0] == "B"]
