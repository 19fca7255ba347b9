"""Each layout's sample file, loaded as the commands do, against figures worked out from the sample."""

import csv
from pathlib import Path

import pytest

from sample.layouts.generate import generate
from tests.mapping.conftest import FILES, SAMPLE, Desk, codes
from tests.sample.extracts import FOLDER, MONTHS, Sample
from tests.sample.test_generation import _contents

SEARCH = "Dementia reviews - LES 2025-26.csv"
WIDE = "LES activity by month 2025-26.xlsx"
CQRS = "CQRS_LES_20251031.csv"
EPRACCUR = "epraccur.csv"
MEMBERSHIP = "ePCN 2025-10.xlsx"

Activity = dict[tuple[str, str, str, str], float]


def _organisations() -> dict[str, dict[str, str]]:
    with (SAMPLE / "reference" / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return {row["ods_code"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def sampled() -> Activity:
    """The sample's activity."""
    sample = Sample(FOLDER)
    return {
        (row["ods_code"], row["les"], row["metric"], row["month"]): float(row["value"])
        for row in sample.activity
    }


@pytest.fixture(scope="module")
def signed_up() -> set[tuple[str, str]]:
    """Codes and LES that are signed up."""
    with (SAMPLE / "reference" / "signup.csv").open(encoding="utf-8", newline="") as file:
        return {(row["ods_code"], row["les"]) for row in csv.DictReader(file) if row["status"] == "signed_up"}


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.iterdir()))
def test_a_layout_is_made_anew_as_committed(name: str, tmp_path: Path) -> None:
    generate(tmp_path)
    assert _contents(tmp_path / name) == _contents(FILES / name)


def test_every_mapping_has_a_sample_file_and_every_file_a_mapping(desk: Desk) -> None:
    assert sorted(mapping.mapping for mapping in desk.specs.mappings) == [
        "cqrs",
        "epraccur",
        "pcn_membership",
        "search_export",
        "wide_by_les",
    ]
    assert {path.name for path in FILES.iterdir()} == {SEARCH, WIDE, CQRS, EPRACCUR, MEMBERSHIP}


def test_a_search_export_gives_one_metric_and_zeros_for_who_is_absent(
    desk: Desk, sampled: Activity, signed_up: set[tuple[str, str]]
) -> None:
    result = desk.layout(SEARCH)
    assert (result.status, result.months) == ("loaded", ("2025-10",))
    reported = {
        code: value
        for (code, les, _, month), value in sampled.items()
        if (les, month) == ("dementia", "2025-10") and value > 0
    }
    expected_to = {code for code, les in signed_up if les == "dementia"}
    assert result.rows == len(reported)
    assert desk.activity() == {
        (code, "dementia", "reviews", "2025-10"): reported.get(code, 0.0)
        for code in expected_to | reported.keys()
    }
    absent = sorted(expected_to - reported.keys())
    zeros = next(problem for problem in result.problems if problem.code == "LES293")
    assert zeros.severity == "warning"
    assert f"{len(absent)} organisations without a row for reviews of dementia in 2025-10" in zeros.message
    assert absent[0] in zeros.message
    assert absent[-1] in zeros.message


def test_a_search_export_lists_what_it_dropped(desk: Desk) -> None:
    result = desk.layout(SEARCH)
    (dropped,) = [problem for problem in result.problems if problem.code == "LES291"]
    assert dropped.message.startswith("1 row of Y99999 left out")


def test_absent_zeros_stand_in_no_row_and_the_others_in_theirs(desk: Desk) -> None:
    desk.layout(SEARCH)
    import pyarrow.parquet as pq

    files = desk.store.snapshot().files["activity"]
    rows = pq.read_table(files[0], partitioning=None).to_pandas().set_index("ods_code")["row"]
    assert rows["0012E4"] == 6  # the first row under the headings, which are in row 5
    assert rows["000123"] == 0


def test_a_wide_workbook_gives_its_months_and_nothing_for_empty_cells(desk: Desk, sampled: Activity) -> None:
    result = desk.layout(WIDE)
    assert result.status == "loaded"
    assert set(codes(result)) <= {"LES261", "LES262", "LES263", "LES264"}
    west = {code for code, row in _organisations().items() if row["sub_icb"] == "02G"}
    metrics = {
        ("dementia", "reviews"),
        ("ltc", "hha"),
        ("ring_pessary", "first_fit"),
        ("ring_pessary", "change"),
    }
    expected = {key: value for key, value in sampled.items() if key[0] in west and key[1:3] in metrics}
    assert desk.activity() == expected
    assert result.months == MONTHS
    # Somebody did not report in some month: nothing stands for it.
    assert len(expected) < len(west) * (7 + 3 * 6)


def test_a_cqrs_extract_gives_the_metrics_of_its_codes(desk: Desk, sampled: Activity) -> None:
    result = desk.layout(CQRS)
    assert result.status == "loaded"
    first = sorted(_organisations())[:30]
    metrics = {("wound_care", "dressing"), ("wound_care", "suture_removal"), ("phlebotomy", "samples")}
    expected = {
        key: value
        for key, value in sampled.items()
        if key[0] in first and key[1:3] in metrics and key[3] in ("2025-09", "2025-10")
    }
    assert desk.activity() == expected
    (ignored,) = [problem for problem in result.problems if problem.code == "LES292"]
    assert ignored.message.startswith(f"{len(expected)} rows are left out")


def test_epraccur_gives_who_there_is(empty: Desk) -> None:
    result = empty.layout(EPRACCUR)
    assert (result.status, result.rows) == ("loaded", 198)
    assert codes(result) == ["LES292", "LES292"]
    known = {str(row["ods_code"]): row for row in empty.known().organisations.to_dict("records")}
    sample = _organisations()
    assert set(known) == set(sample)
    for code, row in sample.items():
        told = known[code]
        assert told["name"] == row["name"].upper()
        assert (told["type"], told["sub_icb"]) == ("practice", row["sub_icb"])
        assert told["sub_icb_name"] == row["sub_icb_name"]
        assert (told["opened"], told["closed"]) == (row["opened"][:7], row["closed"][:7])
        assert (told["pcn"], told["place"], told["trust"], told["successor"]) == ("", "", "", "")


def test_files_that_each_tell_a_part_make_the_organisation(empty: Desk) -> None:
    # In the order of their names the membership would come first, and know nobody.
    results = empty.load(FILES / MEMBERSHIP, FILES / EPRACCUR)
    assert [Path(result.file).name for result in results] == [EPRACCUR, MEMBERSHIP]
    assert [result.status for result in results] == ["loaded", "loaded"]
    rows = empty.known().organisations.to_dict("records")
    known = {(row["ods_code"], row["valid_from"]): row for row in rows}
    for code, row in _organisations().items():
        if not row["closed"] and row["pcn"]:
            told = known[code, "2019-07"]
            assert (told["pcn"], told["pcn_name"]) == (row["pcn"], row["pcn_name"])
            assert (told["name"], told["sub_icb"]) == (row["name"].upper(), row["sub_icb"])


def test_a_move_in_november_leaves_october_as_it_was(desk: Desk) -> None:
    from les_xl.data.organisations import membership

    assert desk.layout(MEMBERSHIP).status == "loaded"
    known = desk.known()
    for month, pcn in (("2025-10", "ZU001"), ("2025-11", "ZU002")):
        members = membership(known, month)
        (told,) = members[members["ods_code"] == "ZZ0002"].to_dict("records")
        assert (told["pcn"], told["place"]) == (pcn, "East")


def test_a_dry_run_knows_what_the_store_would(empty: Desk) -> None:
    results = empty.load(FILES / EPRACCUR, FILES / MEMBERSHIP, dry_run=True)
    assert [result.status for result in results] == ["checked", "checked"]


def test_a_file_with_our_headings_needs_no_mapping(desk: Desk, sampled: Activity) -> None:
    (result,) = desk.load(SAMPLE / "activity" / "activity_2025-04.csv")
    assert result.status == "loaded"
    assert desk.activity() == {key: value for key, value in sampled.items() if key[3] == "2025-04"}
