"""Pages of the add-in: the task pane, and a help page with every function and mark from the registry."""

import json
from html import escape
from importlib.metadata import version
from pathlib import Path

from les_xl.functions.registry import Function, functions
from les_xl.marks import MEANING

_LEFT_OUT = " (may be left out)"
_PAGE = """\
<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Help - LES-XL</title>
<link rel="stylesheet" href="/excel/pane/pane.css">
</head>
<body>
<header><p class="brand">LES-XL</p></header>
<main>
<h1>Functions for Local Enhanced Services</h1>
<p>Type them in a cell as any other function. A percentage is a fraction: format the cell as
<code>0.0%</code>. Point at the sign beside <code>#N/A</code> to read the reason.</p>
<h2>Marks instead of numbers</h2>
<dl>
{marks}
</dl>
<h2>Functions</h2>
{functions}
<p><a href="/excel/manifest.xml">The manifest of this add-in</a>: what an Office administrator uploads.</p>
</main>
</body>
</html>
"""


def help_page() -> str:
    """The page as HTML."""
    marks = "\n".join(
        f"<dt><code>{escape(mark.value)}</code></dt><dd>{escape(text)}</dd>" for mark, text in MEANING.items()
    )
    return _PAGE.format(marks=marks, functions="\n".join(_function(each) for each in functions()))


def pane_page(template: Path) -> str:
    """The task pane, with what the script of xlwings Server wants to know."""
    told = {
        "appPath": "/excel",
        "authProviders": [],
        "environment": "prod",
        "isOfficialLiteAddin": False,
        "onWasm": False,
        "requestTimeout": 300,
        "xlwingsVersion": version("xlwings"),
    }
    return template.read_text(encoding="utf-8").replace("{config}", json.dumps(told))


def _function(each: Function) -> str:
    arguments = "\n".join(
        f"<dt>{escape(one.name)}{_LEFT_OUT if one.optional else ''}</dt><dd>{escape(one.help)}</dd>"
        for one in each.parameters
    )
    return (
        f'<h3 id="{each.name}">{escape(each.syntax)}</h3>\n<p>{escape(each.summary)}</p>\n'
        f"<p>Example: <code>{escape(each.example)}</code></p>\n<dl>\n{arguments}\n</dl>"
    )
