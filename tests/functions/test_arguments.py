"""What is not there is `#N/A` with the reason, a mark is a mark, and an error is passed on."""

from dataclasses import replace

import pytest

from les_xl.errors import LesError
from les_xl.functions.arguments import Argument, find_org
from les_xl.functions.catalogue import Catalogue, OrgEntry
from les_xl.functions.index import Index
from les_xl.functions.names import Names
from les_xl.functions.registry import find_function
from les_xl.functions.results import ExcelError, NotAvailable, Result
from les_xl.marks import Mark


def ask(index: Index, name: str, *arguments: Argument) -> Result:
    """The answer of a function by its name."""
    function = find_function(name)
    assert function is not None
    return function.answer(index, *arguments)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((), "LES501", ["no LES is named"]),
        ((None,), "LES501", []),
        (("",), "LES501", []),
        (("Dementai",), "LES502", ["'Dementai'", "did you mean 'Dementia'?"]),
        ((12.0,), "LES502", ["'12'"]),
        (("!!",), "LES502", ["Post Bariatric Monitoring"]),
        (("x",), "LES502", []),
        (("injections",), "LES503", ["Complex Injections or Simple Injections"]),
        (("vasectomy",), "LES504", ["Vasectomy Procedure and Vasectomy Counselling"]),
        (("VASEC",), "LES504", ["Vasectomy Procedure and Vasectomy Counselling"]),
        (("Diabetes", None, None, "glp"), "LES505", ["Diabetes has no metric 'glp'"]),
        (("Diabetes", None, None, "insulin_initation"), "LES505", ["did you mean 'insulin_initiation'?"]),
        (("Vasectomy Procedure", None, None, "counselling"), "LES506", ["procedure", "counselling"]),
        (("Dementia", "Octember"), "LES507", ["'Octember'"]),
        (("Dementia", 12.0), "LES507", []),
        (("Dementia", True), "LES507", []),
        (("Dementia", "Mar-25"), "LES508", ["2025-03", "2025-04 to 2026-03"]),
        (("Dementia", None, "East Lancs"), "LES509", ["did you mean 'East Lancashire'?"]),
        (("Dementia", None, 123.0), "LES509", ["'123'", "apostrophe"]),
        (("Dementia", [["Oct-25", "Nov-25"]]), "LES514", ["month is a range of 2 cells", "a single cell"]),
        (([["Dementia"], ["Diabetes"], [None]],), "LES514", ["les is a range of 3 cells"]),
        (([[]],), "LES514", ["les is a range of 0 cells"]),
        (("Dementia", {}), "LES514", ["month is a dict"]),
        (("Dementia", None, True), "LES509", ["'True'"]),
        ((True,), "LES502", ["'True'"]),
        (("Dementia", None, None, None, None), "LES524", ["LES_PLAN(les, [month], [org], [metric])"]),
    ],
    ids=repr,
)
def test_what_is_not_there_says_why(
    arguments: tuple[Argument, ...], code: str, words: list[str], index: Index
) -> None:
    answer = ask(index, "LES_PLAN", *arguments)
    assert isinstance(answer, NotAvailable)
    assert (str(answer), answer.code) == ("#N/A", code)
    assert [word for word in words if word not in answer.reason] == []
    assert ask(index, "LES_PLAN", *arguments) == answer


def test_a_range_of_one_cell_is_its_value(index: Index) -> None:
    given = [["Dementia"]], [["Oct-25"]], [[None]], [[""]]
    assert ask(index, "LES_DELIVERED", *given) == 694.0  # type: ignore[arg-type]
    assert ask(index, "LES_DELIVERED", ("Dementia",), [45931.0]) == 694.0  # type: ignore[arg-type]


