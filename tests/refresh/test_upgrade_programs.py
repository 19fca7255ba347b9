"""Sheets that come into workbooks that other programs saved, or that hold macros; and faults on the way."""

import re
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from les_xl.errors import LesError
from les_xl.excel.closed import properties
from les_xl.excel.closed.package import CONTENT_TYPES, Package
from les_xl.excel.edition import Contents, contents
from les_xl.excel.given import BEFORE_MEMORY, Given
from les_xl.excel.lint import lint_workbook
from les_xl.excel.master import new_workbook
from les_xl.excel.offer import Offer
from les_xl.excel.refresh import refresh_file
from les_xl.position import Position
from tests.office import recalculated
from tests.refresh.older import NOW, deleted, opened, refreshed, rules, shown, write_older
from tests.refresh.opened import parts
from tests.refresh.test_faults import Faults, KilledError
from tests.validity.validator import validate_ooxml
from tests.workbook.test_small import small_position

NEWER = ("LTC banding", "LTC profile", "Actions and risks")


@pytest.fixture(scope="module")
def position() -> Position:
    return small_position()


@pytest.fixture(scope="module")
def full(position: Position, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("full") / "les.xlsx"
    new_workbook(position, path, now=NOW)
    return path


@pytest.fixture(scope="module")
def older_original(position: Position, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_older(position, tmp_path_factory.mktemp("older") / "les.xlsx", *NEWER)


@pytest.fixture
def older(older_original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy2(older_original, tmp_path))


def _faults(path: Path) -> set[str]:
    found = {f"{one.code} {one.message}" for one in lint_workbook(path, uncached=True)}
    return found | {f"{one.kind} {one.description}" for one in validate_ooxml(path)}


def _looks_as_in(path: Path, full: Path) -> None:
    new, mine = opened(full), opened(path)
    assert mine.sheetnames[-len(NEWER) :] == list(NEWER)
    for name in NEWER:
        assert shown(mine[name]) == shown(new[name])
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


@pytest.mark.parametrize("save", [_by_openpyxl, _prefixed])
def test_a_workbook_that_another_program_saved(
    save: Callable[[Path], None], older: Path, full: Path, position: Position
) -> None:
    save(older)
    before = _faults(older)
    assert refreshed(older, position).plan.sheets == NEWER
    _looks_as_in(older, full)
    assert _faults(older) <= before
    assert not refreshed(older, position).written


@pytest.mark.office
def test_a_workbook_that_libreoffice_saved(
    older: Path, full: Path, position: Position, tmp_path: Path
) -> None:
    path = recalculated(older, tmp_path / "saved")
    before = _faults(path)
    assert refreshed(path, position).plan.sheets == NEWER
    _looks_as_in(path, full)
    assert _faults(path) <= before
    saved = recalculated(path, tmp_path / "again")
    deleted_ = [name for name in opened(saved).sheetnames if name not in opened(full).sheetnames]
    assert deleted_ == []
    assert refreshed(saved, position).plan.sheets == ()


@pytest.mark.office
def test_what_was_deleted_stays_deleted_after_libreoffice_saved_it(
    full: Path, position: Position, tmp_path: Path
) -> None:
    path = recalculated(deleted(Path(shutil.copy2(full, tmp_path)), "Practices"), tmp_path / "saved")
    assert Given.read(_properties(path)) == Given.read(_properties(full))
    assert refreshed(path, position).plan.sheets == ()


def _properties(path: Path) -> dict[str, str]:
    return properties.read(Package(path.read_bytes()))


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
    assert _faults(path) == set()


def _quick(position: Position) -> Contents:
    """The contents with the new workbook drawn beforehand: only the refresh is to be watched."""
    found = contents(position, NOW)
    drawn = found.offer.draw(False)
    return Contents(found.tables, found.names, found.answer, Offer(found.offer.sheets, lambda _: drawn))


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KilledError()])
def test_whatever_call_fails_it_is_the_old_or_the_new(
    error: BaseException, older_original: Path, position: Position, tmp_path: Path
) -> None:
    found = _quick(position)
    before = older_original.read_bytes()
    after = b""
    at, calls = 0, 1
    while at <= calls:
        folder = tmp_path / str(at)
        folder.mkdir()
        path = Path(shutil.copy2(older_original, folder))
        with pytest.MonkeyPatch.context() as patch:
            faults = Faults(patch)
            faults.error, faults.fail_at, faults.calls = error, at or -1, 0
            try:
                refresh_file(path, found.tables, found.names, answer=found.answer, offer=found.offer)
            except (LesError, KilledError):
                assert at > 0
        if at == 0:
            after, calls = path.read_bytes(), faults.calls
            assert after != before
        assert path.read_bytes() in {before, after}
        at += 1
    assert calls > 5


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
