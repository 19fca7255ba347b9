"""`tblQuality`: rates, caps, outcomes and registers for the ICB and its sub ICB groups."""

from collections.abc import Iterator
from functools import lru_cache

from les_xl import periods
from les_xl.marks import Cell, Mark
from les_xl.measures.quality import COUNT, OVER_CAP, PROXY, RATE, STOCK
from les_xl.position import Position
from les_xl.report import words
from les_xl.report.figures import Record, org_names, records
from les_xl.report.table import Column, Content, Line, Ref, Row, Table
from les_xl.report.tables import cells

NAME = "tblQuality"
RATE_TO_DATE = "Rate to date"
ORGANISATION = "Organisation"

_LEVELS = ("icb", "sub_icb")
_ORDER = (RATE, OVER_CAP, PROXY, COUNT, STOCK)
_COLUMNS = (
    Column("LES", "long_text", 19),
    Column("Metric", "long_text", 34),
    Column("Share of", "long_text", 29),
    Column(ORGANISATION, "long_text", 31),
    Column("Data to", "month", 9),
    Column("Reported", "text", 12),
    Column("Number", "number", 9.5),
    Column("Out of", "number", 9.5),
    Column("Rate", "percent", 9),
    Column("Number to date", "number", 10),
    Column("Out of to date", "number", 10),
    Column(RATE_TO_DATE, "percent", 9.5),
    Column("95% from", "percent", 9),
    Column("95% to", "percent", 9),
)
_AT = {column.name: at for at, column in enumerate(_COLUMNS)}
_NOTES = (
    "A rate is of the organisations that reported both figures in a month; without both, one is in neither.",
    "95% from and to: Wilson's interval of the rate to date, between which it lies but for chance.",
    "A register is the count at the end of the month, and is never added up.",
    "A number above what it is out of is shown as it is, has no interval, and fails a check (Data quality).",
)


def quality(position: Position) -> Table:
    """`tblQuality`, each metric in the data month of its LES."""
    found = shown(position)
    rows = tuple(_row(position, one, at) for at, one in enumerate(found))
    key = ("LES", "Metric", ORGANISATION)
    title = "Quality and outcomes: rates, caps, outcomes and registers"
    return Table(NAME, title, _COLUMNS, rows, key, notes=_NOTES, filtered=True, lines=lines(position))


def lines(position: Position) -> tuple[Line, ...]:
    """The line above the table: where the figures about caps come from; none where no LES has a cap."""
    caps = _caps(position, shown(position))
    return (Line("LesLine_QualityCap", caps),) if caps else ()


@lru_cache(maxsize=1)
def shown(position: Position) -> tuple[Record, ...]:
    """The rows of `Position.quality` that are shown: rates first, registers last, in the order of the specs.

    Of an outcome or a register that nobody has reported the ICB's row is enough.
    """
    frame = position.quality
    frame = frame[frame["level"].isin(_LEVELS)]
    month = frame["les"].map(position.data_months).fillna(position.edition.as_at)
    found = records(frame[frame["month"] == month])
    empty = {
        (one["les"], one["metric"])
        for one in found
        if one["level"] == "icb"
        and one["measure"] in (COUNT, STOCK)
        and _cell(one, "numerator_to_date") == Mark.NOT_REPORTED
    }
    kept = [one for one in found if one["level"] == "icb" or (one["les"], one["metric"]) not in empty]
    return tuple(one for measure in _ORDER for one in _icb_first(kept, measure))


def rated(position: Position) -> dict[tuple[str, str], tuple[int, int]]:
    """The rates (LES, metric) that the ICB has, each with its first and last row of `tblQuality`."""
    blocks: dict[tuple[str, str], list[int]] = {}
    for at, one in enumerate(shown(position)):
        if one["measure"] == RATE:
            blocks.setdefault((one["les"], one["metric"]), []).append(at)
    found = shown(position)
    return {
        line: (rows[0], rows[-1])
        for line, rows in blocks.items()
        if not isinstance(_cell(found[rows[0]], "rate_to_date"), Mark)
    }


