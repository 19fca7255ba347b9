"""One cell as bytes: its value and formula read, and new ones written with the look that it has."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from les_xl.excel.addresses import address
from les_xl.excel.book import New, Value, Written
from les_xl.excel.closed.markup import (
    attribute,
    elements,
    first,
    marked,
    text_of,
    to_bytes,
    unmarked,
    with_attribute,
)

_START = re.compile(rb"\s*<(?:[\w.\-]+:)?c((?:\s+[^\s=<>\"'/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*/?>")
_USUAL = re.compile(
    rb"<c r=\"[A-Z0-9]+\"(?: s=\"[0-9]+\")?(?: t=\"([a-z]+)\")?>(?:<f>[^<>]*</f>)?<v>([^<>&\r]*)</v></c>"
)
_USUAL_START = re.compile(rb"(<c r=\"[A-Z]{1,3}+)[0-9]++\"")
_USUAL_STYLE = re.compile(rb"<c r=\"[A-Z0-9]+\" s=\"([0-9]+)\"")
_USUAL_INLINE = re.compile(
    rb"<c r=\"[A-Z0-9]+\"(?: s=\"[0-9]+\")? t=\"inlineStr\">"
    rb"<is><t(?: xml:space=\"preserve\")?>([^<>&\r]*)</t></is></c>"
)
_USUAL_STRING = re.compile(rb"<t(?: xml:space=\"preserve\")?>([^<>&\r]*)</t>")
_USUAL_ITEM = re.compile(rb"(<si><t(?: xml:space=\"preserve\")?>([^<>]*)</t></si>)")
_USUAL_FORMULA = re.compile(rb"<f>([^<>&\r]*)</f>")
ERRORS = frozenset(
    ("#N/A", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!")
)
_ADDRESS = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,3})[0-9]+[\"']")


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell's formula element: its text without `=`, its kind and range, and the number of a shared one."""

    text: str
    kind: str = "normal"
    ref: str | None = None
    shared: str | None = None


def tag_attributes(cell: bytes) -> bytes:
    """The attributes of a cell's tag."""
    found = _START.match(cell)
    return found[1] if found else b""


def style_of(cell: bytes) -> str | None:
    """The number of a cell's look; None for the ordinary one."""
    usual = _USUAL_STYLE.match(cell)
    if usual is not None:
        return usual[1].decode()
    return attribute(tag_attributes(cell), "s")


def value_of(cell: bytes, strings: "tuple[str, ...]") -> Value:
    """What a cell holds, from its bytes and the workbook's shared strings."""
    usual = _USUAL.fullmatch(cell)
    if usual is not None:
        return typed(usual[2].decode(), usual[1], strings)
    inline = _USUAL_INLINE.fullmatch(cell)
    if inline is not None:
        return unmarked(inline[1].decode())
    if cell.endswith(b"/>"):
        return None
    kind = attribute(tag_attributes(cell), "t")
    if kind == "inlineStr":
        return string_of(cell)
    stored = first(cell, "v")
    if stored is None:
        return None
    return typed(text_of(cell[stored.inner : stored.inner_end]), kind.encode() if kind else None, strings)


def typed(text: str, kind: bytes | None, strings: "tuple[str, ...]") -> Value:
    """What the text of a cell's value stands for, by the kind that its tag says."""
    if kind == b"s":
        return shared(int(text) if text.strip().isdigit() else -1, strings)
    if kind is None:
        return _number(text)
    if kind == b"b":
        return text.strip() == "1"
    if kind in (b"str", b"e", b"d"):
        return unmarked(text)
    return _number(text)


def shared(place: int, strings: "tuple[str, ...]") -> str:
    """A shared string by its number; empty where there is none."""
    return strings[place] if 0 <= place < len(strings) else ""


def _number(text: str) -> Value:
    try:
        return float(text)
    except ValueError:
        return unmarked(text) if text.strip() else None


def string_of(rich: bytes) -> str:
    """The characters of a string item, without its formats and phonetic readings."""
    usual = _USUAL_STRING.fullmatch(rich)
    if usual is not None:
        return unmarked(usual[1].decode())
    hidden = [(element.start, element.end) for element in elements(rich, "rPh")]
    texts = sorted(elements(rich, "t"), key=lambda element: element.start)
    shown = [one for one in texts if not any(start <= one.start < end for start, end in hidden)]
    return unmarked("".join(text_of(rich[one.inner : one.inner_end]) for one in shown))


def strings_of(xml: bytes) -> tuple[str, ...]:
    """The characters of every item of the shared strings."""
    first_, last = xml.find(b"<si>"), xml.rfind(b"</si>") + len(b"</si>")
    usual = _USUAL_ITEM.findall(xml, first_, last) if first_ >= 0 else []
    if sum(len(whole) for whole, _ in usual) == last - first_:
        return tuple(unmarked(text_of(text)) for _, text in usual)
    return tuple(string_of(xml[one.inner : one.inner_end]) for one in elements(xml, "si"))


