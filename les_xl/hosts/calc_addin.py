"""Builds `les.oxt`, the functions as an add-in of LibreOffice Calc, from the registry.

In it: what LibreOffice shows of each function (CalcAddIns.xcu), their types (an .idl, which LibreOffice reads
as it is, so that no SDK is needed), the LES menu, and the Python that passes calls on to a resident
`les_xl.hosts.calc_worker` in the analyst's own Python.
"""

import io
import json
import os
import sys
import tempfile
import zipfile
from importlib.resources import files
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import les_xl
from les_xl.errors import LesError, Place
from les_xl.errors.calc_addin import CANNOT_BUILD, NO_ANSWER
from les_xl.functions.registry import Function, Parameter, functions

IDENTIFIER = "les-xl.calc"
SERVICE = "LESXL"
"""LibreOffice knows a function as `LESXL.LES_PLAN`: so it stands in .ods files."""

_LEAST_LIBREOFFICE = "7.4"
_MENU = {"recalculate": "Recalculate", "why": "Why #N/A"}
_SAME_DATE = (1980, 1, 1, 0, 0, 0)  # the same functions give the same bytes
_CONFIGURATION = "application/vnd.sun.star.configuration-data"
_TYPES = "application/vnd.sun.star.uno-typelibrary;type=RDB"
_COMPONENT = "application/vnd.sun.star.uno-component;type=Python"
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" '
    'xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:package="org.openoffice.Office" oor:name="{name}">\n'
    "{content}\n</oor:component-data>\n"
)


def build_oxt(path: Path, workspace: Path, python: str = sys.executable) -> Path:
    """Write the add-in that answers from a workspace, through the Python that has LES-XL.

    Raises LesError (LES663) where it cannot be written; what was there stays then.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in _parts(workspace, python).items():
            package.writestr(zipfile.ZipInfo(name, _SAME_DATE), text, zipfile.ZIP_DEFLATED)
    written = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix="~les-", delete=False) as file:
            written = Path(file.name)
            file.write(content.getvalue())
        written.chmod(0o644)
        written.replace(path)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise LesError(CANNOT_BUILD.at(Place(), name=path, reason=reason)) from None
    finally:
        if written is not None:
            written.unlink(missing_ok=True)
    return path


def _parts(workspace: Path, python: str) -> dict[str, str]:
    registered = {
        "LesFunctions.idl": (_TYPES, _types()),
        "les_calc.py": (_COMPONENT, _source("component.py")),
        "CalcAddIns.xcu": (_CONFIGURATION, _descriptions()),
        "Jobs.xcu": (_CONFIGURATION, _jobs()),
        "Addons.xcu": (_CONFIGURATION, _menu()),
    }
    listed = "".join(
        f"<manifest:file-entry manifest:full-path={quoteattr(name)} manifest:media-type={quoteattr(kind)}/>\n"
        for name, (kind, _) in registered.items()
    )
    return {
        "META-INF/manifest.xml": '<?xml version="1.0" encoding="UTF-8"?>\n<manifest:manifest '
        f'xmlns:manifest="http://openoffice.org/2001/manifest">\n{listed}</manifest:manifest>\n',
        "description.xml": _about(),
        **{name: text for name, (_, text) in registered.items()},
        "settings.json": _settings(workspace, python),
        "pythonpath/les_calc_client.py": _source("client.py"),
    }


def _source(name: str) -> str:
    return (files("les_xl.hosts") / "calc" / name).read_text(encoding="utf-8")


def _settings(workspace: Path, python: str) -> str:
    """What the add-in's Python needs to know: whom to start, what to say where that fails, the functions."""
    named = {
        each.name: {
            "spills": each.returns == "table",
            "dates": [at for at, one in enumerate(each.parameters) if one.name == "month"],
        }
        for each in functions()
    }
    said = {
        "python": os.path.abspath(python),  # noqa: PTH100 - not resolved: a link is how an environment is told
        "workspace": str(workspace.resolve()),
        "no_answer": f"{NO_ANSWER.message} — {NO_ANSWER.hint}",
        "functions": named,
    }
    return json.dumps(said, indent=1) + "\n"


