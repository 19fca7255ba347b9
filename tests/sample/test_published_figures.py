"""The sample adds up to the published figures."""

import pytest

from tests.sample.extracts import MONTHS, PUBLISHED, ROWS, Sample, rows_of

LABELS = [row[0] for row in ROWS]
BANDS = ("0-10%", "11-25%", "26-50%", "51-75%", "76-100%", "100%+")


def _published(label: str, column: str) -> dict[str, int]:
    rows = rows_of(PUBLISHED / "published_plan_vs_delivered.csv")
    return {row["month"]: int(row[column]) for row in rows if row["les"] == label and row[column]}


def test_every_published_row_is_in_the_sample() -> None:
    assert {row["les"] for row in rows_of(PUBLISHED / "published_plan_vs_delivered.csv")} == set(LABELS)


@pytest.mark.parametrize(("label", "les", "metric", "loaded"), ROWS, ids=LABELS)
def test_delivered_is_as_published(
    sample: Sample, label: str, les: str, metric: str, loaded: tuple[str, ...]
) -> None:
    summed = {month: sum(own.values()) for month, own in sample.monthly(les, loaded).items() if own}
    assert summed == _published(label, "delivered"), metric


@pytest.mark.parametrize(("label", "les", "metric", "loaded"), ROWS, ids=LABELS)
def test_targets_sum_to_the_plan_over_the_months_in_service(
    sample: Sample, label: str, les: str, metric: str, loaded: tuple[str, ...]
) -> None:
    months = 12 if les in {"ltc", "vasectomy"} else 11
    per_month = set(_published(label, "planned").values())
    wanted = 76_637 if les == "ltc" else months * per_month.pop()
    targets = sample.targets[les, metric]
    assert sum(targets.values()) == wanted
    assert set(targets) == sample.signed_up[les]
    assert min(targets.values()) >= (20 if les == "ltc" else 1), loaded


def test_only_published_metrics_have_targets(sample: Sample) -> None:
    assert set(sample.targets) == {(les, metric) for _, les, metric, _ in ROWS}


def test_ltc_monthly_plan_is_whole_and_sums_to_6384_each_month(sample: Sample) -> None:
    rows = rows_of(sample.folder / "plans" / "ltc_monthly_2025-26.csv")
    assert {(row["les"], row["metric"], row["year"]) for row in rows} == {("ltc", "hha", "2025-26")}
    keys = {(row["ods_code"], row["month"]) for row in rows}
    months = {*MONTHS, "2025-11", "2025-12", "2026-01", "2026-02", "2026-03"}
    assert len(rows) == len(keys) == 195 * 12
    assert keys == {(code, month) for code in sample.signed_up["ltc"] for month in months}
    for month in months:
        assert sum(int(row["planned"]) for row in rows if row["month"] == month) == 6384
    assert min(int(row["planned"]) for row in rows) >= 1


def test_ltc_monthly_plan_follows_the_targets(sample: Sample) -> None:
    year = dict.fromkeys(sample.targets["ltc", "hha"], 0)
    for row in rows_of(sample.folder / "plans" / "ltc_monthly_2025-26.csv"):
        year[row["ods_code"]] += int(row["planned"])
    for code, target in sample.targets["ltc", "hha"].items():
        assert abs(year[code] * 76_637 - target * 12 * 6384) < 76_637, code


def _band(total: int, target: int) -> int:
    """0 for up to and including 10 %, ... 5 for over 100 %; in whole numbers, so that no edge is rounded."""
    for band, edge in enumerate((10, 25, 50, 75, 100)):
        if total * 100 <= target * edge:
            return band
    return 5


def _totals(sample: Sample, last: str) -> dict[str, int]:
    months = [own for month, own in sample.monthly("ltc", ("hha",)).items() if month <= last]
    return {code: sum(own.get(code, 0) for own in months) for code in sample.signed_up["ltc"]}


def _banded(sample: Sample, last: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for code, total in _totals(sample, last).items():
        row = found.setdefault(sample.organisations[code]["sub_icb_name"], [0] * 6)
        row[_band(total, sample.targets["ltc", "hha"][code])] += 1
    return found


def test_october_bands_are_as_published_but_for_morecambe_bay(sample: Sample) -> None:
    published = {
        row["sub_icb"]: [int(row[band]) for band in BANDS]
        for row in rows_of(PUBLISHED / "published_banding_2025-10.csv")
    }
    total = published.pop("Total")
    assert published["Morecambe Bay"] == [6, 2, 14, 5, 2, 2]
    published["Morecambe Bay"] = [6, 2, 13, 5, 2, 2]
    banded = _banded(sample, "2025-10")
    assert banded == published
    assert [sum(column) for column in zip(*banded.values(), strict=True)] == [16, 19, 50, 45, 31, 34]
    assert total == [16, 19, 51, 45, 31, 34]


def test_september_position_fits_the_statements_of_the_report(sample: Sample) -> None:
    bands = [sum(column) for column in zip(*_banded(sample, "2025-09").values(), strict=True)]
    assert bands[0] == 42
    assert sum(bands[3:]) == 86


def test_ltc_totals(sample: Sample) -> None:
    assert sum(_totals(sample, "2025-10").values()) == 44_608
    assert sum(_totals(sample, "2025-09").values()) == 36_442


@pytest.mark.parametrize("edge", [10, 25, 50, 75, 100])
def test_practices_stand_on_each_edge_of_a_band_and_just_above(sample: Sample, edge: int) -> None:
    targets = sample.targets["ltc", "hha"]
    beyond = {code: total * 100 - targets[code] * edge for code, total in _totals(sample, "2025-10").items()}
    assert 0 in beyond.values()
    assert any(0 < distance <= 100 for distance in beyond.values())


def test_no_month_is_most_of_a_practices_work(sample: Sample) -> None:
    totals, monthly = _totals(sample, "2025-10"), sample.monthly("ltc", ("hha",))
    for code, total in totals.items():
        most = max(own.get(code, 0) for own in monthly.values())
        assert total < 30 or most * 100 <= total * 55, code
