"""The commands as a newcomer uses them: right input, wrong input, exit codes, and never a stack trace."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import les_xl

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A copy of the repository's specifications in a folder with spaces and an accent in its name."""
    folder = tmp_path / "LES réports 2025"
    shutil.copytree(ROOT / "specs", folder / "specs")
    return folder


def test_demo_prints_the_published_month_and_writes_the_workbook(loaded: Path) -> None:
    again = les_xl("demo", folder=loaded)
    assert again.returncode == 0, again.stderr
    words = " ".join(again.stdout.split())
    assert "Dementia 1,332 694 52.1% 7,992 4,700 58.8%" in words
    assert "LTC LES 6,384 8,166 127.9% 44,688 44,608 99.8%" in words
    assert "Total 195 16 19 50 45 31 34" in words
    assert "56.4% of practices have delivered more than 50% of their annual target, +12.3 percentage" in words
    assert "76,608 against 76,637" in words
    assert (loaded / "workbooks" / "les_master.xlsx").is_file()
    assert again.stdout.count("nothing to do, the same bytes are load") == 15


def test_the_committed_master_workbook_is_the_one_that_the_demo_writes(loaded: Path) -> None:
    made, committed = (zipfile.ZipFile(folder / "workbooks" / "les_master.xlsx") for folder in (loaded, ROOT))
    with made, committed:
        assert made.namelist() == committed.namelist(), "write it anew with: make demo"
        changed = [name for name in made.namelist() if made.read(name) != committed.read(name)]
        assert changed == [], "write it anew with: make demo"


def test_calc_answers_as_a_cell_would(loaded: Path) -> None:
    expression = 'LES_PCT_PLAN("Dementia","Oct-25")'
    shown = les_xl("calc", expression, folder=loaded)
    assert shown.stdout.strip() == repr(694 / 1332)
    as_json = les_xl("calc", expression, "--json", folder=loaded)
    assert json.loads(as_json.stdout) == {"value": 694 / 1332, "kind": "number"}


def test_calc_of_a_misspelt_les_says_the_nearest_name(loaded: Path) -> None:
    answer = les_xl("calc", 'LES_PLAN("Demensia")', folder=loaded)
    assert answer.returncode == 1
    assert "Dementia" in answer.stdout + answer.stderr


def test_loads_and_unload_take_a_load_back_and_keep_it_listed(loaded: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(loaded, folder)
    listed = json.loads(les_xl("loads", "--json", folder=folder).stdout)
    october = max(load["load"] for load in listed)
    assert les_xl("unload", str(october), folder=folder).returncode == 0
    position = les_xl("calc", "LES_AS_AT()", "--json", folder=folder)
    assert json.loads(position.stdout)["value"] in ("2025-09", 45901.0)
    assert len(json.loads(les_xl("loads", "--json", folder=folder).stdout)) == len(listed) + 1
    assert les_xl("unload", "999", folder=folder).returncode == 1


def test_new_refuses_to_replace_a_file_and_keeps_the_old_one_when_forced(
    loaded: Path, tmp_path: Path
) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(b"the analyst's")
    refused = les_xl("--workspace", str(loaded), "new", str(file), folder=tmp_path)
    assert refused.returncode == 1
    assert "LES4" in refused.stderr
    assert file.read_bytes() == b"the analyst's"
    forced = les_xl("--workspace", str(loaded), "new", str(file), "--force", folder=tmp_path)
    assert forced.returncode == 0, forced.stderr
    assert [path.read_bytes() for path in tmp_path.glob("*.bak")] == [b"the analyst's"]


def test_new_for_september_stands_at_september(loaded: Path, tmp_path: Path) -> None:
    made = les_xl("--workspace", str(loaded), "new", "sept.xlsx", "--as-at", "Sep-25", folder=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "September 2025" in made.stdout


def test_three_mistakes_in_a_spec_are_shown_at_once_with_line_and_column(workspace: Path) -> None:
    path = workspace / "specs" / "services" / "dementia.yaml"
    text = path.read_text(encoding="utf-8")
    broken = text.replace("title:", "tittle:", 1).replace("kind: flow", "kind: flows", 1)
    broken = broken.replace("starts: 2025-05", "starts: 2025-13", 1)
    assert sum(a != b for a, b in zip(text.splitlines(), broken.splitlines(), strict=True)) == 3
    path.write_text(broken, encoding="utf-8")
    checked = les_xl("specs", "check", folder=workspace)
    assert checked.returncode == 1
    changed = [
        number
        for number, (a, b) in enumerate(zip(text.splitlines(), broken.splitlines(), strict=True), start=1)
        if a != b
    ]
    for line in changed:
        assert f"dementia.yaml:{line}:" in checked.stderr
    assert "did you mean 'title'?" in checked.stderr
    as_json = les_xl("specs", "check", "--json", folder=workspace)
    assert {problem["place"]["line"] for problem in json.loads(as_json.stdout)} >= set(changed)


def test_a_bad_extract_is_refused_whole_and_everything_is_as_before(loaded: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(loaded, folder)
    before = les_xl("loads", "--json", folder=folder).stdout
    file = folder / "november.csv"
    file.write_text(
        "ods_code,les,metric,month,value\nQQ9999,dementia,reviews,2025-10,4\nZZ0001,dementia,reviews,2025-10,-1\n",
        encoding="utf-8",
    )
    refused = les_xl("load", "november.csv", folder=folder)
    assert refused.returncode == 1
    assert "QQ9999" in refused.stderr
    assert "-1" in refused.stderr
    assert (folder / "november.csv.problems.xlsx").is_file()
    file.write_text("ods_code,les,metric,value\nZZ0001,dementia,reviews,4\n", encoding="utf-8")
    missing = les_xl("load", "november.csv", folder=folder)
    assert missing.returncode == 1
    assert "month" in missing.stderr
    assert les_xl("loads", "--json", folder=folder).stdout == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["lod"], 2, "Did you mean 'load'"),
        (["lod"], 2, "See: les-xl --help"),
        (["load"], 2, "See: les-xl load --help"),
        (["specs", "chek"], 2, "See: les-xl specs --help"),
        (["load"], 2, "Missing argument"),
        (["calc"], 2, "Missing argument"),
        (["loads"], 1, "LES901"),
        (["--workspace", "nowhere", "loads"], 1, "LES901"),
        (["--version"], 0, ""),
        (["--help"], 0, ""),
    ],
)
def test_wrong_use_is_a_sentence_and_an_exit_code(
    arguments: list[str], code: int, said: str, tmp_path: Path
) -> None:
    done = les_xl(*arguments, folder=tmp_path)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_help_and_calc_answer_without_the_heavy_libraries(loaded: Path) -> None:
    les_xl("calc", 'LES_PLAN("dementia")', folder=loaded)
    script = (
        "import sys; from les_xl.cli import main; "
        "code = main(['calc', 'LES_PLAN(\"dementia\")']); "
        "heavy = ('pandas', 'duckdb', 'deltalake', 'xlsxwriter'); "
        "print(code, [name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=loaded, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines() == ["1332.0", "0 []"]
