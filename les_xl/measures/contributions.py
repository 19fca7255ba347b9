"""What each sub-ICB contributes to a change of the whole: in a month, against the month before."""

import numpy as np
import pandas as pd

from les_xl.measures.achievement import Figures
from les_xl.measures.axes import Axes
from les_xl.measures.frames import frame, marked_columns, texts
from les_xl.measures.groups import Groups
from les_xl.measures.marked import marked

_LEVEL = "sub_icb"


def make_contributions(axes: Axes, groups: Groups, figures: Figures) -> pd.DataFrame:
    """Rows of `Position.contributions`: metric by sub-ICB by month of the year.

    What was added is delivered − delivered of the month before, where nothing reported adds nothing: a return
    that is missing makes its sub-ICB's part smaller, as it makes the whole smaller, so that the parts always
    make the whole. The share is it ÷ the change of the ICB; the points are it ÷ what the ICB delivered in the
    month before: they make the ICB's growth. `[z]` in the first month of the year and where nobody counts in
    either month, `[x]` where the ICB has no change; the share of no change at all is `[z]`.
    """
    levels = groups.levels.get(_LEVEL, slice(0, 0))
    delivered = figures.measures["delivered"]
    change = figures.measures["change"].part(slice(None), slice(groups.icb, groups.icb + 1))
    counted = figures.n_expected[:, levels] > 0
    before = np.zeros_like(counted)
    before[..., 1:] = counted[..., :-1]
    added = delivered.or_zero[:, levels]
    added = added - np.concatenate([np.zeros_like(added[..., :1]), added[..., :-1]], axis=-1)
    first = np.arange(added.shape[-1]) == 0
    part = marked(added, applicable=(counted | before) & ~first, known=change.known)
    icb = delivered.part(slice(None), slice(groups.icb, groups.icb + 1))
    base = icb.minus(change)
    at = np.indices(added.shape).reshape(3, -1)
    columns = {
        "les": texts(at[0], [line.service.les for line in axes.lines]),
        "metric": texts(at[0], [line.metric.id for line in axes.lines]),
        "org": texts(at[1], groups.organisations["org"].iloc[levels]),
        "month": texts(at[2], axes.year_months),
        **marked_columns("added", part.rounded()),
        **marked_columns("share", part.over(change)),
        **marked_columns("points", part.over(base)),
    }
    return frame(columns)
