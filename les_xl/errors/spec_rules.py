"""The catalogue of what a well-formed specification can say that makes no sense: LES130 to LES169."""

from les_xl.errors.problem import Kind, register

NO_SUCH_SERVICE = Kind(
    "LES130",
    "LES without a specification",
    "'{les}' is in the order, but no file in specs/services is its specification",
    "{hint}",
    mistake="order: [dementa]",
    mended="order: [dementia]",
)
NOT_IN_ORDER = Kind(
    "LES131",
    "LES that is not in the order",
    "'{les}' is not in the order of specs/les.yaml",
    "add it there, where its row is to be published",
    mistake="les: dementia   (and order: [diabetes])",
    mended="order: [dementia, diabetes]",
)
TWO_FILES = Kind(
    "LES132",
    "Two specifications of one LES",
    "'{les}' is the LES of {other} too",
    "keep one file a LES",
    mistake="les: dementia   (in dementia.yaml and in dementia_new.yaml)",
    mended="les: dementia   (in dementia.yaml)",
)
FILE_NAME = Kind(
    "LES133",
    "File named otherwise than its LES",
    "the file of '{les}' has another name",
    "name it {les}.yaml, so that others find it",
    severity="warning",
    mistake="les: dementia   (in specs/services/reviews.yaml)",
    mended="les: dementia   (in specs/services/dementia.yaml)",
)
STATUS_EDGES = Kind(
    "LES134",
    "Edges of the status out of order",
    "'{key}' is not above '{before}'",
    "well_below, below, above, well_above must ascend",
    mistake="status: {well_below: 95%, below: 60%}",
    mended="status: {well_below: 60%, below: 95%}",
)

HEADLINE = Kind(
    "LES140",
    "Not exactly one headline",
    "{count} metrics are the headline",
    "write 'headline: true' at the one metric that stands for the LES",
    mistake="metrics:\n  - {id: reviews, title: Reviews, kind: flow}",
    mended="metrics:\n  - {id: reviews, title: Reviews, kind: flow, headline: true}",
)
LISTED_TWICE = Kind(
    "LES141",
    "Listed twice",
    "'{word}' is listed twice",
    "it is on line {first} already; keep one, or give this another name",
    mistake="order: [dementia, diabetes, dementia]",
    mended="order: [dementia, diabetes]",
)
PUBLISHED_TWICE = Kind(
    "LES142",
    "Two rows published under one label",
    "'{label}' is published by {other} too",
    "give each row of the published table a label of its own",
    mistake="published_as: Dementia   (at two metrics)",
    mended="published_as: Dementia reviews",
)
UNKNOWN_METRIC = Kind(
    "LES143",
    "Unknown metric",
    "'{metric}' is not a metric of this LES",
    "{hint}",
    mistake="sum_of: [first_fitt, change]",
    mended="sum_of: [first_fit, change]",
)
SUM_OF_ITSELF = Kind(
    "LES144",
    "Metric that is a sum of itself",
    "'{metric}' is a part of its own sum: {path}",
    "take it out of one of these sums",
    mistake="{id: fittings, sum_of: [fittings, change]}",
    mended="{id: fittings, sum_of: [first_fit, change]}",
)
SUM_OF_KINDS = Kind(
    "LES145",
    "Sum of a flow and a stock",
    "'{metric}' is a {mine}, and '{part}' a {other}",
    "events and registers do not add up; take it out of the sum",
    mistake="{id: reviews, kind: flow, sum_of: [register]}",
    mended="{id: reviews, kind: flow, sum_of: [face_to_face, by_telephone]}",
)
SUM_OF_SUMS = Kind(
    "LES146",
    "Sum of a sum",
    "'{part}' is itself a sum",
    "name the metrics that are loaded: {parts}",
    mistake="{id: all, sum_of: [fittings, visits]}   (fittings is a sum_of, too)",
    mended="{id: all, sum_of: [first_fit, change, visits]}",
)
RATE_KINDS = Kind(
    "LES147",
    "Rate of a flow and a stock",
    "'{metric}' is a {mine}, and '{per}' a {other}",
    "a rate is of two flows, or of two stocks",
    mistake="{id: failed, kind: flow, rate: {per: register}}",
    mended="{id: failed, kind: flow, rate: {per: samples}}",
)
OF_ITSELF = Kind(
    "LES148",
    "Metric that refers to itself",
    "'{metric}' is itself what its '{key}' names",
    "name another metric of this LES",
    mistake="{id: failed, rate: {per: failed}}",
    mended="{id: failed, rate: {per: samples}}",
)
METRIC_OUT_OF_SERVICE = Kind(
    "LES149",
    "Metric counted out of service",
    "'{metric}' is counted {key} {month}, but the LES {what}",
    "change one of the two",
    mistake="starts: 2025-05   (and a metric from: 2025-04)",
    mended="starts: 2025-05   (and a metric from: 2025-10)",
)