def test_an_error_in_a_range_of_one_cell_is_passed_on(index: Index) -> None:
    given = [[ExcelError.REFERENCE]]
    assert ask(index, "LES_DELIVERED", "Dementia", given) is ExcelError.REFERENCE  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "arguments", "code", "words"),
    [
        ("LES_TABLE", (), "LES515", ["there is tblSummary, tblCostVolume"]),
        ("LES_TABLE", ("Summry",), "LES515", ["'Summry'"]),
        ("LES_TABLE", ("tblSumary",), "LES515", ["did you mean 'tblSummary'?"]),
        ("LES_TABLE", ("LTC banding", None, "00Q"), "LES519", ["tblBanding", "Blackburn With Darwen"]),
        ("LES_TABLE", ("Summary", "Octember"), "LES507", []),
        ("LES_TABLE", ("Summary", None, "East Lancs"), "LES509", ["East Lancashire"]),
        ("LES_EXCEPTIONS", (None, None, "Dementai"), "LES502", ["Dementia"]),
        ("LES_LIST", ("month",), "LES516", ["did you mean 'months'?"]),
        ("LES_LIST", (None,), "LES516", ["there is services, metrics"]),
        ("LES_TREND", (), "LES501", []),
        ("LES_TREND", ("Vasectomy",), "LES504", []),
        ("LES_STATUS", ("Vasectomy",), "LES504", []),
        ("LES_BAND", ("LTC LES", "00Q"), "LES517", ["Blackburn With Darwen is not one practice"]),
        ("LES_BAND", ("LTC LES", " "), "LES518", ["its code or its name"]),
        ("LES_BAND", ("Dementia", "000123"), "LES512", []),
        ("LES_BAND", ("LTC LES", "nowhere"), "LES509", []),
        ("LES_SIGNUP_PCT", ("Dementai",), "LES502", []),
    ],
    ids=repr,
)
def test_other_functions_say_why_too(
    name: str, arguments: tuple[Argument, ...], code: str, words: list[str], index: Index
) -> None:
    answer = ask(index, name, *arguments)
    assert isinstance(answer, NotAvailable)
    assert answer.code == code
    assert [word for word in words if word not in answer.reason] == []


@pytest.mark.parametrize(
    ("name", "arguments"), [("LES_TABLE", ("Summary", "Sep-25")), ("LES_EXCEPTIONS", ("Sep-25",))]
)
def test_without_a_store_there_is_no_position_of_another_month(
    name: str, arguments: tuple[Argument, ...], index: Index
) -> None:
    answer = ask(replace(index, reopen=None), name, *arguments)
    assert isinstance(answer, NotAvailable)
    assert answer.code == "LES550"
    assert "of 2025-10" in answer.reason
    assert "one of 2025-09" in answer.reason


@pytest.mark.parametrize(
    ("name", "arguments", "mark"),
    [
        ("LES_PLAN", ("Dementia", "Apr-25"), Mark.NOT_APPLICABLE),
        ("LES_DELIVERED", ("Dementia", "Apr-25"), Mark.NOT_APPLICABLE),
        ("LES_DELIVERED", ("Dementia", "Nov-25"), Mark.NOT_REPORTED),
        ("LES_PCT_PLAN", ("Dementia", "Mar-26"), Mark.NOT_REPORTED),
        ("LES_PLAN_TO_DATE", ("Dementia", "Nov-25"), Mark.NOT_REPORTED),
        ("LES_PLAN", ("psa", None, None, "register"), Mark.NOT_APPLICABLE),
        ("LES_EXPECTED", ("Dementia",), Mark.NOT_APPLICABLE),
        ("LES_BAND_COUNT", ("LTC LES", "0-10%", "Nov-25"), Mark.NOT_REPORTED),
        ("LES_BAND", ("LTC LES", "000123", "Nov-25"), Mark.NOT_REPORTED),
        ("LES_BAND", ("LTC LES", "ZZ0902"), Mark.NOT_APPLICABLE),  # gave notice
        ("LES_STATUS", ("Dementia", "Apr-25"), Mark.NOT_APPLICABLE),
        ("LES_STATUS", ("Dementia", "Nov-25"), Mark.NOT_REPORTED),
        ("LES_FORECAST", ("Dementia", "Apr-25"), Mark.NOT_APPLICABLE),
        ("LES_FORECAST", ("Dementia", "Nov-25"), Mark.NOT_REPORTED),
        ("LES_FORECAST", ("psa", None, None, "register"), Mark.NOT_APPLICABLE),
        ("LES_RATE_PER_1000", ("Dementia", "Nov-25"), Mark.NOT_REPORTED),
        ("LES_SIGNUP_PCT", ("care homes",), Mark.NOT_REPORTED),
        ("LES_SIGNUP_PCT", ("vasectomy", "000123"), Mark.NOT_APPLICABLE),
    ],
    ids=repr,
)
def test_a_mark_is_neither_zero_nor_an_error(
    name: str, arguments: tuple[Argument, ...], mark: Mark, index: Index
) -> None:
    assert ask(index, name, *arguments) is mark


