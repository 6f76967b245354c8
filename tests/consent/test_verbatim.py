"""21 CFR 50.25(c): the statement stands word for word, or each difference is shown."""

import pytest

from regdocs.consent.elements import registry_statement
from regdocs.consent.verbatim import differences, in_words, stands_verbatim

WHOLE = registry_statement()


@pytest.mark.parametrize(
    "words",
    [
        WHOLE,
        WHOLE.replace(" ", "\n  "),
        f"Before it. “{WHOLE}” After it.",
        WHOLE.replace("Web site", "Web\u00a0site"),
    ],
)
def test_white_space_and_quotation_marks_do_not_count(words: str) -> None:
    assert stands_verbatim(words) and differences(words) == ()


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("http://www.", "www.", '"www.ClinicalTrials.gov," stands in place of "http://www.ClinicalTrials.gov,"'),
        ("http:", "https:", '"https://www.ClinicalTrials.gov," stands in place of "http://www.ClinicalTrials.gov,"'),
        ("Web site at any", "website at any", '"website" stands in place of "Web site"'),
        ("U.S. Law", "U.S. law", '"law." stands in place of "Law."'),
        (" At most, the", " The", '"The" stands in place of "At most, the"'),
        ("can search", "can always search", '"always" is too much'),
        ("summary of the results", "summary of results", '"the" is lacking'),
    ],
)
def test_other_words_are_shown_one_by_one(old: str, new: str, told: str) -> None:
    changed = f"Much stands before it. {WHOLE.replace(old, new, 1)} Much stands after it."
    assert not stands_verbatim(changed)
    assert in_words(differences(changed)) == told


def test_words_about_a_registry_that_are_no_form_of_the_statement_are_not_compared() -> None:
    assert differences("You can read more about this study on ClinicalTrials.gov.") == ()
