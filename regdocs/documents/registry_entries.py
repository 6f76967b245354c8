"""One entry of the registry text: what to enter, where it comes from, how long it is and may be.

Holds the rule of registry exports: an assumed value is never entered; its place stays open and says that the value must
be confirmed. Does not know which entries there are.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from regdocs.documents.phrases import phrases
from regdocs.documents.shown import Reader, Shown
from regdocs.spec.known import Known
from regdocs.spec.protocol import Protocol
from regdocs.spec.terms import LIMITS

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """What staff enter in one field.

    Attributes:
        value: The words to enter, or the bracketed words of an open field.
        place: Where the value stands in protocol.yaml.
        sources: Names of the sources it was taken from; () where it is open or names none.
        length: "63 of 300 characters", where the registry has a limit and the value is known.
        missing: Whether it is to be completed.
        assumed: Whether it is left empty because the protocol only assumes it.
    """

    value: Shown
    place: Shown
    sources: tuple[Shown, ...] = ()
    length: Shown | None = None
    missing: bool = False
    assumed: bool = False


class Entries:
    """Makes entries from the values of one protocol, and remembers through the reader what was read."""

    def __init__(self, protocol: Protocol, reader: Reader) -> None:
        self.reader = reader
        self._default = protocol.source
        self._defined = {source.id for source in protocol.sources}
        self._brackets = phrases(protocol.language).to_be_completed

    def entry(self, known: Known[T], as_text: Callable[[T], str] = str, limit: str | None = None) -> Entry:
        """Return the entry of one value; `limit` names its field in `terms.LIMITS`."""
        return self.computed(lambda: as_text(known.present), known, limit=limit)

    def maybe(
        self, known: Known[T] | None, as_text: Callable[[T], str] = str, limit: str | None = None
    ) -> Entry | None:
        """Return the entry of one value, or None where the protocol leaves it out."""
        return None if known is None else self.entry(known, as_text, limit)

    def required(
        self, known: Known[T] | None, what: str, path: str, as_text: Callable[[T], str] = str, limit: str | None = None
    ) -> Entry:
        """Return the entry of a value the registry requires; where the protocol leaves it out it is to be completed."""
        if known is not None:
            return self.entry(known, as_text, limit)
        self.reader.fact(what, path)
        return Entry(Shown(self._brackets.format(what), (path,), "todo"), Shown(path, (path,)), missing=True)

    def fact(self, text: str, path: str) -> Entry:
        """Return the entry of a value that is never open, such as a country."""
        return Entry(self.reader.fact(text, path), Shown(path, (path,)))

    def computed(
        self,
        compute: Callable[[], str],
        *sources: Known[Any],
        also: tuple[str, ...] = (),
        limit: str | None = None,
    ) -> Entry:
        """Return an entry made from several values; open as soon as one of them is to be completed or assumed."""
        value = self.reader.derive(compute, *sources, also=also)
        place = Shown(", ".join(value.paths), value.paths)
        if value.state == "assumed":
            return Entry(self._to_confirm(value, sources), place, assumed=True)
        if value.state == "todo":
            return Entry(value, place, missing=True)
        length = None if limit is None else Shown(_length(value.text, LIMITS[limit]), value.paths)
        return Entry(value, place, self._sources(sources), length)

    def _to_confirm(self, value: Shown, sources: tuple[Known[Any], ...]) -> Shown:
        """Return the words of an empty field: whom to ask, and why the value is not entered. The value stays out."""
        assumed = [source for source in sources if source.assumption is not None]
        whom = "; ".join(dict.fromkeys(source.ask for source in assumed if source.ask))
        why = "; ".join(dict.fromkeys(source.assumption for source in assumed if source.assumption))
        confirm = f"confirm with {whom}" if whom else "confirm"
        text = self._brackets.format(f"{confirm}; protocol.yaml only assumes a value: {why}")
        return Shown(text, value.paths, "assumed")

    def _sources(self, sources: tuple[Known[Any], ...]) -> tuple[Shown, ...]:
        named = dict.fromkeys(source.source or self._default for source in sources)
        return tuple(self._source(name) for name in named if name in self._defined)

    def _source(self, name: str) -> Shown:
        return self.reader.fact(name, f"/sources/{name}/title")


def _length(text: str, limit: int) -> str:
    over = len(text) - limit
    measured = f"{len(text):,} of {limit:,} characters"
    return measured if over <= 0 else f"{measured}, {over:,} too many"
