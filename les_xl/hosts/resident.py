"""Excel's Python process: started by the add-in with the first function, it answers until Excel ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


def serve(clsid: str) -> None:
    """Answer Excel's calls under a class id of COM; comes back when Excel lets go of it.

    The functions are imported before the first call, so that no cell waits for that.
    """
    with without_pandas():
        from xlwings.com_server import serve as answer_calls

    import les_xl.hosts.desktop  # noqa: F401  # Excel calls its functions by the module's name

    answer_calls(clsid)  # type: ignore[no-untyped-call]


@contextmanager
def without_pandas() -> Iterator[None]:
    """xlwings imports pandas wherever there is one, which takes longer than answering; here it finds none.

    Afterwards `import pandas` works as ever: a macro that makes figures needs it.
    """
    there = "pandas" in sys.modules
    if not there:
        sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if not there:
            del sys.modules["pandas"]
