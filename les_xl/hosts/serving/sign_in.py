"""Who may ask: a token of Entra ID (or another issuer of signed tokens), or one secret for a trial."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import jwt

from les_xl.errors import LesError, Place
from les_xl.errors.serving import NO_KEYS, WEAK_TOKEN

TOKEN_VARIABLE = "LES_XL_TOKEN"  # noqa: S105 - the name of the variable, not a token
LEAST_CHARACTERS = 24
_LEEWAY_SECONDS = 60
_KEPT_SECONDS = 3600
_BETWEEN_FETCHES_SECONDS = 60
_FETCH_SECONDS = 10


class SignIn(Protocol):
    """A way to tell who asks. `kind` is what the task pane is told: `token` or `entra`."""

    @property
    def kind(self) -> str:
        """How the add-in gets its token."""

    def accepts(self, token: str) -> bool:
        """True for a token that is valid now; may wait for the issuer's keys."""


class SharedSecret:
    """One secret that everyone who tries the server knows; for a trial on one machine."""

    kind = "token"

    def __init__(self, secret: str) -> None:
        """Raises LesError (LES643) for a secret that can be guessed."""
        if len(secret) < LEAST_CHARACTERS:
            short = WEAK_TOKEN.at(
                Place(), variable=TOKEN_VARIABLE, length=len(secret), least=LEAST_CHARACTERS
            )
            raise LesError(short)
        self._digest = hashlib.sha256(secret.encode()).digest()

    def accepts(self, token: str) -> bool:
        """Compared in the same time, whatever is given."""
        return hmac.compare_digest(hashlib.sha256(token.encode()).digest(), self._digest)


@dataclass(frozen=True)
class Issuer:
    """Who signs tokens, for whom, and where the keys are (an https address or a file)."""

    issuer: str
    audiences: tuple[str, ...]
    keys: str

    @classmethod
    def entra(cls, tenant: str, client: str, address: str) -> "Issuer":
        """An application of an Entra ID tenant that issues version 2 tokens."""
        authority = f"https://login.microsoftonline.com/{tenant}"
        host = address.removeprefix("https://")
        audiences = (client, f"api://{host}/{client}")
        return cls(f"{authority}/v2.0", audiences, f"{authority}/discovery/v2.0/keys")


class SignedTokens:
    """Tokens (JWT, RS256) of one issuer for one audience."""

    kind = "entra"

    def __init__(self, issuer: Issuer) -> None:
        """Raises LesError (LES645) where the keys are a file that cannot be read."""
        self._issuer = issuer
        self._keys = Keys(lambda: _key_set(issuer.keys))
        if not issuer.keys.startswith("https://"):
            self._keys.find("")

    def accepts(self, token: str) -> bool:
        """True where signature, issuer, audience and times hold. Raises LesError (LES645)."""
        try:
            header = jwt.get_unverified_header(token)
            key = self._keys.find(str(header.get("kid", "")))
            if key is None:
                return False
            jwt.decode(
                token,
                key.key,
                algorithms=["RS256"],
                audience=self._issuer.audiences,
                issuer=self._issuer.issuer,
                leeway=_LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud"]},
            )
        except jwt.InvalidTokenError:
            return False
        return True


@dataclass
class Keys:
    """The issuer's keys by their id, asked for anew when old or when an id is unknown, but not too often.

    Anyone can send a token with an unknown id: the issuer must not be asked for each of them.
    """

    fetch: Callable[[], Mapping[str, jwt.PyJWK]]
    clock: Callable[[], float] = time.monotonic
    _known: Mapping[str, jwt.PyJWK] = field(default_factory=dict)
    _fetched: float | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def find(self, identifier: str) -> jwt.PyJWK | None:
        """The key of that id, or None. Raises LesError (LES645) where there are no keys to look in."""
        with self._lock:
            age = float("inf") if self._fetched is None else self.clock() - self._fetched
            if age > _KEPT_SECONDS or (identifier not in self._known and age > _BETWEEN_FETCHES_SECONDS):
                self._known = self.fetch()
                self._fetched = self.clock()
            return self._known.get(identifier)


def _key_set(where: str) -> Mapping[str, jwt.PyJWK]:
    try:
        if where.startswith("https://"):
            found = jwt.PyJWKClient(where, cache_keys=False, timeout=_FETCH_SECONDS).get_jwk_set()
        else:
            found = jwt.PyJWKSet.from_json(Path(where).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, jwt.PyJWTError, json.JSONDecodeError) as error:
        reason = type(error).__name__
        raise LesError(NO_KEYS.at(Place(), where=where, reason=reason)) from error
    return {key.key_id: key for key in found.keys if key.key_id}
