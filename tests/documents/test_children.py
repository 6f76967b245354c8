"""Assent and parental permission, on a small study with children; ages and lines come from the recorded decision."""

import re

import pytest

from regdocs.content.model import Document, Heading, PageBreak
from regdocs.content.query import furniture_at, headings, plain_text, values, walk_blocks
from regdocs.documents.assent import assent_applies
from regdocs.documents.kinds import kind_named
from regdocs.documents.parental_permission import parental_permission_applies
from tests.documents.companions import MINIMAL, clauses, has, loaded, paper, signatures, study, words
from tests.documents.composing import template_words

_PARENTS, _WARDS = "      parents: two\n", "      wards: advocate-appointed\n"


def assent(*changes: tuple[str, str]) -> Document:
    kind = kind_named("assent")
    assert kind is not None
    return paper(kind, study(*changes))


def permission(*changes: tuple[str, str]) -> Document:
    kind = kind_named("parental-permission")
    assert kind is not None
    return paper(kind, study(*changes))


@pytest.fixture(scope="module")
def forms() -> dict[str, Document]:
    return {"assent": assent(), "permission": permission()}


# ---------------------------------------------------------------------------------------------------- when they apply


def test_a_study_without_a_decision_about_children_has_neither_paper() -> None:
    protocol = loaded(MINIMAL)
    assert not assent_applies(protocol, protocol.sites[0])
    assert not parental_permission_applies(protocol, protocol.sites[0])


def test_a_site_of_another_body_has_neither_paper() -> None:
    protocol = study()
    elsewhere = protocol.sites[0].model_copy(update={"id": "elsewhere"})
    assert parental_permission_applies(protocol, protocol.sites[0])
    assert not assent_applies(protocol, elsewhere)
    assert not parental_permission_applies(protocol, elsewhere)


def test_where_no_band_asks_anything_parents_are_asked_and_children_are_not() -> None:
    protocol = study(("asks: spoken-assent", "asks: nothing"), ("asks: signature", "asks: nothing"))
    assert not assent_applies(protocol, protocol.sites[0])
    assert parental_permission_applies(protocol, protocol.sites[0])


# -------------------------------------------------------------------------------------------------------------- assent


def test_each_band_that_asks_has_a_part_on_pages_of_its_own(forms: dict[str, Document]) -> None:
    document = forms["assent"]
    assert not has(document, "assent.title.small")
    assert words(document, "assent.facts.ages.young").endswith("From the age of 7 years, until the age of 12 years")
    assert words(document, "assent.facts.ages.adolescent").endswith(
        "From the age of 12 years, until the age of 18 years"
    )
    assert [(one.id, one.own_pages) for one in document.sections] == [
        ("assent.band.young", True),
        ("assent.band.adolescent", True),
    ]


def test_a_band_is_told_its_own_words(forms: dict[str, Document]) -> None:
    assert words(forms["assent"], "assent.happens.young.1") == "You swallow one tablet."
    assert words(forms["assent"], "assent.happens.adolescent.3").startswith("You answer ten questions")


def test_a_child_signs_only_where_the_band_asks_for_a_signature(forms: dict[str, Document]) -> None:
    assert list(signatures(forms["assent"])) == [
        "assent.signatures.discussion.young",
        "assent.signatures.child.adolescent",
        "assent.signatures.discussion.adolescent",
    ]
    assert "The child did not answer." in words(forms["assent"], "assent.answer.young")


def test_every_part_says_that_the_child_may_say_no(forms: dict[str, Document]) -> None:
    for band in ("young", "adolescent"):
        assert "you can say no" in words(forms["assent"], f"assent.choice.{band}")
        assert "you can still say no" in words(forms["assent"], f"assent.parents.{band}")
    assert "E6-assent" in clauses(forms["assent"])


def test_a_band_without_words_of_its_own_is_an_open_item_and_borrows_none() -> None:
    document = assent(("    - id: young\n      why:", "    - id: younger\n      why:"))
    assert "[TO BE COMPLETED: what children of the band young are told]" in words(document, "assent.why.young")


