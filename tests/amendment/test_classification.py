"""Classes are proposed by regime, with reasons; people override them; nothing is used before a decision."""

import itertools

import pytest

from regdocs.amendment.change import Change, Json
from regdocs.amendment.classification import ClassRow, propose, told_whatever
from regdocs.amendment.declaration import RegimeName
from regdocs.amendment.regime_classes import BODY_DECIDES, CLASSES
from regdocs.amendment.regimes import AppliedRegime, regimes_of
from regdocs.amendment.rulings import RULINGS, ruling_of
from regdocs.amendment.weights import ASK, FIELD_CLASSES, WEIGHTS
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from tests.amendment.declaring import MINIMAL, read
from tests.rules.cases import MINIMAL as PROTOCOL

ALL = tuple(AppliedRegime(name, "yes", "for the test") for name in CLASSES)
FORM: dict[str, Json] = {"contacts": [{"id": "alarm", "purpose": "injury-or-emergency"}]}


def rows(*covers: str, regimes: tuple[AppliedRegime, ...] = ALL, entries: str = "") -> dict[RegimeName, ClassRow]:
    """One declared change that covers these places, all of them changed; the row of each regime."""
    listed = "".join(f"      - {cover}\n" for cover in covers)
    text = MINIMAL.replace("      - /eligibility/E07\n      - /consent/risks\n", listed) + entries
    declared = read(text)
    assert declared.findings == ()
    assert declared.declaration is not None
    changes = [Change(cover, "changed", cover, "a", "b", {}) for cover in covers if cover.startswith("/")]
    blocks = [cover for cover in covers if "#" in cover]
    return {row.regime: row for row in propose(declared.declaration, changes, blocks, regimes, FORM, FORM)}


def names(*covers: str) -> dict[RegimeName, str]:
    return {regime: row.name for regime, row in rows(*covers).items()}


@pytest.mark.parametrize(
    "path",
    [
        "/eligibility/E07",
        "/doses/d1/dose",
        "/products/tablet",
        "/products/tablet/route",
        "/sample_size/reason",
        "/stopping_rules/liver",
        "/design/enrolment/count",
    ],
)
def test_what_bears_on_safety_or_data_is_substantial_everywhere(path: str):
    assert names(path) == {
        "eu-ctr": "substantial part I",
        "us-irb": "more than minor",
        "us-ind": "protocol amendment",
        "us-ide": "supplement",
        "other": BODY_DECIDES,
    }


def test_a_risk_text_is_of_part_ii_and_no_matter_of_the_ind():
    assert names("/consent/risks/rash") == {
        "eu-ctr": "substantial part II",
        "us-irb": "more than minor",
        "us-ind": "no protocol amendment",
        "us-ide": "supplement",
        "other": BODY_DECIDES,
    }


def test_a_change_of_both_parts_is_one_of_both():
    assert names("/eligibility/E07", "/consent/risks/rash")["eu-ctr"] == "substantial part I and part II"


def test_the_window_of_a_visit_is_asked_about():
    row = rows("/encounters/week-4/window")["eu-ctr"]
    assert row.name == ASK
    assert row.questions == ("Is it the window of a visit for the primary endpoint, or for an assessment of safety?",)


def test_a_contact_for_injury_is_administrative_and_participants_are_told():
    found = rows("/contacts/alarm/telephone")
    assert {regime: row.name for regime, row in found.items()} == {
        "eu-ctr": "non-substantial",
        "us-irb": "administrative",
        "us-ind": "no protocol amendment",
        "us-ide": "annual report",
        "other": BODY_DECIDES,
    }
    assert all(row.tell_participants for row in found.values())
    assert found["us-irb"].reason == "check the IRB's policy"
    assert told_whatever(found.values())


def test_another_contact_calls_for_telling_nobody():
    assert not told_whatever(rows("/contacts/team/telephone").values())


def test_a_site_or_investigator_is_substantial_in_the_eu():
    found = rows("/sites/north/investigator/name")
    assert found["eu-ctr"].name == "substantial part II"
    assert str(found["eu-ctr"].source) == "PEI, modifications after authorisation [V]"
    assert found["us-ind"].name == "new investigator"
    assert found["us-irb"].name == ASK


def test_words_that_a_template_changed_are_asked_about():
    assert names("consent#consent.risks")["us-irb"] == ASK


def test_a_question_outweighs_what_is_light_and_no_substantial_change():
    assert names("/encounters/v1/window", "/contacts/team/name")["us-irb"] == ASK
    row = rows("/encounters/v1/window", "/eligibility/E01")["us-irb"]
    assert row.name == "more than minor"
    assert len(row.questions) == 1
    assert row.fields == ("eligibility", "visit window")


