"""The way in: order, whole or not at all, reports beside refused files, and what is accepted and listed."""

import json
from datetime import UTC, datetime
from pathlib import Path

import deltalake
import openpyxl
import pytest

from les_xl.errors import LesError
from tests.data.world import ACTIVITY_HEADER, ORGANISATIONS, SIGNUP, World, codes

PLANS = "ods_code,les,metric,year,annual_target\nP81001,dementia,reviews,2025-26,40\n"
GOOD = ACTIVITY_HEADER + "P81001,dementia,reviews,2025-10,4\n"
BAD = ACTIVITY_HEADER + "P81001,dementia,reviews,2025-10,4\nP81001,dementia,review,2025-09,=4\n"


def report(path: Path) -> list[tuple[object, ...]]:
    """The rows under the headings of a report."""
    book = openpyxl.load_workbook(path)
    rows: list[tuple[object, ...]] = [tuple(row) for row in book["Problems"].iter_rows(values_only=True)]
    book.close()
    return rows[4:]


def test_a_batch_is_loaded_in_the_order_in_which_one_file_needs_another(empty: World) -> None:
    empty.write("a_2025-10.csv", GOOD)
    empty.write("b_2025-09.csv", GOOD.replace("2025-10", "2025-09"))
    empty.write("c_plans.csv", PLANS)
    empty.write("d_signup.csv", SIGNUP)
    empty.write("e_sizes.csv", "ods_code,month,list_size\nP81001,2025-10,5055\n")
    empty.write("f_organisations.csv", ORGANISATIONS)
    results = empty.load_paths([empty.extracts])
    assert [(result.kind, result.load, result.status) for result in results] == [
        ("organisations", 1, "loaded"),
        ("list_sizes", 2, "loaded"),
        ("signup", 3, "loaded"),
        ("plans", 4, "loaded"),
        ("activity", 5, "loaded"),
        ("activity", 6, "loaded"),
    ]
    assert [result.months for result in results[4:]] == [("2025-09",), ("2025-10",)]
    known = empty.known()
    assert known.targets.to_dict("records") == [
        {
            "ods_code": "P81001",
            "les": "dementia",
            "metric": "reviews",
            "year": "2025-26",
            "from": "",
            "annual_target": 40,
        }
    ]
    old = known.organisations.set_index("ods_code").loc["P81009"]
    assert (old["opened"], old["closed"], old["successor"]) == ("2001-07", "2025-06", "P81001")
    first = known.organisations.set_index("ods_code").loc["P81001"]
    assert (first["opened"], first["closed"], first["valid_from"]) == ("1974-04", "", "")


def test_a_dry_run_checks_a_batch_as_a_whole_and_stores_nothing(empty: World) -> None:
    empty.write("activity.csv", GOOD)
    empty.write("organisations.csv", ORGANISATIONS)
    empty.write("bad.csv", BAD)
    results = empty.load_paths([empty.extracts], dry_run=True)
    assert [result.status for result in results] == ["checked", "refused", "checked"]
    assert [result.load for result in results] == [None, None, None]
    assert not empty.store.path.exists()
    assert list(empty.extracts.glob("*.problems.xlsx")) == []


def test_a_refused_file_stays_and_a_report_beside_it_says_why(world: World) -> None:
    result = world.load(BAD, "bad.csv")
    assert (result.status, result.load, codes(result)) == ("refused", None, ["LES232", "LES236"])
    assert world.known().activity.empty
    assert (world.extracts / "bad.csv").read_text() == BAD
    metric, value = report(world.extracts / "bad.csv.problems.xlsx")
    assert metric[:6] == ("LES232", "error", None, 3, "metric", "review")
    assert metric[6:] == ("dementia has no metric 'review'", "did you mean 'reviews'?")
    assert value[:6] == ("LES236", "error", None, 3, "value", "=4")


