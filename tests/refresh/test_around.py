"""Around the tables stands after a refresh what a new workbook of that edition has, or the analyst's."""

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from les_xl.excel.closed.package import Package
from les_xl.excel.edition import contents
from les_xl.excel.frame import footer
from les_xl.excel.lint import lint_workbook
from les_xl.excel.master import new_workbook
from les_xl.excel.refresh import RefreshResult, refresh_file
from les_xl.position import Position
from tests.refresh.opened import changed, parts, shown, values
from tests.validity.accessible import barriers
from tests.validity.validator import VERSIONS, validate_ooxml
from tests.workbook.sample_position import NOW as THEN

NOW = datetime(2026, 5, 20, 9, 30, tzinfo=UTC)
_BANDING, _DEMENTIA, _CARE_HOMES = "LesChart_Banding", "LesChart_dementia_reviews", "LesChart_care_homes_beds"


@pytest.fixture(scope="module")
def originals(
    years: tuple[Position, Position], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """New workbooks of October of 2025-26 and of April of 2026-27, not to be changed."""
    folder = tmp_path_factory.mktemp("new ones")
    paths = folder / "october.xlsx", folder / "april.xlsx"
    for position, path, now in zip(years, paths, (THEN, NOW), strict=True):
        new_workbook(position, path, now=now)
    return paths


@pytest.fixture
def mine(originals: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of October's, for one test to change."""
    return Path(shutil.copy2(originals[0], tmp_path / "les master.xlsx"))


def _refresh(path: Path, position: Position, *, dry_run: bool = False) -> RefreshResult:
    found = contents(position, NOW)
    return refresh_file(
        path, found.tables, found.names, answer=found.answer, frame=found.frame, dry_run=dry_run
    )


def _change(path: Path, part: str, *pairs: tuple[str, str]) -> None:
    """Change texts of a part, each of which has to be there."""
    package = Package(path.read_bytes())
    xml = package.xml(part).decode()
    for old, new in pairs:
        assert old in xml
        xml = xml.replace(old, new, 1)
    package.put(part, xml.encode())
    path.write_bytes(package.to_bytes())


def _of_sheets(path: Path, find: Callable[[etree._Element], str]) -> list[str]:
    found = parts(path)
    names = sorted((name for name in found if name.startswith("xl/worksheets/sheet")), key=_number)
    return [find(etree.fromstring(found[name])) for name in names]


def _number(name: str) -> int:
    return int(re.sub(r"\D", "", name))


def _footers(path: Path) -> list[str]:
    return _of_sheets(path, lambda root: root.findtext(".//{*}oddFooter") or "")


def _charts(path: Path) -> dict[str, tuple[str, str, str]]:
    """Alt text, drawing part and chart part by the name of the chart."""
    package = Package(path.read_bytes())
    found = {}
    for drawing in (name for name in package.parts() if name.startswith("xl/drawings/drawing")):
        targets = {relation.id: relation.target for relation in package.relations(drawing)}
        for held in etree.fromstring(package.xml(drawing)).iterfind(".//{*}graphicFrame"):
            named, chart = held.find(".//{*}cNvPr"), held.find(".//{*}graphicData/{*}chart")
            assert named is not None
            assert chart is not None
            relation = next(value for key, value in chart.items() if str(key).endswith("}id"))
            found[str(named.get("name"))] = str(named.get("descr")), drawing, targets[str(relation)]
    return found


def _columns(path: Path, chart: str) -> set[str]:
    """First and last column of the ranges of a chart of months."""
    root = etree.fromstring(parts(path)[_charts(path)[chart][2]])
    texts = [text.text or "" for text in root.iterfind(".//{*}f")]
    return {re.sub(r".*!\$([A-Z]+)\$[0-9]+:\$([A-Z]+)\$[0-9]+", r"\1:\2", text) for text in texts}


def _printed(path: Path, sheet: str) -> str:
    root = etree.fromstring(parts(path)["xl/workbook.xml"])
    names = root.iterfind(".//{*}definedName")
    return next(
        name.text or ""
        for name in names
        if name.get("name") == "_xlnm.Print_Area" and (name.text or "").lstrip("'").startswith(sheet)
    )


def _properties(path: Path) -> dict[str, str]:
    root = etree.fromstring(parts(path)["docProps/core.xml"])
    return {etree.QName(element).localname: element.text or "" for element in root}


@pytest.fixture(scope="module")
def april(
    originals: tuple[Path, Path], years: tuple[Position, Position], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """October's workbook refreshed to April, not to be changed."""
    path = Path(shutil.copy2(originals[0], tmp_path_factory.mktemp("went on") / "les master.xlsx"))
    planned = _refresh(path, years[1], dry_run=True)
    assert path.read_bytes() == originals[0].read_bytes()
    done = _refresh(path, years[1])
    assert planned.plan.around == done.plan.around
    assert done.as_json()["around"] == list(done.plan.around)
    return path


@pytest.fixture(scope="module")
def back(april: Path, years: tuple[Position, Position], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same shown as October's again, not to be changed."""
    path = Path(shutil.copy2(april, tmp_path_factory.mktemp("came back")))
    assert not _refresh(path, years[1]).plan.changes
    assert _refresh(path, years[0]).written
    return path


def test_footers_texts_months_and_properties_are_those_of_a_new_workbook(
    originals: tuple[Path, Path], april: Path
) -> None:
    new = originals[1]
    assert _footers(april) == _footers(new)
    assert all("&10 2026-04, load 15, specs " in text for text in _footers(april))
    texts = {name: text for name, (text, _, _) in _charts(new).items()}
    assert {name: text for name, (text, _, _) in _charts(april).items()} == texts
    # The published October of dementia is April's here.
    assert "has delivered 694 of 1,332 planned by April 2026 (52.1%)." in texts[_DEMENTIA]
    assert {name: _columns(april, name) for name in texts if name.count("_") > 1} == {
        name: _columns(new, name) for name in texts if name.count("_") > 1
    }
    # What a document says of itself: when it was made is another matter than when it was saved.
    assert _properties(april) | {"created": ""} == _properties(new) | {"created": ""}
    assert _properties(april)["title"].endswith("performance report, April 2026")
    assert _properties(april)["modified"] == "2026-05-20T09:30:00Z"


def test_the_lines_above_the_banding_say_which_month_is_the_last(
    originals: tuple[Path, Path], april: Path
) -> None:
    def above(path: Path) -> list[str]:
        return [row[0] for row in shown(path, "LTC banding")[:10]]

    assert above(originals[0])[6:8] == [
        "Last month is September 2025.",
        "1 practice counted in 0-10% has never reported.",
    ]
    assert above(april)[6] == "April 2026 is the first month: nothing to compare with."
    assert above(april)[7].endswith("never reported.")
    assert above(april)[7] in above(originals[1])


def test_the_explorer_goes_on_with_the_months_of_the_year(april: Path) -> None:
    explorer = shown(april, "Explorer")
    months = [row[4:7] for row in explorer if re.fullmatch("[A-Z][a-z]{2}-[0-9]{2}", str(row[4]))]
    assert [row[0] for row in months][::11] == ["Apr-26", "Mar-27"]
    assert len(months) == 12
    assert [isinstance(row[1], float) for row in months] == [True] * 12


def test_charts_widen_to_april_and_narrow_again(
    originals: tuple[Path, Path], april: Path, back: Path
) -> None:
    # Dementia began in May 2025 and goes on in April 2026; the months of both years are V to AG.
    assert _columns(originals[0], _DEMENTIA) == {"W:AG"}
    assert _columns(april, _DEMENTIA) == {"V:AG"}
    of_les = [name for name in _charts(back) if name.count("_") > 1]
    assert len(of_les) > 18
    for name in of_les:
        assert _columns(back, name) == _columns(originals[0], name)
    touched = changed(parts(originals[0]), parts(back))
    assert not [name for name in touched if name.startswith(("xl/drawings/", "xl/styles", "xl/theme"))]


def test_what_is_printed_of_the_exceptions_ends_with_the_last_that_is_worth_paper(
    originals: tuple[Path, Path], april: Path, back: Path
) -> None:
    def last(path: Path) -> int:
        rows = enumerate(shown(path, "Exceptions"), 1)
        return max(at for at, row in rows if at > 8 and row[0] and _on_paper(row[0], row[2]))

    for path in (originals[0], april, back):
        assert _printed(path, "Exceptions") == f"Exceptions!$A$1:$M${last(path)}"
    assert last(originals[0]) < last(april) > last(back)


def test_what_is_printed_of_data_quality_needs_doing(
    originals: tuple[Path, Path], april: Path, back: Path
) -> None:
    def last(path: Path, column: int, word: str) -> int:
        found = [at for at, row in enumerate(shown(path, "Data quality"), 1) if row[column] == word]
        # Without any, the first row of the table stands for it.
        return max(found, default=11)

    for path in (*originals, april, back):
        failed, missing = last(path, 0, "Failed"), last(path, 11, "Missing")
        printed = f"'Data quality'!$A$1:$F${failed},'Data quality'!$H$9:$N${missing}"
        assert _printed(path, "Data quality") == printed
    assert last(originals[0], 11, "Missing") < 100 < len(shown(originals[0], "Data quality"))


def _on_paper(severity: object, level: object) -> bool:
    return severity == "Alert" or level in ("ICB", "Sub ICB group")


@pytest.mark.parametrize("sheet", ["Dementia", "Wound Care", "Diabetes"])
def test_a_print_area_of_two_tables_ends_with_the_longer(sheet: str, april: Path, back: Path) -> None:
    for path in (april, back):
        bottom = int(re.findall(r"\$([0-9]+)", _printed(path, sheet))[1])
        rows = [row[:17] for row in shown(path, sheet)]
        assert any(rows[bottom - 1])
        assert not any(cell for row in rows[bottom:] for cell in row)


def test_what_the_analyst_wrote_there_stays(mine: Path, years: tuple[Position, Position]) -> None:
    charts = _charts(mine)
    said, drawing, _ = charts[_BANDING]
    _change(mine, drawing, (f'descr="{said.split(".")[0]}', 'descr="My own words'))
    _, _, chart = charts[_CARE_HOMES]
    before = parts(mine)[chart].decode()
    first = re.search(r"\$([A-Z]+)\$[0-9]+:\$AG", before)
    assert first is not None
    mine_from = "AB"
    _change(mine, chart, *[(f"${first[1]}$", f"${mine_from}$")] * before.count(f"${first[1]}$"))
    _change(mine, "docProps/core.xml", ("report, October 2025", "draft for October 2025"))
    _change(mine, "xl/worksheets/sheet3.xml", ("10 2025-10, load", "10 As agreed on: 2025-10, load"))
    _change(mine, "xl/workbook.xml", (_printed(mine, "Exceptions"), "Exceptions!$A$1:$M$20"))
    theirs = [row[13] for row in shown(mine, "Exceptions")[10:20]]
    line = 'INDEX(tblTexts[Text],MATCH("LesLine_BandingLastMonth",tblTexts[Name],0))&amp;""'
    _change(mine, "xl/worksheets/sheet5.xml", (f'IFERROR({line},"")', '"As in the paper"'))
    # A chart of that name and text that shows other cells is not the product's any more.
    text, _, other = charts[_DEMENTIA]
    _change(mine, other, *[("Dementia!", "Lists!")] * parts(mine)[other].count(b"Dementia!"))
    who = _properties(mine)["lastModifiedBy"]
    _change(mine, "docProps/core.xml", (f"<cp:lastModifiedBy>{who}", "<cp:lastModifiedBy>Jo Khan"))
    told = parts(mine)
    _refresh(mine, years[1])
    assert _charts(mine)[_DEMENTIA][0] == text
    assert parts(mine)[other] == told[other]
    assert _properties(mine)["modified"] == "2025-11-20T09:00:00Z"
    assert _properties(mine)["description"].startswith("Edition 2026-04")
    assert _charts(mine)[_BANDING][0] == said.replace(said.split(".")[0], "My own words")
    assert _columns(mine, _CARE_HOMES) == {f"{mine_from}:AG"}
    assert _properties(mine)["title"].endswith("draft for October 2025")
    assert "As agreed on: 2025-10, load 15" in _footers(mine)[2]
    # What they print ends with the last of their ten exceptions that is still there, as Excel would have it.
    area = re.fullmatch(r"Exceptions!\$A\$1:\$M\$([0-9]+)", _printed(mine, "Exceptions"))
    assert area is not None
    keys = [row[13] for row in shown(mine, "Exceptions")]
    assert [key for key in keys if key in theirs][-1] == keys[int(area[1]) - 1]
    formula = values(mine, "LTC banding", "A7:A7", formulas=True)
    assert formula == [['="As in the paper"']]
    assert parts(mine)["xl/styles.xml"] == told["xl/styles.xml"]


def test_an_old_footer_alone_is_reason_to_write(mine: Path, years: tuple[Position, Position]) -> None:
    """A footer that an earlier version of the product left behind: the figures are this edition's already."""
    _change(mine, "xl/worksheets/sheet3.xml", ("10 2025-10, load", "10 2025-09, load"))
    before = parts(mine)
    result = _refresh(mine, years[0])
    assert result.written
    assert result.plan.sentences() == ("around the tables: footers (1)",)
    # The footer, and on the Cover when it was refreshed.
    assert changed(before, parts(mine)) == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet3.xml"}
    assert "10 2025-10, load" in _footers(mine)[2]
    assert not _refresh(mine, years[0]).written


def test_it_is_valid_clean_and_accessible(april: Path) -> None:
    for version in VERSIONS:
        assert [str(finding) for finding in validate_ooxml(april, version)] == []
    assert [str(problem) for problem in lint_workbook(april)] == []
    assert barriers(april) == []


_OLD, _NEW = "2025-10, load 12, specs 1a2b3c4d", "2026-04, load 13, specs 00ff00ff"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f'&L&"Arial,Regular"&10 Summary&C&"Arial,Regular"&10 {_OLD}&RPage &P', True),
        (f"&C{_OLD}", True),
        (f'&C&"Arial,Bold"&10&K000000 {_OLD} &R&P', True),
        (f"&LAs agreed&R&8 {_OLD}", True),
        (f"&CDraft {_OLD}", False),
        (f"&C{_OLD} (draft)", False),
        (f"&C{_OLD}0", False),
        (f"{_OLD}", False),
        (f"&LA &&C{_OLD}", False),
        ("&C2025-10, load 12", False),
    ],
)
def test_a_section_that_is_an_edition_is_the_product_s(text: str, after: bool) -> None:
    assert footer(text, _NEW) == (text.replace(_OLD, _NEW) if after else text)


def test_nothing_of_the_frame_needs_the_workbook_to_have_it(
    mine: Path, years: tuple[Position, Position]
) -> None:
    """Without the table of texts nobody can tell whose the texts of charts are, and they stay."""
    part = next(name for name, xml in parts(mine).items() if b'"tblTexts"' in xml and "tables" in name)
    _change(
        mine, part, ('displayName="tblTexts"', 'displayName="tblMine"'), ('name="tblTexts"', 'name="tblMine"')
    )
    before = _charts(mine)
    found = contents(years[1], NOW)
    bare = replace(
        found.frame, properties={}, papers=(replace(found.frame.papers[0], columns=("No", "Such")),)
    )
    refresh_file(mine, found.tables, found.names, answer=found.answer, frame=bare)
    assert _charts(mine) == before
    assert "specs" in _footers(mine)[0]


def test_what_is_flagged_follows_the_specifications(full: Path, position: Position, tmp_path: Path) -> None:
    """The edges of the coloured shares stand in named cells, and what the signs mean is a text looked up."""
    path = Path(shutil.copy2(full, tmp_path / "les master.xlsx"))
    assert _signs(path) == ["▼ under 60% of plan. ▲ over 150% of plan."]
    workspace = position.specs.workspace
    edges = workspace.status.model_copy(update={"well_below": 0.725, "well_above": 2.0})
    specs = replace(position.specs, workspace=workspace.model_copy(update={"status": edges}))
    _refresh(path, replace(position, specs=specs))
    assert _signs(path) == ["▼ under 72.5% of plan. ▲ over 200% of plan."]
    labels = [row[:2] for row in shown(path, "Cover") if str(row[0])[:1] in ("▼", "▲")]
    assert labels == [["▼ means under", 0.725], ["▲ means over", 2.0]]
    rules = _of_sheets(path, lambda root: " ".join(one.text or "" for one in root.iterfind(".//{*}cfRule/*")))
    assert "<LesFlagUnder" in rules[2]
    assert ">LesFlagOver" in rules[2]


def _signs(path: Path) -> list[object]:
    return [row[0] for row in shown(path, "Cost and volume")[:12] if str(row[0]).startswith("▼")]
