"""The tables of sign-up and of quality and outcomes, against the extracts counted by hand."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from les_xl.position import Position, make_position
from les_xl.report.table import Table, result
from les_xl.report.tables import outcomes, signup
from tests.position.world import known, metric, organisation, service, specs
from tests.sample.extracts import FOLDER, NOTICE_GIVEN, SPECIAL_ALLOCATION, Sample, rows_of
from tests.workbook.reading import read_tables

SAMPLE = Sample(FOLDER)
OPEN = 197


def rows(table: Table) -> list[dict[str, object]]:
    """What the cells of a table show, by header."""
    names = [column.name for column in table.columns]
    return [dict(zip(names, map(result, row.cells), strict=True)) for row in table.rows]


def lists() -> dict[str, int]:
    """Registered patients in October by code."""
    found = rows_of(FOLDER / "reference" / "list_sizes.csv")
    return {row["ods_code"]: int(row["list_size"]) for row in found if row["month"] == "2025-10"}


def test_sign_up_is_what_the_extract_counts(position: Position) -> None:
    shown = {str(row["LES"]): row for row in rows(signup.signup(position))}
    titles = {service.title: service.les for service in position.specs.services}
    rates = []
    for title, les in titles.items():
        row, signed = shown[title], SAMPLE.signed_up.get(les)
        if not signed:
            assert row["Signed up"] == row["Sign-up rate"] == "[x]"
            continue
        could = {"ltc": OPEN - 2, "vasectomy": 8}.get(les, OPEN - 1)
        rates.append(len(signed) / could)
        assert (row["Could sign up"], row["Signed up"]) == (could, len(signed))
        assert row["Not signed up"] == could - len(signed)
        assert row["Sign-up rate"] == pytest.approx(len(signed) / could)
        if les != "vasectomy":
            assert row["Open"] == OPEN
            assert row["Covered"] == sum(lists()[code] for code in signed)
    assert shown["Average"]["Sign-up rate"] == pytest.approx(sum(rates) / len(rates))
    # What the report rounds to 96 %: of all practices, those with nothing to choose among them.
    assert round(float(str(shown["Average"]["% of open"])), 2) == 0.96


def test_gaps_by_place_make_the_gap_of_the_les(position: Position) -> None:
    places = {code: row["place"] for code, row in SAMPLE.organisations.items()}
    gaps: Counter[tuple[str, str]] = Counter()
    for les, signed in SAMPLE.signed_up.items():
        for code in set(lists()) - signed:
            gaps[les, places[code]] += lists()[code]
    titles = {service.title: service.les for service in position.specs.services}
    found = rows(signup.coverage(position))
    assert len(found) == 12 * 4  # vasectomy's providers serve everybody's patients
    for row in found:
        assert row["Not covered"] == gaps[titles[str(row["LES"])], str(row["Place"])]


def test_notice_is_listed_with_its_first_month(position: Position) -> None:
    found = rows(signup.notices(position))
    assert {row["Code"] for row in found} == {NOTICE_GIVEN}
    assert SPECIAL_ALLOCATION not in {row["Code"] for row in found}
    assert {row["LES"]: row["Since"] for row in found} == {
        position.specs.service(row["les"]).title: row["from"]
        for row in rows_of(FOLDER / "reference" / "signup.csv")
        if row["reason"] == "notice_given"
    }
    assert {row["Until"] for row in found} == {"No end given"}


def test_failed_samples_are_counted_from_the_extracts(position: Position) -> None:
    samples: dict[tuple[str, str], int] = {
        (row["ods_code"], row["month"]): int(row["value"])
        for row in SAMPLE.activity
        if row["metric"] == "samples"
    }
    failed = [row for row in rows_of(FOLDER / "quality" / "quality_2025-10.csv") if row["metric"] == "failed"]
    october = [row for row in failed if row["month"] == "2025-10"]
    icb = next(row for row in rows(outcomes.quality(position)) if row["Metric"] == "Failed blood samples")
    assert icb["Number"] == sum(int(row["value"]) for row in october)
    assert icb["Out of"] == sum(samples[row["ods_code"], row["month"]] for row in october)
    assert icb["Number to date"] == sum(int(row["value"]) for row in failed)
    assert icb["Out of to date"] == sum(samples[row["ods_code"], row["month"]] for row in failed)
    assert icb["Reported"] == f"{len(october)} of {len(SAMPLE.signed_up['phlebotomy'])}"


def test_a_block_is_the_icb_then_its_groups(position: Position) -> None:
    table = outcomes.quality(position)
    blocks: dict[tuple[object, object], list[object]] = defaultdict(list)
    for row in rows(table):
        blocks[row["LES"], row["Metric"]].append(row["Organisation"])
    groups = [group.name for group in position.specs.workspace.sub_icbs]
    icb = position.specs.workspace.icb.name
    assert all(names in ([icb, *groups], [icb]) for names in blocks.values())
    # Nobody has sent these yet: one row says so.
    assert {les for (les, _), names in blocks.items() if names == [icb]} == {
        "Care Homes", "Meds Optimisation", "Shared Care",
    }  # fmt: skip
    for (les, name), (first, last) in outcomes.rated(position).items():
        shown = rows(table)[first : last + 1]
        title = position.specs.metric(les, name).title
        assert [row["Organisation"] for row in shown] == [icb, *groups]
        assert {row["Metric"] for row in shown} == {title}


@pytest.mark.parametrize(
    ("cap", "reported", "said"),
    [
        ({"breaches": "over"}, "over", "are those that practices counted"),
        ({"breaches": "over"}, "visits", "is not known, as no return counts patients"),
        ({"patients": "over"}, "over", "whom nobody counted (proxy)"),
    ],
)
def test_where_the_figure_above_a_cap_comes_from_is_said(
    cap: dict[str, str], reported: str, said: str
) -> None:
    whole = {"at_most": 4, "per": "patient", "months": 12, **cap}
    metrics = [metric("visits", headline=True, published_as="V", cap=whole), metric("over", part="quality")]
    activity = [("A1", "dementia", name, "2025-04", 3.0) for name in dict.fromkeys(("visits", reported))]
    position = make_position(
        specs(service(metrics=metrics)), known([organisation("A1")], activity=activity), "2025-04"
    )
    table = outcomes.quality(position)
    assert [line.text for line in table.lines if said in line.text] == [table.lines[0].text]


def test_the_sheets_hold_the_same(master: Path, position: Position) -> None:
    read = read_tables(master)
    for table in (signup.coverage(position), outcomes.quality(position)):
        assert [row.cells[0] for row in table.rows] == [row["LES"] for row in read[table.name].records()]
