"""WRD-008 to WRD-011: what has to be told and is not: chances, ordinary care, how often, who pays for an injury.

Each rule asks whether any sentence tells it, so it finds texts that are silent, not sentences that are poor.
"""

import re
from collections.abc import Iterator

from regdocs.prose.passages import Facts, Hit, Line, Prose, hit
from regdocs.prose.phrases import says
from regdocs.prose.topics import topics

_AROUND = 3  # sentences on either side of the one about chance in which the chance itself may stand
_CLAUSES = re.compile(r"[.;:,]\s|\b(?:but|and|although|though)\b")
_NO_CARE = frozenset(("costs", "injury", "leaving", "benefits", "risks"))  # of paying for care, not of what is care


def chance_told(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield a hit when chance decides what one gets and no sentence near says how likely each is."""
    if not (facts.randomised and facts.whole):
        return
    lines = [line for line in text.lines if not topics(line.section) & {"risks", "injury", "privacy"}]
    about = [number for number, line in enumerate(lines) if says("by_chance", line.text)]
    if not any(_likely(lines, number) for number in about):
        told = "does not tell how likely each group is"
        yield _silent(lines[about[0]], told) if about else Hit(None, (0, 0), "", told)


def _likely(lines: list[Line], number: int) -> bool:
    near = lines[max(0, number - _AROUND) : number + _AROUND + 1]
    return any(says("how_likely", line.text) for line in near if line.section == lines[number].section)


def _silent(line: Line, told: str) -> Hit:
    return hit(line, (0, len(line.text)), told)


def ordinary_care_told(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield a hit when no sentence tells what is ordinary care, or none what is done for the research alone."""
    if not facts.whole:
        return
    lines = [line for line in text.lines if not topics(line.section) & _NO_CARE]
    lacking = [told for phrases, told in _CARE if not any(says(phrases, line.text) for line in lines)]
    if lacking:
        yield Hit(None, (0, 0), "", f"does not tell {' and '.join(lacking)}")


_CARE = (
    ("ordinary_care", "what of it is ordinary care"),
    ("research_only", "what is done for the research alone"),
)


def how_often_told(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield a hit when the sections about risks tell of no risk how often it happens."""
    sections = [section for section in text.sections if "risks" in topics(section) and section.passages]
    ids = {section.id for section in sections}
    lines = [line for line in text.lines if line.section.id in ids]
    if facts.whole and lines and not any(says("how_often", line.text) or says("no_risk", line.text) for line in lines):
        yield Hit(sections[0].id, (0, 0), "", "does not tell how often any of the risks happens")


def injury_payer_told(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield a hit when nothing about injuries says who pays for the care of one."""
    if not (facts.whole and facts.more_than_minimal_risk):
        return
    about = [line for line in text.lines if "injury" in topics(line.section)] or _about_injuries(text)
    if about and not any(_payer(clause) for line in about for clause in _CLAUSES.split(line.text)):
        yield Hit(about[0].section.id, (0, 0), "", "does not tell who pays for the care of an injury")


def _about_injuries(text: Prose) -> list[Line]:
    """Return what is said of the care of injuries where no section is about it, with the sentences that follow.

    Whom to call alone says nothing of it.
    """
    starts = [number for number, line in enumerate(text.lines) if _of_care(line.text)]
    near = sorted({number for start in starts for number in range(start, start + _AROUND + 1)})
    return [text.lines[number] for number in near if number < len(text.lines)]


def _of_care(sentence: str) -> bool:
    return says("injured", sentence) and says("cared_for", sentence)


def _payer(clause: str) -> bool:
    """Tell whether a clause says who pays, or to whom the bill goes; that money is not paid out does not."""
    return says("who_pays", clause) and not says("not_payer", clause)
