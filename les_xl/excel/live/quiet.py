"""Excel kept still while a refresh runs, and set back to what it was whatever happens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from les_xl.excel.live import com

Setting = tuple[Callable[[Any], Any], Callable[[Any, Any], None], Any]
"""How a setting is read and set, and what it is meanwhile."""


def _property(name: str, meanwhile: Any) -> Setting:
    return (lambda app: getattr(app, name)), (lambda app, value: setattr(app, name, value)), meanwhile


SETTINGS: tuple[Setting, ...] = (
    # Without it a click into a cell during the refresh would make Excel reject every call, also the undoing.
    _property("interactive", False),
    _property("display_alerts", False),
    _property("screen_updating", False),
    _property("enable_events", False),
    _property("calculation", "manual"),
    (com.fills_lists, com.set_fills_lists, False),
)


@contextmanager
def quiet(app: Any) -> Iterator[None]:
    """Neither calculate, draw, raise events nor take input inside; everything is set back afterwards.

    The status bar goes back to Excel, or to what another macro wrote there.
    """
    before = [(set_to, get(app)) for get, set_to, _ in SETTINGS]
    before.append((lambda one, value: setattr(one, "status_bar", value), app.status_bar))
    try:
        for _, set_to, meanwhile in SETTINGS:
            set_to(app, meanwhile)
        yield
    finally:
        _set_back(app, before)


def _set_back(app: Any, before: list[tuple[Callable[[Any, Any], None], Any]]) -> None:
    """Each in turn, a second time where it failed; one that cannot be set keeps no other from it."""
    failed: list[BaseException] = []
    for set_to, value in reversed(before):
        error = _tried(app, set_to, value) and _tried(app, set_to, value)
        failed += [error] if error is not None else []
    if failed:
        raise failed[0]


def _tried(app: Any, set_to: Callable[[Any, Any], None], value: Any) -> BaseException | None:
    try:
        set_to(app, value)
    except (Exception, KeyboardInterrupt) as error:
        return error
    return None
