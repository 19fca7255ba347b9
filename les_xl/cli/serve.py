"""`les-xl serve`: functions, ribbon and task pane for Excel without Python on the analyst's machine."""

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from les_xl.cli import EXIT_DONE
from les_xl.cli.workspace import find_root, month_option
from les_xl.errors import LesError, Place
from les_xl.errors.serving import CERTIFICATE, EXTRA_MISSING, HALF_SIGN_IN, NO_SIGN_IN

if TYPE_CHECKING:
    from les_xl.hosts.serving.certificate import Certificate
    from les_xl.hosts.serving.sign_in import Issuer, SignIn

_ISSUER = ("LES_XL_ISSUER", "LES_XL_AUDIENCE", "LES_XL_JWKS")
_PACKAGES = {"fastapi", "starlette", "uvicorn", "jwt", "cryptography", "xlwings_server"}


def serve(  # noqa: PLR0913, PLR0917 - each is an option of the command
    context: typer.Context,
    functions: Annotated[
        bool, typer.Option("--functions", help="Only functions, ribbon and task pane: all there is so far.")
    ] = False,
    host: Annotated[str, typer.Option(help="Network address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8443,
    address: Annotated[
        str | None, typer.Option(help="Address by which Excel knows it; https://localhost:PORT if left out.")
    ] = None,
    cert: Annotated[Path | None, typer.Option(help="Certificate (PEM) for the address.")] = None,
    key: Annotated[Path | None, typer.Option(help="Key (PEM) of the certificate.")] = None,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="Plain HTTP, for a proxy that has the certificate.")
    ] = False,
    tenant: Annotated[
        str | None, typer.Option(envvar="LES_XL_TENANT", help="Entra ID tenant: its id or domain.")
    ] = None,
    client: Annotated[
        str | None, typer.Option(envvar="LES_XL_CLIENT", help="Entra ID application (client) id.")
    ] = None,
    as_at: Annotated[str | None, typer.Option(help="Month of the position, such as 2025-10.")] = None,
) -> int:
    """Serve the functions, ribbon and task pane to Excel over HTTPS, until stopped with Ctrl+C."""
    root, month = find_root(context), month_option(as_at)
    try:
        from les_xl.hosts.serving.run import Listening
        from les_xl.hosts.serving.run import serve as run
        from les_xl.hosts.serving.settings import Settings, checked_address

        known_as = checked_address(address or f"https://localhost:{port}")
        settings = Settings(root, known_as, _sign_in(_issuer(known_as, tenant, client)), client, month)
        certificate = None if behind_proxy else _certificate(known_as, cert, key)
        with suppress(KeyboardInterrupt):  # Ctrl+C is how it ends
            run(
                settings, Listening(host, port, certificate), lambda at: _say_ready(known_as, at, certificate)
            )
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _PACKAGES:
            raise
        raise LesError(EXTRA_MISSING.at(Place(), package=error.name)) from error
    return EXIT_DONE


def _issuer(address: str, tenant: str | None, client: str | None) -> "Issuer | None":
    """Who signs tokens; None where nothing is said of it. Raises LesError (LES644)."""
    from les_xl.hosts.serving.sign_in import Issuer

    told = {name: os.environ.get(name) for name in _ISSUER}
    if any(told.values()):
        issuer, audience, keys = _whole(told)
        return Issuer(issuer, (audience,), keys)
    if tenant or client:
        tenant, client = _whole({"--tenant": tenant, "--client": client})
        return Issuer.entra(tenant, client, address)
    return None


def _whole(options: dict[str, str | None]) -> list[str]:
    given = [name for name, value in options.items() if value]
    lacking = [name for name, value in options.items() if not value]
    if lacking:
        raise LesError(HALF_SIGN_IN.at(Place(), given=" and ".join(given), lacking=" and ".join(lacking)))
    return [value for value in options.values() if value]


def _sign_in(issuer: "Issuer | None") -> "SignIn":
    from les_xl.hosts.serving.sign_in import TOKEN_VARIABLE, SharedSecret, SignedTokens

    if issuer is not None:
        return SignedTokens(issuer)
    if secret := os.environ.get(TOKEN_VARIABLE):
        return SharedSecret(secret)
    raise LesError(NO_SIGN_IN.at(Place(), variable=TOKEN_VARIABLE))


def _certificate(address: str, cert: Path | None, key: Path | None) -> "Certificate":
    from les_xl.hosts.serving.certificate import Certificate, for_localhost
    from les_xl.periods import now

    if cert is not None and key is not None:
        return Certificate(cert, key)
    if cert is not None or key is not None:
        lacking = "--key" if key is None else "--cert"
        raise LesError(CERTIFICATE.at(Place(), reason=f"{lacking} is missing"))
    if address.removeprefix("https://").partition(":")[0] != "localhost":
        reason = f"a certificate can be made here for localhost only, and {address} is another name"
        raise LesError(CERTIFICATE.at(Place(), reason=reason))
    made, anew = for_localhost(Path(typer.get_app_dir("les-xl")) / "server", now())
    if anew:
        typer.echo("Made a certificate for localhost. Excel takes it once this machine trusts its authority:")
        typer.echo(f'  certutil -user -addstore Root "{made.authority}"')
    return made


def _say_ready(address: str, port: int, certificate: "Certificate | None") -> None:
    from les_xl.hosts.serving.macros import KEY_VARIABLE

    if not os.environ.get(KEY_VARIABLE):
        typer.echo(f"Refresh in the ribbon needs {KEY_VARIABLE} (see docs/server.md); functions do not.")
    over = "HTTPS" if certificate else "plain HTTP (for a proxy)"
    typer.echo(f"Answering over {over} on port {port}. Stop with Ctrl+C.")
    typer.echo(f"Add-in for Excel: {address}/excel/manifest.xml")