def _icb_first(found: list[Record], measure: str) -> Iterator[Record]:
    of_measure = [one for one in found if one["measure"] == measure]
    for line in dict.fromkeys((one["les"], one["metric"]) for one in of_measure):
        block = [one for one in of_measure if (one["les"], one["metric"]) == line]
        yield from sorted(block, key=lambda one: _LEVELS.index(one["level"]))


def _row(position: Position, found: Record, at: int) -> Row:
    service = position.specs.service(found["les"])
    month = position.data_months.get(service.les)

    def rate(part: str, whole: str, figure: str) -> Content:
        return cells.share(Ref(at, _AT[part]), Ref(at, _AT[whole]), _cell(found, figure))

    return Row(
        (
            service.title,
            title(position, found),
            _share_of(position, found),
            org_names(position)[found["level"], found["org"]],
            month or Mark.NOT_REPORTED,
            f"{found['n_reported']:,} of {found['n_expected']:,}" if month else Mark.NOT_REPORTED,
            _cell(found, "numerator"),
            _cell(found, "denominator"),
            rate("Number", "Out of", "rate"),
            _cell(found, "numerator_to_date"),
            _cell(found, "denominator_to_date"),
            rate("Number to date", "Out of to date", "rate_to_date"),
            _cell(found, "lower_to_date"),
            _cell(found, "upper_to_date"),
        ),
        starts=found["level"] == "icb",
        emphasis=found["level"] == "icb",
    )


def title(position: Position, found: Record) -> str:
    """What a row of `Position.quality` counts, in words; a proxy is called one."""
    metric = position.specs.metric(found["les"], found["metric"])
    if found["measure"] != PROXY or metric.cap is None:
        return metric.title
    months = words.plural(metric.cap.months, "month")
    return f"{metric.title}: beyond {metric.cap.at_most} for each patient in {months} (proxy)"


def _share_of(position: Position, found: Record) -> str:
    if not found["of"]:
        return {STOCK: "Register", COUNT: "Count", OVER_CAP: "Count"}[found["measure"]]
    of = found["metric"] if found["measure"] == PROXY else found["of"]
    return position.specs.metric(found["les"], of).title


def _cell(found: Record, name: str) -> Cell:
    mark = found[f"{name}_mark"]
    return Mark(mark) if mark else float(found[name])


def _caps(position: Position, found: tuple[Record, ...]) -> str:
    """Of each LES with a cap, where the figure of those above it comes from, or why there is none."""
    said = []
    for one in found:
        if one["level"] != "icb" or one["measure"] not in (OVER_CAP, PROXY):
            continue
        les = position.specs.service(one["les"]).title
        if one["measure"] == PROXY:
            said.append(
                f"{les}: visits beyond the cap stand for patients above it, whom nobody counted (proxy)."
            )
        elif _cell(one, "numerator_to_date") == Mark.NOT_APPLICABLE:
            said.append(f"{les}: who is above the cap is not known, as no return counts patients.")
        else:
            said.append(f"{les}: patients above the cap are those that practices counted.")
    return " ".join(said)


def chart_text(position: Position, les: str, metric: str) -> str:
    """What the chart of a rate shows, for those who do not see it."""
    found = [one for one in shown(position) if (one["les"], one["metric"]) == (les, metric)]
    names = org_names(position)
    known = [
        (_cell(one, "rate_to_date"), names["sub_icb", one["org"]])
        for one in found
        if one["level"] == "sub_icb"
    ]
    groups = sorted((value, name) for value, name in known if not isinstance(value, Mark))
    if not found or not groups:
        return ""
    whole = _cell(found[0], "rate_to_date")
    of = _share_of(position, found[0]).lower()
    by = periods.long_label(str(found[0]["month"]))
    return (
        f"Bars: {title(position, found[0]).lower()} as a share of {of}, to {by}. "
        f"ICB {words.percent(whole)}; sub ICB groups from {words.percent(groups[0][0])} ({groups[0][1]}) "
        f"to {words.percent(groups[-1][0])} ({groups[-1][1]})."
    )
