"""Rules and bands that hold from one month to another: one at a time, and the right one in each month."""

from pathlib import Path

import pytest

from les_xl.spec.read import read_specs
from tests.spec.workspaces import DEMENTIA, changed, places, problems_of, write

_RULE = "when: pct_plan_to_date < 60%, severity: alert}\n"
_LATER = "  - {id: §under_plan, level: [icb], when: pct_plan_to_date < 70%, severity: alert, from: 2025-11}\n"
_FORMER = 'former_bands:\n  - {of: pct_annual, edges: [20%], labels: ["low", "high"], to: 2025-08}\n'


def _codes(root: Path, *edits: tuple[str, str]) -> list[str]:
    files = changed(DEMENTIA, *edits)
    problems = problems_of(root, files)
    assert {(p.place.file, p.place.line, p.place.column) for p in problems} == set(places(files))
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (", to: 2025-10}", _LATER.replace("§", "")),
        (", from: 2026-01}", _LATER.replace("§", "").replace("from: 2025-11", "to: 2025-12")),
    ],
)
def test_one_id_has_rules_one_after_the_other(first: str, second: str, tmp_path: Path) -> None:
    assert _codes(tmp_path, (_RULE, _RULE.replace("}", first) + second)) == []


@pytest.mark.parametrize("first", ["}", ", to: 2025-11}", ", from: 2026-01}"])
def test_rules_of_one_id_never_hold_together(first: str, tmp_path: Path) -> None:
    assert _codes(tmp_path, (_RULE, _RULE.replace("}", first) + _LATER)) == ["LES141"]


def test_a_rule_that_ends_before_it_begins(tmp_path: Path) -> None:
    mended = _RULE.replace("}", ", from: 2025-11, to: §2025-10}")
    assert _codes(tmp_path, (_RULE, mended)) == ["LES154"]


def test_each_month_has_its_bands(tmp_path: Path) -> None:
    second = '  - {of: pct_annual, edges: [10%], labels: ["a", "b"], to: 2025-05}\n'
    write(tmp_path, changed(DEMENTIA, ("bands:\n", f"{_FORMER}{second}bands:\n")))
    service = read_specs(tmp_path).service("dementia")
    found = {}
    for month in ("2025-05", "2025-06", "2025-08", "2025-09"):
        bands = service.bands_in(month)
        assert bands is not None
        found[month] = bands.edges
    assert found == {"2025-05": (0.1,), "2025-06": (0.2,), "2025-08": (0.2,), "2025-09": (0.5, 1.0)}


def test_bands_that_ended_leave_none(tmp_path: Path) -> None:
    text = 'bands:\n  of: pct_annual\n  edges: [50%, 100%]\n  labels: ["0-50%", "51-100%", "100% +"]\n'
    write(tmp_path, changed(DEMENTIA, (text, _FORMER)))
    service = read_specs(tmp_path).service("dementia")
    assert service.bands_in("2025-08") is not None
    assert service.bands_in("2025-09") is None


@pytest.mark.parametrize(
    ("former", "codes"),
    [
        (_FORMER.replace("[20%]", "[20%, §10%]").replace('"low", ', '"low", "mid", '), ["LES160"]),
        (_FORMER.replace('["low", "high"]', '§["low"]'), ["LES107"]),
        (_FORMER.replace(", to: 2025-08", "").replace("- {", "- §{"), ["LES102"]),
        (
            _FORMER + '  - {of: pct_annual, edges: [10%], labels: ["a", "b"], to: §2025-08}\n',
            ["LES141"],
        ),
    ],
)
def test_former_bands_are_bands(former: str, codes: list[str], tmp_path: Path) -> None:
    assert _codes(tmp_path, ("bands:\n", f"{former}bands:\n")) == codes
