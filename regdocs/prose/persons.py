"""WRD-007: the reader is no longer spoken to: "the subject shall" in place of "you will"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from regdocs.prose.passages import Facts, Hit, Line, Prose, hit, is_verbatim
from regdocs.prose.phrases import pattern, says
from regdocs.prose.topics import topics

_TOLD = "speaks about the reader as of somebody else"
_PLURAL = r"\A(?:All |Both )?(?:study |research |trial |enrolled )?(?:subjects|participants|patients|volunteers)\b"
_GAIN = re.compile(r"\b(?:benefit|profit|gain|be helped|better)\b", re.IGNORECASE)


def second_person_lost(text: Prose, _: Facts) -> Iterator[Hit]:
    """Yield each sentence that says what "the participant" has to do or is given; what is signed is left alone."""
    of_child = any(says("of_your_child", line.text) for line in text.lines)
    before: Line | None = None
    for line in text.lines:
        near, before = before, line
        if line.passage.role == "body" and "signature" not in topics(line.section):
            found = _found(line) or (None if of_child else _as_he(line, near))
            if found is not None and not is_verbatim(line, found.span()):
                yield hit(line, found.span(), _TOLD)


def _found(line: Line) -> re.Match[str] | None:
    found = (one.search(line.text) for one in _expressions())
    return next((one for one in found if one and not _GAIN.search(line.text[one.start() :])), None)


def _as_he(line: Line, before: Line | None) -> re.Match[str] | None:
    """Return where "he or she" is the reader: neither the sentence nor the one before names anybody else."""
    near = before.text if before is not None and before.section is line.section else ""
    found = _he().search(line.text)
    return None if found is None or says("another_person", f"{near} {line.text[: found.start()]}") else found


@lru_cache(maxsize=1)
def _he() -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern('reader_as_he').pattern})(?:{pattern('has_to').pattern})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _expressions() -> tuple[re.Pattern[str], ...]:
    somebody, has_to = pattern("somebody_else").pattern, pattern("has_to").pattern
    subjects = (re.compile(rf"(?:{one})(?:{has_to})", re.IGNORECASE) for one in (somebody, _PLURAL))
    return (*subjects, pattern("reader_with_duty"), pattern("done_to_somebody"))
