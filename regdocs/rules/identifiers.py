"""Ids: whether each names one thing only. A path, a reference and a name in a document all rest on it."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from regdocs.rules.elements import Field, fields, id_lists, refers_to
from regdocs.rules.rule import Hit
from regdocs.spec.protocol import Protocol
from regdocs.units import join_words

_TREE = "criteria"
_SITES = "sites"
# Names that Windows keeps for devices, also with an ending.
_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))))
_Named = tuple[str, str]  # place and id


def duplicate_ids(protocol: Protocol) -> Iterator[Hit]:
    """ID-001: an id given twice in one list; criteria and sub-criteria count as one list."""
    for key, named in _lists(protocol):
        for place, element, first in _repeated(named):
            if element == first:
                yield Hit(f"{place}/id", f'id "{element}" is given twice in "{key}"', "give the second one another id")


def ids_that_differ_by_case(protocol: Protocol) -> Iterator[Hit]:
    """ID-002: two ids that differ by capital letters only. Sites, which become folders, are ID-004."""
    for key, named in _lists(protocol):
        for place, element, first in _repeated(named):
            if element != first and key != _SITES:
                message = f'ids "{first}" and "{element}" in "{key}" differ by capital letters only'
                yield Hit(f"{place}/id", message, "give one of them a name that cannot be taken for the other")


def sites_that_cannot_be_folders(protocol: Protocol) -> Iterator[Hit]:
    """ID-004: a site whose folder of documents some system cannot make, or would take for another site's."""
    named = tuple((f"/{_SITES}/{number}", site.id) for number, site in enumerate(protocol.sites))
    for place, element in named:
        if element.endswith(".") or element.casefold().partition(".")[0] in _DEVICES:
            message = f'a folder cannot be called "{element}" on every system'
            yield Hit(f"{place}/id", message, "give the site another id; its documents lie in a folder of that name")
    for place, element, first in _repeated(named):
        if element != first:
            message = f'sites "{first}" and "{element}" differ by capital letters only; many disks take them for one'
            yield Hit(f"{place}/id", message, "give one of them another id")


def ids_that_a_reference_cannot_tell_apart(protocol: Protocol) -> Iterator[Hit]:
    """ID-003: an id in two lists where one key may name elements of both."""
    for lists in _shared_names(protocol):
        seen: dict[str, str] = {}
        for name in lists:
            for number, element in enumerate(getattr(protocol, name)):
                first = seen.setdefault(element.id, name)
                if first != name:
                    yield _ambiguous(f"/{name}/{number}/id", element.id, first, name, lists[name])


def _ambiguous(place: str, element: str, first: str, second: str, keys: Iterable[str]) -> Hit:
    named = join_words([f'"{key}"' for key in keys])
    message = f'id "{element}" stands in "{first}" and in "{second}"; {named} may name either'
    return Hit(place, message, "give one of them another id")


def _shared_names(protocol: Protocol) -> Iterator[dict[str, tuple[str, ...]]]:
    """Give the sets of lists whose elements one key may name, each list with the keys that do."""
    shared: dict[tuple[str, ...], dict[str, None]] = {}
    for field in fields(protocol):
        mark = refers_to(type(field.owner), field.name)
        if mark is not None and len(mark.lists) > 1:
            shared.setdefault(mark.lists, {})[field.name] = None
    for lists, keys in shared.items():
        yield dict.fromkeys(lists, tuple(keys))


def _lists(protocol: Protocol) -> Iterator[tuple[str, tuple[_Named, ...]]]:
    """Give every list of ids; the eligibility tree is one list, because a number names one criterion."""
    yield "eligibility", tuple(_criteria(Field(protocol, "eligibility", protocol.eligibility, "/eligibility")))
    yield from ((key, named) for key, named in id_lists(protocol) if key not in ("eligibility", _TREE))


def _criteria(field: Field) -> Iterator[_Named]:
    elements = field.value if isinstance(field.value, tuple) else ()
    for number, criterion in enumerate(elements):
        place = f"{field.place}/{number}"
        yield place, criterion.id
        yield from _criteria(Field(criterion, _TREE, _below(criterion), f"{place}/{_TREE}"))


def _below(criterion: BaseModel) -> object:
    return getattr(criterion, _TREE)


def _repeated(named: tuple[_Named, ...]) -> Iterator[tuple[str, str, str]]:
    """Give place and id of each element whose id was there before but for case, and the id as it was then."""
    seen: dict[str, list[str]] = {}
    for place, element in named:
        earlier = seen.setdefault(element.casefold(), [])
        if earlier:
            yield place, element, element if element in earlier else earlier[0]
        earlier.append(element)