def test_a_report_holds_texts_and_no_formulas(world: World) -> None:
    world.load(BAD, "bad.csv")
    book = openpyxl.load_workbook(world.extracts / "bad.csv.problems.xlsx")
    kinds = {cell.data_type for row in book["Problems"].iter_rows() for cell in row}
    book.close()
    assert kinds <= {"s", "n"}


def test_a_new_report_takes_the_place_of_the_old_and_an_accepted_file_leaves_it(world: World) -> None:
    world.load(BAD, "file.csv")
    world.load(BAD.replace("=4", "5"), "file.csv")
    assert len(report(world.extracts / "file.csv.problems.xlsx")) == 1
    assert world.load(GOOD, "file.csv").status == "loaded"
    assert (world.extracts / "file.csv.problems.xlsx").exists()
    assert list(world.extracts.glob("*.tmp")) == []


def test_a_report_that_cannot_be_written_is_said(world: World) -> None:
    (world.extracts / "bad.csv.problems.xlsx").mkdir()
    result = world.load(BAD, "bad.csv")
    assert (result.status, codes(result)) == ("refused", ["LES232", "LES236", "LES223"])
    assert "bad.csv.problems.xlsx" in result.problems[-1].message
    assert sorted(path.name for path in world.extracts.iterdir()) == ["bad.csv", "bad.csv.problems.xlsx"]


def test_one_refused_file_does_not_stop_the_others(world: World) -> None:
    results = world.load_paths([world.write("bad.csv", BAD), world.write("good.csv", GOOD)])
    assert sorted(result.status for result in results) == ["loaded", "refused"]


def test_the_same_bytes_are_no_load_whatever_their_name(world: World) -> None:
    assert world.load(GOOD, "a.csv").load == 3
    again = world.load(GOOD, "b.csv")
    assert (again.status, again.load) == ("unchanged", 3)
    assert "the same bytes are load 3 already" in again.sentence()
    world.store.retract(3, now=datetime(2025, 11, 21, tzinfo=UTC), user="analyst")
    assert world.load(GOOD, "b.csv").load == 5


def test_a_folder_is_searched_and_what_is_no_extract_is_passed_over(world: World) -> None:
    deep = world.extracts / "2025" / "October"
    deep.mkdir(parents=True)
    (deep / "Activity.CSV").write_text(GOOD)
    for name in (
        "~$Activity.xlsx",
        ".~lock.Activity.csv",
        "old.csv.problems.xlsx",
        "notes.txt",
        "a.xlsx.bak",
    ):
        (deep / name).write_bytes(b"not an extract")
    (result,) = world.load_paths([world.extracts])
    assert (result.status, Path(result.file).name) == ("loaded", "Activity.CSV")


def test_a_file_named_twice_is_loaded_once(world: World) -> None:
    path = world.write("a.csv", GOOD)
    assert len(world.load_paths([path, world.extracts, path.parent / ".." / "extracts" / "a.csv"])) == 1


@pytest.mark.parametrize(("name", "code"), [("nothing.csv", "LES201"), ("empty", "LES203")])
def test_what_is_not_there_is_said(world: World, name: str, code: str) -> None:
    (world.extracts / "empty").mkdir()
    (result,) = world.load_paths([world.extracts / name])
    assert (result.status, codes(result)) == ("refused", [code])


def test_a_file_that_is_open_elsewhere_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    path, read = world.write("locked.csv", GOOD), Path.read_bytes

    def locked(self: Path) -> bytes:
        if self == path:
            raise PermissionError(13, "The process cannot access the file")
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", locked)
    (result,) = world.load_paths([path])
    assert (result.status, codes(result)) == ("refused", ["LES204"])
    assert "The process cannot access the file" in result.problems[0].message


def test_a_result_is_a_line_and_json(world: World) -> None:
    loaded, refused = world.load(GOOD, "good.csv"), world.load(BAD, "bad.csv")
    assert loaded.sentence() == f"{world.extracts / 'good.csv'}: load 3: activity, 1 row"
    assert refused.sentence() == f"{world.extracts / 'bad.csv'}: refused, 2 errors"
    assert json.loads(json.dumps(refused.as_json()))["problems"][0]["place"]["row"] == 3


