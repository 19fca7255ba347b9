"""Signed tokens: this issuer's, for this server, now; keys are asked for anew, but not for every stranger."""

import base64
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from selenium.webdriver import Chrome

from les_xl.errors import LesError
from les_xl.hosts.serving.sign_in import Issuer, Keys, SharedSecret, SignedTokens
from tests.hosts.server.browser import opened
from tests.hosts.server.serving import serving

ISSUER = "https://login.microsoftonline.com/tenant/v2.0"
CLIENT = "11111111-2222-3333-4444-555555555555"
OWN = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def key_set(*keys: tuple[str, rsa.RSAPrivateKey]) -> str:
    """A JSON Web Key Set of public keys with their ids."""
    algorithm = jwt.algorithms.RSAAlgorithm
    public = [
        json.loads(algorithm.to_jwk(key.public_key())) | {"kid": name, "use": "sig"} for name, key in keys
    ]
    return json.dumps({"keys": public})


def token(key: rsa.RSAPrivateKey = OWN, kid: str = "own", lacking: str = "", **claims: object) -> str:
    """A token that is accepted, but for what is said otherwise."""
    now = int(time.time())
    said: dict[str, object] = {
        "iss": ISSUER,
        "aud": CLIENT,
        "iat": now,
        "nbf": now,
        "exp": now + 3600,
    } | claims
    said.pop(lacking, None)
    return jwt.encode(said, key, algorithm="RS256", headers={"kid": kid})


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """The issuer's keys in a file."""
    path = tmp_path / "keys.json"
    path.write_text(key_set(("own", OWN)), encoding="utf-8")
    return path


@pytest.fixture
def sign_in(keys: Path) -> SignedTokens:
    """The sign-in of a server that trusts that issuer."""
    return SignedTokens(Issuer(ISSUER, (CLIENT, f"api://localhost:8443/{CLIENT}"), str(keys)))


@pytest.mark.parametrize("audience", [CLIENT, f"api://localhost:8443/{CLIENT}"])
def test_a_token_of_the_issuer_is_accepted(sign_in: SignedTokens, audience: str) -> None:
    assert sign_in.accepts(token(aud=audience))


@pytest.mark.parametrize(
    "claims",
    # An id of its own for each: workers of one run must call the tests the same, also a second later.
    [
        pytest.param({"aud": "another-application"}, id="another audience"),
        pytest.param({"aud": f"api://evil.example/{CLIENT}"}, id="another host's audience"),
        pytest.param({"iss": "https://login.microsoftonline.com/another-tenant/v2.0"}, id="another issuer"),
        pytest.param({"exp": int(time.time()) - 120}, id="expired"),
        pytest.param({"nbf": int(time.time()) + 600}, id="not valid yet"),
        pytest.param({"iat": int(time.time()) + 600}, id="issued in the future"),
        pytest.param({"lacking": "exp"}, id="without an end"),
        pytest.param({"lacking": "aud"}, id="without an audience"),
        pytest.param({"lacking": "iss"}, id="without an issuer"),
        pytest.param({"lacking": "iat"}, id="without a time of issue"),
        pytest.param({"key": OTHER}, id="another key"),
        pytest.param({"kid": "unknown"}, id="an unknown key"),
        pytest.param({"kid": ""}, id="no key named"),
    ],
)
def test_another_token_is_not(sign_in: SignedTokens, claims: dict[str, Any]) -> None:
    assert sign_in.accepts(token())
    assert not sign_in.accepts(token(**claims))


def _part(content: Mapping[str, object]) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def _signed_by_public_key() -> str:
    """The classic forgery: the public key, which everybody has, used as the secret of HMAC."""
    public = OWN.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    algorithm = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    head, claims, _ = token().split(".")
    head = _part({"alg": "HS256", "kid": "own"})
    signature = base64.urlsafe_b64encode(algorithm.sign(f"{head}.{claims}".encode(), public)).decode()
    return f"{head}.{claims}.{signature.rstrip('=')}"


