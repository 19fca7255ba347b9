"""Organisations told in parts: the latest that is told of each column, also of rows valid later."""

from pathlib import Path

import pandas as pd

from les_xl.data.partial import coalesced
from les_xl.data.records import ORGANISATION
from tests.mapping.conftest import FILES, NOW, Desk, codes

EPRACCUR = "epraccur.csv"


def _rows(*told: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(told)).reindex(columns=list(ORGANISATION.columns)).astype("str")


def _facts(frame: pd.DataFrame, code: str, since: str) -> dict[str, str]:
    (row,) = frame[(frame["ods_code"] == code) & (frame["valid_from"] == since)].to_dict("records")
    return {str(name): str(value) for name, value in row.items() if isinstance(value, str)}


def test_each_fact_is_as_told_last_and_an_empty_one_is_told() -> None:
    known = coalesced(
        _rows(
            {"ods_code": "A", "valid_from": "", "name": "Abbey", "closed": "2025-06", "place": "East"},
            {"ods_code": "A", "valid_from": "2025-11", "pcn": "U2"},
            {"ods_code": "A", "valid_from": "", "pcn": "U1"},
            {"ods_code": "A", "valid_from": "", "name": "Abbey Road", "closed": ""},
            {"ods_code": "B", "valid_from": "", "pcn": "U9"},
        ),
        ORGANISATION,
    )
    first = {
        "ods_code": "A",
        "valid_from": "",
        "name": "Abbey Road",
        "closed": "",
        "place": "East",
        "pcn": "U1",
    }
    assert _facts(known, "A", "") == first
    assert _facts(known, "A", "2025-11") == {**first, "valid_from": "2025-11", "pcn": "U2"}
    assert _facts(known, "B", "") == {"ods_code": "B", "valid_from": "", "pcn": "U9"}


def _epraccur_with(desk: Desk, code: str, closed: str) -> Path:
    """The sample's epraccur with the closing date of one practice."""
    lines = (FILES / EPRACCUR).read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f'"{code}"'))
    cells = lines[at].split('","')
    cells[11] = closed
    lines[at] = '","'.join(cells)
    path = desk.root / "epraccur_next.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_closing_told_by_one_file_holds_for_memberships_of_another(empty: Desk) -> None:
    empty.load(FILES / EPRACCUR, FILES / "ePCN 2025-10.xlsx")
    activity = empty.root / "activity.csv"
    activity.write_text(
        "ods_code,les,metric,month,value\nZZ0007,dementia,reviews,2025-10,4\n", encoding="utf-8"
    )
    _, late = empty.load(_epraccur_with(empty, "ZZ0007", "20250630"), activity)
    assert codes(late) == ["LES261"]
    rows = empty.known().organisations
    assert set(rows.loc[rows["ods_code"] == "ZZ0007", "closed"]) == {"2025-06"}


def test_taking_a_load_back_gives_back_what_was_told_before(empty: Desk) -> None:
    empty.load(FILES / EPRACCUR)
    before = empty.known().organisations
    (closing,) = empty.load(_epraccur_with(empty, "ZZ0007", "20250630"))
    assert closing.load is not None
    assert not empty.known().organisations.equals(before)
    empty.store.retract(closing.load, now=NOW, user="analyst")
    assert empty.known().organisations.equals(before)


def test_a_membership_of_an_unknown_practice_is_refused(empty: Desk) -> None:
    (result,) = empty.load(FILES / "ePCN 2025-10.xlsx", dry_run=True)
    assert set(codes(result)) == {"LES230"}
