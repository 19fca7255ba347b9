"""The sample looks like real extracts: practices, sign-up, returns, encodings; and it holds nobody's data."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.sample.extracts import (
    CLOSED,
    FOLDER,
    LES,
    MONTHS,
    NOTICE_GIVEN,
    ROWS,
    SPECIAL_ALLOCATION,
    STOCKS,
    Row,
    Sample,
    rows_of,
)

SIZES = {"00Q": 22, "01A": 47, "00X": 25, "02G": 15, "01E": 22, "00R": 14, "02M": 20, "01K": 30}
COLUMNS = {
    "reference/organisations.csv": "ods_code,name,type,pcn,pcn_name,sub_icb,sub_icb_name,place,trust,"
    "opened,closed,successor,valid_from",
    "reference/list_sizes.csv": "ods_code,month,list_size",
    "reference/signup.csv": "ods_code,les,status,from,to,reason",
    "plans/plans_2025-26.csv": "ods_code,les,metric,year,annual_target",
    "other_providers/other_providers_2024-25.csv": "trust,place,indicator,month,value",
    "other_providers/other_providers_2025-26.csv": "trust,place,indicator,month,value",
    "plans/ltc_monthly_2025-26.csv": "ods_code,les,metric,year,month,planned",
    "quality/quality_2025-10.csv": "ods_code,les,metric,month,value",
} | {f"activity/activity_{month}.csv": "ods_code,les,metric,month,value" for month in MONTHS[:-1]}
LOADED = {(les, metric) for _, les, _, loaded in ROWS for metric in loaded} | STOCKS


def test_files_and_columns_are_the_canonical_ones() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert files == {*COLUMNS, "activity/activity_2025-10.xlsx"}
    for name, columns in COLUMNS.items():
        assert (FOLDER / name).read_text(encoding="utf-8-sig").splitlines()[0] == columns


@pytest.mark.parametrize("month", MONTHS[:-1])
def test_activity_files_have_the_suppliers_line_ends_and_marks(month: str) -> None:
    data = (FOLDER / "activity" / f"activity_{month}.csv").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") > 200
    assert data.startswith(b"\xef\xbb\xbf") == (month in {"2025-06", "2025-09"})


def test_195_practices_count_in_the_published_sub_icb_groups(sample: Sample) -> None:
    counting = sample.signed_up["ltc"]
    assert Counter(sample.organisations[code]["sub_icb"] for code in counting) == SIZES
    assert set(sample.organisations) - counting == {SPECIAL_ALLOCATION, NOTICE_GIVEN, CLOSED}


def test_the_closed_practice_closed_before_the_year_and_has_nothing_else(sample: Sample) -> None:
    closed = sample.organisations[CLOSED]
    assert closed["closed"] == "2024-09-30"
    assert sample.organisations[closed["successor"]]["closed"] == ""
    assert [code for code, row in sample.organisations.items() if row["closed"]] == [CLOSED]
    rest = [*sample.activity, *sample.signup.values(), *rows_of(FOLDER / "reference" / "list_sizes.csv")]
    assert CLOSED not in {row["ods_code"] for row in rest}


def test_excluded_practices_carry_their_reason_and_no_target(sample: Sample) -> None:
    for code, reason in ((SPECIAL_ALLOCATION, "special_allocation_scheme"), (NOTICE_GIVEN, "notice_given")):
        rows = [row for row in sample.signup.values() if row["ods_code"] == code]
        assert {row["les"] for row in rows} == set(LES)
        assert {(row["status"], row["reason"], row["to"]) for row in rows} == {("not_signed_up", reason, "")}
        assert not any(code in targets for targets in sample.targets.values())
    reasons = {row["reason"] for row in sample.signup.values() if row["ods_code"] in sample.signed_up["ltc"]}
    assert not reasons & {"special_allocation_scheme", "notice_given"}


def test_only_the_practice_that_gave_notice_has_activity_without_sign_up(sample: Sample) -> None:
    without = [row for row in sample.activity if row["ods_code"] not in sample.signed_up[row["les"]]]
    assert {(row["ods_code"], row["les"]) for row in without} == {(NOTICE_GIVEN, "ltc")}
    assert sum(int(row["value"]) for row in without) > 0


def test_signup_rates(sample: Sample) -> None:
    routine = [les for les in LES if les != "vasectomy"]
    average = sum(len(sample.signed_up[les]) for les in routine) / len(routine) / 197
    assert 0.945 <= average <= 0.975
    assert len(sample.signed_up["vasectomy"]) == 8
    assert {row["from"] for row in sample.signup.values() if row["les"] in {"ltc", "vasectomy"}} == {
        "2025-04"
    }
    assert {row["from"] for row in sample.signup.values() if row["les"] not in {"ltc", "vasectomy"}} == {
        "2025-05"
    }


def test_groupings_are_separate_and_not_nested(sample: Sample) -> None:
    sub_icbs, places = defaultdict(set), defaultdict(set)
    for row in sample.organisations.values():
        sub_icbs[row["pcn"]].add(row["sub_icb"])
        places[row["pcn"]].add(row["place"])
    assert 35 <= len(sub_icbs) <= 45
    assert sum(len(found) > 1 for found in sub_icbs.values()) == 1
    assert any(len(found) > 1 for found in places.values())
    assert len({place for found in places.values() for place in found}) == 4
    assert len({row["trust"] for row in sample.organisations.values()}) == 4


@pytest.mark.parametrize(
    ("code", "name"), [("pcn", "pcn_name"), ("sub_icb", "sub_icb_name"), ("name", "ods_code")]
)
def test_a_code_has_one_name(sample: Sample, code: str, name: str) -> None:
    pairs = {(row[code], row[name]) for row in sample.organisations.values()}
    assert len(pairs) == len({pair[0] for pair in pairs}) == len({pair[1] for pair in pairs})


def test_list_sizes_are_realistic_and_given_twice_for_open_practices(sample: Sample) -> None:
    rows = rows_of(FOLDER / "reference" / "list_sizes.csv")
    assert {(row["ods_code"], row["month"]) for row in rows} == {
        (code, month) for code in sample.organisations if code != CLOSED for month in ("2025-04", "2025-10")
    }
    assert len(rows) == 2 * 197
    assert all(2_000 <= int(row["list_size"]) <= 25_000 for row in rows)


def test_targets_follow_list_sizes(sample: Sample) -> None:
    rows = rows_of(FOLDER / "reference" / "list_sizes.csv")
    april = {row["ods_code"]: int(row["list_size"]) for row in rows if row["month"] == "2025-04"}
    for targets in sample.targets.values():
        total, patients = sum(targets.values()), sum(april[code] for code in targets)
        for code, target in targets.items():
            assert abs(target * patients - total * april[code]) < patients


def test_activity_rows_are_sorted_unique_whole_and_not_before_the_start(sample: Sample) -> None:
    keys = [(row["month"], row["ods_code"], row["les"], row["metric"]) for row in sample.activity]
    assert keys == sorted(set(keys))
    assert {(row["les"], row["metric"]) for row in sample.activity} == LOADED
    assert all(re.fullmatch("0|[1-9][0-9]*", row["value"]) for row in sample.activity)
    assert {row["les"] for row in sample.activity if row["month"] == "2025-04"} == {"ltc", "vasectomy"}


def _reported(sample: Sample) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in sample.activity:
        if row["ods_code"] in sample.signed_up[row["les"]]:
            found[row["les"], row["month"]].add(row["ods_code"])
    return found


def test_over_nine_in_ten_report_each_month_but_not_all_do(sample: Sample) -> None:
    for (les, month), codes in _reported(sample).items():
        assert len(codes) > 0.9 * len(sample.signed_up[les]), (les, month)
    complete = [key for key, codes in _reported(sample).items() if codes == sample.signed_up[key[0]]]
    assert len(complete) < 20


def test_one_practice_never_reported_ltc_and_another_reports_zeros(sample: Sample) -> None:
    reported = _reported(sample)
    ever = set.union(*(reported["ltc", month] for month in MONTHS))
    assert len(sample.signed_up["ltc"] - ever) == 1
    by_code: dict[str, list[str]] = defaultdict(list)
    for row in sample.activity:
        if row["les"] == "ltc":
            by_code[row["ods_code"]].append(row["value"])
    assert [values for values in by_code.values() if set(values) == {"0"}] == [["0"] * 7]


def test_some_practices_have_not_reported_for_two_months_or_more(sample: Sample) -> None:
    reported = _reported(sample)
    silent = {
        les: sample.signed_up[les] - reported[les, "2025-09"] - reported[les, "2025-10"]
        for les in LES
        if les != "vasectomy"
    }
    assert len(silent["ltc"]) == 4  # three that stopped, and the one that never began
    assert sum(bool(codes) for codes in silent.values()) >= 10


def test_parts_of_a_sum_are_reported_together(sample: Sample) -> None:
    parts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in sample.activity:
        if (row["les"], row["metric"]) not in STOCKS:
            parts[row["ods_code"], row["les"], row["month"]].add(row["metric"])
    whole = {les: set(loaded) for _, les, _, loaded in ROWS} | {"vasectomy": {"procedure", "counselling"}}
    assert all(found == whole[les] for (_, les, _), found in parts.items())


def test_registers_never_shrink(sample: Sample) -> None:
    sizes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in sample.activity:
        if (row["les"], row["metric"]) in STOCKS:
            sizes[row["ods_code"], row["les"]].append(int(row["value"]))
    assert all(own == sorted(own) for own in sizes.values())
    assert sum(own[-1] > own[0] for own in sizes.values()) > len(sizes) / 2


def test_exceptions_exist_on_both_sides_in_every_les_but_vasectomy(sample: Sample) -> None:
    for _, les, metric, loaded in ROWS:
        targets = sample.targets[les, metric]
        done = Counter[str]()
        for own in sample.monthly(les, loaded).values():
            done.update(own)
        shares = [done[code] / target for code, target in targets.items()]
        middle = sorted(shares)[len(shares) // 2]
        assert les == "vasectomy" or min(shares) < middle / 2 < middle * 1.5 < max(shares), les


def test_quality_stands_beside_activity_and_within_it(sample: Sample) -> None:
    of = {
        "consent_to_share": "hha",
        "ethnicity": "hha",
        "falls": "hha",
        "failed": "samples",
        "over_cap": "change",
    }
    activity = {
        (row["ods_code"], row["les"], row["metric"], row["month"]): int(row["value"])
        for row in sample.activity
    }
    rows = rows_of(FOLDER / "quality" / "quality_2025-10.csv")
    keys = [(row["month"], row["ods_code"], row["les"], row["metric"]) for row in rows]
    assert keys == sorted(set(keys))
    assert {row["metric"] for row in rows} == set(of)
    for row in rows:
        whole = activity[row["ods_code"], row["les"], of[row["metric"]], row["month"]]
        assert 0 <= int(row["value"]) <= whole, row
        assert row["ods_code"] in sample.signed_up[row["les"]]
    silent = sample.signed_up["ltc"] - {row["ods_code"] for row in rows if row["les"] == "ltc"}
    assert 3 <= len(silent) <= 20


def test_codes_that_spreadsheets_take_for_numbers_are_there_and_all_are_fictional(sample: Sample) -> None:
    numbers = {code for code in sample.organisations if re.fullmatch("[0-9]+(E[0-9]+)?", code)}
    assert numbers == {"01E105", "0012E4", "1E0005", "000123", "123E00"}
    assert all(re.fullmatch("ZZ[0-9]{4}", code) for code in set(sample.organisations) - numbers)
    for row in sample.organisations.values():
        assert all(row[name].endswith("(fictional)") for name in ("name", "pcn_name", "trust"))


def _cells(sample: Sample) -> set[str]:
    files = [path for path in FOLDER.rglob("*.csv") if path.parent.name != "activity"]
    rows: list[Row] = [row for path in files for row in rows_of(Path(path))]
    return {value for row in [*rows, *sample.activity] for value in row.values()}


def test_nothing_looks_like_an_nhs_number(sample: Sample) -> None:
    assert not [cell for cell in _cells(sample) if len(re.sub("[^0-9]", "", cell)) == 10]
    assert not [cell for cell in _cells(sample) if re.search("[0-9]{10}", cell)]
