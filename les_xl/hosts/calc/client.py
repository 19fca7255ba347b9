"""The add-in's end of the pipe to the resident worker: one line a call, started again where it died.

Runs in LibreOffice's own Python, which may be as old as 3.8 and has none of our packages: standard library
only, and nothing of les_xl.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

RETRY_SECONDS = 5.0
"""For so long after a failed start every cell is told the same: ten thousand cells do not start it each."""

_KEPT_REASONS = 20
_NO_ANSWER = "LES660"
_NOT_FOR_THE_WORKER = ("PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONEXECUTABLE")


class _NoAnswerError(Exception):
    """The worker is not there, or went away without an answer; the reason is its text."""


class Client:
    """A worker process that answers calls, and the reasons of the last `#N/A`.

    `no_answer` is what is said of a worker that cannot be reached: `{heard}` becomes what it said last.
    """

    def __init__(
        self,
        command: Sequence[str],
        no_answer: str,
        environment: Mapping[str, str] = os.environ,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._command, self._no_answer, self._clock = list(command), no_answer, clock
        self._environment = {
            name: value for name, value in environment.items() if name not in _NOT_FOR_THE_WORKER
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._said: IO[bytes] | None = None
        self._failed: tuple[float, str] | None = None
        self._reasons: dict[str, str] = {}
        self._anew = False
        self._lock = threading.Lock()

    def ask(self, name: str, arguments: Sequence[Any]) -> dict[str, Any]:
        """What the worker replies to one call; where it cannot be reached, `#N/A` with the reason."""
        with self._lock:
            asked = {"call": name, "with": list(arguments), "anew": self._anew}
            line = json.dumps(asked).encode("ascii") + b"\n"
            self._anew = False
            try:
                reply = self._exchange(line)
            except _NoAnswerError as why:
                self._failed = self._failed or (self._clock(), str(why))
                reply = {"error": "#N/A", "reason": self._failed[1], "code": _NO_ANSWER}
            self._note(name, arguments, reply)
        return reply

    def reasons(self) -> list[str]:
        """Why cells show `#N/A`: a line a call, the latest last."""
        with self._lock:
            return [f"{call}: {reason}" for call, reason in self._reasons.items()]

    def begin_anew(self) -> None:
        """Before a recalculation: reasons are forgotten, a worker that failed is tried again, and the next
        call looks for a new load."""
        with self._lock:
            self._reasons.clear()
            self._failed, self._anew = None, True

    def close(self) -> None:
        """End the worker."""
        with self._lock:
            self._end()

    def _exchange(self, line: bytes) -> dict[str, Any]:
        if self._failed is not None and self._clock() - self._failed[0] < RETRY_SECONDS:
            raise _NoAnswerError(self._failed[1])
        self._failed = None
        if self._process is not None:
            try:
                return self._sent(line)
            except _NoAnswerError:
                self._end()
        self._start()
        try:
            return self._sent(line)
        except _NoAnswerError:
            raise _NoAnswerError(self._end()) from None

    def _start(self) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 - open for as long as the worker lives
        # Without this every start of the worker would flash a console window on Windows.
        hidden = getattr(subprocess, "CREATE_NO_WINDOW", 0)
        try:
            self._process = subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                env=self._environment,
                creationflags=hidden,
            )
        except OSError as error:
            self._end()
            raise _NoAnswerError(self._advice(error.strerror or str(error))) from None

    def _sent(self, line: bytes) -> dict[str, Any]:
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            raise _NoAnswerError
        try:
            process.stdin.write(line)
            process.stdin.flush()
            return dict(json.loads(process.stdout.readline()))
        except (OSError, ValueError):
            raise _NoAnswerError from None

    def _end(self) -> str:
        """Leave no process behind; gives what it said last, and what to do."""
        process, said, self._process, self._said = self._process, self._said, None, None
        if process is not None:
            process.kill()
            process.communicate()
        last = b""
        if said is not None:
            said.seek(0)
            last = (said.read().strip().splitlines() or [b""])[-1]
            said.close()
        return self._advice(last.decode("utf-8", "replace"))

    def _advice(self, said: str) -> str:
        return self._no_answer.replace("{heard}", f" ({said})" if said else "")

    def _note(self, name: str, arguments: Sequence[Any], reply: Mapping[str, Any]) -> None:
        call = f"{name}({','.join(map(_typed, arguments)).rstrip(',')})"
        self._reasons.pop(call, None)
        if "reason" not in reply:
            return
        if len(self._reasons) >= _KEPT_REASONS:
            del self._reasons[next(iter(self._reasons))]
        self._reasons[call] = f"{reply['reason']} ({reply['code']})" if reply.get("code") else reply["reason"]


def from_settings(path: Path, environment: Mapping[str, str] = os.environ) -> Client:
    """The client that the add-in was built for; LES_XL_PYTHON and LES_XL_WORKSPACE name others."""
    settings = json.loads(path.read_text(encoding="utf-8"))
    python = environment.get("LES_XL_PYTHON") or settings["python"]
    workspace = environment.get("LES_XL_WORKSPACE") or settings["workspace"]
    # -E and -P: neither LibreOffice's Python nor the folder of a workbook decides which modules are read.
    command = [python, "-E", "-P", "-X", "utf8", "-m", "les_xl.hosts.calc_worker", workspace]
    return Client(command, settings["no_answer"].replace("{python}", python), environment)


def _typed(argument: Any) -> str:
    if argument is None:
        return ""
    if isinstance(argument, str):
        return '"{}"'.format(argument.replace('"', '""'))
    return f"{argument:g}" if isinstance(argument, float) else "{…}"
