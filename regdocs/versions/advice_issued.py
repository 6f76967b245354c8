"""What the sponsor proposed for participants with an amendment, as the notice to a site says that was issued with it.

Read from the kept tree of that notice and never worked out anew: other tables of the program may propose other things.
"""

import json
from collections.abc import Iterator
from typing import Any

from regdocs.audit.file_list import FileList
from regdocs.errors import RegdocsError
from regdocs.versions.logbook import Logbook, Version

_NOTICE = "investigator-notice"
_AT = "/amendment/reconsent/"


def proposed(logbook: Logbook, version: Version, site: str) -> tuple[str, ...]:
    """Return what was proposed for each group of participants at a site, as "on the product: addendum signed".

    Groups of which nothing is asked are left out; () where no notice was issued or it cannot be read any more.
    """
    key = ("proposed", version.n, site)
    known = logbook.worked_out.get(key)
    if known is None:
        known = logbook.worked_out[key] = _proposed(logbook, version, site)
    found: tuple[str, ...] = known
    return found


def _proposed(logbook: Logbook, version: Version, site: str) -> tuple[str, ...]:
    tree = _tree(logbook, version, site)
    said: dict[str, dict[str, str]] = {}
    for path, text in _values(tree):
        group, _, what = path.removeprefix(_AT).partition("/")
        said.setdefault(group, {})[what or "label"] = text
    asked = (one for one in said.values() if one.get("proposal", "none") != "none")
    return tuple(f"{one.get('label', 'participants')}: {one['proposal']}" for one in asked)


def _tree(logbook: Logbook, version: Version, site: str) -> Any:
    try:
        files = FileList.parse(logbook.object(version.issues[-1].files)).entries if version.issues else ()
        start = f"{_NOTICE}/{site}/"
        found = next((digest for path, digest in files if path.startswith(start) and path.endswith(".tree")), None)
        return None if found is None else json.loads(logbook.object(found))
    except (RegdocsError, ValueError):
        return None


def _values(tree: Any) -> Iterator[tuple[str, str]]:
    """Yield path and text of the values in a tree that say what is proposed."""
    if isinstance(tree, dict):
        paths = tree.get("paths")
        path = paths[0] if isinstance(paths, list) and paths else None
        if isinstance(path, str) and path.startswith(_AT) and isinstance(tree.get("text"), str):
            yield path, tree["text"]
        tree = list(tree.values())
    for one in tree if isinstance(tree, list) else ():
        yield from _values(one)