def test_a_flood_is_cut_short_and_counted(world: World) -> None:
    result = world.activity(*(f"X{at:05d},dementia,reviews,2025-10,4" for at in range(1000)))
    assert codes(result) == ["LES230"] * 200 + ["LES224"]
    assert result.problems[-1].message == "800 more of LES230 are not listed one by one"
    assert result.sentence().endswith("activity.csv: refused, 1,000 errors")
    assert len(report(world.extracts / "activity.csv.problems.xlsx")) == 201


def test_organisations_that_nobody_loaded_are_named_as_the_cause(empty: World) -> None:
    (problem,) = empty.load(GOOD).problems
    assert (problem.code, problem.hint) == (
        "LES230",
        "load the organisations file first, or together with this one",
    )


def test_a_restated_month_is_accepted_and_listed_with_both_values(world: World) -> None:
    world.activity("P81001,dementia,reviews,2025-09,12", "P81002,dementia,reviews,2025-09,5")
    result = world.activity("P81001,dementia,reviews,2025-09,14", "P81002,dementia,reviews,2025-09,5")
    (problem,) = result.problems
    assert (result.status, problem.code, problem.place.row) == ("loaded", "LES265", 2)
    assert problem.message == "reviews of dementia for P81001 in 2025-09 was 12 and is now 14"
    assert dict(world.known().activity[["ods_code", "value"]].to_numpy().tolist()) == {
        "P81001": 14,
        "P81002": 5,
    }
    assert dict(world.known(3).activity[["ods_code", "value"]].to_numpy().tolist()) == {
        "P81001": 12,
        "P81002": 5,
    }


def test_a_practice_that_reported_the_month_before_is_missed(world: World) -> None:
    world.activity("P81001,dementia,reviews,2025-09,1", "P81002,dementia,reviews,2025-09,1")
    result = world.activity("P81001,dementia,reviews,2025-10,1")
    (problem,) = result.problems
    assert (result.status, problem.code, problem.place.row) == ("loaded", "LES264", None)
    assert problem.message == "P81002 reported dementia for 2025-09, with no row for 2025-10"


def test_those_who_miss_the_same_are_one_line_and_a_silent_one_has_its_own(world: World) -> None:
    """Fourteen miss dementia alone, P81002 ring pessary as well."""
    new = [f"P8200{at:x}".upper() for at in range(14)]
    rows = "".join(f"{code},New,practice,U001,U,00Q,B,B,R,2001-07-01,,,\n" for code in new)
    world.load(ORGANISATIONS.splitlines()[0] + "\n" + rows, "new.csv")
    signed = "".join(f"{code},dementia,signed_up,2025-05,,\n" for code in new)
    world.load(SIGNUP + signed, "signup.csv")
    dementia = [f"{code},dementia,reviews,2025-09,1" for code in (*new, "P81001", "P81002")]
    pessary = [f"{code},ring_pessary,first_fit,2025-09,1" for code in ("P81001", "P81002")]
    world.activity(*dementia, *pessary)
    result = world.activity("P81001,dementia,reviews,2025-10,1", "P81001,ring_pessary,first_fit,2025-10,1")
    told = [problem.message for problem in result.problems]
    named = "; ".join(new[:12])
    assert told == [
        "P81002 reported dementia, ring_pessary for 2025-09, with no row for 2025-10",
        f"14 organisations ({named}; 2 more) reported dementia for 2025-09, with no row for 2025-10",
    ]


def test_a_practice_that_has_closed_or_came_in_before_is_not_missed(world: World) -> None:
    world.activity("P81009,dementia,reviews,2025-06,1", "P81002,dementia,reviews,2025-06,1")
    assert world.activity("P81002,dementia,reviews,2025-07,2").problems == ()
    assert codes(world.activity("P81001,dementia,reviews,2025-07,2")) == []


