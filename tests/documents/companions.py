"""A small study with children, a short form, an authorisation and a card: the minimal study with parts added."""

from pathlib import Path

from regdocs.content.model import Document, Signature
from regdocs.content.query import blocks_within, own_runs, plain_text, walk_blocks, walk_tagged
from regdocs.documents.compose import compose
from regdocs.documents.kind import Kind
from regdocs.documents.template import Template
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol

REPOSITORY = Path(__file__).resolve().parents[2]
TEMPLATES = REPOSITORY / "templates"
MINIMAL = (REPOSITORY / "tests/rules/minimal.yaml").read_text(encoding="utf-8")

_CHILDREN = """\
    contact: 000 002 (fictional)
    paediatric:
      category: "46.405"
      parents: two
      wards: advocate-appointed
      majority: P18Y
      reference: Decision EX-1/C of 2026-01-10 (fictional)
      bands:
        - id: small
          from_age: P5Y
          below_age: P7Y
          asks: nothing
        - id: young
          from_age: P7Y
          below_age: P12Y
          asks: spoken-assent
        - id: adolescent
          from_age: P12Y
          below_age: P18Y
          asks: signature
"""
_CONSENT = """\
  card_notice: This person may not take other medicines with examplin.
  authorisation:
    information: The results of the blood test and the answers to the questions.
    discloses: Example Hospital (fictional).
    receives: The study team and the sponsor.
    purpose: To do the study and to check that it is done well.
    expires: When the study has ended and its data are kept no longer.
  assent:
    - id: young
      why: We want to find out whether a new tablet helps.
      what_happens:
        - You swallow one tablet.
        - A doctor takes a little blood from your arm.
      what_may_hurt: The needle pricks for a moment.
      what_may_help: The tablet may help you, or it may not.
    - id: adolescent
      why: You have example disease, and we want to learn whether examplin helps.
      what_happens:
        - You swallow one tablet at the second visit.
        - Blood is taken from your arm once.
        - You answer ten questions about how you feel, twice.
      what_may_hurt: The needle pricks, and you may get a bruise.
      what_may_help: It may help you, or it may not. It may help other people later.
  signatures:
"""
_ANSWERS = """\
answers:
  - id: short-form
    question: short-form
    answer: "Yes"
    reason: The ethics committee allows the short form for people who read another language.
    by: Example Ethics Committee (fictional)
registry:
"""
_ANALYSIS = """\
sample_size:
  reason: Twenty participants show a difference of 5 points with a power of 0.8.
analysis_populations:
  - id: all-randomised
    name: All randomised participants
    text: Everyone who was assigned.
estimands:
  - id: main
    treatment: Examplin against placebo
    population: all-randomised
    variable: example-score
    intercurrent_events:
      - id: stopped
        event: The tablet is not taken
        strategy: treatment-policy
    summary: Difference of means
arms:
"""
PARTS = (
    ("    contact: 000 002 (fictional)\n", _CHILDREN),
    ("  signatures:\n", _CONSENT),
    ("registry:\n", _ANSWERS),
    ("arms:\n", _ANALYSIS),
)


def study(*changes: tuple[str, str]) -> Protocol:
    """Return the small study with each first text replaced by the second; each must stand there."""
    text = MINIMAL
    for before, after in PARTS:
        assert text.count(f"\n{before}") == 1, before
        text = text.replace(f"\n{before}", f"\n{after}")
    for before, after in changes:
        assert before in text, f"the study has no {before!r}"
        text = text.replace(before, after, 1)
    return loaded(text)


def loaded(text: str) -> Protocol:
    found = load(text.encode("utf-8"))
    assert found.protocol is not None, found.findings
    return found.protocol


def templates() -> dict[str, Template]:
    paths = sorted(TEMPLATES.rglob("*.xml"))
    return {
        path.relative_to(TEMPLATES).as_posix(): Template(path.read_text(encoding="utf-8"), str(path)) for path in paths
    }


def paper(kind: Kind, protocol: Protocol) -> Document:
    """Return the document of that kind, of the first site where it has one a site."""
    site = protocol.sites[0] if kind.per_site else None
    return compose(kind, protocol, site, "en", templates()).document


def words(document: Document, name: str) -> str:
    """Return the words of the block, row or item with that id."""
    found = next((one for one in walk_tagged(document) if one.id == name), None)
    assert found is not None, name
    cells = [block for cell in getattr(found, "cells", ()) for block in cell.blocks]
    blocks = tuple(getattr(found, "blocks", None) or cells or [found])
    runs = (run for block in blocks_within(blocks) for run in own_runs(block))
    return " ".join(" ".join(plain_text(run) for run in runs).split())


def has(document: Document, name: str) -> bool:
    return any(one.id == name for one in walk_tagged(document))


def clauses(document: Document) -> set[str]:
    return {clause for one in walk_tagged(document) for clause in one.clauses}


def signatures(document: Document) -> dict[str, Signature]:
    """Return the signature blocks by their id, in printed order."""
    return {block.id: block for block in walk_blocks(document) if isinstance(block, Signature)}
