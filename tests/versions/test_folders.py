"""The folder of issued documents: whole or not there, also when the process dies while it is laid down."""

from collections.abc import Callable
from pathlib import Path

import pytest

from regdocs.audit import not_for_use
from regdocs.versions.folders import clean_folder, demand_room, lay_down
from tests.build.studies import content
from tests.crashes import dies_at, needs_fork

FILES = {"crf/en.pdf": b"a form", "consent/north/en.html": b"a page"}


def laying_down(study: Path) -> Callable[[], None]:
    def work() -> None:
        lay_down(study, "1.0", FILES)

    return work


def test_documents_lie_in_a_folder_of_their_version(tmp_path: Path):
    assert lay_down(tmp_path, "1.0", FILES) == tmp_path / "issued/1.0/clean"
    lying = content(tmp_path / "issued")
    assert lying.pop("1.0/NOT-FOR-USE.txt") == not_for_use.TEXT
    assert lying == {f"1.0/clean/{path}": data for path, data in FILES.items()}


def test_other_words_than_those_that_forbid_use_are_put_right_when_documents_are_laid_down(tmp_path: Path):
    place = tmp_path / "issued/1.0/NOT-FOR-USE.txt"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"These forms may be used.")
    lay_down(tmp_path, "1.0", FILES)
    assert place.read_bytes() == not_for_use.TEXT


@needs_fork
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_crash_at_any_step_leaves_the_folder_whole_or_not_there_and_the_next_try_lays_it_down(tmp_path: Path):
    step, seen = 0, set()
    while dies_at(step, laying_down(tmp_path / str(step))):
        study = tmp_path / str(step)
        there = clean_folder(study, "1.0").is_dir()
        seen.add(there)
        if not there:
            lay_down(study, "1.0", FILES)
        assert content(clean_folder(study, "1.0")) == FILES
        step += 1
    assert step > 10 and seen == {True, False}


@needs_fork
def test_what_a_crash_left_beside_is_gone_after_the_next_try(tmp_path: Path):
    for step in range(4, 8):
        study = tmp_path / str(step)
        assert dies_at(step, laying_down(study))
        demand_room(study, "1.0")
        lay_down(study, "1.0", FILES)
        assert {one.name for one in (study / "issued/1.0").iterdir()} == {"clean", "NOT-FOR-USE.txt"}
