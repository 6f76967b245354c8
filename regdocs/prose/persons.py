"""WRD-007: the reader is no longer spoken to: "the subject shall" in place of "you will"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from regdocs.prose.passages import Facts, Hit, Line, Prose, hit, is_verbatim
from regdocs.prose.phrases import pattern
from regdocs.prose.topics import topics

_TOLD = "speaks about the reader as of somebody else"
_PLURAL = r"\A(?:All |Both )?(?:study |research |trial |enrolled )?(?:subjects|participants|patients|volunteers)\b"
_GAIN = re.compile(r"\b(?:benefit|profit|gain|be helped|better)\b", re.IGNORECASE)


def second_person_lost(text: Prose, _: Facts) -> Iterator[Hit]:
    """Yield each sentence that says what "the participant" has to do or is given; what is signed is left alone."""
    for line in text.lines:
        if line.passage.role == "body" and "signature" not in topics(line.section):
            found = _found(line)
            if found is not None and not is_verbatim(line, found.span()):
                yield hit(line, found.span(), _TOLD)


def _found(line: Line) -> re.Match[str] | None:
    found = (one.search(line.text) for one in _expressions())
    return next((one for one in found if one and not _GAIN.search(line.text[one.start() :])), None)


@lru_cache(maxsize=1)
def _expressions() -> tuple[re.Pattern[str], ...]:
    somebody, has_to = pattern("somebody_else").pattern, pattern("has_to").pattern
    subjects = (re.compile(rf"(?:{one})(?:{has_to})", re.IGNORECASE) for one in (somebody, _PLURAL))
    return (*subjects, pattern("done_to_somebody"))
