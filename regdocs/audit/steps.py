"""What changed between two data forms, as steps, and a data form with steps applied to it.

Knows JSON trees and the ids of elements in lists; does not know what any key means. Whoever finds steps and whoever
applies them need not be the same: a reader trusts only what applying them gives.
Source: docs/formats/audit-log.md, "A version", Steps.
"""

from collections.abc import Iterator, Mapping
from typing import TypeAlias, cast

from regdocs.audit.data_form import (
    Elements,
    NoPlace,
    Place,
    at,
    by_id,
    copied,
    escaped,
    index_of,
    is_elements,
    levels,
    place_of,
    same,
)
from regdocs.audit.line import MAX_DEPTH, Json
from regdocs.errors import Refusal

Step: TypeAlias = dict[str, Json]

_ROWS = (
    frozenset(("path", "old", "new")),
    frozenset(("path", "new")),
    frozenset(("path", "new", "after")),
    frozenset(("path", "old")),
    frozenset(("path", "order")),
    frozenset(("path", "rename")),
)


class StepFails(Refusal):
    """A step does not fit the tree; `number` counts from 1 (0: there is no list of steps), `reason` says why."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"step {number}: {reason}")
        self.number = number
        self.reason = reason


# ---------------------------------------------------------------------------------------------------------- applying


def apply_steps(tree: Json, steps: Json) -> Json:
    """Return the tree with the steps applied in order; the one given stays as it is.

    A step fits or nothing is given: what it says was there has to be there exactly, and a list of elements stays one.

    Raises:
        StepFails: Steps of another form, or one that does not fit the tree as the steps before it left it.
    """
    if not isinstance(steps, list):
        raise StepFails(0, "there is no list of steps")
    grown = copied(tree)
    for number, step in enumerate(steps, 1):
        try:
            _apply(grown, step)
        except NoPlace as misfit:
            raise StepFails(number, str(misfit)) from misfit
    return grown


def _apply(tree: Json, step: Json) -> None:
    if not isinstance(step, dict) or frozenset(step) not in _ROWS:
        raise NoPlace("not of the form of any step")
    place = place_of(tree, step["path"])
    if "order" in step:
        _reorder(place, step["order"])
    elif "rename" in step:
        _rename(place, step["rename"])
    elif "old" not in step:
        _put_in(place, step)
    elif "new" not in step:
        _take_out(place, step["old"])
    else:
        _replace(place, step["old"], step["new"])
    if place.elements is not None and not is_elements(cast(Json, place.elements)):
        raise NoPlace("the list would not be one of elements any more")


def _replace(place: Place, old: Json, new: Json) -> None:
    _demand_same(place, old)
    _demand_room(place, new)
    if isinstance(place.holder, dict):
        place.holder[place.key] = copied(new)
        return
    place.holder[cast(int, index_of(place.holder, place.key))] = _element(place.key, new)


def _take_out(place: Place, old: Json) -> None:
    _demand_same(place, old)
    if isinstance(place.holder, dict):
        del place.holder[place.key]
    else:
        del place.holder[cast(int, index_of(place.holder, place.key))]


def _put_in(place: Place, step: Step) -> None:
    new = step["new"]
    _demand_room(place, new)
    if isinstance(place.holder, list):
        _put_in_list(place.holder, place.key, step)
    elif "after" in step:
        raise NoPlace('"after" is for lists of elements')
    elif place.key in place.holder:
        raise NoPlace(f"there is something at {place.key!a}")
    else:
        place.holder[place.key] = copied(new)


def _put_in_list(elements: Elements, key: str, step: Step) -> None:
    if "after" not in step:
        raise NoPlace('an element is put into a list with "after"')
    if index_of(elements, key) is not None:
        raise NoPlace(f"there is something at {key!a}")
    after = step["after"]
    before = -1 if after is None else index_of(elements, after) if isinstance(after, str) else None
    if before is None:
        raise NoPlace(f"there is no element {after!a} to come after")
    elements.insert(before + 1, _element(key, step["new"]))


def _element(key: str, new: Json) -> dict[str, Json]:
    if not isinstance(new, dict) or new.get("id") != key:
        raise NoPlace(f"the element has not the id {key!a}")
    return cast("dict[str, Json]", copied(new))


def _reorder(place: Place, order: Json) -> None:
    elements = at(place.holder, place.key)
    if not is_elements(elements):
        raise NoPlace("what is put in order is not a list of elements")
    by_id = {cast(str, item["id"]): item for item in cast(Elements, elements)}
    if not isinstance(order, list) or not all(isinstance(found, str) for found in order):
        raise NoPlace("an order is a list of ids")
    ids = cast("list[str]", order)
    if len(ids) != len(by_id) or set(ids) != by_id.keys():
        raise NoPlace("an order has all ids of its list, each once")
    cast(Elements, elements)[:] = [by_id[found] for found in ids]


def _rename(place: Place, name: Json) -> None:
    if not isinstance(place.holder, list):
        raise NoPlace("only an element of a list is renamed")
    element = cast("dict[str, Json]", at(place.holder, place.key))
    if not isinstance(name, str):
        raise NoPlace("an id is a text")
    if index_of(place.holder, name) is not None:
        raise NoPlace(f"there is something at {name!a}")
    element["id"] = name


def _demand_same(place: Place, old: Json) -> None:
    if not same(at(place.holder, place.key), old):
        raise NoPlace(f"what is at {place.key!a} is not what the step says was there")


def _demand_room(place: Place, new: Json) -> None:
    """Keep the tree within the levels of the profile; the tree itself is the first."""
    if place.depth + levels(new) > MAX_DEPTH:
        raise NoPlace(f"the tree would be more than {MAX_DEPTH} levels deep")


# ----------------------------------------------------------------------------------------------------------- finding


def steps_between(
    old: Mapping[str, Json], new: Mapping[str, Json], renames: Mapping[str, str] | None = None
) -> list[Step]:
    """Return steps that lead from one tree to the other: `apply_steps(old, steps_between(old, new))` is `new`.

    Lists of elements are compared by id, so that an element that moved, or was put in before others, is one step.
    That an element got another id cannot be seen from two trees. `renames` says so: the element's path in the old
    tree, and its new id. One that fits nothing, or whose new id is held by another element, is passed over: the
    steps then take one element out and put another in.

    The same trees give the same steps: keys in order, elements as they stand in the new list.
    """
    return list(_between_objects("", "", old, new, renames or {}))


def _between_objects(
    path: str, was: str, old: Mapping[str, Json], new: Mapping[str, Json], renames: Mapping[str, str]
) -> Iterator[Step]:
    """Yield the steps below one object; `was` is its path in the old tree, before anything was renamed."""
    for key in sorted(old.keys() | new.keys()):
        place = f"{path}/{escaped(key)}"
        if key not in new:
            yield {"path": place, "old": old[key]}
        elif key not in old:
            yield {"path": place, "new": new[key]}
        else:
            yield from _between(place, f"{was}/{escaped(key)}", old[key], new[key], renames)


def _between(path: str, was: str, old: Json, new: Json, renames: Mapping[str, str]) -> Iterator[Step]:
    if same(old, new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _between_objects(path, was, old, new, renames)
    elif is_elements(old) and is_elements(new):
        yield from _between_elements(path, was, by_id(old), by_id(new), renames)
    else:
        yield {"path": path, "old": old, "new": new}


def _between_elements(
    path: str, was: str, old: dict[str, Step], new: dict[str, Step], renames: Mapping[str, str]
) -> Iterator[Step]:
    now = {element: element for element in old}  # ids as they are by now, and as they were; in the list's order
    for element, name in _renamed(was, old, new, renames):
        yield {"path": f"{path}/{escaped(element)}", "rename": name}
        now = {name if found == element else found: before for found, before in now.items()}
    standing = list(now)
    # In before out: a list of elements is never empty.
    for after, element in zip([None, *new], new, strict=False):
        if element not in now:
            yield {"path": f"{path}/{escaped(element)}", "new": new[element], "after": after}
            standing.insert(0 if after is None else standing.index(after) + 1, element)
    for element in [found for found in now if found not in new]:
        yield {"path": f"{path}/{escaped(element)}", "old": {**old[now[element]], "id": element}}
        standing.remove(element)
    if standing != list(new):
        yield {"path": path, "order": list(new)}
    for element in (found for found in new if found in now):
        before = {**old[now[element]], "id": element}
        was_place = f"{was}/{escaped(now[element])}"
        yield from _between(f"{path}/{escaped(element)}", was_place, before, new[element], renames)


def _renamed(
    was: str, old: dict[str, Step], new: dict[str, Step], renames: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield the renames of one list that can be done one after another and lead to an element of the new list."""
    given = {element: renames.get(f"{was}/{escaped(element)}") for element in old}
    waiting = {element: name for element, name in given.items() if name is not None and name in new}
    held = set(old)
    while ready := [element for element, name in waiting.items() if name not in held]:
        name = waiting.pop(ready[0])
        held ^= {ready[0], name}
        yield ready[0], name
