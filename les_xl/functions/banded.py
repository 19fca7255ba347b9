"""Bands: which one a practice is in, and how many practices are in one."""

from les_xl.errors import LesError, Place
from les_xl.errors.functions import NO_BAND_COUNT, NO_BANDS, NO_PRACTICE, NOT_A_PRACTICE
from les_xl.functions.arguments import Argument, find_band, is_empty
from les_xl.functions.catalogue import BandEntry, LesEntry
from les_xl.functions.index import Index
from les_xl.functions.library import LES, MONTH, ORG
from les_xl.functions.registry import Parameter, function
from les_xl.functions.results import MISSING, Result
from les_xl.marks import Mark

BAND = Parameter("band", "Label of the band, such as 51-75%")
PRACTICE = Parameter("practice", "Code or name of a practice")


@function(
    "LES_BAND",
    category="Bands",
    summary="Band of a practice, by the share of its annual target delivered up to a month.",
    parameters=(LES, PRACTICE, MONTH),
    example='=LES_BAND("LTC LES","000123","Oct-25")',
    returns="text",
)
def band_of_practice(index: Index, les: Argument, practice: Argument, month: Argument = MISSING) -> Result:
    """The label of its band; `[z]` where it does not count or has no target, `[x]` after the data.

    Raises LesError (LES501 to LES503, LES507 to LES510, LES512, LES517, LES518).
    """
    service, bands = _banded(index, les)
    if is_empty(practice):
        raise LesError(NO_PRACTICE.at(Place()))
    asked, org = index.find.month(month), index.find.org(practice)
    if org.level != "practice":
        raise LesError(NOT_A_PRACTICE.at(Place(), org=org.name))
    if (mark := _outside(service, asked)) is not None:
        return mark
    number = bands.practices.get(asked, {}).get(org.code)
    return Mark.NOT_APPLICABLE if number is None else bands.labels[number]


@function(
    "LES_BAND_COUNT",
    category="Bands",
    summary="Practices in a band, by the share of their annual target delivered up to a month.",
    parameters=(LES, BAND, MONTH, ORG),
    example='=LES_BAND_COUNT("LTC LES","51-75%","Oct-25")',
)
def band_count(
    index: Index, les: Argument, band: Argument, month: Argument = MISSING, org: Argument = MISSING
) -> Result:
    """Practices in one band; `[z]` before the LES began, `[x]` after the last month of its data.

    Raises LesError (LES501 to LES503, LES507 to LES513).
    """
    service, bands = _banded(index, les)
    number, asked, group = find_band(service, bands, band), index.find.month(month), index.find.org(org)
    if group.level == "practice":
        raise LesError(NO_BAND_COUNT.at(Place(), org=group.name))
    if (mark := _outside(service, asked)) is not None:
        return mark
    counts = bands.counts.get(asked, {}).get(group.level, {}).get(group.code)
    return float(counts[number]) if counts else 0.0


def _banded(index: Index, les: Argument) -> tuple[LesEntry, BandEntry]:
    service = index.find.les(les)
    bands = index.bands.get(service.les)
    if bands is None:
        raise LesError(NO_BANDS.at(Place(), les=service.title))
    return service, bands


def _outside(service: LesEntry, month: str) -> Mark | None:
    """The mark of a month before the LES, or after the last month of its data."""
    if month < service.starts:
        return Mark.NOT_APPLICABLE
    return Mark.NOT_REPORTED if month > (service.data_month or "") else None
