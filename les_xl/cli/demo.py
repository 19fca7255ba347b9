"""`les-xl demo`: the sample month from extracts to the master workbook, with what was found on the way."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from les_xl.cli import EXIT_DONE, EXIT_PROBLEMS
from les_xl.cli.data import show_results
from les_xl.cli.show import grid, number, percent
from les_xl.cli.workspace import find_root, store_path
from les_xl.errors import LesError
from les_xl.periods import add_months, long_label

if TYPE_CHECKING:
    from les_xl.data.store import Store
    from les_xl.measures.banding import Banding
    from les_xl.position import Position
    from les_xl.spec.read import Specs

SAMPLE = Path("sample") / "2025-10"
MOMENT = datetime(2025, 11, 20, 9, 0, tzinfo=UTC)
"""The moment that the sample month is dated with, so that the workbook is the same file each time."""


def demo(context: typer.Context) -> int:
    """Load the sample month, write the master workbook, and print what was found."""
    from les_xl.data.store import Store
    from les_xl.spec.read import read_specs

    root = _workspace(context)
    specs = read_specs(root)
    store = Store.open(store_path(specs))
    if not _load(store, specs):
        return EXIT_PROBLEMS
    position = _position(store, specs)
    _print_position(position)
    for banding in position.bandings.values():
        _print_banding(position, banding)
    _print_checks(position)
    typer.echo(f"\nThe master workbook is {_write(position, root)}")
    return EXIT_DONE


def _workspace(context: typer.Context) -> Path:
    """The clone that one stands in, or a new folder `les-xl-demo` with the package's specs and sample."""
    try:
        root = find_root(context)
        if (root / SAMPLE).is_dir():
            return root
    except LesError:
        pass
    bundled = Path(__file__).resolve().parents[1] / "bundled"
    bundled = bundled if bundled.is_dir() else bundled.parents[1]
    root = Path.cwd() / "les-xl-demo"
    for part in (Path("specs"), SAMPLE):
        shutil.copytree(bundled / part, root / part, dirs_exist_ok=True)
    return root


def _load(store: "Store", specs: "Specs") -> bool:
    from les_xl.data.load import load_files

    typer.echo(f"Loading {specs.root / SAMPLE}\n")
    results = load_files(store, specs, [specs.root / SAMPLE], now=MOMENT, user="demo")
    show_results(results)
    return not any(result.status == "refused" for result in results)


def _position(store: "Store", specs: "Specs") -> "Position":
    from les_xl.data.store import known
    from les_xl.position import make_position

    return make_position(specs, known(store, None))


def _print_position(position: "Position") -> None:
    as_at = position.edition.as_at
    typer.echo(f"\nPlanned and delivered, {long_label(as_at)} ({position.edition})\n")
    headings = ["LES", "Planned", "Delivered", "% of plan", "Plan to date", "Delivered to date", "% to date"]
    rows = []
    for row in position.specs.published_rows():
        cells = [
            position.value(measure, row.les, row.metric) for measure in ("planned", "delivered", "pct_plan")
        ]
        cells += [
            position.value(f"{measure}_to_date", row.les, row.metric)
            for measure in ("planned", "delivered", "pct_plan")
        ]
        shown = (percent(cell) if index % 3 == 2 else number(cell) for index, cell in enumerate(cells))
        rows.append([row.label, *shown])
    typer.echo(grid(headings, rows, right=set(headings[1:])))


def _print_banding(position: "Position", banding: "Banding") -> None:
    names = {group.code: group.name for group in position.specs.workspace.sub_icbs}
    headings = ["Sub ICB group", "Practices", *banding.labels]
    rows = [
        [names[str(code)], *map(str, group)]
        for code, group in zip(banding.groups.index, banding.groups.to_numpy().tolist(), strict=True)
    ]
    rows.append(["Total", *(str(count) for count in banding.total)])
    rows.append(["% of practices", "", *(percent(float(share)) for share in banding.share)])
    if banding.change is not None:
        rows.append(["Change on last month", *(f"{count:+d}" for count in banding.change)])
    title = position.specs.service(banding.les).title
    typer.echo(f"\n{title}: practices per share of their annual target, {long_label(banding.month)}\n")
    typer.echo(grid(headings, rows, right=set(headings[1:])))
    typer.echo(
        f"\n{percent(banding.over_half)} of practices have delivered more than 50% of their annual target",
        nl=False,
    )
    if banding.over_half_last_month is not None:
        points = 100 * (banding.over_half - banding.over_half_last_month)
        before = long_label(add_months(banding.month, -1))
        typer.echo(f", {points:+.1f} percentage points on {before}", nl=False)
    typer.echo(".")


def _print_checks(position: "Position") -> None:
    checks = position.checks
    failed = checks[~checks["ok"]]
    typer.echo(f"\n{len(checks) - len(failed)} of {len(checks)} checks tie out.")
    for check in failed.itertuples():
        typer.echo(
            f"  Does not tie out: {check.scope}: {check.check}: {check.left:,.0f} against {check.right:,.0f} "
            f"(difference {check.difference:+,.0f})"
        )


def _write(position: "Position", root: Path) -> Path:
    from les_xl.excel.master import new_workbook

    path = root / "workbooks" / "les_master.xlsx"
    path.parent.mkdir(exist_ok=True)
    new_workbook(position, path, now=MOMENT, overwrite=True)
    return path
