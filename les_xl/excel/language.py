"""Says that a finished workbook is in British English, which XlsxWriter has no setting for."""

import io
import zipfile

LANGUAGE = "en-GB"
_AMERICAN = b'"en-US"'
_CORE = "docProps/core.xml"
_TITLE_END = b"</dc:title>"


def in_british_english(content: bytes) -> bytes:
    """The same workbook with its language in the document properties and in the texts of its charts."""
    with zipfile.ZipFile(io.BytesIO(content)) as read, io.BytesIO() as out:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as write:
            for item in read.infolist():
                write.writestr(item, _part(item.filename, read.read(item)))
        return out.getvalue()


def _part(name: str, part: bytes) -> bytes:
    if name == _CORE:
        return part.replace(_TITLE_END, _TITLE_END + f"<dc:language>{LANGUAGE}</dc:language>".encode(), 1)
    if name.startswith(("xl/charts/", "xl/drawings/")):
        return part.replace(_AMERICAN, f'"{LANGUAGE}"'.encode())
    return part
