"""Steps: what is found between two trees leads from one to the other, and a step that does not fit changes nothing."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regdocs.audit.data_form import same
from regdocs.audit.line import Json, encode_value
from regdocs.audit.steps import StepFails, apply_steps, steps_between

ids = st.sampled_from(["a", "b", "c", "d", "e", "a/b", "~", "~1", "", "é"])
keys = st.sampled_from(["a", "b", "name", "id", "x/y", "~0", ""])
scalars = st.none() | st.booleans() | st.integers(-2, 2) | st.sampled_from(["", "a", "b", "text"])


def elements(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    content = st.dictionaries(keys, inner, max_size=3)
    return st.dictionaries(ids, content, max_size=5).map(
        lambda found: [{**value, "id": element} for element, value in found.items()]
    )


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.dictionaries(keys, inner, max_size=4)


values = st.recursive(
    scalars, lambda inner: objects(inner) | elements(inner) | st.lists(inner, max_size=3), max_leaves=15
)
trees = objects(values)


@given(trees, trees)
def test_steps_between_two_trees_lead_from_one_to_the_other(old: dict[str, Json], new: dict[str, Json]):
    before = copy.deepcopy(old)
    steps = steps_between(old, new)
    assert same(apply_steps(old, list(steps)), new)
    assert same(old, before)
    assert (steps == []) is same(old, new)


@given(elements(values), elements(values), st.dictionaries(ids, ids, max_size=4))
@settings(max_examples=200)
def test_renames_that_were_given_lead_there_too(old: list[Json], new: list[Json], renames: dict[str, str]):
    paths = {f"/arms/{element.replace('~', '~0').replace('/', '~1')}": name for element, name in renames.items()}
    steps = steps_between({"arms": old}, {"arms": new}, paths)
    assert same(apply_steps({"arms": old}, list(steps)), {"arms": new})


@given(trees, trees)
def test_steps_can_be_written_and_are_the_same_each_time(old: dict[str, Json], new: dict[str, Json]):
    steps = steps_between(old, new)
    again = steps_between(dict(reversed(old.items())), dict(reversed(new.items())))
    assert encode_value(list(steps)) == encode_value(list(again))


def arms(*found: str, **more: Json) -> dict[str, Json]:
    return {"arms": [{"id": element, "name": element.upper()} for element in found], **more}


def test_what_changed_is_said_by_id_and_not_by_place():
    old, new = arms("a", "b", "c", title="T"), arms("x", "a", "c", title="U")
    new["arms"][1]["name"] = "First"  # type: ignore[index, call-overload]
    assert steps_between(old, new) == [
        {"path": "/arms/x", "new": {"id": "x", "name": "X"}, "after": None},
        {"path": "/arms/b", "old": {"id": "b", "name": "B"}},
        {"path": "/arms/a/name", "old": "A", "new": "First"},
        {"path": "/title", "old": "T", "new": "U"},
    ]


def test_move_is_an_order():
    assert steps_between(arms("a", "b", "c"), arms("c", "a", "b")) == [{"path": "/arms", "order": ["c", "a", "b"]}]


def test_element_is_renamed_only_when_that_is_said():
    old: dict[str, Json] = {"arms": [{"id": "a", "visits": [{"id": "v", "day": 1}]}, {"id": "b"}]}
    new: dict[str, Json] = {"arms": [{"id": "z", "visits": [{"id": "w", "day": 2}]}, {"id": "b"}]}
    assert steps_between(old, new, {"/arms/a": "z", "/arms/a/visits/v": "w"}) == [
        {"path": "/arms/a", "rename": "z"},
        {"path": "/arms/z/visits/v", "rename": "w"},
        {"path": "/arms/z/visits/w/day", "old": 1, "new": 2},
    ]
    assert [sorted(step) for step in steps_between(old, new)] == [["after", "new", "path"], ["old", "path"]]


def test_renames_are_done_in_the_order_in_which_they_can_be():
    steps = steps_between(arms("a", "b"), arms("b", "c"), {"/arms/a": "b", "/arms/b": "c"})
    assert [step.get("rename") for step in steps][:2] == ["c", "b"]
    assert same(apply_steps(arms("a", "b"), list(steps)), arms("b", "c"))


def test_list_that_is_no_list_of_elements_is_one_value():
    old: dict[str, Json] = {"l": [{"id": "a"}, {"id": "a"}]}
    new: dict[str, Json] = {"l": [{"id": "a"}]}
    assert steps_between(old, new) == [{"path": "/l", "old": old["l"], "new": new["l"]}]
    assert steps_between(new, {"l": []}) == [{"path": "/l", "old": new["l"], "new": []}]


TREE: dict[str, Json] = {
    "title": "T",
    "n": 1,
    "yes": True,
    "plain": [1, 2],
    "arms": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
    "one": [{"id": "a"}],
    "a/b": {"~": "tilde"},
}


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        ("text", "form"),
        ({}, "form"),
        ({"path": "/title"}, "form"),
        ({"path": "/title", "old": "T", "new": "U", "why": "…"}, "form"),
        ({"path": "/title", "old": "T", "new": "U", "after": None}, "form"),
        ({"path": "/arms", "order": ["b", "a"], "old": 1}, "form"),
        ({"path": 1, "old": "T"}, "begins with /"),
        ({"path": "", "old": TREE}, "begins with /"),
        ({"path": "title", "old": "T"}, "begins with /"),
        ({"path": "/a~b", "old": 1}, "neither ~0 nor ~1"),
        ({"path": "/title~", "old": 1}, "neither ~0 nor ~1"),
        ({"path": "/" * 65, "new": 1}, "64 segments"),
        ({"path": "/title", "old": "t", "new": "U"}, "not what the step says"),
        ({"path": "/n", "old": True, "new": 2}, "not what the step says"),
        ({"path": "/yes", "old": 1}, "not what the step says"),
        ({"path": "/none", "old": None}, "nothing at 'none'"),
        ({"path": "/none", "old": None, "new": 1}, "nothing at 'none'"),
        ({"path": "/none/deeper", "new": 1}, "nothing at 'none'"),
        ({"path": "/title", "new": "U"}, "something at 'title'"),
        ({"path": "/other", "new": 1, "after": None}, "for lists"),
        ({"path": "/title/x", "new": 1}, "neither an object"),
        ({"path": "/plain/0", "old": 1}, "neither an object"),
        ({"path": "/arms/0", "old": {"id": "a", "name": "A"}}, "nothing at '0'"),
        ({"path": "/arms/c", "new": {"id": "c"}}, 'with "after"'),
        ({"path": "/arms/c", "new": {"id": "d"}, "after": None}, "not the id 'c'"),
        ({"path": "/arms/c", "new": "c", "after": None}, "not the id 'c'"),
        ({"path": "/arms/a", "new": {"id": "a"}, "after": None}, "something at 'a'"),
        ({"path": "/arms/c", "new": {"id": "c"}, "after": "d"}, "no element 'd'"),
        ({"path": "/arms/c", "new": {"id": "c"}, "after": 0}, "no element 0"),
        ({"path": "/one/a", "old": {"id": "a"}}, "one of elements any more"),
        ({"path": "/arms/a", "old": {"id": "a", "name": "A"}, "new": {"id": "c"}}, "not the id 'a'"),
        ({"path": "/arms/a", "old": {"id": "a", "name": "A"}, "new": 1}, "not the id 'a'"),
        ({"path": "/arms/a/id", "old": "a"}, "one of elements any more"),
        ({"path": "/arms/a/id", "old": "a", "new": "b"}, "one of elements any more"),
        ({"path": "/arms/a/id", "old": "a", "new": 1}, "one of elements any more"),
        ({"path": "/arms/a", "rename": "b"}, "something at 'b'"),
        ({"path": "/arms/a", "rename": "a"}, "something at 'a'"),
        ({"path": "/arms/a", "rename": 1}, "an id is a text"),
        ({"path": "/arms/c", "rename": "d"}, "nothing at 'c'"),
        ({"path": "/title", "rename": "d"}, "only an element"),
        ({"path": "/arms", "order": ["a"]}, "each once"),
        ({"path": "/arms", "order": ["a", "a"]}, "each once"),
        ({"path": "/arms", "order": ["a", "b", "b"]}, "each once"),
        ({"path": "/arms", "order": ["a", "c"]}, "each once"),
        ({"path": "/arms", "order": ["a", 1]}, "list of ids"),
        ({"path": "/arms", "order": "ab"}, "list of ids"),
        ({"path": "/plain", "order": [2, 1]}, "not a list of elements"),
        ({"path": "/arms/a", "order": ["id"]}, "not a list of elements"),
    ],
)
def test_step_that_does_not_fit_says_which_and_why_and_changes_nothing(step: Json, reason: str):
    tree = copy.deepcopy(TREE)
    with pytest.raises(StepFails, match=reason) as caught:
        apply_steps(tree, [{"path": "/n", "old": 1, "new": 2}, step])
    assert caught.value.number == 2
    assert tree == TREE


@pytest.mark.parametrize("steps", [None, {}, "what", 1])
def test_what_is_no_list_of_steps_fails_as_a_whole(steps: Json):
    with pytest.raises(StepFails, match="no list") as caught:
        apply_steps({}, steps)
    assert caught.value.number == 0


@pytest.mark.parametrize(
    ("step", "path", "value"),
    [
        ({"path": "/a~1b/~0", "old": "tilde", "new": "~"}, ("a/b", "~"), "~"),
        ({"path": "/", "new": 1}, ("",), 1),
        ({"path": "/plain", "old": [1, 2], "new": []}, ("plain",), []),
        ({"path": "/one", "old": [{"id": "a"}], "new": []}, ("one",), []),
        ({"path": "/arms", "order": ["b", "a"]}, ("arms", 0, "id"), "b"),
        ({"path": "/arms/c", "new": {"id": "c"}, "after": "a"}, ("arms", 1), {"id": "c"}),
        ({"path": "/arms/c", "new": {"id": "c"}, "after": None}, ("arms", 0), {"id": "c"}),
        ({"path": "/arms/a", "old": {"id": "a", "name": "A"}, "new": {"id": "a"}}, ("arms", 0), {"id": "a"}),
        ({"path": "/arms/a", "rename": "a/c"}, ("arms", 0), {"id": "a/c", "name": "A"}),
        ({"path": "/arms/a/id", "old": "a", "new": "c"}, ("arms", 0), {"id": "c", "name": "A"}),
    ],
)
def test_step_that_fits_is_done(step: Json, path: tuple[str | int, ...], value: Json):
    found: Any = apply_steps(TREE, [step])
    for key in path:
        found = found[key]
    assert same(found, value)


def test_tree_never_grows_beyond_64_levels():
    deep: Json = 1
    for _ in range(63):
        deep = {"k": deep}
    grown = apply_steps({}, [{"path": "/k", "new": deep}])
    assert encode_value(grown).count(b"{") == 64
    with pytest.raises(StepFails, match="64 levels"):
        apply_steps({}, [{"path": "/k", "new": {"k": deep}}])
    with pytest.raises(StepFails, match="64 levels"):
        apply_steps(grown, [{"path": "/k" * 64, "old": 1, "new": {}}])


def test_value_that_was_put_in_is_not_shared_with_the_step():
    steps: list[Json] = [{"path": "/k", "new": {"l": 1}}, {"path": "/k/l", "old": 1, "new": 2}]
    assert apply_steps({}, steps) == {"k": {"l": 2}}
    assert steps[0] == {"path": "/k", "new": {"l": 1}}