@pytest.mark.parametrize(("value", "listed"), [(109, False), (110, True), (1000, True)])
def test_a_value_of_ten_times_its_own_median_is_listed(world: World, value: int, listed: bool) -> None:
    usual = {"2025-05": 9, "2025-06": 11, "2025-07": 40}
    world.activity(*(f"P81001,dementia,reviews,{month},{count}" for month, count in usual.items()))
    result = world.activity(f"P81001,dementia,reviews,2025-08,{value}")
    assert (result.status, codes(result)) == ("loaded", ["LES263"] if listed else [])


@pytest.mark.parametrize(
    ("usual", "value", "listed"),
    [(2, 49, False), (2, 50, True), (5, 49, False), (5, 50, True), (6, 59, False)],
)
def test_of_small_numbers_ten_times_as_many_is_chance(
    world: World, usual: int, value: int, listed: bool
) -> None:
    world.activity(*(f"P81001,dementia,reviews,2025-0{month},{usual}" for month in (5, 6, 7)))
    result = world.activity(f"P81001,dementia,reviews,2025-08,{value}")
    assert codes(result) == (["LES263"] if listed else [])


def test_a_value_is_not_unusual_before_three_others_are_known(world: World) -> None:
    world.activity("P81001,dementia,reviews,2025-05,1", "P81001,dementia,reviews,2025-06,1")
    assert codes(world.activity("P81001,dementia,reviews,2025-07,900")) == []


def test_a_wide_plan_file_may_repeat_the_target_beside_each_month(world: World) -> None:
    head = "ods_code,les,metric,year,annual_target,month,planned\n"
    rows = [f"P81001,dementia,reviews,2025-26,40,2025-{month:02d},{month}" for month in (10, 11, 12)]
    result = world.load(head + "\n".join(rows) + "\nP81002,dementia,reviews,2025-26,,2025-10,7\n")
    assert (result.status, result.kind, codes(result)) == ("loaded", "plans", [])
    assert list(world.known().targets["annual_target"]) == [40]
    assert list(world.known().planned["planned"]) == [10, 11, 12, 7]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("P81001,dementia,reviews,2025-26,,,", "LES235"),
        ("P81001,dementia,reviews,2025-26,,,7", "LES235"),
        ("P81001,dementia,reviews,2025-26,forty,,", "LES236"),
        ("P81001,dementia,reviews,2025-26,40,,\nP81001,dementia,reviews,2025-26,41,,", "LES234"),
    ],
)
def test_a_plan_row_says_what_is_planned(world: World, row: str, code: str) -> None:
    result = world.load(f"ods_code,les,metric,year,annual_target,month,planned\n{row}\n")
    assert codes(result) == [code]


def test_a_plan_of_next_year_is_no_mistake_and_activity_of_next_month_is(world: World) -> None:
    assert world.load(PLANS.replace("2025-26", "2026-27")).status == "loaded"
    now = datetime(2025, 10, 1, tzinfo=UTC)
    assert world.load(GOOD, now=now).status == "loaded"
    assert codes(world.activity("P81001,dementia,reviews,2025-11,4", now=now)) == ["LES239"]


def test_a_sign_up_that_is_restated_is_one_row_a_key(world: World) -> None:
    world.load(
        SIGNUP.splitlines()[0] + "\nP81001,dementia,Signed up,May 2025,2025-08-31,Notice given\n", "s.csv"
    )
    mine = world.known().signup.set_index("ods_code").loc["P81001"]
    assert mine.to_dict() == {
        "les": "dementia",
        "from": "2025-05",
        "status": "signed_up",
        "to": "2025-08",
        "reason": "notice_given",
    }


def test_a_store_that_cannot_be_written_stops_the_batch_and_stays_as_it_was(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    path = world.write("good.csv", GOOD)
    with monkeypatch.context() as patched:
        patched.setattr(deltalake, "write_deltalake", full)
        with pytest.raises(LesError) as error:
            world.load_paths([path])
    (problem,) = error.value.problems
    assert (problem.code, "No space left" in problem.message) == ("LES305", True)
    assert list(world.store.loads()["load"]) == [1, 2]
    assert world.load_paths([path])[0].load == 3
