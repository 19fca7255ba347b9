"""`specs diff`: what changed in words, the same for a workspace, a folder and a file; texts do not matter."""

from collections.abc import Callable
from pathlib import Path

import pytest

from les_xl.errors import LesError
from les_xl.spec.diff import compare
from tests.spec.audience_files import AUDIENCES, BOARD, WITH_AUDIENCES
from tests.spec.workspaces import DEMENTIA, GOOD, LES, ROOT, Files, write

_FLAT = "from: 2025-05, source: a paper}\n"
_REGISTER = "{year: 2025-26, basis: flat, metric: register, per_month: 5, source: x}"
_NEW_CHART = "  - {id: unusual, level: [icb], rule: xmr, profile: mdc, severity: advise}\n"
_NEW_RULE = "  - {id: new, level: [icb], when: planned > 5, severity: advise}\n"
_LATER = (
    "from: 2025-05, to: 2025-10, source: a paper}\n"
    "  - {year: 2025-26, basis: flat, per_month: 14, annual_target: 130, from: 2025-11, source: a paper}\n"
)


def _said(root: Path, new: Files, old: Files = WITH_AUDIENCES) -> list[str]:
    write(root / "old", old)
    write(root / "new", new)
    return [str(change) for change in compare(root / "old", root / "new")]


def _with(file: str, *edits: tuple[str, str]) -> Files:
    text = WITH_AUDIENCES[file]
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return {**WITH_AUDIENCES, file: text}


def test_a_workspace_is_as_itself(tmp_path: Path) -> None:
    assert _said(tmp_path, WITH_AUDIENCES) == []
    assert compare(ROOT, ROOT / "specs") == ()


@pytest.mark.parametrize(
    ("file", "edit", "said"),
    [
        (
            DEMENTIA,
            (_FLAT, _LATER),
            [
                "Dementia: plan from November 2025 is 14 a month (was 10).",
                "Dementia: annual target from November 2025 is 130 (was 110).",
            ],
        ),
        (DEMENTIA, ("per_month: 10,", "per_month: 1332.5,"), ["Dementia: plan is 1,332.5 a month (was 10)."]),
        (
            DEMENTIA,
            (
                "_as: Dementia}",
                "_as: Dementia, chart: {improves: down, target: 12, rebase: [{from: 2026-05, reason: x}]}}",
            ),
            [
                "Dementia: metric 'reviews', chart, improves is down (there was none).",
                "Dementia: metric 'reviews', chart, target is 12 (there was none).",
                "Dementia: metric 'reviews', chart, new limits from '2026-05' is new.",
            ],
        ),
        (
            DEMENTIA,
            (_FLAT, "from: 2025-06, to: 2026-02, source: a paper}\n"),
            [
                "Dementia: plan in May 2025 is left out (was 10).",
                "Dementia: plan from March 2026 is left out (was 10).",
                "Dementia: annual target in May 2025 is left out (was 110).",
                "Dementia: annual target from March 2026 is left out (was 110).",
            ],
        ),
        (
            DEMENTIA,
            ("bands:\n", f"  - {_REGISTER}\nbands:\n"),
            ["Dementia: plan of Register is 5 a month (there was none)."],
        ),
        (
            DEMENTIA,
            ("2025-05: 10%, 2025-06: 10%", "2025-05: 9%, 2025-06: 11%"),
            [
                "Dementia: share of the expected profile of 2025-26 in May 2025 is 9% (was 10%).",
                "Dementia: share of the expected profile of 2025-26 in June 2025 is 11% (was 10%).",
            ],
        ),
        (
            DEMENTIA,
            (_FLAT, "from: 2025-05, source: a letter}\n"),
            ["Dementia: plan is as before, by another source: a letter; a paper (was a paper)."],
        ),
        (
            DEMENTIA,
            ("< 60%", "< 50%"),
            [
                (
                    "Dementia: exception rule 'under_plan' is flagged when % of plan to date is below "
                    "50% (was when % of plan to date is below 60%)."
                )
            ],
        ),
        (
            DEMENTIA,
            ("exceptions:\n", "exceptions:\n" + _NEW_RULE),
            ["Dementia: exception rule 'new' is new: flagged when planned activity in the month is above 5."],
        ),
        (
            DEMENTIA,
            ("exceptions:\n", "exceptions:\n" + _NEW_CHART),
            [
                (
                    "Dementia: exception rule 'unusual' is new: flagged when delivered in the latest month "
                    "is special cause by an XmR chart (profile mdc)."
                )
            ],
        ),
        (
            DEMENTIA,
            ("< 60%, ", "< 60%, least: 5, "),
            ["Dementia: exception rule 'under_plan', least is 5 (was 15)."],
        ),
        (
            DEMENTIA,
            ("severity: alert", "severity: advise"),
            ["Dementia: exception rule 'under_plan', severity is advise (was alert)."],
        ),
        (
            DEMENTIA,
            ("[icb, practice]", "[icb, pcn]"),
            ["Dementia: exception rule 'under_plan', levels: now also pcn, no longer practice."],
        ),
        (
            DEMENTIA,
            ("title: Dementia\n", "title: Reviews\n"),
            ["Dementia: title is 'Reviews' (was 'Dementia')."],
        ),
        (
            DEMENTIA,
            ("starts: 2025-05", "starts: 2025-05\nends: 2026-03"),
            ["Dementia: last month is March 2026 (there was none)."],
        ),
        (
            DEMENTIA,
            ("[50%, 100%]", "[40%, 100%]"),
            ["Dementia: bands, edges are 40% and 100% (was 50% and 100%)."],
        ),
        (
            DEMENTIA,
            ("rule: notice_given", "rule: gone"),
            ["Dementia: exclusion 'notice_given' is gone.", "Dementia: exclusion 'gone' is new."],
        ),
        (
            DEMENTIA,
            (", from: 2025-09}", ", from: 2025-10}"),
            ["Dementia: exclusion 'notice_given', first month is October 2025 (was September 2025)."],
        ),
        (
            DEMENTIA,
            ("kind: stock}", "kind: stock, unit: people}"),
            ["Dementia: metric 'register', unit is 'people' (there was none)."],
        ),
        (
            DEMENTIA,
            ("bands:\n", "eligible: {types: [practice]}\nbands:\n"),
            ["Dementia: eligible, types: no longer alternative_provider."],
        ),
        (LES, ("  - {code: 01A, name: There}\n", ""), ["Workspace: sub ICB group '01A' is gone."]),
        (LES, ("below: 95%", "below: 90%"), ["Workspace: status, below is 90% (was 95%)."]),
        (LES, ("name: Here", "name: Near"), ["Workspace: sub ICB group '00Q', name is 'Near' (was 'Here')."]),
        (
            BOARD,
            ("[summary, escalations]", "[escalations, summary]"),
            ["The board: sections are in another order: escalations and summary."],
        ),
        (
            BOARD,
            ("formats: [pdf, slides]", "formats: [pdf, slides]\nroutine: false"),
            ["The board: routine is false (was true)."],
        ),
    ],
    ids=str,
)
def test_a_change_is_told_in_words(file: str, edit: tuple[str, str], said: list[str], tmp_path: Path) -> None:
    assert sorted(_said(tmp_path, _with(file, edit))) == sorted(said)


