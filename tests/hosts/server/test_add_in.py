"""What Excel reads once: the manifest, judged by Microsoft's converter, and the functions' metadata."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree

import les_xl
from les_xl.functions.registry import functions
from les_xl.hosts.serving.manifest import BUTTONS, manifest
from les_xl.hosts.serving.metadata import functions_json
from les_xl.hosts.serving.settings import Settings
from tests.hosts.server.serving import Served

CHECKS = Path(__file__).resolve().parents[2] / "manifest" / "node_modules"
SCHEMAS = CHECKS / "@microsoft" / "app-manifest" / "build" / "json-schemas" / "teams"
STATIC = Path(les_xl.__file__).parent / "hosts" / "serving" / "static"
CLIENT = "11111111-2222-3333-4444-555555555555"
BT = "{http://schemas.microsoft.com/office/officeappbasictypes/1.0}"
_ANY_LENGTH, _SHORT, _LONG, _RESOURCE = 2048, 125, 250, 32
"""Characters that Microsoft's documentation allows a URL, a short and a long string, and a resource's id."""


class _Nobody:
    kind = "entra"

    def accepts(self, token: str) -> bool:
        """No one."""
        return not token


def written(client: str | None = CLIENT, address: str = "https://les.example") -> str:
    """The manifest of a server at an address."""
    return manifest(Settings(Path(), address, _Nobody(), client))


def converted(text: str, folder: Path) -> dict[str, Any]:
    """What Microsoft's converter makes of a manifest, checked against the schema that it names."""
    node = shutil.which("node")
    program = CHECKS / "office-addin-manifest-converter" / "cli.js"
    if node is None or not program.is_file():
        pytest.fail("Microsoft's manifest converter is not installed; `make test` installs it", pytrace=False)
    (folder / "manifest.xml").write_text(text, encoding="utf-8")
    command = [node, str(program), "convert", "manifest.xml", "--output", "json"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    made = folder / "json" / "manifest.json"
    assert made.is_file(), run.stdout + run.stderr
    found = json.loads(made.read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    version = re.search(r"teams/(v[\d.]+)/", found["$schema"])
    assert version is not None
    schema = json.loads((SCHEMAS / version[1] / "MicrosoftTeams.schema.json").read_text(encoding="utf-8"))
    judge = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in judge.iter_errors(found)] == []
    return found


@pytest.mark.office
def test_microsofts_converter_and_schema_take_the_manifest(tmp_path: Path) -> None:
    found = converted(written(), tmp_path)
    assert found["webApplicationInfo"] == {"id": CLIENT, "resource": f"api://les.example/{CLIENT}"}
    (extension,) = found["extensions"]
    assert extension["requirements"]["capabilities"] == [{"name": "SharedRuntime", "minVersion": "1.1"}]
    (tab,) = extension["ribbons"][0]["tabs"]
    (group,) = tab["groups"]
    assert tab["label"] == "LES"
    labels = [control["label"] for control in group["controls"]]
    assert labels == ["Refresh", "Check", "Insert function", "LES pane"]
    pages = {runtime["code"]["page"] for runtime in extension["runtimes"]}
    assert pages == {"https://les.example/excel/pane/pane.html"}
    actions = {action["id"] for runtime in extension["runtimes"] for action in runtime.get("actions", ())}
    assert actions >= {button.action for button in BUTTONS if button.action}


@pytest.mark.office
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('xsi:type="ExecuteFunction"', 'xsi:type="RunFunction"'),
        ("ReadWriteDocument", "ReadWriteAll"),
        ('Host Name="Workbook"', 'Host Name="Sheet"'),
        ('<FunctionFile resid="Pane.Url" />', ""),
    ],
)
def test_microsofts_converter_sees_what_is_wrong(tmp_path: Path, right: str, wrong: str) -> None:
    """The check itself can fail."""
    assert right in written()
    with pytest.raises(AssertionError):
        converted(written().replace(right, wrong), tmp_path)


@pytest.mark.parametrize("client", [None, CLIENT])
def test_what_the_manifest_names_is_there(client: str | None) -> None:
    root = etree.fromstring(written(client).encode())
    resources = {
        each.get("id"): each.get("DefaultValue", "") for each in root.iter(f"{BT}*") if each.get("id")
    }
    named = {each.get("resid") for each in root.iter() if each.get("resid")}
    assert named == set(resources)
    assert max(len(str(name)) for name in resources) <= _RESOURCE
    for kind, most in (("Url", _ANY_LENGTH), ("Image", _ANY_LENGTH)):
        texts = [each.get("DefaultValue", "") for each in root.iter(f"{BT}{kind}") if each.get("id")]
        assert all(text.startswith("https://les.example/excel/") and len(text) <= most for text in texts)
    for parent, most in (("ShortStrings", _SHORT), ("LongStrings", _LONG)):
        (strings,) = root.iter(f"{BT}{parent}")
        assert all(0 < len(each.get("DefaultValue", "")) <= most for each in strings)
    assert (root.find(".//{*}WebApplicationInfo") is not None) == (client is not None)
    assert root.find(".//{*}Namespace") is None


def test_every_address_of_the_manifest_answers(served: Served) -> None:
    text = served.send("GET", "/excel/manifest.xml", token=None).body.decode()
    addresses = set(re.findall(rf'"{re.escape(served.address)}(/[^"]*)"', text))
    assert len(addresses) > 15
    for path in addresses:
        reply = served.send("GET", path, token=None)
        assert reply.status == 200, path
        if path.endswith(".png"):
            size = re.search(r"-(\d+)\.png", path)
            assert size is not None
            width, height = (int.from_bytes(reply.body[at : at + 4], "big") for at in (16, 20))
            assert (width, height) == (int(size[1]), int(size[1]))


def test_two_servers_are_two_add_ins_and_one_is_always_the_same() -> None:
    ids = [
        re.findall("<Id>(.+?)</Id>", written(None, address))[0] for address in ("https://a.b", "https://a.c")
    ]
    assert ids[0] != ids[1]
    assert ids[0] in written(None, "https://a.b")


def test_the_metadata_is_what_microsofts_documentation_asks_for(served: Served) -> None:
    found = json.loads(served.send("GET", "/excel/functions.json", token=None).body)
    assert found["allowErrorForDataTypeAny"] is True
    for each in found["functions"]:
        assert set(each) <= {"id", "name", "description", "result", "parameters", "options", "helpUrl"}
        assert re.fullmatch(r"[A-Za-z0-9.]+", each["id"])
        assert re.fullmatch(r"LES_[A-Z0-9_]+", each["name"])
        assert each["result"]["dimensionality"] in {"scalar", "matrix"}
        optional = [one["optional"] for one in each["parameters"]]
        assert optional == sorted(optional), f"{each['name']}: what may be left out comes last"
        for one in each["parameters"]:
            assert (one["type"], one["dimensionality"]) == ("any", "matrix")
            assert one["description"]


def test_every_function_is_described_and_registered() -> None:
    described = functions_json()["functions"]
    assert isinstance(described, list)
    assert [each["name"] for each in described] == [each.name for each in functions()]
    assert len({each["id"] for each in described}) == len(described)


def test_the_help_page_names_every_function_and_mark(served: Served) -> None:
    page = served.send("GET", "/excel/pane/help.html", token=None).body.decode()
    for each in functions():
        assert f'id="{each.name}"' in page
    assert all(f"<code>{mark}</code>" in page for mark in ("[x]", "[z]", "[c]"))
    assert served.send("GET", "/", token=None).headers["location"] == "/excel/pane/help.html"


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.name)
def test_no_script_makes_code_or_markup_of_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function", text)
