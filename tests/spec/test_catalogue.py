"""Every kind of LES1xx is provoked by one small mistake, alone, and at the very place of the mistake."""

from pathlib import Path

import pytest

import les_xl.errors.specs
from les_xl.errors import LesError, registered, render
from les_xl.spec.read import check_specs, read_specs
from tests.mapping.mistakes import MAPPING_MISTAKES
from tests.spec.audience_files import MISTAKES as AUDIENCE_MISTAKES
from tests.spec.workspaces import DEMENTIA, GOOD, LES, Files, changed, places, problems_of, write

_METRIC = "  - {id: register, title: Register, kind: stock}\n"
_FLAT = "from: 2025-05, source: a paper}\n"
_FIRST_HALF = "from: 2025-05, to: 2025-09, source: a paper}\n"
_SECOND_HALF = "§{year: 2025-26, basis: flat, per_month: 12, from: 2025-10, source: a paper}"
_WHEN = "when: pct_plan_to_date < 60%"
_SHIFT = (
    "gp_records: [care_activity], other: nel, baseline: {from: 2024-05, to: 2025-04}, stable_from: 2025-07"
)
_DIABETES = "specs/services/diabetes.yaml"
_SHARES = GOOD[DEMENTIA].partition("shares: ")[2].partition("}")[0] + "}"


def _dementia(*edits: tuple[str, str]) -> Files:
    return changed(DEMENTIA, *edits)


def _metrics(*lines: str) -> Files:
    return _dementia((_METRIC, _METRIC + "".join(f"  - {line}\n" for line in lines)))


def _plan(line: str) -> Files:
    return _dementia((_FLAT, f"{_FLAT}  - {line}\n"))


def _chart(chart: str) -> Files:
    return _dementia(("published_as: Dementia}", f"published_as: Dementia, chart: {chart}}}"))


def _more(text: str) -> Files:
    return {**GOOD, DEMENTIA: GOOD[DEMENTIA] + text}


def _second(name: str, *edits: tuple[str, str]) -> Files:
    return {**GOOD, name: changed(DEMENTIA, *edits)[DEMENTIA]}


