"""The position of a workspace, for commands and macros."""

from pathlib import Path

from les_xl.data.snapshot import AsOf
from les_xl.data.store import Store, known
from les_xl.position import Position, make_position
from les_xl.spec.read import read_specs


def position_of(
    root: Path, as_at: str | None = None, as_of: AsOf = None, year: str | None = None
) -> Position:
    """The position of a workspace; the month by its rule, every load and its own year where left out.

    Raises LesError for what is wrong with the specifications, the store, the month or the load.
    """
    specs = read_specs(root)
    store = Store.open(root / specs.workspace.store)
    return make_position(specs, known(store, as_of), as_at, year)
