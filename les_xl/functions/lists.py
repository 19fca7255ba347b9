"""What there is to ask for, as tables: the names that other functions take as arguments."""

from collections import Counter
from collections.abc import Callable

from les_xl.functions.index import Index
from les_xl.functions.names import distinct
from les_xl.functions.results import Table
from les_xl.marks import Mark
from les_xl.periods import label
from les_xl.report.words import LEVELS

TABLE_NAMES = {
    "tblSummary": "tblSummary",
    "tblCostVolume": "tblCostVolume",
    "Cost and volume": "tblCostVolume",
    "tblCapitated": "tblCapitated",
    "tblBanding": "tblBanding",
    "LTC banding": "tblBanding",
    "tblProfile": "tblProfile",
    "LTC profile": "tblProfile",
    "tblExceptions": "tblExceptions",
    "tblSignup": "tblSignup",
    "Sign-up": "tblSignup",
    "tblCoverage": "tblCoverage",
    "tblNotice": "tblNotice",
    "tblQuality": "tblQuality",
    "Quality and outcomes": "tblQuality",
    "tblDataDates": "tblDataDates",
}
"""What tables are called, by their names in the workbook and by their sheets, and which one is meant."""


def _services(index: Index) -> Table:
    rows = (
        (
            service.title,
            service.les,
            label(service.starts),
            label(service.data_month) if service.data_month else Mark.NOT_REPORTED,
        )
        for service in index.catalogue.services
    )
    return Table(("LES", "Slug", "From", "Data to"), tuple(rows))


def _metrics(index: Index) -> Table:
    rows = (
        (service.title, metric.id, metric.title, metric.label, metric.kind, metric.unit)
        for service in index.catalogue.services
        for metric in service.metrics
    )
    return Table(("LES", "Metric", "Title", "Published as", "Kind", "Unit"), tuple(rows))


def _months(index: Index) -> Table:
    return Table(("Month",), tuple((label(month),) for month in index.catalogue.months))


def _organisations(index: Index, level: str = "") -> Table:
    """Names as the functions tell them apart, with the code, the level and a practice's groups."""
    catalogue = index.catalogue
    names = {(org.level, org.code): org.name for org in catalogue.orgs}
    times = Counter(org.name for org in catalogue.orgs)
    rows = (
        (
            org.name if times[org.name] == 1 else distinct(org),
            org.code,
            LEVELS[org.level],
            *(names.get((grouping, getattr(org, grouping)), "") for grouping in ("pcn", "place", "sub_icb")),
        )
        for org in catalogue.orgs
        if level in ("", org.level)
    )
    headings = ("Organisation", "Code", "Level", "PCN", "Place", "Sub ICB group")
    return Table(headings, tuple(rows))


def _bands(index: Index) -> Table:
    titles = {service.les: service.title for service in index.catalogue.services}
    rows = ((titles[entry.les], band) for entry in index.catalogue.bands for band in entry.labels)
    return Table(("LES", "Band"), tuple(rows))


def _tables(_: Index) -> Table:
    return Table(("Table",), tuple((name,) for name in dict.fromkeys(TABLE_NAMES.values())))


def _of_level(level: str) -> Callable[[Index], Table]:
    return lambda index: _organisations(index, level)


LISTS: dict[str, Callable[[Index], Table]] = {
    "services": _services,
    "metrics": _metrics,
    "months": _months,
    "organisations": _organisations,
    "practices": _of_level("practice"),
    "PCNs": _of_level("pcn"),
    "places": _of_level("place"),
    "sub ICBs": _of_level("sub_icb"),
    "bands": _bands,
    "tables": _tables,
}
"""Each list by its name."""
