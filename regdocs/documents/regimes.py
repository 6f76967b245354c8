"""Which laws beside 45 CFR 46 ask for the same text of a consent form, and whether a board's decision is about them.

An alteration under the Common Rule (45 CFR 46.116(f)) says nothing of what another law requires (46.101(f), (g)). Where
the study is recorded as under 21 CFR 50 or Regulation (EU) 536/2014, a text that it asks for is altered only by a
decision whose citation names it. Clauses are written from memory. Knows recorded facts and ids of clauses, no trees.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from regdocs.documents.shown import Reader
from regdocs.spec.countries import EEA
from regdocs.spec.protocol import Protocol

_MEDICINES = ("drug", "biological", "genetic", "combination-product")
_E6, _E6_CITED = "E6-", re.compile(r"\bICH\b|\bE6\b")
# 21 CFR 50.25(a)(1)–(8) and (b)(1)–(6) ask for what 45 CFR 46.116(b)(1)–(8) and (c)(1)–(6) ask for.
_FDA = {f"CR-b{n}": f"FDA-a{n}" for n in range(1, 9)} | {f"CR-c{n}": f"FDA-b{n}" for n in range(1, 7)}
# Regulation (EU) 536/2014, Article 29(2)(a) and (d).
_EU = {
    "CR-b1.2": "EU-2a1",
    "CR-b1.3": "EU-2a3",
    "CR-b1.4": "EU-2a1",
    "CR-b2": "EU-2a1",
    "CR-b3": "EU-2a1",
    "CR-b4": "EU-2a4",
    "CR-b6": "EU-2d",
    "CR-b8": "EU-2a2",
    "E6-i": "EU-2d",
}


@dataclass(frozen=True, slots=True)
class Regime:
    """A law that applies beside the Common Rule.

    Attributes:
        name: As people cite it.
        prefix: What the ids of its own clauses begin with.
        cited: Found in the citation of a decision that is about this law.
        twins: Clauses of others that mark text for which this law asks too, and its own clause for it.
    """

    name: str
    prefix: str
    cited: re.Pattern[str]
    twins: dict[str, str]
    applies: Callable[[Protocol], bool]

    def asks(self, clause: str) -> str | None:
        """Return this law's own clause for a text with that mark; None where it asks for nothing there."""
        if clause.startswith(self.prefix):
            return clause
        return self.twins.get(clause) or self.twins.get(clause.partition(".")[0])


def _under_fda(protocol: Protocol) -> bool:
    law = protocol.regulation
    answers = (law.fda_regulated_drug, law.fda_regulated_device, law.ind_or_ide)
    return any(answer.value is not False for answer in answers)  # while it is open, the text stays


def _under_eu(protocol: Protocol) -> bool:
    return gives_medicine(protocol) and any(country in EEA for country in protocol.regulation.countries)


def gives_medicine(protocol: Protocol) -> bool:
    """Tell whether the study gives a medicine by assignment; while that is open, it counts as one."""
    tested = protocol.design.type.value != "observational"
    return tested and any(one.type.value in (*_MEDICINES, None) for one in protocol.interventions)


REGIMES: tuple[Regime, ...] = (
    Regime("21 CFR 50", "FDA-", re.compile(r"\b21\s*CFR\s*(?:part\s*)?5[06]\b", re.IGNORECASE), _FDA, _under_fda),
    Regime("Regulation (EU) 536/2014", "EU-", re.compile(r"\b536/2014\b"), _EU, _under_eu),
)


def regimes_of(protocol: Protocol, reader: Reader | None = None) -> tuple[Regime, ...]:
    """Return the laws beside the Common Rule that the study is recorded as under; an open answer counts as yes."""
    if reader is not None:
        reader.note("/regulation", "/interventions", "/design/type")
    return tuple(regime for regime in REGIMES if regime.applies(protocol))


def not_decided(citation: str, applying: Iterable[Regime]) -> tuple[Regime, ...]:
    """Return the laws that apply and that the citation of a decision does not name."""
    return tuple(regime for regime in applying if not regime.cited.search(citation))


def still_asked(clause: str, citation: str, applying: tuple[Regime, ...]) -> tuple[str, ...]:
    """Return what still asks for a text with that mark although a decision with that citation names the mark.

    ICH E6 is a guideline that these laws stand behind: where one applies, a decision that names neither E6 nor one of
    them does not alter what E6 asks.
    """
    left = not_decided(citation, applying)
    asked = [own for regime in left if (own := regime.asks(clause)) is not None]
    if clause.startswith(_E6) and left and left == applying and not _E6_CITED.search(citation):
        asked.append(clause)
    return tuple(dict.fromkeys(asked))
