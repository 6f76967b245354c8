"""The bytes of a package's files: those that were issued, those printed for one board, those from outside."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from regdocs.errors import Refusal
from regdocs.submission.archive import Part
from regdocs.submission.board_pages import printed_for_board
from regdocs.submission.contents import FromOutside, FromTree
from regdocs.submission.manifest import Filed
from regdocs.submission.placing import PlacedItem
from regdocs.submission.profile import Profile
from regdocs.versions.checkout import as_issued
from regdocs.versions.logbook import Logbook
from regdocs.versions.printed import Printer


def collected(logbook: Logbook, profile: Profile, placed: Iterable[PlacedItem], printer: Printer) -> dict[str, Part]:
    """Return the bytes of each file by its path, or where they lie; issued ones are those that were issued.

    Raises:
        Refusal: A file comes out otherwise than it was issued, or cannot be printed.
    """
    parts: dict[str, Part] = {}
    issued: dict[str, dict[str, PlacedItem]] = {}
    for_board: dict[str, dict[str, PlacedItem]] = {}
    for one in placed:
        source = one.item.source
        if isinstance(source, FromTree):
            for_board.setdefault(source.version, {})[source.path] = one
        elif isinstance(source, FromOutside):
            parts[one.path] = Part(one.path, Path(source.place))
        elif source.path is None or source.version is None:
            parts[one.path] = Part(one.path, logbook.object(source.sha256))
        else:
            issued.setdefault(source.version, {})[source.path] = one
    for version, files in issued.items():
        wanted = {path: _digest(one) for path, one in files.items()}
        parts |= _named(files, as_issued(logbook, version, wanted, printer))
    for version, files in for_board.items():
        parts |= _named(files, printed_for_board(logbook, profile, version, tuple(files), printer))
    return parts


def _named(files: Mapping[str, PlacedItem], found: Mapping[str, bytes]) -> dict[str, Part]:
    return {files[path].path: Part(files[path].path, data) for path, data in found.items()}


def _digest(one: PlacedItem) -> str:
    """Return the digest that a file has to have; "" for one that is printed for this package."""
    return "" if isinstance(one.item.source, FromTree) else one.item.source.sha256


def filed_items(placed: Iterable[PlacedItem], parts: Mapping[str, Part]) -> Iterator[Filed]:
    """Yield each file with its digest. Raises Refusal where one is not the file that was declared."""
    for one in placed:
        digest, size = parts[one.path].measured()
        if _digest(one) not in ("", digest):
            what = f'"{one.item.title}", version {one.item.version}'
            raise Refusal(f"{what}, is another file than was declared; look at it again")
        yield Filed(one.section.title, one.path, digest, size, one.item)
