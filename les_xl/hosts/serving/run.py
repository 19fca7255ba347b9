"""The server as a process: listens, answers until it is stopped, and says readably why it cannot."""

import gc
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

from les_xl.errors import LesError, Place
from les_xl.errors.serving import CANNOT_LISTEN, CERTIFICATE
from les_xl.hosts.serving.app import create_app
from les_xl.hosts.serving.certificate import Certificate
from les_xl.hosts.serving.settings import Settings

_BACKLOG = 512
_MOST_CONNECTIONS = 500
_SECONDS_TO_END = 10


@dataclass(frozen=True)
class Listening:
    """Where to listen; without a certificate, plain HTTP for a proxy that has one. Port 0: any free one."""

    host: str
    port: int
    certificate: Certificate | None


def serve(settings: Settings, listening: Listening, ready: Callable[[int], None]) -> None:
    """Answer until the process is told to stop; `ready` is given the port once connections are taken.

    Raises LesError (LES641 where it cannot listen, LES646 for a certificate that cannot be used).
    """
    files = listening.certificate
    # Opened before anything is loaded: a port that is taken is known at once.
    with _listen(listening) as listener:
        config = uvicorn.Config(
            create_app(settings),
            log_level="warning",
            proxy_headers=False,
            server_header=False,
            lifespan="off",
            ws="none",
            limit_concurrency=_MOST_CONNECTIONS,
            timeout_graceful_shutdown=_SECONDS_TO_END,
            ssl_certfile=None if files is None else files.cert,
            ssl_keyfile=None if files is None else files.key,
        )
        _load(config, listening)
        # A request makes tens of thousands of lists; without this, every sweep of the collector that they
        # cause looks at all modules again, which takes longer than answering.
        gc.collect()
        gc.freeze()
        logging.getLogger("les_xl").setLevel(logging.WARNING)
        ready(listener.getsockname()[1])
        uvicorn.Server(config).run(sockets=[listener])


def _load(config: uvicorn.Config, listening: Listening) -> None:
    try:
        config.load()
    except (OSError, ValueError) as error:
        if listening.certificate is None:
            raise
        files = f"{listening.certificate.cert} and {listening.certificate.key}"
        reason = f"{files} cannot be used ({type(error).__name__})"
        raise LesError(CERTIFICATE.at(Place(), reason=reason)) from error


def _listen(listening: Listening) -> socket.socket:
    host, port = listening.host, listening.port
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
                # On Windows two programs could otherwise listen on one port, and share its requests.
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(where)
            listener.listen(_BACKLOG)
        except BaseException:
            listener.close()
            raise
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LesError(CANNOT_LISTEN.at(Place(), host=host, port=port, reason=reason)) from error
    return listener
