"""Changes say what a person sees of the steps between two forms, and keep the steps."""

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from regdocs.amendment.change import Change, Json
from regdocs.amendment.changes import changes_of, moved, steps_of
from regdocs.amendment.renames import renames_between
from regdocs.audit.data_form import is_elements, same
from regdocs.audit.steps import apply_steps, steps_between

ids = st.sampled_from(["a", "b", "c", "d", "e", "a/b", "~", "~1", "", "é"])
keys = st.sampled_from(["a", "b", "name", "criteria", "x/y", "~0", "", "value"])
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-2, 2)
    | st.sampled_from(["", "a", "TODO: b", "đái tháo đường", "🧪", "w" * 500])
)


def elements(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    content = st.dictionaries(keys, inner, max_size=3)
    return st.dictionaries(ids, content, max_size=6).map(
        lambda found: [{**value, "id": element} for element, value in found.items()]
    )


values = st.recursive(
    scalars,
    lambda inner: st.dictionaries(keys, inner, max_size=4) | elements(inner) | st.lists(inner, max_size=3),
    max_leaves=15,
)
lists = elements(values).filter(bool)
forms = st.dictionaries(keys, values | lists, max_size=4)


@st.composite
def edited(draw: st.DrawFn, form: dict[str, Json]) -> dict[str, Any]:
    """The form after some of what people do to it: moves, other ids, swapped ids, elements out, in and in again."""
    grown: dict[str, Any] = copy.deepcopy(form)
    for found in [one for one in grown.values() if is_elements(one)]:
        for _ in range(draw(st.integers(0, 4))):
            _edit(draw, found)
    if draw(st.booleans()) and grown:
        grown[draw(st.sampled_from(sorted(grown)))] = draw(values)
    return grown


def _edit(draw: st.DrawFn, found: list[Any]) -> None:
    one, other = (draw(st.integers(0, len(found) - 1)) for _ in range(2))
    free = sorted({"n1", "n2", "n3", "n4"} - {element.get("id") for element in found})
    kind = draw(st.sampled_from(["move", "rename", "swap", "out", "in", "again", "change"]))
    if kind == "move":
        found.insert(other, found.pop(one))
    elif kind == "rename" and free:
        found[one]["id"] = free[0]
    elif kind == "swap":
        found[one]["id"], found[other]["id"] = found[other]["id"], found[one]["id"]
    elif kind == "out" and len(found) > 1:
        del found[one]
    elif kind == "in" and free:
        found.insert(one, {"id": draw(st.sampled_from(free)), "name": draw(scalars)})
    elif kind == "again":
        found[one] = {"id": found[one]["id"], "name": draw(scalars)}
    elif kind == "change":
        found[one]["name"] = draw(values)


def changes(old: dict[str, Json], new: dict[str, Json]) -> tuple[Change, ...]:
    return changes_of(steps_between(old, new, renames_between(old, new)), old, new)


def demand_complete(old: dict[str, Json], new: dict[str, Json]) -> None:
    found = changes(old, new)
    assert same(apply_steps(old, list(steps_of(found))), new)
    assert (found == ()) is same(old, new)
    assert all(one.label for one in found)


@given(forms, forms)
def test_steps_of_the_changes_lead_from_one_form_to_the_other(old: dict[str, Json], new: dict[str, Json]):
    demand_complete(old, new)


@given(forms.flatmap(lambda form: st.tuples(st.just(form), edited(form))))
@settings(max_examples=300)
def test_what_people_do_to_lists_leads_from_one_form_to_the_other(pair: tuple[dict[str, Json], dict[str, Json]]):
    demand_complete(*pair)
    demand_complete(*reversed(pair))


@given(st.permutations(range(9)))
def test_few_elements_are_said_to_have_moved(order: list[int]):
    old, new = [str(n) for n in range(9)], [str(n) for n in order]
    stayed = [one for one in new if one not in moved(old, new)]
    assert stayed == sorted(stayed)
    assert len(stayed) == longest_run(order)


def longest_run(order: list[int]) -> int:
    """The length of the longest increasing run, found in the slow way."""
    best: list[int] = []
    for index, place in enumerate(order):
        best.append(1 + max((best[n] for n in range(index) if order[n] < place), default=0))
    return max(best)


def criteria(*found: str) -> dict[str, Any]:
    return {"eligibility": [{"id": one, "category": "exclusion", "text": f"Text {one}"} for one in found]}


def told(old: dict[str, Json], new: dict[str, Json]) -> list[tuple[str, str, Json, Json]]:
    return [(one.kind, one.label, one.old, one.new) for one in changes(old, new)]


def test_one_element_that_moved_is_one_change():
    found = told(criteria("E1", "E2", "E3", "E4"), criteria("E1", "E4", "E2", "E3"))
    assert found == [("moved", "Exclusion criterion E4", "E3", "E1")]


def test_element_that_became_the_first_has_none_before_it():
    assert told(criteria("E1", "E2", "E3"), criteria("E3", "E1", "E2")) == [
        ("moved", "Exclusion criterion E3", "E2", None)
    ]


def test_moves_are_told_beside_what_was_added_removed_and_renamed():
    old, new = criteria("E1", "E2", "E3", "E4"), criteria("E4", "E9", "E1", "E7")
    new["eligibility"][3]["text"] = "Text E3"
    assert [(kind, label) for kind, label, _, _ in told(old, new)] == [
        ("renamed", "Exclusion criterion E7"),
        ("added", "Exclusion criterion E9"),
        ("removed", "Exclusion criterion E2"),
        ("moved", "Exclusion criterion E4"),
    ]


def test_renamed_element_is_told_with_both_ids():
    old, new = criteria("E1", "E2"), criteria("E1", "E5")
    new["eligibility"][1]["text"] = "Text E2"
    assert told(old, new) == [("renamed", "Exclusion criterion E5", "E2", "E5")]


def test_swapped_ids_are_two_changes_of_text():
    old, new = criteria("E1", "E2"), criteria("E1", "E2")
    new["eligibility"][0]["text"], new["eligibility"][1]["text"] = "Text E2", "Text E1"
    assert renames_between(old, new) == {}
    assert [label for _, label, _, _ in told(old, new)] == [
        "Exclusion criterion E1: text",
        "Exclusion criterion E2: text",
    ]


def test_element_that_has_a_twin_is_not_renamed():
    old: dict[str, Json] = {"risks": [{"id": "a", "text": "T"}, {"id": "b", "text": "T"}, {"id": "z"}]}
    new: dict[str, Json] = {"risks": [{"id": "c", "text": "T"}, {"id": "z"}]}
    assert renames_between(old, new) == {}


def test_element_renamed_in_a_list_within_an_element_is_found_there():
    old: dict[str, Json] = {"forms": [{"id": "f", "fields": [{"id": "x", "label": "Pulse"}, {"id": "y"}]}]}
    new: dict[str, Json] = {"forms": [{"id": "f", "fields": [{"id": "pulse", "label": "Pulse"}, {"id": "y"}]}]}
    assert renames_between(old, new) == {"/forms/f/fields/x": "pulse"}


def test_three_thousand_criteria_are_compared():
    old = criteria(*(f"E{n:04}" for n in range(3000)))
    new = criteria(*(f"E{n:04}" for n in (2999, *range(2999))))
    for one in new["eligibility"]:
        one["text"] += ", rewritten"
    found = changes(old, new)
    assert [one.kind for one in found] == ["moved"] + 3000 * ["changed"]
    assert same(apply_steps(old, list(steps_of(found))), new)
