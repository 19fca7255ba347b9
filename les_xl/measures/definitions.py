"""What each measure is: definition, unit, formula and source, from which `docs/measures.md` is made."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal[
    "count", "fraction", "ratio", "percentage points", "pounds", "per 1,000 patients", "months", "text"
]

REPORT = "performance report, November 2025"
PAPER = "monitoring paper, 28 May 2025"
DESIGN = "rule of LES-XL"


@dataclass(frozen=True)
class Definition:
    """A measure as people read it. `formula` is in words and names of other measures."""

    name: str
    title: str
    unit: Unit
    meaning: str
    formula: str
    source: str
    group: str = "Delivery"


_DELIVERY = (
    Definition(
        "planned",
        "Planned",
        "count",
        "Activity planned for a month, of the organisations that count in it.",
        "the loaded plan; else the flat plan of the month, shared in proportion to annual targets",
        REPORT,
    ),
    Definition(
        "delivered",
        "Delivered",
        "count",
        "Activity reported for a month, of the organisations that count in it.",
        "sum of what is known; a register (stock) is the count at the end of the month",
        REPORT,
    ),
    Definition("pct_plan", "% of plan", "fraction", "Delivered against plan.", "delivered ÷ planned", REPORT),
    Definition("variance", "Variance", "count", "Delivered beyond plan.", "delivered − planned", DESIGN),
    Definition(
        "planned_to_date",
        "Planned to date",
        "count",
        "Plan from the first month of the LES to a month.",
        "sum of planned over the months; of a register, the month's",
        DESIGN,
    ),
    Definition(
        "delivered_to_date",
        "Delivered to date",
        "count",
        "Delivered from the first month of the LES to a month.",
        "sum of delivered over the months with a return; of a register, the month's",
        REPORT,
    ),
    Definition(
        "pct_plan_to_date",
        "% of plan to date",
        "fraction",
        "Delivered against plan so far.",
        "delivered to date ÷ planned to date",
        REPORT,
    ),
    Definition(
        "variance_to_date",
        "Variance to date",
        "count",
        "Delivered beyond plan so far.",
        "delivered to date − planned to date",
        DESIGN,
    ),
    Definition(
        "annual_target",
        "Annual target",
        "count",
        "What is to be delivered in the financial year.",
        "practices' own targets; else the target of the specification; else the sum of the monthly plans",
        PAPER,
    ),
    Definition(
        "pct_annual",
        "% of annual target",
        "fraction",
        "Delivered of the year's target so far; practices are banded by it.",
        "delivered to date ÷ annual target",
        REPORT,
    ),
    Definition(
        "expected",
        "Expected",
        "count",
        "Activity of a month by the expected profile.",
        "annual target × the profile's share of the month",
        PAPER,
    ),
    Definition(
        "expected_to_date",
        "Expected to date",
        "count",
        "Activity so far by the expected profile.",
        "sum of expected over the months",
        PAPER,
    ),
    Definition(
        "pct_expected_to_date",
        "% of expected to date",
        "fraction",
        "Delivered against the expected profile so far; within expectations from 90 %.",
        "delivered to date ÷ expected to date",
        PAPER,
    ),
    Definition(
        "change",
        "Change on the month before",
        "count",
        "How much more was delivered than in the month before.",
        "delivered − delivered of the month before",
        REPORT,
    ),
    Definition(
        "forecast",
        "Forecast of the year",
        "count",
        "Delivered in the whole year if it goes on at the rate so far; a register has none.",
        "for each practice: delivered to date ÷ months reported × months of the year in which it counts; "
        "a group is the sum of its practices",
        DESIGN,
    ),
    Definition(
        "rate_per_1000",
        "Per 1,000 patients",
        "per 1,000 patients",
        "Delivered in a month for each 1,000 registered patients, at the latest list size up to the month.",
        "delivered ÷ patients × 1,000, both of those that reported and have a list",
        DESIGN,
    ),
    Definition(
        "n_expected",
        "Expected returns",
        "count",
        "Organisations that count: open, signed up, not excluded.",
        "number of organisations that count in the month",
        DESIGN,
    ),
    Definition(
        "n_reported",
        "Returns",
        "count",
        "Organisations that count and reported.",
        "number of those with a figure, 0 included",
        DESIGN,
    ),
)

_PACE = (
    Definition(
        "change_on_year",
        "Change on the year before",
        "count",
        "How much more was delivered than in the same month of the year before, where the LES ran then.",
        "delivered − delivered of the month twelve months before",
        DESIGN,
    ),
    Definition(
        "per_working_day",
        "Per working day",
        "count",
        "Delivered on each working day of a month, so that short months can be held against long ones.",
        "delivered ÷ days from Monday to Friday that are no bank holiday in England; a register has none",
        DESIGN,
    ),
    Definition(
        "pounds",
        "Pounds",
        "pounds",
        "What the activity of a month is worth, where the specification has a tariff.",
        "delivered × tariff; of a sum without a tariff of its own, the pounds of its parts",
        DESIGN,
    ),
    Definition(
        "pounds_to_date",
        "Pounds to date",
        "pounds",
        "What the activity so far is worth.",
        "sum of pounds over the months with a return",
        DESIGN,
    ),
    Definition(
        "outstanding_to_date",
        "Returns outstanding",
        "count",
        "Returns up to a month that have not come; figures are provisional with any, final with none.",
        "sum of expected returns − returns over the months; of a register, the month's",
        DESIGN,
    ),
    Definition(
        "run_rate",
        "Recent rate",
        "count",
        "Delivered in a month, lately.",
        "for each practice that counts, the mean of its last three months of the year with a return; "
        "a group is the sum of its practices",
        DESIGN,
    ),
    Definition(
        "months_to_recover",
        "Months to recover",
        "months",
        "Until delivered to date is planned to date, at the recent rate; infinite: not at this rate.",
        "(planned to date − delivered to date) ÷ (recent rate − the plan of the month); "
        "0 where nothing is short, infinite where the recent rate is not above that plan",
        DESIGN,
    ),
    Definition(
        "months_to_target",
        "Months to the annual target",
        "months",
        "Until delivered to date is the annual target, at the recent rate; infinite: not at this rate.",
        "(annual target − delivered to date) ÷ recent rate; 0 where it is reached",
        DESIGN,
    ),
    Definition(
        "contribution_share",
        "Contribution to a change",
        "fraction",
        "Part of the ICB's change on the month before that a sub-ICB accounts for; parts make the whole.",
        "delivered − delivered of the month before, where no return adds nothing ÷ the ICB's change",
        DESIGN,
    ),
    Definition(
        "contribution_points",
        "Contribution to growth",
        "fraction",
        "Part of the ICB's growth on the month before that a sub-ICB accounts for; parts make the growth.",
        "the same difference ÷ what the ICB delivered in the month before",
        DESIGN,
    ),
)

_TRENDS = (
    Definition(
        "xmr_limits",
        "Process limits",
        "count",
        "Where the months of a process that does not change lie; from 12 months, as trial limits up to 19.",
        "mean ± 2.66 × mean moving range; near limits at two thirds of it",
        "NHSRplotthedots; Making Data Count",
        "Special cause",
    ),
    Definition(
        "special_cause",
        "Special cause",
        "text",
        "Why a month is not like the others.",
        "outside a limit; 7 rising or falling; 2 of 3 beyond a near limit; 7 on one side of the mean",
        "NHSRplotthedots; Making Data Count",
        "Special cause",
    ),
    Definition(
        "variation",
        "Variation",
        "text",
        "Special cause improvement or concern, special cause of neither, or common cause; "
        "nothing is said under 12 months.",
        "special cause up or down against the direction of improvement: of the metric's chart, else of the "
        "rule of special cause, else up",
        "NHSRplotthedots; Making Data Count",
        "Special cause",
    ),
    Definition(
        "assurance",
        "Assurance",
        "text",
        "Whether a process, as it is, meets its target: consistently passing, consistently failing, or hit "
        "and miss; none under 12 months, and where neither direction is better.",
        "target strictly beyond the limits of the latest month: above the upper, failing where more is "
        "better; below the lower, passing; else, on a limit too, hit and miss",
        "NHSRplotthedots; Making Data Count",
        "Special cause",
    ),
    Definition(
        "chart_target",
        "Target of a chart",
        "count",
        "What a month is to deliver.",
        "for the ICB the target of the metric's chart; where it gives none, for each group too, the plan of "
        "the month, if every month of the year so far that has a plan has the same, above 0",
        DESIGN,
        "Special cause",
    ),
    Definition(
        "rebased",
        "Limits calculated anew",
        "text",
        "Why limits begin anew in a month: a change of the process that is understood and lasts.",
        "limits and rules take in the months from one change to the next only; the reason is in the "
        "specification, and stands above the chart",
        "NHSRplotthedots; Making Data Count",
        "Special cause",
    ),
)

_EXCEPTIONS = (
    Definition(
        "status",
        "Status of an exception",
        "text",
        "New, or continuing from the month before the data month; what is no longer flagged is resolved.",
        "the same rules in the month before, by what is known of it now; in April everything is new",
        DESIGN,
        "Exceptions",
    ),
    Definition(
        "since",
        "Since",
        "text",
        "First month of the unbroken run in which it was so, of the financial year.",
        "the condition month by month, up to the data month; of special cause the points of one cause",
        DESIGN,
        "Exceptions",
    ),
    Definition(
        "left_out",
        "Too small to judge",
        "count",
        "What a rule would flag by numbers that are too small; left out of the list and counted.",
        "the larger figure of a percentage or difference is under `least` (15); so are a month and its mean",
        "OpenPrescribing's practice of numerators under 15; rule of LES-XL",
        "Exceptions",
    ),
)

_PEERS = (
    Definition(
        "expected_by_peers",
        "Expected by peers",
        "count",
        "What a practice would have delivered to date at the rate of all practices that count.",
        "sum of their delivered ÷ sum of their patients × its own patients, each over the months with a "
        "return, at the latest list size; of a share of another metric, that metric in place of patients",
        "PHE technical guide",
        "Peers",
    ),
    Definition(
        "ratio_to_peers",
        "% of expected",
        "fraction",
        "Delivered against what peers would have.",
        "delivered to date ÷ expected by peers",
        "PHE technical guide",
        "Peers",
    ),
    Definition(
        "verdict",
        "Against peers",
        "text",
        "As peers, low or high (outside 95 %), very low or very high (outside 99.8 %), or too few to judge.",
        "delivered to date against the funnel limits, or the widened ones; under 15 expected are too few",
        DESIGN,
        "Peers",
    ),
    Definition(
        "funnel_limits",
        "Funnel limits",
        "count",
        "Where 95 % and 99.8 % of practices would lie if all delivered alike for their list.",
        "exact Poisson below 10 expected, Byar's approximation from 10; Wilson's for proportions",
        "PHE technical guide; PHEindicatormethods",
        "Peers",
    ),
    Definition(
        "phi",
        "Over-dispersion (φ)",
        "ratio",
        "How many times the variation of chance the practices of a metric show; from 10 that are judged.",
        "mean of z² of those judged, z winsorised at the 10th and 90th percentile; z = 2 (√delivered − "
        "√expected), of a share 2 √denominator (asin √share − asin √share of all)",
        "Spiegelhalter (2005); FunnelPlotR",
        "Peers",
    ),
    Definition(
        "widened_limits",
        "Widened limits",
        "count",
        "Where 95 % and 99.8 % would lie if practices differed as widely as they do; in place of the funnel "
        "limits where φ is significantly above 1.",
        "if φ > 1 + 2 √(2 ÷ number judged): (√expected ∓ z √φ ÷ 2)², the lower not below 0; of a share "
        "sin² (asin √share of all ∓ z √φ ÷ 2 √denominator) × denominator",
        "Spiegelhalter (2005), multiplicative",
        "Peers",
    ),
    Definition(
        "percentile",
        "Percentile among peers",
        "fraction",
        "Share of the practices that are judged which have a lower figure.",
        "(number below + half of those alike) ÷ number judged; under 15 expected is not judged",
        DESIGN,
        "Peers",
    ),
)

_BANDS = (
    Definition(
        "band",
        "Band",
        "text",
        "Band of achievement of a practice; one that never reported is in the lowest.",
        "% of annual target against the bands' upper edges, each included",
        REPORT,
        "Bands",
    ),
    Definition(
        "over_half",
        "Practices above half of their target",
        "fraction",
        "Share of banded practices that have delivered more than 50 % of their annual target.",
        "number strictly above 50 % ÷ number banded; the same for 75 %",
        REPORT,
        "Bands",
    ),
)

_SIGNUP = (
    Definition(
        "signup_pct",
        "Sign-up rate",
        "fraction",
        "Organisations signed up, of those that could be: open, allowed to provide the LES, not excluded.",
        "signed up ÷ eligible; none where no sign-up of the LES is known",
        REPORT,
        "Sign-up",
    ),
    Definition(
        "signup_average",
        "Average sign-up rate",
        "fraction",
        "How far all LES are signed up to.",
        "mean of the sign-up rates of the LES that have one",
        REPORT,
        "Sign-up",
    ),
    Definition(
        "coverage_pct",
        "Coverage",
        "fraction",
        "Registered patients whose practice is signed up; none where named providers serve everybody.",
        "patients of those signed up ÷ patients of all that are open, at the latest list size",
        DESIGN,
        "Sign-up",
    ),
)

_SHIFT = (
    Definition(
        "gp",
        "General practice, beside other providers",
        "count",
        "Headline activity of the practices of a trust or place in the months that are compared.",
        "sum of delivered over the months; of a register, that of the last",
        PAPER,
        "Service shift",
    ),
    Definition(
        "other_baseline",
        "Elsewhere before",
        "count",
        "What other providers counted a month before general practice took over.",
        "mean over the months of the baseline of which every trust and place has reported",
        PAPER,
        "Service shift",
    ),
    Definition(
        "other_same_months",
        "Elsewhere in the same months before",
        "count",
        "The same of those months of the baseline that are the same months of the year as those after.",
        "mean over those months; none where the baseline holds none of them",
        DESIGN,
        "Service shift",
    ),
    Definition(
        "other_since",
        "Elsewhere since",
        "count",
        "What other providers counted a month since; nothing before the lag has passed.",
        "mean over the months since the stable one (passive: after the decommissioning) that both sides have",
        PAPER,
        "Service shift",
    ),
    Definition(
        "rate_ratio",
        "Rate ratio",
        "fraction",
        "Elsewhere since against before, with its 95 % interval.",
        "elsewhere since ÷ elsewhere before; exact interval of two Poisson counts, given their sum",
        "Przyborowski and Wilenski (1940); poisson.test in R",
        "Service shift",
    ),
    Definition(
        "shift_finding",
        "Finding",
        "text",
        "Whether other providers count fewer or more than before; it does not say why.",
        "fewer or more where the interval leaves out 1, and that against the same months before does too; "
        "may be season where only the first does; else no change shown",
        DESIGN,
        "Service shift",
    ),
)

_QUALITY = (
    Definition(
        "rate",
        "Rate of quality or outcome",
        "fraction",
        "What a metric is a share of, such as failed samples of the samples taken.",
        "numerator ÷ denominator, both of the organisations that reported both in the month; to date the "
        "sums over the months, of a register the month's",
        PAPER,
        "Quality and outcomes",
    ),
    Definition(
        "rate_interval",
        "95 % interval of a rate",
        "fraction",
        "How far chance alone may have moved a rate; none where the numerator is above the denominator, "
        "which is a ratio and a failed check.",
        "Wilson's score interval",
        "Wilson 1927; PHEindicatormethods",
        "Quality and outcomes",
    ),
    Definition(
        "over_cap",
        "Above the cap",
        "count",
        "Patients with more visits than are paid for, as practices counted them.",
        "sum of the metric that the cap names; none where nobody reported it",
        PAPER,
        "Quality and outcomes",
    ),
    Definition(
        "over_cap_proxy",
        "Above the cap (proxy)",
        "count",
        "Visits beyond the cap, where patients are counted and those above the cap are not.",
        "for each practice: visits − cap × patients of the cap's months, where above 0",
        DESIGN,
        "Quality and outcomes",
    ),
)

DEFINITIONS: tuple[Definition, ...] = (
    *_DELIVERY,
    *_PACE,
    *_BANDS,
    *_SIGNUP,
    *_QUALITY,
    *_TRENDS,
    *_EXCEPTIONS,
    *_PEERS,
    *_SHIFT,
)
"""Every measure, in the order of the page."""


def markdown() -> str:
    """`docs/measures.md`: every measure by group."""
    lines = [
        "# Measures",
        "",
        "Generated from `les_xl/measures/definitions.py`; `make docs` writes it anew. Fractions are shown as",
        "percentages; nothing is computed from a rounded number. How months, marks and who counts are",
        "decided is in [figures.md](figures.md).",
    ]
    for group in dict.fromkeys(one.group for one in DEFINITIONS):
        lines += [
            "",
            f"## {group}",
            "",
            "| measure | name | unit | what it is | formula | source |",
            "|---|---|---|---|---|---|",
        ]
        lines += [
            f"| {one.title} | `{one.name}` | {one.unit} | {one.meaning} | {one.formula} | {one.source} |"
            for one in DEFINITIONS
            if one.group == group
        ]
    return "\n".join(lines) + "\n"
