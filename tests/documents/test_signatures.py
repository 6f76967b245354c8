"""The table of signature rules, held to the papers and to its page in both directions."""

import pytest

from regdocs.content.model import Document
from regdocs.content.query import own_runs, plain_text, walk_blocks
from regdocs.documents.kinds import kind_named
from regdocs.documents.signature_lines import SignatureRule
from regdocs.documents.signatures import RULES
from regdocs.spec.protocol import Protocol
from tests.documents.amendments import document_of
from tests.documents.companions import has, paper, signatures, study, words
from tests.documents.signature_page import PAGE, page

PAPERS = tuple(dict.fromkeys(rule.paper for rule in RULES))
_BODY = "oversight:\n  - id: ethics-committee\n"
_WAIVER = """\
waivers:
  - id: no-documentation
    body: ethics-committee
    kind: waiver-of-documentation
    citation: 45 CFR 46.117(c)(1)(ii)
    reference: Decision EX-1/W (fictional)
    decided: 2026-01-10
    reason: The only risk is that of the signature itself.
oversight:
  - id: ethics-committee
"""


def on(name: str, protocol: Protocol) -> Document:
    kind = kind_named(name)
    return document_of(name, protocol) if kind is None else paper(kind, protocol)


@pytest.fixture(scope="module")
def papers() -> dict[str, Document]:
    """Every paper of a study in which no signature rule is recorded, so that each line stands, open or not."""
    return {name: on(name, study()) for name in PAPERS}


def blocks_of(rule: SignatureRule, papers: dict[str, Document]) -> list[str]:
    name = f"{rule.paper}.signatures.{rule.signer}"
    return [one for one in signatures(papers[rule.paper]) if one == name or one.startswith(f"{name}.")]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_each_rule_stands_on_its_paper_in_the_words_of_the_table(
    rule: SignatureRule, papers: dict[str, Document]
) -> None:
    blocks = blocks_of(rule, papers)
    assert blocks
    for name in blocks:
        block = signatures(papers[rule.paper])[name]
        assert plain_text(block.who) == rule.signs
        assert rule.attests in " ".join(plain_text(block.statement).split())


def test_no_paper_has_a_signature_without_a_rule(papers: dict[str, Document]) -> None:
    known = {name for rule in RULES for name in blocks_of(rule, papers)}
    assert {name for document in papers.values() for name in signatures(document)} == known


def test_every_signature_is_dated(papers: dict[str, Document]) -> None:
    for document in papers.values():
        for block in signatures(document).values():
            assert {"Signature", "Date"} <= {label for label, _ in block.lines}, block.id


def test_the_page_says_what_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.documents.signature_page"


def test_rules_are_named_once() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_no_rule_names_an_age() -> None:
    for rule in RULES:
        assert "years" not in f"{rule.trigger} {rule.attests} {rule.signs}"


def test_the_witness_of_the_short_form_signs_both_papers_and_the_participant_only_one(
    papers: dict[str, Document],
) -> None:
    assert "short-form.signatures.witness" in signatures(papers["short-form"])
    assert list(signatures(papers["short-form-summary"])) == [
        "short-form-summary.signatures.discussion",
        "short-form-summary.signatures.witness",
    ]


def test_a_waiver_of_documentation_takes_the_participants_lines_away_and_says_why() -> None:
    document = on("consent", study((_BODY, _WAIVER)))
    assert "consent.signatures.participant" not in signatures(document)
    assert "consent.signatures.discussion" in signatures(document)
    said = words(document, "consent.agreement.unsigned.no-documentation")
    assert "You are not asked to sign." in said
    assert "45 CFR 46.117(c)(1)(ii)" in said


def test_under_the_waiver_by_wish_the_participant_may_ask_to_sign() -> None:
    document = on("consent", study((_BODY, _WAIVER.replace("(c)(1)(ii)", "(c)(1)(i)"))))
    assert "consent.signatures.participant" in signatures(document)
    assert "Sign only when you want a signed paper" in words(document, "consent.signatures.participant")
    assert "Your wish decides." in words(document, "consent.agreement.wish.no-documentation")


def test_without_a_waiver_the_participant_signs(papers: dict[str, Document]) -> None:
    assert "consent.signatures.participant" in signatures(papers["consent"])
    assert not has(papers["consent"], "consent.agreement.unsigned.no-documentation")


# ---------------------------------------------------------------------------------------------------------- parents


PARENTS = {"parental-permission.signatures.parent", "parental-permission.signatures.second-parent"}
ONE_PARENT = ("      parents: two\n", "      parents: one\n")


def test_a_waiver_of_documentation_takes_the_parents_lines_away_and_says_why() -> None:
    document = on("parental-permission", study((_BODY, _WAIVER)))
    lines = set(signatures(document))
    assert not (PARENTS | {"parental-permission.signatures.impartial-witness"}) & lines
    assert {"parental-permission.signatures.advocate", "parental-permission.signatures.discussion"} <= lines
    said = words(document, "parental-permission.agreement.unsigned.no-documentation")
    assert "You are not asked to sign." in said and "45 CFR 46.117(c)(1)(ii)" in said


def test_a_waiver_of_documentation_waives_no_parents_permission() -> None:
    two, one = on("parental-permission", study((_BODY, _WAIVER))), study((_BODY, _WAIVER), ONE_PARENT)
    assert words(two, "parental-permission.how-many") == "The permission of two parents is asked for."
    assert "does not give permission, tick why" in words(two, "parental-permission.no-second.label")
    assert "is enough" in words(on("parental-permission", one), "parental-permission.how-many")
    assert not has(on("parental-permission", one), "parental-permission.no-second")


def test_under_a_waiver_nothing_in_the_permission_form_speaks_of_signing() -> None:
    document = on("parental-permission", study((_BODY, _WAIVER)))
    every = " ".join(" ".join(plain_text(run) for run in own_runs(block)) for block in walk_blocks(document))
    for phrase in ("By signing", "when you sign", "When you sign", "signed and dated", "sign a new form", "initials."):
        assert phrase not in every, phrase
    assert "By letting my child take part, I say:" in every


def test_under_the_waiver_by_wish_a_parent_may_ask_to_sign() -> None:
    document = on("parental-permission", study((_BODY, _WAIVER.replace("(c)(1)(ii)", "(c)(1)(i)"))))
    assert set(signatures(document)) >= PARENTS
    for name in PARENTS:
        assert "Sign only when you want a signed paper" in words(document, name)
    assert "Your wish decides." in words(document, "parental-permission.agreement.wish.no-documentation")


def test_without_a_waiver_the_parents_sign(papers: dict[str, Document]) -> None:
    assert set(signatures(papers["parental-permission"])) >= PARENTS
    assert words(papers["parental-permission"], "parental-permission.agreement.label") == "By signing, I say:"
