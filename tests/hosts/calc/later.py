"""The load that comes a month after the sample's."""

import pandas as pd

from les_xl.data.records import ACTIVITY, Record
from tests.functions.conftest import sample_records


def a_month_later() -> dict[Record, pd.DataFrame]:
    """Every practice reports for November 2025 what it reported for October."""
    reported = sample_records()[ACTIVITY]
    return {ACTIVITY: reported[reported["month"] == "2025-10"].assign(month="2025-11")}
