"""Documents of other designs: what is said where the design has it, and what is not said where it has not.

Studies: the three small examples, the minimal study of the rules (two arms, masked, placebo; without its randomisation,
so that a ratio can be left out), and small changes of them.
"""

from functools import cache
from typing import Any

import pytest

from regdocs.content.model import Document, Text
from regdocs.content.query import own_runs, plain_text, walk_blocks, walk_inlines, walk_tagged
from regdocs.documents.compose import compose
from regdocs.documents.draft import open_items
from regdocs.documents.kinds import kind_named
from regdocs.documents.template import Template
from regdocs.rules.check import check_protocol
from regdocs.spec.load import load
from regdocs.spec.protocol import Protocol
from tests.documents.composing import REPOSITORY, TEMPLATES
from tests.rules.cases import MINIMAL

CROSSOVER, DEVICE, COHORT, MASKED = "crossover-202", "device-303", "cohort-404", "minimal"
EXAMPLES = (CROSSOVER, DEVICE, COHORT)
FIRST_FIVE = ("consent", "eligibility", "crf", "schedule", "registry")
SHIPPED = {
    path.relative_to(TEMPLATES).as_posix(): Template(path.read_text(encoding="utf-8"), path.name)
    for path in sorted(TEMPLATES.rglob("*.xml"))
}

RATIO = """
randomisation:
  ratio:
    - {id: share-examplin, arm: examplin, share: 2}
    - {id: share-placebo, arm: placebo, share: 1}
  method: A list of random numbers.
  unblinding: A sealed letter lies at the site.
"""
RISING = """
dose_escalation:
  cohorts: [examplin, placebo]
  rule: Three people have had no serious harm.
  decided_by: the safety board
doses:
  - id: low
    product: examplin-tablet
    arms: [examplin]
    dose: 2.50
    unit: mg
    frequency: once a day
    duration: P2W
"""
EXTRAS = """
medication_rules:
  - {id: no-aspirin, kind: prohibited, text: aspirin}
  - {id: pain, kind: rescue, text: a pain killer}
contraception: {required_of: women who could have a child, methods: two of three, until: day 60}
long_term_follow_up: {duration: P5Y, how: by letter once a year}
stopping_rules:
  - {id: plain, of: study, text: Technical., lay_text: The study stops when two people are hurt.}
  - {id: technical, of: study, text: Posterior probability above 0.9.}
sub_studies:
  - {id: scan, name: picture of the head, lay_description: A picture is taken., procedures: [questions]}
biosamples:
  - {id: blood, material: blood, purpose: later tests, kept_for: 5 years, includes_dna: true, optional: true}
vulnerable_groups:
  - {id: students, group: Students, protection: Their teachers are not told.}
"""


def text_of(study: str) -> str:
    if study == MASKED:
        return MINIMAL[: MINIMAL.index("randomisation:\n")] + MINIMAL[MINIMAL.index("arms:\n  - id: examplin") :]
    return (REPOSITORY / "examples" / study / "protocol.yaml").read_text("utf-8")


@cache
def read(study: str, added: str = "", *changes: tuple[str, str]) -> Protocol:
    text = text_of(study)
    for before, after in changes:
        assert before in text, before
        text = text.replace(before, after, 1)
    loaded = load((text + added).encode())
    assert loaded.protocol is not None, loaded.findings
    return loaded.protocol


@cache
def document(kind: str, study: str, added: str = "", *changes: tuple[str, str]) -> Document:
    protocol = read(study, added, *changes)
    found = kind_named(kind)
    assert found is not None
    return compose(found, protocol, protocol.sites[0] if found.per_site else None, "en", SHIPPED).document


def said(kind: str, study: str, *more: Any) -> str:
    """Return all words of a document, in order."""
    found = document(kind, study, *more)
    runs = (run for block in walk_blocks(found) for run in own_runs(block))
    return " ".join(" ".join(plain_text(run) for run in runs).split())


