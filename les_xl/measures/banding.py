"""Practices per achievement band, by sub-ICB group, with totals, the % row and the change on last month."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Banding:
    """Practices per band of one LES at one month.

    groups: index = sub-ICB code in the published order; columns = `total` then the band labels (int).
    total, last_month, change: Series over the same columns (last_month and change are None in the first month).
    share: Series over the band labels, fraction of the practices counted.
    practices: ods_code, sub_icb, pct_annual (NaN = never reported), band (label), reported (bool).
    over_half, over_three_quarters: fractions of practices; `…_last_month` the same a month before (or None).
    no_target: practices counted that have no target and so no band.
    """

    les: str
    metric: str
    month: str
    labels: tuple[str, ...]
    groups: pd.DataFrame
    total: pd.Series
    share: pd.Series
    last_month: pd.Series | None
    change: pd.Series | None
    practices: pd.DataFrame
    over_half: float
    over_three_quarters: float
    over_half_last_month: float | None
    over_three_quarters_last_month: float | None
    no_target: int
