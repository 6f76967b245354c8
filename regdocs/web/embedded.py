"""What the report carries for its own check: each line of the log as it stands, heads, and what entries name by digest.

Of objects it has only those that the check reads: long values of entries that give rights, lists of issued files, and
cosigned heads. No letter, no document and no sealed text is among them.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from regdocs.audit.line import Json
from regdocs.versions.logbook import Logbook
from regdocs.web.known_files import KnownFile

FORMAT = "regdocs.report/v1"
_RIGHTS = ("genesis", "enrol", "key-add", "role", "key-revoke", "log-key")


def embedded(logbook: Logbook, files: Iterable[KnownFile]) -> str:
    """Return the data as JSON that no HTML parser takes for markup.

    Raises:
        ObjectMissing, ObjectDiffers: An object is not in the log's store as it was recorded.
    """
    folder = logbook.folder
    heads = {size: folder.kept_head(size) for size in folder.heads() if size <= logbook.head.size}
    data: dict[str, Any] = {
        "format": FORMAT,
        "lines": [logbook.line(n).decode("utf-8") for n in range(logbook.head.size)],
        "checkpoint": (folder.head_note() or b"").decode("utf-8"),
        "heads": {str(size): note.decode("utf-8") for size, note in heads.items() if note is not None},
        "objects": {digest: logbook.object(digest).decode("utf-8") for digest in _needed(logbook)},
        "files": [asdict(one) for one in files],
    }
    return harmless_json(data)


def harmless_json(data: Any) -> str:
    """Return JSON for a `<script>` element: `<`, `>` and `&` are escapes, so nothing in it ends the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _needed(logbook: Logbook) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for entry in logbook.entries():
        if entry["do"] in _RIGHTS:
            found |= dict.fromkeys(_put_out(entry))
        if entry["do"] == "issue":
            found[entry["files"]] = None
        if entry["do"] == "anchor" and entry["kind"] == "cosignature":
            found[entry["object"]] = None
    return tuple(found)


def _put_out(entry: Mapping[str, Json]) -> Iterator[str]:
    for value in entry.values():
        if isinstance(value, dict) and value.keys() == {"bytes", "object"}:
            yield str(value["object"])
