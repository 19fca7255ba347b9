"""Rules on one mapping by itself: every column has one source, and no key speaks against another."""

from collections.abc import Iterator

from les_xl.errors import Problem
from les_xl.errors import spec_mappings as kinds
from les_xl.spec.extract_columns import OPTIONAL, REQUIRED, SPREAD
from les_xl.spec.extract_model import ExtractMapping
from les_xl.spec.rules.lists import each_once
from les_xl.spec.rules.spot import Spot
from les_xl.spec.wildcards import PLACEHOLDER

_HINTS = {
    "les": "map a column, give `les` at each name under `matches`, or use `indicators` or `sheets: each`",
    "metric": "map a column, give `metric` at each name under `matches`, or use `indicators`",
    "month": "map a column, use `month` for a title or file name, or `layout: wide` for months across",
}


def named_as_file(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    """A mapping's file is named after it (LES189)."""
    if not spot.file.endswith(f"/{mapping.mapping}.yaml"):
        yield spot.at("mapping").problem(kinds.FILE_NAME, mapping=mapping.mapping)


def columns_of_kind(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    """Only columns that the kind of extract has are mapped (LES180)."""
    columns = (*REQUIRED[mapping.kind], *OPTIONAL[mapping.kind])
    for name in mapping.columns.given():
        if name not in columns:
            words = {"extract": mapping.kind, "name": name, "columns": ", ".join(columns)}
            yield spot.at("columns", name).key_problem(kinds.COLUMN_OF_OTHER_KIND, **words)


def columns_sourced(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    """Every column that the kind needs comes from somewhere (LES181)."""
    provided = provided_columns(mapping)
    needed = list(REQUIRED[mapping.kind])
    if mapping.kind == "plans" and "annual_target" not in provided:
        needed += ["planned", "month"] if provided & {"planned", "month"} else ["annual_target"]
    for column in needed:
        if column not in provided:
            hint = _HINTS.get(column, f"give it `headings`: {column}: {{headings: [...]}}")
            yield spot.at("columns").key_problem(kinds.NO_SOURCE, name=column, hint=hint)


def provided_columns(mapping: ExtractMapping) -> set[str]:
    """Our columns that the mapping gives, from wherever."""
    provided = set(mapping.columns.given())
    if mapping.layout == "wide":
        provided |= {"month", SPREAD.get(mapping.kind, "month")}
    if mapping.month is not None:
        provided.add("month")
    if mapping.indicators is not None:
        provided |= {"les", "metric"}
    if mapping.sheets is not None and mapping.sheets.each == "les":
        # Where no column names a metric, a sheet's figures are those of the headline.
        provided |= {"les", "metric"}
    for key in ("les", "metric"):
        if all(getattr(match, key) for match in mapping.matches):
            provided.add(key)
    return provided


def one_source(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    """A column, a footer, a row filter and a month each come from one place (LES182)."""
    for name, column in mapping.columns.given().items():
        given = (bool(column.headings), column.position is not None, column.value is not None)
        if sum(given) != 1:
            yield _one_of(spot.at("columns", name), name, "headings, position, value")
    if mapping.footer and not _one(mapping.footer.heading, mapping.footer.position):
        yield _one_of(spot.at("footer"), "footer", "heading, position")
    for number, only in enumerate(mapping.only):
        if not _one(only.heading, only.position):
            yield _one_of(spot.at("only", number), "only", "heading, position")
    if mapping.month and not _one(mapping.month.title, mapping.month.file, mapping.month.value):
        yield _one_of(spot.at("month"), "month", "title, file, value")
    header = mapping.header
    if spot.at("header").key is not None and not _one(header.row, header.find, header.none or None):
        yield _one_of(spot.at("header"), "header", "row, find, none: true")


def _one(*values: object) -> bool:
    return sum(value is not None for value in values) == 1


def _one_of(spot: Spot, key: str, choices: str) -> Problem:
    return spot.key_problem(kinds.ONE_OF, key=key, choices=choices, hint="take out or add what is meant")


def headings_or_positions(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    """Positions are for files without headings, and headings for files with them (LES183)."""
    without = mapping.header.none
    wrong, right = ("heading", "position") if without else ("position", "heading")
    state = "no headings" if without else "headings"
    for here in _columns_by(mapping, spot, wrong):
        what = f"a {wrong} is given, and the file has {state}"
        yield here.problem(kinds.HEADINGS_OR_POSITIONS, what=f"{what}: a {right} is needed")


def _columns_by(mapping: ExtractMapping, spot: Spot, way: str) -> Iterator[Spot]:
    for name, column in mapping.columns.given().items():
        key = "headings" if way == "heading" else way
        if column.headings if way == "heading" else column.position:
            yield spot.at("columns", name, key)
    if mapping.footer and getattr(mapping.footer, way):
        yield spot.at("footer", way)
    for number, only in enumerate(mapping.only):
        if getattr(only, way):
            yield spot.at("only", number, way)
    if way == "heading" and mapping.indicators:
        yield spot.at("indicators", "headings")
    if way == "heading" and mapping.requires:
        yield spot.at("requires")


def patterns(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    """Patterns match something, and not everything; a month's pattern has its place once (LES184)."""
    for number, match in enumerate(mapping.matches):
        yield from _of_file(match.file, spot.at("matches", number, "file"))
    if mapping.month and mapping.month.title:
        yield from _of_month(mapping.month.title, spot.at("month", "title"))
    if mapping.month and mapping.month.file:
        yield from _of_month(mapping.month.file, spot.at("month", "file"))
    if mapping.months:
        yield from _of_month(mapping.months.heading, spot.at("months", "heading"))


def _of_file(pattern: str, spot: Spot) -> Iterator[Problem]:
    reason = hint = ""
    if "/" in pattern or "\\" in pattern:
        reason, hint = "names a folder", "give the name of the file alone"
    elif not pattern.strip("*?. ") or pattern.strip("*. ").casefold() in ("csv", "xlsx"):
        reason, hint = "fits every file", "give a part of the name that others do not have"
    elif not pattern.casefold().endswith((".csv", ".xlsx", "*")):
        reason, hint = "ends neither in .csv nor in .xlsx", f'write "{pattern}.csv" or "{pattern}*"'
    if reason:
        yield spot.problem(kinds.BAD_PATTERN, pattern=pattern, reason=reason, hint=hint)


def _of_month(pattern: str, spot: Spot) -> Iterator[Problem]:
    count = pattern.count(PLACEHOLDER)
    if count != 1:
        reason = f"has {count or 'no'} {PLACEHOLDER} in it"
        hint = f"write {PLACEHOLDER} once, where the month stands"
        yield spot.problem(kinds.BAD_PATTERN, pattern=pattern, reason=reason, hint=hint)


def no_contradiction(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    """What is said in one key is not said otherwise in another (LES188)."""
    yield from _of_layout(mapping, spot)
    yield from _twice_said(mapping, spot)
    if mapping.absent == "zero" and mapping.kind != "activity":
        yield _against(spot.at("absent"), "absent", "is for activity only", "take it out")
    if mapping.sheets and mapping.sheets.named and mapping.sheets.each is None:
        yield _against(spot.at("sheets", "named"), "named", "needs `each: les` beside it", "add it")
    if mapping.header.none and mapping.month and mapping.month.title:
        reason = "needs a title above headings, and the file has none"
        yield _against(spot.at("month", "title"), "title", reason, "use `file` or `value`")
    if mapping.indicators:
        yield from _code_lengths(mapping, spot)


def _of_layout(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    spread = SPREAD.get(mapping.kind)
    if mapping.layout == "long":
        if mapping.months:
            yield _against(spot.at("months"), "months", "is for `layout: wide`", "take one of them out")
        return
    if spread is None or mapping.header.none:
        reason = "is for values under months as headings"
        yield _against(spot.at("layout"), "wide", reason, "write `layout: long`")
    for name in (spread, "month"):
        if name in mapping.columns.given():
            hint = f"in a wide layout {name} comes from the months' columns"
            yield _against(spot.at("columns", name), name, "has a second source", hint)
    if mapping.month:
        hint = "in a wide layout the headings tell the months"
        yield _against(spot.at("month"), "month", "has a second source", hint)


def _twice_said(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    given = mapping.columns.given()
    if mapping.month and "month" in given and mapping.layout == "long":
        yield _against(spot.at("month"), "month", "has a second source", "it is under `columns` already")
    each = mapping.sheets is not None and mapping.sheets.each is not None
    for key in ("les", "metric"):
        by_column, by_code = key in given, mapping.indicators is not None
        by_sheet = each and key == "les"
        if by_column + by_code + by_sheet > 1:
            where = spot.at("indicators") if by_code else spot.at("columns", key)
            yield _against(where, key, "has a second source", "keep one of them")
        for number, match in enumerate(mapping.matches):
            if getattr(match, key) and (by_column or by_code or by_sheet):
                here = spot.at("matches", number, key)
                yield _against(here, key, "has a second source", "keep one of them")


def _code_lengths(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    indicators = mapping.indicators
    if indicators is None:
        return
    parts = len(indicators.headings)
    codes = [
        *((code.code, ("metrics", at, "code")) for at, code in enumerate(indicators.metrics)),
        *((code, ("ignore", at)) for at, code in enumerate(indicators.ignore)),
    ]
    for code, steps in codes:
        if len(code) != parts:
            reason = f"has {len(code)} of {parts} parts"
            hint = f"give a text for each of {', '.join(indicators.headings)}"
            yield _against(spot.at("indicators", *steps), " / ".join(code), reason, hint)


def _against(spot: Spot, key: str, reason: str, hint: str) -> Problem:
    return spot.problem(kinds.CONTRADICTION, key=key, reason=reason, hint=hint)


def listed_once(mapping: ExtractMapping, spot: Spot) -> Iterator[Problem]:
    """No code, heading or indicator stands twice in a list (LES141)."""
    for key in ("drop", "ignore", "requires", "organisation_columns"):
        yield from each_once(getattr(mapping, key), spot.at(key))
    if mapping.indicators:
        codes = (" / ".join(code.code) for code in mapping.indicators.metrics)
        yield from each_once(codes, spot.at("indicators", "metrics"), "code")