def test_what_is_asked_stands_open_while_the_body_has_not_said_it() -> None:
    document = assent(("asks: spoken-assent", 'asks: "TODO: what is asked; ask the committee"'))
    assert "[TO BE COMPLETED: what is asked" in words(document, "assent.rule.young")
    assert "assent.signatures.child.young" in signatures(document)


def test_the_age_of_majority_is_the_recorded_one(forms: dict[str, Document]) -> None:
    assert "the age of 18 years" in words(forms["assent"], "assent.majority.young")
    changed = assent(("majority: P18Y", "majority: P16Y"))
    assert "the age of 16 years" in words(changed, "assent.majority.young")


# ----------------------------------------------------------------------------------------------------------- permission


def test_permission_has_the_sections_of_the_consent_form_and_the_record_of_assent(forms: dict[str, Document]) -> None:
    numbers = [heading.number for heading in headings(forms["permission"]) if heading.level == 1]
    assert numbers == [str(number) for number in range(1, 24)]


def test_the_same_number_has_the_same_subject_as_in_the_consent_form(forms: dict[str, Document]) -> None:
    kind = kind_named("consent")
    assert kind is not None
    consent = {one.number: one.id for one in headings(paper(kind, study())) if one.level == 1}
    numbered = {one.number: one.id for one in headings(forms["permission"]) if one.level == 1}
    renamed = {"22": "agreement", "23": "assent"}
    for number, name in numbered.items():
        assert number is not None
        assert name.partition(".")[2] == renamed.get(number, consent.get(number, "").partition(".")[2])


def test_permission_carries_the_elements_of_consent(forms: dict[str, Document]) -> None:
    basic = {"CR-a5i", "CR-b1.1", "CR-b1.2", "CR-b1.3", "CR-b1.4", "CR-b1.5", "CR-b2", "CR-b3", "CR-b4", "CR-b5"}
    rest = {"CR-b6.1", "CR-b6.2", "CR-b7.1", "CR-b7.2", "CR-b7.3", "CR-b8.1", "CR-b8.2", "CR-b9"}
    more = {"K1", "K2", "K3", "K4", "K5", "E6-assent", "E6-sig1", "E6-sig2", "FDA-27"}
    assert basic | rest | more <= clauses(forms["permission"])


def test_two_parents_sign_where_the_body_asks_for_two() -> None:
    document = permission()
    assert "parental-permission.signatures.second-parent" in signatures(document)
    assert "45 CFR 46.408(b)" in words(document, "parental-permission.no-second")
    assert "two parents" in words(document, "parental-permission.how-many")


def test_one_parent_signs_where_one_is_enough() -> None:
    document = permission((_PARENTS, "      parents: one\n"))
    assert "parental-permission.signatures.second-parent" not in signatures(document)
    assert "one parent or legal guardian is enough" in words(document, "parental-permission.how-many")


def test_the_second_line_stands_while_the_number_of_parents_is_open() -> None:
    document = permission((_PARENTS, '      parents: "TODO: how many parents; ask the committee"\n'))
    assert "parental-permission.signatures.second-parent" in signatures(document)
    assert "[TO BE COMPLETED: how many parents" in words(document, "parental-permission.how-many")


def test_the_exceptions_of_us_law_stand_only_under_that_law() -> None:
    document = permission(('category: "46.405"', "category: other"))
    assert "46.408" not in words(document, "parental-permission.no-second")
    assert "law that applies at this site" in words(document, "parental-permission.categories.ethics-committee")


@pytest.mark.parametrize(
    ("category", "said"),
    [("46.404", "minimal"), ("46.405", "prospect of direct benefit"), ("46.406", "no prospect of direct benefit")],
)
def test_the_category_is_told_in_words(category: str, said: str) -> None:
    document = permission(('category: "46.405"', f'category: "{category}"'))
    assert said in words(document, "parental-permission.categories.ethics-committee")


def test_an_advocate_signs_only_where_wards_may_take_part(forms: dict[str, Document]) -> None:
    assert "parental-permission.signatures.advocate" in signatures(forms["permission"])
    without = permission((_WARDS, "      wards: not-enrolled\n"))
    assert "parental-permission.signatures.advocate" not in signatures(without)
    assert has(without, "parental-permission.no-wards")


