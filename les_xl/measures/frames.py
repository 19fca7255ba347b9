"""Frames from arrays: key columns of a dense grid, and a measure with its marks in two columns."""

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from les_xl.measures.marked import MARK_TEXTS, Marked


def texts(codes: npt.NDArray[np.integer], words: Iterable[str]) -> pa.Array:
    """A column of texts from the place of each among `words`."""
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), pa.array(list(words))).cast(
        pa.string()
    )


def marked_columns(name: str, figure: Marked) -> dict[str, pa.Array]:
    """A measure as two columns: `name` (float, NaN where there is no number) and `name_mark` (why)."""
    return {
        name: pa.array(figure.values.ravel()),
        f"{name}_mark": texts(figure.marks.ravel(), MARK_TEXTS),
    }


def org_columns(orgs: pd.DataFrame, before: int, after: int) -> dict[str, pa.Array]:
    """`level` and `org` of a dense grid: `before` blocks of all organisations, each for `after` rows."""
    at = np.tile(np.repeat(np.arange(len(orgs)), after), before)
    return {"level": texts(at, orgs["level"]), "org": texts(at, orgs["org"])}


def frame(columns: Mapping[str, pa.Array]) -> pd.DataFrame:
    """The columns as a frame."""
    made: pd.DataFrame = pa.table(dict(columns)).to_pandas()
    return made
