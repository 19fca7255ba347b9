"""Random tables at random places grow and shrink: the file comes back as it was, and is right in between."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from les_xl.excel.refresh import refresh_file
from les_xl.report.table import Column, Content, Row, Table
from tests.refresh.opened import changed, facts, parts, values
from tests.workbooks.simple import More, write_simple

_CELLS = st.one_of(
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12),
    st.none(),
)
_HEADERS = ("Key", "First", "Second", "Third")


def _table(rows: dict[str, tuple[Content, ...]], width: int) -> Table:
    columns = tuple(Column(name) for name in _HEADERS[: width + 1])
    return Table("tblPlan", "", columns, tuple(Row((key, *cells)) for key, cells in rows.items()), ("Key",))


def _around(at: tuple[int, int], rows: int, width: int) -> More:
    """Formulas, a name, a format, a validation and a chart over a column of the table."""

    def more(book: Workbook, sheet: Worksheet) -> None:
        column = at[1] + width
        area = xl_range_abs(at[0] + 1, column, at[0] + rows, column)
        # A multiple-row range: one of a single row is ambiguous, and stays what it is.
        whole = xl_range_abs(at[0], column, at[0] + rows, column)
        other = book.add_worksheet("Other")
        other.write_formula(0, 0, f"=COUNTA(Plan!{whole})", None, 0)
        sheet.write_formula(0, 20, f"=COUNTA({whole})", None, 0)
        book.define_name("Whole", f"=Plan!{whole}")
        sheet.conditional_format(area.replace("$", ""), {"type": "2_color_scale"})
        sheet.data_validation(area.replace("$", ""), {"validate": "any", "input_title": "t"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": f"=Plan!{whole}"})
        other.insert_chart("C3", chart)
        sheet.print_area(0, 0, at[0] + rows, at[1] + width)

    return more


_ROWS = st.integers(1, 3).flatmap(
    lambda width: st.tuples(
        st.just(width),
        st.lists(st.tuples(*[_CELLS] * width), min_size=1, max_size=5),
        st.lists(st.tuples(*[_CELLS] * width), min_size=1, max_size=5),
    )
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=_ROWS, down=st.integers(1, 40), right=st.integers(0, 12))
def test_there_and_back(
    tmp_path: Path,
    shape: tuple[int, list[tuple[Content, ...]], list[tuple[Content, ...]]],
    down: int,
    right: int,
) -> None:
    width, cells, added = shape
    rows = {f"k{at}": row for at, row in enumerate(cells)}
    grown = rows | {f"n{at}": row for at, row in enumerate(added)}
    path = tmp_path / "les.xlsx"
    more = _around((down, right), len(rows), width)
    start = [(key, *(None for _ in row)) for key, row in rows.items()]
    write_simple(path, _HEADERS[: width + 1], start, at=(down, right), more=more)
    refresh_file(path, [_table(rows, width)])
    before = parts(path)
    refresh_file(path, [_table(grown, width)])
    _is_grown(path, grown, (down, right), width)
    _results_are_right(path, grown)
    assert not refresh_file(path, [_table(grown, width)]).written
    refresh_file(path, [_table(rows, width)])
    _results_are_right(path, rows)
    after = parts(path)
    differing = {name for name in changed(before, after) if _kept(before[name]) != _kept(after[name])}
    assert differing <= _CACHES
    if len(rows) > 1:
        refresh_file(path, [_table(dict(list(rows.items())[1:]), width)])
        refresh_file(path, [_table(rows, width)])
        found = _body(path, len(rows), (down, right), width)
        assert {row[0]: row for row in found} == {row[0]: row for row in _shown(rows)}


_CACHES = {"xl/charts/chart1.xml"}
"""A chart forgets what it remembered of cells that moved; nothing else may differ."""

_RESULTS = ("/c[U1]/v", "/c[A1]/v")
"""Results of the formulas around the table: given anew or emptied, and so not what they were; see below."""


def _kept(part: bytes) -> list[str]:
    """What a refresh there and back leaves as it was: all but the results of formulas around the table."""
    return [fact for fact in facts(part) if not any(result in fact for result in _RESULTS)]


def _results_are_right(path: Path, rows: dict[str, tuple[Content, ...]]) -> None:
    """Both formulas count what is in the last column, header included; or they show nothing for now."""
    count = 1 + sum(cells[-1] is not None for cells in rows.values())
    found = {sheet: values(path, sheet, f"{cell}:{cell}")[0][0] for sheet, cell in _COUNTS.items()}
    assert all(result in (None, count) for result in found.values()), (found, count)


_COUNTS = {"Plan": "U1", "Other": "A1"}


def _body(path: Path, count: int, at: tuple[int, int], width: int) -> list[list[object]]:
    first = xl_rowcol_to_cell(at[0] + 1, at[1])
    last = xl_rowcol_to_cell(at[0] + count, at[1] + width)
    return [[_plain(cell) for cell in row] for row in values(path, "Plan", f"{first}:{last}")]


def _shown(rows: dict[str, tuple[Content, ...]]) -> list[list[object]]:
    return [[key, *(_plain(cell) for cell in row)] for key, row in rows.items()]


def _is_grown(path: Path, rows: dict[str, tuple[Content, ...]], at: tuple[int, int], width: int) -> None:
    assert _body(path, len(rows), at, width) == _shown(rows)
    whole = xl_range_abs(at[0], at[1] + width, at[0] + len(rows), at[1] + width)
    held = parts(path)
    for name in (
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",
        "xl/charts/chart1.xml",
    ):
        assert whole.encode() in held[name]
    body = xl_range_abs(at[0] + 1, at[1] + width, at[0] + len(rows), at[1] + width).replace("$", "")
    assert held["xl/worksheets/sheet1.xml"].count(f'sqref="{body}"'.encode()) == 2


def _plain(cell: object) -> object:
    return float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell
