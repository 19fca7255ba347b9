"""The certificate made for localhost: taken by a client that trusts its authority, and by no other name."""

import datetime as dt
import os
import ssl
import stat
from pathlib import Path

import pytest
from cryptography import x509

from les_xl.hosts.serving.certificate import Certificate, for_localhost

NOW = dt.datetime.now(dt.UTC)


@pytest.fixture
def made(tmp_path: Path) -> Certificate:
    """A certificate made now."""
    found, anew = for_localhost(tmp_path / "les xl", NOW)
    assert anew
    return found


def _handshake(certificate: Certificate, name: str) -> str | None:
    """What a client that trusts the authority says of a server with this certificate, asked by a name."""
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(certificate.cert, certificate.key)
    client = ssl.create_default_context(cafile=str(certificate.authority))
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = (
        client.wrap_bio(to_client, to_server, server_hostname=name),
        server.wrap_bio(to_server, to_client, server_side=True),
    )
    for end in ends * 4:
        try:
            end.do_handshake()
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLCertVerificationError as error:
            return error.verify_message
    return None


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_a_client_that_trusts_the_authority_takes_it(made: Certificate, name: str) -> None:
    assert _handshake(made, name) is None


def test_it_is_for_no_other_name(made: Certificate) -> None:
    assert "les.example" in (_handshake(made, "les.example") or "")


def test_its_key_is_its_owners_alone(made: Certificate) -> None:
    if os.name == "posix":
        assert stat.S_IMODE(made.key.stat().st_mode) == 0o600
    assert made.authority is not None
    assert {path.name for path in made.key.parent.iterdir()} == {
        "localhost.pem",
        "localhost.key",
        "authority.pem",
    }


def test_no_key_that_could_sign_another_is_kept(made: Certificate) -> None:
    """The key on the disk is not that of the authority, which may sign for localhost only."""
    assert made.authority is not None
    authority = x509.load_pem_x509_certificate(made.authority.read_bytes())
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees
    assert {str(name.value) for name in permitted or ()} == {"localhost", "127.0.0.1/32"}
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with pytest.raises(ssl.SSLError, match="KEY_VALUES_MISMATCH"):
        context.load_cert_chain(made.authority, made.key)


def test_it_is_kept_until_a_month_before_its_end(made: Certificate) -> None:
    folder, first = made.cert.parent, made.cert.read_bytes()
    assert for_localhost(folder, NOW + dt.timedelta(days=334)) == (made, False)
    assert for_localhost(folder, NOW + dt.timedelta(days=336)) == (made, True)
    assert made.cert.read_bytes() != first


@pytest.mark.parametrize("name", ["localhost.pem", "localhost.key", "authority.pem"])
def test_what_is_lost_or_damaged_is_made_anew(made: Certificate, name: str) -> None:
    path = made.cert.parent / name
    if name == "localhost.pem":
        path.write_bytes(b"cut short")
    else:
        path.unlink()
    assert for_localhost(made.cert.parent, NOW) == (made, True)
    assert _handshake(made, "localhost") is None
