"""References: whether every name stands for an element of the file, and for one of its own in its list.

Follows the marks that `spec/kinds.py` puts on fields, so a new field with a reference needs no rule of its own.
"""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from regdocs.rules.elements import Field, element_id, fields, ids, members, placed_values, refers_to
from regdocs.rules.rule import Hit
from regdocs.spec.complaints import nearest
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.schedule import ScheduleRow
from regdocs.units import join_words


def dangling_references(protocol: Protocol) -> Iterator[Hit]:
    """REF-001: a name that no element has."""
    yield from _dangling_names(protocol)
    yield from _dangling_sources(protocol)
    yield from _dangling_queries(protocol)


def _dangling_names(protocol: Protocol) -> Iterator[Hit]:
    for field in fields(protocol):
        mark = refers_to(type(field.owner), field.name)
        if mark is None:
            continue
        value = field.value.value if isinstance(field.value, Known) else field.value
        defined = [element for name in mark.lists for element in ids(getattr(protocol, name))]
        for place, reference in members(value, field.place):
            if reference not in defined:
                yield _dangling(place, f'"{field.name}"', str(reference), mark.lists, defined)


def repeated_references(protocol: Protocol) -> Iterator[Hit]:
    """REF-002: one element named twice in one list; a loop over the list would tell of it twice."""
    for field in fields(protocol):
        value = field.value.value if isinstance(field.value, Known) else field.value
        names = value if isinstance(value, tuple) and _names_elements(field) else ()
        for number, reference in enumerate(names):
            if reference in names[:number]:
                message = f'"{field.name}" names "{reference}" twice'
                yield Hit(f"{field.place}/{number}", message, "take one of them away")


def _names_elements(field: Field) -> bool:
    """Tell whether a field names elements: of top-level lists by its mark, or footnotes, which lie in the schedule."""
    marked = refers_to(type(field.owner), field.name) is not None
    return marked or (isinstance(field.owner, ScheduleRow) and field.name == "footnotes")


def _dangling_sources(protocol: Protocol) -> Iterator[Hit]:
    defined = ids(protocol.sources)
    for place, value in placed_values(protocol):
        if value.source is not None and value.source not in defined:
            yield _dangling(f"{place}/source", '"source"', value.source, ("sources",), defined)


def _dangling(place: str, key: str, reference: str, lists: tuple[str, ...], defined: Iterable[str]) -> Hit:
    where = join_words([f'"{name}"' for name in lists], "or")
    return Hit(place, f'{key} names "{reference}", which is not defined in {where}', guess(reference, defined))


def guess(word: str, words: Iterable[str]) -> str | None:
    """Return the hint for a misspelt name: the nearest one, else those that there are; None when there are none."""
    meant, known = nearest(word, words), tuple(dict.fromkeys(words))
    if meant:
        return f'did you mean "{meant}"?'
    listed = ", ".join(f'"{name}"' for name in known[:8])
    return f"defined: {listed}{' …' if len(known) > 8 else ''}" if known else None


def _dangling_queries(protocol: Protocol) -> Iterator[Hit]:
    for number, query in enumerate(protocol.queries):
        lost = _lost_step(protocol, query.about)
        if lost is not None:
            segment, names = lost
            message = f'query "{query.id}" is about "{query.about}", where "{segment}" is not found'
            yield Hit(f"/queries/{number}/about", message, guess(segment, names))


def _lost_step(protocol: Protocol, path: str) -> tuple[str, tuple[str, ...]] | None:
    """Return the first segment of a protocol path that leads nowhere, with those that could stand there."""
    found: object = protocol
    if not path.startswith("/"):
        return path, tuple(f"/{name}" for name in type(protocol).model_fields)
    for segment in path.split("/")[1:]:
        steps = _steps(found)
        name = segment.replace("~1", "/").replace("~0", "~")
        if name not in steps:
            return name, tuple(steps)
        found = steps[name]
    return None


def _steps(found: object) -> dict[str, object]:
    """Return what a path may name next. A key that was left out may be named too: it can be what is doubtful."""
    if isinstance(found, Known):
        return _steps(found.value)
    if isinstance(found, BaseModel):
        return {name: getattr(found, name) for name in type(found).model_fields}
    if isinstance(found, tuple):
        return {element_id(item): item for item in found if element_id(item)}
    return {}
