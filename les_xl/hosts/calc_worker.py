"""The resident process behind the LibreOffice add-in: a call as a line of JSON comes in, its answer goes out.

`{"call": "LES_PLAN", "with": ["Dementia", null], "anew": false}` gives `{"value": 1332.0}`, for what spills
`{"rows": [[…]]}`, and where there is nothing `{"error": "#N/A", "reason": "…", "code": "LES502"}`. `anew` is
true where a recalculation begins.
"""

import faulthandler
import json
import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from les_xl.errors import LesError, Place, Problem
from les_xl.errors.calc_addin import OTHER_VERSION, WORKER_FAULT
from les_xl.functions.arguments import Argument
from les_xl.functions.index import Index
from les_xl.functions.registry import find_function
from les_xl.functions.results import MISSING, ExcelError, NotAvailable, Result, Table
from les_xl.functions.session import Session

LONGEST_SECONDS = 120
"""A call that takes longer ends the process; without that, Calc would hang with it."""

LOOK_SECONDS = 0.5
"""Calc asks for cell by cell: in so short a time the workspace is not looked at again for a new load."""

Reply = dict[str, object]


class Worker:
    """Answers lines from a workspace."""

    def __init__(self, session: Session, clock: Callable[[], float] = time.monotonic) -> None:
        self._session, self._clock = session, clock
        self._seen: tuple[float, Index | LesError] | None = None

    def reply(self, line: bytes) -> Reply:
        """The answer to one line; whatever goes wrong is an `#N/A` with its reason."""
        try:
            asked = json.loads(line)
            if asked.get("anew"):
                self._seen = None
            return _shown(self._result(asked["call"], [_argument(each) for each in asked["with"]]))
        except LesError as error:
            return _unavailable(error.problems[0])
        except Exception as error:
            # Its type, never its words: they may quote a value of a patient.
            return _unavailable(WORKER_FAULT.at(Place(), what=type(error).__name__))

    def _result(self, name: str, arguments: list[Argument]) -> Result:
        function = find_function(name)
        if function is None:
            raise LesError(OTHER_VERSION.at(Place(), name=name))
        return function.answer(self._index(), *arguments)

    def _index(self) -> Index:
        now = self._clock()
        if self._seen is None or now - self._seen[0] > LOOK_SECONDS:
            self._seen = now, self._looked()
        found = self._seen[1]
        if isinstance(found, LesError):
            raise LesError(*found.problems)
        return found

    def _looked(self) -> Index | LesError:
        try:
            return self._session.index()
        except LesError as error:
            return error


def _argument(value: object) -> Argument:
    """What Calc sent: null was left out; an empty cell is a 0, which names no LES, month or organisation."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], list) and len(value[0]) == 1:
        return _argument(value[0][0])
    if value is None:
        return MISSING
    return None if value == 0 else value  # type: ignore[return-value]  # a range is refused by the function


def _shown(result: Result) -> Reply:
    if isinstance(result, NotAvailable):
        return {"error": str(result), "reason": result.reason, "code": result.code}
    if isinstance(result, ExcelError):
        return {"error": result.value}
    if isinstance(result, Table):
        # Calc repeats a table of one line in every line of the cells that were given to it.
        rows = result.rows or ((("",) * len(result.columns)),)
        return {"rows": [list(result.columns), *map(list, rows)]}
    return {"value": result}


def _unavailable(problem: Problem) -> Reply:
    reason = f"{problem.message} — {problem.hint}" if problem.hint else problem.message
    return {"error": ExcelError.NOT_AVAILABLE.value, "reason": reason, "code": problem.code}


def serve(worker: Worker, lines: Iterable[bytes], answers: BinaryIO) -> None:
    """Answer each line until there are no more."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        for line in lines:
            faulthandler.dump_traceback_later(LONGEST_SECONDS, exit=True, file=nowhere)
            try:
                answer = json.dumps(worker.reply(line)).encode("ascii")
            finally:
                faulthandler.cancel_dump_traceback_later()
            answers.write(answer + b"\n")
            answers.flush()


def main() -> None:
    """Serve the workspace that the first argument names, over standard input and output."""
    # What a library prints must not come between two answers.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as answers:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        serve(Worker(Session(Path(sys.argv[1]))), sys.stdin.buffer, answers)


if __name__ == "__main__":
    main()
