"""How objects of COM are called: every call is counted, may fail, and must be one that is modelled."""

from collections.abc import Callable, Iterator
from typing import Any

from les_xl.excel.addresses import Area
from tests.live.state import BookState, SheetState
from tests.live.windows import Dispatched, refusal


class NotModelledError(Exception):
    """The adapter used something of Excel that the stand-in does not know."""


class Calls:
    """Every call that arrives, and the one at which a fault is raised (counted from 1)."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.fault_at: Callable[[int], bool] = lambda _: False
        self.fault: Callable[[], BaseException] = lambda: refusal("planted")

    def arrive(self, what: str) -> None:
        """Count a call, and fail where it is the one."""
        self.made.append(what)
        if self.fault_at(len(self.made)):
            raise self.fault()


class Com(Dispatched):
    """An object of COM, where names know no case: `get_x`, `put_x` and `do_x` are what it knows."""

    excel: "Excel"

    def __init__(self, excel: "Excel", **own: Any) -> None:
        vars(self).update(own, excel=excel)

    def __getattr__(self, name: str) -> Any:
        known = name.lower()
        if hasattr(type(self), f"do_{known}"):
            self.excel.calls.arrive(f"{type(self).__name__}.{name}()")
            return object.__getattribute__(self, f"do_{known}")
        if not hasattr(type(self), f"get_{known}"):
            raise NotModelledError(f"{type(self).__name__}.{name}")
        self.excel.calls.arrive(f"{type(self).__name__}.{name}")
        return object.__getattribute__(self, f"get_{known}")()

    def __setattr__(self, name: str, value: Any) -> None:
        if not hasattr(type(self), f"put_{name.lower()}"):
            raise NotModelledError(f"{type(self).__name__}.{name} =")
        self.excel.calls.arrive(f"{type(self).__name__}.{name}=")
        object.__getattribute__(self, f"put_{name.lower()}")(value)


def bare(argument: Any) -> Any:
    """An object as it was before xlwings wrapped it."""
    return vars(argument).get("_inner", argument)


class Excel:
    """One running Excel with one workbook; `worksheet` makes the object of a sheet."""

    def __init__(self, book: BookState, worksheet: Callable[["Excel", SheetState], Com]) -> None:
        self.book, self.calls = book, Calls()
        self.worksheet = worksheet
        self.clipboard: tuple[SheetState, Area] | None = None


class Items(Com):
    """A collection; members are found by their number from 1, or by their name."""

    members: list[Any]
    names: list[str]

    def get_count(self) -> int:
        return len(self.members)

    def do_item(self, key: int | str) -> Any:
        if isinstance(key, str):
            if key.casefold() not in self.names:
                raise refusal("Subscript out of range")
            return self.members[self.names.index(key.casefold())]
        return self.members[key - 1]

    def __call__(self, key: int | str) -> Any:
        self.excel.calls.arrive("Items()")
        return self.do_item(key)

    def __iter__(self) -> Iterator[Any]:
        self.excel.calls.arrive("Items._NewEnum")
        return iter(self.members)


def items(excel: Excel, members: list[Any], names: list[str] | None = None) -> Items:
    """A collection of COM."""
    return Items(excel, members=members, names=[name.casefold() for name in names or []])
