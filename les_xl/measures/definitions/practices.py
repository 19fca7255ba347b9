"""What each measure of practices is: bands of achievement, and standing among peers."""

from les_xl.measures.definitions.definition import DESIGN, REPORT, Definition

BANDS = (
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


PEERS = (
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
