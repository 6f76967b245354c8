"""Limits in words: what is taken for one, in which unit, and which two are the same limit."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.quantities.analytes import analytes, likely_name, named
from regdocs.quantities.limits_in_text import limits_in
from regdocs.quantities.written_units import _SPELLINGS, in_unit, ucum_of, unit_at


def told(text: str) -> list[tuple[str | None, str, str, list[str]]]:
    return [
        (one.analyte.id if one.analyte else None, one.comparator, one.words, [other.words for other in one.others])
        for one in limits_in(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("creatinine > 1.5 mg/dl or (>133 mmol/L) for men.", [("creatinine", ">", "1.5 mg/dl", ["133 mmol/L"])]),
        ("eGFR < 40 ml/ min", [("egfr", "<", "40 ml/ min", [])]),
        ("fasting glucose of at least 7.0 mmol/L (≥126 mg/dL)", [("glucose", ">=", "7.0 mmol/L", ["126 mg/dL"])]),
        ("INR > 1.5, PTT >40, PT > 15", [("inr", ">", "1.5", []), ("ptt", ">", "40", []), ("pt", ">", "15", [])]),
        ("Platelets less than 1,500 /µL", [("platelets", "<", "1500 /µL", [])]),
        ("AST > 120 U/L or ALT > 80 U/L", [("ast", ">", "120 U/L", []), ("alt", ">", "80 U/L", [])]),
        ("Haemoglobin below 8 g/dL or above 18 g/dL", [("haemoglobin", "<", "8 g/dL", []), (None, ">", "18 g/dL", [])]),
        ("temperature above 38 °C (above 100.4 °F)", [("temperature", ">", "38 °C", ["100.4 °F"])]),
        ("creatinine > " + "9" * 400 + " mg/dL (> 5 µmol/L)", [(None, ">", "5 µmol/L", [])]),
        ("a score of 10 or more", []),
        ("older than the study", []),
    ],
)
def test_a_limit_has_its_name_comparison_number_and_unit(
    text: str, found: list[tuple[str | None, str, str, list[str]]]
):
    assert told(text) == found


@given(st.text(alphabet="creatinine<>≥ 0123456789.,()mg/dLµol%\n", max_size=80))
def test_any_text_is_read_without_an_error(text: str):
    for one in limits_in(text):
        assert one.value >= 0 and one.comparator in ("<", "<=", ">", ">=")


def test_a_long_text_takes_no_longer_than_it_has_words():
    assert limits_in("more than " * 20_000 + "> 1 mg/dl " * 2_000) != ()


# ---------------------------------------------------------------------------------------------------------- units


@pytest.mark.parametrize("unit", sorted(set(_SPELLINGS.values())))
def test_every_unit_of_the_list_is_ucum_as_others_read_it(unit: str):
    assert in_unit(Decimal(3), unit, unit, None) == Decimal(3)


@pytest.mark.parametrize(
    ("written", "ucum"),
    [
        ("mg/dl", "mg/dL"),
        ("µmol/L", "umol/L"),
        ("ml/ min", "mL/min"),
        ("×10⁹/L", "10*9/L"),
        ("kg/m²", "kg/m2"),
        ("units", None),
    ],
)
def test_a_unit_is_read_as_people_write_it(written: str, ucum: str | None):
    assert ucum_of(written) == ucum


def test_a_unit_is_not_cut_out_of_a_word():
    assert unit_at("grams of fat") is None and unit_at("mmol/L fasting") == ("mmol/L", "mmol/L")
    assert unit_at("g in a day") == ("g", "g")


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "name", "expected"),
    [
        ("1.5", "mg/dL", "umol/L", "creatinine", "132.6"),
        ("1.4", "mg/dL", "umol/L", "creatinine", "123.8"),
        ("126", "mg/dL", "mmol/L", "glucose", "6.994"),
        ("1", "mg/dL", "umol/L", "bilirubin", "17.10"),
        ("200", "mg/dL", "mmol/L", "cholesterol", "5.172"),
        ("20", "mg/dL", "mmol/L", "BUN", "7.140"),
        ("9", "g/dL", "g/L", "haemoglobin", "90.00"),
        ("38", "Cel", "[degF]", "haemoglobin", "100.4"),
    ],
)
def test_amounts_are_those_of_conversion_tables(value: str, unit: str, wanted: str, name: str, expected: str):
    """Factors as clinical laboratories print them: creatinine 88.4, glucose 0.0555, bilirubin 17.1, BUN 0.357."""
    analyte = named(name)
    assert analyte is not None
    found = in_unit(Decimal(value), unit, wanted, analyte.molar_mass)
    assert found is not None and abs(found / Decimal(expected) - 1) < Decimal("0.0005")


def test_there_is_no_way_from_a_time_to_a_mass():
    assert in_unit(Decimal(1), "s", "mg", Decimal(100)) is None


# --------------------------------------------------------------------------------------------------------- analytes


def test_each_analyte_has_names_of_its_own():
    names = [name for one in analytes() for name in one.names]
    assert len(names) == len(set(names)) and len({one.id for one in analytes()}) == len(analytes())


def test_a_name_is_no_part_of_another_word():
    assert named("the PT") is not None and named("RPT") is None and named("non-HDL") is None
    found = named("fasting blood glucose")
    assert found is not None and found.id == "glucose"


@pytest.mark.parametrize(
    ("word", "meant"), [("eGRF", "eGFR"), ("eGFR", None), ("ALT", None), ("LAT", "ALT"), ("Pain", None)]
)
def test_letters_that_are_turned_are_put_back(word: str, meant: str | None):
    assert likely_name(word) == meant


def test_the_real_record_has_each_of_its_doubtful_limits_told_at_its_line():
    from regdocs.rules.check import check_protocol
    from regdocs.spec.load import load

    data = (Path(__file__).parents[2] / "protocol.yaml").read_bytes()
    lines = data.decode("utf-8").splitlines()
    found = [
        (one.rule, lines[one.position.line - 1].strip(), re.findall(r"meant: (\S+)", one.hint or ""))
        for one in check_protocol(load(data, "protocol.yaml"))
        if one.rule.startswith("UNT")
    ]
    clotting = "text: Blood clotting disorders (INR > 1.5, PTT >40, PT > 15)."
    assert found == [
        ("UNT-001", "text: creatinine > 1.5 mg/dl or (>133 mmol/L) for men.", ["132.6"]),
        ("UNT-001", "text: creatinine > 1.4 mg/dl or (>124 mmol/L) for woman.", ["123.8"]),
        ("UNT-003", "text: eGRF < 40 ml/ min", ['"eGFR";']),
        ("UNT-002", clotting, []),
        ("UNT-002", clotting, []),
    ]