MISTAKES: dict[str, Files] = {
    "LES101": _dementia(("title: Dementia\n", "§tittle: Dementia\n")),
    "LES102": _dementia(("spec: les/1\n", "§spec: les/1\n"), ("title: Dementia\n", "")),
    "LES103": _dementia(("title: Dementia\n", "title: §2025\n")),
    "LES104": _dementia(("contract: cost_and_volume", "contract: §cost_and_volumes")),
    "LES105": _dementia(("starts: 2025-05", "starts: §May 2025")),
    "LES106": _dementia(("edges: [50%, 100%]", "edges: [§50, 100%]")),
    "LES107": _dementia(("per_month: 10,", "per_month: §-5,")),
    "LES108": _dementia(("title: Dementia\n", "title: Dementia\n§title: Reviews\n")),
    "LES110": _dementia(("title: Dementia\n", "title: Dementia§: reviews\n")),
    "LES111": _dementia(("  - {id: register", "§\t- {id: register")),
    "LES112": _dementia(("title: Dementia\n", "title: §&name Dementia\n")),
    "LES113": _dementia(("title: Dementia\n", "title: §!!str Dementia\n")),
    "LES114": {**GOOD, DEMENTIA: GOOD[DEMENTIA] + "#" * (256 << 10)},
    "LES115": {**GOOD, DEMENTIA: GOOD[DEMENTIA].replace("Reviews", "R§\u00e9views").encode("latin-1")},
    "LES116": {**GOOD, DEMENTIA: "§# nothing yet\n"},
    "LES117": {**GOOD, DEMENTIA: GOOD[DEMENTIA] + "§---\nles: diabetes\n"},
    "LES118": _dementia(("edges: [50%, 100%]", "edges: " + "[" * 19 + "§[50%" + "]" * 20)),
    "LES119": {**GOOD, DEMENTIA: "§- les: dementia\n"},
    "LES120": _dementia(("title: Dementia\n", "title: Dementia\n? §{a: b}\n: c\n")),
    "LES121": {DEMENTIA: GOOD[DEMENTIA]},
    "LES122": {**GOOD, "specs/services/diabetes.yml": "les: diabetes\n"},
    "LES123": {**GOOD, "specs/audiences/diabetes.yaml": "spec: §les/1\nles: diabetes\n"},
    "LES130": changed(LES, ("order: [dementia]", "order: [dementia, §diabetes]")),
    "LES131": _second(_DIABETES, ("les: dementia", "les: §diabetes"), ("_as: Dementia", "_as: Diabetes")),
    "LES132": _second("specs/services/x.yaml", ("les: dementia", "les: §dementia"), ("_as: D", "_as: Not d")),
    "LES133": {LES: GOOD[LES], "specs/services/x.yaml": GOOD[DEMENTIA].replace("les: d", "les: §d")},
    "LES134": changed(LES, (" below: 95%", " §below: 50%")),
    "LES140": _dementia(("metrics:\n", "§metrics:\n"), ("headline: true, ", "")),
    "LES141": changed(LES, ("code: 01A", "code: §00Q")),
    "LES142": {
        **_second(_DIABETES, ("les: dementia", "les: diabetes"), ("_as: Dementia", "_as: §DEMENTIA")),
        LES: GOOD[LES].replace("order: [dementia]", "order: [dementia, diabetes]"),
    },
    "LES143": _metrics("{id: all, title: All, kind: flow, sum_of: [§reviws]}"),
    "LES144": _metrics("{id: all, title: All, kind: flow, §sum_of: [reviews, all]}"),
    "LES145": _metrics("{id: all, title: All, kind: flow, sum_of: [reviews, §register]}"),
    "LES146": _metrics(
        "{id: all, title: All, kind: flow, sum_of: [reviews]}",
        "{id: total, title: Total, kind: flow, sum_of: [§all]}",
    ),
    "LES147": _metrics("{id: failed, title: Failed, kind: flow, rate: {per: §register}}"),
    "LES148": _metrics("{id: failed, title: Failed, kind: flow, rate: {per: §failed}}"),
    "LES149": _metrics("{id: failed, title: Failed, kind: flow, from: §2025-04}"),
    "LES150": _dementia(("shares: {", "§shares: {"), ("2026-02: 5%", "2026-02: 4.5%")),
    "LES151": _dementia(("2026-03: 5%", "2026-03: 3%, §2026-04: 2%")),
    "LES152": _dementia(("shares: {2025-04: 0%, ", "§shares: {")),
    "LES153": _dementia(("from: 2025-05", "from: §2025-04")),
    "LES154": _dementia(("from: 2025-09}", "from: 2025-09, to: §2025-08}")),
    "LES155": _plan("{year: 2025-26, basis: flat, per_month: 12, from: §2025-10, source: a paper}"),
    "LES156": _dementia(("kind: stock}", "kind: stock, published_as: §Register}")),
    "LES157": _dementia(("annual_target: 110, ", ""), ("name: expected", "name: §expected")),
    "LES158": _plan(f"{{year: 2025-26, basis: profile, name: expected, source: x, shares: {_SHARES}}}"),
    "LES159": _dementia((_FLAT, f"{_FIRST_HALF}  - {_SECOND_HALF}\n")),
    "LES160": _dementia(("edges: [50%, 100%]", "edges: [50%, §40%]")),
    "LES161": _dementia(('labels: ["0-50%", "51-100%", "100% +"]', 'labels: §["0-50%", "51-100%"]')),
    "LES162": _more(f"shift: {{mechanism: [active], {_SHIFT}}}\n".replace("to: 2025-04", "to: §2025-07")),
    "LES163": _more(f"shift: {{mechanism: [passive], {_SHIFT}, §decommissioned: null}}\n"),
    "LES164": _dementia(("id: under_plan", "id: §under_plan"), (f", {_WHEN}", "")),
    "LES165": _dementia((_WHEN, f"{_WHEN}, profile: §nhsr")),
    "LES166": _chart("{rebase: [{from: §2025-05, reason: x}]}"),
    "LES167": _chart("{rebase: [{from: 2026-05, reason: x}, {from: §2026-05, reason: y}]}"),
    "LES168": _chart("{rebase: [{from: §2026-04, reason: x}]}"),
    "LES169": _dementia(("kind: stock}", "kind: stock, §chart: {improves: down}}")),
    "LES170": _dementia((_WHEN, "when: pct_plan_to_date §= 60%")),
    "LES171": _dementia((_WHEN, "when: §pct_plan_todate < 60%")),
    "LES172": _dementia((_WHEN, "when: " + "(" * 21 + "§pct_plan < 60%" + ")" * 21)),
    "LES173": _dementia((_WHEN, "when: §pct_plan_to_date")),
    "LES174": _dementia((_WHEN, 'when: "pct_plan_to_date < §60"')),
}
MISTAKES["LES158"] = {
    **GOOD,
    DEMENTIA: str(MISTAKES["LES158"][DEMENTIA]).replace("name: expected\n", "name: §expected\n"),
}
for _files, _codes in (*AUDIENCE_MISTAKES.values(), *MAPPING_MISTAKES.values()):
    if len(_codes) == 1:
        MISTAKES.setdefault(_codes[0], _files)

