"""Packs files, verifies the package, and says how much memory that took: a process of its own, for the load cases.

python -m tests.submission.packing FOLDER      # FOLDER/files.json lists [path, source]
"""

import json
import resource
import sys
from pathlib import Path
from typing import Any

from regdocs.atomic import write_atomic_by
from regdocs.audit.verification import Asked
from regdocs.canonical import canonical_json
from regdocs.submission.archive import Part, write_archive
from regdocs.submission.manifest import FORMAT, JSON
from regdocs.submission.sources import ZipSource
from regdocs.submission.verifying import verify_package

_SAID: dict[str, Any] = {
    "format": FORMAT,
    "study": "S",
    "origin": "example.org/s",
    "kind": "initial",
    "version": "1.0",
    "on": "2026-03-01",
    "profile": {"name": "generic", "sha256": "0" * 64},
    "head": {"size": 1, "root": "0" * 64},
    "participants": [],
    "waived": [],
}


def main(folder: Path) -> None:
    """Pack and verify; print what came of it."""
    listed = json.loads((folder / "files.json").read_text(encoding="utf-8"))
    parts = [Part(path, Path(source)) for path, source in listed]
    rows = sorted(map(_row, parts), key=lambda row: str(row["path"]))
    parts.append(Part(JSON, canonical_json(_SAID | {"files": rows}) + b"\n"))
    place = folder / "package.zip"
    write_atomic_by(place, lambda file: write_archive(file, parts))
    source = ZipSource(place)
    told = [fault.message for fault in verify_package(source, Asked()).faults]
    # The kernel's own count begins with this program; that of `getrusage` has the parent's from before it.
    status = Path("/proc/self/status")
    counted = status.read_text("utf-8").partition("VmHWM:")[2].split()[0] if status.exists() else None
    peak = int(counted or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024
    sys.stdout.write(json.dumps({"files": len(source.files), "problems": source.problems, "told": told, "peak": peak}))


def _row(part: Part) -> dict[str, Any]:
    digest, size = part.measured()
    return {"path": part.path, "sha256": digest, "bytes": size, "from": {"package": True}}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