def test_the_record_of_assent_has_a_line_for_every_band(forms: dict[str, Document]) -> None:
    assert "Your child is not asked" in words(forms["permission"], "parental-permission.assent.small")
    assert "to say yes or no" in words(forms["permission"], "parental-permission.assent.young")
    assert "asked to sign" in words(forms["permission"], "parental-permission.assent.adolescent")


def test_what_an_adult_is_paid_is_not_told_to_parents_who_are_told_what_the_child_is_paid() -> None:
    silent = words(permission(), "parental-permission.payment.text")
    assert "[TO BE COMPLETED: what is paid where a child takes part" in silent
    assert "Nothing." not in silent
    said = "  payment: Nothing.\n"
    document = permission((said, said + "  payment_for_children: Your child gets a book.\n"))
    assert words(document, "parental-permission.payment.text").endswith("to whom: Your child gets a book.")


# ---------------------------------------------------------------------------------------------------------------- both


def test_every_printed_value_has_a_path(forms: dict[str, Document]) -> None:
    for document in forms.values():
        assert values(document)
        assert all(value.paths and value.paths[0].startswith("/") for value in values(document))


def test_key_information_stands_on_a_page_of_its_own(forms: dict[str, Document]) -> None:
    blocks = [one for one in walk_blocks(forms["permission"]) if isinstance(one, Heading | PageBreak)]
    names = [one.id for one in blocks]
    key = names.index("parental-permission.key")
    assert names[key - 1 : key + 2] == [
        "parental-permission.after-title",
        "parental-permission.key",
        "parental-permission.after-key",
    ]


@pytest.mark.parametrize("kind", ["assent", "parental-permission"])
def test_no_age_dose_or_count_is_typed_into_the_templates(kind: str) -> None:
    text = re.sub(r"\{[{%#].*?[}%#]\}|<[^>]*>", " ", template_words(kind), flags=re.DOTALL)
    text = re.sub(r"(?:45|21) CFR [\d.]+(?:\(\w+\))?|\(45 CFR [\d.]+\)|[Ss]ection \d+|(?:5|15) mL", " ", text)
    assert re.findall(r"\d+", text) == []


# ------------------------------------------------------------------------------------------------ in words for parents

_LAST = "  results_to_participants: By letter.\n"
_WORDED = (
    _LAST,
    _LAST
    + "  wording_for_parents:\n    - id: benefits\n      field: /consent/benefits\n"
    + "      text: Your child may not benefit from taking part.\n",
)


def test_words_for_parents_stand_in_the_permission_form_only() -> None:
    kind = kind_named("consent")
    assert kind is not None
    assert "Your child may not benefit" in words(permission(_WORDED), "parental-permission.benefits.text")
    assert words(paper(kind, study(_WORDED)), "consent.benefits.none").startswith("You may not benefit")


def test_what_nobody_worded_for_parents_is_marked_as_said_to_the_child(forms: dict[str, Document]) -> None:
    said = words(forms["permission"], "parental-permission.benefits.text")
    assert said == "(Said to your child:) “You may not benefit from taking part.”"
    assert "Said to your child" not in words(forms["permission"], "parental-permission.assent.young")


def test_a_site_words_its_own_fields_for_parents() -> None:
    site = (
        "    languages:\n      - en\n",
        "    languages:\n      - en\n    wording:\n      - id: treatment\n        field: /consent/injury/treatment\n"
        "        text: We treat you here.\n        text_for_parents: We treat your child here.\n",
    )
    assert words(permission(site), "parental-permission.injury.treatment").endswith("We treat your child here.")


def test_the_foot_of_each_page_of_assent_names_the_ages(forms: dict[str, Document]) -> None:
    feet = [plain_text(furniture_at(forms["assent"], one).footer[0]) for one in forms["assent"].sections]
    assert feet[0].startswith("From the age of 7 years, until the age of 12 years")
    assert feet[1].startswith("From the age of 12 years, until the age of 18 years")
