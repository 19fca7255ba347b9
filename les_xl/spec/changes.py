"""The differences between two specifications of one thing, each in words, and those of plans by month."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from pydantic import BaseModel

from les_xl.periods import add_months, long_label
from les_xl.spec.model import Metric, Service
from les_xl.spec.outline import Outline, outline_of
from les_xl.spec.planned import per_month, plan_sources, profiles, targets
from les_xl.spec.scalars import MONTH_PATTERN, PERCENT_PATTERN, TEXT_PATTERN
from les_xl.spec.wording import (
    condition_in_words,
    flagged_when,
    listed,
    number,
    percent,
    period,
    same_condition,
)

_WORDS = {
    "from": "first month",
    "to": "last month",
    "starts": "first month",
    "ends": "last month",
    "les": "LES",
    "icb": "ICB",
    "of": "measure",
    "published_as": "published label",
    "gp_records": "general practice records",
    "level": "levels",
    "exclude": "exclusions",
    "sub_icbs": "sub ICB groups",
    "ods_codes": "ODS codes",
    "sro": "SRO",
    "sum_of": "metrics of its sum",
}
_ITEMS = {
    "metrics": "metric",
    "exceptions": "exception rule",
    "exclude": "exclusion",
    "impact": "indicator of impact",
    "sub_icbs": "sub ICB group",
    "matches": "file name",
    "former_bands": "former bands to",
    "rebase": "new limits from",
}
_IDENTITIES = ("id", "rule", "code", "file", "to", "from")


def changes(old: BaseModel, new: BaseModel, apart: Sequence[str] = ()) -> Iterator[str]:
    """What is different in words, key by key, but for the keys that are set apart."""
    before, after = (model.model_dump(by_alias=True, exclude=set(apart)) for model in (old, new))
    yield from _walked(before, after, outline_of(type(new)), "")


def _walked(old: Any, new: Any, outline: Outline, label: str) -> Iterator[str]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _keys(old, new, outline, label)
    elif _of_dicts(old) and _of_dicts(new):
        yield from _items(old, new, outline, label)
    elif isinstance(old, dict) or isinstance(new, dict):
        yield f"{label} {'is new' if old is None else 'is gone'}"
    elif isinstance(new, tuple) and isinstance(old, tuple) and old and new and not _is(outline.at(0), "%"):
        yield _list(old, new, outline.at(0), label)
    else:
        yield _value(old, new, outline, label)


def _keys(old: Mapping[str, Any], new: Mapping[str, Any], outline: Outline, label: str) -> Iterator[str]:
    if outline.tagged:
        tag = outline.here["discriminator"]["propertyName"]
        if old[tag] != new[tag]:
            yield f"{label} is {new[tag]} (was {old[tag]})"
            return
        outline = outline.at(new[tag])
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if key == "when" and before and after:
            yield from _condition(before, after, label)
            continue
        words = _WORDS.get(key, key.replace("_", " ")) if key in outline.keys else f"'{key}'"
        is_list = _of_dicts(before) and _of_dicts(after)
        name = _ITEMS.get(key, words) if is_list else words
        yield from _walked(before, after, outline.at(key), f"{label}, {name}" if label else name)


def _condition(old: str, new: str, label: str) -> Iterator[str]:
    if not same_condition(old, new):
        was = condition_in_words(old)
        yield f"{label} is flagged when {condition_in_words(new)} (was when {was})"


def _items(old: Sequence[Any], new: Sequence[Any], outline: Outline, label: str) -> Iterator[str]:
    identity = _identity(old, new)
    before = {identity(at, item): item for at, item in enumerate(old)}
    after = {identity(at, item): item for at, item in enumerate(new)}
    for key in dict.fromkeys((*before, *after)):
        name = f"{label} '{key[0]}'" if isinstance(key, tuple) else f"{label} {key}"
        if key not in after:
            yield f"{name} is gone"
        elif key not in before:
            yield f"{name} is new{_how_flagged(after[key])}"
        else:
            yield from _walked(before[key], after[key], outline.at(0), name)
    kept = [key for key in before if key in after]
    if kept != [key for key in after if key in before]:
        yield f"{label}s are in another order"


def _how_flagged(item: Mapping[str, Any]) -> str:
    return f": flagged {flagged_when(item['when'], item['profile'])}" if "when" in item else ""


def _identity(old: Sequence[Any], new: Sequence[Any]) -> Callable[[int, Any], Hashable]:
    """What an item is known by: its id, its id and first month where one id has several, or its number."""
    for name in _IDENTITIES:
        for names in ((name,), (name, "from")):
            if all(_tell_apart(items, names) for items in (old, new)):
                return partial(_named, names)
    return lambda at, _: at + 1


def _tell_apart(items: Sequence[Any], names: tuple[str, ...]) -> bool:
    found = [_named(names, 0, item) for item in items]
    return len(set(found)) == len(found) and all(name[0] is not None for name in found)


def _named(names: tuple[str, ...], _: int, item: Any) -> tuple[Any, ...]:
    return tuple(item.get(name) for name in names)


def _list(old: Sequence[Any], new: Sequence[Any], outline: Outline, label: str) -> str:
    added = [_shown(word, outline) for word in new if word not in old]
    taken = [_shown(word, outline) for word in old if word not in new]
    if not added and not taken:
        return f"{label} are in another order: {listed(_shown(word, outline) for word in new)}"
    words = [f"now also {listed(added)}"] if added else []
    words += [f"no longer {listed(taken)}"] if taken else []
    return f"{label}: {', '.join(words)}"


def _value(old: Any, new: Any, outline: Outline, label: str) -> str:
    if new is None or new == ():
        return f"{label} is left out (was {_shown(old, outline)})"
    was = "there was none" if old is None or old == () else f"was {_shown(old, outline)}"
    return f"{label} {'are' if isinstance(new, tuple) else 'is'} {_shown(new, outline)} ({was})"


def _shown(value: Any, outline: Outline) -> str:
    if isinstance(value, tuple):
        return listed(_shown(item, outline.at(0)) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return percent(value) if _is(outline, "%") else number(value)
    if _is(outline, "month"):
        return long_label(value)
    return f"'{value}'" if _is(outline, "text") else str(value)


_FORMS = {"%": PERCENT_PATTERN, "month": MONTH_PATTERN, "text": TEXT_PATTERN}


def _is(outline: Outline, form: str) -> bool:
    options = (outline.here, *outline.here.get("anyOf", ()))
    return any(option.get("pattern") == _FORMS[form] for option in options)


def _of_dicts(value: Any) -> bool:
    return isinstance(value, tuple) and all(isinstance(item, dict) for item in value)


def changed_plans(old: Service, new: Service) -> Iterator[str]:
    """What is planned otherwise, by month: quantities, annual targets, shares of profiles."""
    metrics = {metric.id: metric for service in (old, new) for metric in service.metrics}
    for metric in metrics.values():
        of = "" if metric.id == new.headline.id else f" of {metric.published_as or metric.title}"
        before, after = per_month(old, metric), per_month(new, metric)
        found = list(_months(f"plan{of}", before, after, number, " a month"))
        found += _months(f"annual target{of}", targets(old, metric), targets(new, metric), number)
        found += _profiles(of, _shares(old, metric), _shares(new, metric))
        yield from found or _sources(of, old, new, metric)


def _profiles(
    of: str, old: Mapping[str, Mapping[str, float]], new: Mapping[str, Mapping[str, float]]
) -> Iterator[str]:
    for name in dict.fromkeys((*old, *new)):
        label = f"share of the {name}{of}"
        if name not in new or name not in old:
            yield f"{name}{of} is {'new' if name in new else 'gone'}"
        else:
            yield from _months(label, old[name], new[name], percent)


def _shares(service: Service, metric: Metric) -> dict[str, Mapping[str, float]]:
    return {
        f"{profile.name} profile of {profile.year}": profile.shares for profile in profiles(service, metric)
    }


def _sources(of: str, old: Service, new: Service, metric: Metric) -> Iterator[str]:
    before, after = plan_sources(old, metric), plan_sources(new, metric)
    if before != after:
        yield f"plan{of} is as before, by another source: {'; '.join(after)} (was {'; '.join(before)})"


def _months(
    label: str,
    old: Mapping[str, float],
    new: Mapping[str, float],
    shown: Callable[[float], str],
    each: str = "",
) -> Iterator[str]:
    every = sorted({*old, *new})
    for months in _runs(every, old, new):
        last = None if months[-1] == every[-1] else months[-1]
        when = "" if months == every else f" {period(months[0], last)}"
        before, after = old.get(months[0]), new.get(months[0])
        if after is None:
            yield f"{label}{when} is left out (was {shown(before or 0.0)})"
        else:
            was = "there was none" if before is None else f"was {shown(before)}"
            yield f"{label}{when} is {shown(after)}{each} ({was})"


def _runs(every: Sequence[str], old: Mapping[str, float], new: Mapping[str, float]) -> list[list[str]]:
    """Months that differ, those in a row that differ alike together."""
    runs: list[list[str]] = []
    for month in every:
        pair = old.get(month), new.get(month)
        if pair[0] == pair[1]:
            continue
        last = runs[-1][-1] if runs else None
        if last and add_months(last, 1) == month and (old.get(last), new.get(last)) == pair:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs
