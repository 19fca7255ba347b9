"""Draw the pictures of the README anew from a new workbook of the sample, with LibreOffice and poppler."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.workbook.sample_position import write_sample

IMAGES = Path(__file__).parent / "images"
PICTURES = {"master-summary.png": (2, "Summary of all services")}
"""The page of the printed workbook that each picture shows, and the title that it has to begin with."""

_WIDTH = 1600
_COARSE = 20
"""Dots an inch at which it is found out where on the page something is drawn."""

_GAP, _MARGIN, _NEARLY_WHITE = 12, 2, 250
"""Of those dots: the empty ones that end what is shown, and what stays around it. A grey, of 255."""


def main() -> None:
    """Draw every picture; says so, and draws none, where a program for it is missing."""
    missing = [name for name in ("soffice", "pdftoppm", "pdftotext") if shutil.which(name) is None]
    if missing:
        sys.stderr.write(f"Pictures stay as they are: no {', '.join(missing)} (LibreOffice, poppler-utils)\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        printed = _printed(Path(folder))
        for name, (page, title) in PICTURES.items():
            _draw(printed, page, title, IMAGES / name)


def _printed(folder: Path) -> Path:
    workbook = write_sample(folder / "master.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(workbook)], check=True, capture_output=True)
    return folder / "master.pdf"


def _draw(printed: Path, page: int, title: str, picture: Path) -> None:
    """The part of a page that is not empty paper, without its footer."""
    of_page = ["-f", str(page), "-l", str(page)]
    text = _run("pdftotext", *of_page, str(printed), "-").decode()
    if not text.lstrip().startswith(title):
        raise SystemExit(f"page {page} does not begin with '{title}': {text[:60]!r}")
    left, top, right, bottom = _inked(_run("pdftoppm", *of_page, "-gray", "-r", str(_COARSE), str(printed)))
    finer = _WIDTH / (right - left)
    box = [round(each * finer) for each in (left, top, right - left, bottom - top)]
    crop = [part for name, each in zip("xyWH", box, strict=True) for part in (f"-{name}", str(each))]
    resolution = ["-r", str(_COARSE * finer)]
    target = str(picture.with_suffix(""))
    _run("pdftoppm", *of_page, *resolution, *crop, "-png", "-singlefile", str(printed), target)


def _inked(image: bytes) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is drawn, from a grey PGM: down to the first wide gap."""
    _, size, _, pixels = image.split(b"\n", 3)
    width, height = map(int, size.split())
    rows = [pixels[at * width : (at + 1) * width] for at in range(height)]
    inked = [at for at, row in enumerate(rows) if min(row) < _NEARLY_WHITE]
    top = last = inked[0]
    for at in inked:
        if at - last > _GAP:
            break
        last = at
    shown = rows[top : last + 1]
    columns = [at for at in range(width) if min(row[at] for row in shown) < _NEARLY_WHITE]
    return columns[0] - _MARGIN, top - _MARGIN, columns[-1] + 1 + _MARGIN, last + 1 + _MARGIN


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


if __name__ == "__main__":
    main()
