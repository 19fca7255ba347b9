"""IronCalc as a second opinion: recalculates every formula of a workbook in milliseconds, with no office."""

from pathlib import Path

import ironcalc

Value = float | str | bool | None


def evaluated(workbook: Path) -> dict[tuple[str, str], Value]:
    """What IronCalc makes of every formula cell, by sheet and address; errors are text such as `#DIV/0!`.

    Functions of add-ins (`LES_…`) are `#NAME?` to it, as they are to Excel without the add-in.
    """
    model = ironcalc.load_from_xlsx(str(workbook), "en", "UTC", "en")
    model.evaluate()
    sheets = [str(each["name"]) for each in model.get_worksheets_properties()]
    return {
        (sheets[sheet], f"{ironcalc.column_name_from_number(column)}{row}"): model.get_cell_value(
            sheet, row, column
        )
        for sheet, row, column in model.get_all_cells()
        if model.get_cell_formula(sheet, row, column) is not None
    }
