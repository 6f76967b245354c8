"""Which forms a body stamps, so that they are to be used only as they came back from it.

A body says when in `stamps` under `oversight`; a document whose pages keep room for a stamp is meant. Whether a form
was valid does not depend on it: that is a matter of decisions and use.
"""

from collections.abc import Iterator

from regdocs.versions.copies_back import came_back
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import name_of, overseen_bodies
from regdocs.versions.printed import tree_of
from regdocs.versions.validity import FormState


def unstamped(logbook: Logbook, state: FormState) -> Iterator[str]:
    """Yield in words each body that stamps such a document and from which no copy had come back by the state's day.

    At each approval it has to come with the decision that counts on that day; at modification with any that permits.
    """
    if state.in_use is None or not tree_of(logbook.object(state.document.tree)).furniture.stamp_area:
        return
    bodies = overseen_bodies(logbook, logbook.version(state.in_use.version))
    for one in state.bodies:
        when = bodies.get(one.body, {}).get("stamps")
        wanted = one.entry if when == "at-each-approval" else None
        if when in ("at-each-approval", "at-modification") and not came_back(
            logbook, name_of(state.document), state.site, state.day, body=one.body, decision=wanted
        ):
            with_it = f" with {one.reference}" if wanted is not None else ""
            yield f"{one.body} stamps its forms, and no stamped copy of this one had come back{with_it} by then"
