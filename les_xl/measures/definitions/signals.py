"""What each signal is: special cause, variation and assurance, and the words of an exception."""

from les_xl.measures.definitions.definition import DESIGN, Definition

TRENDS = (
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


EXCEPTIONS = (
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
