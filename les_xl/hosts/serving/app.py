"""The FastAPI application: functions, the add-in's files, and the macros behind one guard."""

import importlib.util
import json
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from les_xl.errors import LesError, Place
from les_xl.errors.serving import NOT_HERE
from les_xl.hosts.serving.calls import read_calls
from les_xl.hosts.serving.figures import Figures
from les_xl.hosts.serving.guard import MACROS, Guard, as_json, status_of, unforeseen
from les_xl.hosts.serving.macros import Macros, available
from les_xl.hosts.serving.manifest import manifest
from les_xl.hosts.serving.metadata import functions_json, registration
from les_xl.hosts.serving.pages import help_page, pane_page
from les_xl.hosts.serving.settings import Settings

STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> Guard:
    """The application for one workspace. The web pages of DESIGN 12 will be further routes beside /excel."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    figures = Figures(settings.root, settings.as_at)
    _add_figures(app, figures)
    _add_files(app, settings)
    app.mount(MACROS.removesuffix("/"), Macros(settings.root, settings.as_at))
    for kind in (LesError, HTTPException, Exception):
        app.add_exception_handler(kind, _refused)
    return Guard(app, settings)


async def _refused(_request: Request, error: Exception) -> Response:
    if isinstance(error, LesError):
        problems = error.problems
    elif isinstance(error, HTTPException):
        # The framework's own: no such address, or another method than the one it takes.
        problems = (NOT_HERE.at(Place()),)
    else:
        problems = (unforeseen(error),)
    return JSONResponse(as_json(problems), status_of(problems))


def _add_figures(app: FastAPI, figures: Figures) -> None:
    @app.post("/api/functions")
    async def functions(request: Request) -> Response:
        calls = read_calls(await request.body())
        return JSONResponse({"answers": await run_in_threadpool(figures.answer, calls)})

    @app.get("/api/status")
    async def status() -> Response:
        return JSONResponse({**await run_in_threadpool(figures.status), "macros": available()})

    @app.get("/api/checks")
    async def checks() -> Response:
        return JSONResponse((await run_in_threadpool(figures.checks)).as_json())


def _add_files(app: FastAPI, settings: Settings) -> None:
    script = (STATIC / "functions.js").read_text(encoding="utf-8") + registration()
    office = _office_files()
    _add_text(app, "/health", "well", "text/plain")
    _add_text(app, "/excel/manifest.xml", manifest(settings), "application/xml")
    _add_text(app, "/excel/functions.json", json.dumps(functions_json()), "application/json")
    _add_text(app, "/excel/functions.js", script, "text/javascript")
    _add_text(app, "/excel/settings.json", json.dumps({"signIn": settings.sign_in.kind}), "application/json")
    _add_text(app, "/excel/pane/pane.html", pane_page(STATIC / "pane" / "pane.html"), "text/html")
    _add_text(app, "/excel/pane/help.html", help_page(), "text/html")
    # Where the script of xlwings Server looks for the window of `book.app.alert`, and for sheet buttons.
    alert = (STATIC / "pane" / "alert.html").read_text(encoding="utf-8")
    _add_text(app, f"{MACROS}alert", alert, "text/html")
    _add_text(app, f"{MACROS}custom-scripts-meta.json", "[]", "application/json")
    app.mount("/excel/pane", StaticFiles(directory=STATIC / "pane"))
    app.mount("/excel/office/js", StaticFiles(directory=office / "js"))
    app.mount("/excel/office/lib", StaticFiles(directory=_office_js(office)))

    @app.get("/")
    async def first() -> Response:
        return RedirectResponse("/excel/pane/help.html")


def _add_text(app: FastAPI, path: str, content: str, media_type: str) -> None:
    body = content.encode()

    @app.api_route(path, methods=["GET", "HEAD"])
    async def text() -> Response:
        return Response(body, media_type=media_type)


def _office_files() -> Path:
    """Office.js and the script that carries out a macro's actions, as xlwings Server brings them along.

    Found without importing it: that would import pandas before the first answer.
    """
    found = importlib.util.find_spec("xlwings_server")
    if found is None or not found.submodule_search_locations:
        raise ModuleNotFoundError("No module named 'xlwings_server'", name="xlwings_server")
    return Path(found.submodule_search_locations[0]) / "static"


def _office_js(office: Path) -> Path:
    """Folder of the Office.js that comes with it; the folder above is named after its version."""
    return next(iter(sorted((office / "vendor" / "office-js").glob("*/dist/office.js")))).parent
