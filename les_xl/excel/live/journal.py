"""What was done to an open workbook, and how each step is undone."""

from collections.abc import Callable
from contextlib import suppress

Undo = Callable[[], object]


class Journal:
    """Steps that are undone last first. `what` names the table or cell that a step changed.

    Where a step cannot be undone, the earlier ones of the same table are left alone: they would find other
    rows than they expect. Another table's are still undone.
    """

    def __init__(self) -> None:
        self._steps: list[tuple[str, Undo]] = []
        self._checks: list[tuple[str, Callable[[], bool]]] = []

    def add(self, what: str, undo: Undo) -> None:
        """Note how a step is undone; one whose undoing only fills cells again is noted before it is done."""
        self._steps.append((what, undo))

    def expect(self, what: str, restored: Callable[[], bool]) -> None:
        """Note how it is told whether everything is as it was: that counts, not whether a step failed."""
        self._checks.append((what, restored))

    def undo(self) -> tuple[str, ...]:
        """Undo everything; gives what could not be put back."""
        failed: set[str] = set()
        for what, undo in reversed(self._steps):
            if what not in failed and not _went_well(undo):
                failed.add(what)
        return tuple(what for what, restored in self._checks if not _holds(restored))


def _went_well(undo: Undo) -> bool:
    with suppress(Exception, KeyboardInterrupt):
        undo()
        return True
    return False


def _holds(restored: Callable[[], bool]) -> bool:
    with suppress(Exception, KeyboardInterrupt):
        return restored()
    return False
