"""The sample's position against every cell of the published report, and its gaps as known gaps."""

import csv
from pathlib import Path

import pytest

from les_xl.data.known import Known
from les_xl.marks import Mark
from les_xl.periods import months_of
from les_xl.position import Position, make_position
from les_xl.spec.read import read_specs
from tests.position.world import known
from tests.sample.extracts import FOLDER, PUBLISHED, ROOT, Sample, rows_of

YEAR = "2025-26"
AS_AT = "2025-10"
LABELS = ["0-10%", "11-25%", "26-50%", "51-75%", "76-100%", "100% +"]


def known_sample(sample: Sample) -> Known:
    """The sample's files as a store would know them, read with nothing but csv and openpyxl."""
    organisations = [
        row | {"opened": row["opened"][:7], "closed": row["closed"][:7]}
        for row in sample.organisations.values()
    ]
    return known(
        organisations,
        activity=[
            (row["ods_code"], row["les"], row["metric"], row["month"], float(row["value"]))
            for row in sample.activity
        ],
        targets=[
            (row["ods_code"], row["les"], row["metric"], row["year"], float(row["annual_target"]))
            for row in rows_of(FOLDER / "plans" / "plans_2025-26.csv")
        ],
        planned=[
            (row["ods_code"], row["les"], row["metric"], row["month"], float(row["planned"]))
            for row in rows_of(FOLDER / "plans" / "ltc_monthly_2025-26.csv")
        ],
        signup=[
            (row["ods_code"], row["les"], row["status"], row["from"], row["to"], row["reason"])
            for row in sample.signup.values()
        ],
    )


@pytest.fixture(scope="module")
def position() -> Position:
    return make_position(read_specs(ROOT), known_sample(Sample(FOLDER)))


def published(name: str) -> list[dict[str, str]]:
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def row_of(position: Position, label: str) -> tuple[str, str]:
    return next((row.les, row.metric) for row in position.specs.published_rows() if row.label == label)


def test_the_default_as_at_is_the_month_of_the_report(position: Position) -> None:
    assert position.edition.as_at == AS_AT
    published_les = {row.les for row in position.specs.published_rows()}
    assert len(published_les) == 13
    assert {position.data_months[les] for les in published_les} == {AS_AT}


def test_every_cell_of_planned_and_delivered_is_as_published(position: Position) -> None:
    cells = published("published_plan_vs_delivered.csv")
    assert len(cells) == 14 * 7
    for cell in cells:
        for measure in ("planned", "delivered"):
            shown = position.value(measure, *row_of(position, cell["les"]), month=cell["month"])
            expected = float(cell[measure]) if cell[measure] else Mark.NOT_APPLICABLE
            assert shown == expected, (cell, measure)


def test_the_published_order_and_the_contract_of_each_row(position: Position) -> None:
    cells = published("published_plan_vs_delivered.csv")
    for contract in ("cost_and_volume", "capitated"):
        order = list(dict.fromkeys(cell["les"] for cell in cells if cell["contract_type"] == contract))
        assert [row.label for row in position.specs.published_rows(contract)] == order


def test_plan_and_delivered_to_date_by_hand(position: Position) -> None:
    # Dementia: 1,332 × 6 months = 7,992; 588 + 774 + 1,078 + 753 + 813 + 694 = 4,700.
    assert position.value("planned_to_date", "dementia") == 7992
    assert position.value("delivered_to_date", "dementia") == 4700
    assert position.value("pct_plan_to_date", "dementia") == pytest.approx(4700 / 7992)
    assert position.value("variance_to_date", "dementia") == -3292
    # D6: the prose says 44,698; the seven months sum to 44,608.
    assert position.value("delivered_to_date", "ltc") == 44608
    assert position.value("change", "ltc") == 8166 - 8084
    # D12: 43,413 of 6 × 2,265 planned.
    assert position.value("pct_plan_to_date", "psa_testing") == pytest.approx(3.194, abs=0.0005)


def test_the_second_row_of_vasectomy_is_asked_for_by_its_metric(position: Position) -> None:
    assert position.value("delivered", "vasectomy") == 129
    assert position.value("delivered", "vasectomy", "counselling") == 198


def test_ltc_has_two_annual_figures_and_the_check_says_so(position: Position) -> None:
    assert position.value("annual_target", "ltc") == 76637
    months = [position.value("planned", "ltc", month=month) for month in months_of(YEAR)]
    assert months == [6384.0] * 12
    failed = position.checks[~position.checks["ok"]]
    assert failed[["check", "scope", "left", "right", "difference"]].to_numpy().tolist() == [
        ["plan_year", "LTC LES", 76608.0, 76637.0, -29.0]
    ]


