"""Sheets that come into workbooks that other programs saved, or that hold macros; and faults on the way."""

import re
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from les_xl.errors import LesError
from les_xl.excel.closed import properties
from les_xl.excel.closed.package import CONTENT_TYPES, Package
from les_xl.excel.given import BEFORE_MEMORY, Given
from les_xl.excel.offer import Offer, Offered
from les_xl.excel.refresh import refresh_file
from les_xl.position import Position
from tests.office import recalculated
from tests.refresh.older import NEWER, deleted, faults, opened, refreshed, rules, seen
from tests.refresh.opened import parts
from tests.refresh.test_faults import Faults, KilledError
from tests.workbooks.inject import write_parts
from tests.workbooks.simple import write_simple


def _looks_as_in(path: Path, full: Path) -> None:
    new, mine = opened(full), opened(path)
    assert mine.sheetnames[-len(NEWER) :] == list(NEWER)
    for name in NEWER:
        assert seen(mine[name]) == seen(new[name])
        assert rules(mine[name]) == rules(new[name])


def _by_openpyxl(path: Path) -> None:
    book = opened(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.save(path)


def _prefixed(path: Path) -> None:
    """As programs write it that give every namespace a prefix."""
    package = Package(path.read_bytes())
    names = (CONTENT_TYPES, "_rels/.rels", "xl/_rels/workbook.xml.rels", "xl/workbook.xml", "xl/styles.xml")
    for name in (*names, "docProps/custom.xml"):
        xml = re.sub(rb"<(/?)(?=[A-Za-z]+[ />])", rb"<\1q:", package.xml(name))
        package.put(
            name,
            xml.replace(b" xmlns=", b" xmlns:q=")
            .replace(b"xmlns:r=", b"xmlns:rel=")
            .replace(b" r:id=", b" rel:id="),
        )
    path.write_bytes(package.to_bytes())


def _typed_one_by_one(path: Path) -> None:
    """As older LibreOffice writes it: a type for each part, and none for an ending."""
    package = Package(path.read_bytes())
    types = re.sub(rb"<Default [^>]*/>", b"", package.xml(CONTENT_TYPES))
    each = (
        f'<Override PartName="/{name}" ContentType="{package.content_type(name)}"/>'
        for name in package.parts()
        if f'"/{name}"'.encode() not in types and name != CONTENT_TYPES
    )
    package.put(CONTENT_TYPES, types.replace(b"</Types>", "".join(each).encode() + b"</Types>"))
    path.write_bytes(package.to_bytes())


@pytest.mark.parametrize("save", [_by_openpyxl, _prefixed, _typed_one_by_one])
def test_a_workbook_that_another_program_saved(
    save: Callable[[Path], None], older: Path, full: Path, position: Position
) -> None:
    save(older)
    before = faults(older)
    assert refreshed(older, position).plan.sheets == NEWER
    _looks_as_in(older, full)
    assert faults(older) <= before
    assert not refreshed(older, position).written


@pytest.mark.office
def test_a_workbook_that_libreoffice_saved(
    older: Path, full: Path, position: Position, tmp_path: Path
) -> None:
    path = recalculated(deleted(older, "Resolved"), tmp_path / "saved")
    remembered = [Given.read(properties.read(Package(one.read_bytes()))) for one in (older, path)]
    assert remembered[0] == remembered[1] != Given(None)
    before = faults(path)
    assert refreshed(path, position).plan.sheets == NEWER
    _looks_as_in(path, full)
    assert faults(path) <= before


def test_macros_stay(older: Path, position: Position) -> None:
    project = bytes(range(256)) * 40
    package = Package(older.read_bytes())
    package.add("xl/vbaProject.bin", project, "application/vnd.ms-office.vbaProject")
    kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
    package.relate(package.workbook, kind, "xl/vbaProject.bin")
    types = package.xml(CONTENT_TYPES).replace(
        b"officedocument.spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml"
    ).replace(b"vnd.openxmlformats-ms-excel", b"vnd.ms-excel")  # fmt: skip
    package.put(CONTENT_TYPES, types)
    path = older.with_suffix(".xlsm")
    path.write_bytes(package.to_bytes())
    assert refreshed(path, position).plan.sheets == NEWER
    assert parts(path)["xl/vbaProject.bin"] == project
    assert b"macroEnabled.main+xml" in parts(path)[CONTENT_TYPES]
    assert faults(path) == set()


def _offer(folder: Path) -> Offer:
    """A sheet with a table and a chart, drawn beforehand: only the refresh is to be watched."""
    drawn = write_simple(
        folder / "new.xlsx", ("LES", "Since"), [("a", 1)], name="tblSignup", sheet="Sign-up"
    ).read_bytes()
    return Offer((Offered("Sign-up", "Who is signed up", ("tblSignup",)),), lambda _: drawn)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KilledError()])
