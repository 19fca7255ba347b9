"""What a macro has to say when it has ended, and the log that holds the details."""

import tempfile
import traceback
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.macros import STOPPED
from les_xl.errors.usage import UNFORESEEN
from les_xl.excel.checked import Checked
from les_xl.excel.live import com
from les_xl.excel.refresh import RefreshResult
from les_xl.periods import now

LOG = "les-xl.log"
_LARGEST = 1 << 20
_LONGEST = 1_000
"""Characters that a message box of Windows shows without scrolling off the screen."""


@dataclass(frozen=True)
class Told:
    """The end of a macro: a message, its problems, and what it gives a program.

    `to_read` is False where Excel shows already what was done, and a message would only be in the way.
    """

    title: str
    text: str
    problems: tuple[Problem, ...] = ()
    result: RefreshResult | Checked | None = None
    to_read: bool = True

    @property
    def ok(self) -> bool:
        """True where it did what was asked and found nothing wrong but warnings."""
        return not any(problem.severity == "error" for problem in self.problems)

    def as_json(self) -> dict[str, object]:
        """The same as JSON can hold it."""
        result = None if self.result is None else self.result.as_json()
        return {"title": self.title, "text": self.text, "ok": self.ok, "result": result}


def listed(problems: Sequence[Problem], head: str = "", foot: str = "") -> str:
    """Problems as a message: errors first, each with what to do, as many as fit; the rest are counted."""
    ordered = sorted(problems, key=lambda problem: problem.severity != "error")
    lines = [head] if head else []
    for at, problem in enumerate(ordered):
        line = f"• {problem}"
        if at and sum(map(len, lines)) + len(line) + len(foot) > _LONGEST:
            lines.append(f"… and {len(ordered) - at:,} more.")
            break
        lines.append(line)
    return "\n\n".join([*lines, foot] if foot else lines)


def failed(what: str, error: BaseException, folder: Path | None, book: str) -> Told:
    """The message of a macro that did not end; the details go to the log in `folder`, or in a temporary one.

    The log says where in the program it happened, and never the error's own words: they may quote a value.
    """
    problems = _problems(what, error)
    frames = [] if isinstance(error, LesError) else traceback.format_tb(error.__traceback__)
    lines = [f"{now().isoformat()} {what} of {book}", *map(str, problems), *frames, type(error).__name__]
    log = _written(folder, "\n".join(line.rstrip() for line in lines))
    if not problems:
        problems = (UNFORESEEN.at(Place(), what=type(error).__name__, log=log or "no log"),)
        return Told(what, listed(problems), problems)
    return Told(what, listed(problems, foot=f"Details: {log}" if log else ""), problems)


def _problems(what: str, error: BaseException) -> tuple[Problem, ...]:
    if isinstance(error, LesError):
        return error.problems
    if isinstance(error, KeyboardInterrupt):
        return (STOPPED.at(Place(), what=what),)
    return (com.problem(error),) if com.is_from_excel(error) else ()


def _written(folder: Path | None, text: str) -> Path | None:
    """Append to the log; where no folder can be written, to none."""
    for place in (folder, Path(tempfile.gettempdir())):
        if place is None or not place.is_dir():
            continue
        path = place / LOG
        with suppress(OSError):
            large = path.is_file() and path.stat().st_size > _LARGEST
            with path.open("w" if large else "a", encoding="utf-8") as file:
                file.write(text + "\n\n")
            return path
    return None
