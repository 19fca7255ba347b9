"""What each measure of quality and outcomes is."""

from les_xl.measures.definitions.definition import DESIGN, PAPER, Definition

QUALITY = (
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
