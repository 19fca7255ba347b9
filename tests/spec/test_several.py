"""Several mistakes, in one file and in many, are all reported at once, and none of them twice."""

from pathlib import Path

from les_xl.errors import render
from tests.spec.workspaces import DEMENTIA, GOOD, LES, changed, places, problems_of

SHOWN = """\
specs/services/dementia.yaml:3:1: LES101 unknown key 'tittle' — did you mean 'title'?
    tittle: Dementia
    ^
specs/services/dementia.yaml:19:16: LES160 the edge 40% is not above 50% — write the edges in ascending order
      edges: [50%, 40%]
                   ^
specs/services/dementia.yaml:24:86: LES104 'alarm' is not a choice for 'severity' — did you mean 'alert'?
      - {id: under_plan, level: [icb, practice], when: pct_plan_to_date < 60%, severity: alarm}
                                                                                         ^"""


def test_three_different_mistakes_in_one_file(tmp_path: Path) -> None:
    files = changed(
        DEMENTIA,
        ("title: Dementia\n", "§tittle: Dementia\n"),
        ("edges: [50%, 100%]", "edges: [50%, §40%]"),
        ("severity: alert", "severity: §alarm"),
    )
    problems = problems_of(tmp_path, files)
    assert [problem.code for problem in problems] == ["LES101", "LES160", "LES104"]
    assert [(p.place.file, p.place.line, p.place.column) for p in problems] == places(files)
    assert render(problems) == SHOWN


def test_mistakes_of_yaml_shape_and_sense_together(tmp_path: Path) -> None:
    files = changed(
        DEMENTIA,
        ("title: Dementia\n", "title: Dementia\n§title: Again\n"),
        ("kind: stock}", "§knd: stock, sum_of: [revews]}"),
        ("2026-03: 5%", "2026-03: §5"),
        ("when: pct_plan_to_date", "when: §pct_plan_todate"),
    )
    problems = problems_of(tmp_path, files)
    # The plan cannot be read, so that what the metrics make as a whole is looked at once it is mended.
    assert [problem.code for problem in problems] == ["LES108", "LES101", "LES106", "LES171"]
    assert [(p.place.file, p.place.line, p.place.column) for p in problems] == places(files)


def test_mistakes_in_many_files(tmp_path: Path) -> None:
    files = {
        LES: GOOD[LES].replace("year: 2025-26", "year: §2025-27"),
        DEMENTIA: GOOD[DEMENTIA].replace("level: [icb, practice]", "level: [icb, §pratice]"),
        "specs/services/diabetes.yaml": "§les: diabetes\n",
        "specs/services/ecgs.yaml": "les: ecgs§: x\n",
    }
    problems = problems_of(tmp_path, files)
    found = [(p.place.file, p.place.line, p.place.column) for p in problems]
    assert list(dict.fromkeys(found)) == places(files)
    assert [p.code for p in problems] == ["LES105", "LES104", *["LES102"] * 5, "LES110"]


def test_a_misspelt_key_is_read_as_what_it_means(tmp_path: Path) -> None:
    files = changed(DEMENTIA, ("metrics:\n", "§metrcs:\n"), ("headline: true", "§headlin: true"))
    problems = problems_of(tmp_path, files)
    assert [problem.code for problem in problems] == ["LES101", "LES101"]
    assert [(p.place.file, p.place.line, p.place.column) for p in problems] == places(files)


def test_a_key_that_means_nothing_says_what_may_stand_there(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, changed(DEMENTIA, ("  of: pct", "  §zzz: 3\n  of: pct")))
    assert problem.hint == "the keys here are of, edges, labels"


def test_a_missing_key_says_what_it_is_for(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, changed(DEMENTIA, ("contract: cost_and_volume\n", "")))
    assert str(problem) == (
        "specs/services/dementia.yaml:1:1: LES102 the key 'contract' is missing"
        " — add it: How the LES is paid for."
    )


def test_a_broken_file_is_not_said_to_be_missing(tmp_path: Path) -> None:
    problems = problems_of(tmp_path, {**GOOD, DEMENTIA: "les: [dementia\n"})
    assert [problem.code for problem in problems] == ["LES110"]


def test_an_alias_bomb_is_refused_without_being_unfolded(tmp_path: Path) -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    problems = problems_of(tmp_path, {**GOOD, DEMENTIA: "\n".join(rows) + "\n"})
    assert {problem.code for problem in problems} == {"LES112"}


def test_each_wrong_value_of_one_item_is_told(tmp_path: Path) -> None:
    old = "  - {id: register, title: Register, kind: stock}\n"
    files = changed(
        DEMENTIA, (old, "  - {id: §Register, title: §2, kind: §3, headline: §no, sum_of: §reviews}\n")
    )
    problems = problems_of(tmp_path, files)
    assert [p.code for p in problems] == ["LES105", "LES103", "LES104", "LES103", "LES103"]
    assert [(p.place.file, p.place.line, p.place.column) for p in problems] == places(files)


def test_status_and_order_of_the_workspace(tmp_path: Path) -> None:
    files = changed(LES, ("order: [dementia]", "order: [dementia, §dementia, §dementa]"))
    problems = problems_of(tmp_path, files)
    assert [p.code for p in problems] == ["LES141", "LES130"]
    assert problems[1].hint == "write specs/services/dementa.yaml, or take it out"
