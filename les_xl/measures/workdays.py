"""Working days: Monday to Friday without the bank holidays of England."""

from collections.abc import Iterable

import numpy as np

from les_xl.measures.marked import Floats
from les_xl.periods import add_months


def working_days(months: Iterable[str]) -> Floats:
    """How many working days each month has.

    Source: the `holidays` library, United Kingdom, England; it has the days that GOV.UK has announced, and
    works out the usual ones of later years. A one-off bank holiday counts once the library knows it.
    """
    import holidays  # takes longer to import than most commands run

    wanted = list(months)
    years = sorted({int(month[:4]) for month in wanted})
    closed = sorted(holidays.country_holidays("GB", subdiv="ENG", years=years))
    first = np.array(wanted, dtype="datetime64[M]").astype("datetime64[D]")
    after = np.array([add_months(month, 1) for month in wanted], dtype="datetime64[M]").astype(
        "datetime64[D]"
    )
    days = np.busday_count(first, after, holidays=np.array(closed, dtype="datetime64[D]"))
    return days.astype(np.float64)
