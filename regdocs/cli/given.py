"""Files that a person names on the command line, read whole and within a limit."""

from pathlib import Path

from regdocs.cli.say import harmless
from regdocs.errors import Refusal

MAX_FILE_BYTES = 64 * 1024 * 1024


def read_given(file: Path, limit: int) -> bytes:
    """Return the bytes of a file that the person named.

    Raises:
        Refusal: It is not there, no file, too large, or unreadable.
    """
    try:
        if not file.is_file():
            raise Refusal(f'there is no file "{file}"')
        if file.stat().st_size > limit:
            raise Refusal(f'"{file}" has more than {limit:,} bytes')
        return file.read_bytes()
    except OSError as error:
        raise Refusal(f'"{harmless(str(file))}" cannot be read: {error.strerror or error}') from error
