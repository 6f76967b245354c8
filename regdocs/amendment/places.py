"""Places in a data form: objects by key, lists of elements by the elements' ids. RFC 6901 escapes."""

from collections.abc import Mapping

from regdocs.amendment.change import Json
from regdocs.spec.paths import join


def segments_of(path: str) -> list[str]:
    """Return the keys and ids of a path; of "", the whole form, none."""
    return [one.replace("~1", "/").replace("~0", "~") for one in path.split("/")[1:]]


def parent_of(path: str) -> str:
    """Return the place that holds the one at a path."""
    return path.rpartition("/")[0]


def beside(path: str, segment: str) -> str:
    """Return the path of another key or element in the same holder."""
    return join(parent_of(path), segment)


def at(form: Mapping[str, Json], path: str) -> Json:
    """Return what stands at a path, or None where nothing does."""
    found: Json = dict(form)
    for segment in segments_of(path):
        found = below(found, segment)
    return found


def below(value: Json, segment: str) -> Json:
    """Return what stands under a key of an object, or the element of a list with this id; None where nothing does."""
    if isinstance(value, dict):
        return value.get(segment)
    if isinstance(value, list):
        return next((one for one in value if isinstance(one, dict) and one.get("id") == segment), None)
    return None


def ids_of(value: Json) -> list[str] | None:
    """Return the ids of a list of elements in order: objects that each have a text `id`, all different; else None."""
    if not isinstance(value, list) or not value:
        return None
    ids = [one["id"] for one in value if isinstance(one, dict) and isinstance(one.get("id"), str)]
    texts = [one for one in ids if isinstance(one, str)]
    return texts if len(texts) == len(value) == len(set(texts)) else None
