"""What each measure of pace is: by working day, in pounds, until a LES has recovered, who made a change."""

from les_xl.measures.definitions.definition import DESIGN, Definition

PACE = (
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
