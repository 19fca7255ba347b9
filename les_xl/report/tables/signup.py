"""`tblSignup`, `tblCoverage` and `tblNotice`: who is signed up, whose patients that covers, notices."""

from collections.abc import Mapping
from functools import lru_cache

from les_xl.marks import Cell, Mark
from les_xl.position import Position
from les_xl.report import words
from les_xl.report.figures import Record, org_names, records
from les_xl.report.table import Column, Content, Formula, Ref, Row, Table
from les_xl.report.tables import cells

SIGNUP, COVERAGE, NOTICE = "tblSignup", "tblCoverage", "tblNotice"
RATE, NOT_COVERED = "Sign-up rate", "Not covered"
AVERAGE = "Average"

_PATIENTS = (
    Column("Registered patients", "number", 12),
    Column("Covered", "number", 11),
    Column(NOT_COVERED, "number", 11),
    Column("Coverage", "percent", 10),
)
_SIGNUP_COLUMNS = (
    Column("LES", "text", 31),
    Column("Contract", "text", 16),
    Column("Open", "number", 8),
    Column("Could sign up", "number", 9.5),
    Column("Signed up", "number", 9.5),
    Column("Not signed up", "number", 10),
    Column(RATE, "percent", 10),
    Column("% of open", "percent", 9.5),
    *_PATIENTS,
)
_COVERAGE_COLUMNS = (
    Column("LES", "text", 31),
    Column("Place", "text", 16),
    *_PATIENTS,
)
_NOTICE_COLUMNS = (
    Column("LES", "text", 31),
    Column("Code", "text", 9),
    Column("Organisation", "text", 34),
    Column("Place", "text", 16),
    Column("Sub ICB group", "text", 24),
    Column("Since", "month", 9),
    Column("Until", "month", 14),
)
_LEVELS = ("icb", "place")
_AT = {column.name: at for at, column in enumerate(_SIGNUP_COLUMNS)}


def is_known(position: Position) -> bool:
    """True where the sign-up of any LES is known in the as-at month, or a notice is."""
    return bool(ranked(position, "signup_pct")) or not position.notices.empty


def signup(position: Position) -> Table:
    """`tblSignup`: a row a LES in the as-at month, and the average of those with a rate."""
    found = of_level(position, "icb")
    rows = [_signup_row(position, one, at) for at, one in enumerate(found)]
    table_rows = (*rows, _average(position, len(rows)))
    return Table(SIGNUP, "Sign-up by LES", _SIGNUP_COLUMNS, table_rows, ("LES",))


def coverage(position: Position) -> Table:
    """`tblCoverage`: registered patients covered and not, by LES and place, where that is known."""
    found = [one for one in of_level(position, "place") if not isinstance(_cell(one, "coverage_pct"), Mark)]
    rows = tuple(
        Row((position.specs.service(one["les"]).title, one["org"], *_patients(one, at, 2)))
        for at, one in enumerate(found)
    )
    return Table(
        COVERAGE, "Patients covered, by place", _COVERAGE_COLUMNS, rows, ("LES", "Place"), filtered=True
    )


def notices(position: Position) -> Table:
    """`tblNotice`: who gave notice on which LES, and since when."""
    names = org_names(position)
    rows = tuple(
        Row(
            (
                position.specs.service(one["les"]).title,
                one["org"],
                one["name"],
                one["place"],
                names.get(("sub_icb", one["sub_icb"]), one["sub_icb"]),
                one["since"] or "Not given",
                one["until"] or "No end given",
            )
        )
        for one in records(position.notices)
    )
    return Table(NOTICE, "Notice given", _NOTICE_COLUMNS, rows, ("LES", "Code", "Since"))


def of_level(position: Position, level: str) -> tuple[Record, ...]:
    """The rows of `Position.signup` of the ICB or of its places in the as-at month."""
    return _by_level(position)[level]