def test_a_forged_token_is_not_accepted(sign_in: SignedTokens) -> None:
    claims = token().split(".")[1]
    assert not sign_in.accepts(f"{_part({'alg': 'none', 'kid': 'own'})}.{claims}.")
    assert not sign_in.accepts(_signed_by_public_key())


@pytest.mark.parametrize(
    "text", ["", "x", "a.b.c", "....", "\u00ff.\u00ff.\u00ff", "test-token", "e30.e30.e30"]
)
def test_what_is_no_token_is_not_accepted(sign_in: SignedTokens, text: str) -> None:
    assert not sign_in.accepts(text)


def test_tokens_are_asked_for_over_http(sample_workspace: Path, sign_in: SignedTokens) -> None:
    with serving(sample_workspace, sign_in, client=CLIENT) as served:
        assert served.call(token=token()).status == 200
        for other in (token(aud="another"), token(exp=1), token(key=OTHER), "test-token"):
            assert served.call(token=other).status == 401
        manifest = served.send("GET", "/excel/manifest.xml", token=None).body.decode()
    assert f"<Resource>api://127.0.0.1:{served.port}/{CLIENT}</Resource>" in manifest


@pytest.mark.office
def test_the_add_in_signs_in_again_when_its_token_is_refused(
    browser: Chrome, sample_workspace: Path, sign_in: SignedTokens
) -> None:
    """Excel gives the add-in a token that the server refuses, then one that it takes."""
    tokens = json.dumps([token(key=OTHER), token()])
    with (
        serving(sample_workspace, sign_in, client=CLIENT) as served,
        opened(browser, served, None, f"globalThis.entraTokens = {tokens};") as pane,
    ):
        pane.until("#month", "October 2025")
        assert pane.answers([("LES.AS.AT", [])]) == [{"value": "2025-10"}]
        assert browser.execute_script("return entraTokens.length") == 0
        assert not browser.find_element("id", "sign-in").is_displayed()


def test_entra_id_is_named_by_tenant_and_application() -> None:
    assert Issuer.entra("contoso.example", CLIENT, "https://les.example:8443") == Issuer(
        "https://login.microsoftonline.com/contoso.example/v2.0",
        (CLIENT, f"api://les.example:8443/{CLIENT}"),
        "https://login.microsoftonline.com/contoso.example/discovery/v2.0/keys",
    )


@pytest.mark.parametrize("content", [None, "", "{}", "-----BEGIN CERTIFICATE-----", '{"keys": []}'])
def test_keys_that_cannot_be_read_are_said_at_the_start(tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "keys.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(LesError, match="LES645"):
        SignedTokens(Issuer(ISSUER, (CLIENT,), str(path)))


class _Clock:
    """Seconds that pass when a test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_keys_are_fetched_anew_for_a_new_key_but_not_for_every_stranger() -> None:
    clock, fetched = _Clock(), []
    sets = [key_set(("old", OWN)), key_set(("new", OTHER))]

    def fetch() -> Mapping[str, jwt.PyJWK]:
        fetched.append(clock.now)
        found = jwt.PyJWKSet.from_json(sets[min(len(fetched), 2) - 1])
        return {str(key.key_id): key for key in found.keys}

    keys = Keys(fetch, clock)
    assert keys.find("old") is not None
    for _ in range(50):
        assert keys.find("new") is None
    assert len(fetched) == 1
    clock.now += 61
    assert keys.find("new") is not None
    assert keys.find("old") is None
    assert len(fetched) == 2
    clock.now += 3599
    assert keys.find("new") is not None
    assert len(fetched) == 2
    clock.now += 2
    assert keys.find("new") is not None
    assert len(fetched) == 3


def test_a_secret_is_taken_whole() -> None:
    secret = SharedSecret("0123456789abcdef0123456789")
    assert secret.accepts("0123456789abcdef0123456789")
    assert not secret.accepts("0123456789abcdef012345678")
    assert not secret.accepts("")