@lru_cache(maxsize=16_384)
def formula_of(cell: bytes) -> Formula | None:
    """A cell's formula; None where it has none."""
    if b"<f" not in cell and b":f" not in cell:
        return None
    usual = _USUAL_FORMULA.search(cell)
    if usual is not None:
        return Formula(usual[1].decode())
    found = first(cell, "f")
    if found is None:
        return None
    text = text_of(cell[found.inner : found.inner_end])
    return Formula(text, found.get("t") or "normal", found.get("ref"), found.get("si"))


def formula_text(cell: bytes) -> str | None:
    """The text of a cell's formula; None where it has none."""
    usual = _USUAL_FORMULA.search(cell)
    if usual is not None:
        return usual[1].decode()
    formula = formula_of(cell)
    return None if formula is None else formula.text


def with_formula(cell: bytes, formula: Formula) -> bytes:
    """The cell with another formula text and range; its result and look stay."""
    found = first(cell, "f")
    if found is None:
        return cell
    attributes = found.attributes
    for name, value in (("t", formula.kind), ("ref", formula.ref), ("si", formula.shared)):
        attributes = with_attribute(attributes, name, None if value == "normal" else value)
    tag = found.prefix + b"f"
    text = to_bytes(formula.text)
    return (
        cell[: found.start] + b"<" + tag + attributes + b">" + text + b"</" + tag + b">" + cell[found.end :]
    )


def with_result(cell: bytes, result: Value) -> bytes:
    """The cell with another saved result (None: without any); its formula and look stay."""
    tag, formula = _START.match(cell), first(cell, "f")
    if tag is None:
        return cell
    opened = elements(cell, "c")
    prefix = next((one.prefix for one in opened), b"")
    kind, shown = _result(result)
    if isinstance(result, str) and result in ERRORS:
        kind = b' t="e"'
    name = kind[4:-1].decode() or None
    head = b"<" + prefix + b"c" + with_attribute(tag[1], "t", name)
    held = cell[formula.start : formula.end] if formula is not None else b""
    inner = held + _tagged(prefix, b"v", shown)
    return head + b">" + inner + b"</" + prefix + b"c>" if inner else head + b"/>"


def at_address(cell: bytes, row: int, column: int) -> bytes:
    """The cell in another row of its column; a single-cell array formula moves with it."""
    usual = _USUAL_START.match(cell)
    found = None if usual is not None else _START.match(cell)
    if usual is not None:
        moved = b'%b%d"%b' % (usual[1], row, cell[usual.end() :])
    elif found is not None:
        attributes = with_attribute(found[1], "r", address(row, column))
        moved = cell[: found.start(1)] + attributes + cell[found.end(1) :]
    else:
        return cell
    formula = formula_of(moved) if b"array" in moved else None
    if formula is not None and formula.kind == "array":
        return with_formula(moved, replace(formula, ref=address(row, column)))
    return moved


def column_of(cell: bytes) -> bytes | None:
    """The letters of a cell's column; None where it does not say."""
    found = _ADDRESS.search(tag_attributes(cell))
    return found[1] if found else None


def write(place: str, value: New, style: str | None, prefix: bytes = b"") -> bytes:
    """A new cell; a text is written inside it, so that the shared strings stay as they are."""
    look = f' s="{style}"' if style is not None else ""
    return filled(b"<" + prefix + f'c r="{place}"{look}'.encode(), value, prefix)


def filled(head: bytes, value: New, prefix: bytes = b"") -> bytes:
    """A new cell from its tag up to its look."""
    if not prefix and type(value) is float:
        return b"%b><v>%b</v></c>" % (head, _digits(value).encode())
    close = b"</" + prefix + b"c>"
    if value is None:
        return head + b"/>"
    if isinstance(value, Written):
        kind, shown = _result(value.value)
        formula = b"<" + prefix + b"f>" + to_bytes(value.text.removeprefix("=")) + b"</" + prefix + b"f>"
        return head + kind + b">" + formula + _tagged(prefix, b"v", shown) + close
    if isinstance(value, str):
        space = b' xml:space="preserve"' if value != value.strip() or "\n" in value else b""
        text = b"<" + prefix + b"t" + space + b">" + to_bytes(marked(value)) + b"</" + prefix + b"t>"
        return head + b' t="inlineStr">' + _tagged(prefix, b"is", text) + close
    kind, shown = _result(value)
    return head + kind + b">" + _tagged(prefix, b"v", shown) + close


def _result(value: Value) -> tuple[bytes, bytes]:
    if isinstance(value, bool):
        return b' t="b"', str(int(value)).encode()
    if isinstance(value, str):
        return b' t="str"', to_bytes(marked(value))
    if value is None:
        return b"", b""
    return b"", _digits(value).encode()


def _digits(value: float) -> str:
    """The shortest digits that stand for exactly this number."""
    digits = repr(value)
    if not digits.endswith(".0") or not -1e15 < value < 1e15:
        return digits
    return digits[:-2] if value else "0"


def _tagged(prefix: bytes, name: bytes, inner: bytes) -> bytes:
    if not inner:
        return b""
    return b"<" + prefix + name + b">" + inner + b"</" + prefix + name + b">"
