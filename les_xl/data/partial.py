"""Facts that come from several files, each of which tells some of them: the latest that is told of each."""

import pandas as pd

from les_xl.data.records import Record


def coalesced(rows: pd.DataFrame, record: Record) -> pd.DataFrame:
    """One row a key of a partial record, from rows in the order of their loads: each fact as told last.

    A null is a fact that a row does not tell. One that no row of the key tells is that of the row before it
    with the same first part of the key (of an organisation: its row valid before); null where there is none.
    """
    facts = list(record.facts)
    told = rows.groupby(list(record.key), sort=True, as_index=False)[facts].last()
    told[facts] = told.groupby(record.key[0], sort=False)[facts].ffill()
    return told[list(record.columns)]
