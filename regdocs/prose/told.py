"""WRD-008 to WRD-011: what has to be told and is not: chances, ordinary care, how often, who pays for an injury.

Each rule asks whether any sentence tells it, so it finds texts that are silent, not sentences that are poor.
"""

import re
from collections.abc import Iterator

from regdocs.prose.passages import Facts, Hit, Line, Prose, hit
from regdocs.prose.phrases import says
from regdocs.prose.topics import topics

_CARE = ("told_apart", "told_by_contrast", "care_hinted")
_AROUND = 3  # sentences on either side of the one about chance in which the chance itself may stand
_CLAUSES = re.compile(r"[.;:,]\s|\b(?:but|and|although|though)\b")
_NO_CARE = frozenset(
    ("alternatives", "benefits", "costs", "injury", "leaving", "privacy", "risks", "signature")
)  # care is named there for other reasons
_NO_DESIGN = frozenset(("costs", "injury", "privacy", "risks", "signature"))  # there chances are other ones


def chance_told(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield a hit when chance decides what one gets and no sentence near says how likely each is."""
    if not (facts.randomised and facts.whole and text.lines):
        return
    lines = [line for line in text.lines if _of_design(line)]
    about = [number for number, line in enumerate(lines) if says("by_chance", line.text)]
    steps = _steps(lines)
    if not about and any(says("how_likely", line.text) for line in lines):
        return  # told without any word for chance
    if not any(_likely(lines, steps, number) for number in about):
        told = "does not tell how likely each group is"
        yield _silent(lines[about[0]], told) if about else Hit(None, (0, 0), "", told)


def _of_design(line: Line) -> bool:
    return line.passage.role != "title" and not topics(line.section) & _NO_DESIGN


def _likely(lines: list[Line], steps: list[int], number: int) -> bool:
    near = (other for other, step in enumerate(steps) if abs(step - steps[number]) <= _AROUND)
    return any(lines[one].section == lines[number].section and says("how_likely", lines[one].text) for one in near)


def _steps(lines: list[Line]) -> list[int]:
    """Return how far along each line stands: a sentence is a step, and so are the fragments of a row together."""
    steps, before = [0] * len(lines), None
    for number, line in enumerate(lines):
        same = before is not None and line.passage is before.passage and not line.sentence.complete
        steps[number] = (steps[number - 1] if number else 0) + (not same)
        before = line
    return steps


def _silent(line: Line, told: str) -> Hit:
    return hit(line, (0, len(line.text)), told)


def ordinary_care_told(text: Prose, facts: Facts) -> Iterator[Hit]:
    """Yield a hit when no sentence tells ordinary care from what is done for the research alone."""
    if not (facts.whole and text.lines):
        return
    beginning = next((one.id for one in text.sections if one.heading and one.passages), None)
    if not any(_told_apart(line) for line in text.lines if line.section.id != beginning):
        yield Hit(None, (0, 0), "", "does not tell what of it is ordinary care and what is done for the research alone")


def _told_apart(line: Line) -> bool:
    """Tell whether a sentence or its heading tells care from research, or hints at it; of costs only plain words do."""
    about = topics(line.section)
    if about & _NO_CARE or line.passage.role == "signature":
        return "costs" in about and says("told_in_costs", line.text)
    return any(says(name, said) for said in (line.text, line.section.heading) for name in _CARE)


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
    alone = [line for line in text.lines if "injury" in topics(line.section) and "costs" not in topics(line.section)]
    about = alone or _about_injuries(text)
    if about and not any(_payer(clause) for line in about for clause in _CLAUSES.split(line.text)):
        yield Hit(about[0].section.id, (0, 0), "", "does not tell who pays for the care of an injury")


def _about_injuries(text: Prose) -> list[Line]:
    """Return what is said of the care of injuries where no section is about it, with the sentences that follow.

    Whom to call alone says nothing of it.
    """
    starts = [number for number, line in enumerate(text.lines) if _of_injury(line)]
    near = sorted({number for start in starts for number in range(start, start + _AROUND + 1)})
    return [text.lines[number] for number in near if number < len(text.lines)]


def _of_injury(line: Line) -> bool:
    """Tell whether a sentence begins to tell of injuries: in a section about them and costs, or with their care."""
    return says("injured", line.text) and (
        "injury" in topics(line.section) or says("cared_for", line.text) or says("who_pays", line.text)
    )


def _payer(clause: str) -> bool:
    """Tell whether a clause says who pays, or to whom the bill goes; that no money is paid out does not."""
    return says("pays_for_care", clause) or (says("who_pays", clause) and not says("not_payer", clause))
