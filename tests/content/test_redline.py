"""The redline of two trees: both come out of it again, and what it marks is what a reader would mark."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from regdocs.content.model import Document
from regdocs.content.redline import redline
from regdocs.content.revision import accepted, rejected
from tests.content import trees
from tests.content.edits import Author, printed

SLOW_TO_DRAW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)


def check_both_sides(base: Document, new: Document) -> None:
    tree = redline(base, new)
    assert printed(accepted(tree)) == printed(new)
    assert printed(rejected(tree)) == printed(base)


@SLOW_TO_DRAW
@given(trees.documents, trees.documents)
def test_any_two_trees_come_out_of_their_redline(base: Document, new: Document) -> None:
    check_both_sides(base, new)


@SLOW_TO_DRAW
@given(trees.documents, st.integers(0, 2**32), st.sampled_from([0.05, 0.3, 0.9]))
def test_a_tree_and_an_edit_of_it_come_out_of_their_redline(base: Document, seed: int, share: float) -> None:
    check_both_sides(base, Author(Random(seed)).edited(base, share))


@SLOW_TO_DRAW
@given(st.integers(0, 2**32), st.sampled_from([0.05, 0.3, 0.9]))
def test_a_document_and_an_edit_of_it_come_out_of_their_redline(seed: int, share: float) -> None:
    author = Author(Random(seed))
    base = author.document()
    check_both_sides(base, author.edited(base, share))
