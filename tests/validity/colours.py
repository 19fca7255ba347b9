"""Colours of a workbook as the eye gets them: theme and tint resolved, and the contrast of two (WCAG 2.2)."""

import colorsys
from collections.abc import Mapping

from lxml import etree

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
# The theme lists dark before light; cells count light first.
_THEME = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_INDEXED = {0: BLACK, 1: WHITE, 8: BLACK, 9: WHITE, 64: BLACK, 65: WHITE, 81: BLACK}


def contrast(one: Colour, other: Colour) -> float:
    """From 1 (the same) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def theme_colours(theme: etree._Element | None) -> Mapping[int, Colour]:
    """The colours of a theme part, as cells number them."""
    if theme is None:
        return {0: WHITE, 1: BLACK}
    found = {}
    for number, name in enumerate(_THEME):
        colour = theme.find(f".//{{*}}clrScheme/{{*}}{name}/*")
        if colour is not None:
            found[number] = from_hex(colour.get("lastClr", colour.get("val", "000000")))
    return found


def resolve(element: etree._Element | None, theme: Mapping[int, Colour], default: Colour) -> Colour:
    """The colour of an element such as `<color theme="1" tint="0.4"/>`; the default where there is none."""
    if element is None or element.get("auto") in {"1", "true"}:
        return default
    if "rgb" in element.attrib:
        plain = from_hex(element.get("rgb", "")[-6:])
    elif "theme" in element.attrib:
        plain = theme[int(element.get("theme", "0"))]
    else:
        plain = _INDEXED[int(element.get("indexed", "64"))]
    return _tinted(plain, float(element.get("tint", "0")))


def from_hex(text: str) -> Colour:
    """`005EB8`."""
    red, green, blue = (int(text[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue


def _tinted(colour: Colour, tint: float) -> Colour:
    hue, light, saturation = colorsys.rgb_to_hls(*colour)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return colorsys.hls_to_rgb(hue, light, saturation)


def _luminance(colour: Colour) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
