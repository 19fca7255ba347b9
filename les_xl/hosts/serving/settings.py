"""What a server is started with."""

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from les_xl.errors import LesError, Place
from les_xl.errors.serving import BAD_ADDRESS
from les_xl.hosts.serving.sign_in import SignIn

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?")


@dataclass(frozen=True)
class Limits:
    """How much one request may be and how long it may take: functions, or a macro with its workbook."""

    calls: int = 4 * 2**20
    workbook: int = 64 * 2**20
    seconds: float = 60.0
    macro_seconds: float = 300.0


@dataclass(frozen=True)
class Settings:
    """A workspace, the address by which Excel knows the server, and who may ask.

    `client` is the Entra ID application that the manifest names, `as_at` a month as `2025-10`.
    """

    root: Path
    address: str
    sign_in: SignIn
    client: str | None = None
    as_at: str | None = None
    limits: Limits = Limits()


def checked_address(text: str) -> str:
    """An address as `https://les.example:8443`, in lower case. Raises LesError (LES647)."""
    try:
        parts = urlsplit(text.strip().rstrip("/").lower())
        port = parts.port
    except ValueError:
        raise LesError(BAD_ADDRESS.at(Place(), given=text)) from None
    host = parts.hostname or ""
    rest = parts.path or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme != "https" or rest or not _HOST.fullmatch(host):
        raise LesError(BAD_ADDRESS.at(Place(), given=text))
    return f"https://{host}" if port in (None, 443) else f"https://{host}:{port}"
