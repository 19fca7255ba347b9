"""Measure what a recalculation waits for over HTTP: 10,000 cells in batches, and a request for each cell."""

import http.client
import json
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

from benchmarks.functions_lookup import workspace
from les_xl.functions.session import open_index
from les_xl.hosts.serving.calls import answer_calls, read_calls

CELLS = 10_000
RUNS = 7
CONNECTIONS = 6
"""As many as a browser opens to one server."""
TOKEN = "a-token-of-the-benchmark-0123456789"  # noqa: S105 - of a server that lives for one run
Body = bytes


@dataclass(frozen=True)
class Taken:
    """Seconds on the wall, and those in which the processor worked for the measured process."""

    wall: float
    processor: float


def seconds(work: Callable[[], object], runs: int = RUNS) -> Taken:
    """Medians, after one run that does not count."""
    work()
    wall, processor = [], []
    for _ in range(runs):
        start = time.perf_counter(), time.process_time()
        work()
        wall.append(time.perf_counter() - start[0])
        processor.append(time.process_time() - start[1])
    return Taken(statistics.median(wall), statistics.median(processor))


def of_children() -> float:
    """Processor seconds of the processes that have ended (there is no such figure on Windows)."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def cells(root: Path) -> list[object]:
    """10,000 calls as the add-in writes them: LES by month by organisation."""
    known = open_index(root).catalogue
    labels = [metric.label for entry in known.services for metric in entry.published]
    asked = product(labels, known.months, [org.code for org in known.orgs])
    calls: list[object] = [
        ["LES_PCT_PLAN", [[[one]] for one in arguments]] for arguments in islice(asked, CELLS)
    ]
    assert len(calls) == CELLS
    return calls


def bodies(calls: Sequence[object], size: int) -> list[Body]:
    """The requests that carry the calls, so many a request."""
    return [json.dumps({"calls": calls[at : at + size]}).encode() for at in range(0, len(calls), size)]


@contextmanager
def server(root: Path) -> Iterator[tuple[int, float]]:
    """`les-xl serve` as a process: its port, and the seconds from its start to its first answer."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "les_xl", "--workspace", str(root), "serve", "--functions"]
    start = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--behind-proxy", "--port", str(port)],
        env={**os.environ, "LES_XL_TOKEN": TOKEN},
        stdout=subprocess.DEVNULL,
    )
    try:
        while True:
            try:
                ask(http.client.HTTPConnection("127.0.0.1", port), b'{"calls": [["LES_AS_AT", []]]}')
                break
            except ConnectionRefusedError:
                time.sleep(0.005)
        yield port, time.perf_counter() - start
    finally:
        process.terminate()
        process.wait()


def ask(connection: http.client.HTTPConnection, body: Body) -> int:
    """One request; how many answers came back."""
    connection.request("POST", "/api/functions", body, {"Authorization": f"Bearer {TOKEN}"})
    answers = json.loads(connection.getresponse().read())["answers"]
    return len(answers)


def in_turn(port: int, requests: Sequence[Body]) -> int:
    """All requests over one connection, one after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    try:
        return sum(ask(connection, body) for body in requests)
    finally:
        connection.close()


def at_once(port: int, requests: Sequence[Body]) -> int:
    """All requests over as many connections as a browser opens."""
    shares = [requests[at::CONNECTIONS] for at in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return sum(pool.map(lambda share: in_turn(port, share), shares))


def main() -> None:
    """Print a line a way of asking, and each as a multiple of one request that holds all cells."""
    with tempfile.TemporaryDirectory() as name:
        root = workspace(Path(name))
        calls, index = cells(root), open_index(root)
        whole, thousands, singly = bodies(calls, CELLS), bodies(calls, 1000), bodies(calls, 1)
        parsed = read_calls(whole[0])
        engine = {
            "read 10,000 calls": seconds(lambda: read_calls(whole[0])),
            "answer 10,000 calls": seconds(lambda: answer_calls(index, parsed)),
        }
        before, cold = of_children(), []
        for _ in range(RUNS):
            with server(root) as (_, taken):
                cold.append(taken)
        start = Taken(statistics.median(cold), (of_children() - before) / RUNS)
        with server(root) as (port, _):
            assert in_turn(port, whole) == in_turn(port, singly[:CELLS]) == CELLS
            over_http = {
                "one request": seconds(lambda: in_turn(port, whole)),
                "ten requests of 1,000, in turn": seconds(lambda: in_turn(port, thousands)),
                "ten requests of 1,000, six at a time": seconds(lambda: at_once(port, thousands)),
                "a request a cell, in turn": seconds(lambda: in_turn(port, singly), runs=1),
                "a request a cell, six at a time": seconds(lambda: at_once(port, singly), runs=1),
            }
    one = over_http["one request"].wall
    for step, found in (engine | over_http | {"process start to first answer": start}).items():
        times = f"{found.wall / one:7.2f} x one request"
        print(f"{step:40} {found.wall:8.3f} s  {times}  {found.processor:8.3f} s of the processor")


if __name__ == "__main__":
    main()
