"""Short form and summary, permission to use health information, participant card and synopsis, each when it applies."""

import re

import pytest

from regdocs.content.model import Document, IdentitySlot
from regdocs.content.query import headings, values, walk_inlines
from regdocs.documents.kinds import KINDS, kind_named
from regdocs.spec.protocol import Protocol
from tests.documents.companions import MINIMAL, clauses, has, loaded, paper, signatures, study, words
from tests.documents.composing import template_words

COMPANIONS = ("short-form", "short-form-summary", "privacy-authorisation", "participant-card", "synopsis")
_ANSWER = '    question: short-form\n    answer: "Yes"\n'


def on(name: str, *changes: tuple[str, str]) -> Document:
    kind = kind_named(name)
    assert kind is not None
    return paper(kind, study(*changes))


def applies(name: str, protocol: Protocol, site: int = 0) -> bool:
    kind = kind_named(name)
    assert kind is not None
    return kind.applies(protocol, protocol.sites[site] if kind.per_site else None)


# ----------------------------------------------------------------------------------------------------- when they apply


@pytest.mark.parametrize("name", COMPANIONS)
def test_a_companion_applies_only_where_it_is_recorded(name: str) -> None:
    assert applies(name, study())
    assert not applies(name, loaded(MINIMAL))


def test_kinds_that_every_study_has_always_apply() -> None:
    protocol = loaded(MINIMAL)
    always = [kind.name for kind in KINDS if kind.applies(protocol, protocol.sites[0])]
    assert always == ["consent", "eligibility", "crf", "schedule", "registry"]


@pytest.mark.parametrize("answer", ['"No"', '"TODO: whether; ask the committee"', "Yesterday it was allowed."])
def test_the_short_form_needs_a_recorded_yes(answer: str) -> None:
    protocol = study((_ANSWER, f"    question: short-form\n    answer: {answer}\n"))
    assert not applies("short-form", protocol)
    assert not applies("short-form-summary", protocol)


def test_the_short_form_may_be_allowed_at_one_site_only() -> None:
    here = study((_ANSWER, "    question: short-form:example-hospital\n    answer: Yes, for people from abroad.\n"))
    assert applies("short-form", here)
    elsewhere = study((_ANSWER, '    question: short-form:another-site\n    answer: "Yes"\n'))
    assert not applies("short-form", elsewhere)


def test_a_site_in_the_us_asks_for_the_permission_even_when_nothing_is_recorded_for_it() -> None:
    protocol = loaded(MINIMAL.replace("    country: VN\n", "    country: US\n", 1))
    assert applies("privacy-authorisation", protocol)
    kind = kind_named("privacy-authorisation")
    assert kind is not None
    assert "[TO BE COMPLETED: who may receive" in words(paper(kind, protocol), "privacy-authorisation.receives.text")


def test_the_permission_names_what_health_information_is_used_for_only_where_somebody_agrees() -> None:
    sample = (
        "biosamples:\n  - id: later\n    material: Extra blood (fictional)\n    purpose: Later research\n"
        "    kept_for: Ten years\n    includes_dna: false\n    optional: true\n"
    )
    document = on("privacy-authorisation", ("sample_size:\n", sample + "sample_size:\n"))
    told = words(document, "privacy-authorisation.purpose.kept.later")
    assert told == "Extra blood (fictional), kept for this: Later research"
    assert has(document, "privacy-authorisation.purpose.choice")
    needed = sample.replace("    optional: true\n", "")
    assert not has(
        on("privacy-authorisation", ("sample_size:\n", needed + "sample_size:\n")),
        "privacy-authorisation.purpose.choice",
    )


@pytest.mark.parametrize(("question", "stands"), [("", False), (":example-hospital", False), (":another-site", True)])
def test_a_recorded_no_leaves_the_permission_out(question: str, stands: bool) -> None:
    no = f'    question: privacy-authorisation{question}\n    answer: "No. The board waived it."\n'
    protocol = study((_ANSWER, no), ("    country: VN\n    investigator", "    country: US\n    investigator"))
    assert applies("privacy-authorisation", protocol) is stands


def test_a_site_outside_the_us_does_not_ask_for_it_where_another_is_inside() -> None:
    second = "sites:\n  - id: us-hospital\n    name: US Hospital (fictional)\n    city: Example City\n    country: US\n"
    rest = "    investigator:\n      name: Dr Us (fictional)\n    emergency_telephone: 000 009 (fictional)\n"
    protocol = study(
        ("sites:\n  - id: example-hospital\n    name", f"{second}{rest}  - id: example-hospital\n    name")
    )
    assert [applies("privacy-authorisation", protocol, site) for site in (0, 1)] == [True, False]


# --------------------------------------------------------------------------------------------------------- short form


def test_the_short_form_says_that_the_key_information_came_first() -> None:
    document = on("short-form")
    assert "told to you first" in words(document, "short-form.key")
    assert "CR-a5i" in clauses(document)
    ids = ("purpose", "risks", "benefits", "alternatives", "privacy", "injury", "contacts", "voluntary", "samples")
    assert all(has(document, f"short-form.elements.{one}") for one in ids)


