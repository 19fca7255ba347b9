"""A workspace, the add-in made for it, and LibreOffice with that add-in."""

import shutil
from pathlib import Path

import pytest

from les_xl.functions.index import Index
from les_xl.functions.session import open_index
from les_xl.hosts.calc_addin import build_oxt
from tests.functions.conftest import position, sample_workspace, workspace
from tests.hosts.calc.grid import Asked, asked, examples, write_by_openpyxl, write_grid, write_unusual
from tests.office import Profile, convert_all, with_addin
from tests.workbook.reading import with_wrong_results

__all__ = ["position", "sample_workspace", "workspace"]

MASTER = Path(__file__).resolve().parents[3] / "workbooks" / "les_master.xlsx"


@pytest.fixture(scope="session")
def asked_workspace(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace that the add-in in LibreOffice answers from; a space and an accent in its name."""
    return Path(shutil.copytree(sample_workspace, tmp_path_factory.mktemp("les") / "LES wörk"))


@pytest.fixture(scope="session")
def index(asked_workspace: Path) -> Index:
    """What the functions answer from, as anybody opens it."""
    return open_index(asked_workspace)


@pytest.fixture(scope="session")
def calc(asked_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """LibreOffice with the add-in."""
    folder = tmp_path_factory.mktemp("calc")
    return with_addin(build_oxt(folder / "les.oxt", asked_workspace), folder / "profile")


@pytest.fixture(scope="session")
def grid() -> list[Asked]:
    """The cells of the workbook `grid.xlsx`."""
    return list(asked())


@pytest.fixture(scope="session")
def books(grid: list[Asked], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what Calc is given: workbooks by us, by openpyxl, an unusual one, and the sample's."""
    folder = tmp_path_factory.mktemp("books")
    write_grid(folder / "grid.xlsx", grid)
    write_by_openpyxl(folder / "openpyxl.xlsx", examples())
    write_unusual(folder / "unusual.xlsx")
    with_wrong_results(MASTER, folder / "master.xlsx")
    return folder


@pytest.fixture(scope="session")
def computed(calc: Profile, books: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Those workbooks as Calc saves them, by name."""
    given = [books / f"{name}.xlsx" for name in ("grid", "openpyxl", "unusual", "master")]
    made = convert_all(given, tmp_path_factory.mktemp("computed"), "xlsx", calc)
    return {path.stem: path for path in made}
