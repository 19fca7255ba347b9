"""Annual targets by list size, and the monthly plan of the LTC LES."""

from collections.abc import Mapping, Sequence

from sample.generator.published import LTC, ROUTINE, VASECTOMY, YEAR_MONTHS, Published, Series
from sample.generator.rounding import largest_remainder

Targets = Mapping[tuple[str, str], Mapping[str, int]]
"""Annual target by (les, metric), then by code."""


def make_targets(
    published: Published, lists: Mapping[str, int], joined: Mapping[str, Sequence[str]]
) -> Targets:
    """Whole annual targets of the practices signed up; they sum to the plan over the months in service."""
    found: dict[tuple[str, str], Mapping[str, int]] = {}
    for series in (LTC, *VASECTOMY, *ROUTINE):
        weights = {code: lists[code] for code in joined[series.les]}
        found[series.les, series.metric] = largest_remainder(weights, _annual(published, series))
    return found


def _annual(published: Published, series: Series) -> int:
    if series is LTC:
        return published.ltc_target
    in_service = [month for month in YEAR_MONTHS if month >= published.months(series)[0]]
    return published.planned[series.label] * len(in_service)


def ltc_monthly(published: Published, targets: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """Planned by month, then code: the flat plan in whole numbers, rounded so that months make the year."""
    found: dict[str, dict[str, int]] = {}
    before = dict.fromkeys(targets, 0)
    for number, month in enumerate(YEAR_MONTHS, start=1):
        so_far = largest_remainder(targets, published.planned[LTC.label] * number)
        found[month] = {code: so_far[code] - before[code] for code in targets}
        before = so_far
    return found
