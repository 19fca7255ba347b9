"""Checks of the styles part, and of the conditional styles that other parts use."""

from collections.abc import Iterator

from lxml import etree

from les_xl.errors import Problem
from les_xl.errors.lint import NO_SUCH_DXF, NO_SUCH_STYLE
from les_xl.excel.lint.book import Book, whole

_PARTS_OF_A_FORMAT = {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}
_FIRST_CUSTOM_FORMAT = 164
_ENDINGS = ("dxfId", "DxfId")
"""Of a rule or filter `dxfId`; of a table `headerRowDxfId`, `dataDxfId` and their like."""
_USERS = etree.XPath("//*[@*[contains(local-name(), 'xfId') and local-name() != 'xfId']]")


def check_styles(book: Book) -> Iterator[Problem]:
    """Cell formats lead to fonts, fills, borders and number formats that exist; conditional styles too."""
    if book.styles is not None:
        yield from _check_formats(book, book.styles)
    yield from _check_conditional(book)


def _check_formats(book: Book, styles: etree._Element) -> Iterator[Problem]:
    counts = {what: book.style_count(what) for what in _PARTS_OF_A_FORMAT.values()}
    custom = {whole(each.get("numFmtId")) for each in styles.iterfind("{*}numFmts/{*}numFmt")}
    for place, element in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        where = f"cell format {place}"
        for attribute, what in _PARTS_OF_A_FORMAT.items():
            index = element.get(attribute)
            if index is not None and not 0 <= whole(index) < counts[what]:
                yield book.problem(NO_SUCH_STYLE, where=where, count=counts[what], what=what)
        number = whole(element.get("numFmtId"), 0)
        if number >= _FIRST_CUSTOM_FORMAT and number not in custom:
            yield book.problem(NO_SUCH_STYLE, where=where, count=len(custom), what="number formats")


def _check_conditional(book: Book) -> Iterator[Problem]:
    count = book.style_count("dxfs")
    for part, root in book.container.roots.items():
        found = _USERS(root)
        for element in found if isinstance(found, list) else []:
            for name, index in _used(element) if isinstance(element, etree._Element) else ():
                if not 0 <= whole(index) < count:
                    yield book.problem(NO_SUCH_DXF, part=part, element=name, index=index, count=count)


def _used(element: etree._Element) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        if str(name).endswith(_ENDINGS):
            yield str(etree.QName(element).localname), str(value)
