"""Durations, dates, volumes and counts in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.units import Duration, date_form, date_words, join_words, plural, spoons


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("P6M", "6 months", None),
        ("P1M", "1 month", None),
        ("P1Y6M", "1 year and 6 months", None),
        ("P2W", "2 weeks", 14),
        ("P1W2D", "1 week and 2 days", 9),
        ("P1D", "1 day", 1),
        ("P0D", "0 days", 0),
        ("PT30M", "30 minutes", None),
        ("PT48H", "48 hours", 2),
        ("P1DT12H30M", "1 day, 12 hours and 30 minutes", None),
    ],
)
def test_a_duration_keeps_its_own_units(text: str, words: str, days: int | None) -> None:
    duration = Duration.parse(text)
    assert duration.words() == words
    assert duration.exact_days() == days
    assert duration.to_text() == text


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1DT", "6M", "P6", "-P1D", "PT1.5H", "p6m", "P6M ", "P6M\n", "P2D1W", "P1H", "PT1D", "P٣D"]
)
def test_what_is_not_a_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 8601"):
        Duration.parse(text)


def test_durations_of_several_units_can_be_ordered() -> None:
    texts = ["P1Y", "P6M", "P26W", "P1M", "P4W", "P30D", "PT36H", "P1D"]
    ordered = sorted(texts, key=lambda text: Duration.parse(text).approx_days())
    assert ordered == ["P1D", "PT36H", "P4W", "P30D", "P1M", "P26W", "P6M", "P1Y"]


@given(
    st.builds(Duration, years=st.integers(0, 99), days=st.none() | st.integers(0, 99), seconds=st.none() | st.just(5))
)
def test_a_duration_written_and_read_is_the_same(duration: Duration) -> None:
    assert Duration.parse(duration.to_text()) == duration


@pytest.mark.parametrize(
    ("ml", "words"),
    [
        ("1", "less than half a teaspoon"),
        ("2.5", "about half a teaspoon"),
        ("4", "about 1 teaspoon"),
        ("5", "about 1 teaspoon"),
        ("7.5", "about 1½ teaspoons"),
        ("10", "about 2 teaspoons"),
        ("15", "about 1 tablespoon"),
        ("20", "about 4 teaspoons"),
        ("30", "about 2 tablespoons"),
        ("50", "about 3½ tablespoons"),
        ("240", "about 16 tablespoons"),
    ],
)
def test_a_volume_is_said_in_metric_spoons(ml: str, words: str) -> None:
    assert spoons(Decimal(ml)) == words


@pytest.mark.parametrize("ml", ["0", "-5"])
def test_no_volume_has_no_spoons(ml: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        spoons(Decimal(ml))


@pytest.mark.parametrize(
    ("text", "words", "form"),
    [
        ("2017-04-01", "1 April 2017", "01-Apr-2017"),
        ("2020-02-29", "29 February 2020", "29-Feb-2020"),
        ("2018-11", "November 2018", "Nov-2018"),
        ("2018", "2018", "2018"),
    ],
)
def test_a_date_is_said_as_exactly_as_it_is_known(text: str, words: str, form: str) -> None:
    assert (date_words(text), date_form(text)) == (words, form)


@pytest.mark.parametrize(
    "text", ["2019-02-29", "2019-13", "2019-00", "2019-01-00", "0000", "01-04-2017", "", "2017-4-1"]
)
def test_what_is_not_a_date_is_refused(text: str) -> None:
    for say in (date_words, date_form):
        with pytest.raises(ValueError, match="is not a date"):
            say(text)


def test_counts_and_lists_are_said_as_english_does() -> None:
    assert [plural(count, "visit") for count in (0, 1, 5)] == ["0 visits", "1 visit", "5 visits"]
    assert plural(2, "body", "bodies") == "2 bodies"
    lists = [[], ["a"], ["a", "b"], ["a", "b", "c"]]
    assert [join_words(words) for words in lists] == ["", "a", "a and b", "a, b and c"]
    assert join_words(["a", "b"], "or") == "a or b"
