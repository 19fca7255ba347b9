"""Audiences: each line of the governance list has a file and a field, each broken rule its message."""

import csv
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from les_xl.errors.spec_audiences import UNKNOWN_AUDIENCE
from les_xl.spec.audience_model import Audience
from les_xl.spec.nodes import parse, plain
from les_xl.spec.read import read_specs
from les_xl.spec.schema import schemas
from tests.spec.audience_files import BOARD, GROUP, MISTAKES, WITH_AUDIENCES, changed
from tests.spec.workspaces import GOOD, ROOT, places, problems_of, write

SPECS = read_specs(ROOT)
Field = tuple[str, object]

# Each line of the list: its body's file, and the fields that carry what it receives.
GOVERNANCE: dict[str, tuple[str, tuple[Field, ...]]] = {
    "Primary Care Services Medical Services Group": (
        "primary_care_services_medical_services_group",
        (("kind", "group"), ("receives", "full")),
    ),
    "Medicines Safety Group": ("medicines_safety_group", (("kind", "group"), ("receives", "full"))),
    "Primary & Integrated Neighbourhood Care Transformation Programme Group": (
        "primary_and_integrated_neighbourhood_care_transformation_programme_group",
        (("kind", "group"), ("receives", "full")),
    ),
    "Primary Services Dental Group": (
        "primary_services_dental_group",
        (("kind", "group"), ("receives", "full")),
    ),
    "Primary Care Quality Group": (
        "primary_care_quality_group",
        (("kind", "group"), ("receives", "full"), ("escalates_to", "quality_and_outcomes_committee")),
    ),
    "Antimicrobial Stewardship Committee": (
        "antimicrobial_stewardship_committee",
        (("kind", "group"), ("formal", False), ("receives", "full")),
    ),
    "Primary Ophthalmic Group": ("primary_ophthalmic_group", (("kind", "group"), ("receives", "full"))),
    "Pharmaceutical Services Group": (
        "pharmaceutical_services_group",
        (("kind", "group"), ("receives", "full")),
    ),
    "Primary Care Contracts Sub Committee": (
        "primary_care_contracts_sub_committee",
        (("kind", "committee"), ("receives", "full")),
    ),
    "Quality & Outcomes Committee": (
        "quality_and_outcomes_committee",
        (
            ("kind", "committee"),
            ("receives", "summary_3as"),
            ("appended", "full"),
            ("escalated_from", ("primary_care_quality_group",)),
        ),
    ),
    "Finance and Contracting Committee": (
        "finance_and_contracting_committee",
        (("kind", "committee"), ("receives", "by_exception"), ("routine", False)),
    ),
    "Primary Care Operational Services Group": (
        "primary_care_operational_services_group",
        (("kind", "group"), ("receives", "place"), ("routine", True)),
    ),
    "Acute Trusts contract monitoring meetings": (
        "acute_trusts_contract_monitoring_meetings",
        (("kind", "meeting"), ("receives", "trust"), ("for_each", "trust"), ("routine", True)),
    ),
    "Board": ("board", (("kind", "board"), ("receives", "summary_3as"), ("routine", True))),
}
SINGLE = {"places": "place", "practices": "practice", "acute_trusts": "trust"}


def _list() -> dict[str, str]:
    with (ROOT / "tests/published/governance.csv").open(encoding="utf-8", newline="") as file:
        return {line["body"]: line["receives"] for line in csv.DictReader(file)}


def test_each_line_of_the_governance_list_is_in_the_table() -> None:
    assert set(GOVERNANCE) == set(_list())


@pytest.mark.parametrize("body", GOVERNANCE)
def test_a_body_has_a_file_whose_fields_say_what_it_receives(body: str) -> None:
    slug, fields = GOVERNANCE[body]
    audience = SPECS.audience(slug)
    assert audience.name.replace("'", "") == body
    assert {name: getattr(audience, name) for name, _ in fields} == dict(fields)


def test_places_practices_and_trusts_have_one_file_each() -> None:
    found = {audience.audience: audience for audience in SPECS.audiences}
    assert set(found) == {slug for slug, _ in GOVERNANCE.values()} | set(SINGLE)
    for slug, each in SINGLE.items():
        assert (found[slug].kind, found[slug].for_each) == (each, each)


