"""Small workspaces built by hand: a specification and what is known, in as few words as a test needs."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from les_xl.data.known import Known
from les_xl.spec.model import Service, Workspace
from les_xl.spec.read import Specs

YEAR = "2025-26"
ICB = "QE1"
COLUMNS = {
    "activity": ["ods_code", "les", "metric", "month", "value"],
    "targets": ["ods_code", "les", "metric", "year", "annual_target", "from"],
    "planned": ["ods_code", "les", "metric", "month", "planned"],
    "signup": ["ods_code", "les", "status", "from", "to", "reason"],
    "organisations": [
        "ods_code", "name", "type", "pcn", "pcn_name", "sub_icb", "sub_icb_name", "place", "trust",
        "opened", "closed", "successor", "valid_from",
    ],
    "list_sizes": ["ods_code", "month", "list_size"],
    "loads": ["load", "loaded_at", "user", "file", "kind", "sha256", "rows", "specs", "retracts"],
}  # fmt: skip
NUMBERS = {"value", "annual_target", "planned", "list_size"}

Row = Mapping[str, Any]


def service(les: str = "dementia", **changes: Any) -> Service:
    """A LES with one published flow, `reviews`, from April 2025; keys as in its YAML file."""
    content = {
        "spec": "les/1",
        "les": les,
        "title": les.capitalize(),
        "contract": "capitated",
        "starts": "2025-04",
        "metrics": [metric("reviews", headline=True, published_as=les.capitalize())],
    }
    return Service.model_validate({**content, **changes})


def metric(name: str, **changes: Any) -> dict[str, Any]:
    """A metric as YAML gives it; a flow unless said otherwise."""
    return {"id": name, "title": name.replace("_", " "), "kind": "flow", **changes}


def flat(per_month: float, **changes: Any) -> dict[str, Any]:
    """A flat plan of the year."""
    return {"basis": "flat", "year": YEAR, "per_month": per_month, "source": "by hand", **changes}


def profile(shares: Mapping[str, str], **changes: Any) -> dict[str, Any]:
    """A profile of the year."""
    content = {"basis": "profile", "year": YEAR, "name": "expected", "shares": shares, "source": "by hand"}
    return {**content, **changes}


def specs(*services: Service, **workspace: Any) -> Specs:
    """A workspace of these services with two sub-ICBs, `N` North before `A` South."""
    content = {
        "spec": "workspace/1",
        "icb": {"code": ICB, "name": "The ICB"},
        "year": YEAR,
        "sub_icbs": [{"code": "N", "name": "North"}, {"code": "A", "name": "South"}],
        "order": [one.les for one in services],
    }
    return Specs(Path("nowhere"), Workspace.model_validate({**content, **workspace}), services, "ab" * 32)


def organisation(code: str, **changes: str) -> dict[str, str]:
    """A practice of North, PCN P1 and the place Town, open since ever."""
    content = dict.fromkeys(COLUMNS["organisations"], "") | {
        "ods_code": code,
        "name": f"Practice {code}",
        "type": "practice",
        "pcn": "P1",
        "pcn_name": "First PCN",
        "sub_icb": "N",
        "sub_icb_name": "North",
        "place": "Town",
    }
    return content | changes


def known(
    organisations: Iterable[Mapping[str, str]],
    *,
    activity: Sequence[tuple[Any, ...]] = (),
    targets: Sequence[tuple[Any, ...]] = (),
    planned: Sequence[tuple[Any, ...]] = (),
    signup: Sequence[tuple[Any, ...]] = (),
    list_sizes: Sequence[tuple[Any, ...]] = (),
) -> Known:
    """What a store would know; rows in the order of COLUMNS."""
    rows: dict[str, Sequence[Any]] = {
        "activity": activity,
        "targets": [row if len(row) == len(COLUMNS["targets"]) else (*row, "") for row in targets],
        "planned": planned,
        "signup": signup,
        "organisations": [[row[name] for name in COLUMNS["organisations"]] for row in organisations],
        "list_sizes": list_sizes,
        "loads": (),
    }
    return Known(as_of=1, **{name: _frame(name, rows[name]) for name in rows})


def _frame(name: str, rows: Sequence[Any]) -> pd.DataFrame:
    frame = pd.DataFrame([list(row) for row in rows], columns=COLUMNS[name])
    return frame.astype({column: "float64" if column in NUMBERS else "str" for column in COLUMNS[name]})


def reviews(les: str = "dementia", /, **by_code: Mapping[str, float]) -> list[tuple[Any, ...]]:
    """Activity rows of the metric `reviews`: `reviews(P1={"2025-04": 3})`."""
    return [
        (code, les, "reviews", month, value)
        for code, months in by_code.items()
        for month, value in months.items()
    ]


def monthly(first: str, *values: float | None) -> dict[str, float]:
    """Values from a month on; None is a month without a return."""
    from les_xl.periods import add_months

    return {add_months(first, at): value for at, value in enumerate(values) if value is not None}
