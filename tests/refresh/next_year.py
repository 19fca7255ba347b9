"""The year after the sample's: its specifications, and what a sample April of 2026-27 brings."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd

from les_xl.data.known import Known
from les_xl.periods import add_months
from tests.workbook.sample_position import ROOT

_PLAN = re.compile(r"^plan:\n((?:[ #].*\n)+)", re.MULTILINE)
_SAMPLE = ROOT / "sample" / "2025-10"


def roll_specs(folder: Path) -> None:
    """Go on into 2026-27: every plan of 2025-26 again, and the workspace's year."""
    for path in (folder / "specs" / "services").glob("*.yaml"):
        path.write_text(_rolled(path.read_text(encoding="utf-8")), encoding="utf-8")
    main = folder / "specs" / "les.yaml"
    text = main.read_text(encoding="utf-8")
    main.write_text(text.replace("year: 2025-26", "year: 2026-27"), encoding="utf-8")


def copy_specs(folder: Path) -> Path:
    """The project's specifications, gone on into 2026-27."""
    shutil.copytree(ROOT / "specs", folder / "specs")
    roll_specs(folder)
    return folder


def with_april(known: Known) -> Known:
    """Every practice does in April 2026 what it did in October 2025, towards the same targets."""
    october = known.activity[known.activity["month"] == "2025-10"].assign(month="2026-04")
    targets = known.targets.assign(year="2026-27")
    return replace(
        known,
        activity=pd.concat([known.activity, october], ignore_index=True),
        targets=pd.concat([known.targets, targets], ignore_index=True),
    )


def write_april(folder: Path) -> list[Path]:
    """The same as files to be loaded: the plans of the year, and the extract of April."""
    october = pd.read_excel(_SAMPLE / "activity" / "activity_2025-10.xlsx", dtype=str, engine="calamine")
    targets = pd.read_csv(_SAMPLE / "plans" / "plans_2025-26.csv", dtype=str)
    files = {
        "plans_2026-27.csv": targets.assign(year="2026-27"),
        "activity_2026-04.csv": october.assign(month="2026-04"),
    }
    for name, frame in files.items():
        frame.to_csv(folder / name, index=False, encoding="utf-8-sig")
    return [folder / name for name in files]


def _rolled(text: str) -> str:
    """A service's specification with every plan of 2025-26 again for 2026-27."""

    def again(found: re.Match[str]) -> str:
        plans = found[1].replace("year: 2025-26", "year: 2026-27")
        plans = re.sub(r"from: \d{4}-\d{2}", "from: 2026-04", plans)
        plans = re.sub(r"(\d{4}-\d{2}):", lambda month: f"{add_months(month[1], 12)}:", plans)
        return found[0] + plans

    return _PLAN.sub(again, text)
