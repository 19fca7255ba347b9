"""The figures that claims are held against, asked of the position by what a sentence calls them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from les_xl import periods
from les_xl.marks import Cell, Mark
from les_xl.measures.banding import Banding
from les_xl.measures.silence import as_lines
from les_xl.position import Position
from les_xl.report.claims.subjects import About
from les_xl.report.figures import Record, exceptions, returns
from les_xl.report.words import CONTRACTS
from les_xl.spec.model import Contract, Service
from les_xl.spec.read import PublishedRow

MEASURES = {
    "planned": "planned",
    "delivered": "delivered",
    "planned_to_date": "planned to date",
    "delivered_to_date": "delivered to date",
    "pct_plan": "% of plan",
    "pct_plan_to_date": "% of plan to date",
    "variance": "variance",
    "variance_to_date": "variance to date",
    "change": "change on the month before",
    "annual_target": "annual target",
    "pct_annual": "% of annual target",
    "expected": "expected profile",
    "expected_to_date": "expected profile to date",
    "pct_expected_to_date": "% of the expected profile to date",
}
"""Measures as the source of a figure names them."""


@dataclass(frozen=True)
class Figure:
    """One right figure and where it comes from, in words."""

    value: float
    source: str


class Tally:
    """Questions to a position, in the months that its services have data for."""

    def __init__(self, position: Position) -> None:
        self.position = position

    def figure(self, measure: str, row: PublishedRow, about: About) -> Figure | None:
        """A measure of a published row for the organisation and month in question; None where unknown."""
        month = self.month(row, about)
        try:
            value = self.position.value(measure, row.les, row.metric, about.org, month)
        except KeyError:
            return None
        if isinstance(value, Mark):
            return None
        return Figure(value, self.source(row, MEASURES[measure], month, about.org))

    def source(self, row: PublishedRow, measure: str, month: str | None, org: str | None = None) -> str:
        """`LTC LES, delivered to date, October 2025`, with an organisation other than the ICB."""
        orgs = self.position.organisations
        names = orgs.loc[orgs["org"] == org, "name"] if org else ()
        parts = [row.label, *(str(name) for name in names[:1]), measure]
        return ", ".join([*parts, periods.long_label(month)] if month else parts)

    def month(self, row: PublishedRow, about: About) -> str:
        """The month in question: the one that is named, or the last with data of the LES."""
        return about.month or self.position.data_months.get(row.les) or self.position.edition.as_at

    def banding(self, about: About) -> Banding | None:
        """The banding of the LES in question, or the only one that there is."""
        named = [self.position.bandings[row.les] for row in about.rows if row.les in self.position.bandings]
        every = list(self.position.bandings.values())
        return named[0] if named else every[0] if len(every) == 1 else None

    def over(self, banding: Banding, edge: float) -> float:
        """The share of banded practices strictly above a fraction of their annual target."""
        return float((banding.practices["pct_annual"] > edge).mean())

    def over_last_month(self, banding: Banding, edge: float) -> float | None:
        """The same a month before; None where it is not kept for that edge."""
        kept = {0.5: banding.over_half_last_month, 0.75: banding.over_three_quarters_last_month}
        return kept.get(edge)

    def rows(self, contract: Contract | None) -> tuple[PublishedRow, ...]:
        """The published rows of a kind of contract, or all."""
        return self.position.specs.published_rows(contract)

    def services(self, about: About) -> tuple[Service, ...]:
        """The services of the section that is spoken of: those named, those of its contract, or all."""
        every = self.position.specs.services
        if about.rows:
            named = {row.les for row in about.rows}
            return tuple(service for service in every if service.les in named)
        return tuple(service for service in every if about.contract in (None, service.contract))

    def scope(self, about: About) -> str:
        """What such a section is called."""
        if about.rows:
            return ", ".join(dict.fromkeys(row.label for row in about.rows))
        return f"{CONTRACTS[about.contract].lower()} services" if about.contract else "all services"

    def returns(self, about: About) -> tuple[int, int]:
        """Returns received and expected of the section's published services, each in its data month."""
        pairs = [
            found
            for service in self.services(about)
            if service.published
            and (found := returns(self.position, service.les, service.headline.id)) is not None
        ]
        return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)

    def exceptions(self, about: About) -> list[Record]:
        """The exceptions of the section's services, as the list shows them."""
        held = {service.les for service in self.services(about)}
        return as_lines(found for found in exceptions(self.position) if found["les"] in held)

    def shares_to_date(self, contract: Contract | None) -> list[tuple[str, float]]:
        """Label and share of the plan to date of each published row that has one, lowest first."""
        found = []
        for row in self.rows(contract):
            figure = self.figure("pct_plan_to_date", row, About())
            if figure is not None:
                found.append((row.label, figure.value))
        return sorted(found, key=lambda pair: pair[1])

    def series(self, measure: str, row: PublishedRow, about: About | None = None) -> list[tuple[str, float]]:
        """Month and value from a row's first month with a figure to its data month; of the ICB by default."""
        last = self.month(row, About())
        months = [one for one in periods.months_of(periods.year_of(last)) if one <= last]
        org = about.org if about else None
        cells: list[tuple[str, Cell]] = [
            (month, self.position.value(measure, row.les, row.metric, org, month)) for month in months
        ]
        return [(month, cell) for month, cell in cells if not isinstance(cell, Mark)]

    def routine(self, contract: Contract) -> tuple[PublishedRow, ...]:
        """The rows of a contract that every practice may deliver, not only named providers."""
        services = self.position.specs
        return tuple(row for row in self.rows(contract) if not services.service(row.les).eligible.ods_codes)

    def joint_share(self, rows: tuple[PublishedRow, ...]) -> list[tuple[str, float]]:
        """Delivered over planned of several rows together, in each month in which all have both."""
        parts: dict[str, list[tuple[float, float]]] = {}
        for row in rows:
            planned = dict(self.series("planned", row))
            for month, delivered in self.series("delivered", row):
                if month in planned:
                    parts.setdefault(month, []).append((delivered, planned[month]))
        complete = {month: np.array(pairs) for month, pairs in parts.items() if len(pairs) == len(rows)}
        return [(month, float(pairs[:, 0].sum() / pairs[:, 1].sum())) for month, pairs in complete.items()]

    def signup_month(self, about: About) -> str:
        """The month that sign-up is asked of: the one that is named, or the as-at month."""
        known = set(self.position.signup["month"])
        return about.month if about.month and about.month in known else self.position.edition.as_at

    def signup_rows(
        self, services: tuple[Service, ...], about: About, org: str | None = None
    ) -> pd.DataFrame:
        """The rows of `Position.signup` of some LES for one organisation, the ICB by default."""
        frame = self.position.signup
        wanted = org or about.org or self.position.specs.workspace.icb.code
        here = frame[(frame["month"] == self.signup_month(about)) & (frame["org"] == wanted)]
        return here[here["les"].isin([service.les for service in services])]

    def signup_rates(
        self, services: tuple[Service, ...], of: str = "signup_pct", about: About | None = None
    ) -> npt.NDArray[np.float64]:
        """The sign-up rates of those LES that have one."""
        return self.signup_rows(services, about or About())[of].dropna().to_numpy(dtype=np.float64)

    def signed_up(self, month: str) -> dict[str, int]:
        """How many are signed up to each LES in a month; empty for one that is not of the year."""
        frame = self.position.signup
        here = frame[(frame["month"] == month) & (frame["level"] == "icb")]
        return dict(zip(here["les"], here["signed_up"].astype(int), strict=True))
