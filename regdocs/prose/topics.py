"""What a section is about, by the words of its headings. Knows sections; looks at no sentence."""

from functools import lru_cache

from regdocs.prose.passages import Section
from regdocs.prose.phrases import says

TOPICS = ("injury", "risks", "benefits", "costs", "alternatives", "leaving", "privacy", "signature")


def topics(section: Section) -> frozenset[str]:
    """Return what a section is about; risks not where it is about what happens after an injury."""
    return _topics(section.headings)


@lru_cache(maxsize=1024)
def _topics(headings: str) -> frozenset[str]:
    found = {topic for topic in TOPICS if says(f"about_{topic}", headings)}
    if "injury" in found and "risk" not in headings.lower():
        found.discard("risks")
    return frozenset(found)