def test_the_summary_says_doses_duties_and_all_blood() -> None:
    document = on("short-form-summary")
    assert has(document, "short-form-summary.blood")
    assert has(document, "short-form-summary.your-part.1")
    assert "How much each time: " in words(document, "short-form-summary.products.examplin-tablet")
    assert all("1 in 2" in words(document, f"short-form-summary.groups.{arm}") for arm in ("examplin", "placebo"))


def test_the_short_form_is_signed_by_participant_and_witness() -> None:
    names = list(signatures(on("short-form")))
    assert names[0] == "short-form.signatures.participant"
    assert names[-1] == "short-form.signatures.witness"


def test_the_summary_begins_with_the_key_information_and_holds_what_is_said() -> None:
    document = on("short-form-summary")
    assert next(one.id for one in headings(document)) == "short-form-summary.key"
    wanted = {"CR-b1.1", "CR-b1.4", "CR-b2", "CR-b3", "CR-b4", "CR-b5", "CR-b6.1", "CR-b7.1", "CR-b8.2", "CR-b9"}
    assert wanted <= clauses(document)
    assert "The needle may leave a bruise." in words(document, "short-form-summary.risks.blood-draw")


def test_the_participant_does_not_sign_the_summary() -> None:
    assert not any("participant" in name for name in signatures(on("short-form-summary")))


# -------------------------------------------------------------------------------------------- permission, card


def test_the_permission_holds_the_core_elements_and_rights() -> None:
    document = on("privacy-authorisation")
    assert words(document, "privacy-authorisation.expires.text").startswith("When the study has ended")
    assert "take this permission back" in words(document, "privacy-authorisation.rights.revoke")
    assert "share it again" in words(document, "privacy-authorisation.rights.redisclosure")
    assert "do not depend on your signature" in words(document, "privacy-authorisation.rights.refuse")


def test_us_law_is_named_only_at_a_site_in_the_us() -> None:
    assert "United States" not in words(on("privacy-authorisation"), "privacy-authorisation.lead")
    there = on("privacy-authorisation", ("    country: VN\n    investigator", "    country: US\n    investigator"))
    assert "45 CFR" in words(there, "privacy-authorisation.lead")


def test_the_card_of_a_masked_study_does_not_say_what_the_participant_is_given() -> None:
    document = on("participant-card")
    assert "does not say which" in words(document, "participant-card.back.masked")
    assert has(document, "participant-card.back.products.examplin-tablet")
    assert has(document, "participant-card.back.products.placebo-tablet")


def test_the_card_of_an_open_study_says_nothing_of_masking() -> None:
    masked = "    level: double\n    roles:\n      - participant\n      - investigator\n"
    assert not has(on("participant-card", (masked, "    level: open-label\n")), "participant-card.back.masked")


def test_the_card_says_itself_that_it_is_invented_and_holds_no_name() -> None:
    document = on("participant-card")
    assert "NOT A REAL STUDY" in words(document, "participant-card.front.demonstration")
    assert "000 000" in words(document, "participant-card.front.telephone")
    assert "Participant number" in words(document, "participant-card.front.participant")
    assert words(document, "participant-card.back.notice").startswith("This person may not take")


# ------------------------------------------------------------------------------------------------------------ synopsis


def test_the_synopsis_tells_the_five_attributes_of_an_estimand() -> None:
    document = on("synopsis")
    assert words(document, "synopsis.estimands.main.treatment").endswith("Examplin against placebo")
    assert words(document, "synopsis.estimands.main.population").endswith("All randomised participants")
    assert words(document, "synopsis.estimands.main.variable").endswith("Change of the example score")
    assert words(document, "synopsis.estimands.main.events").endswith("The tablet is not taken – treatment policy")
    assert words(document, "synopsis.estimands.main.summary").endswith("Difference of means")


def test_the_synopsis_tells_the_overall_design() -> None:
    document = on("synopsis")
    assert words(document, "synopsis.design.control").endswith("Placebo")
    assert "Randomized Ratio: 1 : 1" in words(document, "synopsis.design.allocation")
    assert words(document, "synopsis.design.participants").endswith("20 (planned)")
    assert words(document, "synopsis.design.roles").endswith("Participant Investigator")


def test_what_is_not_recorded_has_no_row_in_the_synopsis() -> None:
    document = on("synopsis")
    assert not has(document, "synopsis.design.strata")
    assert not has(document, "synopsis.design.committees")


# ----------------------------------------------------------------------------------------------------------------- all


@pytest.mark.parametrize("name", COMPANIONS)
def test_every_printed_value_has_a_path(name: str) -> None:
    found = values(on(name))
    assert found
    assert all(value.paths and value.paths[0].startswith("/") for value in found)


@pytest.mark.parametrize("name", COMPANIONS)
def test_a_paper_carries_its_own_version_and_date(name: str) -> None:
    fields = {inline.field for inline in walk_inlines(on(name)) if isinstance(inline, IdentitySlot)}
    assert {"version", "date"} <= fields


@pytest.mark.parametrize("name", COMPANIONS)
def test_no_count_dose_or_duration_is_typed_into_a_template(name: str) -> None:
    text = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", " ", template_words(name), flags=re.DOTALL)
    text = re.sub(r"45 CFR parts 160 and 164", " ", text)
    assert re.findall(r"\d+", text) == []
