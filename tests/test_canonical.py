"""Canonical JSON: the same bytes as RFC 8785 gives, and a refusal where the profile is narrower."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.canonical import canonical_json, digest_of, sha256_hex

IN_PROFILE = ["arrays", "french", "unicode", "weird"]
WITH_FLOATS = ["structures", "values"]


@pytest.mark.parametrize("name", IN_PROFILE)
def test_bytes_are_those_of_the_rfc_8785_vectors(name: str, conformance: Path) -> None:
    vectors = conformance / "vectors" / "jcs"
    value = json.loads((vectors / "input" / f"{name}.json").read_bytes())
    assert canonical_json(value) == (vectors / "output" / f"{name}.json").read_bytes()
    assert canonical_json(value) == bytes.fromhex((vectors / "outhex" / f"{name}.txt").read_text())


@pytest.mark.parametrize("name", WITH_FLOATS)
def test_vectors_with_floats_are_refused(name: str, conformance: Path) -> None:
    value = json.loads((conformance / "vectors" / "jcs" / "input" / f"{name}.json").read_bytes())
    with pytest.raises(TypeError, match="float"):
        canonical_json(value)


def test_every_vector_is_known_to_these_tests(conformance: Path) -> None:
    names = {file.stem for file in (conformance / "vectors" / "jcs" / "input").iterdir()}
    assert names == {*IN_PROFILE, *WITH_FLOATS}


def test_keys_are_ordered_by_utf_16_code_units() -> None:
    assert canonical_json({"\ufb33": 1, "\U0001f600": 2, "b": 3, "B": 4}) == (
        '{"B":4,"b":3,"\U0001f600":2,"\ufb33":1}'.encode()
    )


def test_control_characters_are_escaped_in_the_shortest_form() -> None:
    assert canonical_json('\b\t\n\f\r\x1f\x7f"\\/é') == b'"\\b\\t\\n\\f\\r\\u001f\x7f\\"\\\\/' + 'é"'.encode()


def test_a_tuple_is_written_as_a_list() -> None:
    assert canonical_json((1, ("a",), {})) == b'[1,["a"],{}]'


@pytest.mark.parametrize("value", [1.0, float("nan"), Decimal("1.5"), {1: "a"}, {"a": {None: 1}}, b"x", {"s": {1, 2}}])
def test_what_has_no_plain_word_in_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), "\ud800", {"\udfff": 1}])
def test_what_other_readers_would_change_is_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical_json([value])


def test_the_largest_integers_are_kept() -> None:
    assert canonical_json([2**53 - 1, -(2**53) + 1]) == b"[9007199254740991,-9007199254740991]"


def test_the_digest_is_that_of_the_bytes() -> None:
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest_of({}) == sha256_hex(b"{}")


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))
_LEAVES = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXT
_VALUES = st.recursive(_LEAVES, lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner), max_leaves=12)


@given(_VALUES)
def test_reading_and_writing_again_gives_the_same_bytes(value: object) -> None:
    data = canonical_json(value)
    assert json.loads(data) == value
    assert canonical_json(json.loads(data)) == data
