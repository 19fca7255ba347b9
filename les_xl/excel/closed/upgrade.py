"""Sheets of the product that a workbook lacks: which they are, and how they come in under the figures."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from les_xl.errors import Place, Problem
from les_xl.errors.refresh import NAME_TAKEN, SHEETS_NOT_ADDED
from les_xl.excel.book import Book
from les_xl.excel.closed import listing, properties, workbook
from les_xl.excel.closed.elsewhere import Elsewhere, Spot
from les_xl.excel.closed.graft import graft
from les_xl.excel.closed.markup import first, unmarked
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.parts import Parts
from les_xl.excel.columns import match
from les_xl.excel.given import PROPERTY, Given
from les_xl.excel.identity import FLAG_OVER, FLAG_UNDER
from les_xl.excel.matching import Matching
from les_xl.excel.offer import Offer, Offered
from les_xl.excel.titles import sheet_names
from les_xl.report.table import Table

_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"


@dataclass(frozen=True)
class Upgrade:
    """The sheets that are to be added, each with the name that it takes; `source` is a new workbook.

    `offered` are all sheets of that; `problems` say which of those that it lacks cannot be added.
    """

    sheets: tuple[tuple[Offered, str], ...] = ()
    offered: tuple[Offered, ...] = ()
    source: Package | None = field(default=None, repr=False)
    problems: tuple[Problem, ...] = ()

    @property
    def names(self) -> dict[str, str]:
        """The name that each sheet takes, by its name in a new workbook."""
        return {sheet.name: name for sheet, name in self.sheets}

    def brings(self) -> frozenset[str]:
        """What comes in with the sheets, as a plan says what is lacking."""
        tables = {f"table {name}" for sheet, _ in self.sheets for name in sheet.tables}
        found = workbook.named_cells_as_written(self.source) if self.source is not None else {}
        cells = {f"named cell {name}" for name, (sheet, _, _) in found.items() if sheet in self.names}
        return frozenset(tables | cells)


def prepare(parts: Parts, offer: Offer, *, everything: bool) -> Upgrade:
    """Find out which sheets are to be added: those that are newer than the workbook.

    A sheet that it was given once and that is not there was deleted on purpose; `everything` adds those too.
    """
    package = parts.package
    given, tables = Given.read(properties.read(package)), _tables(package)
    titles = {sheet.name.casefold() for sheet in parts.sheets}
    wanted = [
        sheet
        for sheet in offer.sheets
        if not any(name.casefold() in tables for name in sheet.tables)
        and (sheet.tables or sheet.name.casefold() not in titles)
        and (everything or not any(given.holds(name) for name in sheet.names))
    ]
    if not wanted:
        return Upgrade()
    if reason := _refusal(package):
        said = ", ".join(f"'{sheet.name}'" for sheet in wanted)
        return Upgrade(problems=(SHEETS_NOT_ADDED.at(Place(), sheets=said, reason=reason),))
    source = Package(offer.draw(parts.date1904))
    wanted = [sheet for sheet in wanted if sheet.tables or not _is_there(package, source, sheet)]
    taken = [(sheet, name) for sheet in wanted for name in _taken(package, sheet)]
    free = [sheet for sheet in wanted if sheet not in [one for one, _ in taken]]
    names = sheet_names((sheet.name for sheet in free), (sheet.name for sheet in parts.sheets))
    problems = tuple(NAME_TAKEN.at(Place(), sheet=sheet.name, name=name) for sheet, name in taken)
    return Upgrade(tuple(zip(free, names, strict=True)), offer.sheets, source, problems)


def _tables(package: Package) -> frozenset[str]:
    """The folded name of every table, also of those that no refresh could fill."""
    parts = (part for sheet in workbook.sheets(package) for part in package.related(sheet.part, "table"))
    found = (first(package.xml(part), "table") for part in parts)
    named = (one.get("displayName") or one.get("name") or "" for one in found if one is not None)
    return frozenset(unmarked(name).casefold() for name in named)


def _refusal(package: Package) -> str:
    """Why no sheet can be added; empty where nothing is against it."""
    xml = package.xml(package.workbook)
    protection = first(xml, "workbookProtection")
    if protection is not None and protection.get("lockStructure") in ("1", "true"):
        return "its structure is protected (Review, Protect Workbook)"
    if _STRICT in xml:
        return "it is saved as Strict Open XML"
    return ""


def _is_there(package: Package, source: Package, sheet: Offered) -> bool:
    """True where cells that only this sheet has are there by name, on a sheet of whatever name."""
    present = workbook.named_cells(package)
    found = workbook.named_cells(source).items()
    return any(name in present for name, (there, _, _) in found if there == sheet.name)


def _taken(package: Package, sheet: Offered) -> list[str]:
    """Names of its tables that the workbook has for something else; tables and cells share their names."""
    known = {name.name.casefold() for name in workbook.names(package) if name.scope is None}
    return [name for name in sheet.tables if name.casefold() in known]


def add(book: Book, parts: Parts, upgrade: Upgrade, tables: Sequence[Table]) -> None:
    """Add the sheets at the end, list them on the Cover, and let the workbook remember them.

    `tables` are the position's, with which the book has been filled already.
    """
    source, package = upgrade.source, parts.package
    if source is None or not upgrade.sheets:
        return
    given = Given.read(properties.read(package))
    present = _tables(package)
    elsewhere = _elsewhere(book, parts, upgrade, tables)
    home = workbook.sheets(source)[0].name
    cover = elsewhere.sheet(home)
    graft(package, source, upgrade.names, elsewhere)
    if cover is not None and home not in upgrade.names:
        listing.list_on(parts, cover, {name: sheet.purpose for sheet, name in upgrade.sheets})
    names = [name for sheet in upgrade.offered for name in sheet.names]
    now = {name for name in names if name.casefold() in present or given.holds(name)}
    now |= {name for sheet, _ in upgrade.sheets for name in sheet.names}
    properties.write(package, given.with_more(now).properties(), PROPERTY)


def _elsewhere(book: Book, parts: Parts, upgrade: Upgrade, tables: Sequence[Table]) -> Elsewhere:
    source, package = upgrade.source, parts.package
    if source is None:
        raise ValueError("there is no new workbook to take sheets from")
    found = Parts(source).tables()
    named = workbook.named_cells(source)
    added = upgrade.names
    known = {table.name.casefold() for table in found} | set(named)
    held = _tables(package) | set(workbook.named_cells(package))
    held |= {table.name.casefold() for table in found if table.sheet in added}
    held |= {name for name, (sheet, _, _) in named.items() if sheet in added}
    homes, figures = _homes(parts, source), _figures(Parts(source), named)
    return Elsewhere(added, found, spots(book, tables), homes, frozenset(known), frozenset(held), figures)


def _figures(source: Parts, named: Mapping[str, tuple[str, int, int]]) -> Mapping[str, str]:
    """The edges of coloured shares, for the conditional formats of a sheet in a workbook without them."""
    names = (name.casefold() for name in (FLAG_UNDER, FLAG_OVER))
    cells = {name: named[name] for name in names if name in named}
    return {name: repr(source.value(*cell)) for name, cell in cells.items()}


def _homes(parts: Parts, source: Package) -> Mapping[str, str]:
    """Sheets of a new workbook by their named cells in this one; the first always is one."""
    present = workbook.named_cells(parts.package)
    found = {workbook.sheets(source)[0].name: parts.worksheets[0].name} if parts.worksheets else {}
    for name, (sheet, _, _) in workbook.named_cells(source).items():
        if name in present:
            found[sheet] = parts.ref(present[name][0]).name
    return found


def spots(book: Book, tables: Iterable[Table]) -> Callable[[str], Spot | None]:
    """Finds where a table of a new workbook stands in the book, row by row; None where it is not there."""
    wanted = {table.name.casefold(): table for table in tables}
    present = {info.name.casefold(): info for info in book.tables()}

    @cache
    def find(name: str) -> Spot | None:
        table, info = wanted.get(name.casefold()), present.get(name.casefold())
        if table is None or info is None:
            return None
        grid = book.read_table(info.name)
        columns = match(table, grid.headers)
        matching = Matching(table, info, grid, book.serial, columns)
        rows = {at: info.row + origin for at, origin in matching.matched.items()} or {0: info.row}
        places = {at: info.column + place for at, place in columns.places.items()}
        return Spot(info.sheet, {-1: info.row - 1, **rows}, places)

    return find