@pytest.mark.parametrize(
    ("les", "delivered"),
    [
        ("ring", 299.0),  # not bariatric monitoRING
        ("Spiro", 1396.0),
        ("feno", 1396.0),
        ("respiratory", 1396.0),
        ("spiro/FENO (respiratory bundle)", 1396.0),
        ("Spiro / FeNO", 1396.0),
        ("LTC", 8166.0),
    ],
)
def test_an_unambiguous_part_is_enough(les: str, delivered: float, index: Index) -> None:
    assert ask(index, "LES_DELIVERED", les, "Oct-25") == delivered


def test_a_part_of_a_row_s_name_picks_its_metric(index: Index) -> None:
    assert ask(index, "LES_PLAN", "vasectomy c") == 87.0
    assert ask(index, "LES_PLAN", "proced") == 91.0


@pytest.mark.parametrize("error", list(ExcelError))
def test_an_error_is_passed_on(error: ExcelError, index: Index) -> None:
    assert ask(index, "LES_PLAN", "no such LES", error) is error
    assert ask(index, "LES_AS_AT", error) is error


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("Dementia", "0-10%"), "LES512", ["Dementia"]),
        (("LTC LES", "10-20%"), "LES511", ["0-10%, 11-25%, 26-50%, 51-75%, 76-100% and 100% +"]),
        (("LTC LES",), "LES511", []),
        (("LTC LES", "0-10%", None, "ZZ0001"), "LES513", ["(fictional) is one practice"]),
    ],
    ids=repr,
)
def test_bands_that_are_not_there_say_why(
    arguments: tuple[Argument, ...], code: str, words: list[str], index: Index
) -> None:
    answer = ask(index, "LES_BAND_COUNT", *arguments)
    assert isinstance(answer, NotAvailable)
    assert answer.code == code
    assert [word for word in words if word not in answer.reason] == []


@pytest.mark.parametrize("band", ["51-75%", "51–75%", " 51 - 75 % ", "51-75"])
def test_a_band_can_be_spelled_in_many_ways(band: str, index: Index) -> None:
    assert ask(index, "LES_BAND_COUNT", "ltc", band) == 45.0


def test_the_as_at_month(index: Index) -> None:
    assert ask(index, "LES_AS_AT") == "2025-10"
    assert ask(index, "LES_AS_AT", None) == "2025-10"
    assert ask(index, "LES_AS_AT", "vasectomy") == "2025-10"


SHARED = (
    OrgEntry("practice", "P1", "The Surgery"),
    OrgEntry("practice", "P2", "The Surgery"),
    OrgEntry("place", "West", "West"),
    OrgEntry("sub_icb", "02G", "West"),
    OrgEntry("pcn", "U1", "U1 Network"),
    OrgEntry("icb", "U1", "The ICB"),
)


def _with_orgs(index: Index) -> Catalogue:
    return replace(index.catalogue, orgs=SHARED)


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("P2", 1),
        ("the surgery (p2)", 1),
        ("West (place)", 2),
        ("02g", 3),
        ("West (02G)", 3),
        ("U1 network", 4),
        ("u1", 5),  # the wider level of a shared code, as the position answers
    ],
)
def test_organisations_of_one_name_can_be_told_apart(given: str, meant: int, index: Index) -> None:
    names = Names.of(_with_orgs(index))
    assert find_org(names, SHARED[-1], given) is SHARED[meant]


@pytest.mark.parametrize(
    ("given", "choices"),
    [("The Surgery", "The Surgery (P1) and The Surgery (P2)"), ("West", "West (place) and West (02G)")],
)
def test_a_shared_name_names_the_choices(given: str, choices: str, index: Index) -> None:
    with pytest.raises(LesError, match="LES510") as raised:
        find_org(Names.of(_with_orgs(index)), SHARED[-1], given)
    assert choices in str(raised.value)
