"""The position worked out again, slowly and plainly, from the rules in words: plain dicts and fractions."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from les_xl.periods import add_months, month_range
from les_xl.spec.model import FlatPlan, Metric, ProfilePlan, Service
from tests.position.oracle_facts import Facts

X, Z = "[x]", "[z]"
NEVER = "never"
Cell = Fraction | str
HISTORY = "2024-04"
# Mondays to Fridays without the bank holidays of England, counted on the calendars of 2025 and 2026.
WORKING_DAYS = dict(
    zip(month_range("2025-04", "2026-03"), (20, 20, 21, 23, 20, 22, 23, 20, 21, 21, 20, 22), strict=True)
)


class Oracle(Facts):
    """Every figure by the rules, one at a time."""

    # Plan

    def flat_plan(self, service: Service, metric: Metric, month: str) -> FlatPlan | None:
        """The flat plan that began last (the first, where none has begun)."""
        plans = [
            plan
            for plan in service.plan
            if isinstance(plan, FlatPlan)
            and plan.year == self.year
            and (plan.metric or service.headline.id) == metric.id
        ]
        plans.sort(key=lambda plan: plan.from_ or service.starts)
        begun = [plan for plan in plans if (plan.from_ or service.starts) <= month]
        return begun[-1] if begun else plans[0] if plans else None

    def per_month(
        self, service: Service, metric: Metric, month: str, seen_in: str | None = None
    ) -> Fraction | None:
        """The plan of a month; seen from an earlier month, the plan of that month runs on."""
        if seen_in is not None and seen_in < month:
            here, then = (self.per_month(service, metric, at) for at in (month, seen_in))
            return here if here is None or then is None else then
        plan = self.flat_plan(service, metric, month)
        if plan is None or not self.in_service(service, month):
            return None
        if not (plan.from_ or service.starts) <= month <= (plan.to or month):
            return None
        return Fraction(plan.per_month)

    def weight(self, code: str, service: Service, metric: Metric, month: str) -> Fraction | None:
        """Targets loaded for whoever the code answers for in the month."""
        found = [
            self.targets[other, service.les, metric.id]
            for other in self.codes
            if self.owner(other, month) == code and (other, service.les, metric.id) in self.targets
        ]
        return sum(found, Fraction(0)) if found else None

    def override(self, code: str, service: Service, metric: Metric, month: str) -> Fraction | None:
        if not self.counts(code, service, month):
            return None
        return self.overrides.get((code, service.les, metric.id, month))

    def planned(
        self,
        codes: list[str],
        whole: bool,
        service: Service,
        metric: Metric,
        month: str,
        seen_in: str | None = None,
    ) -> Cell:
        if not self.in_service(service, month):
            return Z
        counting = [code for code in self.codes if self.counts(code, service, month)]
        overridden = {
            code: value
            for code in counting
            if (value := self.override(code, service, metric, month)) is not None
        }
        per_month = self.per_month(service, metric, month, seen_in)
        shares: dict[str, Fraction] = dict(overridden)
        if per_month is not None:
            weights = {
                code: weight
                for code in counting
                if code not in overridden
                and (weight := self.weight(code, service, metric, month)) is not None
            }
            pool = max(per_month - sum(overridden.values()), Fraction(0))
            total = sum(weights.values())
            if total:
                shares |= {code: pool * weight / total for code, weight in weights.items()}
        mine = [shares[code] for code in codes if code in shares]
        if mine:
            return sum(mine, Fraction(0))
        return per_month if whole and per_month is not None else Z

    def reference(self, service: Service) -> str:
        month = self.data_month(service) or max(self.as_at, service.starts)
        month = min(month, service.ends or month, self.months[-1])
        return max(month, self.months[0])

    def target_of(self, code: str, service: Service, metric: Metric, month: str) -> Fraction | None:
        """What a code that counts answers for: targets, or the year's overrides where there is no target."""
        if not self.counts(code, service, month):
            return None
        found = []
        for other in self.codes:
            if self.owner(other, month) != code:
                continue
            target = self.targets.get((other, service.les, metric.id))
            overrides = [
                self.overrides[key]
                for in_year in self.months
                if self.in_service(service, in_year)
                and (key := (other, service.les, metric.id, in_year)) in self.overrides
            ]
            if target is not None:
                found.append(target)
            elif overrides:
                found.append(sum(overrides, Fraction(0)))
        return sum(found, Fraction(0)) if found else None

    def annual(self, codes: list[str], whole: bool, service: Service, metric: Metric, month: str) -> Cell:
        counting = [code for code in self.codes if self.counts(code, service, month)]
        targets = {code: self.target_of(code, service, metric, month) for code in counting}
        plan = self.flat_plan(service, metric, month)
        loaded = any(self.weight(code, service, metric, month) is not None for code in counting)
        complete = bool(counting) and all(target is not None for target in targets.values())
        if whole and plan is not None and not loaded and not complete:
            if plan.annual_target is not None:
                return Fraction(plan.annual_target)
            if any(self.per_month(service, metric, at) is not None for at in self.months):
                months = [self.planned(codes, True, service, metric, at, month) for at in self.months]
                numbers = [number for number in months if isinstance(number, Fraction)]
                return numbers[-1] if metric.kind == "stock" else sum(numbers, Fraction(0))
        mine = [target for code in codes if (target := targets.get(code)) is not None]
        return sum(mine, Fraction(0)) if mine else Z

    def shares(self, service: Service, metric: Metric) -> dict[str, Fraction] | None:
        for plan in service.plan:
            mine = isinstance(plan, ProfilePlan) and (plan.metric or service.headline.id) == metric.id
            if mine and isinstance(plan, ProfilePlan) and plan.year == self.year:
                first = min(plan.shares)
                return {
                    month: Fraction(str(plan.shares.get(month, 0)))
                    for month in self.months
                    if month >= first and self.in_service(service, month)
                }
        return None

    # Figures

    def delivered(self, codes: list[str], service: Service, metric: Metric, month: str) -> Cell:
        counting = [code for code in codes if self.counts(code, service, month)]
        if not counting:
            return Z
        returns = [
            value for code in counting if (value := self.returned(code, service, metric, month)) is not None
        ]
        last = self.data_month(service)
        before_the_year = month < self.months[0]
        if not returns or not (before_the_year or (last is not None and month <= last)):
            return X
        return sum(returns, Fraction(0))

    def to_date(self, series: dict[str, Cell], service: Service, metric: Metric) -> dict[str, Cell]:
        last = self.data_month(service)
        found: dict[str, Cell] = {}
        for month in self.months:
            so_far = [series[at] for at in self.months if at <= month]
            numbers = [number for number in so_far if isinstance(number, Fraction)]
            if metric.kind == "stock":
                so_far, numbers = [series[month]], [n for n in [series[month]] if isinstance(n, Fraction)]
            if all(cell == Z for cell in so_far):
                found[month] = Z
            elif last is None or month > last or not numbers:
                found[month] = X
            else:
                found[month] = sum(numbers, Fraction(0))
        return found

    def figures(self) -> Iterator[tuple[tuple[str, str, str, str, str], dict[str, Cell]]]:
        """Every cell: (les, metric, level, org, month) and the measures by name."""
        groups = list(self.groups())
        for service in self.specs.services:
            for metric in service.metrics:
                for level, org, codes in groups:
                    rows = self.rows(codes, level == "icb", service, metric)
                    for month, row in rows.items():
                        yield (service.les, metric.id, level, org, month), row

    def rows(
        self, codes: list[str], whole: bool, service: Service, metric: Metric
    ) -> dict[str, dict[str, Cell]]:
        annual = self.annual(codes, whole, service, metric, self.reference(service))
        planned = {month: self.planned(codes, whole, service, metric, month) for month in self.months}
        history = month_range(HISTORY, self.months[-1])
        delivered = {month: self.delivered(codes, service, metric, month) for month in history}
        change = {month: minus(delivered[month], delivered[before]) for before, month in pairwise(history)}
        on_year = {month: minus(delivered[month], delivered[add_months(month, -12)]) for month in self.months}
        pounds = {
            month: self.pounds(codes, service, metric, month, delivered[month]) for month in self.months
        }
        outstanding: dict[str, Cell] = {
            month: self.outstanding(codes, service, metric, month) for month in self.months
        }
        shares = self.shares(service, metric)
        expected: dict[str, Cell] = {
            month: Z
            if shares is None or month not in shares or isinstance(annual, str)
            else annual * shares[month]
            for month in self.months
        }
        planned_td, delivered_td, expected_td = (
            self.to_date(series, service, metric) for series in (planned, delivered, expected)
        )
        pounds_td, outstanding_td = (
            self.to_date(series, service, metric) for series in (pounds, outstanding)
        )
        rates = {month: self.run_rate(codes, service, metric, month) for month in self.months}
        return {
            month: {
                "planned": planned[month],
                "delivered": delivered[month],
                "pct_plan": over(delivered[month], planned[month]),
                "variance": minus(delivered[month], planned[month]),
                "planned_to_date": planned_td[month],
                "delivered_to_date": delivered_td[month],
                "pct_plan_to_date": over(delivered_td[month], planned_td[month]),
                "variance_to_date": minus(delivered_td[month], planned_td[month]),
                "pct_annual": over(delivered_td[month], annual),
                "expected": expected[month],
                "expected_to_date": expected_td[month],
                "pct_expected_to_date": over(delivered_td[month], expected_td[month]),
                "change": change[month],
                "forecast": self.forecast(codes, service, metric, month),
                "rate_per_1000": self.rate(codes, service, metric, month),
                "annual_target": annual,
                "change_on_year": on_year[month],
                "per_working_day": Z
                if metric.kind == "stock"
                else over(delivered[month], Fraction(WORKING_DAYS[month])),
                "pounds": pounds[month],
                "pounds_to_date": pounds_td[month],
                "outstanding_to_date": outstanding_td[month],
                "run_rate": rates[month],
                "months_to_recover": months_until(
                    minus(planned_td[month], delivered_td[month]),
                    minus(rates[month], planned[month]),
                ),
                "months_to_target": months_until(minus(annual, delivered_td[month]), rates[month]),
            }
            for month in self.months
        }

    def forecast(self, codes: list[str], service: Service, metric: Metric, month: str) -> Cell:
        """Each practice at its own rate: the mean of its months with a return, for all of its months."""
        so_far = [at for at in self.months if at <= month]
        if metric.kind == "stock" or not any(
            self.counts(code, service, at) for code in codes for at in so_far
        ):
            return Z
        last = self.data_month(service)
        found = []
        for parts in self.rows_of_practices.values():
            if not set(parts) <= set(codes):
                continue
            counting = {at for at in self.months for code in parts if self.counts(code, service, at)}
            served = len([at for at in so_far if at in counting])
            if month in counting:
                served += len([at for at in self.months if at > month and self.in_service(service, at)])
            returns = [self.returned_by(parts, service, metric, at) for at in so_far]
            known = [value for value in returns if value is not None]
            if known:
                found.append(sum(known, Fraction(0)) / len(known) * served)
        if last is None or month > last or not found:
            return X
        return sum(found, Fraction(0))

    def pounds(self, codes: list[str], service: Service, metric: Metric, month: str, delivered: Cell) -> Cell:
        """By the metric's own tariff, else by those of all its parts."""
        paid = (
            [metric]
            if metric.tariff is not None
            else [service.metric(leaf) for leaf in self.leaves(service, metric)]
        )
        if metric.kind == "stock" or any(part.tariff is None for part in paid):
            return Z
        if isinstance(delivered, str):
            return delivered
        amounts = [
            value * Fraction(part.tariff or 0)
            for part in paid
            if isinstance(value := self.delivered(codes, service, part, month), Fraction)
        ]
        return sum(amounts, Fraction(0))

    def outstanding(self, codes: list[str], service: Service, metric: Metric, month: str) -> Cell:
        """Returns of a month that have not come."""
        counting = [code for code in codes if self.counts(code, service, month)]
        missing = [code for code in counting if self.returned(code, service, metric, month) is None]
        return Fraction(len(missing)) if counting else Z

    def run_rate(self, codes: list[str], service: Service, metric: Metric, month: str) -> Cell:
        """Of each practice that counts, the mean of its last three months with a return."""
        if metric.kind == "stock" or not any(self.counts(code, service, month) for code in codes):
            return Z
        last, found = self.data_month(service), []
        for parts in self.rows_of_practices.values():
            if not set(parts) <= set(codes) or not any(self.counts(code, service, month) for code in parts):
                continue
            returns = [self.returned_by(parts, service, metric, at) for at in self.months if at <= month]
            known = [value for value in returns if value is not None][-3:]
            if known:
                found.append(sum(known, Fraction(0)) / len(known))
        return X if last is None or month > last or not found else sum(found, Fraction(0))

    def returned_by(self, codes: list[str], service: Service, metric: Metric, month: str) -> Fraction | None:
        """What those of the codes that count returned; None where none of them returned anything."""
        counting = [code for code in codes if self.counts(code, service, month)]
        values = [self.returned(code, service, metric, month) for code in counting]
        known = [value for value in values if value is not None]
        return sum(known, Fraction(0)) if known else None

    def rate(self, codes: list[str], service: Service, metric: Metric, month: str) -> Cell:
        """Per 1,000 patients of those that reported and have a list."""
        counting = [code for code in codes if self.counts(code, service, month)]
        if not counting:
            return Z
        last = self.data_month(service)
        pairs = [
            (value, patients)
            for code in counting
            if (value := self.returned(code, service, metric, month)) is not None
            and (patients := self.list_size(code, month)) is not None
        ]
        if last is None or month > last or not pairs:
            return X
        everybody = sum((size for _, size in pairs), Fraction(0))
        return sum((value for value, _ in pairs), Fraction(0)) * 1000 / everybody if everybody else Z

    @cached_property
    def rows_of_practices(self) -> dict[str, list[str]]:
        return {org: codes for level, org, codes in self.groups() if level == "practice"}

    def bands(self, service: Service, month: str) -> dict[str, tuple[str, Cell]]:
        """Of each practice that counts in a month and has a target: its band and its share of the target."""
        assert service.bands is not None
        found: dict[str, tuple[str, Cell]] = {}
        for practice, codes in self.rows_of_practices.items():
            if not any(self.counts(code, service, month) for code in codes):
                continue
            series = {at: self.delivered(codes, service, service.headline, at) for at in self.months}
            target = self.annual(codes, False, service, service.headline, month)
            share = over(self.to_date(series, service, service.headline)[month], target)
            if share == Z:
                continue
            at = 0
            if isinstance(share, Fraction):
                at = sum(share > Fraction(str(edge)) for edge in service.bands.edges)
            found[practice] = (service.bands.labels[at], share)
        return found


def minus(left: Cell, right: Cell) -> Cell:
    if Z in (left, right):
        return Z
    if isinstance(left, str) or isinstance(right, str):
        return X
    return left - right


def months_until(missing: Cell, gain: Cell) -> Cell:
    if Z in (missing, gain):
        return Z
    if isinstance(missing, str) or isinstance(gain, str):
        return X
    if missing <= 0:
        return Fraction(0)
    return missing / gain if gain > 0 else NEVER


def over(left: Cell, right: Cell) -> Cell:
    if Z in (left, right) or right == 0:
        return Z
    if isinstance(left, str) or isinstance(right, str):
        return X
    return left / right
