"""The paragraphs of a file held against those of the study: what changed, what is gone, what was added or moved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from regdocs.returned.matching import Pairs, in_order, matched
from regdocs.returned.printed import ANY_WORDS, Printed
from regdocs.returned.returned_file import FileParagraph, Remark, ReturnedFile
from regdocs.returned.stretches import Stretch, stretches

_OF_NOTICE = re.compile(r"_draft_.*_[0-9a-f]{12}")
_OURS = re.compile(r"_.{1,26}_[0-9a-f]{12}")
_SAME_TEXT = 0.34  # share of its words that stand where a text is still the same one


@dataclass(frozen=True, slots=True)
class Held:
    """A paragraph of the study and what the file has of it.

    Attributes:
        printed: As the study prints it.
        paragraph: As the file has it, or None where it does not.
        after: The number of the paragraph of the file after which it stands or stood; 0 for the beginning.
        silent: Where its words differ without a tracked change.
        changes: Where its words differ once each tracked change is accepted.
        moved: Whether it stands elsewhere now.
    """

    printed: Printed
    paragraph: FileParagraph | None
    after: int
    silent: tuple[Stretch, ...] = ()
    changes: tuple[Stretch, ...] = ()
    moved: bool = False

    @property
    def gone(self) -> bool:
        """Whether it has words, and none of them stands any more with each tracked change accepted."""
        return bool(self.printed.text) and (self.paragraph is None or not self.paragraph.now)

    @property
    def other_words(self) -> bool:
        """Whether hardly a word of it stands any more: in its place something else is said, or nothing."""
        if self.gone or self.paragraph is None:
            return self.gone
        old, now = self.printed.text.casefold().split(), self.paragraph.now.casefold().split()
        kept = SequenceMatcher(None, old, now, autojunk=False).get_matching_blocks()
        return sum(block.size for block in kept) < _SAME_TEXT * len(old)

    @property
    def number(self) -> int:
        """Return the number of its paragraph in the file, or of the one before its place."""
        return self.after if self.paragraph is None else self.paragraph.number


@dataclass(frozen=True, slots=True)
class Comparison:
    """A file held against a document of the study.

    Attributes:
        held: Each paragraph of the study, in its order.
        added: Paragraphs that only the file has.
        strange: Paragraphs with bookmarks of ours that the study does not have now.
        remarks: The comments.
    """

    held: tuple[Held, ...]
    added: tuple[FileParagraph, ...]
    strange: tuple[FileParagraph, ...]
    remarks: tuple[Remark, ...]


def compared(printed: Sequence[Printed], file: ReturnedFile) -> Comparison:
    """Return how the paragraphs of a file stand to those of the study."""
    known = {name for one in printed for name in one.names}
    found = [one for one in file.paragraphs if not _is_notice(one, known)]
    pairs = matched(printed, found)
    held = _held(printed, found, pairs)
    taken = set(pairs.values())
    left = [one for n, one in enumerate(found) if n not in taken and one.now]
    strange = tuple(one for one in left if _is_strange(one, known))
    added = [one for one in left if not _is_strange(one, known)]
    held = [*_with_moved(_rejoined(held, added), added)]
    return Comparison(tuple(held), tuple(added), strange, file.remarks)


def _is_strange(paragraph: FileParagraph, known: set[str]) -> bool:
    return any(_OURS.fullmatch(name) and name not in known for name in paragraph.names)


def _is_notice(paragraph: FileParagraph, known: set[str]) -> bool:
    """Tell whether a paragraph is one of the list of open values before a draft."""
    return any(_OF_NOTICE.fullmatch(name) and name not in known for name in paragraph.names)


def _held(printed: Sequence[Printed], found: Sequence[FileParagraph], pairs: Pairs) -> list[Held]:
    steady, after, held = in_order(pairs), 0, []
    for place, one in enumerate(printed):
        paragraph = found[pairs[place]] if place in pairs else None
        held.append(_one_held(one, paragraph, after, place in pairs and place not in steady))
        after = paragraph.number if paragraph is not None and place in steady else after
    return held


def _one_held(printed: Printed, paragraph: FileParagraph | None, after: int, moved: bool) -> Held:
    if paragraph is None:
        return Held(printed, None, after)
    silent, changes = (_differences(printed.text, text) for text in (paragraph.before, paragraph.now))
    return Held(printed, paragraph, after, silent, changes, moved)


def _differences(text: str, found: str) -> tuple[Stretch, ...]:
    """Return where words differ; what stands in the place of version and date may be anything."""
    if text == found:
        return ()
    if ANY_WORDS in text:
        pattern = "[^,;]{0,60}?".join(map(re.escape, text.split(ANY_WORDS)))
        if re.fullmatch(pattern, found):
            return ()
    return tuple(one for one in stretches(text, found) if ANY_WORDS not in one.old)


def _rejoined(held: list[Held], added: list[FileParagraph]) -> list[Held]:
    """Take two paragraphs that became one, or one that became two, for what they were: no word changed."""
    following = {one.number: one for one in added}
    joined: list[Held] = []
    for one in held:
        last = joined[-1] if joined else None
        if last is not None and _became_one(last, one):
            joined[-1] = replace(last, silent=(), changes=())
            joined.append(replace(one, paragraph=last.paragraph))
        else:
            joined.append(_whole_again(one, following, added))
    return joined


def _became_one(held: Held, following: Held) -> bool:
    if held.paragraph is None or not held.changes or following.paragraph is not None:
        return False
    return _bare(held.printed.text, following.printed.text) == _bare(held.paragraph.now)


def _whole_again(one: Held, following: dict[int, FileParagraph], added: list[FileParagraph]) -> Held:
    rest = following.get(one.paragraph.number + 1) if one.paragraph is not None and one.changes else None
    if one.paragraph is None or rest is None or _bare(one.paragraph.now, rest.now) != _bare(one.printed.text):
        return one
    added.remove(rest)
    return replace(one, silent=(), changes=())


def _bare(*texts: str) -> str:
    return "".join("".join(texts).split())


def _with_moved(held: list[Held], added: list[FileParagraph]) -> Iterator[Held]:
    """Pair what is gone with what was added in the same words."""
    new = {one.now: one for one in reversed(added)}
    for one in held:
        there = new.pop(one.printed.text, None) if one.gone else None
        if there is None:
            yield one
            continue
        added.remove(there)
        yield Held(one.printed, there, one.after, moved=True)
