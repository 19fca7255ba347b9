"""Whatever the bytes are, a refresh raises what a person can read, or works; it never breaks off."""

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from les_xl.errors import LesError
from les_xl.excel.refresh import refresh_file
from tests.refresh.opened import parts, plan
from tests.workbooks.inject import write_parts
from tests.workbooks.simple import write_simple

HEADERS = ("LES", "Apr-25", "May-25", "Jun-25")
ROWS = (("a", 1, 2, 3), ("b", 4, 5, 6))
GROWN = plan(*ROWS, ("c", 7, 8, 9))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_simple(tmp_path_factory.mktemp("sound") / "les.xlsx", HEADERS, ROWS)


def refused(path: Path) -> str:
    """The first code with which the refresh is refused; the file is as it was."""
    before = path.read_bytes()
    with pytest.raises(LesError) as raised:
        refresh_file(path, [GROWN])
    assert path.read_bytes() == before
    return raised.value.problems[0].code


def outcome(path: Path) -> str:
    """What came of a refresh: the first code, or whether anything was changed."""
    try:
        return "changed" if refresh_file(path, [GROWN]).written else "unchanged"
    except LesError as error:
        return error.problems[0].code


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.7, 0.99])
def test_a_file_that_was_cut_off(sound: Path, tmp_path: Path, share: float) -> None:
    content = sound.read_bytes()
    path = tmp_path / "les.xlsx"
    path.write_bytes(content[: int(len(content) * share)])
    assert refused(path) == "LES421"


@pytest.mark.parametrize("content", [b"hello", b"PK\x03\x04" + bytes(100), b"\x00" * 1000, b"<html></html>"])
def test_a_file_that_is_something_else(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "les.xlsx"
    path.write_bytes(content)
    assert refused(path) == "LES421"


@pytest.mark.parametrize(
    "name",
    [
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "xl/tables/table1.xml",
    ],
)
@pytest.mark.parametrize("how", ["missing", "empty", "cut", "entities", "other", "binary"])
def test_a_part_that_is_damaged(sound: Path, tmp_path: Path, name: str, how: str) -> None:
    held = parts(sound)
    data = held[name]
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    new = {"empty": b"", "cut": data[: len(data) // 2], "entities": bomb, "other": b"<a/>", "binary": b"\xff"}
    if how == "missing":
        del held[name]
    else:
        held[name] = new[how]
    path = tmp_path / "les.xlsx"
    write_parts(path, held)
    before = path.read_bytes()
    # Without its relationships a workbook has no sheets, and so no table to fill: that is only a warning.
    assert outcome(path) in {"LES421", "LES425", "unchanged"}
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/evil", "C:\\evil", "xl/../../evil", "xl\\workbook.xml"]
)
def test_names_that_lead_out_of_the_file(sound: Path, tmp_path: Path, name: str) -> None:
    path = tmp_path / "les.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for part, data in parts(sound).items():
            archive.writestr(part, data)
        information = zipfile.ZipInfo("placeholder")
        information.filename = name
        archive.writestr(information, b"x")
    assert refused(path) == "LES425"


def test_a_part_that_is_there_twice(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "les.xlsx"
    held = parts(sound)
    write_parts(path, held | {"XL/Workbook.xml": held["xl/workbook.xml"]})
    assert refused(path) == "LES425"


def test_a_bomb(sound: Path, tmp_path: Path) -> None:
    path = tmp_path / "les.xlsx"
    write_parts(path, parts(sound) | {"xl/media/huge.bin": bytes(60 << 20)})
    assert path.stat().st_size < 1 << 20
    assert refused(path) == "LES426"


def test_a_part_that_is_larger_than_it_says(sound: Path, tmp_path: Path) -> None:
    held = parts(sound)
    path = tmp_path / "les.xlsx"
    write_parts(path, held)
    content = bytearray(path.read_bytes())
    size = struct.pack("<L", len(held["xl/worksheets/sheet1.xml"]))
    assert size in content
    path.write_bytes(bytes(content).replace(size, struct.pack("<L", 10)))
    assert refused(path) == "LES425"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_may_be_wrong(sound: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(sound.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "les.xlsx"
    path.write_bytes(content)
    if outcome(path).startswith("LES"):
        assert path.read_bytes() == bytes(content)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_of_a_part_may_be_wrong(sound: Path, tmp_path: Path, data: st.DataObject) -> None:
    held = parts(sound)
    name = data.draw(st.sampled_from(sorted(name for name in held if name.endswith((".xml", ".rels")))))
    changed = bytearray(held[name])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(changed) - 1))
        changed[at : at + data.draw(st.integers(0, 5))] = data.draw(st.binary(max_size=5))
    held[name] = bytes(changed)
    path = tmp_path / "les.xlsx"
    write_parts(path, held)
    assert outcome(path) in {"LES421", "LES423", "LES425", "LES431", "LES433", "unchanged", "changed"}


def test_the_zip_is_a_zip_to_others(sound: Path) -> None:
    from les_xl.excel.closed.container import read_members, to_bytes

    members = read_members(sound.read_bytes())
    with zipfile.ZipFile(io.BytesIO(to_bytes(members))) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == parts(sound)
