"""The fictional practices: codes, names, PCNs, places, trusts and list sizes."""

import itertools
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sample.generator.chance import between, chance
from sample.generator.published import SUB_ICBS

SPECIAL_ALLOCATION, NOTICE_GIVEN, CLOSED = "ZZ0901", "ZZ0902", "ZZ0903"
# Spreadsheet software takes these for numbers; the last two even for the same one.
MANGLED = ("01E105", "0012E4", "1E0005", "000123", "123E00")

_SMALL_LISTS = 22
_FIRST = (
    *("Lark", "Heron", "Bracken", "Alder", "Willow", "Harrow", "Copper", "Meadow", "Thistle", "Raven"),
    *("Foxglove", "Hazel", "Juniper", "Linnet", "Plover", "Quarry", "Rowan", "Sorrel", "Teasel", "Yarrow"),
)
_SECOND = ("field", "brook", "moor", "gate", "croft", "mere", "side", "wick", "stone", "fold", "bank", "dale")
_KIND = ("Surgery", "Medical Centre", "Health Centre", "Medical Practice", "Family Practice")
_SPELLED = ("O'Dell & Partners", "Moss, Fell and Vale Surgery", "Café Lane Health Centre")
_PCN_FIRST = (
    *(
        "Amber",
        "Beacon",
        "Cedar",
        "Drover",
        "Ember",
        "Fennel",
        "Garnet",
        "Harbour",
        "Ivy",
        "Jasper",
        "Kestrel",
    ),
    *("Lantern", "Magpie", "Nettle", "Orchard", "Pebble", "Quill", "Robin", "Saffron", "Tarn", "Umber"),
    *("Violet", "Weaver", "Yew", "Almond", "Birch", "Clover", "Dipper", "Elder", "Falcon", "Gorse", "Holly"),
    *("Indigo", "Jackdaw", "Kite", "Lupin", "Merlin", "Nutmeg", "Osprey", "Poppy", "Quince"),
)
_PLACES = {
    "00Q": "East",
    "01A": "East",
    "00X": "Central",
    "02G": "West",
    "01E": "Central",
    "00R": "West",
    "02M": "West",
    "01K": "North",
}
_TRUSTS = {
    "East": "Brackenmoor Hospitals NHS Trust (fictional)",
    "Central": "Ribblemead Teaching Hospitals NHS Trust (fictional)",
    "West": "Sandgrass Coast NHS Trust (fictional)",
    "North": "Fellside Bay NHS Trust (fictional)",
}


@dataclass(frozen=True)
class Practice:
    """One organisation of the sample; dates are `yyyy-mm-dd` or empty, list sizes are registered patients."""

    ods_code: str
    name: str
    pcn: str
    pcn_name: str
    sub_icb: str
    sub_icb_name: str
    place: str
    trust: str
    opened: str
    closed: str = ""
    successor: str = ""
    list_april: int = 0
    list_october: int = 0


def make_practices(sizes: Mapping[str, int]) -> list[Practice]:
    """Those that count, as many in each sub-ICB (by name) as `sizes` says, then three that never do."""
    rng, names, lists = chance("practices"), _names(), _lists(sum(sizes.values()) + 3)
    codes, pcns = _codes(sum(sizes.values())), _pcns()
    found: list[Practice] = []
    for sub_icb_name, size in sizes.items():
        groups = [next(pcns) for _ in range(max(3, size // 5))]
        for number in range(size):
            pcn = groups[number * len(groups) // size]
            found.append(_practice(next(codes), next(names), pcn, sub_icb_name, next(lists), rng))
    return [*_cross_borders(found), *_left_out(found, names, lists, rng)]


def _practice(
    code: str, name: str, pcn: tuple[str, str], sub_icb_name: str, sizes: tuple[int, int], rng: random.Random
) -> Practice:
    sub_icb = SUB_ICBS[sub_icb_name]
    place = _PLACES[sub_icb]
    opened = f"{rng.randint(1975, 2019)}-{rng.choice(('04', '07', '10'))}-01" if rng.randrange(20) else ""
    return Practice(
        ods_code=code,
        name=name,
        pcn=pcn[0],
        pcn_name=pcn[1],
        sub_icb=sub_icb,
        sub_icb_name=sub_icb_name,
        place=place,
        trust=_TRUSTS[place],
        opened=opened,
        list_april=sizes[0],
        list_october=sizes[1],
    )


def _cross_borders(found: list[Practice]) -> list[Practice]:
    """PCNs, places and sub-ICBs are separate groupings: a PCN may lie in two sub-ICBs or two places."""
    west = next(practice for practice in found if practice.sub_icb == "02G")
    neighbours = [practice.ods_code for practice in found if practice.sub_icb == "00X"][-2:]
    coast = [practice.ods_code for practice in found if practice.sub_icb == "02M"][::6]
    changes = {code: {"pcn": west.pcn, "pcn_name": west.pcn_name} for code in neighbours}
    changes |= {code: {"place": "North"} for code in coast}
    return [_changed(practice, changes.get(practice.ods_code, {})) for practice in found]


def _changed(practice: Practice, change: Mapping[str, str]) -> Practice:
    return Practice(**{**vars(practice), **change})


def _left_out(
    found: list[Practice], names: Iterator[str], lists: Iterator[tuple[int, int]], rng: random.Random
) -> Iterator[Practice]:
    neighbours = {practice.sub_icb_name: practice for practice in found}
    special, notice = neighbours["Greater Preston"], neighbours["Morecambe Bay"]
    closing = neighbours["East Lancashire"]
    for code, near in ((SPECIAL_ALLOCATION, special), (NOTICE_GIVEN, notice), (CLOSED, closing)):
        made = _practice(code, next(names), (near.pcn, near.pcn_name), near.sub_icb_name, next(lists), rng)
        if code == CLOSED:
            end = {"opened": "1991-04-01", "closed": "2024-09-30", "successor": near.ods_code}
            made = _changed(made, end)
        yield made


def _codes(count: int) -> Iterator[str]:
    """Fictional codes in order, with the mangled ones spread among them."""
    plain = (f"ZZ{number:04d}" for number in itertools.count(1))
    places = {(number + 1) * count // (len(MANGLED) + 1): code for number, code in enumerate(MANGLED)}
    for number in range(count):
        yield places.get(number) or next(plain)


def _names() -> Iterator[str]:
    rng = chance("names")
    stems = [first + second for first in _FIRST for second in _SECOND]
    rng.shuffle(stems)
    plain = (f"{stem} {rng.choice(_KIND)}" for stem in stems)
    return (f"{name} (fictional)" for name in itertools.chain(_SPELLED, plain))


def _pcns() -> Iterator[tuple[str, str]]:
    return ((f"ZU{number:03d}", f"{word} PCN (fictional)") for number, word in enumerate(_PCN_FIRST, start=1))


def _lists(count: int) -> Iterator[tuple[int, int]]:
    """List sizes in April and October: some small practices, most of 3,000 to 20,000 patients."""
    rng = chance("list sizes")
    april = [rng.randint(2050, 2800) for _ in range(_SMALL_LISTS)]
    april += [between(rng, 2900, 24000, 4500) for _ in range(count - _SMALL_LISTS)]
    rng.shuffle(april)
    return ((size, size * rng.randint(985, 1025) // 1000) for size in april)
