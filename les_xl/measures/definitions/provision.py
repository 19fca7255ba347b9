"""What each measure of provision is: sign-up, coverage, and shift from other providers."""

from les_xl.measures.definitions.definition import DESIGN, PAPER, REPORT, Definition

SIGNUP = (
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


SHIFT = (
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