def _about() -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<description xmlns="http://openoffice.org/extensions/description/2006" '
        'xmlns:lo="http://libreoffice.org/extensions/description/2011">\n'
        f'<identifier value="{IDENTIFIER}"/>\n<version value="{les_xl.__version__}"/>\n'
        '<display-name><name lang="en">LES-XL: the LES functions</name></display-name>\n'
        f'<dependencies><lo:LibreOffice-minimal-version value="{_LEAST_LIBREOFFICE}" '
        f'lo:name="LibreOffice {_LEAST_LIBREOFFICE}"/></dependencies>\n</description>\n'
    )


def _types() -> str:
    """A method a function. The document comes first; Calc fills it in, and nobody sees it."""
    methods = "\n".join(f"  {_method(each)}" for each in functions())
    inherited = "com::sun::star::uno::XInterface"
    return f"module lesxl {{ module calc {{\ninterface XFunctions : {inherited} {{\n{methods}\n}};\n}}; }};\n"


def _method(function: Function) -> str:
    returns = "sequence< sequence<any> >" if function.returns == "table" else "any"
    given = "".join(f", [in] any given{at}" for at, _ in enumerate(function.parameters, 1))
    return f"{returns} {function.name}([in] com::sun::star::beans::XPropertySet document{given});"


def _descriptions() -> str:
    described = "\n".join(map(_described, functions()))
    content = (
        f'<node oor:name="AddInInfo"><node oor:name="{SERVICE}" oor:op="replace">'
        f'<node oor:name="AddInFunctions">\n{described}\n</node></node></node>'
    )
    return _REGISTRY.format(name="CalcAddIns", content=content)


def _described(function: Function) -> str:
    parameters = "".join(_parameter(at, each) for at, each in enumerate(function.parameters, 1))
    return (
        f'<node oor:name="{function.name}" oor:op="replace">'
        + _property("DisplayName", function.name)
        + _property("Description", f"{function.summary} Such as {function.example}")
        + '<prop oor:name="Category"><value>Add-In</value></prop>'
        # By this name LibreOffice, from 24.2, knows the function in an Excel file.
        + _property("CompatibilityName", function.name, language="en-US")
        + f'<node oor:name="Parameters">{parameters}</node></node>'
    )


def _parameter(at: int, parameter: Parameter) -> str:
    shown = _property("DisplayName", parameter.name) + _property("Description", parameter.help)
    # Numbered, as LibreOffice may take the nodes in the order of their names.
    return f'<node oor:name="given{at}" oor:op="replace">{shown}</node>'


def _property(name: str, text: str, language: str = "en") -> str:
    return f'<prop oor:name="{name}"><value xml:lang="{language}">{escape(text)}</value></prop>'


def _jobs() -> str:
    """Every workbook that is opened is brought up to date."""
    content = (
        '<node oor:name="Jobs"><node oor:name="LesXlOpened" oor:op="replace">'
        f'<prop oor:name="Service"><value>{SERVICE}.Commands</value></prop></node></node>\n'
        '<node oor:name="Events"><node oor:name="OnLoadFinished" oor:op="fuse"><node oor:name="JobList">'
        '<node oor:name="LesXlOpened" oor:op="replace"/></node></node></node>'
    )
    return _REGISTRY.format(name="Jobs", content=content)


def _menu() -> str:
    lines = "".join(
        f'<node oor:name="line{at}" oor:op="replace">'
        f'<prop oor:name="URL"><value>service:{SERVICE}.Commands?{command}</value></prop>'
        f"{_property('Title', title)}</node>"
        for at, (command, title) in enumerate(_MENU.items(), 1)
    )
    content = (
        '<node oor:name="AddonUI"><node oor:name="OfficeMenuBar">'
        f'<node oor:name="les-xl.menu" oor:op="replace">{_property("Title", "LES")}'
        '<prop oor:name="Context"><value>com.sun.star.sheet.SpreadsheetDocument</value></prop>'
        f'<node oor:name="Submenu">{lines}</node></node></node></node>'
    )
    return _REGISTRY.format(name="Addons", content=content)
