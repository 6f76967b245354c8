"""The rules on wording, in an explicit table: id, name, where each comes from, whether that was read, and its look.

All of them warn: they read words, and a person judges words. Their pages are `docs/rules/WRD-….md`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from regdocs.finding import Severity
from regdocs.prose.benefits import payment, promised
from regdocs.prose.letters import unexpanded
from regdocs.prose.other_packs import of_another_pack
from regdocs.prose.outline import empty_headings, key_information_first
from regdocs.prose.passages import Facts, Hit, Prose
from regdocs.prose.persons import second_person_lost
from regdocs.prose.products import treatment_for_unproven
from regdocs.prose.rights import exculpatory
from regdocs.prose.told import chance_told, how_often_told, injury_payer_told, ordinary_care_told


@dataclass(frozen=True, slots=True)
class WordingRule:
    """One rule on wording.

    Attributes:
        id: Its id, for good.
        name: A few words for lists; the title of its page.
        short: Its name in corpora of texts.
        source: Where it comes from; None for a rule of our own.
        read: Whether the words of the source were read in a stored copy; else they are remembered, and to be checked.
        hint: The nearest fix.
        look: Gives the hits, in the order of the text.
        severity: How much a hit matters.
    """

    id: str
    name: str
    short: str
    source: str | None
    read: bool
    hint: str
    look: Callable[[Prose, Facts], Iterable[Hit]]
    severity: Severity = Severity.WARNING

    @property
    def cited(self) -> str | None:
        """The source, with a word where it was not read."""
        return self.source if self.source is None or self.read else f"{self.source} (to be checked)"


WORDING_RULES: tuple[WordingRule, ...] = (
    WordingRule(
        "WRD-001",
        "no key information at the beginning",
        "key-information",
        "45 CFR 46.116(a)(5)(i); topics: 82 FR 7149",
        True,
        "begin with a short section on choice, purpose and duration, risks, benefits and other choices",
        key_information_first,
    ),
    WordingRule(
        "WRD-002",
        "exculpatory words",
        "exculpatory",
        "45 CFR 46.116(a)(6); 21 CFR 50.20",
        False,
        'take the sentence out; "You do not give up any legal right by signing" may stand',
        exculpatory,
    ),
    WordingRule(
        "WRD-003",
        "promised benefit",
        "promised-benefit",
        "ICH E6(R3) Annex 1, 2.8 (g)",
        True,
        'say "may", and that nobody can promise it',
        promised,
    ),
    WordingRule(
        "WRD-004",
        "payment told as a benefit",
        "payment-as-benefit",
        "FDA, guidance on informed consent (2023), on payment",
        True,
        "tell payment in the section on payment alone",
        payment,
    ),
    WordingRule(
        "WRD-005",
        "unproven product called a treatment",
        "treatment-for-unproven",
        None,
        True,
        'say "study product" or its name',
        treatment_for_unproven,
    ),
    WordingRule(
        "WRD-006",
        "abbreviation without its words",
        "abbreviation",
        "45 CFR 46.116(a)(3)",
        False,
        'write its words and then the letters in brackets: "electrocardiogram (ECG)"',
        unexpanded,
    ),
    WordingRule(
        "WRD-007",
        "reader not spoken to",
        "second-person",
        None,
        True,
        'say "you"',
        second_person_lost,
    ),
    WordingRule(
        "WRD-008",
        "chance of each group not told",
        "randomisation-chance",
        "ICH E6(R3) Annex 1, 2.8 (c)",
        False,
        'say how likely each group is: "your chance is 1 in 2"',
        chance_told,
    ),
    WordingRule(
        "WRD-009",
        "ordinary care not told from research",
        "standard-care",
        "45 CFR 46.116(b)(1); ICH E6(R3) Annex 1, 2.8 (b)",
        False,
        "say which steps you would have anyway, and which are done for the research alone",
        ordinary_care_told,
    ),
    WordingRule(
        "WRD-010",
        "risks without how often",
        "risk-frequency",
        None,
        True,
        'give each risk a band: "common (1 to 10 in 100 people)"',
        how_often_told,
    ),
    WordingRule(
        "WRD-011",
        "who pays for an injury not told",
        "injury-payer",
        "45 CFR 46.116(b)(6); ICH E6(R3) Annex 1, 2.8 (i)",
        False,
        "say who pays for the care of an injury: the sponsor, the site, or the participant and the insurer",
        injury_payer_told,
    ),
    WordingRule(
        "WRD-012",
        "heading with nothing under it",
        "empty-heading",
        None,
        True,
        "write the text, or take the heading out",
        empty_headings,
    ),
    WordingRule(
        "WRD-013",
        "words of a law that does not apply",
        "other-pack",
        "21 CFR 50.25(a)(5) and (c)",
        False,
        "take the sentence out, or record the answer under 'regulation:' by which the law applies",
        of_another_pack,
    ),
)


def look(text: Prose, facts: Facts) -> Iterable[tuple[WordingRule, Hit]]:
    """Yield what every rule finds in a text, rule by rule."""
    return ((rule, found) for rule in WORDING_RULES for found in rule.look(text, facts))
