"""What the drop-down lists offer: LES, months, organisations, sections of the report, audiences."""

from les_xl import periods
from les_xl.position import Position
from les_xl.report import words
from les_xl.report.narrative import sections
from les_xl.report.table import Column, Row, Table

LES, MONTHS, ORGANISATIONS = "tblListLes", "tblListMonths", "tblListOrganisations"
SECTIONS, AUDIENCES = "tblListSections", "tblListAudiences"


def choices(position: Position, organisations: tuple[str, ...]) -> tuple[Table, ...]:
    """Every list. `organisations` are the names by which the functions tell them apart, in their order."""
    months = periods.months_of(periods.year_of(position.edition.as_at))
    audiences = tuple(audience.name for audience in position.specs.audiences)
    return (
        _list(LES, "LES", les_names(position), 31),
        _list(MONTHS, "Month", tuple(periods.label(month) for month in months), 9),
        _list(SECTIONS, "Section", sections(position), 24),
        *((_list(AUDIENCES, "Audience", audiences, 70),) if audiences else ()),
        _organisations(position, organisations),
    )


def les_names(position: Position) -> tuple[str, ...]:
    """Published labels, and the titles of the LES that have none: one name a figure, as functions take it."""
    return tuple(
        name
        for service in position.specs.services
        for name in (tuple(metric.published_as or "" for metric in service.published) or (service.title,))
    )


def _organisations(position: Position, names: tuple[str, ...]) -> Table:
    """Groups first: they are asked for most."""
    orgs = position.organisations
    pairs = list(zip(names, orgs["org"], orgs["level"], strict=True))
    wide = [pair for pair in reversed(pairs) if pair[2] in ("icb", "sub_icb")]
    rows = (wide[0], *reversed(wide[1:]), *(pair for pair in pairs if pair[2] not in ("icb", "sub_icb")))
    columns = (Column("Organisation", "text", 50), Column("Code", "text", 12), Column("Level", "text", 15))
    shown = tuple(Row((name, code, words.LEVELS[level])) for name, code, level in rows)
    return Table(ORGANISATIONS, "Organisations", columns, shown, ("Organisation",))


def _list(name: str, header: str, texts: tuple[str, ...], width: float) -> Table:
    rows = tuple(Row((text,)) for text in texts)
    return Table(name, header, (Column(header, "text", width),), rows, (header,))
