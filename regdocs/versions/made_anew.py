"""A folder of files that is made anew as a whole each time: recorded versions laid out again, candidates for review.

Whoever looks into it sees the old state or the new one. What is in it is told by its marker, a file that we write.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path

from regdocs.atomic import replace_tree, stage_folder, write_atomic
from regdocs.build.lock import only_build
from regdocs.versions.folders import write_files


def replace_folder(out: Path, files: Mapping[str, bytes], marker: str, said: bytes) -> None:
    """Put files by path, and the marker with what it says, in the place of a folder.

    See before that the folder may be replaced (`build.output.refuse_output`).

    Raises:
        Refusal: Somebody else is at work there.
        CannotWrite: The system refuses; the old folder still stands.
    """
    with only_build(out):
        staged = stage_folder(out)
        try:
            write_files(staged, files)
            write_atomic(staged / marker, said)
            replace_tree(staged, out, marker=marker)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
