"""Mistakes that somebody new to YAML makes: each is told in words that say what to write instead."""

from pathlib import Path

import pytest

from les_xl.spec import advice
from tests.spec.workspaces import DEMENTIA, GOOD, changed, places, problems_of

_BANDS = GOOD[DEMENTIA][GOOD[DEMENTIA].index("bands:") : GOOD[DEMENTIA].index("exclude:")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "title: Dementia\n",
            "title: Dementia§: reviews\n",
            (
                "LES110 this cannot be read as YAML: a colon stands here that begins no value — put a text "
                'that has a colon in it in quotes: title: "Dementia: reviews"'
            ),
        ),
        (
            "title: Dementia\n",
            "§title Dementia\n",
            (
                "LES110 this cannot be read as YAML: there is no colon after the key — write a colon and a "
                "space after the key: title: Dementia"
            ),
        ),
        (
            "title: Dementia\n",
            " title§: Dementia\n",
            (
                "LES110 this cannot be read as YAML: a colon stands here that begins no value — put a text "
                'that has a colon in it in quotes: title: "Dementia: reviews"'
            ),
        ),
        (
            "    basis: profile\n",
            "   §basis: profile\n",
            (
                "LES110 this cannot be read as YAML: this line is indented otherwise than what it belongs to "
                "— put it under the first letter of the line that it belongs with"
            ),
        ),
        (
            "edges: [50%, 100%]",
            "edges: §[50%, 100%",
            (
                "LES110 this cannot be read as YAML: in this list a comma or the closing bracket is missing "
                "— put a comma between two values and ] after the last"
            ),
        ),
        (
            "title: Dementia\n",
            "title: §@Dementia\n",
            (
                "LES110 this cannot be read as YAML: the value begins with a sign that means something else "
                "in YAML — put the value in quotes"
            ),
        ),
        (
            "starts: 2025-05",
            "starts: §2025-05-01",
            "LES105 '2025-05-01' is not a month — write it as 2025-05",
        ),
        (
            "starts: 2025-05",
            "starts: §May 2025",
            "LES105 'May 2025' is not a month — write it as 2025-05",
        ),
        (
            "year: 2025-26, basis: flat",
            "year: §2025/26, basis: flat",
            "LES105 '2025/26' is not a financial year — write it as 2025-26",
        ),
        (
            "id: register",
            "id: §The Register",
            (
                "LES105 'The Register' is not a slug (a to z, 0 to 9 and _, beginning with a letter) — write "
                "it as the_register"
            ),
        ),
        (
            "per_month: 10,",
            'per_month: §"1,332",',
            "LES103 'per_month' must be a number, not text — write it without commas and spaces: 1332",
        ),
        (
            "per_month: 10,",
            'per_month: §"10",',
            "LES103 'per_month' must be a number, not text — take the quotation marks away: 10",
        ),
        (
            "per_month: 10,",
            "per_month: §10%,",
            ("LES103 'per_month' must be a number, not text — write a plain number here, not a percentage"),
        ),
        (
            "per_month: 10,",
            "per_month: §-10,",
            "LES107 'per_month' must be 0 or more — mend the number: -10 makes no sense here",
        ),
        (
            _BANDS,
            "bands: §[50%, 100%]\n",
            (
                "LES103 'bands' must be keys and values, not a list — write its keys below it, indented: of, "
                "edges, labels"
            ),
        ),
        (
            "level: [icb, practice]",
            "level: §icb",
            "LES103 'level' must be a list, not text — put it in brackets: [icb]",
        ),
        (
            "level: [icb, practice]",
            "level: §[]",
            "LES107 'level' needs at least 1 entry — add what is missing",
        ),
        (
            "title: Dementia\n",
            'title: §" "\n',
            "LES107 'title' is blank — write a text, or take the key out",
        ),
        (
            "2026-03: 5%",
            "2026-03: 15%",
            "LES150 the shares of 'expected' make 110%, not 100% — take 10% away",
        ),
        (
            "2026-03: 5%",
            "2026-03: 2.5%",
            "LES150 the shares of 'expected' make 97.5%, not 100% — add 2.5% to the months that miss it",
        ),
        (
            "when: pct_plan_to_date < 60%",
            "when: §pct_plan_to_date",
            (
                "LES173 this is not a condition: a measure or a number alone says neither yes nor no — "
                "compare a measure with a number: pct_plan_to_date < 60%"
            ),
        ),
        (
            "contract: cost_and_volume",
            "contract: §monthly",
            "LES104 'monthly' is not a choice for 'contract' — write cost_and_volume or capitated",
        ),
    ],
    ids=lambda text: text.strip()[:24],
)
def test_a_mistake_is_told_with_what_to_write_instead(old: str, new: str, said: str, tmp_path: Path) -> None:
    files = changed(DEMENTIA, (old, new))
    (problem,) = problems_of(tmp_path, files)
    place = places(files) or [(DEMENTIA, 14, 5)]  # the shares of the good file
    assert [str(problem)] == [f"{file}:{line}:{column}: {said}" for file, line, column in place]


def test_a_file_in_the_wrong_folder_is_one_problem(tmp_path: Path) -> None:
    files = {
        **GOOD,
        "specs/audiences/dementia.yaml": GOOD[DEMENTIA],
        "specs/services/board.yaml": "spec: audience/1\n",
    }
    told = [
        (problem.code, problem.place.file, problem.place.line, problem.message, problem.hint)
        for problem in problems_of(tmp_path, files)
    ]
    assert told == [
        (
            "LES123",
            "specs/audiences/dementia.yaml",
            1,
            "'les/1' is not what this folder is for",
            "move the file to specs/services, or mend 'spec'",
        ),
        (
            "LES123",
            "specs/services/board.yaml",
            1,
            "'audience/1' is not what this folder is for",
            "move the file to specs/audiences, or mend 'spec'",
        ),
    ]


@pytest.mark.parametrize(
    ("found", "written"),
    [
        (advice.month("Oct-25", "x"), "2025-10"),
        (advice.month("soon", "2025-04"), "2025-04"),
        (advice.slug("Spiro/Feno (new)", "x"), "spiro_feno_new"),
        (advice.slug("2nd", "first"), "first"),
        (advice.year("2099", "x"), "2099-00"),
        (advice.year("2025-27", "x"), "2025-26"),
        (advice.year("this one", "2025-26"), "2025-26"),
        (advice.number("1 332.5", quoted=False), "write it without commas and spaces: 1332.5"),
        (advice.number("many", quoted=True), "write digits only, with a point before decimals: 1332.5"),
        (advice.choice(["a"]), "write a"),
        (advice.choice(["a", "b", "c"]), "write a, b or c"),
        (advice.keys([]), "write keys and values below it"),
    ],
)
def test_advice_is_worked_out_from_what_was_written(found: str, written: str) -> None:
    assert found == written
