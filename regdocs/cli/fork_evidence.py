"""What `verify` leaves when it finds two histories of one log: both signed heads, word for word, in one file.

Anybody can check the two signatures from this file alone, so it holds nothing but what was signed and where it lay.
"""

from collections.abc import Iterable
from pathlib import Path

from regdocs.atomic import write_atomic

NAME = "fork-evidence"


def keep_evidence(folder: Path, heads: Iterable[tuple[str, bytes]], told: Iterable[str]) -> Path:
    """Write both heads and what was found into a new file in the folder, and return it.

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
    path = _free(folder)
    write_atomic(path, ("\n".join(parts) + "\n").encode("utf-8"))
    return path


def _free(folder: Path) -> Path:
    """Return a name that no file has: evidence is never overwritten."""
    names = (f"{NAME}{f'-{number}' if number > 1 else ''}.txt" for number in range(1, 10_000))
    return next(folder / name for name in names if not (folder / name).exists())
