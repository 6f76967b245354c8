"""WRD-013: words that are true under a law that does not apply to the study, found by the words themselves."""

from collections.abc import Iterator

from regdocs.prose.passages import Facts, Hit, Line, Prose, hit
from regdocs.prose.phrases import pattern


def of_another_pack(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield sentences on inspection by the FDA, and the statement on ClinicalTrials.gov, where no rule asks for them.

    The FDA's name alone ("not approved by the FDA"), or an entry in a registry, is nothing of another pack.
    """
    for line in text.lines:
        if not facts.fda_regulated:
            yield from _found(line, "fda_looks", "is true of studies under 21 CFR part 50; this one is not")
        if not facts.applicable_trial:
            told = "is the statement of 21 CFR 50.25(c), which does not apply to this study"
            yield from _found(line, "registry_law", told)


def _found(line: Line, name: str, told: str) -> Iterator[Hit]:
    found = pattern(name).search(line.text)
    if found is not None:
        yield hit(line, found.span(), told)
