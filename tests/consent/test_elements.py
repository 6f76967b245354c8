"""The list of elements: whole, with conditions that the program knows, and nothing of the shared list left out."""

from pathlib import Path

import pytest
import yaml

from regdocs.consent.conditions import CONDITIONS
from regdocs.consent.elements import AS_APPROPRIATE, elements, packs
from regdocs.documents.kinds import kind_named

SHARED = Path(__file__).resolve().parents[3] / "shared/data/consent/consent-elements.yaml"
RANGES = {"FDA-a1..a8": [f"FDA-a{n}" for n in range(1, 9)], "FDA-b1..b6": [f"FDA-b{n}" for n in range(1, 7)]}


def test_ids_are_unique_and_belong_to_a_pack() -> None:
    ids = [one.id for one in elements()]
    assert len(ids) == len(set(ids))
    assert {one.pack for one in elements()} == {pack.id for pack in packs()}


def test_every_condition_is_one_that_the_program_can_settle() -> None:
    asked = {one.expected for one in elements()} - {"always", *AS_APPROPRIATE}
    assert asked == set(CONDITIONS)


def test_what_gives_an_element_is_an_element_or_its_own_mark() -> None:
    known = {one.id for one in elements()}
    assert all(mark in known for one in elements() for group in one.given_by for mark in group)
    assert all(kind_named(kind) is not None for one in elements() for kind in one.also_in)


def test_a_citation_that_was_not_read_says_so() -> None:
    told = {one.read: one.cited for one in elements()}
    assert told[False].endswith("(wording from memory, to be checked)") and "memory" not in told[True]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared list of elements is not beside this checkout")
def test_nothing_of_the_shared_list_is_left_out_or_claimed_to_be_read_without_having_been() -> None:
    ours = {one.id: one for one in elements()}
    shared = yaml.safe_load(SHARED.read_text(encoding="utf-8"))["elements"]
    listed = [(name, one) for one in shared for name in RANGES.get(one["id"], [one["id"]])]
    assert {name for name, _ in listed} == set(ours)
    for name, one in listed:
        assert ours[name].pack == one["pack"]
        assert ours[name].read == (one["verified"] == "V"), name
        conditional = one["applies_when"] not in ("always", "fda_regulated", *AS_APPROPRIATE)
        assert (ours[name].expected == one["applies_when"]) or not conditional, name
