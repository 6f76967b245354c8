"""What changed between two data forms, from the steps that lead from one to the other.

Steps say what a program has to do; changes say what a person sees. An `order` names every element of its list, people
are told of the few that moved. Nothing of the steps is lost: `steps_of` gives them back.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from regdocs.amendment.change import Change, ChangeKind, Json
from regdocs.amendment.labels import label_of
from regdocs.amendment.places import at, beside, ids_of, segments_of
from regdocs.spec.paths import join


def changes_of(
    steps: Iterable[Mapping[str, Json]], old: Mapping[str, Json], new: Mapping[str, Json]
) -> tuple[Change, ...]:
    """Return the changes that the steps make of one form to get the other, in the order of the steps.

    The steps are those of the audit format, as found between these two forms.
    """
    names = _Names()
    return tuple(change for step in steps for change in _told(step, names, old, new))


def steps_of(changes: Iterable[Change]) -> list[dict[str, Json]]:
    """Return the steps of changes as `changes_of` gave them: applied to the old form they give the new one."""
    steps: list[dict[str, Json]] = []
    for change in changes:
        if not (change.kind == "moved" and steps and steps[-1] == change.step):
            steps.append(dict(change.step))
    return steps


def _told(
    step: Mapping[str, Json], names: "_Names", old: Mapping[str, Json], new: Mapping[str, Json]
) -> Iterator[Change]:
    path = str(step["path"])
    if "order" in step:
        yield from _moves(path, step, names, old, new)
    elif "rename" in step:
        was, name = segments_of(path)[-1], str(step["rename"])
        yield Change(path, "renamed", label_of(beside(path, name), new), was, name, step)
    else:
        kind: ChangeKind = "added" if "old" not in step else "removed" if "new" not in step else "changed"
        label = label_of(names.was(path), old) if kind == "removed" else label_of(path, new)
        yield Change(path, kind, label, step.get("old"), step.get("new"), step)
    names.take(step)


def _moves(
    path: str, step: Mapping[str, Json], names: "_Names", old: Mapping[str, Json], new: Mapping[str, Json]
) -> Iterator[Change]:
    """Yield what moved of a list. An element put into it did not, wherever it stands."""
    order = [str(one) for one in step["order"]] if isinstance(step["order"], list) else []
    stood = ids_of(at(old, names.was(path))) or []
    kept = {one: names.before(path, one) for one in order if not names.is_added(path, one)}
    now = {was: element for element, was in kept.items()}
    was_before, is_before = _before_each(stood), _before_each(order)
    for element in moved([now[one] for one in stood if one in now], list(kept)):
        place = join(path, element)
        yield Change(place, "moved", label_of(place, new), was_before[kept[element]], is_before[element], step)


def _before_each(ids: Sequence[str]) -> dict[str, str | None]:
    return dict(zip(ids, [None, *ids], strict=False))


def moved(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the fewest elements that have to move for one order to become the other, as they stand in the new one.

    Both orders have the same elements. The others are a longest run that keeps its order.
    """
    places = {element: place for place, element in enumerate(old)}
    return [one for one, stays in zip(new, _stay([places[one] for one in new]), strict=True) if not stays]


def _stay(places: Sequence[int]) -> list[bool]:
    """Mark the members of a longest increasing run, found in time n log n."""
    ends: list[int] = []  # the smallest place that ends a run of each length
    at_index: list[int] = []  # and where in `places` it stands
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        before.append(at_index[length - 1] if length else -1)
        ends[length : length + 1] = [place]
        at_index[length : length + 1] = [index]
    marks = [False] * len(places)
    index = at_index[-1] if at_index else -1
    while index >= 0:
        marks[index] = True
        index = before[index]
    return marks


class _Names:
    """Which elements the steps so far put in, and which ids others had before."""

    def __init__(self) -> None:
        self._before: dict[str, str] = {}
        self._added: set[str] = set()

    def take(self, step: Mapping[str, Json]) -> None:
        """Take the next step, as far as it changes who is who."""
        path = str(step["path"])
        if "rename" in step:
            self._before[beside(path, str(step["rename"]))] = segments_of(path)[-1]
        elif "after" in step:
            self._added.add(path)

    def is_added(self, path: str, element: str) -> bool:
        """Tell whether an element was put into the list at a path."""
        return join(path, element) in self._added

    def before(self, path: str, element: str) -> str:
        """Return the id that an element of the list at a path had in the old form."""
        return self._before.get(join(path, element), element)

    def was(self, path: str) -> str:
        """Return the path in the old form of what is now at a path."""
        place, found = "", ""
        for segment in segments_of(path):
            found = join(found, self.before(place, segment))
            place = join(place, segment)
        return found
