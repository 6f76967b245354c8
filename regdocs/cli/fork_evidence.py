"""What `verify` leaves when it finds two histories of one log: both signed heads, word for word, in one file.

Anybody can check the two signatures from this file alone, so it holds nothing but what was signed and where it lay.
"""

import os
from collections.abc import Iterable
from itertools import count
from pathlib import Path

from regdocs.atomic import write_atomic

NAME = "fork-evidence.txt"


def keep_evidence(wanted: Path, heads: Iterable[tuple[str, bytes]], told: Iterable[str]) -> Path:
    """Write both heads and what was found into a new file, and return its full path.

    The file is the one that is wanted, or the next free name beside it; in a folder that is wanted, one of our name.

    Raises:
        CannotWrite: The system refuses.
    """
    parts = [
        "Evidence of a fork: these heads carry the name of one log, and no log can have them both.",
        "Keep this file, and copies of both folders as they are. Do not merge them. Ask who holds the log's key.",
        "",
        *(f"Found: {line}" for line in told),
    ]
    for name, data in heads:
        parts += ["", f"---- {name}", data.decode("utf-8", errors="backslashreplace").rstrip("\n")]
    place = Path(os.path.abspath(wanted))
    path = _free(place / NAME if os.path.isdir(place) else place)
    write_atomic(path, ("\n".join(parts) + "\n").encode("utf-8"))
    return path


def _free(wanted: Path) -> Path:
    """Return a name that nothing has, a link to nowhere neither: evidence is never overwritten."""
    names = (wanted if number == 1 else wanted.with_stem(f"{wanted.stem}-{number}") for number in count(1))
    return next(name for name in names if not os.path.lexists(name))
