"""Each line of the monitoring paper's Appendix 1, section 5 and indicators of impact, and what carries it."""

import csv
from collections.abc import Mapping

import pytest

from les_xl.spec.model import Cap, Service
from les_xl.spec.read import Specs, read_specs
from tests.spec.workspaces import ROOT

FEWEST_WORDS_IN_A_CODING = 2

METRICS: Mapping[tuple[str, str], tuple[str, str, str]] = {
    ("Advice & Guidance", "Number of advice and guidance requests"): ("advice_guidance", "requests", "flow"),
    ("Care Homes", "Number of care home beds per practice"): ("care_homes", "beds", "stock"),
    ("Complex Injections", "Number of patients who have been given a Denusomab injection"): (
        "complex_injections",
        "denosumab",
        "flow",
    ),
    ("Dementia", "Number of dementia reviews"): ("dementia", "reviews", "flow"),
    ("Diabetes", "Initiation of Insulin"): ("diabetes", "insulin_initiation", "flow"),
    ("Diabetes", "Ongoing monitoring of Insulin"): ("diabetes", "insulin_monitoring", "flow"),
    ("Diabetes", "Initiation of GLP1"): ("diabetes", "glp1_initiation", "flow"),
    ("ECGs", "Number of ECGs"): ("ecgs", "ecgs", "flow"),
    ("End of Life", "Number of advance care planning conversations and their components"): (
        "end_of_life",
        "conversations",
        "flow",
    ),
    ("LTC LES", "Patients: Population Health Management"): ("ltc", "phm", "flow"),
    ("LTC LES", "Patients: Serious Mental Illness"): ("ltc", "smi", "flow"),
    ("LTC LES", "Patients: Long Term Conditions (the 2 selected for each place)"): (
        "ltc",
        "conditions",
        "flow",
    ),
    ("Meds Optimisation", "Nine core activities to be monitored as per the spec"): (
        "meds_optimisation",
        "core_activities",
        "stock",
    ),
    ("Meds Optimisation", "Minimisation of cost growth"): ("meds_optimisation", "cost_growth", "flow"),
    ("Meds Optimisation", "Reduction in dependence forming medicines"): (
        "meds_optimisation",
        "dependence_forming",
        "flow",
    ),
    ("Meds Optimisation", "Antimicrobial stewardship"): ("meds_optimisation", "antimicrobial", "flow"),
    ("Phlebotomy", "Number of blood samples taken"): ("phlebotomy", "samples", "flow"),
    ("Phlebotomy", "Number of failed blood samples"): ("phlebotomy", "failed", "flow"),
    ("Phlebotomy", "Number of phlebotomy domiciliary visits"): ("phlebotomy", "domiciliary", "flow"),
    ("Phlebotomy", "Number of consultant requested phlebotomy tests done by practice"): (
        "phlebotomy",
        "consultant_requested",
        "flow",
    ),
    (
        "Post Bariatric Monitoring",
        "Number of patients who have had bariatric surgery held on the register",
    ): ("post_bariatric_monitoring", "register", "stock"),
    ("PSA Testing", "Number of patients requiring PSA testing held on the register"): (
        "psa_testing",
        "register",
        "stock",
    ),
    ("Ring Pessary", "Number of first fit of ring pessary"): ("ring_pessary", "first_fit", "flow"),
    (
        "Ring Pessary",
        "Number of removal/changes of ring pessary (max of 4 visits per 12-month period)",
    ): ("ring_pessary", "change", "flow"),
    ("Ring Pessary", "Number of Inter-practice patients"): ("ring_pessary", "inter_practice", "flow"),
    ("Ring Pessary", "Number of Domiciliary visits"): ("ring_pessary", "domiciliary", "flow"),
    (
        "Shared Care",
        "Number of patients receiving shared care monitoring for the agreed list of drugs",
    ): ("shared_care", "patients", "stock"),
    (
        "Simple Injections",
        "Number of patients who have received injections from the agreed list",
    ): ("simple_injections", "injections", "flow"),
    ("Spiro / FeNO", "Number of patients given a FeNO test"): ("spiro_feno", "feno", "flow"),
    ("Spiro / FeNO", "Number of patients given a Spiro test"): ("spiro_feno", "spirometry", "flow"),
    ("Wound Care", "Patients: Application of Dressings"): ("wound_care", "dressing", "flow"),
    ("Wound Care", "Patients: Removal of sutures/clips"): ("wound_care", "suture_removal", "flow"),
    ("Wound Care", "Patients: Application of dressing for burn"): ("wound_care", "burn_dressing", "flow"),
    ("Wound Care", "Patients: Primary/secondary suture of skin"): ("wound_care", "suturing", "flow"),
}
"""Line of Appendix 1 to LES, metric and kind."""

