"""A redline is checked by making it again from the two stored trees; whatever else was issued as one is found."""

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from regdocs.content.model import Document, Text
from regdocs.content.redline import redline
from regdocs.errors import Refusal
from regdocs.versions.logbook import Logbook
from regdocs.versions.printed import tree_bytes
from regdocs.versions.rebuild import LIMITS
from regdocs.versions.redlines_again import remade
from regdocs.versions.submissions import filed_entries
from tests.content.test_markup import in_section, parse
from tests.versions.filings import NORTH, decided, filed_log, with_version
from tests.versions.test_issued_beside import REDLINE

CLEAN, TRACKED = "consent/north/en.pdf", "redline-from-1.0/consent/north/en.pdf"
OLD = parse(in_section('<p id="s.p">You take one tablet a day.</p>'))
NEW = parse(in_section('<p id="s.p">You take two tablets a day.</p>'))
LINE = "TRACKED CHANGES against version 1.0 of 2026-01-15, approved by the board (EXB-1, 2026-02-10)"


def marked(tree: Document, words: str = LINE) -> Document:
    """The tree with the line on each page that an issue adds to a redline."""
    furniture = tree.furniture
    return replace(tree, furniture=replace(furniture, marks=(*furniture.marks, (Text(words),))))


def amended(study: Path, tracked: bytes, **changes: Any) -> Logbook:
    """A log whose board approved version 1.0, and whose version 2.0 issued these bytes as the redline's tree."""
    log = decided(with_version(filed_log(study / "none", "0.9"), "1.0", trees={CLEAN: tree_bytes(OLD)}), NORTH)
    redlined = REDLINE | {"decisions": [filed_entries(log)[-1]["n"]]} | changes
    trees = {CLEAN: tree_bytes(NEW), TRACKED: tracked}
    return with_version(log, "2.0", files={TRACKED: b"changes"}, trees=trees, redlines=[redlined])


def agree(log: Logbook) -> list[bool]:
    return [agrees for _, agrees in remade(log, log.version("2.0"), time.monotonic, LIMITS)]


def test_a_redline_that_is_the_difference_agrees(tmp_path: Path):
    assert agree(amended(tmp_path, tree_bytes(marked(redline(OLD, NEW))))) == [True]


@pytest.mark.parametrize(
    "other",
    [
        marked(NEW),
        marked(redline(NEW, OLD)),
        marked(redline(OLD, parse(in_section('<p id="s.p">You take three tablets a day.</p>')))),
        redline(OLD, NEW),
    ],
)
def test_another_tree_does_not(tmp_path: Path, other: Document):
    assert agree(amended(tmp_path, tree_bytes(other))) == [False]


@pytest.mark.parametrize(
    "words",
    [
        LINE.replace("version 1.0", "version 0.9"),
        LINE.replace("2026-01-15", "2026-01-16"),
        LINE.replace("EXB-1", "EXB-2"),
        LINE.replace("2026-02-10", "2026-02-11"),
        LINE.removeprefix("TRACKED CHANGES "),
    ],
)
def test_a_line_that_names_another_base_or_decision_does_not(tmp_path: Path, words: str):
    assert agree(amended(tmp_path, tree_bytes(marked(redline(OLD, NEW), words)))) == [False]


def test_a_reason_stands_in_the_place_of_a_decision(tmp_path: Path):
    line = "TRACKED CHANGES against version 1.0 of 2026-01-15, chosen with --against: the board asked for it"
    own = {"decisions": [], "against": "the board asked for it"}
    assert agree(amended(tmp_path, tree_bytes(marked(redline(OLD, NEW), line)), **own)) == [True]


@pytest.mark.parametrize("changes", [{"decisions": []}, {"decisions": [1]}, {"base_version": "0.9"}])
def test_an_entry_that_names_no_approval_or_another_document_does_not(tmp_path: Path, changes: dict[str, Any]):
    assert agree(amended(tmp_path, tree_bytes(marked(redline(OLD, NEW))), **changes)) == [False]


def test_a_version_without_redlines_has_none_to_make_again(tmp_path: Path):
    log = amended(tmp_path, tree_bytes(marked(redline(OLD, NEW))))
    assert remade(log, log.version("1.0"), time.monotonic, LIMITS) == ()


def test_what_is_no_tree_is_refused(tmp_path: Path):
    with pytest.raises(Refusal, match=r"cannot be read|could not be made"):
        agree(amended(tmp_path, b"no tree"))
