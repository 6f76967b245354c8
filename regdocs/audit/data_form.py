"""A data form as a tree with paths: objects by key, lists of elements by the elements' ids.

Knows JSON trees; does not know what any key means. What happens at a place is said in `steps`.
Source: docs/formats/audit-log.md, "A version", Steps.
"""

from typing import NamedTuple, TypeAlias, cast

from regdocs.audit.line import MAX_DEPTH, Json

Elements: TypeAlias = list[dict[str, Json]]
Holder: TypeAlias = dict[str, Json] | Elements


class NoPlace(Exception):
    """A path that is none, or that leads nowhere in this tree. `steps` says in which step, as a refusal."""


class Place(NamedTuple):
    """Where a path leads: what holds the place, the key or id there, the last list of elements passed, and how deep."""

    holder: Holder
    key: str
    elements: Elements | None
    depth: int


def is_elements(value: Json) -> bool:
    """Tell whether a list is one of elements: one or more objects that each have a text `id`, all different."""
    if not isinstance(value, list) or not value:
        return False
    ids = [item.get("id") if isinstance(item, dict) else None for item in value]
    return all(isinstance(found, str) for found in ids) and len(set(cast("list[str]", ids))) == len(ids)


def by_id(elements: Json) -> dict[str, dict[str, Json]]:
    """Return the elements of a list of elements by their ids, in its order."""
    return {cast(str, item["id"]): item for item in cast(Elements, elements)}


def place_of(tree: Json, path: Json) -> Place:
    """Return the place a path leads to; there need not be anything at its last key or id.

    Raises:
        NoPlace: Another form than a path has, or a way that is not there.
    """
    *before, last = segments_of(path)
    found, elements = tree, None
    for segment in before:
        holder = _holder(found)
        elements = holder if isinstance(holder, list) else elements
        found = at(holder, segment)
    holder = _holder(found)
    elements = holder if isinstance(holder, list) else elements
    return Place(holder, last, elements, len(before) + 1)


def segments_of(path: Json) -> list[str]:
    """Return the keys and ids of a path.

    Raises:
        NoPlace: Another form than a path has.

    Source: RFC 6901, 3 and 4.
    """
    if not isinstance(path, str) or not path.startswith("/"):
        raise NoPlace("a path begins with /")
    segments = path[1:].split("/")
    if len(segments) > MAX_DEPTH:
        raise NoPlace(f"a path of more than {MAX_DEPTH} segments")
    if "~" in path.replace("~0", "").replace("~1", ""):
        raise NoPlace("a ~ in a path that is neither ~0 nor ~1")
    return [segment.replace("~1", "/").replace("~0", "~") for segment in segments]


def escaped(segment: str) -> str:
    """Return a key or an id as it stands in a path. Source: RFC 6901, 3."""
    return segment.replace("~", "~0").replace("/", "~1")


def _holder(value: Json) -> dict[str, Json] | Elements:
    if isinstance(value, dict):
        return value
    if is_elements(value):
        return cast(Elements, value)
    raise NoPlace("the path leads into what is neither an object nor a list of elements")


def at(holder: Holder, key: str) -> Json:
    """Return what is there under a key, or the element with an id.

    Raises:
        NoPlace: Nothing is.
    """
    if isinstance(holder, dict):
        if key in holder:
            return holder[key]
    elif (index := index_of(holder, key)) is not None:
        return holder[index]
    raise NoPlace(f"there is nothing at {key!a}")


def index_of(elements: Elements, element: str) -> int | None:
    """Return where the element with this id stands, or None."""
    return next((index for index, item in enumerate(elements) if item["id"] == element), None)


def levels(value: Json) -> int:
    """Return how many objects and lists lie in one another; of a text, a number, a boolean or null none."""
    if isinstance(value, dict):
        return 1 + max(map(levels, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(levels, value), default=0)
    return 0


def copied(value: Json) -> Json:
    """Return the same tree, of which nothing is shared."""
    if isinstance(value, dict):
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, list):
        return [copied(item) for item in value]
    return value


def same(one: Json, other: Json) -> bool:
    """Tell whether two values have the same RFC 8785 text; `True` and `1`, which Python takes for equal, have not."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and one == other
