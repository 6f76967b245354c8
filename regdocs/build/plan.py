"""The plan of a build: from digests to steps. Pure: no file is read or written here.

A document is made again only when the digest of everything it is made from differs from the one it was made from, or
when the file that lies there is not the one that was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from regdocs.build.manifest import Made


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document file that should lie in the output folder, and the digest of everything it is made from.

    `selected` is false for a document that this call leaves as it is (`build --only`, `--site`).
    """

    path: str
    key: str
    selected: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do, as paths in the order wanted.

    Attributes:
        render: To be made.
        keep: Up to date; stay as they are.
        stale: Out of date, but not asked for; stay as they are and are said to be stale.
        remove: Made by an earlier build and not wanted any more.
    """

    render: tuple[str, ...]
    keep: tuple[str, ...]
    stale: tuple[str, ...]
    remove: tuple[str, ...]


def plan(wanted: tuple[Wanted, ...], made: tuple[Made, ...], present: Mapping[str, str]) -> Plan:
    """Return the steps from what lies there to what is wanted.

    `made` is what the last manifest says; `present` gives the digest of each file that lies there, by path.
    """
    before = {document.path: document for document in made}

    def is_current(document: Wanted) -> bool:
        earlier = before.get(document.path)
        return earlier is not None and earlier.key == document.key and present.get(document.path) == earlier.sha256

    def lies_there(document: Wanted) -> bool:
        return document.path in before and document.path in present

    fresh = tuple(document for document in wanted if is_current(document))
    other = tuple(document for document in wanted if not is_current(document))
    paths = {document.path for document in wanted}
    return Plan(
        render=tuple(document.path for document in other if document.selected),
        keep=tuple(document.path for document in fresh),
        stale=tuple(document.path for document in other if not document.selected and lies_there(document)),
        remove=tuple(path for path in before if path not in paths and path in present),
    )
