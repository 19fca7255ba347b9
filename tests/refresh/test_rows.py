"""Rows of a sheet: read the quick way where every cell is usual, else carefully, and to the same effect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.excel.addresses import address
from les_xl.excel.book import New, Value, Written
from les_xl.excel.closed.cells import formula_text, strings_of, style_of
from les_xl.excel.closed.row import Row
from les_xl.excel.closed.sheet import Sheet

STRINGS = ("nought", "one")
FORMULA = b"<f"

CELLS: tuple[tuple[str, Value, bool], ...] = (
    ('<c r="{}" s="3"/>', None, False),
    ('<c r="{}"><v>1.5</v></c>', 1.5, False),
    ('<c r="{}" s="12" t="s"><v>1</v></c>', "one", False),
    ('<c r="{}" t="s"><v>7</v></c>', "", False),
    ('<c r="{}" t="b"><v>1</v></c>', True, False),
    ('<c r="{}" t="e"><v>#N/A</v></c>', "#N/A", False),
    ('<c r="{}" s="2"><f>SUM(A1:A2)</f><v>3</v></c>', 3.0, True),
    ('<c r="{}" t="str"><f>A1&amp;"b"</f><v>a &amp; b</v></c>', "a & b", True),
    ('<c r="{}" t="inlineStr"><is><t xml:space="preserve"> a_x000D_</t></is></c>', " a\r", False),
    # From here on none is written as nearly every program writes it.
    ('<c s="3" r="{}"><v>2</v></c>', 2.0, False),
    ("<c r='{}'><v>7</v></c>", 7.0, False),
    ('<c r="{}"><f>A1</f></c>', None, True),
    ('<c r="{}"><f t="shared" si="0"/><v>4</v></c>', 4.0, True),
    ('<c r="{}" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>', "ab", False),
)
"""A cell as a file holds it, what that is, and whether it has a formula."""

USUAL = 9

rows = st.lists(st.none() | st.sampled_from(CELLS), max_size=6)


def _written(found: list[tuple[str, Value, bool] | None], number: int = 5) -> dict[int, bytes]:
    cells = enumerate(found, 1)
    return {at: one[0].format(address(number, at)).encode() for at, one in cells if one is not None}


@given(rows)
def test_a_row_holds_what_its_cells_say(found: list[tuple[str, Value, bool] | None]) -> None:
    written = _written(found)
    inner = b"".join(written.values())
    known = {at: one for at, one in enumerate(found, 1) if one is not None}
    assert Row(b"", inner).values(STRINGS) == {at: value for at, (_, value, _) in known.items()}
    assert Row(b"", inner).cells == written
    told = Row(b"", inner).with_formulas(FORMULA)
    assert told == tuple((at, written[at]) for at, (_, _, formula) in known.items() if formula)


@given(rows, st.dictionaries(st.integers(1, 8), st.none() | st.sampled_from(CELLS), max_size=4))
def test_a_changed_row_is_read_as_one_that_was_written_so(
    found: list[tuple[str, Value, bool] | None], changes: dict[int, tuple[str, Value, bool] | None]
) -> None:
    before = _written(found)
    new = {at: None if one is None else one[0].format(address(5, at)).encode() for at, one in changes.items()}
    row = Row(b' r="5" spans="1:6"', b"".join(before.values()))
    changed = row.with_cells(new.keys(), new)
    after = {at: cell for at, cell in (before | new).items() if cell is not None}
    anew = Row(b"", b"".join(cell for _, cell in sorted(after.items())))
    assert changed.inner == anew.inner
    assert changed.cells == anew.cells
    assert changed.values(STRINGS) == anew.values(STRINGS)
    assert changed.with_formulas(FORMULA) == anew.with_formulas(FORMULA)
    assert (b"spans" in changed.attributes) == (after.keys() == before.keys())
    assert row.cells == before, "a row never changes"


CONTENTS: tuple[New, ...] = (None, 7.5, 8, True, "a & b", " c", Written("=A1&B1", "d"), Written("=1+1", 2.0))


@given(rows, st.dictionaries(st.integers(1, 6), st.sampled_from(CONTENTS), max_size=4), st.booleans())
def test_a_row_brought_elsewhere_keeps_what_is_not_filled_and_every_look(
    found: list[tuple[str, Value, bool] | None], contents: dict[int, New], with_unusual: bool
) -> None:
    """Cell by cell it is the same; where the quick way is not open it says so, and only then."""
    known = [one if with_unusual or one in CELLS[:USUAL] else None for one in found]
    before = _written(known)
    other = Row(b' r="5"', b"".join(before.values()))
    made = Row(b' r="12"').refilled(12, other, contents)
    usual = all(one is None or one in CELLS[:USUAL] for one in known)
    assert (made is not None) == (usual and contents.keys() <= before.keys())
    if made is None:
        return
    assert {at: style_of(cell) for at, cell in made.cells.items()} == {
        at: style_of(cell) for at, cell in before.items() if at in made.cells
    }
    for at, cell in before.items():
        place = f' r="{address(12, at)}"'.encode()
        if at not in contents:
            assert made.cells[at] == cell.replace(f' r="{address(5, at)}"'.encode(), place)
            continue
        new = contents[at]
        assert at in made.cells or new is None
        assert made.values(STRINGS).get(at) == (new.value if isinstance(new, Written) else new)
        assert at not in made.cells or place in made.cells[at]
        assert (formula_text(made.cells.get(at, b"")) or "") == (
            new.text[1:] if isinstance(new, Written) else ""
        )


UNUSUAL = ("", "<!-- no row -->", '<row  r="9"></row>', '<row r="9"><c r="A9"/></row >', '<row r="9"/>')
TAGS = (' ht="17"', ' spans="1:3"', "")


@given(st.lists(st.tuples(rows, st.sampled_from(TAGS)), max_size=4), st.sampled_from(UNUSUAL), st.booleans())
def test_a_sheet_keeps_every_row_and_byte(
    found: list[tuple[list[tuple[str, Value, bool] | None], str]], unusual: str, closed: bool
) -> None:
    written = {number: _written(one, number) for number, (one, _) in enumerate(found, 1)}
    lines = [
        f'<row r="{number}"{found[number - 1][1]}>'.encode() + b"".join(cells.values()) + b"</row>"
        if cells or not closed
        else f'<row r="{number}"{found[number - 1][1]}/>'.encode()
        for number, cells in written.items()
    ]
    xml = b"<worksheet><sheetData>" + b"".join(lines) + unusual.encode() + b"</sheetData></worksheet>"
    sheet = Sheet(xml)
    assert {number: row.cells for number, row in sheet.rows.items() if number < 9} == written
    assert sheet.to_bytes() == xml


@pytest.mark.parametrize(
    "inner",
    [
        '<c r="A5"><v>1</v></c ><c r="B5"><v>2</v></c>',
        '<!-- first --><c r="A5"><v>1</v></c><c r="B5"><v>2</v></c>',
        '<c r="A5"><v>1</v></c><?mark here?><c r="B5"><v>2</v></c>',
        '<c r="B5"><v>2</v></c><c r="A5"><v>1</v></c>',
        "<c><v>1</v></c><c><v>2</v></c>",
    ],
)
def test_cells_are_found_past_whatever_xml_allows(inner: str) -> None:
    row = Row(b' r="5"', inner.encode())
    assert row.values(STRINGS) == {1: 1.0, 2: 2.0}
    assert Row(b' r="7"').refilled(7, row, {}) is None
    assert list(row.with_cells({2}, {2: b'<c r="B5"><v>3</v></c>'}).cells) == [1, 2]


def test_rows_that_end_unusually_hold_only_their_own_cells() -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row ><row r="2"><c r="A2"><v>2</v></c></row>'
    sheet = Sheet(f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode())
    assert {number: row.values(STRINGS) for number, row in sheet.rows.items()} == {1: {1: 1.0}, 2: {1: 2.0}}


def test_shared_strings_are_read_with_formats_and_without() -> None:
    plain = b'<sst><si><t>a &amp; b</t></si><si><t xml:space="preserve"> c_x000D_</t></si></sst>'
    assert strings_of(plain) == ("a & b", " c\r")
    rich = plain.replace(b"</sst>", b"<si><r><t>d</t></r><r><t>e</t></r></si></sst>")
    assert strings_of(rich) == ("a & b", " c\r", "de")
    assert strings_of(b"<sst/>") == ()
