"""Questions about organisations by month: who counts, who belongs where, and who took over from whom."""

from collections.abc import Iterable, Mapping

import pandas as pd

from les_xl.data.known import Known
from les_xl.spec.read import Specs

COUNTED_TYPES = ("practice", "alternative_provider")
"""Types of organisation that can deliver a LES."""

SIGNED_UP = "signed_up"

_KEY = ["ods_code", "les", "month"]


def counting(known: Known, specs: Specs, months: Iterable[str]) -> pd.DataFrame:
    """Who counts, where and when: ods_code, les, month; one row for each, sorted.

    In a month an organisation counts for a LES if it is a practice or an alternative provider, is open (it
    counts in the month in which it opens and in the one in which it closes), may provide it (`eligible`), its
    sign-up row in effect says signed up, and no exclusion of the LES is in force. Where no sign-up row at all
    is known for a LES, every open organisation that may provide it counts. A LES's own start and end are not
    looked at. Source: DESIGN, "Who counts".
    """
    provision = providing(known, specs, months)
    return provision.loc[provision["signed_up"], _KEY].reset_index(drop=True)


def providing(known: Known, specs: Specs, months: Iterable[str]) -> pd.DataFrame:
    """Who could provide what, and who does: ods_code, les, month, signed_up; one row for each, sorted.

    A row is an organisation that is open, may provide the LES (`eligible`) and is not excluded from it by a
    rule. `signed_up` is True where its sign-up row in effect says so, and for a LES of which no sign-up row
    at all is known.
    """
    wanted = _month_frame(months)
    opened = open_organisations(known, wanted["month"])[["ods_code", "type", "month"]]
    effective = signup_in_effect(known, wanted["month"])
    every = _eligible(opened, specs)
    provision = _without(every, _excluded(effective, every, specs))
    signed = effective.loc[effective["status"] == SIGNED_UP, _KEY]
    has_signed = pd.MultiIndex.from_frame(provision[_KEY]).isin(pd.MultiIndex.from_frame(signed))
    signed_up = has_signed | ~provision["les"].isin(known.signup["les"]).to_numpy()
    return provision[_KEY].assign(signed_up=signed_up).sort_values(_KEY, ignore_index=True)


def allowed(known: Known, specs: Specs, months: Iterable[str]) -> pd.DataFrame:
    """Who is open and may provide which LES, excluded by a rule or not: ods_code, les, month."""
    return _eligible(open_organisations(known, months)[["ods_code", "type", "month"]], specs)


def open_organisations(known: Known, months: Iterable[str]) -> pd.DataFrame:
    """Practices and alternative providers open in each month: the columns of `membership`, and month.

    An organisation is open in the months from the one in which it opens to the one in which it closes, both
    included. Opening and closing are facts about the organisation, so the newest row of its code tells them.
    """
    rows = _rows_in_effect(known, months)
    counted = rows["type"].isin(COUNTED_TYPES)
    closed = (rows["closed"] != "") & (rows["closed"] < rows["month"])
    return rows[counted & (rows["opened"] <= rows["month"]) & ~closed].reset_index(drop=True)


def membership(known: Known, as_at: str) -> pd.DataFrame:
    """Where each organisation belongs in the month `as_at`: one row a code, closed organisations included.

    Columns: ods_code, name, type, pcn, pcn_name, sub_icb, sub_icb_name, place, trust, opened, closed,
    successor. Names and groups are those in effect in that month (the latest valid_from up to it; before
    an organisation's first row, that row); opened, closed and successor are as known last.
    """
    return _rows_in_effect(known, [as_at]).drop(columns="month")


def successors(known: Known, as_at: str) -> Mapping[str, str]:
    """For each organisation closed before the month `as_at`, the code that its history now belongs to.

    Follows chains to their end (A to B, B to C: A to C). An organisation stays its own, and so is not in the
    mapping, where it is not closed yet (it still counts in the month of closing), names no successor, or
    where the chain leads in a circle or to a code that is not an organisation.
    """
    rows = membership(known, as_at)
    gone = rows[(rows["closed"] != "") & (rows["closed"] < as_at) & (rows["successor"] != "")]
    follows = dict(zip(gone["ods_code"], gone["successor"], strict=True))
    codes = set(rows["ods_code"])
    final = {code: _end_of_chain(code, follows) for code in follows}
    return {code: end for code, end in final.items() if end is not None and end in codes}