def test_ltc_expected_profile_is_as_in_the_monitoring_paper(position: Position) -> None:
    rows = published("ltc_expected_profile.csv")
    assert len(rows) == 12
    for row in rows:
        expected = position.value("expected", "ltc", month=row["month"])
        assert isinstance(expected, float)
        assert expected == pytest.approx(76637 * int(row["share_of_year_pct"]) / 100, abs=1e-6)
        assert round(expected) == int(row["assessments"])


def test_banding_is_as_published_but_for_one_practice_of_morecambe_bay(position: Position) -> None:
    banding = position.bandings["ltc"]
    names = dict(zip(position.organisations["org"], position.organisations["name"], strict=True))
    rows = published("published_banding_2025-10.csv")
    groups, total = rows[:-1], rows[-1]
    assert [names[code] for code in banding.groups.index] == [row["sub_icb"] for row in groups]
    for code, row in zip(banding.groups.index, groups, strict=True):
        shown = banding.groups.loc[code].tolist()
        expected = [int(cell) for cell in list(row.values())[1:]]
        if row["sub_icb"] == "Morecambe Bay":
            # Published: 30 practices in bands that sum to 31. No data can meet both; 26-50% has one fewer.
            assert expected == [30, 6, 2, 14, 5, 2, 2]
            expected[3] = 13
        assert shown == expected, row
    # The published total row says 195 above bands that sum to 196.
    assert [int(cell) for cell in list(total.values())[1:]] == [195, 16, 19, 51, 45, 31, 34]
    assert banding.total.tolist() == [195, 16, 19, 50, 45, 31, 34]
    assert banding.labels == tuple(LABELS)


def test_banding_headlines_and_the_change_on_september(position: Position) -> None:
    banding = position.bandings["ltc"]
    assert banding.last_month is not None
    assert banding.change is not None
    assert banding.over_half_last_month is not None
    assert banding.last_month[["total", "0-10%"]].tolist() == [195, 42]
    assert banding.last_month[["51-75%", "76-100%", "100% +"]].sum() == 86
    assert banding.change["0-10%"] == -26
    # Published as 56.3%; 110 of 195 is 56.4%. The "12.3% increase" is in percentage points.
    assert banding.over_half == 110 / 195
    assert banding.over_three_quarters == 65 / 195
    assert banding.over_half_last_month == 86 / 195
    assert round(100 * (banding.over_half - banding.over_half_last_month), 1) == 12.3
    assert [round(share, 3) for share in banding.share] == [0.082, 0.097, 0.256, 0.231, 0.159, 0.174]


def test_every_level_adds_up_to_the_icb(position: Position) -> None:
    rows = position.monthly
    for measure in ("planned", "delivered", "delivered_to_date"):
        by_level = rows.groupby(["les", "metric", "month", "level"])[measure].sum().unstack("level")
        for level in ("practice", "pcn", "place", "sub_icb"):
            assert (by_level[level] - by_level["icb"]).abs().max() < 1e-3, (measure, level)


def test_months_after_the_as_at_month_have_a_plan_and_no_delivery(position: Position) -> None:
    assert position.value("planned", "ecgs", month="2025-11") == 5572
    for measure in ("delivered", "pct_plan", "planned_to_date", "pct_annual", "change"):
        assert position.value(measure, "ecgs", month="2025-11") is Mark.NOT_REPORTED
    for measure in ("planned", "delivered", "pct_plan", "planned_to_date", "pct_annual"):
        assert position.value(measure, "ecgs", month="2025-04") is Mark.NOT_APPLICABLE


def test_a_practice_that_gave_notice_and_the_special_practice_are_not_in_ltc(position: Position) -> None:
    reported = position.monthly[
        (position.monthly["les"] == "ltc")
        & (position.monthly["metric"] == "hha")
        & (position.monthly["level"] == "practice")
        & (position.monthly["month"] == AS_AT)
    ]
    assert len(reported) > 195
    assert reported["n_expected"].sum() == 195
    assert set(reported.loc[reported["n_expected"] == 0, "delivered_mark"]) == {"[z]"}


def test_the_sample_folder_holds_what_the_position_was_made_from(position: Position) -> None:
    assert Path(FOLDER).is_dir()
    counted = Sample(FOLDER).monthly("dementia", ("reviews",))[AS_AT]
    rows = position.monthly[
        (position.monthly["les"] == "dementia")
        & (position.monthly["level"] == "practice")
        & (position.monthly["month"] == AS_AT)
        & (position.monthly["delivered_mark"] == "")
    ]
    assert dict(zip(rows["org"], rows["delivered"], strict=True)) == dict(counted)
