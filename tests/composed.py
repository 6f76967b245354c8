"""Studies that lie in this checkout, each composed once in a process, because composing one takes seconds."""

from functools import cache
from pathlib import Path

from regdocs.build.examine import Examined, examine
from regdocs.build.study import read_inputs


@cache
def examined(study: Path) -> Examined:
    """Return a study of the checkout as it is composed; `study` is a whole path."""
    return examine(read_inputs(study))
