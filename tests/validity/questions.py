"""The `=LES_…` call that asks for the number of a table's cell, where there is such a function."""

from collections.abc import Callable

from les_xl.functions.expression import evaluate
from les_xl.functions.index import Index
from les_xl.periods import add_months
from les_xl.position import Position
from les_xl.report.figures import exception_lines
from les_xl.report.profiled import profiled
from tests.second_engine import Value
from tests.validity.four_ways import Figure

WITHOUT_FUNCTIONS = {
    "tblChecks": "both sides of a footing, which no function gives",
    "tblDataDates": "how many practices reported, which no function gives",
    "tblShift": "other providers' counts, which no function gives; tests/workbook/test_shift.py reads them",
    "tblShiftMonths": "the same by month",
    "tblImpact": "the same of an indicator of impact",
    "tblReturns": "how many months a practice has not reported, which no function gives",
    "tblCommentary": "months, which are stored as numbers",
    "tblFlags_": "months, which are stored as numbers",
    "tblNoLonger": "months, which are stored as numbers",
    "tblPeers": "limits and ranks, which no function gives; tests/position/test_peers.py has them by hand",
    "tblQuality": "a table that LES_TABLE gives whole; tests/workbook read it against counts by hand",
    "tblSignup": "the same of sign-up",
    "tblCoverage": "the same of coverage",
    "tblNotice": "months, which are stored as numbers",
}
"""Tables with numbers (or what their names begin with) for which no function answers, with the reason."""


def has_reason(table: str) -> bool:
    """Whether it is said why no function answers for a table."""
    return any(table == name or (name.endswith("_") and table.startswith(name)) for name in WITHOUT_FUNCTIONS)


_PLAN_MEASURES = {
    "Planned activity": "LES_PLAN",
    "Delivered activity": "LES_DELIVERED",
    "% of plan": "LES_PCT_PLAN",
}
_SUMMARY = {
    "Planned": "LES_PLAN",
    "Delivered": "LES_DELIVERED",
    "% of plan": "LES_PCT_PLAN",
    "Variance": "LES_VARIANCE",
    "Planned to date": "LES_PLAN_TO_DATE",
    "Delivered to date": "LES_DELIVERED_TO_DATE",
    "% of plan to date": "LES_PCT_PLAN_TO_DATE",
    "Annual target": "LES_ANNUAL_TARGET",
    "% of annual target": "LES_PCT_ANNUAL",
    "Forecast": "LES_FORECAST",
}
_PROFILE = {
    "Flat plan": "LES_PLAN",
    "Expected": "LES_EXPECTED",
    "Delivered": "LES_DELIVERED",
    "Flat plan to date": "LES_PLAN_TO_DATE",
    "Delivered to date": "LES_DELIVERED_TO_DATE",
}
_MEASURES = {
    "planned": "LES_PLAN",
    "delivered": "LES_DELIVERED",
    "pct_plan": "LES_PCT_PLAN",
    "variance": "LES_VARIANCE",
    "planned_to_date": "LES_PLAN_TO_DATE",
    "delivered_to_date": "LES_DELIVERED_TO_DATE",
    "pct_plan_to_date": "LES_PCT_PLAN_TO_DATE",
    "pct_annual": "LES_PCT_ANNUAL",
    "expected": "LES_EXPECTED",
}


