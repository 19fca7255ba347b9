"""The line that says which sub ICB groups made the change on the month before, by hand."""

from les_xl.position import Position, make_position
from les_xl.report.tables import contributions, services
from tests.position.world import known, metric, monthly, organisation, reviews, service, specs

FIVE = {"A1": "A", "B2": "B", "C3": "C", "D4": "D", "E5": "E"}


def position(**values: tuple[float, ...]) -> Position:
    """Practices from A1 to E5, each the only one of its group, from April on."""
    rows = [organisation(code, sub_icb=group, sub_icb_name=f"Group {group}") for code, group in FIVE.items()]
    activity = reviews(**{code: monthly("2025-04", *counts) for code, counts in values.items()})
    groups = [{"code": group, "name": f"Group {group}"} for group in FIVE.values()]
    return make_position(specs(service(), sub_icbs=groups), known(rows, activity=activity))


def said(found: Position) -> str:
    (les,) = found.specs.services
    return contributions.line(found, les, les.headline, "Dementia").text


def test_the_three_largest_parts_are_named_by_size_whatever_their_sign() -> None:
    """Of 2,000 in April: +300, −1,200, +5, −10 and 0 are −905."""
    found = position(A1=(400, 700), B2=(1200, 0), C3=(200, 205), D4=(100, 90), E5=(100, 100))
    assert said(found) == (
        "Dementia. Change on April 2025: -905; largest parts, and their % of the ICB's month before: "
        "Group B -1,200 (-60.0%), Group A +300 (+15.0%), Group D -10 (-0.5%)."
    )


def test_groups_that_did_not_change_are_not_named() -> None:
    found = position(A1=(10, 12), B2=(10, 10), C3=(10, 10), D4=(10, 10), E5=(10, 10))
    assert said(found).endswith(
        "+2; largest parts, and their % of the ICB's month before: Group A +2 (+4.0%)."
    )
    still = position(A1=(10, 10), B2=(10, 10), C3=(10, 10), D4=(10, 10), E5=(10, 10))
    assert said(still) == "Dementia. Change on April 2025: 0."


def test_parts_that_cancel_out_are_named() -> None:
    found = position(A1=(10, 15), B2=(40, 35), C3=(0, 0), D4=(0, 0), E5=(0, 0))
    assert said(found) == (
        "Dementia. Change on April 2025: 0; largest parts, and their % of the ICB's month before: "
        "Group A +5 (+10.0%), Group B -5 (-10.0%)."
    )


def test_after_a_month_of_nothing_there_is_no_percentage() -> None:
    found = position(A1=(0, 15), B2=(0, 0), C3=(0, 0), D4=(0, 0), E5=(0, 0))
    assert said(found).endswith("month before: Group A +15.")


def test_in_the_first_month_of_the_year_none_is_known() -> None:
    none = "Dementia. Change on the month before: none is known."
    assert said(position(A1=(10,), B2=(10,), C3=(1,))) == none


def test_it_stands_above_the_chart() -> None:
    found = position(A1=(10, 12), B2=(10, 10), C3=(10, 10), D4=(10, 10), E5=(10, 10))
    (les,) = found.specs.services
    assert said(found) in [line.text for line in services.trend_lines(found, les)]


def test_lines_of_metrics_have_names_of_their_own() -> None:
    """Also where one metric is called what another is and `change`."""
    named = [
        metric(name, headline=name == "fit", published_as=name)
        for name in ("fit", "fit_change", "fit_assurance")
    ]
    found = make_position(specs(service(metrics=named)), known([organisation("A1")]), "2025-04")
    (les,) = found.specs.services
    names = [line.name for line in services.trend_lines(found, les)]
    assert len(names) == len(set(names)) == 9
