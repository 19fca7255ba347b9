"""Whole sheets of a workbook that XlsxWriter wrote brought into another, with everything that is on them."""

from collections.abc import Mapping
from dataclasses import replace

from les_xl.excel.closed import cells, listing, workbook
from les_xl.excel.closed.elsewhere import Elsewhere
from les_xl.excel.closed.markup import (
    Element,
    elements,
    first,
    splice,
    text_of,
    to_bytes,
    whole,
    with_attribute,
    with_tag_attribute,
)
from les_xl.excel.closed.package import Package
from les_xl.excel.closed.parts import Parts
from les_xl.excel.closed.rules import Edit, without_empty
from les_xl.excel.closed.styles import Styles

_CHART = "chart"
_ANCHORS = ("twoCellAnchor", "oneCellAnchor", "absoluteAnchor")


def graft(target: Package, source: Package, names: Mapping[str, str], elsewhere: Elsewhere) -> None:
    """Append sheets of `source` to `target` under the names given; nothing that is there is changed.

    What they say of other sheets is said of the target's (see `Elsewhere`): a chart, a drop-down list or a
    link that has nothing to point at any more is left out, and of such a formula only its result comes.
    """
    grafting = _Grafting(target, source, elsewhere)
    sheets = [sheet for sheet in workbook.sheets(source) if sheet.name in names]
    brought = [grafting.bring(sheet.part, sheet.kind) or "" for sheet in sheets]
    grafting.styles.save()
    before = len(workbook.sheets(target))
    for sheet, part in zip(sheets, brought, strict=True):
        relation = target.relate(target.workbook, _type(source, sheet.part), part)
        listing.append_sheet(target, names[sheet.name], relation)
    order = {sheet.name: at for at, sheet in enumerate(sheets, before)}
    for name in workbook.names(source):
        listing.append_name(target, name, elsewhere.formula(name.text), order)
    listing.list_titles(target, [names[sheet.name] for sheet in sheets], before)


def _type(source: Package, part: str) -> str:
    return next(one.type for one in source.relations(source.workbook) if one.target == part)


