"""Installing into a pretended Windows: a folder for APPDATA, xlwings' libraries, a file that is locked."""

from dataclasses import replace
from pathlib import Path

import pytest

import les_xl
from les_xl.cli.app import run
from les_xl.errors import LesError
from les_xl.hosts import places
from les_xl.hosts.addin import LIBRARIES, XLWINGS
from les_xl.hosts.addin.build import read_addin
from les_xl.hosts.addin.install import Machine, addin_path, install, status, uninstall
from les_xl.hosts.addin.package import Stated
from les_xl.hosts.places import find_workspace, read_settings, settings_file


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A user's computer: LES-XL in a virtual environment, Excel never started."""
    scripts = tmp_path / "LES work" / "python" / "Scripts"
    scripts.mkdir(parents=True)
    (scripts / "python.exe").write_bytes(b"")
    for library in LIBRARIES:
        (scripts.parent / library).write_bytes(b"")
    (tmp_path / "AppData Roaming").mkdir()
    return Machine("Windows", tmp_path / "AppData Roaming", scripts / "python.exe", XLWINGS, "cp1252")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace, as far as a host looks at it."""
    (tmp_path / "LES work" / "specs").mkdir(parents=True, exist_ok=True)
    (tmp_path / "LES work" / "specs" / "les.yaml").write_text("spec: les/1\n", encoding="utf-8")
    return tmp_path / "LES work"


@pytest.fixture
def content(built: Path) -> bytes:
    return (built / "les.xlam").read_bytes()


def _everything(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def _older(content: bytes, path: Path) -> None:
    import io
    import zipfile

    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(content)) as now, zipfile.ZipFile(path, "w") as before:
        for name in now.namelist():
            part = now.read(name).replace(f">{les_xl.__version__}<".encode(), b">0.0.9<")
            before.writestr(name, part.replace(f"xlwings {XLWINGS}".encode(), b"xlwings 0.30.1"))


def test_installed_status_and_gone_again(machine: Machine, root: Path, content: bytes) -> None:
    done = install(machine, root, content)
    appdata = machine.folder()
    assert _everything(appdata) == ["LES-XL/les-xl.conf", "Microsoft/Excel/XLSTART/les.xlam"]
    assert done.addin.read_bytes() == content
    assert done.replaced is None
    # As VBA's Input # reads it: two values in quotation marks a line, CRLF.
    assert done.settings.read_bytes().decode("cp1252") == (
        f'"INTERPRETER_WIN","{machine.interpreter}"\r\n"WORKSPACE","{root}"\r\n'
    )
    found = status(machine)
    assert found.problems == ()
    assert found.found == Stated(les_xl.__version__, XLWINGS)
    assert (found.interpreter, found.workspace) == (str(machine.interpreter), str(root))
    assert uninstall(machine) == (done.addin, done.settings)
    assert _everything(appdata) == []
    assert not (appdata / "LES-XL").exists()
    assert uninstall(machine) == ()


def test_an_older_version_is_replaced_and_named(machine: Machine, root: Path, content: bytes) -> None:
    _older(content, addin_path(machine))
    (problem, *_) = status(machine).problems
    assert problem.code == "LES632"
    assert "0.0.9 with xlwings 0.30.1" in problem.message
    assert install(machine, root, content).replaced == Stated("0.0.9", "0.30.1")
    assert status(machine).problems == ()


def test_a_locked_addin_is_said_and_stays(
    machine: Machine, root: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    _older(content, addin_path(machine))
    before = addin_path(machine).read_bytes()

    def locked(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "The process cannot access the file because it is being used")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", locked)
        with pytest.raises(LesError, match=r"LES622 .*les.xlam cannot be changed: The process cannot access"):
            install(machine, root, content)
    assert _everything(machine.folder()) == ["Microsoft/Excel/XLSTART/les.xlam"]
    install(machine, root, before)
    with monkeypatch.context() as patched:
        patched.setattr(Path, "unlink", locked)
        with pytest.raises(LesError, match="LES622"):
            uninstall(machine)
    assert len(_everything(machine.folder())) == 2


def test_an_addin_that_cannot_be_read_is_in_use(
    machine: Machine, root: Path, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("les_xl.hosts.addin.install.stated", locked)
    with pytest.raises(LesError, match="LES622"):
        install(machine, root, content)


def test_an_addin_of_somebody_else_is_left_alone(machine: Machine, root: Path, content: bytes) -> None:
    path = addin_path(machine)
    path.parent.mkdir(parents=True)
    path.write_bytes(b"theirs")
    for act in (lambda: install(machine, root, content), lambda: uninstall(machine)):
        with pytest.raises(LesError, match="LES629"):
            act()
    assert status(machine).problems[0].code == "LES629"
    assert path.read_bytes() == b"theirs"
    with pytest.raises(LesError, match="LES629"):
        read_addin(path)


def test_what_keeps_it_from_working_is_said_before_anything_is_written(
    machine: Machine, root: Path, content: bytes, tmp_path: Path
) -> None:
    (tmp_path / "LES work" / "python" / LIBRARIES[1]).unlink()
    cases = [
        (replace(machine, system="Darwin"), "LES620 .* this is Darwin"),
        (replace(machine, appdata=None), "LES621"),
        (replace(machine, xlwings="0.36.0"), "LES624"),
        (machine, f"LES623 {LIBRARIES[1]}"),
        (replace(machine, interpreter=Path("C:/Łuczak/python.exe")), "LES626 .*Łuczak"),
    ]
    for other, expected in cases:
        with pytest.raises(LesError, match=expected):
            install(other, root, content)
    assert _everything(machine.folder()) == []


def test_status_names_all_that_does_not_fit(machine: Machine, root: Path, content: bytes) -> None:
    assert [each.code for each in status(machine).problems] == ["LES631", "LES633", "LES627"]
    install(machine, root, content)
    (root / "specs" / "les.yaml").unlink()
    machine.interpreter.unlink()
    assert [each.code for each in status(machine).problems] == ["LES633", "LES628"]
    machine.interpreter.write_bytes(b"")
    (machine.interpreter.parent.parent / LIBRARIES[0]).unlink()
    assert [each.code for each in status(machine).problems] == ["LES623", "LES628"]


def test_letters_of_the_code_page_survive(
    machine: Machine, root: Path, content: bytes, tmp_path: Path
) -> None:
    moved = root.rename(tmp_path / "Zoë")
    interpreter = moved / machine.interpreter.relative_to(root)
    done = install(replace(machine, interpreter=interpreter), moved, content)
    assert read_settings(done.settings, "cp1252")["WORKSPACE"] == str(moved)


@pytest.mark.parametrize("command", ["install", "uninstall", "status"])
def test_elsewhere_the_commands_refuse(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("platform.system", lambda: "Linux")
    assert run(["addin", command]) == 1
    assert "LES620 the desktop add-in is for Excel on Windows, and this is Linux" in capsys.readouterr().err


def test_the_commands_on_windows(
    machine: Machine,
    root: Path,
    built: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Machine, "here", lambda: machine)
    at = ["--workspace", str(root), "addin"]
    assert run([*at, "status"]) == 1
    assert "LES631" in capsys.readouterr().err
    assert run([*at, "install"]) == 0
    assert (
        capsys.readouterr().out.splitlines()[-1] == f"Start Excel anew; the add-in is {addin_path(machine)}"
    )
    assert addin_path(machine).read_bytes() == (built / "les.xlam").read_bytes()
    assert run([*at, "install", "--file", str(built / "les.xlam")]) == 0
    assert f"Replaced the add-in of LES-XL {les_xl.__version__}" in capsys.readouterr().out
    assert run([*at, "status"]) == 0
    assert run([*at, "uninstall"]) == 0
    assert "Removed:" in capsys.readouterr().out
    assert run([*at, "uninstall"]) == 0
    assert "nothing to remove" in capsys.readouterr().out


def test_build_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["addin", "build", "--out", str(tmp_path / "my dist")]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out == [f"Written: {tmp_path / 'my dist' / name}" for name in ("les.xlam", "les.xlsm")]


def test_the_workspace_is_found_in_this_order(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("APPDATA", str(tmp_path / "roaming"))
    monkeypatch.delenv(places.WORKSPACE_VARIABLE, raising=False)
    with pytest.raises(LesError, match=r"LES627 .*les-xl.conf"):
        find_workspace(None)
    settings = settings_file({"APPDATA": str(tmp_path / "roaming")})
    settings.parent.mkdir(parents=True)
    settings.write_text(f'"WORKSPACE","{root}"\n', encoding="utf-8")
    assert find_workspace(None) == root
    monkeypatch.setenv(places.WORKSPACE_VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(LesError, match="LES628 LES_XL_WORKSPACE says"):
        find_workspace(None)
    assert find_workspace(root / "workbooks" / "2025") == root
    monkeypatch.delenv(places.WORKSPACE_VARIABLE)
    settings.write_text(f'"WORKSPACE","{tmp_path}"\n', encoding="utf-8")
    with pytest.raises(LesError, match=r"LES628 .*les-xl.conf says"):
        find_workspace(tmp_path)


def test_settings_elsewhere_than_on_windows() -> None:
    assert settings_file({"XDG_CONFIG_HOME": "/config"}) == Path("/config/LES-XL/les-xl.conf")
    assert settings_file({}) == Path.home() / ".config/LES-XL/les-xl.conf"
    assert read_settings(Path("/nowhere/les-xl.conf")) == {}
