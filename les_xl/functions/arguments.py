"""What is meant by an argument as people type it: a LES, a metric, a month, an organisation, a band."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from les_xl.errors import Kind, LesError, Place, nearest
from les_xl.errors import functions as kinds
from les_xl.functions.catalogue import BandEntry, LesEntry, MetricEntry, OrgEntry
from les_xl.functions.names import LesName, Names, distinct, fold, fold_band, fold_code, fold_word
from les_xl.functions.results import MISSING, ExcelError, Missing
from les_xl.periods import parse_month

Argument = float | str | date | Missing | ExcelError | None
"""What a host passes on: None is an empty cell, MISSING an argument that was left out."""

_MOST_CHOICES = 10
_LEAST_INSIDE = 3


def is_empty(value: Argument) -> bool:
    """True for what names nothing: left out, an empty cell, empty text."""
    return value is MISSING or value is None or (isinstance(value, str) and not value.strip())


def find_les(names: Names, given: Argument) -> LesName:
    """The LES of a slug, title, published label or unambiguous part of one, in any case.

    Raises LesError: LES501 where nothing is named, LES502 unknown, LES503 part of several.
    """
    if is_empty(given):
        raise _error(kinds.NO_LES)
    folded = fold(_text(given))
    meant = names.les.get(folded) or _by_part(names, folded)
    if not meant:
        titles = dict.fromkeys(name.les.title for found in names.les.values() for name in found)
        raise _unknown(kinds.UNKNOWN_LES, given, titles, f"there is {_choices(titles, 'and')}")
    if len({name.les.les for name in meant}) > 1:
        titles = dict.fromkeys(name.les.title for name in meant)
        raise _error(kinds.SEVERAL_LES, given=_text(given), choices=_choices(titles, "or"))
    return meant[0] if len(meant) == 1 else LesName(meant[0].les)


def _by_part(names: Names, folded: str) -> tuple[LesName, ...]:
    """What begins a word counts first (`ring` is Ring Pessary, not Post Bariatric Monitoring).

    Inside a word, one or two letters are too few to mean a name.
    """
    if not folded:
        return ()
    found = [meant for name, meant in names.les.items() if f" {folded}" in f" {name}"]
    if not found and len(folded) >= _LEAST_INSIDE:
        found = [meant for name, meant in names.les.items() if folded in name]
    return tuple(dict.fromkeys(name for meant in found for name in meant))


def find_metric(name: LesName, given_les: Argument, given: Argument = MISSING) -> MetricEntry:
    """The metric of a LES by slug or title; left out, the one that its name stands for, or its headline.

    Raises LesError: LES504 where the LES is published in several rows and none is named, LES505 unknown,
    LES506 where the name of the LES is that of another metric.
    """
    if is_empty(given):
        return _metric_of(name, given_les)
    metric = _named_metric(name.les, given)
    if name.metric is not None and name.metric != metric.id:
        raise _error(kinds.OTHER_METRIC, given=_text(given_les), metric=name.metric, other=metric.id)
    return metric


def _named_metric(les: LesEntry, given: Argument) -> MetricEntry:
    wanted = fold(_text(given))
    for metric in les.metrics:
        if wanted in (fold(metric.id), fold(metric.title), fold(metric.label)):
            return metric
    known = [word for metric in les.metrics for word in (metric.id, metric.title)]
    otherwise = f"it has {_choices([metric.id for metric in les.metrics], 'and')}"
    raise _unknown(kinds.UNKNOWN_METRIC, given, known, otherwise, les=les.title)


def _metric_of(name: LesName, given_les: Argument) -> MetricEntry:
    if name.metric is not None:
        return next(metric for metric in name.les.metrics if metric.id == name.metric)
    if len(name.les.published) > 1:
        labels = (metric.label for metric in name.les.published)
        raise _error(kinds.SEVERAL_METRICS, given=_text(given_les), choices=_choices(labels, "and"))
    return name.les.headline


def find_month(months: Sequence[str], as_at: str, given: Argument) -> str:
    """A month as text, a date or an Excel serial, as `2025-10`; left out or empty, the as-at month.

    Raises LesError: LES507 where it is no month, LES508 where it is outside the position's year.
    """
    if is_empty(given):
        return as_at
    try:
        month = parse_month(given)
    except (ValueError, OverflowError):
        raise _error(kinds.NOT_A_MONTH, given=_text(given)) from None
    if month not in months:
        raise _error(kinds.OUTSIDE_YEAR, month=month, first=months[0], last=months[-1])
    return month


def find_org(names: Names, icb: OrgEntry, given: Argument) -> OrgEntry:
    """The organisation or group of a code or a name, in any case; left out or empty, the ICB.

    Raises LesError: LES509 unknown, LES510 where several have the name.
    """
    if is_empty(given):
        return icb
    text = _text(given)
    if (by_code := names.codes.get(fold_code(text))) is not None:
        return by_code
    found = names.orgs.get(fold(text), ())
    if len(found) > 1:
        raise _error(kinds.SEVERAL_ORGS, given=text, choices=_choices(map(distinct, found), "and"))
    if not found:
        raise _unknown_org(names, given)
    return found[0]


def _unknown_org(names: Names, given: Argument) -> LesError:
    if isinstance(given, (int, float)) and not isinstance(given, bool):
        advice = "a code that looks like a number is kept as text: type an apostrophe before it, as '000123"
        return _error(kinds.UNKNOWN_ORG, given=_text(given), advice=advice)
    everyone = {org for orgs in names.orgs.values() for org in orgs}
    known = [word for org in everyone for word in (org.name, org.code)]
    return _unknown(kinds.UNKNOWN_ORG, given, known, "give an ODS, PCN or Sub ICB code, or a name")


def find_band(les: LesEntry, bands: BandEntry, given: Argument) -> int:
    """Which band of a LES a label names, counted from 0; spaces, percent signs and dashes may differ.

    Raises LesError: LES511 unknown.
    """
    folded = [fold_band(label) for label in bands.labels]
    wanted = "" if is_empty(given) else fold_band(_text(given))
    if wanted not in folded:
        words = {"les": les.title, "given": "" if is_empty(given) else _text(given)}
        raise _error(kinds.UNKNOWN_BAND, choices=_choices(bands.labels, "and"), **words)
    return folded.index(wanted)


def find_word(kind: Kind, words: Mapping[str, str], given: Argument) -> str:
    """Which of the values of `words` is meant by one of their names; details of spelling do not matter.

    Raises LesError of the kind where none is, with the nearest name.
    """
    known = {fold_word(word): meant for word, meant in words.items()}
    found = None if is_empty(given) else known.get(fold_word(_text(given)))
    if found is None:
        choices = _choices(dict.fromkeys(words.values()), "and")
        raise _unknown(kind, "" if is_empty(given) else given, words, f"there is {choices}")
    return found


def _text(given: Argument) -> str:
    return f"{given:g}" if isinstance(given, float) else str(given)


def _choices(words: Iterable[str], last: str) -> str:
    shown = list(words)
    if len(shown) > _MOST_CHOICES:
        shown = [*shown[:_MOST_CHOICES], f"{len(shown) - _MOST_CHOICES} more"]
    return f" {last} ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))


def _unknown(kind: Kind, given: Argument, known: Iterable[str], otherwise: str, **words: str) -> LesError:
    meant = nearest(_text(given), known)
    advice = f"did you mean '{meant}'?" if meant else otherwise
    return _error(kind, given=_text(given), advice=advice, **words)


def _error(kind: Kind, **words: str) -> LesError:
    return LesError(kind.at(Place(), **words))
