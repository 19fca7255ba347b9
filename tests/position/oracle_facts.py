"""Who counts, who belongs where and what was returned, by the rules in words: plain dicts and fractions."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pandas as pd

from les_xl.data.known import Known
from les_xl.periods import add_months, month_range, months_of
from les_xl.spec.model import Metric, Service
from les_xl.spec.read import Specs


class Facts:
    """Organisations, who of them counts in a month, who reported, and what."""

    def __init__(self, specs: Specs, known: Known, as_at: str | None = None) -> None:
        self.specs = specs
        self.year = specs.workspace.year
        self.months = months_of(self.year)
        self.orgs = records(known.organisations)
        self.codes = sorted({row["ods_code"] for row in self.orgs})
        self.signup = records(known.signup)
        self.activity = {
            (row["ods_code"], row["les"], row["metric"], row["month"]): Fraction(row["value"])
            for row in records(known.activity)
        }
        self.targets = {
            (row["ods_code"], row["les"], row["metric"]): Fraction(row["annual_target"])
            for row in records(known.targets)
            if row["year"] == self.year
        }
        self.overrides = {
            (row["ods_code"], row["les"], row["metric"], row["month"]): Fraction(row["planned"])
            for row in records(known.planned)
        }
        self.list_sizes = {
            (row["ods_code"], row["month"]): Fraction(row["list_size"]) for row in records(known.list_sizes)
        }
        self._cache: dict[Any, Any] = {}
        self.memory: dict[Any, Any] = {}
        self.as_at = as_at or self.default_as_at()

    # Organisations

    def facts(self, code: str) -> dict[str, str]:
        """The newest row of an organisation (the worlds of the tests have one row each)."""
        return next(row for row in self.orgs if row["ods_code"] == code)

    def list_size(self, code: str, month: str) -> Fraction | None:
        """Registered patients by the latest list up to the month."""
        lists = {at: size for (whose, at), size in self.list_sizes.items() if whose == code and at <= month}
        return lists[max(lists)] if lists else None

    def owner(self, code: str, month: str) -> str:
        """Who answers for a code in a month: itself, or whoever took it over, at the end of the chain."""
        seen, at = {code}, code
        while True:
            row = self.facts(at)
            if not row["closed"] or row["closed"] >= month or not row["successor"]:
                return at
            at = row["successor"]
            if at not in self.codes or at in seen:
                return code
            seen.add(at)

    def counts(self, code: str, service: Service, month: str) -> bool:
        """Open, signed up, not excluded, and the LES in service."""
        key = ("counts", code, service.les, month)
        if key not in self._cache:
            self._cache[key] = self._counts(code, service, month)
        return bool(self._cache[key])

    def _counts(self, code: str, service: Service, month: str) -> bool:
        if not (self.in_service(service, month) and self.could_sign_up(code, service, month)):
            return False
        if not any(entry["les"] == service.les for entry in self.signup):
            return True
        entry = self.signup_in_effect(code, service, month)
        return entry is not None and entry["status"] == "signed_up"

    def is_open(self, code: str, month: str) -> bool:
        """Something that can deliver, and open in the month."""
        row = self.facts(code)
        delivers = row["type"] in ("practice", "alternative_provider")
        return delivers and row["opened"] <= month and (not row["closed"] or row["closed"] >= month)

    def could_sign_up(self, code: str, service: Service, month: str) -> bool:
        """Open, may provide the LES, and not excluded."""
        eligible, kind = service.eligible, self.facts(code)["type"]
        if not self.is_open(code, month):
            return False
        if kind not in eligible.types or (eligible.ods_codes and code not in eligible.ods_codes):
            return False
        in_force = [rule for rule in service.exclude if (rule.from_ or "") <= month <= (rule.to or month)]
        if any(code in rule.ods_codes for rule in in_force):
            return False
        entry = self.signup_in_effect(code, service, month)
        return entry is None or entry["reason"] not in [rule.rule for rule in in_force]

    def signup_in_effect(self, code: str, service: Service, month: str) -> dict[str, str] | None:
        """The row that began last; of two that began together, the one loaded later."""
        found: dict[str, str] | None = None
        for entry in self.signup:
            mine = entry["ods_code"] == code and entry["les"] == service.les
            begun = entry["from"] <= month and (not entry["to"] or entry["to"] >= month)
            if mine and begun and (found is None or entry["from"] >= found["from"]):
                found = entry
        return found

    @staticmethod
    def in_service(service: Service, month: str) -> bool:
        return service.starts <= month and (service.ends is None or month <= service.ends)

    def groups(self) -> Iterator[tuple[str, str, list[str]]]:
        """Level, org and the codes that make it up, by the membership of the as-at month."""
        owners = {code: self.owner(code, self.as_at) for code in self.codes}
        shown = {
            owners[code]
            for code in self.codes
            if self.facts(code)["type"] in ("practice", "alternative_provider")
            and self.facts(code)["opened"] <= self.months[-1]
            and not ("" < self.facts(code)["closed"] < self.months[0])
        }
        for practice in shown:
            yield "practice", practice, [code for code in self.codes if owners[code] == practice]
        for level in ("pcn", "place", "sub_icb"):
            names = {self.facts(code)[level] for code in self.codes} - {""}
            if level == "sub_icb":
                names |= {group.code for group in self.specs.workspace.sub_icbs}
            for name in names:
                yield level, name, [code for code in self.codes if self.facts(owners[code])[level] == name]
        yield "icb", self.specs.workspace.icb.code, list(self.codes)

    # Returns

    def leaves(self, service: Service, metric: Metric) -> list[str]:
        if not metric.sum_of:
            return [metric.id]
        return [leaf for part in metric.sum_of for leaf in self.leaves(service, service.metric(part))]

    def returned(self, code: str, service: Service, metric: Metric, month: str) -> Fraction | None:
        """What an organisation that counts returned; None where nothing."""
        if not self.counts(code, service, month):
            return None
        keys = [(code, service.les, leaf, month) for leaf in self.leaves(service, metric)]
        found = [self.activity[key] for key in keys if key in self.activity]
        return sum(found, Fraction(0)) if found else None

    def heard(self, service: Service, month: str) -> tuple[int, int]:
        """How many reported anything that is published, of how many that count."""
        key = ("heard", service.les, month)
        if key not in self._cache:
            self._cache[key] = self._heard(service, month)
        reported, counting = self._cache[key]
        return reported, counting

    def _heard(self, service: Service, month: str) -> tuple[int, int]:
        shown = [metric for metric in service.metrics if metric.headline or metric.published_as]
        counting = [code for code in self.codes if self.counts(code, service, month)]
        reported = [
            code
            for code in counting
            if any(self.returned(code, service, metric, month) is not None for metric in shown)
        ]
        return len(reported), len(counting)

    def default_as_at(self) -> str:
        """The latest month in which half of all pairs reported, of LES that ever did; empty for none."""
        ever = [service for service in self.specs.services if self.ever_heard(service)]
        for month in reversed(self.months):
            pairs = [self.heard(service, month) for service in ever]
            reported, counting = (sum(pair[at] for pair in pairs) for at in (0, 1))
            if reported and reported * 2 >= counting:
                return month
        return ""

    def ever_heard(self, service: Service) -> bool:
        """Whether anything came of a LES, in the year or the one before it."""
        months = month_range(add_months(self.months[0], -12), self.months[-1])
        return any(self.heard(service, month)[0] for month in months)

    def data_month(self, service: Service) -> str | None:
        for month in reversed(self.months):
            reported, counting = self.heard(service, month)
            if month <= self.as_at and reported and reported * 2 >= counting:
                return month
        return None


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
