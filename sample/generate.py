"""Writes the synthetic sample: `python -m sample.generate [FOLDER]`, always the same files."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sample.generator.activity import Activity, by_month, ltc_rows, other_rows
from sample.generator.cast import make_cast
from sample.generator.files import Row, write_csv, write_workbook
from sample.generator.ltc import ltc_activity
from sample.generator.others import BEFORE, other_providers
from sample.generator.practices import Practice, make_practices
from sample.generator.published import LTC, MONTHS, YEAR, Published, read_published
from sample.generator.quality import quality_rows
from sample.generator.returns import missing_returns
from sample.generator.signup import Signup, make_signup, signed_up
from sample.generator.targets import Targets, ltc_monthly, make_targets

_HERE = Path(__file__).resolve().parent
_OUTPUT = _HERE / "2025-10"
_PUBLISHED = _HERE.parent / "tests" / "published"
_ORGANISATION_COLUMNS = (
    *("ods_code", "name", "type", "pcn", "pcn_name", "sub_icb", "sub_icb_name", "place", "trust"),
    *("opened", "closed", "successor", "valid_from"),
)
_ACTIVITY_COLUMNS = ("ods_code", "les", "metric", "month", "value")
_WITH_BOM = ("2025-06", "2025-09")
_AS_WORKBOOK = "2025-10"


def generate(folder: Path, figures: Path = _PUBLISHED) -> None:
    """Write every file of the sample into `folder`, from the published figures in the folder `figures`."""
    published = read_published(figures)
    practices = make_practices({name: sum(counts) for name, counts in published.bands.items()})
    signup = make_signup(practices)
    joined = signed_up(signup)
    lists = {practice.ods_code: practice.list_april for practice in practices}
    targets = make_targets(published, lists, joined)
    _write_reference(folder / "reference", practices, signup)
    _write_plans(folder / "plans", published, targets)
    _write_other_providers(folder / "other_providers", practices)
    activity = [*_activity(published, practices, targets, joined)]
    _write_activity(folder / "activity", activity)
    _write_quality(folder / "quality", activity)


def _activity(
    published: Published, practices: Sequence[Practice], targets: Targets, joined: Mapping[str, Sequence[str]]
) -> Iterator[Activity]:
    lists = {practice.ods_code: practice.list_april for practice in practices}
    own = targets[LTC.les, LTC.metric]
    cast = make_cast(published, {practice.ods_code: practice.sub_icb_name for practice in practices}, own)
    missing = missing_returns(cast, joined)
    yield from ltc_rows(ltc_activity(published, cast, own, missing))
    yield from other_rows(published, targets, lists, missing)


def _write_reference(folder: Path, practices: Sequence[Practice], signup: Sequence[Signup]) -> None:
    in_order = sorted(practices, key=lambda practice: practice.ods_code)
    write_csv(folder / "organisations.csv", _ORGANISATION_COLUMNS, map(_organisation, in_order))
    sizes = [row for practice in in_order if not practice.closed for row in _list_sizes(practice)]
    write_csv(folder / "list_sizes.csv", ("ods_code", "month", "list_size"), sizes)
    rows = [(row.ods_code, row.les, row.status, row.start, "", row.reason) for row in signup]
    write_csv(folder / "signup.csv", ("ods_code", "les", "status", "from", "to", "reason"), rows)


def _organisation(practice: Practice) -> Row:
    pcn, sub_icb = (practice.pcn, practice.pcn_name), (practice.sub_icb, practice.sub_icb_name)
    life = (practice.opened, practice.closed, practice.successor, "")
    return (
        practice.ods_code,
        practice.name,
        "practice",
        *pcn,
        *sub_icb,
        practice.place,
        practice.trust,
        *life,
    )


def _list_sizes(practice: Practice) -> tuple[Row, ...]:
    return (
        (practice.ods_code, "2025-04", practice.list_april),
        (practice.ods_code, "2025-10", practice.list_october),
    )


def _write_plans(folder: Path, published: Published, targets: Targets) -> None:
    rows = sorted(
        (code, les, metric, YEAR, target)
        for (les, metric), own in targets.items()
        for code, target in own.items()
    )
    write_csv(folder / f"plans_{YEAR}.csv", ("ods_code", "les", "metric", "year", "annual_target"), rows)
    monthly = sorted(
        (code, LTC.les, LTC.metric, YEAR, month, planned)
        for month, values in ltc_monthly(published, targets[LTC.les, LTC.metric]).items()
        for code, planned in values.items()
    )
    columns = ("ods_code", "les", "metric", "year", "month", "planned")
    write_csv(folder / f"ltc_monthly_{YEAR}.csv", columns, monthly)


def _write_other_providers(folder: Path, practices: Sequence[Practice]) -> None:
    """A file for each financial year."""
    rows = list(other_providers(practices))
    for year, earlier in (("2024-25", True), (YEAR, False)):
        of_year = [tuple(vars(row).values()) for row in rows if (row.month in BEFORE) == earlier]
        columns = ("trust", "place", "indicator", "month", "value")
        write_csv(folder / f"other_providers_{year}.csv", columns, of_year)


def _write_quality(folder: Path, activity: Sequence[Activity]) -> None:
    rows = [_row(row) for found in by_month(quality_rows(activity)).values() for row in found]
    write_csv(folder / f"quality_{MONTHS[-1]}.csv", _ACTIVITY_COLUMNS, rows)


def _row(row: Activity) -> Row:
    return row.ods_code, row.les, row.metric, row.month, row.value


def _write_activity(folder: Path, activity: Sequence[Activity]) -> None:
    for month, found in by_month(activity).items():
        rows = [_row(row) for row in found]
        name = folder / f"activity_{month}"
        if month == _AS_WORKBOOK:
            write_workbook(name.with_suffix(".xlsx"), "Activity", _ACTIVITY_COLUMNS, rows)
        else:
            write_csv(name.with_suffix(".csv"), _ACTIVITY_COLUMNS, rows, windows=True, bom=month in _WITH_BOM)


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else _OUTPUT)