@pytest.mark.parametrize(
    "rewrite",
    [
        lambda text: "# a remark\n" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("title: Dementia\n", 'title: "Dementia"\n'),
        lambda text: text.replace("pct_plan_to_date < 60%", "(pct_plan_to_date<60%)"),
        lambda text: text.replace("kind: stock}", "kind: stock, headline: false}"),
        lambda text: text.replace("spec: les/1\nles: dementia\n", "les: dementia\nspec: les/1\n"),
        lambda text: text.replace("per_month: 10,", "per_month: 10.0,"),
        lambda text: text.replace(
            _FLAT,
            "from: 2025-05, to: 2025-10, source: a paper}\n  - {year: 2025-26, basis: flat, per_month: 10, "
            "annual_target: 110, from: 2025-11, source: a paper}\n",
        ),
    ],
)
def test_what_only_looks_different_is_no_change(rewrite: Callable[[str], str], tmp_path: Path) -> None:
    assert _said(tmp_path, {**WITH_AUDIENCES, DEMENTIA: rewrite(WITH_AUDIENCES[DEMENTIA])}) == []


def test_what_is_new_and_what_is_gone(tmp_path: Path) -> None:
    assert _said(tmp_path / "more", WITH_AUDIENCES, old=GOOD) == ["The board is new.", "The group is new."]
    assert _said(tmp_path / "less", GOOD) == ["The board is gone.", "The group is gone."]


def test_files_and_folders_are_compared_like_workspaces(tmp_path: Path) -> None:
    write(tmp_path / "old", GOOD)
    write(tmp_path / "new", {**GOOD, DEMENTIA: GOOD[DEMENTIA].replace("per_month: 10,", "per_month: 11,")})
    said = ["Dementia: plan is 11 a month (was 10)."]
    for path in (".", "specs", "specs/services", DEMENTIA):
        found = compare(tmp_path / "old" / path, tmp_path / "new" / path)
        assert [str(change) for change in found] == said


def test_a_file_under_another_name_is_the_same_les(tmp_path: Path) -> None:
    write(tmp_path, {"a.yaml": GOOD[DEMENTIA], "b.yaml": GOOD[DEMENTIA]})
    assert compare(tmp_path / "a.yaml", tmp_path / "b.yaml") == ()


def test_both_sides_wrong_are_both_told(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "a.yaml": "spec: les/1\nles: [x\n",
            "b.yaml": AUDIENCES[BOARD].replace("kind: board", "kind: bored"),
        },
    )
    with pytest.raises(LesError) as raised:
        compare(tmp_path / "a.yaml", tmp_path / "b.yaml")
    assert [problem.code for problem in raised.value.problems] == ["LES110"]
    with pytest.raises(LesError) as raised:
        compare(tmp_path / "b.yaml", tmp_path / "a.yaml")
    (problem,) = raised.value.problems
    assert (problem.code, problem.place.line, problem.hint) == ("LES104", 4, "did you mean 'board'?")


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_nothing_to_compare_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(LesError) as raised:
        compare(tmp_path / name, ROOT)
    (problem,) = raised.value.problems
    assert problem.code == "LES912"
    assert str(tmp_path / name) in problem.message
