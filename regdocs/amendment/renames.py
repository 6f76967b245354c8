"""Elements that got another id and are otherwise what they were: only their likeness says so in two data forms."""

from collections.abc import Iterator, Mapping

from regdocs.amendment.change import Json
from regdocs.amendment.places import ids_of
from regdocs.canonical import digest_of
from regdocs.spec.paths import join


def renames_between(old: Mapping[str, Json], new: Mapping[str, Json]) -> dict[str, str]:
    """Return the path of each element that was renamed, in the old form, and its new id.

    An element of one list that is gone and one that is new there are taken for one when nothing differs but the id, and
    when no other element, gone or new, is like them. Two elements that swap ids are two that changed.
    """
    return dict(_below("", dict(old), dict(new)))


def _below(path: str, old: Json, new: Json) -> Iterator[tuple[str, str]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in sorted(old.keys() & new.keys()):
            yield from _below(join(path, key), old[key], new[key])
    elif ids_of(old) and ids_of(new):
        before, after = _by_id(old), _by_id(new)
        yield from ((join(path, one), name) for one, name in _renamed(before, after))
        for element in (one for one in before if one in after):
            yield from _below(join(path, element), before[element], after[element])


def _renamed(before: Mapping[str, Json], after: Mapping[str, Json]) -> Iterator[tuple[str, str]]:
    gone = _by_content({one: before[one] for one in before if one not in after})
    come = _by_content({one: after[one] for one in after if one not in before})
    for content, ids in gone.items():
        names = come.get(content, [])
        if len(ids) == len(names) == 1:
            yield ids[0], names[0]


def _by_content(elements: Mapping[str, Json]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element, value in elements.items():
        content = digest_of({**value, "id": ""}) if isinstance(value, dict) else ""
        found.setdefault(content, []).append(element)
    return found


def _by_id(elements: Json) -> dict[str, Json]:
    return {str(one["id"]): one for one in elements if isinstance(one, dict)} if isinstance(elements, list) else {}