def own_words(kind: str, study: str) -> str:
    """Return the words of the templates only, without those of the protocol."""
    return " ".join(one.text for one in walk_inlines(document(kind, study)) if isinstance(one, Text))


def ids(kind: str, study: str, *more: Any) -> set[str]:
    return {one.id for one in walk_tagged(document(kind, study, *more))}


# -------------------------------------------------------------------------------------------------------- examples


@pytest.mark.parametrize("study", EXAMPLES)
def test_an_example_has_no_finding_and_nothing_to_complete(study: str) -> None:
    loaded = load(text_of(study).encode())
    assert (*loaded.findings, *check_protocol(loaded)) == ()
    for kind in FIRST_FIVE:
        assert open_items(document(kind, study), read(study)) == (), kind


# --------------------------------------------------------------------------------------------- what is under study


def test_key_information_of_a_study_whose_only_needle_may_be_refused_says_so() -> None:
    words = said("consent", COHORT)
    assert "A step enters the body only if you say yes to it in section 21." in words
    assert "These steps enter the body" not in words


def test_the_synopsis_of_an_observational_study_speaks_of_groups_and_no_assignment() -> None:
    own = own_words("synopsis", COHORT)
    assert "Observational model" in own and "Number of groups" in own
    for word in ("Intervention model", "Control type", "Number of arms", "assignment", "blind", "phase", "purpose"):
        assert word not in own, word


def test_an_observational_study_speaks_of_no_product_phase_or_chance() -> None:
    words = own_words("consent", COHORT).lower()
    for word in (
        "study product",
        "study device",
        "phase",
        "chance",
        "you would be given",
        "infusion",
        "placebo",
        "embryo",
    ):
        assert word not in words, word
    assert {"consent.why.watching", "consent.why.groups-made"} <= ids("consent", COHORT)


def test_an_interventional_study_is_not_said_to_watch_only() -> None:
    for study in (CROSSOVER, DEVICE, MASKED):
        assert "consent.why.watching" not in ids("consent", study)
        assert "consent.risks-unknown" in ids("consent", study)


def test_a_device_is_called_a_device_and_has_no_dose_or_origin() -> None:
    words = own_words("consent", DEVICE)
    assert "study device" in words and "study product" not in words
    assert "How it is used" in words and "How much each time" not in words
    assert "consent.why.phase" not in ids("consent", DEVICE)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("behavioural", "study programme"), ("diagnostic", "study test"), ("drug", "study product")],
)
def test_what_is_tested_is_named_by_its_sort(kind: str, name: str) -> None:
    words = said("consent", DEVICE, "", ("kind: device", f"kind: {kind}"))
    assert f"this form, “{name}” means" in words


def test_a_placebo_is_explained_and_told_apart_from_what_is_tested() -> None:
    change = ("  - id: placebo-tablet\n", "  - id: placebo-tablet\n    kind: placebo\n")
    found = ids("consent", MASKED, "", change)
    assert {"consent.why.placebo", "consent.why.compared.placebo-tablet"} <= found
    assert "consent.why.products.placebo-tablet" not in found
    assert "consent.why.placebo" not in ids("consent", CROSSOVER)


def test_nobody_asks_whether_a_placebo_is_approved() -> None:
    change = ("  - id: placebo-tablet\n", "  - id: placebo-tablet\n    kind: placebo\n")
    assert "consent.why.approval.placebo" in ids("consent", MASKED)
    assert "consent.why.approval.placebo" not in ids("consent", MASKED, "", change)


# ------------------------------------------------------------------------------------------- groups, chance, order


def test_a_crossover_gives_both_one_after_the_other_in_an_order_decided_by_chance() -> None:
    words = said("consent", CROSSOVER)
    assert "both of these, one after the other, in an order decided by chance" in words
    assert "Chance decides in which order" in words and "which group you would be in" not in words
    order = {"consent.why.order.examplin-samplin", "consent.why.order.samplin-examplin", "consent.why.break.1"}
    assert order <= ids("consent", CROSSOVER)


