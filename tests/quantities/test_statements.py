"""What a criterion says of limits: ranges, for whom, what is measured; bounds, near names, how well rules find."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.quantities.amounts import converted, is_measured_in, out_of_bounds, units_that_fit
from regdocs.quantities.analytes import Analyte, analytes, named
from regdocs.quantities.intervals import Interval, covers_all
from regdocs.quantities.limits_in_text import limits_in
from regdocs.quantities.misspelt import misspelt, misspelt_in_a_text
from regdocs.quantities.statements import statements_in
from regdocs.quantities.written_units import ucum_of
from tests.quantities.measures import by_rule, figures, lines, sentence
from tests.rules.pages import pages


def told(text: str) -> list[tuple[str | None, str, str | None]]:
    return [(one.analyte.id if one.analyte else None, one.words, one.whom) for one in statements_in(text)]


def analyte(name: str) -> Analyte:
    found = named(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Haemoglobin: men >= 13 g/dL, women >= 12 g/dL",
            [("haemoglobin", ">= 13 g/dL", "men"), ("haemoglobin", ">= 12 g/dL", "women")],
        ),
        ("QTcF > 450 ms in men or > 470 ms in women", [("qtc", "> 450 ms", "men"), ("qtc", "> 470 ms", "women")]),
        ("Haemoglobin below 12 g/dL in men and women", [("haemoglobin", "< 12 g/dL", None)]),
        ("BMI between 18 and 35 kg/m2", [("bmi", ">= 18 kg/m2", None), ("bmi", "<= 35 kg/m2", None)]),
        ("HbA1c 6.5-9.0%", [("hba1c", ">= 6.5 %", None), ("hba1c", "<= 9.0 %", None)]),
        ("Adults of 21 years or older", [(None, ">= 21 years", "adults")]),
        ("Body weight not less than 50 kg", [("weight", ">= 50 kg", None)]),
        ("Platelets at most 100.000 /mm³", [("platelets", "<= 100000 /mm³", None)]),
        ("Platelets at least 100 000 /mm³", [("platelets", ">= 100000 /mm³", None)]),
        ("Creatinine ≤ 1,5 mg/dL", [("creatinine", "<= 1.5 mg/dL", None)]),
        ("Dose reduced from 100 to 50 mg", []),
        ("Blood pressure between 140/90 and 160/100 mmHg", []),
    ],
)
def test_a_limit_is_read_with_what_is_measured_and_for_whom(text: str, found: list[tuple[str | None, str, str | None]]):
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Serum albumin < 3 g/dL", True),
        ("Urine albumin > 300 mg/g", False),
        ("Increase of creatinine > 0.3 mg/dL", False),
        ("By an oral glucose tolerance test, fasting blood glucose < 7 mmol/L", True),
    ],
)
def test_a_change_or_another_sample_is_not_the_measure_itself(text: str, *, plain: bool):
    assert [one.plain for one in statements_in(text)] == [plain]


def test_a_number_with_a_unit_in_brackets_is_the_same_limit():
    (limit,) = limits_in("Calcium > 2.75 mmol/L (11 mg/dL)")
    assert [other.words for other in limit.others] == ["11 mg/dL"]


@given(st.text(alphabet="creatinine between and men women<>≥ 0123456789.,-()mg/dLyears\n", max_size=100))
def test_any_text_is_read_without_an_error(text: str):
    for one in statements_in(text):
        assert 0 <= one.start <= one.stop <= len(text)


@pytest.mark.parametrize("part", ["10 - 5 ", "1 ", "men and ", "is of ", "Hb > 1 g/dL or ", "between 10 and 5 g/dL "])
def test_a_long_text_is_read_in_bounded_time(part: str):
    began = time.perf_counter()
    statements_in(part * 30_000)
    assert time.perf_counter() - began < 30


# ---------------------------------------------------------------------------------------------------------- amounts


@pytest.mark.parametrize(
    ("name", "value", "unit", "beyond"),
    [
        ("haemoglobin", "100", "g/dL", True),
        ("haemoglobin", "100", "g/L", False),
        ("haemoglobin", "6.2", "mmol/L", False),
        ("creatinine", "133", "mmol/L", True),
        ("creatinine", "133", "umol/L", False),
        ("platelets", "100000", "/uL", False),
        ("platelets", "100", "/uL", True),
        ("HbA1c", "48", "mmol/mol", False),
        ("HbA1c", "48", "%", True),
        ("fever", "100.4", "[degF]", False),
    ],
)
def test_a_limit_is_beyond_bounds_only_in_the_wrong_unit(name: str, value: str, unit: str, *, beyond: bool):
    assert (out_of_bounds(analyte(name), Decimal(value), unit) is not None) is beyond


def test_units_in_which_a_number_is_possible_are_named():
    assert units_that_fit(analyte("haemoglobin"), Decimal(100), "g/dL") == ("g/L",)
    assert units_that_fit(analyte("creatinine"), Decimal(133), "mmol/L") == ("µmol/L", "mg/L")


def test_equivalents_count_charges_and_the_two_units_of_hba1c_do_not_convert():
    assert converted(Decimal("5.25"), "meq/L", "mmol/L", analyte("calcium")) == Decimal("2.625")
    assert converted(Decimal(130), "meq/L", "mmol/L", analyte("sodium")) == Decimal(130)
    assert converted(Decimal("6.5"), "%", "mmol/mol", analyte("HbA1c")) is None
    assert converted(Decimal("6.5"), "%", "mmol/mol", None) is None


@pytest.mark.parametrize("one", analytes(), ids=lambda one: one.id)
def test_bounds_are_in_order_and_each_further_unit_is_of_a_kind_with_bounds(one: Analyte):
    assert all(bound.lowest < bound.highest for bound in one.bounds)
    assert all(is_measured_in(one, unit) for unit in one.written)
    assert all(converted(Decimal(1), unit, unit, one) == 1 for unit in one.written)


def test_counts_are_read_as_powers_of_ten():
    assert [ucum_of(one) for one in ("x 10^3/µL", "×10⁹/L", "K/uL", "*10e6/mL")] == [
        "10*3/uL",
        "10*9/L",
        "10*3/uL",
        "10*6/mL",
    ]


# --------------------------------------------------------------------------------------------------------- intervals

_ENDS = st.decimals(min_value=0, max_value=50, places=1)


@given(st.sampled_from(["<", "<=", ">", ">="]), _ENDS, st.sampled_from(["<", "<=", ">", ">="]), _ENDS)
def test_intervals_say_what_their_comparisons_say(one: str, a: Decimal, other: str, b: Decimal):
    tests = {"<": lambda x, y: x < y, "<=": lambda x, y: x <= y, ">": lambda x, y: x > y, ">=": lambda x, y: x >= y}
    tried = [Decimal(at) / 20 for at in range(-20, 1021)]
    first, second = Interval.of(one, a), Interval.of(other, b)
    both = [at for at in tried if tests[one](at, a) and tests[other](at, b)]
    either = [at for at in tried if tests[one](at, a) or tests[other](at, b)]
    assert first.meet(second).is_empty is (not both)
    if (first.low is None) != (second.low is None):
        assert covers_all(first, second) is (len(either) == len(tried))


# ------------------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", sorted({name for one in analytes() for name in one.names}))
def test_no_name_that_is_known_is_misspelt(name: str):
    assert misspelt(name) == ()


def test_words_made_from_names_are_right_where_no_limit_stands():
    assert misspelt_in_a_text("lymphocytic leukaemia, created relative weighted ionizing lactated") == ()
    assert misspelt_in_a_text("a haemglobin of the serum") == (("haemglobin", "haemoglobin"),)


# ---------------------------------------------------------------------------------------------------------- measured


@pytest.mark.parametrize("name", ["read", "aside"])
def test_faulty_lines_are_told_and_fine_lines_are_not(name: str):
    found = figures(lines(name))
    assert found.recall >= 0.95 and found.false_hits == 0
    assert found.faulty >= 20 and found.fine >= 19


@pytest.mark.parametrize("rule", sorted(by_rule(lines("read"))))
def test_page_of_a_rule_says_how_well_it_finds(rule: str):
    (page,) = [page for page in pages() if page.id == rule]
    assert sentence(rule) in " ".join(page.text.split())