def test_nothing_may_be_used_before_a_decision_by_default():
    every = itertools.chain.from_iterable(rows(f"/{top}/x").values() for top in ("contacts", "notes", "eligibility"))
    assert not any(row.may_be_used_before_decision for row in every)


def test_a_person_overrides_with_a_reason_and_the_proposal_stays_beside_it():
    entry = "classes:\n  - {regime: us-irb, change: fainting, class: minor, reason: Risk falls.}\n"
    found = rows("/eligibility/E07", entries=entry)
    row = found["us-irb"]
    assert (row.name, row.proposed) == ("minor", "more than minor")
    assert row.override is not None
    assert row.override.reason == "Risk falls."
    assert not row.may_be_used_before_decision
    assert found["eu-ctr"].override is None


def test_only_a_person_says_that_a_change_may_be_used_before_a_decision():
    entry = (
        "classes:\n  - {regime: us-irb, change: fainting, class: administrative, reason: The policy of the board., "
        "before_decision: true}\n"
    )
    assert rows("/contacts/team/name", entries=entry)["us-irb"].may_be_used_before_decision


def test_a_regime_that_may_apply_is_asked_about_in_its_row():
    row = rows("/eligibility/E07", regimes=(AppliedRegime("us-ind", "ask", "not answered"),))["us-ind"]
    assert row.questions[0] == "Does us-ind apply? not answered"


def test_every_ruling_gives_a_class_of_its_regime_or_a_question():
    for regime, name in itertools.product(RULINGS, FIELD_CLASSES):
        ruling = ruling_of(name, regime)
        assert ruling.name in (*CLASSES[regime], ASK, BODY_DECIDES), (regime, name)
        assert (ruling.name == ASK) == (ruling.question is not None), (regime, name)
        assert ruling.reason


def test_every_regime_rules_on_every_weight_but_the_question():
    for rulings in RULINGS.values():
        assert set(rulings) == set(WEIGHTS) - {ASK}


def protocol(*changes: tuple[str, str]) -> Protocol:
    text = PROTOCOL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    loaded = load(text.encode("utf-8"))
    assert loaded.protocol is not None, loaded.findings
    return loaded.protocol


def applied(*changes: tuple[str, str]) -> dict[str, str]:
    return {regime.name: regime.applies for regime in regimes_of(protocol(*changes))}


IN_VIETNAM = "    country: VN\n    investigator:"


def in_country(code: str) -> tuple[tuple[str, str], ...]:
    return ((IN_VIETNAM, IN_VIETNAM.replace("VN", code)), ("  countries:\n    - VN\n", f"  countries:\n    - {code}\n"))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((), {"other": "yes"}),
        (in_country("US"), {"us-irb": "yes"}),
        (in_country("DE"), {"eu-ctr": "yes"}),
        ((("us_federal_funding: false", "us_federal_funding: true"),), {"us-irb": "yes", "other": "yes"}),
        (
            (("us_federal_funding: false", 'us_federal_funding: "TODO: ask the grants office"'),),
            {"us-irb": "ask", "other": "yes"},
        ),
        (
            (("drug: false", "drug: true"), ("ind_or_ide: false", "ind_or_ide: true")),
            {"us-irb": "yes", "us-ind": "yes", "other": "yes"},
        ),
        (
            (("device: false", "device: true"), ("ind_or_ide: false", "ind_or_ide: true")),
            {"us-irb": "yes", "us-ide": "yes", "other": "yes"},
        ),
        (
            (("drug: false", "drug: true"), ("ind_or_ide: false", 'ind_or_ide: "TODO: ask"')),
            {"us-irb": "yes", "us-ind": "ask", "other": "yes"},
        ),
        (
            (
                ("drug: false", "drug: true"),
                ("device: false", "device: true"),
                ("ind_or_ide: false", "ind_or_ide: true"),
            ),
            {"us-irb": "yes", "us-ind": "ask", "us-ide": "ask", "other": "yes"},
        ),
        (
            (("us_federal_funding: false", "us_federal_funding: {value: false, assumption: nothing said, ask: them}"),),
            {"us-irb": "ask", "other": "yes"},
        ),
    ],
)
def test_regimes_follow_recorded_answers_and_countries(changes: tuple[tuple[str, str], ...], expected: dict[str, str]):
    assert applied(*changes) == expected


def test_each_regime_says_why_it_applies():
    (regime,) = regimes_of(protocol(*in_country("DE")))
    assert regime.reason == "participants are seen in Germany, and a medicine is studied"