def test_parallel_groups_are_not_given_one_thing_after_the_other() -> None:
    words = said("consent", MASKED)
    assert "one after the other" not in words
    assert "depends on your group, and chance decides your group: the study tablet, or the placebo tablet" in words


def test_the_chance_of_a_group_comes_from_the_ratio() -> None:
    words = said("consent", MASKED, RATIO)
    assert "(your chance of this group: 2 in 3)" in words and "(your chance of this group: 1 in 3)" in words
    assert "planned for each group" not in words
    assert "your chance of this group" not in said("consent", MASKED)
    assert "this many are planned for each group: 10 and 10" in said("consent", MASKED)


def test_a_group_that_is_given_nothing_is_said_to_be_given_nothing() -> None:
    nothing = (
        "    type: placebo-comparator\n    participants: 10\n    interventions:\n      - placebo\n",
        "    type: no-intervention\n    participants: 10\n",
    )
    assert "or no study product" in said("consent", MASKED, "", nothing)
    assert "no study product" not in said("consent", MASKED)


def test_factorial_groups_are_said_to_be_combined() -> None:
    assert "combining them" in said("consent", MASKED, "", ("model: parallel", "model: factorial"))
    assert "combining them" not in said("consent", MASKED)


def test_rising_doses_and_the_plan_of_doses_are_told() -> None:
    words = said("consent", MASKED, RISING)
    assert "The dose rises from group to group, in this order: Examplin; Placebo" in words
    assert "Who decides: the safety board" in words
    assert "2.50 mg" in words and "2 weeks" in words
    assert not {"consent.why.rising", "consent.doses", "consent.why.steps"} & ids("consent", MASKED)


# ---------------------------------------------------------------------------------------------------------- masking


def test_those_who_may_know_are_told_beside_those_who_do_not() -> None:
    found = ids("consent", CROSSOVER)
    assert {"consent.why.unaware.1", "consent.why.aware.1", "consent.why.aware.3"} <= found
    assert "consent.why.unmasking" not in found  # the doctor and the participant know anyway


def test_how_the_secret_is_opened_is_told_where_participant_or_doctor_do_not_know() -> None:
    assert "In an emergency the study doctor can find out at once." in said("consent", MASKED)
    assert "When the secret is opened: A sealed letter" in said("consent", MASKED, RATIO)
    assert "consent.why.masking" in ids("consent", DEVICE)
    assert "consent.why.masking" not in ids("consent", COHORT)


# ------------------------------------------------------------------------------------------------ boards' decisions


def test_without_signature_nothing_speaks_of_signing() -> None:
    words = own_words("consent", COHORT)
    assert "By taking part you allow this." in words and "legal right by taking part" in words
    for phrase in ("By signing", "signed and dated", "sign a new form", "Your initials"):
        assert phrase not in words, phrase
        assert phrase in f"{own_words('consent', CROSSOVER)} Your initials"


def test_where_consent_is_not_asked_nobody_signs_and_the_decision_is_named() -> None:
    waived = ("kind: waiver-of-documentation", "kind: waiver-of-consent")
    found = ids("consent", COHORT, "", waived)
    assert "consent.agreement.not-asked.no-signature" in found
    assert not {"consent.agreement.list", "consent.signatures.discussion"} & found


def test_an_alteration_is_named_with_its_body_and_reference() -> None:
    altered = ("kind: waiver-of-documentation", "kind: alteration-of-consent\n    elements: [CR-c3, E6-k]")
    assert "parts of this form may be left out or changed (reference: EEC" in said("consent", COHORT, "", altered)
    assert "left out or changed" not in said("consent", COHORT)


def test_where_children_take_part_the_form_is_for_those_who_have_come_of_age() -> None:
    assert "at least 18 years old" in said("consent", DEVICE)
    assert "consent.of-age" not in ids("consent", CROSSOVER)


# ------------------------------------------------------------------------------------------- what else is asked for


