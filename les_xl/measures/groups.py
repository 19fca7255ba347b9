"""Whose figures there are: practices and their groups as of one month, and which codes make up each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from les_xl.data.known import Known
from les_xl.data.organisations import COUNTED_TYPES, membership, successors
from les_xl.measures.axes import Axes, positions
from les_xl.measures.marked import Flags, Floats
from les_xl.spec.read import Specs

_COLUMNS = ["level", "org", "name", "pcn", "place", "sub_icb"]
GROUPINGS = ("pcn", "place", "sub_icb")
"""Separate groupings of practices, none nested in another."""


@dataclass(frozen=True)
class Groups:
    """Organisations (rows as `Position.organisations`) and, for each, the codes that it is made of."""

    organisations: pd.DataFrame
    belongs: Floats

    def sum(self, by_code: Floats | Flags) -> Floats:
        """From metric by code by month to metric by organisation by month: the sum of the codes of each."""
        total: Floats = np.matmul(self.belongs, by_code.astype(np.float64))
        return total

    @cached_property
    def levels(self) -> Mapping[str, slice]:
        """Where the organisations of each level are."""
        level = self.organisations["level"].to_numpy()
        return {
            name: slice(int(at[0]), int(at[-1]) + 1)
            for name in ("practice", *GROUPINGS, "icb")
            if (at := np.flatnonzero(level == name)).size
        }

    @property
    def practices(self) -> slice:
        """Where the practices are."""
        return self.levels.get("practice", slice(0, 0))

    @cached_property
    def of_practices(self) -> Floats:
        """Organisation by practice, 1 where the practice is part of it."""
        shared = self.belongs @ self.belongs[self.practices].T
        return (shared > 0).astype(np.float64)

    @cached_property
    def named(self) -> tuple[tuple[str, str, str], ...]:
        """Level, code and name of each organisation."""
        columns = (self.organisations[name].tolist() for name in ("level", "org", "name"))
        return tuple(zip(*columns, strict=True))

    @property
    def icb(self) -> int:
        """Position of the ICB, the last."""
        return len(self.organisations) - 1


def make_groups(specs: Specs, known: Known, axes: Axes, as_at: str) -> Groups:
    """Practices that are open in some month of the year, and all groups, by the membership of `as_at`.

    Practices stand in the published order of their sub-ICBs, then by code. A merged practice has no row: its
    codes make up its successor's. PCNs and places stand by code, sub-ICBs as published, the ICB last.
    """
    members = membership(known, as_at)
    members.index = pd.Index(members["ods_code"].to_numpy())
    final = {**{code: code for code in axes.codes}, **successors(known, as_at)}
    practices = _practices(specs, axes, members, final)
    organisations = pd.concat(
        [practices, *(_group(specs, members, name) for name in GROUPINGS), _icb(specs)], ignore_index=True
    )
    owners = members.loc[[final[code] for code in axes.codes]]
    return Groups(organisations, _belongs(organisations, owners))


def _practices(specs: Specs, axes: Axes, members: pd.DataFrame, final: Mapping[str, str]) -> pd.DataFrame:
    first, last = axes.year_months[0], axes.year_months[-1]
    closed_before = (members["closed"] != "") & (members["closed"] < first)
    open_then = members["type"].isin(COUNTED_TYPES) & (members["opened"] <= last) & ~closed_before
    rows = members.loc[sorted({final[code] for code in members.index[open_then]})]
    order = {code: at for at, code in enumerate(_sub_icb_order(specs, rows))}
    rows = rows.assign(at=rows["sub_icb"].map(order)).sort_values(["at", "ods_code"])
    return rows.assign(level="practice", org=rows["ods_code"])[_COLUMNS].reset_index(drop=True)


def _sub_icb_order(specs: Specs, rows: pd.DataFrame) -> list[str]:
    published = [group.code for group in specs.workspace.sub_icbs]
    return [*published, *sorted(set(rows["sub_icb"]) - set(published) - {""}), ""]


def _group(specs: Specs, members: pd.DataFrame, grouping: str) -> pd.DataFrame:
    codes = sorted(set(members[grouping]) - {""})
    names = {code: code for code in codes}
    if grouping != "place":
        names |= dict(zip(members[grouping], members[f"{grouping}_name"], strict=True))
    if grouping == "sub_icb":
        codes = [code for code in _sub_icb_order(specs, members) if code]
        names |= {group.code: group.name for group in specs.workspace.sub_icbs}
    rows = pd.DataFrame({"org": codes, "name": [names[code] or code for code in codes]}, dtype="str")
    own = dict.fromkeys(GROUPINGS, "") | {grouping: rows["org"]}
    return rows.assign(level=grouping, **own)[_COLUMNS]


def _icb(specs: Specs) -> pd.DataFrame:
    icb = specs.workspace.icb
    return pd.DataFrame([("icb", icb.code, icb.name, "", "", "")], columns=_COLUMNS, dtype="str")


def _belongs(organisations: pd.DataFrame, owners: pd.DataFrame) -> Floats:
    """Organisation by code, 1 where the code is part of it; `owners` has the membership of each code."""
    groups = owners.assign(practice=owners["ods_code"], icb=organisations["org"].iloc[-1])
    belongs = np.zeros((len(organisations), len(groups)))
    for level, rows in organisations.groupby("level", sort=False):
        at = positions(groups[str(level)], rows["org"])
        part = np.flatnonzero(at >= 0)
        belongs[rows.index[at[part]], part] = 1.0
    return belongs
