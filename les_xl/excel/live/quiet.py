"""Excel kept still while a refresh runs, and set back to what it was whatever happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from les_xl.excel.live import com

Get = Callable[[Any], Any]
Put = Callable[[Any, Any], None]
Setting = tuple[str, Get, Put, Any]
"""How a setting is called, read and set, and what it is meanwhile."""


def _property(name: str, meanwhile: Any = None) -> Setting:
    def get(app: Any) -> Any:
        return getattr(app, name)

    def put(app: Any, value: Any) -> None:
        setattr(app, name, value)

    return name.replace("_", " "), get, put, meanwhile


SETTINGS: tuple[Setting, ...] = (
    # Without it a click into a cell during the refresh would make Excel reject every call, also the undoing.
    _property("interactive", False),
    _property("display_alerts", False),
    _property("screen_updating", False),
    _property("enable_events", False),
    _property("calculation", "manual"),
    ("fill formulas in tables", com.fills_lists, com.set_fills_lists, False),
)
STATUS = _property("status_bar")


@contextmanager
def quiet(app: Any, lost: list[str]) -> Iterator[None]:
    """Neither calculate, draw, raise events nor take input inside; everything is set back afterwards.

    The status bar goes back to Excel, or to what another macro wrote there. `lost` is told what could not be
    set back.
    """
    before = [(name, put, get(app)) for name, get, put, _ in (*SETTINGS, STATUS)]
    try:
        for _, _, put, meanwhile in SETTINGS:
            put(app, meanwhile)
        yield
    finally:
        lost += [name for name, put, value in reversed(before) if not _is_put(app, put, value)]


def _is_put(app: Any, put: Put, value: Any) -> bool:
    """Set it, a second time where it failed; one that cannot be set keeps no other from it."""
    for _ in range(2):
        with suppress(Exception, KeyboardInterrupt):
            put(app, value)
            return True
    return False
