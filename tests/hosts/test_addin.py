"""The built files are valid for every judge there is, their VBA is what was meant, their buttons work."""

import re
import tomllib
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from pyopenvba import ExcelFile
from pyopenvba.interpreter import NOTHING, parse_module

from les_xl.errors import LesError
from les_xl.excel.lint import lint_workbook
from les_xl.functions.registry import Function, functions
from les_xl.hosts import desktop
from les_xl.hosts.addin import LIBRARIES, MACROS, MODULE, XLWINGS
from les_xl.hosts.addin import build as building
from les_xl.hosts.addin import wrappers as written
from les_xl.hosts.addin.module import LONGEST, book_module_text, module_text
from les_xl.hosts.addin.package import ADDIN, Stated, package, stated
from les_xl.hosts.addin.project import check_xlwings, project, seed_path
from les_xl.hosts.addin.ribbon import BUTTONS, Button
from tests.hosts.com_server import UDFS, Excel
from tests.hosts.vba import Book, Control, Vba
from tests.validity.parts import Plant, plant, swap
from tests.validity.validator import VERSIONS, validate_ooxml

ROOT = Path(__file__).resolve().parents[2]
FILES = ("les.xlam", "les.xlsm")
RIBBON = "{http://schemas.microsoft.com/office/2009/07/customui}"