SHIFTS: Mapping[str, tuple[str, tuple[str, ...], tuple[str, ...], str, str]] = {
    "Phlebotomy": (
        "phlebotomy",
        ("active", "passive"),
        ("episodes_of_care",),
        "2025-08",
        "episodes_of_care",
    ),
    "Ring Pessary": (
        "ring_pessary",
        ("active",),
        ("episodes_of_care", "referral_activity"),
        "2025-08",
        "opa",
    ),
    "Care Home": ("care_homes", ("passive",), ("care_activity",), "2025-07", "nel"),
    "Shared Care": ("shared_care", ("passive",), ("medication_issues",), "2025-09", "opa"),
    "Broomwell (ECG)": (
        "ecgs",
        ("active", "passive"),
        ("episodes_of_care",),
        "2025-08",
        "episodes_of_care",
    ),
    "Vasectomy": ("vasectomy", ("active",), ("episodes_of_care",), "2025-07", "episodes_of_care"),
    "PSA testing": (
        "psa_testing",
        ("active",),
        ("register_numbers", "referral_activity"),
        "2025-08",
        "opa",
    ),
}
"""Line of section 5 to LES, mechanism, what general practice records, stable-from month, other data."""

WORDS = {
    "Active": "active",
    "Passive": "passive",
    "Episodes of care": "episodes_of_care",
    "Referral Activity": "referral_activity",
    "Referral activity": "referral_activity",
    "Care activity": "care_activity",
    "Medication Issues": "medication_issues",
    "Register numbers": "register_numbers",
    "OPA activity": "opa",
    "NEL activity": "nel",
    "July": "2025-07",
    "August": "2025-08",
    "September": "2025-09",
}

IMPACT: Mapping[str, str] = {
    "Non-elective Activity": "non_elective",
    "Inclusion Health": "inclusion_health",
    "Sustainability/Green Agenda": "sustainability",
}

QUALITY: Mapping[str, str] = {
    "consent to record sharing": "consent_to_share",
    "ethnicity": "ethnicity",
    "care of individuals whom fall": "falls",
}
"""Section 4: "Quality metrics including consent to record sharing, ethnicity and care of …"."""

UNPUBLISHED = {
    "advice_guidance": "requests",
    "care_homes": "beds",
    "end_of_life": "conversations",
    "meds_optimisation": "core_activities",
    "shared_care": "patients",
}
"""LES of Appendix 1 that no published table has, each with its headline."""

BESIDE_THE_APPENDIX = {
    # Published, where Appendix 1 names a register or the parts.
    ("post_bariatric_monitoring", "reviews"),
    ("psa_testing", "tests"),
    ("diabetes", "activity"),
    ("ring_pessary", "fittings"),
    ("spiro_feno", "tests"),
    ("wound_care", "activity"),
    ("ltc", "hha"),
    # Vasectomy is in the report and not in Appendix 1.
    ("vasectomy", "procedure"),
    ("vasectomy", "counselling"),
    # Section 4.
    *(("ltc", metric) for metric in QUALITY.values()),
    # Those above the cap of Appendix 1.
    ("ring_pessary", "over_cap"),
}


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests" / "published" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def specs() -> Specs:
    return read_specs(ROOT)


def test_every_line_of_appendix_1_is_in_the_table_and_nothing_else() -> None:
    assert [(row["les"], row["metric"]) for row in _rows("les_metrics.csv")] == list(METRICS)


@pytest.mark.parametrize("line", METRICS, ids=" / ".join)
def test_a_line_of_appendix_1_is_a_metric(line: tuple[str, str], specs: Specs) -> None:
    les, metric_id, kind = METRICS[line]
    metric = specs.metric(les, metric_id)
    assert (metric.kind, metric.frequency) == (kind, "monthly")
    assert specs.service(les).title == line[0]


def test_there_is_no_metric_that_the_sources_do_not_name(specs: Specs) -> None:
    ours = {(service.les, metric.id) for service in specs.services for metric in service.metrics}
    assert ours == {(les, metric) for les, metric, _ in METRICS.values()} | BESIDE_THE_APPENDIX


def test_a_metric_says_its_unit_data_item_and_coding(specs: Specs) -> None:
    for service in specs.services:
        for metric in service.metrics:
            assert metric.unit
            assert metric.data_item
            assert metric.coding
            assert len(metric.coding.split()) >= FEWEST_WORDS_IN_A_CODING
            assert metric.tariff is None
        items = [metric.data_item for metric in service.metrics]
        assert len(set(items)) == len(items)


def test_the_17_of_appendix_1_and_vasectomy(specs: Specs) -> None:
    appendix = {les for les, _, _ in METRICS.values()}
    assert (len(appendix), len(specs.services)) == (17, 18)
    assert {service.les for service in specs.services} - appendix == {"vasectomy"}


def test_what_is_not_published_stands_last_and_has_no_plan(specs: Specs) -> None:
    last = specs.services[-len(UNPUBLISHED) :]
    assert {service.les: service.headline.id for service in last} == UNPUBLISHED
    assert all(service.published for service in specs.services[: -len(UNPUBLISHED)])
    for service in last:
        assert (service.plan, service.published, service.starts) == ((), (), "2025-05")


