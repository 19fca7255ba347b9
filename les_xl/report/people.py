"""Sentences about sign-up, patients covered, notices, and the rates of quality and outcomes."""

from les_xl import periods
from les_xl.measures.quality import OVER_CAP, RATE
from les_xl.position import Position
from les_xl.report import words
from les_xl.report.figures import Record, records
from les_xl.report.tables import outcomes, signup


def average(position: Position) -> float | None:
    """The average sign-up rate in the as-at month; None where no LES has one."""
    frame = position.signup_average
    here = frame[(frame["month"] == position.edition.as_at) & (frame["level"] == "icb")]
    return float(here["signup_pct"].iloc[0]) if int(here["n_les"].iloc[0]) else None


def signed_up(position: Position) -> str:
    """`Sign-up averages 96.8% over 13 LES, from 93.9% (Phlebotomy) to 100.0% (LTC LES).`, or empty."""
    rates, mean = signup.ranked(position, "signup_pct"), average(position)
    if mean is None:
        return ""
    (low, lowest), (high, highest) = rates[0], rates[-1]
    if len(rates) == 1:
        return f"{lowest} has a sign-up rate of {words.percent(low)}."
    span = f"from {words.percent(low)} ({lowest}) to {words.percent(high)} ({highest})"
    return f"Sign-up averages {words.percent(mean)} over {len(rates)} LES, {span}."


def gap(position: Position) -> str:
    """The LES with most registered patients not covered, and the place with most of them; or empty."""
    found = [_gap(position, one) for one in signup.of_level(position, "icb") if _is_covered(one)]
    missing, les = max(((number, les) for number, les, _ in found), default=(0.0, ""))
    if not missing:
        return ""
    title = position.specs.service(les).title
    said = f"{words.count(missing)} registered patients are not covered for {title}, the largest gap."
    places = [
        _gap(position, one)
        for one in signup.of_level(position, "place")
        if one["les"] == les and _is_covered(one)
    ]
    most, _, place = max(places, default=(0.0, "", ""))
    where = (
        f" {words.count(most)} patients are not covered for {title} in {place}." if len(places) > 1 else ""
    )
    return f"{said}{where}"


def _gap(position: Position, one: Record) -> tuple[float, str, str]:
    return float(one["registered"] - one["covered"]), str(one["les"]), str(one["org"])


def _is_covered(one: Record) -> bool:
    return not one["coverage_pct_mark"]


def notice(position: Position) -> str:
    """`1 practice has given notice.`, or empty."""
    number = int(position.notices["org"].nunique())
    verb = "has" if number == 1 else "have"
    return f"{words.plural(number, 'practice')} {verb} given notice." if number else ""


def quality(position: Position) -> tuple[str, ...]:
    """For each rate: `Failed blood samples: 3.6% of blood samples taken (19,647 of 546,410) to October 2025.`

    And how many patients were counted above a cap.
    """
    frame = position.quality
    month = frame["les"].map(position.data_months)
    here = records(frame[(frame["level"] == "icb") & (frame["month"] == month)])
    rates = [_rate(position, one) for one in here if one["measure"] == RATE and _known(one, "rate_to_date")]
    caps = [
        f"{outcomes.title(position, one)}: {words.count(one['numerator_to_date'])} to "
        f"{periods.long_label(one['month'])}."
        for one in here
        if one["measure"] == OVER_CAP and _known(one, "numerator_to_date")
    ]
    return (*rates, *caps)


def _rate(position: Position, one: Record) -> str:
    of = position.specs.metric(one["les"], one["of"]).title
    part, whole = words.count(one["numerator_to_date"]), words.count(one["denominator_to_date"])
    share = words.percent(one["rate_to_date"])
    by = periods.long_label(one["month"])
    return f"{outcomes.title(position, one)}: {share} of {_lowered(of)} ({part} of {whole}) to {by}."


def _known(one: Record, name: str) -> bool:
    return not one[f"{name}_mark"]


def _lowered(title: str) -> str:
    """A title inside a sentence: `Blood samples taken` as `blood samples taken`, an abbreviation as it is."""
    return " ".join(word if word.isupper() else word.lower() for word in title.split())
