"""Reading a workspace: the committed specifications against the published figures, and their hash."""

import csv
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from les_xl.errors import LesError
from les_xl.periods import month_range
from les_xl.spec.model import FlatPlan, ProfilePlan
from les_xl.spec.read import Specs, check_specs, data_version, read_specs
from tests.spec.workspaces import DEMENTIA, GOOD, LES, ROOT, write

PUBLISHED = ROOT / "tests" / "published"


@pytest.fixture(scope="module")
def specs() -> Specs:
    return read_specs(ROOT)


def _rows(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_that_is_wrong_with_the_committed_specs_is_what_the_sources_leave_out() -> None:
    found, problems = check_specs(ROOT)
    # The sources do not say when the services that these shifts replace were decommissioned.
    assert [(problem.code, problem.severity, problem.place.file) for problem in problems] == [
        ("LES163", "warning", f"specs/services/{les}.yaml")
        for les in ("care_homes", "ecgs", "phlebotomy", "shared_care")
    ]
    assert found is not None
    assert len(found.services) == 18


def test_rows_are_published_in_the_published_order_and_words(specs: Specs) -> None:
    rows = dict.fromkeys(
        (row["contract_type"], row["les"]) for row in _rows("published_plan_vs_delivered.csv")
    )
    ours = [
        (specs.service(row.les).contract, row.label)
        for contract in ("cost_and_volume", "capitated")
        for row in specs.published_rows(contract)
    ]
    assert ours == list(rows)
    assert specs.published_rows() == specs.published_rows("cost_and_volume") + specs.published_rows(
        "capitated"
    )


def test_flat_plans_are_the_published_ones_month_by_month(specs: Specs) -> None:
    published = {
        (row["les"], row["month"]): float(row["planned"])
        for row in _rows("published_plan_vs_delivered.csv")
        if row["planned"]
    }
    ours = {
        (row.label, month): plan.per_month
        for row in specs.published_rows()
        for plan in specs.service(row.les).plan
        if isinstance(plan, FlatPlan) and (plan.metric or specs.service(row.les).headline.id) == row.metric
        for month in month_range(plan.from_ or "", "2025-10")
    }
    assert ours == published


def test_a_les_starts_with_its_first_published_month(specs: Specs) -> None:
    first: dict[str, str] = {}
    for row in _rows("published_plan_vs_delivered.csv"):
        if row["planned"]:
            first.setdefault(row["les"], row["month"])
    assert {row.label: specs.service(row.les).starts for row in specs.published_rows()} == first


def test_the_ltc_profile_is_the_papers(specs: Specs) -> None:
    (profile,) = [plan for plan in specs.service("ltc").plan if isinstance(plan, ProfilePlan)]
    rows = _rows("ltc_expected_profile.csv")
    assert [*profile.shares] == [row["month"] for row in rows]
    assert [*profile.shares.values()] == [float(row["share_of_year_pct"]) / 100 for row in rows]
    # The paper prints whole assessments; the annual target times the share gives each of them.
    assert [round(76637 * share) for share in profile.shares.values()] == [
        int(row["assessments"]) for row in rows
    ]


def test_bands_and_groups_are_those_of_the_published_table(specs: Specs) -> None:
    rows = _rows("published_banding_2025-10.csv")
    bands = specs.service("ltc").bands
    assert bands is not None
    # The report prints "100% +", its copy as data "100%+".
    assert [label.replace(" ", "") for label in bands.labels] == [*rows[0]][2:]
    assert bands.edges == (0.1, 0.25, 0.5, 0.75, 1.0)
    assert [group.name for group in specs.workspace.sub_icbs] == [row["sub_icb"] for row in rows[:-1]]
    assert [service.les for service in specs.services if service.bands] == ["ltc"]


def test_only_what_is_published_is_planned(specs: Specs) -> None:
    for service in specs.services:
        planned = {plan.metric or service.headline.id for plan in service.plan}
        assert planned == {metric.id for metric in service.published}


def test_what_is_asked_for_by_name(specs: Specs) -> None:
    assert specs.service("vasectomy").headline.id == "procedure"
    assert specs.metric("ring_pessary", "fittings").sum_of == ("first_fit", "change")
    assert specs.metric("psa_testing", "register").kind == "stock"
    with pytest.raises(KeyError):
        specs.service("nothing")
    with pytest.raises(KeyError):
        specs.metric("ltc", "nothing")


def test_services_stand_in_the_order_of_the_workspace(specs: Specs) -> None:
    assert tuple(service.les for service in specs.services) == specs.workspace.order


def test_what_is_left_out_has_its_default(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    read = read_specs(tmp_path)
    workspace, service = read.workspace, read.service("dementia")
    assert (workspace.store, workspace.extracts, workspace.engine) == (
        "data/store",
        "data/extracts",
        "duckdb",
    )
    assert workspace.as_at.reported == 0.5
    assert workspace.status.within_expectations == 0.9
    assert (service.lag_days, service.ends) == (20, None)
    assert service.exceptions[0].ramp_up_months == 0


def test_no_workspace_says_which_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(LesError, match=r"specs/les\.yaml: LES121 .*no such file"):
        read_specs(tmp_path)


def test_a_folder_in_the_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / "specs/services/ecgs.yaml").mkdir()
    with pytest.raises(LesError, match=r"specs/services/ecgs\.yaml: LES121"):
        read_specs(tmp_path)


def test_what_an_editor_leaves_behind_is_no_spec(tmp_path: Path) -> None:
    left_behind = {"specs/services/.#dementia.yaml": "x", "specs/services/dementia.yaml~": "x"}
    write(tmp_path, {**GOOD, **left_behind})
    assert check_specs(tmp_path)[1] == ()


def test_the_version_is_the_same_however_lines_end(tmp_path: Path) -> None:
    versions = set()
    for number, end in enumerate(("\n", "\r\n", "\r")):
        root = tmp_path / str(number)
        write(root, {name: text.replace("\n", end).encode() for name, text in GOOD.items()})
        assert read_specs(root).data_version == data_version(root)
        versions.add(data_version(root))
    assert len(versions) == 1


@pytest.mark.parametrize(
    ("change", "counts"),
    [
        ({DEMENTIA: GOOD[DEMENTIA].replace("per_month: 10,", "per_month: 11,")}, True),
        ({LES: GOOD[LES] + "# a comment\n"}, True),
        ({"specs/extracts/emis.yaml": "x"}, True),
        ({"specs/audiences/board.yaml": "x"}, True),
        ({"specs/services/more.yaml": ""}, True),
        ({"specs/schema/service.schema.json": "{}"}, False),
        ({"specs/README.md": "x"}, False),
        ({"specs/services/.#dementia.yaml": "x"}, False),
        ({"data/store/x": "x"}, False),
    ],
)
def test_the_version_changes_with_the_specs_and_with_nothing_else(
    change: Mapping[str, str], counts: bool, tmp_path: Path
) -> None:
    write(tmp_path, GOOD)
    before = data_version(tmp_path)
    write(tmp_path, change)
    assert (data_version(tmp_path) != before) is counts


def test_text_moved_from_one_file_to_another_is_another_version(tmp_path: Path) -> None:
    write(tmp_path / "a", {LES: "ab", DEMENTIA: "c"})
    write(tmp_path / "b", {LES: "a", DEMENTIA: "bc"})
    write(tmp_path / "c", {LES: "ab", "specs/services/diabetes.yaml": "c"})
    assert len({data_version(tmp_path / name) for name in "abc"}) == 3


def test_the_version_is_had_without_heavy_imports() -> None:
    code = (
        "import sys; from pathlib import Path; from les_xl.spec.read import data_version;"
        f"data_version(Path({str(ROOT)!r}));"
        "print(sorted({'pydantic', 'yaml', 'pandas', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_needs_no_pandas() -> None:
    code = (
        "import sys; from pathlib import Path; from les_xl.spec.read import read_specs;"
        f"read_specs(Path({str(ROOT)!r}));"
        "print(sorted({'pandas', 'numpy', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
