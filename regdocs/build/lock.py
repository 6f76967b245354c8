"""One build at a time for one output folder.

A lock file beside the folder (".out.lock") is held while a build writes. The system lets go of it when the process
ends, however it ends; the empty file stays, because deleting it would let two in. Knows no documents.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from regdocs.errors import Refusal

WAIT_SECONDS = 2.0


@contextmanager
def only_build(out: Path) -> Iterator[None]:
    """Let one build work on an output folder; a second one waits a moment, then is refused.

    Raises:
        Refusal: Another build is at work there, or the lock file cannot be written.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(_lock_file(out))
    try:
        lock.acquire(timeout=WAIT_SECONDS, poll_interval=0.05)
    except Timeout as error:
        raise Refusal(f'another build is writing "{out}"; wait until it is done, then build again') from error
    except OSError as error:
        raise Refusal(f'cannot write beside "{out}": {error.strerror or error}') from error
    try:
        yield
    finally:
        lock.release()


def _lock_file(out: Path) -> Path:
    place = out.resolve()
    path = place.with_name(f".{place.name}.lock")
    if path.is_symlink():  # opening it would empty the file it points to
        raise Refusal(f'"{path}" is a link; delete it')
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f'cannot write "{out}": {error.strerror or error}') from error
    return path
