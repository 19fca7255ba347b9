"""The second engine knows the formulas that the workbook uses; expected values are worked out by hand."""

import pytest
import xlsxwriter

from tests.second_engine import Value, evaluated

ROWS = [["Dementia", "Fylde", 120], ["ECGs", "Fylde", 80], ["ECGs", "Wyre", 40]]
FORMULAS: dict[str, Value] = {
    "=SUM(C4:C6)": 240,
    "=SUM(tblPlan[Planned])": 240,
    "=SUBTOTAL(109,tblPlan[Planned])": 240,
    '=IFERROR(C4/C5,"[z]")': 1.5,
    '=IFERROR(C4/A4,"[z]")': "[z]",
    '=IFERROR(C4-"[x]","[x]")': "[x]",
    '=SUMIFS(tblPlan[Planned],tblPlan[LES],"ECGs",tblPlan[Place],"Wyre")': 40,
    '=COUNTIFS(tblPlan[LES],"ECGs")': 2,
    '=INDEX(tblPlan[Planned],MATCH("ECGs",tblPlan[LES],0))': 80,
    '=INDEX(tblPlan[[LES]:[Planned]],3,3)': 40,
    '=SUMPRODUCT((tblPlan[Place]="Fylde")*tblPlan[Planned])': 200,
    '=TEXT(LesAsAt,"mmmm yyyy")': "October 2025",
    '="Position at "&TEXT(LesAsAt,"mmm-yy")': "Position at Oct-25",
    "=DATE(2025,10,1)": 45931,
    "=EOMONTH(LesAsAt,0)": 45961,
    '=IF(AND(C4>100,NOT(C5>100)),"above","below")': "above",
    "=ROUND(C4/C5,0)": 2,
    "=C4>C5": True,
    "='Cost & volume'!A1*2": 14,
    "=SUM(C4,\"[z]\")": "#VALUE!",
    "=C4/0": "#DIV/0!",
    '=LES_PLAN("Dementia")': "#NAME?",
    '=IFERROR(LES_PLAN("Dementia"),"open the add-in")': "open the add-in",
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Value]:
    path = tmp_path_factory.mktemp("engine") / "formulas.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, other = book.add_worksheet("Plan"), book.add_worksheet("Cost & volume")
        headers = [{"header": name} for name in ("LES", "Place", "Planned")]
        sheet.add_table("A3:C6", {"name": "tblPlan", "columns": headers, "data": ROWS})
        sheet.write("A1", 45931)
        other.write("A1", 7)
        book.define_name("LesAsAt", "=Plan!$A$1")
        for row, formula in enumerate(FORMULAS):
            sheet.write_formula(row, 9, formula, None, "a stale result")
    return evaluated(path)


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_is_recalculated(formula: str, answers: dict[tuple[str, str], Value]) -> None:
    row = 1 + [*FORMULAS].index(formula)
    assert answers["Plan", f"J{row}"] == FORMULAS[formula]


def test_only_formula_cells_are_answered(answers: dict[tuple[str, str], Value]) -> None:
    assert len(answers) == len(FORMULAS)
