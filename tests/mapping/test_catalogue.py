"""Every code of the mappings' catalogue is one that a test of this folder provokes."""

import les_xl.errors.mapping as load_kinds
import les_xl.errors.spec_mappings as spec_kinds
from les_xl.errors import Kind
from tests.mapping.mistakes import MAPPING_MISTAKES
from tests.mapping.test_hostile import WRONG

ELSEWHERE = {"LES280", "LES291", "LES292", "LES293"}
"""Provoked by tests of their own, in test_hostile.py and test_layouts.py."""


def _codes(module: object) -> set[str]:
    return {kind.code for kind in vars(module).values() if isinstance(kind, Kind)}


def test_each_kind_of_mistake_in_a_mapping_is_provoked() -> None:
    assert _codes(spec_kinds) <= {code for _, codes in MAPPING_MISTAKES.values() for code in codes}


def test_each_kind_of_mistake_in_a_mapped_file_is_provoked() -> None:
    assert _codes(load_kinds) - ELSEWHERE <= {expected[0] for _, expected in WRONG.values()}
