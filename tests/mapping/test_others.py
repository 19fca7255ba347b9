"""A supplier's own layout of other providers: months across, its words for ours, trusts that are left out."""

from tests.mapping.conftest import Desk, codes

FELLSIDE = "Fellside Bay NHS Trust (fictional)"
MAPPING = """\
spec: extract/1
mapping: trust_activity
title: Activity of trusts by month
kind: other_providers
matches: [{file: "trust activity*.csv"}]
header: {find: Provider}
layout: wide
columns:
  trust: {headings: [Provider], values: {"FBT": "Fellside Bay NHS Trust (fictional)"}}
  place: {headings: [Locality]}
  indicator: {headings: [Service], values: {"Vas clinic": vasectomy}}
not_reported: ["-"]
drop: ["Elsewhere*"]
ignore: [Notes]
"""
FILE = """\
Activity of trusts

Provider,Locality,Service,Notes,Jun-25,Jul-25,Aug-25
FBT,North,Vas clinic,,21,18,-
FBT,West,Vas clinic,,2,0,3
Elsewhere General,North,Vas clinic,,5,5,5
"""


def test_months_across_become_rows_of_our_indicators(desk: Desk) -> None:
    result = desk.with_mapping(MAPPING).load_text("trust activity 2025-26.csv", FILE)
    # Listed: the row of August that is not there though July's was, and the trust that is left out.
    assert (result.status, result.kind, codes(result)) == ("loaded", "other_providers", ["LES264", "LES291"])
    found = [tuple(row) for row in desk.known().other_providers.itertuples(index=False, name=None)]
    assert found == [
        (FELLSIDE, "North", "vasectomy", "2025-06", 21.0),
        (FELLSIDE, "North", "vasectomy", "2025-07", 18.0),
        (FELLSIDE, "West", "vasectomy", "2025-06", 2.0),
        (FELLSIDE, "West", "vasectomy", "2025-07", 0.0),
        (FELLSIDE, "West", "vasectomy", "2025-08", 3.0),
    ]


def test_a_mistake_points_at_the_supplier_s_cell(desk: Desk) -> None:
    text = FILE.replace("West,Vas clinic", "Wst,Vas clinic").replace(",18,", ",many,")
    result = desk.with_mapping(MAPPING).load_text("trust activity 2025-26.csv", text)
    assert result.status == "refused"
    errors = [problem for problem in result.problems if problem.severity == "error"]
    assert [(problem.code, problem.place.row, problem.place.field) for problem in errors] == [
        ("LES236", 4, "Jul-25"),
        ("LES249", 5, "Locality"),
    ]