@lru_cache(maxsize=1)
def _by_level(position: Position) -> Mapping[str, tuple[Record, ...]]:
    frame = position.signup
    found = records(frame[(frame["month"] == position.edition.as_at) & frame["level"].isin(_LEVELS)])
    return {level: tuple(one for one in found if one["level"] == level) for level in _LEVELS}


def _signup_row(position: Position, found: Record, at: int) -> Row:
    service = position.specs.service(found["les"])
    rate = _cell(found, "signup_pct")
    known = not isinstance(rate, Mark)
    signed_up: Cell = float(found["signed_up"]) if known else rate
    missing: Cell = float(found["eligible"] - found["signed_up"]) if known else rate
    of_open = _cell(found, "of_open_pct")

    def ref(name: str) -> Ref:
        return Ref(at, _AT[name])

    return Row(
        (
            service.title,
            words.CONTRACTS[service.contract],
            found["open"],
            found["eligible"],
            signed_up,
            cells.difference(ref("Could sign up"), ref("Signed up"), missing),
            cells.share(ref("Signed up"), ref("Could sign up"), rate),
            cells.share(ref("Signed up"), ref("Open"), of_open),
            *_patients(found, at, _AT["Registered patients"]),
        )
    )


def _patients(found: Record, at: int, first: int) -> tuple[Content, ...]:
    """Registered, covered, not covered and coverage, from the column `first` on."""
    registered, covered, share = (_cell(found, name) for name in ("registered", "covered", "coverage_pct"))
    missing: Cell
    if isinstance(registered, Mark) or isinstance(covered, Mark):
        missing = registered if isinstance(registered, Mark) else covered
    else:
        missing = registered - covered
    whole, part = Ref(at, first), Ref(at, first + 1)
    return registered, covered, cells.difference(whole, part, missing), cells.share(part, whole, share)


def _average(position: Position, les: int) -> Row:
    """The means of the two rates over the LES that have them; an average of counts would say nothing."""
    frame = position.signup_average
    found = records(frame[(frame["month"] == position.edition.as_at) & (frame["level"] == "icb")])[0]
    rates = {RATE: _cell(found, "signup_pct"), "% of open": _cell(found, "of_open_pct")}
    made: list[Content] = [AVERAGE, *[None] * (len(_SIGNUP_COLUMNS) - 1)]
    for name, value in rates.items():
        block = Ref(0, _AT[name], les - 1, _AT[name])
        made[_AT[name]] = value if isinstance(value, Mark) else Formula("=AVERAGE({0})", (block,), value)
    return Row(tuple(made), emphasis=True, starts=True)


def _cell(found: Record, name: str) -> Cell:
    mark = found[f"{name}_mark"]
    return Mark(mark) if mark else float(found[name])


def signup_text(position: Position) -> str:
    """What the chart of sign-up rates shows, for those who do not see it."""
    rates = ranked(position, "signup_pct")
    if not rates:
        return "Bars: sign-up rate by LES. No sign-up is known."
    (low, lowest), (high, highest) = rates[0], rates[-1]
    span = f"{words.percent(low)} ({lowest}) to {words.percent(high)} ({highest})"
    return f"Bars: sign-up rate by LES, from {span}."


def not_covered_text(position: Position) -> str:
    """What the chart of patients not covered shows, for those who do not see it."""
    found = [
        (float(one["registered"] - one["covered"]), position.specs.service(one["les"]).title)
        for one in of_level(position, "icb")
        if not isinstance(_cell(one, "coverage_pct"), Mark)
    ]
    said = ", ".join(f"{title} {words.count(value)}" for value, title in sorted(found, reverse=True))
    return (
        f"Bars: registered patients not covered, by LES. {said}." if said else "Bars: nothing is known yet."
    )


def ranked(position: Position, name: str) -> list[tuple[float, str]]:
    """A rate of each LES that has one with its title, lowest first."""
    cells_of = (
        (_cell(one, name), position.specs.service(one["les"]).title) for one in of_level(position, "icb")
    )
    return sorted((value, title) for value, title in cells_of if not isinstance(value, Mark))
