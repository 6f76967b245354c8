"""Protocol values as templates see them: words that keep their path and their state until they reach the tree.

Jinja prints a `Shown` by `__html__`, so `{{ view.enrolment }}` becomes a value node. Everything else that would turn it
into plain text, and lose the path, raises `PathLost`: compute in the view, not in the template.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from xml.sax.saxutils import escape, quoteattr

from regdocs.documents.phrases import Phrases, phrases
from regdocs.documents.wording import speaks_to_the_child
from regdocs.errors import RegdocsError
from regdocs.spec.known import Known, State

T = TypeVar("T")


class PathLost(RegdocsError):
    """A template computed with a protocol value, and so lost where it came from."""


def _lost(self: "Shown", *_: object) -> bool:
    raise PathLost(f"the value of {' '.join(self.paths)} is compared, joined or filtered; compute it in the view")


class Name(str):
    """An id for attributes of the markup; the only text in a view that is not `Shown`, and never printed as words."""

    __slots__ = ()


class Shown:
    """Words to print, the protocol paths they were made from, and whether they are open."""

    __slots__ = ("paths", "state", "text")

    def __init__(self, text: str, paths: tuple[str, ...], state: State = "known") -> None:
        self.text, self.paths, self.state = text, paths, state

    def __html__(self) -> str:
        paths, state = quoteattr(" ".join(self.paths)), quoteattr(self.state)
        return f"<value paths={paths} state={state}>{escape(self.text)}</value>"

    def __str__(self) -> str:
        _lost(self)
        return ""  # never reached: _lost raises

    __eq__ = __bool__ = __lt__ = __gt__ = __le__ = __ge__ = __contains__ = _lost
    __len__ = __iter__ = __getitem__ = _lost  # what filters and loops would ask for
    __hash__ = None  # type: ignore[assignment]  # how Python is told: never a key, never in a set


class Reader:
    """Hands out protocol values as `Shown`, and remembers every path that was read, also by conditions.

    One reader serves one document; `paths` is what the document depends on.
    """

    def __init__(
        self, language: str = "en", other_words: Mapping[str, Known[Any]] | None = None, *, to_parents: bool = False
    ) -> None:
        """`other_words` stand in place of others, by the path of the field: a site's own, or those for parents."""
        self._words: Phrases = phrases(language)
        self._other_words = other_words or {}
        self._to_parents = to_parents
        self._paths: set[str] = set()

    @property
    def paths(self) -> tuple[str, ...]:
        """Return every path read so far, sorted."""
        return tuple(sorted(self._paths))

    def show(self, known: Known[T], as_text: Callable[[T], str] = str, beside: tuple[Known[Any], ...] = ()) -> Shown:
        """Return one value in words, the site's where it has its own; an open one says in brackets that it is open.

        It is as open as those `beside` it. To parents, words with "you" that were not written for parents are marked
        as what the child is told.
        """
        said = self.said(known)
        return self.derive(lambda: self._addressed(as_text(said.present), said), said, *beside)

    def said(self, known: Known[T]) -> Known[T]:
        """Return what this document says of a field: the recorded value, or the words that stand in its place."""
        other: Known[T] = self._other_words.get(known.path, known)
        return other

    def item(self, known: Known[str], number: int) -> Shown:
        """Return one text of a list without ids, by its place from 0; the list has one path, other words name each."""
        return self.show(self._other_words.get(f"{known.path}/{number}", known))

    def _addressed(self, words: str, said: Known[Any]) -> str:
        written = str(said.present).casefold() == words.casefold()  # and not words of our own, chosen by the value
        if not self._to_parents or not written or not speaks_to_the_child(words, said.path):
            return words
        return self._words.told_to_the_child.format(words)

    def maybe(self, known: Known[T] | None, as_text: Callable[[T], str] = str) -> Shown | None:
        """Return one value in words, or None where the protocol leaves it out."""
        return None if known is None else self.show(known, as_text)

    def fact(self, text: str, path: str) -> Shown:
        """Return a value that is never open, such as an id, with its path."""
        self._paths.add(path)
        return Shown(text, (path,))

    def note(self, *paths: str) -> None:
        """Remember paths on which a condition or the layout depends and that print no words of their own."""
        self._paths.update(paths)

    def derive(self, compute: Callable[[], str], *sources: Known[Any], also: tuple[str, ...] = ()) -> Shown:
        """Return words computed from several values; they are as open as the most open of them.

        `compute` is called only when no source is still to be completed. `also` are paths that count too, such as
        those of a list that was counted.
        """
        paths = tuple(dict.fromkeys((*(source.path for source in sources), *also)))
        self._paths.update(paths)
        missing = [source.todo for source in sources if source.todo is not None]
        if missing:
            return Shown(self._words.to_be_completed.format("; ".join(dict.fromkeys(missing))), paths, "todo")
        if any(source.state == "assumed" for source in sources):
            return Shown(self._words.assumed.format(compute()), paths, "assumed")
        return Shown(compute(), paths)

    def lacking(self, what: str, path: str) -> Shown:
        """Return the open item for something that the protocol should list at `path` and does not."""
        self._paths.add(path)
        return Shown(self._words.to_be_completed.format(what), (path,), "todo")

    def holds(self, known: Known[T] | None, expected: T) -> bool:
        """Tell whether a value is `expected`; an open or absent one is not. Assumed answers count as given."""
        if known is None:
            return False
        self._paths.add(known.path)
        return known.value == expected and known.todo is None
