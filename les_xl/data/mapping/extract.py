"""A mapped file as an extract of canonical columns, every value with its place in the supplier's file."""

from collections.abc import Sequence

import pandas as pd

from les_xl.data.extract import Extract
from les_xl.data.findings import Finding, printable
from les_xl.data.mapping import naming
from les_xl.data.mapping.lines import Lines, lines_of
from les_xl.data.mapping.months import written_month
from les_xl.data.mapping.sources import Sources, sources
from les_xl.data.mapping.table import Table, tables
from les_xl.data.sheets import Sheet
from les_xl.errors import LesError, Place, Problem
from les_xl.errors.extracts import EMPTY, EXTRA_COLUMN
from les_xl.errors.mapping import NO_MONTH, WRONG_SHEET
from les_xl.periods import add_months
from les_xl.spec.extract_columns import OPTIONAL, REQUIRED, SPREAD
from les_xl.spec.extract_model import ExtractMapping, MonthFrom, NameMatch
from les_xl.spec.read import Specs


def mapped_extract(
    file: str, sheets: Sequence[Sheet], mapping: ExtractMapping, matched: NameMatch, specs: Specs
) -> Extract:
    """Read a file by its mapping. Raises LesError: LES207, LES281 to LES284, LES287, LES289."""
    read, problems = tables(file, sheets, mapping)
    found = [sources(table, mapping) for table in read]
    problems += [problem for where in found for problem in where.problems]
    constants = [_constants(table, mapping, matched, specs, problems) for table in read]
    if problems:
        raise LesError(*problems)
    parts = [
        lines_of(table, mapping, where, words, specs)
        for table, where, words in zip(read, found, constants, strict=True)
    ]
    if all(part.lines.empty and not part.findings for part in parts):
        raise LesError(EMPTY.at(Place(file)))
    extra = [problem for where in found for problem in where.extra]
    findings = (
        Finding(EXTRA_COLUMN, tuple(extra), len(extra)),
        *(one for part in parts for one in part.findings),
    )
    return _extract(file, mapping, read, found, parts, findings, specs)


def _constants(
    table: Table, mapping: ExtractMapping, matched: NameMatch, specs: Specs, problems: list[Problem]
) -> dict[str, str]:
    """Our columns that have one value in all rows of a table; `problems` grow with what cannot be told."""
    words = {name: column.value for name, column in mapping.columns.given().items() if column.value}
    words |= {key: word for key, word in (("les", matched.les), ("metric", matched.metric)) if word}
    if mapping.sheets and mapping.sheets.each == "les":
        les = _les_of_sheet(table, mapping, specs)
        if les is None:
            problems.append(_unknown_sheet(table, mapping))
        words["les"] = les or ""
    if mapping.month:
        month = _month(table, mapping, mapping.month)
        if isinstance(month, Problem):
            problems.append(month)
        else:
            words["month"] = month
    return words


def _les_of_sheet(table: Table, mapping: ExtractMapping, specs: Specs) -> str | None:
    name = table.name or ""
    named = mapping.sheets.named if mapping.sheets else {}
    return named.get(name) or naming.les_of(name, specs)


def _unknown_sheet(table: Table, mapping: ExtractMapping) -> Problem:
    return WRONG_SHEET.at(
        table.place(),
        what=f"the sheet '{printable(table.name or '')}' is not named after a LES",
        advice=f"in the mapping '{mapping.mapping}', add it to `named` or to `ignore` under `sheets`",
    )


def _month(table: Table, mapping: ExtractMapping, source: MonthFrom) -> str | Problem:
    """The month of a table that no column tells, or why it is not found (LES287)."""
    month = source.value
    if source.file:
        month = written_month(
            source.file, table.file.replace("\\", "/").rpartition("/")[2], mapping.date_format
        )
    if source.title:
        cells = table.above.to_numpy().ravel()
        read = (written_month(source.title, str(cell), mapping.date_format) for cell in cells)
        months = list(dict.fromkeys(month for month in read if month))
        if len(months) > 1:
            what = f"the titles that fit '{source.title}' tell several months: {', '.join(months)}"
            return NO_MONTH.at(table.place(), what=what, advice="make the pattern of `month: title` narrower")
        month = months[0] if months else None
    if month is None:
        what = f"no {'title above the headings' if source.title else 'month in the file name'} fits"
        what += f" '{source.title or source.file}'"
        advice = (
            f"look at the file; if the supplier changed it, change `month` in the mapping '{mapping.mapping}'"
        )
        return NO_MONTH.at(table.place(), what=what, advice=advice)
    return add_months(month, -source.earlier)


def _extract(
    file: str,
    mapping: ExtractMapping,
    read: list[Table],
    found: list[Sources],
    parts: list[Lines],
    findings: tuple[Finding, ...],
    specs: Specs,
) -> Extract:
    marked = [part.lines.assign(sheet=table.name or "") for table, part in zip(read, parts, strict=True)]
    lines = pd.concat(marked, ignore_index=True)
    wide = mapping.layout == "wide"
    columns = [name for name in (*REQUIRED[mapping.kind], *OPTIONAL[mapping.kind]) if name in lines]
    origins = None
    frame = lines[[*columns, "row"]].fillna("")
    if mapping.kind == "signup":
        frame = frame.assign(**dict.fromkeys((set(OPTIONAL["signup"]) - set(columns)), ""))
    if wide or len(read) > 1:
        heading = lines["heading"] if wide else pd.Series("", index=lines.index, dtype="str")
        origins = pd.DataFrame({"sheet": lines["sheet"], "row": lines["row"], "heading": heading})
        origins.index = pd.RangeIndex(1, len(lines) + 1)
        frame = frame.assign(row=origins.index)
    if "sub_icb" in frame and "sub_icb_name" not in frame:
        names = {group.code: group.name for group in specs.workspace.sub_icbs}
        frame = frame.assign(sub_icb_name=frame["sub_icb"].map(names).fillna("").astype("str"))
    headings = {name: read[0].heading(at) for name, at in found[0].columns.items()}
    if wide:
        headings |= {"month": "", SPREAD[mapping.kind]: ""}
    return Extract(
        file,
        read[0].name if len(read) == 1 else None,
        mapping.kind,
        frame,
        headings,
        findings,
        origins,
        absent_zero=mapping.absent == "zero",
        unreported=pd.concat([part.unreported for part in parts], ignore_index=True),
    )