SHARES = Kind(
    "LES150",
    "Shares that do not make 100%",
    "the shares of '{name}' make {total}, not 100%",
    "{hint}",
    mistake="shares: {2025-04: 40%, …, 2026-03: 50%}   (90% in all)",
    mended="shares: {2025-04: 50%, …, 2026-03: 50%}",
)
OUTSIDE_YEAR = Kind(
    "LES151",
    "Month outside its year",
    "{month} is not in {year}",
    "the year runs from {first} to {last}",
    mistake="year: 2025-26\nfrom: 2026-04",
    mended="year: 2026-27\nfrom: 2026-04",
)
MONTHS_MISSING = Kind(
    "LES152",
    "Months missing from a profile",
    "'{name}' has no share for {months}",
    "write all twelve months, 0% where nothing is expected",
    mistake="shares: {2025-04: 100%}",
    mended="shares: {2025-04: 100%, 2025-05: 0%, …, 2026-03: 0%}",
)
NOT_IN_SERVICE = Kind(
    "LES153",
    "Plan for a month out of service",
    "{month} is planned, but {what}",
    "change one of the two",
    mistake="starts: 2025-05   (and a plan from: 2025-04)",
    mended="starts: 2025-05   (and a plan from: 2025-05)",
)
BACKWARDS = Kind(
    "LES154",
    "End before the beginning",
    "'{last}' is {to}, which is before '{first}', {since}",
    "swap or mend them",
    mistake="from: 2025-09\nto: 2025-04",
    mended="from: 2025-04\nto: 2025-09",
)
OVERLAP = Kind(
    "LES155",
    "Overlapping plans",
    "'{metric}' has another flat plan for {month}, on line {first}",
    "end the one before the other begins",
    mistake="from: 2025-04, per_month: 100\nfrom: 2025-10, per_month: 120",
    mended="from: 2025-04, to: 2025-09, per_month: 100\nfrom: 2025-10, per_month: 120",
)
NO_PLAN = Kind(
    "LES156",
    "Published metric without a plan",
    "'{metric}' is published and has no flat plan for {year}",
    "its planned activity will show [z]",
    severity="warning",
    mistake="published_as: Dementia   (and no plan for 2025-26)",
    mended="plan: [{year: 2025-26, basis: flat, per_month: 1332, source: …}]",
)
NO_TARGET = Kind(
    "LES157",
    "Profile without an annual target",
    "the profile '{name}' spreads an annual target of '{metric}', and no flat plan for {year} gives one",
    "write 'annual_target' at its flat plan",
    mistake="- {basis: profile, …}   (and no annual_target)",
    mended="- {basis: flat, annual_target: 76637, …}\n- {basis: profile, …}",
)
TWO_PROFILES = Kind(
    "LES158",
    "Two profiles of one name",
    "'{metric}' has another profile '{name}' for {year}, on line {first}",
    "keep one, or name it otherwise",
    mistake="- {name: expected, …}\n- {name: expected, …}",
    mended="- {name: expected, …}\n- {name: stretch, …}",
)
TARGET_UNSAID = Kind(
    "LES159",
    "Plan that changes without saying the annual target",
    "the plan of '{metric}' changes within {year}, and here it gives no annual target",
    "add annual_target to each part: the same where the year was planned so from the start, "
    "a new one where the contract changed",
    severity="warning",
    mistake="- {to: 2025-10, per_month: 100, …}\n- {from: 2025-11, per_month: 120, …}",
    mended="- {to: 2025-10, per_month: 100, annual_target: 1200, …}\n"
    "- {from: 2025-11, per_month: 120, annual_target: 1300, …}",
)
EDGES = Kind(
    "LES160",
    "Edges out of order",
    "the edge {edge} is not above {before}",
    "write the edges in ascending order",
    mistake="edges: [10%, 50%, 25%]",
    mended="edges: [10%, 25%, 50%]",
)
LABELS = Kind(
    "LES161",
    "Labels that do not fit the edges",
    "{edges} edges make {bands} bands, and there are {labels} labels",
    "write a label for each band, the last for what is above the last edge",
    mistake='edges: [50%, 100%]\nlabels: ["0-50%", "51-100%"]',
    mended='edges: [50%, 100%]\nlabels: ["0-50%", "51-100%", "100% +"]',
)
BASELINE = Kind(
    "LES162",
    "Baseline after the shift",
    "the baseline ends in {to}, which is not before 'stable_from', {stable}",
    "a baseline is of the months before activity moved",
    mistake="baseline: {from: 2025-04, to: 2025-09}\nstable_from: 2025-08",
    mended="baseline: {from: 2024-05, to: 2025-04}\nstable_from: 2025-08",
)
NOT_DECOMMISSIONED = Kind(
    "LES163",
    "Passive shift without the month of decommissioning",
    "the mechanism is passive, and nothing says when the other service was decommissioned",
    "write the month at 'decommissioned'; until then this mechanism is not assessed",
    severity="warning",
    mistake="shift: {mechanism: [passive], decommissioned: null, …}",
    mended="shift: {mechanism: [passive], decommissioned: 2025-07, …}",
)
ONE_SORT = Kind(
    "LES164",
    "Exception rule of no sort or of two",
    "the rule '{id}' has {what}",
    "write a condition at 'when', or 'rule: xmr' for special cause by an XmR chart",
    mistake="{id: special_cause, level: [icb], severity: advise}",
    mended="{id: special_cause, level: [icb], rule: xmr, severity: advise}",
)
KEY_OF_CHARTS = Kind(
    "LES165",
    "Key that a condition does not have",
    "'{key}' is for 'rule: xmr', and this rule has a condition",
    "take it out",
    mistake="{id: under_plan, when: pct_plan < 60%, profile: nhsr, …}",
    mended="{id: under_plan, when: pct_plan < 60%, …}",
)
REBASE_AT_START = Kind(
    "LES166",
    "Limits calculated anew where there are none before",
    "the limits of '{metric}' are to be calculated anew from {month}, but {what}",
    "write a month in which it has been counted before and still is, or take the entry out",
    mistake="starts: 2025-05   (and rebase: [{from: 2025-05, reason: …}])",
    mended="rebase: [{from: 2026-05, reason: …}]",
)
REBASE_ORDER = Kind(
    "LES167",
    "Limits calculated anew out of order",
    "{month} is not after {before}, from which limits are calculated anew already",
    "write the months in order, each once",
    mistake="rebase: [{from: 2026-09, …}, {from: 2026-05, …}]",
    mended="rebase: [{from: 2026-05, …}, {from: 2027-09, …}]",
)
REBASE_SHORT = Kind(
    "LES168",
    "Too few months between limits",
    "from {first} to {last} are {months} months of '{metric}', and limits need {least}: it has none then",
    "leave the change out where it can wait; a special cause that is understood may stay in the chart",
    severity="warning",
    mistake="starts: 2025-05   (and rebase: [{from: 2025-11, reason: …}])",
    mended="rebase: [{from: 2026-05, reason: …}]",
)
NO_CHART = Kind(
    "LES169",
    "Chart of a metric that has none",
    "'{metric}' is neither published nor the headline, so that it has no chart",
    "move it to a metric that is, or take it out",
    severity="warning",
    mistake="- {id: register, kind: stock, chart: {improves: down}}",
    mended="- {id: reviews, kind: flow, published_as: Dementia, chart: {improves: up}}",
)

register(
    NO_SUCH_SERVICE,
    NOT_IN_ORDER,
    TWO_FILES,
    FILE_NAME,
    STATUS_EDGES,
    HEADLINE,
    LISTED_TWICE,
    PUBLISHED_TWICE,
    UNKNOWN_METRIC,
    SUM_OF_ITSELF,
    SUM_OF_KINDS,
    SUM_OF_SUMS,
    RATE_KINDS,
    OF_ITSELF,
    METRIC_OUT_OF_SERVICE,
    SHARES,
    OUTSIDE_YEAR,
    MONTHS_MISSING,
    NOT_IN_SERVICE,
    BACKWARDS,
    OVERLAP,
    NO_PLAN,
    NO_TARGET,
    TWO_PROFILES,
    TARGET_UNSAID,
    EDGES,
    LABELS,
    BASELINE,
    NOT_DECOMMISSIONED,
    ONE_SORT,
    KEY_OF_CHARTS,
    REBASE_AT_START,
    REBASE_ORDER,
    REBASE_SHORT,
    NO_CHART,
)
