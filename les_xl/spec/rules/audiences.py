"""Rules on audiences: forms that go with whom they are for, escalations that both sides know, known names."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from les_xl.errors import Problem, nearest
from les_xl.errors import spec_audiences as kinds
from les_xl.spec.audience_model import Audience, Each, Form, Section
from les_xl.spec.nodes import Document, Scalar
from les_xl.spec.rules.lists import each_once
from les_xl.spec.rules.spot import Spot

Checked = Sequence[tuple[Audience, Spot]]

_OWN_FORMS: Mapping[Each, tuple[Form, ...]] = {
    "place": ("place", "midpoint", "by_exception"),
    "practice": ("practice", "midpoint"),
    "trust": ("trust", "impact"),
}
_NOT_THEIRS: Mapping[Each, tuple[Section, ...]] = {
    "place": (),
    "practice": ("practices",),
    "trust": ("practices", "data_quality"),
}
_SINGLE = ("place", "practice", "trust")


def lists_once(audience: Audience, spot: Spot) -> Iterator[Problem]:
    """No list names anything twice (LES141)."""
    yield from each_once(audience.sections, spot.at("sections"))
    yield from each_once(audience.les, spot.at("les"))
    yield from each_once(audience.formats, spot.at("formats"))
    yield from each_once(audience.escalated_from, spot.at("escalated_from"))
    yield from each_once(audience.owns, spot.at("owns"))


def for_whom(audience: Audience, spot: Spot) -> Iterator[Problem]:
    """A pack for each place, practice or trust goes to one, and only such packs do (LES195)."""
    kind, each = audience.kind, audience.for_each
    if kind in _SINGLE and each != kind:
        what = f"an audience of kind {kind} has a pack for each {kind}"
        yield spot.at("kind").problem(kinds.FOR_EACH, what=what, hint=f"write 'for_each: {kind}'")
    elif each and kind not in (each, "meeting"):
        what = f"a {kind} has one pack, not one for each {each}"
        yield spot.at("for_each").problem(kinds.FOR_EACH, what=what, hint="take it out, or mend 'kind'")


def form_fits(audience: Audience, spot: Spot) -> Iterator[Problem]:
    """One practice's or trust's form is for each of them, and forms about everybody are not (LES195)."""
    each = audience.for_each
    for key, form in (("receives", audience.receives), ("appended", audience.appended)):
        if form is None:
            continue
        if each and form not in _OWN_FORMS[each]:
            what = f"the form '{form}' shows more than one {each} its own"
            hint = "write " + " or ".join(f"'{key}: {own}'" for own in _OWN_FORMS[each])
            yield spot.at(key).problem(kinds.FOR_EACH, what=what, hint=hint)
        elif not each and form in ("practice", "trust"):
            what = f"the form '{form}' is about one {form}"
            hint = f"write 'for_each: {form}' as well, or another form"
            yield spot.at(key).problem(kinds.FOR_EACH, what=what, hint=hint)


def own_figures_only(audience: Audience, spot: Spot) -> Iterator[Problem]:
    """No section shows a practice or a trust what is not its own (LES196)."""
    if audience.for_each is None:
        return
    for number, section in enumerate(audience.sections):
        if section in _NOT_THEIRS[audience.for_each]:
            here = spot.at("sections", number)
            yield here.problem(kinds.NOT_THEIRS, section=section, each=audience.for_each)


def audience_of(document: Document) -> str | None:
    """The audience that a file says it is of, also where the file is wrong otherwise."""
    entry = document.root.entry("audience")
    return entry.value.text if entry and isinstance(entry.value, Scalar) and entry.value.text else None


def one_file_each(spots: Iterable[Spot]) -> Iterator[Problem]:
    """An audience has one file, named after it (LES193, LES194)."""
    files: dict[str, str] = {}
    for spot in spots:
        audience = audience_of(spot.document)
        if audience is None:
            continue
        if audience in files:
            words = {"audience": audience, "other": files[audience]}
            yield spot.at("audience").problem(kinds.TWO_AUDIENCES, **words)
        elif not spot.file.endswith(f"/{audience}.yaml"):
            yield spot.at("audience").problem(kinds.AUDIENCE_FILE_NAME, audience=audience)
        files.setdefault(audience, spot.file)


def les_known(audiences: Checked, known: Iterable[str]) -> Iterator[Problem]:
    """Each LES that an audience names has a specification (LES192)."""
    slugs = tuple(known)
    for audience, spot in audiences:
        for key, named in (("les", audience.les), ("owns", audience.owns)):
            for number, les in enumerate(named):
                if les not in slugs:
                    hint = _near(les, slugs, f"write specs/services/{les}.yaml, or take it out")
                    yield spot.at(key, number).problem(kinds.UNKNOWN_LES, les=les, hint=hint)


def escalations(audiences: Checked, known: Iterable[str]) -> Iterator[Problem]:
    """What is escalated goes to another audience (LES190), and both of them say so (LES191)."""
    slugs = tuple(known)
    by_slug = {audience.audience: audience for audience, _ in audiences}
    for audience, spot in audiences:
        others = [slug for slug in slugs if slug != audience.audience]
        for name, here in _named(audience, spot):
            if name not in others:
                hint = _near(name, others, f"write specs/audiences/{name}.yaml, or take it out")
                yield here.problem(kinds.UNKNOWN_AUDIENCE, audience=name, hint=hint)
        yield from _one_sided(audience, spot, by_slug, slugs)


def _named(audience: Audience, spot: Spot) -> Iterator[tuple[str, Spot]]:
    if audience.escalates_to is not None:
        yield audience.escalates_to, spot.at("escalates_to")
    for number, name in enumerate(audience.escalated_from):
        yield name, spot.at("escalated_from", number)


def _one_sided(
    audience: Audience, spot: Spot, by_slug: Mapping[str, Audience], known: Sequence[str]
) -> Iterator[Problem]:
    mine = audience.audience
    to = by_slug.get(audience.escalates_to or mine)
    if to is not None and to.audience != mine and mine not in to.escalated_from:
        words = {"other": to.audience, "does": "escalates to it", "key": f"escalated_from: [{mine}]"}
        yield spot.at("escalates_to").problem(kinds.ONE_SIDED, audience=mine, **words)
    for number, name in enumerate(audience.escalated_from):
        other = by_slug.get(name)
        # Where the other side misspells whom it escalates to, that is what is told.
        misspelt = other is not None and other.escalates_to not in (None, *known)
        if other is not None and mine not in (name, other.escalates_to) and not misspelt:
            words = {"other": name, "does": "receives what it escalates", "key": f"escalates_to: {mine}"}
            yield spot.at("escalated_from", number).problem(kinds.ONE_SIDED, audience=mine, **words)


def _near(word: str, known: Sequence[str], otherwise: str) -> str:
    near = nearest(word, known)
    return f"did you mean '{near}'?" if near else otherwise