class Asker:
    """Asks the functions of one position; the month of a figure to date is the data month of its LES."""

    def __init__(self, position: Position, index: Index) -> None:
        self._position, self._index = position, index
        self._exceptions = {str(one["key"]): one for one in exception_lines(position)}
        self._data_months = {
            row.label: position.data_months[row.les] for row in position.specs.published_rows()
        }
        self._questions: dict[str, Callable[[Figure], str | None]] = {
            "tblCostVolume": self._plan,
            "tblCapitated": self._plan,
            "tblSummary": self._summary,
            "tblBanding": self._banding,
            "tblProfile": self._profile,
            "tblExceptions": self._exception,
            "tblPractices": self._practice,
            **{f"tblLes_{service.les}": self._metric for service in position.specs.services},
            **{f"tblGroups_{service.les}": self._group for service in position.specs.services},
        }

    def knows(self, table: str) -> bool:
        """Whether there are questions for a table."""
        return table in self._questions

    def question(self, figure: Figure) -> str | None:
        """The call for a figure, or None where no function gives it."""
        return self._questions[figure.table](figure) if self.knows(figure.table) else None

    def answer(self, question: str) -> Value:
        """What the cell with that call would show."""
        value = evaluate(question, self._index).value
        assert isinstance(value, float | int | str), f"{question} is not one value"
        return value

    def _plan(self, figure: Figure) -> str | None:
        label, measure = figure.key
        if figure.column in {"LES", "Measure"}:
            return None
        if figure.column == "To date":
            return f'{_PLAN_MEASURES[measure]}_TO_DATE("{label}","{self._data_months[label]}")'
        return f'{_PLAN_MEASURES[measure]}("{label}","{figure.column}")'

    def _summary(self, figure: Figure) -> str | None:
        (label,) = figure.key
        name = _SUMMARY.get(figure.column)
        return f'{name}("{label}","{self._data_months[label]}")' if name else None

    def _banding(self, figure: Figure) -> str | None:
        ((les, banded),) = self._position.bandings.items()
        (group,) = figure.key
        if figure.column not in banded.labels or group in {"% of practices", "Change"}:
            return None
        month = add_months(banded.month, -1) if group == "Last month" else banded.month
        org = "" if group in {"Total", "Last month"} else f',"{group}"'
        return f'LES_BAND_COUNT("{les}","{figure.column}","{month}"{org})'

    def _group(self, figure: Figure) -> str | None:
        label, measure, group = figure.key
        if figure.column in {"LES", "Measure", "Sub ICB group"} or measure not in _PLAN_MEASURES:
            return None
        icb = self._position.specs.workspace.icb
        org = "" if group == icb.name else f',"{group}"'
        if figure.column != "To date":
            return f'{_PLAN_MEASURES[measure]}("{label}","{figure.column}"{org})'
        month = self._data_month_of(figure.table)
        return f'{_PLAN_MEASURES[measure]}_TO_DATE("{label}","{month}"{org})'

    def _metric(self, figure: Figure) -> str | None:
        (metric,) = figure.key
        name, les = _SUMMARY.get(figure.column), self._title_of(figure.table)
        return f'{name}("{les}","{self._data_month_of(figure.table)}",,"{metric}")' if name else None

    def _practice(self, figure: Figure) -> str | None:
        (org,) = figure.key
        if figure.column in self._data_months:
            month = self._data_months[figure.column]
            return f'LES_PCT_PLAN_TO_DATE("{figure.column}","{month}","{org}")'
        les, _, asked = figure.column.partition(": ")
        return f'LES_PCT_ANNUAL("{les}",,"{org}")' if asked == "% of annual target" else None

    def _title_of(self, table: str) -> str:
        return self._position.specs.service(table.split("_", 1)[1]).title

    def _data_month_of(self, table: str) -> str:
        return self._position.data_months[table.split("_", 1)[1]] or self._position.edition.as_at

    def _profile(self, figure: Figure) -> str | None:
        (month,) = figure.key
        name, found = _PROFILE.get(figure.column), profiled(self._position)
        return f'{name}("{found[0].title}","{month}")' if name and found else None

    def _exception(self, figure: Figure) -> str | None:
        found = self._exceptions[figure.key[0]]
        name = _MEASURES.get(str(found["measure"])) if figure.column == "Figure" else None
        if name is None:
            return None
        return f'{name}("{found["les"]}","{found["month"]}","{found["org"]}","{found["metric"]}")'
