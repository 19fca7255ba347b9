"""What is in les.oxt: every function with its help, types, code that an old Python can read, no surprises."""

import ast
import json
import re
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from les_xl.cli import main
from les_xl.errors import LesError
from les_xl.functions.registry import Function, functions
from les_xl.hosts.calc_addin import build_oxt

OOR = "{http://openoffice.org/2001/registry}"
MANIFEST = "{http://openoffice.org/2001/manifest}"


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The parts of an add-in, by name."""
    folder = tmp_path_factory.mktemp("LES & co")
    path = build_oxt(folder / "dist" / "les.oxt", folder, "/opt/les/bin/python")
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _node(root: etree._Element, *names: str) -> etree._Element:
    for name in names:
        (root,) = (each for each in root.findall("node") if each.get(f"{OOR}name") == name)
    return root


def _said(node: etree._Element, name: str) -> str:
    (found,) = (each for each in node.findall("prop") if each.get(f"{OOR}name") == name)
    return "".join(map(str, found.itertext()))


def test_every_part_is_declared_and_there(parts: dict[str, bytes]) -> None:
    manifest = etree.fromstring(parts["META-INF/manifest.xml"])
    declared = {each.get(f"{MANIFEST}full-path") for each in manifest}
    assert declared == {name for name in parts if name.endswith((".xcu", ".idl")) or name == "les_calc.py"}
    assert set(parts) - declared == {
        "META-INF/manifest.xml",
        "description.xml",
        "settings.json",
        "pythonpath/les_calc_client.py",
    }


@pytest.mark.parametrize("function", functions(), ids=lambda each: each.name)
def test_the_function_wizard_has_every_function(function: Function, parts: dict[str, bytes]) -> None:
    root = etree.fromstring(parts["CalcAddIns.xcu"])
    described = _node(root, "AddInInfo", "LESXL", "AddInFunctions", function.name)
    assert _said(described, "DisplayName") == _said(described, "CompatibilityName") == function.name
    assert function.summary in _said(described, "Description")
    assert function.example in _said(described, "Description")
    arguments = list(_node(described, "Parameters"))
    assert [_said(one, "DisplayName") for one in arguments] == [one.name for one in function.parameters]
    assert [_said(one, "Description") for one in arguments] == [one.help for one in function.parameters]


def test_every_function_has_a_type(parts: dict[str, bytes]) -> None:
    types = parts["LesFunctions.idl"].decode("ascii")
    methods = {name: given.count("[in]") for name, given in re.findall(r"(LES_\w+)\((.*)\);", types)}
    # One more than Calc shows: the document.
    assert methods == {each.name: len(each.parameters) + 1 for each in functions()}


def test_the_settings_say_whom_to_start(parts: dict[str, bytes]) -> None:
    settings = json.loads(parts["settings.json"])
    assert settings["python"].endswith("python")
    assert Path(settings["workspace"]).name.startswith("LES & co")
    assert settings["functions"]["LES_PLAN"] == {"spills": False, "dates": [1]}
    assert settings["functions"]["LES_AS_AT"] == {"spills": False, "dates": []}


@pytest.mark.parametrize("name", ["les_calc.py", "pythonpath/les_calc_client.py"])
def test_an_old_python_can_read_it_and_it_needs_nothing_of_ours(name: str, parts: dict[str, bytes]) -> None:
    tree = ast.parse(parts[name], feature_version=(3, 8))
    imported = {each.name for node in ast.walk(tree) if isinstance(node, ast.Import) for each in node.names}
    imported |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not {each for each in imported if each.split(".")[0] == "les_xl"}


def test_the_same_functions_give_the_same_file(tmp_path: Path) -> None:
    first, second = (build_oxt(tmp_path / name, tmp_path, "python") for name in ("a.oxt", "b.oxt"))
    assert first.read_bytes() == second.read_bytes()


def test_the_command_says_where_the_add_in_is(
    sample_workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "new folder" / "les.oxt"
    assert main(["--workspace", str(sample_workspace), "addin", "build-calc", "--to", str(path)]) == 0
    with zipfile.ZipFile(path) as package:
        settings = json.loads(package.read("settings.json"))
    assert settings["python"] == sys.executable
    assert Path(settings["workspace"]) == sample_workspace.resolve()
    assert str(path) in capsys.readouterr().out.splitlines()[-1]


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "les.oxt").mkdir()
    with pytest.raises(LesError, match=r"LES663 .*les\.oxt cannot be written"):
        build_oxt(tmp_path / "les.oxt", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["les.oxt"]
