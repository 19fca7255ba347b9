"""Parts that no Python library writes, put into a workbook by hand: a pivot, a thread, custom XML, …"""

import zipfile
from pathlib import Path

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_PIVOT_CACHE = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<pivotCacheDefinition {_MAIN} xmlns:r="{OFFICE}" refreshedBy="A" refreshedVersion="6" recordCount="0" \
saveData="0"><cacheSource type="worksheet"><worksheetSource ref="B4:C7" sheet="Data"/></cacheSource>\
<cacheFields count="2"><cacheField name="LES" numFmtId="0"><sharedItems/></cacheField>\
<cacheField name="Apr-25" numFmtId="0"><sharedItems/></cacheField></cacheFields>\
<extLst><ext uri="{{725AE2AE-9491-48be-B2B4-4EB974FC3084}}" \
xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:pivotCacheDefinition/></ext></extLst>\
</pivotCacheDefinition>"""
_PIVOT_TABLE = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<pivotTableDefinition {_MAIN} name="Pivot1" cacheId="7" dataCaption="Values" outline="1">\
<location ref="H30:I33" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/>\
<pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="1"><item t="default"/></items>\
</pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/>\
</rowFields><dataFields count="1"><dataField name="Sum" fld="1" baseField="0" baseItem="0"/></dataFields>\
</pivotTableDefinition>"""
_CUSTOM = '<?xml version="1.0"?>\n<les xmlns="urn:analyst"><!-- mine -->  <a b="1"/></les>'
_THREAD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">\
<threadedComment ref="G6" dT="2025-07-01T09:30:00.00" personId="{11111111-1111-1111-1111-111111111111}" \
id="{22222222-2222-2222-2222-222222222222}"><text>Is this right?</text></threadedComment>\
</ThreadedComments>"""
_PERSONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">\
<person displayName="Analyst" id="{11111111-1111-1111-1111-111111111111}" userId="a" providerId="None"/>\
</personList>"""
_CALC_CHAIN = f'<?xml version="1.0"?>\n<calcChain {_MAIN}><c r="A2" i="2"/></calcChain>'


def inject(path: Path) -> None:
    """Add to the rich workbook a pivot table, a thread, persons, custom XML, a chain and an unknown part."""
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    _add(parts, "xl/pivotCache/pivotCacheDefinition1.xml", _PIVOT_CACHE, "pivotCacheDefinition+xml")
    _add(parts, "xl/pivotTables/pivotTable1.xml", _PIVOT_TABLE, "pivotTable+xml")
    _add(parts, "xl/calcChain.xml", _CALC_CHAIN, "calcChain+xml")
    _add(
        parts,
        "xl/threadedComments/threadedComment1.xml",
        _THREAD,
        "",
        "application/vnd.ms-excel.threadedcomments+xml",
    )
    _add(parts, "xl/persons/person.xml", _PERSONS, "", "application/vnd.ms-excel.person+xml")
    parts["customXml/item1.xml"] = _CUSTOM.encode()
    parts["xl/unknown/thing9.bin"] = bytes(range(256)) * 9
    parts["xl/pivotTables/_rels/pivotTable1.xml.rels"] = _rels(
        f'<Relationship Id="rId1" Type="{OFFICE}/pivotCacheDefinition" '
        'Target="../pivotCache/pivotCacheDefinition1.xml"/>'
    )
    _relate(
        parts,
        "xl/_rels/workbook.xml.rels",
        "rPivot",
        f"{OFFICE}/pivotCacheDefinition",
        "pivotCache/pivotCacheDefinition1.xml",
    )
    _relate(parts, "xl/_rels/workbook.xml.rels", "rChain", f"{OFFICE}/calcChain", "calcChain.xml")
    microsoft = "http://schemas.microsoft.com/office/2017/10/relationships"
    _relate(parts, "xl/_rels/workbook.xml.rels", "rPerson", f"{microsoft}/person", "persons/person.xml")
    _relate(parts, "xl/_rels/workbook.xml.rels", "rCustom", f"{OFFICE}/customXml", "../customXml/item1.xml")
    _relate(parts, "xl/_rels/workbook.xml.rels", "rThing", "urn:analyst:thing", "unknown/thing9.bin")
    sheet = "xl/worksheets/_rels/sheet1.xml.rels"
    _relate(parts, sheet, "rPivot", f"{OFFICE}/pivotTable", "../pivotTables/pivotTable1.xml")
    _relate(
        parts, sheet, "rThread", f"{microsoft}/threadedComment", "../threadedComments/threadedComment1.xml"
    )
    _replace(
        parts,
        "[Content_Types].xml",
        "<Override",
        '<Default Extension="bin" ContentType="application/octet-stream"/><Override',
        'Extension="bin"',
    )
    _replace(
        parts,
        "xl/workbook.xml",
        "</workbook>",
        '<pivotCaches><pivotCache cacheId="7" r:id="rPivot"/></pivotCaches></workbook>',
    )
    write_parts(path, parts)


def write_parts(path: Path, parts: dict[str, bytes]) -> None:
    """Write a zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def _rels(inner: str) -> bytes:
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?>\n<Relationships xmlns="{package}">{inner}</Relationships>'.encode()


def _add(parts: dict[str, bytes], name: str, text: str, kind: str, full: str = "") -> None:
    parts[name] = text.encode()
    content = full or f"{_SHEET_TYPE}.{kind}"
    _replace(
        parts,
        "[Content_Types].xml",
        "</Types>",
        f'<Override PartName="/{name}" ContentType="{content}"/></Types>',
    )


def _relate(parts: dict[str, bytes], rels: str, identity: str, kind: str, target: str) -> None:
    new = f'<Relationship Id="{identity}" Type="{kind}" Target="{target}"/></Relationships>'
    _replace(parts, rels, "</Relationships>", new)


def _replace(parts: dict[str, bytes], name: str, old: str, new: str, unless: str = "\x00") -> None:
    text = parts[name].decode()
    if unless not in text:
        parts[name] = text.replace(old, new, 1).encode()