def test_notes_of_meds_optimisation(specs: Specs) -> None:
    rows = [row["note"] for row in _rows("les_metrics.csv") if row["les"] == "Meds Optimisation"]
    assert rows == ["ePACT is reported 6-8 weeks behind; final achievement in Q4"] * 4
    metrics = specs.service("meds_optimisation").metrics
    assert [(metric.lag_days, metric.final_in) for metric in metrics] == [(8 * 7, "Q4")] * 4
    # Section 5: "medicines data has an additional 2 month delay prior to publication".
    assert [metric.extra_lag_months for metric in metrics] == [0, 2, 2, 2]


def test_at_most_4_visits_per_12_month_period(specs: Specs) -> None:
    assert specs.metric("ring_pessary", "change").cap == Cap(
        at_most=4, per="patient", months=12, breaches="over_cap"
    )
    assert [one.les for one in specs.services for metric in one.metrics if metric.cap] == ["ring_pessary"]


def test_failed_samples_are_a_rate(specs: Specs) -> None:
    rate = specs.metric("phlebotomy", "failed").rate
    assert rate is not None
    assert rate.per == "samples"


def test_two_long_term_conditions_for_each_place(specs: Specs) -> None:
    with (ROOT / "sample/2025-10/reference/organisations.csv").open(encoding="utf-8") as file:
        places = {row["place"] for row in csv.DictReader(file)}
    chosen = specs.service("ltc").conditions_by_place
    assert set(chosen) == places
    assert {len(set(conditions)) for conditions in chosen.values()} == {2}
    assert [one.les for one in specs.services if one.conditions_by_place] == ["ltc"]


def test_quality_metrics_of_section_4(specs: Specs) -> None:
    quality = [metric.id for metric in specs.service("ltc").metrics if metric.part == "quality"]
    assert quality == list(QUALITY.values())


def test_vasectomy_has_named_providers_and_the_rest_is_open_to_all(specs: Specs) -> None:
    with (ROOT / "sample/2025-10/reference/signup.csv").open(encoding="utf-8") as file:
        signed_up = [
            row["ods_code"]
            for row in csv.DictReader(file)
            if (row["les"], row["status"]) == ("vasectomy", "signed_up")
        ]
    assert specs.service("vasectomy").eligible.ods_codes == tuple(signed_up)
    for service in specs.services:
        assert service.eligible.types == ("practice", "alternative_provider")
        assert (service.eligible.ods_codes == ()) == (service.les != "vasectomy")


def test_owners_are_fields_that_the_sample_leaves_empty(specs: Specs) -> None:
    for service in specs.services:
        owner = service.owner
        assert (owner.chair, owner.sro, owner.clinical_lead) == (None, None, None)


def _words(cell: str, between: str) -> tuple[str, ...]:
    return tuple(WORDS[word] for word in cell.split(between))


def test_every_line_of_section_5_is_in_the_table_and_nothing_else() -> None:
    said = {
        row["les"]: (
            SHIFTS[row["les"]][0],
            _words(row["mechanism"], " + "),
            _words(row["gp_activity_recorded"], "; "),
            WORDS[row["stable_data_from"]],
            WORDS[row["other_provider_data"]],
        )
        for row in _rows("service_shift.csv")
    }
    assert said == SHIFTS


def _shift_of(service: Service) -> tuple[str, tuple[str, ...], tuple[str, ...], str, str]:
    shift = service.shift
    assert shift is not None
    return service.les, shift.mechanism, shift.gp_records, shift.stable_from, shift.other


@pytest.mark.parametrize("line", SHIFTS)
def test_a_line_of_section_5_is_a_shift(line: str, specs: Specs) -> None:
    service = specs.service(SHIFTS[line][0])
    assert _shift_of(service) == SHIFTS[line]
    assert service.shift is not None
    assert (service.shift.baseline.from_, service.shift.baseline.to) == ("2024-05", "2025-04")
    assert (service.shift.lag_months, service.shift.decommissioned) == (3, None)
    # "medicines data has an additional 2 month delay prior to publication".
    medicines = "medication_issues" in service.shift.gp_records
    assert service.shift.extra_lag_months == (2 if medicines else 0)


def test_only_the_seven_are_assessed_for_a_shift(specs: Specs) -> None:
    assert {one.les for one in specs.services if one.shift} == {line[0] for line in SHIFTS.values()}


def test_the_indicators_of_impact_are_those_of_section_4(specs: Specs) -> None:
    ours = [(one.title, one.measured_by, one.status) for one in specs.service("ltc").impact]
    assert ours == [
        (row["indicator"], row["metric"], row["update"]) for row in _rows("ltc_system_impact.csv")
    ]
    assert {one.title: one.id for one in specs.service("ltc").impact} == dict(IMPACT)
    # "evidence of impact can be effectively assessed three months following patient assessment".
    assert {one.lag_months for one in specs.service("ltc").impact} == {3}
    assert [one.les for one in specs.services if one.impact] == ["ltc"]