def test_exceptions_are_a_section_of_what_asks_for_them() -> None:
    for slug in ("finance_and_contracting_committee", "primary_care_operational_services_group", "places"):
        assert "exceptions" in SPECS.audience(slug).sections
    assert "escalations" in SPECS.audience("quality_and_outcomes_committee").sections
    assert "data_quality" in SPECS.audience("practices").sections


@pytest.mark.parametrize("path", sorted((ROOT / "specs/audiences").iterdir()), ids=lambda path: path.stem)
def test_a_committed_audience_fits_its_schema(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    first = "# yaml-language-server: $schema=../schema/audience.schema.json\nspec: audience/1\n"
    assert text.startswith(first)
    document, _ = parse("specs/audiences/x.yaml", text.encode())
    assert document is not None
    data = json.loads(json.dumps(plain(document.root)))
    assert list(Draft202012Validator(schemas()["audience"]).iter_errors(data)) == []


@pytest.mark.parametrize("audience", SPECS.audiences, ids=lambda audience: audience.audience)
def test_the_page_of_audiences_is_current(audience: Audience) -> None:
    page = (ROOT / "docs/audiences.md").read_text(encoding="utf-8")
    link = f"| [{audience.name}](../specs/audiences/{audience.audience}.yaml) "
    (row,) = [line for line in page.split("\n") if line.startswith(link)]
    assert f"| {audience.kind} | `{audience.receives}` | {', '.join(audience.formats)} |" in row
    assert ("not routinely" in row) == (not audience.routine)
    assert ("suppression `hes`" in row) == (audience.suppression == "hes")
    assert (f"one for each {audience.for_each}" in row) == bool(audience.for_each)


def test_the_bodies_named_at_the_head_of_the_pages_own_every_les() -> None:
    for slug in ("primary_care_contracts_sub_committee", "primary_care_services_medical_services_group"):
        assert SPECS.audience(slug).owns == SPECS.workspace.order


def test_nobody_is_named_in_the_sample() -> None:
    for audience in SPECS.audiences:
        assert (audience.owner.chair, audience.owner.sro, audience.owner.clinical_lead) == (None, None, None)


def test_an_unknown_audience_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        SPECS.audience("nobody")


def test_a_workspace_without_audiences_is_one(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert read_specs(tmp_path).audiences == ()


def test_audiences_stand_by_the_names_of_their_files(tmp_path: Path) -> None:
    write(tmp_path, WITH_AUDIENCES)
    assert [audience.audience for audience in read_specs(tmp_path).audiences] == ["board", "group"]


def test_the_good_audiences_are_good(tmp_path: Path) -> None:
    assert problems_of(tmp_path, WITH_AUDIENCES) == ()


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_at_its_place(mistake: str, tmp_path: Path) -> None:
    files, codes = MISTAKES[mistake]
    problems = problems_of(tmp_path, files)
    assert tuple(problem.code for problem in problems) == codes
    marked = places(files)
    found = [(problem.place.file, problem.place.line, problem.place.column) for problem in problems]
    assert set(marked) <= set(found)


def test_what_to_do_names_the_nearest_or_the_file_to_write(tmp_path: Path) -> None:
    (*_, near) = problems_of(tmp_path, changed(GROUP, ("escalates_to: board", "escalates_to: bord")))
    assert near.hint == "did you mean 'board'?"
    (*_, far) = problems_of(tmp_path, changed(GROUP, ("escalates_to: board", "escalates_to: zzz")))
    assert (far.code, far.hint) == (
        UNKNOWN_AUDIENCE.code,
        "write specs/audiences/zzz.yaml, or take it out",
    )


def test_a_broken_file_counts_as_there(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, {**WITH_AUDIENCES, BOARD: "audience: [board\n"})
    assert [problem.code for problem in problems] == ["LES110"]
    dementia = {**WITH_AUDIENCES, "specs/services/dementia.yaml": "les: [dementia\n"}
    assert [problem.code for problem in problems_of(tmp_path, dementia)] == ["LES110"]