def test_whatever_call_fails_it_is_the_old_or_the_new(error: BaseException, tmp_path: Path) -> None:
    offer = _offer(tmp_path)
    original = write_simple(tmp_path / "les.xlsx", ("LES", "Plan"), [("a", 1)])
    before, after = original.read_bytes(), b""
    at, calls = 0, 1
    while at <= calls:
        folder = tmp_path / str(at)
        folder.mkdir()
        path = Path(shutil.copy2(original, folder))
        with pytest.MonkeyPatch.context() as patch:
            failing = Faults(patch)
            failing.error, failing.fail_at, failing.calls = error, at or -1, 0
            try:
                refresh_file(path, [], offer=offer)
            except (LesError, KilledError):
                assert at > 0
        if at == 0:
            after, calls = path.read_bytes(), failing.calls
            assert opened(path).sheetnames == ["Plan", "Sign-up"]
        assert path.read_bytes() in {before, after}
        at += 1
    assert calls > 5


def test_a_sheet_that_was_deleted_stays_so_when_it_has_a_new_table_by_now(tmp_path: Path) -> None:
    path = write_simple(tmp_path / "les.xlsx", ("LES", "Plan"), [("a", 1)])
    offer = Offer((Offered("Notes", "In words", ("tblNotes", "tblSignup")),), _offer(tmp_path).draw)
    assert not refresh_file(path, [], offer=offer).written


def _codes(path: Path, offer: Offer) -> set[str]:
    """With what a refresh is refused; nothing where it is not."""
    try:
        refresh_file(path, [], offer=offer)
    except LesError as error:
        return {problem.code for problem in error.problems}
    return set()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_of_a_part_may_be_wrong(tmp_path: Path, data: st.DataObject) -> None:
    offer, path = _offer(tmp_path), write_simple(tmp_path / "les.xlsx", ("LES", "Plan"), [("a", 1)])
    held = parts(path)
    name = data.draw(st.sampled_from(sorted(name for name in held if "theme" not in name)))
    changed = bytearray(held[name])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    write_parts(path, {**held, name: bytes(changed)})
    assert _codes(path, offer) <= {"LES421", "LES423", "LES425"}


NAMES = st.text(
    st.characters(codec="ascii", exclude_characters=";", categories=("L", "N")), min_size=1, max_size=60
)


@given(names=st.frozensets(NAMES, max_size=60))
def test_a_workbook_remembers_what_it_was_given(names: frozenset[str]) -> None:
    kept = Given(names).properties()
    assert all(len(text) <= 255 for text in kept.values())
    assert Given.read({**kept, "Author": "A", "LesGivenAway": "tblNot"}).names == (names or None)


def test_memory_of_what_was_written_before_there_was_one() -> None:
    given_ = Given.read({})
    assert given_.holds("tblSummary")
    assert given_.holds("tblLes_whatever")
    assert not given_.holds("tblSignup")
    assert given_.with_more(["tblSignup"]).names == BEFORE_MEMORY | {"tblSignup"}
