"""The workbook's own document properties (File, Info, Properties, Custom): texts by name."""

import re
from collections.abc import Mapping

from les_xl.excel.closed.markup import elements, first, splice, text_of, to_bytes, unmarked, whole
from les_xl.excel.closed.package import Package

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_TEXTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_EMPTY = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties'
    b' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"></Properties>'
)


def read(package: Package) -> dict[str, str]:
    """Every text among the properties."""
    found: dict[str, str] = {}
    for part in package.related("", "custom-properties"):
        xml = package.xml(part)
        for one in elements(xml, "property"):
            for text in elements(xml, "lpwstr", start=one.inner, end=one.inner_end):
                found[one.get("name") or ""] = unmarked(text_of(xml[text.inner : text.inner_end]))
    return found


def write(package: Package, texts: Mapping[str, str], instead_of: re.Pattern[str]) -> None:
    """Add texts at the end, in place of the properties whose whole names match."""
    parts = package.related("", "custom-properties")
    part = parts[0] if parts else package.free("docProps/custom.xml")
    if not parts:
        package.add(part, _EMPTY, _CONTENT_TYPE)
        package.relate("", _TYPE, part)
    xml = package.xml(part)
    present = list(elements(xml, "property"))
    xml = splice(
        xml, [(one.start, one.end, b"") for one in present if instead_of.fullmatch(one.get("name") or "")]
    )
    root = first(xml, "Properties")
    if root is None:
        return
    kept = (whole(one.get("pid")) for one in elements(xml, "property"))
    number = max(kept, default=1)
    new = b"".join(_property(root.prefix, at, *one) for at, one in enumerate(texts.items(), number + 1))
    held = xml[root.inner : root.inner_end] + new
    tag = root.prefix + root.name
    opened = b"<" + tag + root.attributes + b">"
    package.put(part, xml[: root.start] + opened + held + b"</" + tag + b">" + xml[root.end :])


def _property(prefix: bytes, number: int, name: str, text: str) -> bytes:
    tag = prefix + b"property"
    facts = f' fmtid="{_FORMAT}" pid="{number}" name="{name}"'.encode()
    inside = f'<vt:lpwstr xmlns:vt="{_TEXTS}">'.encode() + to_bytes(text) + b"</vt:lpwstr>"
    return b"<" + tag + facts + b">" + inside + b"</" + tag + b">"
