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
from tests.content.test_markup import in_section, parse
from tests.versions.filings import filed_log, with_version
from tests.versions.test_issued_beside import REDLINE

CLEAN, TRACKED = "consent/north/en.pdf", "redline-from-1.0/consent/north/en.pdf"
OLD = parse(in_section('<p id="s.p">You take one tablet a day.</p>'))
NEW = parse(in_section('<p id="s.p">You take two tablets a day.</p>'))


def marked(tree: Document, words: str = "against version 1.0, approved by the board") -> Document:
    """The tree with the line on each page that an issue adds to a redline."""
    furniture = tree.furniture
    return replace(tree, furniture=replace(furniture, marks=(*furniture.marks, (Text(words),))))


def amended(study: Path, tracked: bytes, **changes: Any) -> Logbook:
    log = with_version(filed_log(study / "none", "0.9"), "1.0", trees={CLEAN: tree_bytes(OLD)})
    trees = {CLEAN: tree_bytes(NEW), TRACKED: tracked}
    return with_version(log, "2.0", files={TRACKED: b"changes"}, trees=trees, redlines=[REDLINE | changes])


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
    ],
)
def test_another_tree_does_not(tmp_path: Path, other: Document):
    assert agree(amended(tmp_path, tree_bytes(other))) == [False]


def test_a_version_without_redlines_has_none_to_make_again(tmp_path: Path):
    log = amended(tmp_path, tree_bytes(marked(redline(OLD, NEW))))
    assert remade(log, log.version("1.0"), time.monotonic, LIMITS) == ()


def test_what_is_no_tree_is_refused(tmp_path: Path):
    with pytest.raises(Refusal, match=r"cannot be read|could not be made"):
        agree(amended(tmp_path, b"no tree"))
