"""The help that opens from Excel: one page for a browser, made from the registry of functions."""

import tempfile
from html import escape
from pathlib import Path

import les_xl
from les_xl.functions.registry import Function, functions
from les_xl.marks import MEANING, Mark

_HEAD = """\
<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>LES-XL: help</title>
<style>
body {{ font: 1rem/1.5 Arial, sans-serif; color: #212b32 }}
body {{ max-width: 50rem; margin: 2rem auto; padding: 0 1rem }}
h1, h2, h3 {{ color: #003087 }}
code {{ background: #f0f4f5; padding: 0 .2rem }}
dt {{ font-weight: bold }}
</style>
</head>
<body>
<h1>LES-XL {version}</h1>
<h2>The buttons of the LES tab</h2>
<dl>
<dt>Refresh</dt><dd>fills the tables of the report with the figures of the latest month and works out every
formula. Your sheets, charts, comments and commentary stay. Save the workbook afterwards.</dd>
<dt>Check</dt><dd>says what is wrong: an old edition, figures typed over, figures that do not add up, returns
that have not arrived. It changes nothing.</dd>
<dt>Insert function</dt><dd>puts a <code>=LES_…</code> formula into the selected cell.</dd>
<dt>Open data folder</dt><dd>opens the folder into which the extracts go.</dd>
</dl>
<h2>Marks in cells without a number</h2>
<dl>
{marks}
</dl>
<h2>Functions</h2>
"""


def help_page() -> str:
    """The page as HTML."""
    marks = "\n".join(f"<dt>{escape(str(mark))}</dt><dd>{escape(MEANING[mark])}</dd>" for mark in Mark)
    entries = "\n".join(_entry(each) for each in functions())
    return f"{_HEAD.format(version=escape(les_xl.__version__), marks=marks)}{entries}\n</body>\n</html>\n"


def _entry(each: Function) -> str:
    optional = {True: " (may be left out)", False: ""}
    arguments = "".join(
        f"<dt>{escape(one.name)}{optional[one.optional]}</dt><dd>{escape(one.help)}</dd>"
        for one in each.parameters
    )
    return (
        f"<h3>{escape(each.name)}</h3>\n<p>{escape(each.summary)}</p>\n"
        f"<p><code>={escape(each.syntax)}</code>, for example <code>{escape(each.example)}</code></p>\n"
        f"<dl>{arguments}</dl>"
    )


def write_help() -> Path:
    """Write the page where a browser can open it; gives its path. Raises OSError."""
    path = Path(tempfile.gettempdir()) / f"les-xl-help-{les_xl.__version__}.html"
    path.write_text(help_page(), encoding="utf-8")
    return path