def _modules(path: Path) -> dict[str, str]:
    """The VBA of a file as olevba reads it, which shares no code with what wrote it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of pyparsing, whose old names it calls when it is imported
        from oletools.olevba import VBA_Parser
    reader = VBA_Parser(str(path))
    try:
        return {name: code.replace("\r\n", "\n") for _, _, name, code in reader.extract_all_macros()}
    finally:
        reader.close()


@pytest.mark.parametrize("file", FILES)
def test_the_files_are_sound(file: str, built: Path) -> None:
    for version in VERSIONS if file == "les.xlam" else VERSIONS[-1:]:  # they differ in a type and a text
        assert validate_ooxml(built / file, version) == []
    assert lint_workbook(built / file) == ()
    with ExcelFile(built / file) as opened:
        assert opened.validate() == []
        assert opened.module_names() == ["ThisWorkbook", "Sheet2", MODULE]


def test_the_validator_judges_the_ribbon_too(built: Path, tmp_path: Path) -> None:
    fault = Plant({"customUI/customUI.xml": swap('size="large"', 'size="huge"')})
    (finding, *_) = validate_ooxml(plant(built / "les.xlam", tmp_path / "planted.xlam", fault))
    assert finding.part == "/customUI/customUI.xml"


@pytest.mark.parametrize("file", FILES)
def test_the_vba_in_the_file_is_what_was_meant(file: str, built: Path) -> None:
    found = _modules(built / file)
    licence = found[f"{MODULE}.bas"].split("its generator:\n'\n")[1].split("\n#Const")[0]
    meant = module_text(licence)
    assert found[f"{MODULE}.bas"].rstrip() == meant.rstrip()
    assert found["ThisWorkbook.cls"].endswith(f"VB_Customizable = True\n{book_module_text()}")
    assert "Copyright (C) 2014-present, Zoomer Analytics LLC." in licence
    assert "NO EVENT SHALL THE COPYRIGHT HOLDER" in licence


def test_the_same_input_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    for path in building.build(tmp_path / "again"):
        assert path.read_bytes() == (built / path.name).read_bytes()
    with zipfile.ZipFile(built / "les.xlam") as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_nothing_of_who_made_the_seed_or_the_file_is_left(built: Path) -> None:
    for name in FILES:
        with zipfile.ZipFile(built / name) as file:
            for part in file.namelist():
                content = file.read(part).lower()
                assert b"felix" not in content, part
                assert str(ROOT).lower().encode() not in content, part


def test_the_version_of_xlwings_is_the_pinned_one(built: Path) -> None:
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert f"xlwings=={XLWINGS}" in pinned
    named = set(re.findall(r"xlwings[0-9]{2}-[0-9.]+\.dll", _modules(built / "les.xlam")[f"{MODULE}.bas"]))
    assert named == set(LIBRARIES)


def test_only_the_functions_can_be_called_from_a_cell(built: Path) -> None:
    with ExcelFile(built / "les.xlam") as file:
        module = parse_module(file.get_module(MODULE), name=MODULE)
    callable_from_cells = {
        procedure.name
        for procedure in module.procedures
        if procedure.kind == "function" and procedure.scope.lower() != "private"
    }
    assert callable_from_cells == {function.name for function in functions()}
    # And no procedure that others can call takes a text, which could be a command.
    for procedure in module.procedures:
        if procedure.kind == "sub" and procedure.scope.lower() != "private":
            assert all(each.name == "control" for each in procedure.params), procedure.name


@pytest.mark.parametrize("function", functions(), ids=lambda each: each.name)
def test_excel_takes_the_descriptions(function: Function) -> None:
    texts = [function.summary, desktop.CATEGORY, *(each.help for each in function.parameters)]
    assert all(0 < len(text) <= LONGEST for text in texts)
    assert all(text.encode("cp1252").decode("cp1252") == text for text in texts)


@pytest.fixture
def vba(built: Path) -> Iterator[Vba]:
    desktop.declare(UDFS)
    with Excel() as server:
        yield Vba(built / "les.xlam", server)


@pytest.mark.parametrize("addin", [True, False])
def test_every_function_is_described_to_excel(addin: bool, vba: Vba) -> None:
    vba.cell.book = vba.known["thisworkbook"] = book = Book(addin=addin)
    vba.interpreter.run("LesDescribe", [])
    assert [each.macro for each in vba.cell.described] == [f"'les.xlam'!{f.name}" for f in functions()]
    for described, function in zip(vba.cell.described, functions(), strict=True):
        assert described.description == function.summary
        assert described.category == "LES"
        assert described.arguments == tuple(each.help for each in function.parameters)
        # Excel refuses to describe a function of an add-in, because its workbook is hidden.
        assert described.hidden is False
    assert book.states == ([True, False, True] if addin else [False])
    assert vba.cell.screen == ([False, True] if addin else [])
    assert book.saved


@pytest.mark.parametrize("button", BUTTONS, ids=lambda each: each.macro)
def test_a_button_runs_its_macro_for_the_active_workbook(button: Button, vba: Vba) -> None:
    vba.known["activeworkbook"] = book = Book()
    vba.interpreter.run(f"Ribbon{button.callback}", [Control()])
    assert vba.python.executed == [f"import les_xl.hosts.macros; les_xl.hosts.macros.{button.macro}()"]
    assert vba.python.caller is book
    assert vba.interpreter.dialogs == []


@pytest.mark.parametrize("button", BUTTONS, ids=lambda each: each.macro)
def test_a_button_without_a_workbook(button: Button, vba: Vba) -> None:
    vba.known["activeworkbook"] = NOTHING
    vba.interpreter.run(f"Ribbon{button.callback}", [Control()])
    if button.macro in {"refresh", "check", "insert_function"}:
        assert vba.python.executed == []
        assert [text for _, text, *_ in vba.interpreter.dialogs] == ["Open a workbook first."]
    else:
        assert len(vba.python.executed) == 1


def test_a_button_says_what_keeps_python_from_starting(vba: Vba) -> None:
    vba.known["activeworkbook"] = Book()
    vba.machine.files.clear()
    vba.interpreter.run("LesRefresh", [])
    ((_, text, *_),) = vba.interpreter.dialogs
    assert text.startswith("LES-XL is not set up for this user.")


def test_the_buttons_are_the_macros_and_complete(built: Path) -> None:
    with zipfile.ZipFile(built / "les.xlam") as file:
        root = etree.fromstring(file.read("customUI/customUI.xml"))
    buttons = list(root.iter(f"{RIBBON}button"))
    assert [button.get("onAction") for button in buttons] == [
        f"{MODULE}.RibbonLes{''.join(word.title() for word in macro.split('_'))}" for macro in MACROS
    ]
    for attribute in ("label", "imageMso", "screentip", "supertip", "keytip"):
        assert all(button.get(attribute) for button in buttons)
    assert len({button.get("keytip") for button in buttons}) == len(buttons)
    assert [tab.get("label") for tab in root.iter(f"{RIBBON}tab")] == ["LES"]
    assert max(len(button.get("supertip", "")) for button in buttons) <= 1024


def test_a_file_says_of_which_version_it_is(built: Path, tmp_path: Path) -> None:
    found = stated(built / "les.xlam")
    assert found is not None
    assert found == Stated(found.version, XLWINGS)
    assert stated(seed_path()) is None
    assert stated(tmp_path / "none.xlam") is None
    (tmp_path / "text.xlam").write_bytes(b"no zip")
    assert stated(tmp_path / "text.xlam") is None


def test_another_xlwings_is_refused() -> None:
    with pytest.raises(LesError, match=r"LES624 xlwings 0\.36\.1 is installed"):
        check_xlwings("0.36.1")


def test_a_changed_seed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = tmp_path / "quickstart_addin_ribbon.xlam"
    with ExcelFile(seed_path()) as file:
        theirs = file.get_module("xlwings")
        file.set_module("xlwings", theirs.replace('"0.37.8"', '"0.37.9"'))
        file.save(changed)
    with pytest.raises(LesError, match=r"LES625 .*its module xlwings"):
        project(changed)
    with ExcelFile(seed_path()) as file:
        file.vba_project().delete_module("Dictionary")
        file.save(changed)
    with pytest.raises(LesError, match=r"LES625 .*its modules"):
        project(changed)
    changed.write_bytes(b"no zip")
    with pytest.raises(LesError, match="LES625"):
        project(changed)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(LesError, match=r"LES624 xlwings \(none\)"):
        seed_path()


def test_a_seed_without_a_part_is_refused(built: Path, tmp_path: Path) -> None:
    lacking = tmp_path / "lacking.xlam"
    with zipfile.ZipFile(seed_path()) as theirs, zipfile.ZipFile(lacking, "w") as file:
        for name in theirs.namelist():
            if name != "customUI/customUI.xml":
                file.writestr(name, theirs.read(name))
    with pytest.raises(LesError, match=r"LES625 .*customUI"):
        package(ADDIN, lacking, b"")
    with zipfile.ZipFile(built / "les.xlsm") as ours, zipfile.ZipFile(lacking, "w") as file:
        for name in ours.namelist():
            file.writestr(name, ours.read(name))
    with pytest.raises(LesError, match=r"LES625 .*types"):
        package(ADDIN, lacking, b"")


def test_a_generator_that_writes_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(written, "_CALL", re.compile("(nothing) (like) (it)"))
    with pytest.raises(LesError, match="LES625"):
        written.wrappers()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("a file of that name", encoding="utf-8")
    with pytest.raises(LesError, match=r"LES630 .*les.xlam cannot be written"):
        building.build(tmp_path / "dist")


def test_building_leaves_no_pretended_pywin32(built: Path) -> None:
    import sys

    assert built.is_dir()
    assert not {"pythoncom", "pywintypes", "win32com", "xlwings.udfs"} & sys.modules.keys()
