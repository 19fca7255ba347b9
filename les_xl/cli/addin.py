"""`les-xl addin`: the functions as add-ins of spreadsheet programs."""

import typer

from les_xl.cli.calc_addin import build_calc

app = typer.Typer(help="Add-ins with the LES functions.", no_args_is_help=True)
app.command("build-calc")(build_calc)