@pytest.mark.parametrize(
    "block",
    [
        "consent.medicines.no-aspirin",
        "consent.medicines.pain",
        "consent.contraception.methods",
        "consent.duration.later",
        "consent.stopping.rules.plain",
        "consent.parts.scan",
        "consent.parts.kept.blood",
        "consent.options.part.scan",
        "consent.samples.kept.blood",
        "consent.options.kept.blood",
        "consent.oversight.protected.students",
    ],
)
def test_what_the_protocol_asks_for_stands_in_the_form_and_only_then(block: str) -> None:
    assert block in ids("consent", MASKED, EXTRAS)
    assert block not in ids("consent", MASKED)


def test_a_stopping_rule_without_plain_words_is_not_printed() -> None:
    assert "Posterior" not in said("consent", MASKED, EXTRAS)


def test_a_step_of_a_sub_study_says_that_it_may_be_left_out() -> None:
    assert "Only if you say yes to: picture of the head." in said("consent", MASKED, EXTRAS)


def test_blood_is_spoken_of_only_where_blood_is_taken() -> None:
    assert "consent.visits-spoons" not in ids("consent", CROSSOVER)
    assert "consent.visits-spoons" in ids("consent", COHORT)
    assert "More may be taken" not in said("consent", COHORT)


# -------------------------------------------------------------------------------------------------- other documents


def test_an_observational_study_answers_the_registrys_own_questions() -> None:
    words = said("registry", COHORT)
    for label in ("Observational Study Model", "Time Perspective", "Number of Groups/Cohorts", "Sampling Method"):
        assert label in words, label
    for label in ("Interventional Study Model", "Masking", "Allocation", "Primary Purpose", "Arm Type", "Study Phase"):
        assert label not in words, label
        assert label in said("registry", CROSSOVER), label
    assert "Time Perspective" not in said("registry", CROSSOVER)


@pytest.mark.parametrize(("dna", "entry"), [("true", "Samples With DNA"), ("false", "Samples Without DNA")])
def test_retained_specimens_are_told_by_whether_genes_can_be_read(dna: str, entry: str) -> None:
    assert entry in said("registry", COHORT, "", ("includes_dna: false", f"includes_dna: {dna}"))


def test_permission_and_assent_stand_on_the_checklist_where_children_take_part() -> None:
    assert "eligibility.head.permission" in ids("eligibility", DEVICE)
    assert "eligibility.head.permission" not in ids("eligibility", CROSSOVER)


def test_the_checklist_asks_for_no_signed_form_where_nobody_signs() -> None:
    assert "Consent given, without signature" in said("eligibility", COHORT)
    assert "without signature" not in said("eligibility", CROSSOVER)


def test_how_to_answer_explains_only_what_the_checklist_has() -> None:
    assert "eligibility.how.indented" in ids("eligibility", COHORT)
    assert "eligibility.how.indented" not in ids("eligibility", CROSSOVER)
    assert "eligibility.how.not-applicable" in ids("eligibility", CROSSOVER)
    assert "eligibility.how.not-applicable" not in ids("eligibility", COHORT)


def test_conventions_speak_of_logs_and_serious_events_only_where_there_are_such_forms() -> None:
    rows = {"crf._conventions.logs", "crf._conventions.serious"}
    assert rows <= ids("crf", CROSSOVER)
    assert not rows & ids("crf", COHORT)


def test_a_period_without_a_visit_is_told_below_the_schedule() -> None:
    assert "schedule.without-visit.washout" in ids("schedule", CROSSOVER)
    assert not [one for one in ids("schedule", DEVICE) if one.startswith("schedule.without-visit")]


def test_abbreviations_of_the_protocol_are_explained_on_the_schedule() -> None:
    assert "FEV1: forced expiratory volume in 1 second" in said("schedule", CROSSOVER)
    assert "mL: millilitre" not in said("schedule", CROSSOVER)
    assert "mL: millilitre" in said("schedule", COHORT)
