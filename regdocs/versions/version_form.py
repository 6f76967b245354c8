"""What a recorded version says, out of its data form, so that an old version is read without today's model."""

import json
from collections.abc import Mapping
from typing import Any

from regdocs.versions.logbook import Logbook, Version


def form_of(logbook: Logbook, version: Version) -> Mapping[str, Any]:
    """Return the data form of a recorded version; an empty one where it is none. Raises as `Logbook.object`."""
    known = logbook.worked_out.get(("form", version.n))
    if known is None:
        form = json.loads(logbook.object(version.data))
        known = logbook.worked_out["form", version.n] = form if isinstance(form, dict) else {}
    found: Mapping[str, Any] = known
    return found


def elements_in(form: Mapping[str, Any], name: str) -> tuple[Mapping[str, Any], ...]:
    """Return the elements of a list at the top that have an id."""
    listed = form.get(name)
    return tuple(one for one in listed if isinstance(one, dict) and "id" in one) if isinstance(listed, list) else ()


def known_in(form: Mapping[str, Any], *names: str) -> Any:
    """Return a value by its keys; None where it is absent, to be completed, or only assumed."""
    value: Any = form
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    if isinstance(value, dict):
        return None if "assumption" in value else value.get("value")
    return None if isinstance(value, str) and value.startswith("TODO:") else value


def language_of(logbook: Logbook, version: Version) -> str:
    """Return the language in which a recorded version is written."""
    said = known_in(form_of(logbook, version), "language")
    return said if isinstance(said, str) else "en"