KINDS = {kind.code: kind for kind in registered() if kind.code.startswith("LES1")}


def test_the_good_workspace_is_good(tmp_path: Path) -> None:
    assert problems_of(tmp_path, GOOD) == ()


def test_every_kind_has_a_mistake_that_provokes_it() -> None:
    assert les_xl.errors.specs.__all__
    assert set(MISTAKES) == set(KINDS)


@pytest.mark.parametrize("code", MISTAKES)
def test_one_mistake_is_one_problem_at_its_place(code: str, tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, MISTAKES[code])
    assert (problem.code, problem.severity) == (code, KINDS[code].severity)
    marked = places(MISTAKES[code])
    if marked:
        assert [(problem.place.file, problem.place.line, problem.place.column)] == marked
    else:
        assert problem.place.file is not None
        assert problem.place.line is None


@pytest.mark.parametrize("code", MISTAKES)
def test_an_error_stops_reading_and_a_warning_does_not(code: str, tmp_path: Path) -> None:
    write(tmp_path, MISTAKES[code])
    specs, problems = check_specs(tmp_path)
    if KINDS[code].severity == "warning":
        assert specs is not None
        assert read_specs(tmp_path) == specs
    else:
        assert specs is None
        with pytest.raises(LesError) as raised:
            read_specs(tmp_path)
        assert raised.value.problems == problems


@pytest.mark.parametrize("code", MISTAKES)
def test_the_caret_stands_under_the_mark(code: str, tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, MISTAKES[code])
    if not problem.source:
        assert code in ("LES114", "LES115", "LES121", "LES122")
        return
    shown = render([problem]).split("\n")
    source, caret = shown[-2], shown[-1]
    ((name, line, column),) = places(MISTAKES[code])
    content = MISTAKES[code][name]
    assert isinstance(content, str)
    written = content.split("\n")[line - 1].replace("§", "").replace("\t", " ")
    assert source == "    " + written
    assert caret == " " * (4 + column - 1) + "^"


@pytest.mark.parametrize("code", KINDS)
def test_a_kind_shows_the_mistake_and_how_to_mend_it(code: str) -> None:
    assert KINDS[code].mistake
    assert KINDS[code].mended
    assert KINDS[code].mistake != KINDS[code].mended
