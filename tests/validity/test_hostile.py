"""Corrupt, foreign and hostile files come back as problems: no exception, nothing expanded or fetched."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from les_xl.excel.lint import container, lint_workbook
from tests.validity.parts import Plant, plant, swap
from tests.validity.sound import write_sound

LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;">]>'
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sound(tmp_path_factory.mktemp("sound") / "sound.xlsx")


def _codes(path: Path) -> set[str]:
    return {problem.code for problem in lint_workbook(path)}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no zip package"),
        (b"ods_code,les,value\n", "no zip package"),
        (b"PK\x03\x04 and then nothing", "no zip package"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    ],
)
def test_what_is_no_workbook_is_said_to_be_none(content: bytes, says: str, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    (problem,) = lint_workbook(tmp_path / "x.xlsx")
    assert problem.code == "LES450"
    assert says in problem.message


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    (missing,) = lint_workbook(tmp_path / "nowhere.xlsx")
    assert "no such file" in missing.message
    (folder,) = lint_workbook(tmp_path)
    assert "folder" in folder.message


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr("readme.txt", "hello")
        archive.mkdir("folder")
    assert _codes(tmp_path / "x.xlsx") == {"LES450", "LES452", "LES458"}


def test_what_unpacks_to_too_much_is_not_unpacked(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    big = plant(sound, tmp_path / "big.xlsx", Plant(added={"xl/media/image9.png": bytes(3_000_000)}))
    assert big.stat().st_size < 100_000
    monkeypatch.setattr(container, "MOST_BYTES", 2 * 1024 * 1024)
    monkeypatch.setattr(zipfile.ZipFile, "read", _must_not_be_called)
    (problem,) = lint_workbook(big)
    assert (problem.code, "unpacks to 2 MB" in problem.message) == ("LES451", True)


def test_too_many_parts(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_PARTS", 10)
    assert _codes(sound) == {"LES451"}


def _must_not_be_called(*_: object) -> bytes:
    raise AssertionError("the archive was unpacked all the same")


def test_entities_are_neither_expanded_nor_fetched(sound: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("patient list", encoding="utf-8")
    outside = f'<!DOCTYPE a [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    for doctype in (LAUGHS, outside):
        edits = {
            "xl/sharedStrings.xml": swap("<sst", f"{doctype}<sst"),
            "xl/workbook.xml": swap("Cover", "&e;"),
        }
        edits["xl/workbook.xml"] = swap("<workbook", f"{doctype}<workbook")
        problems = lint_workbook(plant(sound, tmp_path / "x.xlsx", Plant(edits)))
        assert {"LES452", "LES450"} <= {problem.code for problem in problems}
        assert not any("patient list" in str(problem) or "hahaha" in str(problem) for problem in problems)


def test_a_part_packed_in_an_unknown_way_or_with_a_password(sound: Path, tmp_path: Path) -> None:
    content = sound.read_bytes()
    place = content.rfind(b"PK\x01\x02")
    for offset, value in ((10, b"\x63"), (8, b"\x01")):
        changed = bytearray(content)
        changed[place + offset : place + offset + 1] = value
        (tmp_path / "x.xlsx").write_bytes(changed)
        assert "LES452" in _codes(tmp_path / "x.xlsx")


def test_numbers_and_addresses_that_are_none(sound: Path, tmp_path: Path) -> None:
    sheet = swap('<row r="9"', '<row r="nine"')
    edits = {
        "xl/worksheets/sheet1.xml": sheet,
        "xl/worksheets/sheet2.xml": swap('<c r="D5" s="2">', '<c r="" s="two">'),
        "xl/tables/table1.xml": swap('totalsRowCount="1"', 'totalsRowCount="-9999999999999999999"'),
        "xl/workbook.xml": swap('localSheetId="1"', 'localSheetId="²"'),
    }
    assert {"LES460", "LES482"} <= _codes(plant(sound, tmp_path / "x.xlsx", Plant(edits)))


def test_half_a_character_can_still_be_printed(sound: Path, tmp_path: Path) -> None:
    fault = Plant({"xl/tables/table2.xml": swap('name="Month"', 'name="Mon_xD800_th"')})
    (problem,) = lint_workbook(plant(sound, tmp_path / "x.xlsx", fault))
    assert "Mon\ufffdth" in str(problem).encode("utf-8").decode("utf-8")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_change_of_any_part_ends_in_problems_never_in_an_exception(
    sound: Path, data: st.DataObject
) -> None:
    with zipfile.ZipFile(sound) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from([name for name in parts if not name.endswith(".png")]))
    start = data.draw(st.integers(0, len(parts[name])))
    length = data.draw(st.integers(0, 40))
    insert = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"", b'"', b"999999999999", b"-1", b"<c/>"]))
    )
    parts[name] = parts[name][:start] + insert + parts[name][start + length :]
    _lint_parts(sound.parent, parts)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 20_000), st.binary(max_size=4))
def test_any_damage_of_the_file_ends_in_problems(sound: Path, place: int, damage: bytes) -> None:
    content = bytearray(sound.read_bytes())
    content[place : place + len(damage)] = damage
    damaged = sound.parent / "damaged.xlsx"
    damaged.write_bytes(content[: len(content) - (place % 7)])
    assert isinstance(lint_workbook(damaged), tuple)


def _lint_parts(folder: Path, parts: dict[str, bytes]) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    path = folder / "changed.xlsx"
    path.write_bytes(stream.getvalue())
    assert isinstance(lint_workbook(path), tuple)