def signup_in_effect(known: Known, months: Iterable[str]) -> pd.DataFrame:
    """The sign-up row in effect for each organisation, LES and month: ods_code, les, month, status, reason.

    In effect is the row with the latest `from` up to the month whose `to` is empty or not before the month.
    """
    rows = known.signup.merge(_month_frame(months), how="cross")
    begun = rows["from"] <= rows["month"]
    over = (rows["to"] != "") & (rows["to"] < rows["month"])
    latest = rows[begun & ~over].sort_values([*_KEY, "from"]).drop_duplicates(_KEY, keep="last")
    return latest[[*_KEY, "status", "reason"]].reset_index(drop=True)


def _rows_in_effect(known: Known, months: Iterable[str]) -> pd.DataFrame:
    rows = known.organisations.sort_values(["ods_code", "valid_from"], ignore_index=True)
    by_code = rows.groupby("ods_code", sort=False)
    for fact in ("opened", "closed", "successor"):
        rows[fact] = by_code[fact].transform("last")
    # An organisation's first row also speaks for the months before it: `opened` says since when it was there.
    rows["valid_from"] = rows["valid_from"].where(by_code.cumcount() > 0, "")
    crossed = rows.merge(_month_frame(months), how="cross")
    begun = crossed[crossed["valid_from"] <= crossed["month"]]
    latest = begun.drop_duplicates(["ods_code", "month"], keep="last")
    return latest.drop(columns="valid_from").reset_index(drop=True)


def _eligible(opened: pd.DataFrame, specs: Specs) -> pd.DataFrame:
    """Who of the organisations may provide which LES: ods_code, les, month."""
    allowed = [(service.les, kind) for service in specs.services for kind in service.eligible.types]
    by_type = opened.merge(pd.DataFrame(allowed, columns=["les", "type"], dtype="str"), on="type")
    named = [(service.les, code) for service in specs.services for code in service.eligible.ods_codes]
    providers = pd.MultiIndex.from_tuples(named, names=["les", "ods_code"])
    open_to_all = ~by_type["les"].isin([les for les, _ in named])
    is_named = pd.MultiIndex.from_frame(by_type[["les", "ods_code"]]).isin(providers)
    return by_type.loc[open_to_all | is_named, _KEY]


def _excluded(effective: pd.DataFrame, candidates: pd.DataFrame, specs: Specs) -> pd.DataFrame:
    """Keys (ods_code, les, month) at which an exclusion of the LES is in force."""
    rules = _exclusions(specs)
    named = effective.merge(rules[rules["ods_code"] == ""].drop(columns="ods_code"), on=["les", "reason"])
    coded = candidates.merge(rules[rules["ods_code"] != ""].drop(columns="reason"), on=["les", "ods_code"])
    found = pd.concat([named, coded], ignore_index=True)
    over = (found["to"] != "") & (found["to"] < found["month"])
    return found.loc[(found["from"] <= found["month"]) & ~over, _KEY].drop_duplicates()


def _exclusions(specs: Specs) -> pd.DataFrame:
    """One row for each rule (ods_code "") and one for each code that a rule names."""
    rows = [
        (service.les, rule.rule, code, rule.from_ or "", rule.to or "")
        for service in specs.services
        for rule in service.exclude
        for code in ("", *rule.ods_codes)
    ]
    return pd.DataFrame(rows, columns=["les", "reason", "ods_code", "from", "to"], dtype="str")


def _without(rows: pd.DataFrame, taken: pd.DataFrame) -> pd.DataFrame:
    joined = rows.merge(taken, on=_KEY, how="left", indicator="found")
    return joined[joined["found"] == "left_only"]


def _end_of_chain(code: str, follows: Mapping[str, str]) -> str | None:
    seen = {code}
    while code in follows:
        code = follows[code]
        if code in seen:
            return None
        seen.add(code)
    return code


def _month_frame(months: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame({"month": list(dict.fromkeys(months))}, dtype="str")