class _Grafting:
    """Copies parts with the parts that they lead to; every part is copied once."""

    def __init__(self, target: Package, source: Package, elsewhere: Elsewhere) -> None:
        self.target, self.source, self.elsewhere = target, source, elsewhere
        self.styles = Styles(target, source)
        self._strings = Parts(source).strings
        self._tables = _last_table(target)

    def bring(self, part: str, kind: str) -> str | None:
        """Copy a part and give its name in the target; None for one that points at what is not there."""
        data = self._data(part, kind)
        if data is None:
            return None
        name = self.target.free(part)
        self.target.add(name, data, self.source.content_type(part))
        lost: set[str] = set()
        for one in self.source.relations(part):
            found = one.target if one.external else self.bring(one.target, one.kind)
            if found is None:
                lost.add(one.id)
            else:
                self.target.relate(name, one.type, found, id_=one.id, external=one.external)
        if lost:
            self.target.put(name, _without_anchors(data, lost))
        return name

    def _data(self, part: str, kind: str) -> bytes | None:
        if kind == "worksheet":
            return self._sheet(self.source.xml(part))
        if kind == _CHART:
            return self._chart(self.source.xml(part))
        if kind == "table":
            return self._table(self.source.xml(part))
        return self.source.raw(part)

    def _chart(self, xml: bytes) -> bytes | None:
        edits: list[Edit] = []
        for one in elements(xml, "f"):
            text = self.elsewhere.formula(text_of(xml[one.inner : one.inner_end]), lists=True)
            if text is None:
                return None
            edits.append((one.inner, one.inner_end, to_bytes(text)))
        return splice(xml, edits)

    def _table(self, xml: bytes) -> bytes:
        self._tables += 1
        found = [with_tag_attribute(xml, one, "id", str(self._tables)) for one in elements(xml, "table")]
        return self._conditional(splice(xml, found), "table", "tableColumn")

    def _sheet(self, xml: bytes) -> bytes:
        for change in (self._looks, self._rules, self._links, _not_selected):
            xml = change(xml)
        return without_empty(self._conditional(xml, "cfRule"))

    def _looks(self, xml: bytes) -> bytes:
        edits: list[Edit] = []
        for name, attribute in (("row", "s"), ("col", "style")):
            found = ((one, self.styles.look(one.get(attribute))) for one in elements(xml, name))
            edits += [
                with_tag_attribute(xml, one, attribute, look) for one, look in found if look is not None
            ]
        edits += [(one.start, one.end, self._cell(xml, one)) for one in elements(xml, "c")]
        return splice(xml, edits)

    def _cell(self, xml: bytes, found: Element) -> bytes:
        """The cell with its look's number there, and its text in itself: shared strings are the other's."""
        cell = xml[found.start : found.end]
        look = self.styles.look(found.get("s"))
        formula = cells.formula_of(cell)
        text = None if formula is None else self.elsewhere.formula(formula.text)
        if formula is None or text is None:
            return cells.write(found.get("r") or "", cells.value_of(cell, self._strings), look)
        start, end, new = with_tag_attribute(xml, found, "s", look)
        styled = splice(cell, [(start - found.start, end - found.start, new)])
        return cells.with_formula(styled, replace(formula, text=text))

    def _rules(self, xml: bytes) -> bytes:
        """Drop-down lists, conditional formats and sparklines that point at other sheets."""
        edits: list[Edit] = []
        for rule in elements(xml, "dataValidation", "conditionalFormatting", "sparkline"):
            inside = elements(
                xml, "formula1", "formula2", "formula", "f", start=rule.inner, end=rule.inner_end
            )
            texts = [(one, self.elsewhere.formula(text_of(xml[one.inner : one.inner_end]))) for one in inside]
            if any(text is None for _, text in texts):
                edits.append((rule.start, rule.end, b""))
            else:
                edits += [(one.inner, one.inner_end, to_bytes(text or "")) for one, text in texts]
        return splice(xml, edits)

    def _links(self, xml: bytes) -> bytes:
        edits: list[Edit] = []
        for one in elements(xml, "hyperlink"):
            sheet, cell = listing.read_link(one.get("location") or "")
            if not sheet:
                continue
            there = self.elsewhere.sheet(sheet)
            edits.append(
                (one.start, one.end, b"") if there is None else _leading(xml, one, sheet, there, cell)
            )
        return splice(xml, edits)

    def _conditional(self, xml: bytes, *names: str) -> bytes:
        """The part with the numbers that looks laid over others have in the target."""
        edits: list[Edit] = []
        for one in elements(xml, *names):
            attributes = one.attributes
            for name in ("dxfId", "headerRowDxfId", "dataDxfId", "totalsRowDxfId", "tableBorderDxfId"):
                if (index := one.get(name)) is not None:
                    attributes = with_attribute(attributes, name, self.styles.conditional(index))
            start = one.start + 1 + len(one.prefix) + len(one.name)
            edits.append((start, start + len(one.attributes), attributes))
        return splice(xml, edits)


def _last_table(package: Package) -> int:
    """The highest number of a table: no two of a workbook may have the same."""
    parts = (part for sheet in workbook.sheets(package) for part in package.related(sheet.part, "table"))
    found = (first(package.xml(part), "table") for part in parts)
    return max((whole(one.get("id")) for one in found if one is not None), default=0)


def _leading(xml: bytes, link: Element, sheet: str, there: str, cell: str) -> Edit:
    attributes = with_attribute(link.attributes, "location", listing.link_to(there, cell))
    if there != sheet and (tip := link.get("tooltip")) is not None:
        attributes = with_attribute(attributes, "tooltip", tip.replace(sheet, there))
    start = link.start + 1 + len(link.prefix) + len(link.name)
    return start, start + len(link.attributes), attributes


def _not_selected(xml: bytes) -> bytes:
    """A sheet that is appended is not the one that is shown first."""
    found = [one for one in elements(xml, "sheetView") if one.get("tabSelected") is not None]
    return splice(xml, [with_tag_attribute(xml, one, "tabSelected", None) for one in found])


def _without_anchors(xml: bytes, relations: set[str]) -> bytes:
    """A drawing without the charts that were left out."""
    gone = [
        (one.start, one.end, b"")
        for one in elements(xml, *_ANCHORS)
        if any(f'r:id="{relation}"'.encode() in xml[one.start : one.end] for relation in relations)
    ]
    return splice(xml, gone)
