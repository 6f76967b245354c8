"""The pages of a document as one board wants them: room for its stamp, and a footer that is the board's.

Turns a kept tree into the one that is printed for the board; knows profiles and page furniture, and prints nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from regdocs.content.model import Document, Furniture
from regdocs.submission.contents import FromStore, FromTree
from regdocs.submission.placing import PlacedItem
from regdocs.submission.profile import Profile
from regdocs.versions.checkout import printed_anew
from regdocs.versions.issued_beside import all_issued
from regdocs.versions.logbook import Logbook
from regdocs.versions.printed import Printer, tree_of

USUAL_MM = 25  # of an area whose height the board does not tell
_WITH_PAGES = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class BoardPage:
    """What one board wants of the pages of the documents that it stamps."""

    profile: Profile

    def applied(self, document: Document) -> Document:
        """Return the document with the board's pages; the same one where its pages are like that already."""
        furniture = self._furniture(document.furniture)
        return document if furniture == document.furniture else replace(document, furniture=furniture)

    def _furniture(self, own: Furniture) -> Furniture:
        stamp, is_boards = self.profile.stamp, self.profile.footer.whose == "board"
        height = int(stamp.height_mm) if stamp.height_mm is not None else USUAL_MM
        if stamp.area not in ("none", "unknown"):
            own = replace(own, stamp_area=stamp.area == "upper-right")
        if own.stamp_area and stamp.height_mm is not None:
            own = replace(own, stamp_height_mm=height)
        head = height if stamp.area == "header" else 0
        foot = height if stamp.area == "bottom" else USUAL_MM if is_boards else 0
        return replace(own, blank_head_mm=head, blank_foot_mm=foot, board_footer=is_boards)


def with_board_pages(logbook: Logbook, profile: Profile, placed: Iterable[PlacedItem]) -> tuple[PlacedItem, ...]:
    """Return the files with those named as printed anew whose pages the board wants otherwise than they were issued."""
    page, trees = BoardPage(profile), _Trees(logbook)
    return tuple(_as_wanted(one, page, trees) for one in placed)


def _as_wanted(one: PlacedItem, page: BoardPage, trees: "_Trees") -> PlacedItem:
    source, stamped = one.item.source, one.item.document in page.profile.stamp.documents
    if not stamped or one.item.form not in _WITH_PAGES or not isinstance(source, FromStore):
        return one
    if source.path is None or source.version is None:
        return one  # as it came back from a board
    tree = trees.of(source.version, source.path)
    if page.applied(tree) == tree:
        return one
    return replace(one, item=replace(one.item, source=FromTree(source.entry, source.version, source.path)))


class _Trees:
    """Kept trees by the path of a file, each version's list read once."""

    def __init__(self, logbook: Logbook) -> None:
        self._logbook = logbook
        self._digests: dict[str, dict[str, str]] = {}

    def of(self, version: str, path: str) -> Document:
        """Return the tree that a file of a version was printed from. Raises Refusal where it cannot be read."""
        if version not in self._digests:
            listed = all_issued(self._logbook, self._logbook.version(version))
            self._digests[version] = {file.path: one.tree for one in listed for file in one.files}
        return tree_of(self._logbook.object(self._digests[version][path]))


def printed_for_board(
    logbook: Logbook, profile: Profile, version: str, wanted: Collection[str], printer: Printer
) -> dict[str, bytes]:
    """Return the files of a version that were issued under these paths, with the board's pages.

    Raises:
        Refusal: A document cannot be printed, or a kept tree cannot be read.
    """
    return printed_anew(logbook, version, wanted, printer, BoardPage(profile).applied)
