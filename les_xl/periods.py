"""Months (`2025-10`) and financial years (`2025-26`, April to March) as text, and arithmetic on them."""

import calendar
import re
from datetime import UTC, date, datetime, timedelta

MONTH_PATTERN = r"^[0-9]{4}-(0[1-9]|1[0-2])$"
YEAR_PATTERN = r"^[0-9]{4}-[0-9]{2}$"
_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_EXCEL_EPOCH = date(1899, 12, 30)
_EARLIEST, _LATEST = 1990, 2099


def is_month(text: object) -> bool:
    """True for `2025-10` exactly as specifications and frames write it."""
    return isinstance(text, str) and re.fullmatch(MONTH_PATTERN, text) is not None


def is_year(text: object) -> bool:
    """True for a financial year such as `2025-26`, whose second part follows the first."""
    if not isinstance(text, str) or re.fullmatch(YEAR_PATTERN, text) is None:
        return False
    return (int(text[:4]) + 1) % 100 == int(text[5:])


def parse_month(value: object) -> str:
    """Read a month as a person or Excel writes it, and give it as `2025-10`.

    Understands `2025-10`, `2025-10-31`, `31/10/2025`, `Oct-25`, `October 2025`, `10/2025`, dates and
    Excel serial numbers (1900 system). Raises ValueError with a sentence that names what was expected.
    """
    if isinstance(value, date):
        return f"{value.year:04d}-{value.month:02d}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _from_serial(float(value))
    found = _from_text(str(value).strip())
    if found is None or not _EARLIEST <= found[0] <= _LATEST:
        raise ValueError(f"'{value}' is not a month; write 2025-10 or Oct-25")
    return f"{found[0]:04d}-{found[1]:02d}"


def _from_serial(serial: float) -> str:
    first = (date(_EARLIEST, 1, 1) - _EXCEL_EPOCH).days
    last = (date(_LATEST, 12, 31) - _EXCEL_EPOCH).days
    if not first <= serial <= last + 1:
        raise ValueError(f"{serial:g} is not an Excel date; write 2025-10 or Oct-25")
    return parse_month(_EXCEL_EPOCH + timedelta(days=int(serial)))


def _from_text(text: str) -> tuple[int, int] | None:
    if numeric := re.fullmatch(r"([0-9]{4})[-/]([0-9]{1,2})(?:[-/]([0-9]{1,2}))?(?:[ T].*)?", text):
        return _valid(int(numeric[1]), int(numeric[2]), int(numeric[3] or 1))
    if british := re.fullmatch(r"(?:([0-9]{1,2})[-/.])?([0-9]{1,2})[-/.]([0-9]{4})", text):
        return _valid(int(british[3]), int(british[2]), int(british[1] or 1))
    if named := re.fullmatch(r"(?:[0-9]{1,2}[-/ ])?([A-Za-z]{3,9})[-/ ,']*([0-9]{4}|[0-9]{2})", text):
        return _named(named[1].lower(), named[2])
    return None


def _valid(year: int, month: int, day: int) -> tuple[int, int] | None:
    try:
        date(year, month, day)
    except ValueError:
        return None
    return year, month


def _named(name: str, year: str) -> tuple[int, int] | None:
    number = _NAMES.get(name[:3])
    if number is None or not (calendar.month_name[number].lower().startswith(name) or name == "sept"):
        return None
    return (int(year) if len(year) == 4 else 2000 + int(year)), number


def add_months(month: str, count: int) -> str:
    """The month `count` months later (earlier where negative)."""
    total = int(month[:4]) * 12 + int(month[5:]) - 1 + count
    return f"{total // 12:04d}-{total % 12 + 1:02d}"


def months_between(first: str, last: str) -> int:
    """How many months `last` is after `first`; negative where it is before."""
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:]) - int(first[5:])


def month_range(first: str, last: str) -> tuple[str, ...]:
    """Every month from `first` to `last`, both included; empty where `last` is before `first`."""
    return tuple(add_months(first, step) for step in range(months_between(first, last) + 1))


def year_of(month: str) -> str:
    """The financial year that holds the month: `2026-03` is in `2025-26`."""
    start = int(month[:4]) - (0 if month[5:] >= "04" else 1)
    return f"{start:04d}-{(start + 1) % 100:02d}"


def months_of(year: str) -> tuple[str, ...]:
    """The twelve months of a financial year, April first."""
    return month_range(f"{year[:4]}-04", f"{int(year[:4]) + 1:04d}-03")


def label(month: str) -> str:
    """`Oct-25`: the heading of a month's column."""
    return f"{calendar.month_abbr[int(month[5:])]}-{month[2:4]}"


def long_label(month: str) -> str:
    """`October 2025`: a month in a sentence."""
    return f"{calendar.month_name[int(month[5:])]} {month[:4]}"


def first_day(month: str) -> date:
    """The first day of the month."""
    return date(int(month[:4]), int(month[5:]), 1)


def last_day(month: str) -> date:
    """The last day of the month."""
    return first_day(add_months(month, 1)) - timedelta(days=1)


def month_of(moment: date | datetime) -> str:
    """The month that a date lies in."""
    return f"{moment.year:04d}-{moment.month:02d}"


def now() -> datetime:
    """The moment of a load or a refresh, in UTC to the second; it stamps and decides no figure."""
    return datetime.now(UTC).replace(microsecond=0)
