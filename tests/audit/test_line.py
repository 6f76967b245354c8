"""A line: what the profile allows goes to bytes and back, and everything else is refused by name."""

import json
import time
import unicodedata
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from regdocs.audit.line import MAX_DEPTH, MAX_LINE, Json, NotALine, encode, parse
from regdocs.canonical import canonical_json

BIG = 2**53 - 1

integers = st.integers(-BIG, BIG)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
any_values = st.recursive(
    st.none() | st.booleans() | integers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
any_objects = st.dictionaries(texts, any_values, max_size=5)


def allowed(value: Json) -> bool:
    """The profile, told a second time and plainly; integers are drawn within its bounds."""
    match value:
        case str():
            controls = any(unicodedata.category(letter) == "Cc" and letter not in "\n\t" for letter in value)
            return unicodedata.is_normalized("NFC", value) and not controls
        case list():
            return all(map(allowed, value))
        case dict():
            return all(key.isascii() and allowed(key) and allowed(value[key]) for key in value)
        case _:
            return True


def refused(line: bytes) -> str:
    with pytest.raises(NotALine) as caught:
        parse(line)
    return str(caught.value)


# ------------------------------------------------------------------------------------------------------- both ways


@given(any_objects)
@example({"k": "\n\u0301"})  # as text, `n` and the accent compose; as a string nothing does
@example({"k": "\\bell \\u0007"})  # looks like an escape and is a backslash
@example({"é": 1})
@example({'é"x': 1})
@example({"k": 'é":'})
@example({"k": ["é", '":', 'é":']})
@example({"k": "\x7f"})
@example({"k": "é\x80"})
@example({"k": "e\u0301"})
@example({"k": "\u1100", "l": "\u1161"})  # two halves of one Hangul syllable, in two texts
def test_what_the_profile_allows_comes_back_and_nothing_else_is_written_or_read(value: dict[str, Json]):
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if allowed(value):
        assert encode(value) == text == canonical_json(value)
        assert parse(text) == value
    else:
        refused(text)
        with pytest.raises(NotALine):
            encode(value)


@given(st.binary(max_size=60))
def test_whatever_the_bytes_a_line_is_read_back_to_them_or_refused(line: bytes):
    try:
        value = parse(line)
    except NotALine:
        return
    assert encode(value) == line


@given(any_objects.filter(allowed), st.integers(0, 10_000), st.binary(min_size=1, max_size=2))
def test_a_change_to_a_line_is_refused_or_makes_another_line_of_the_profile(
    value: dict[str, Json], place: int, put: bytes
):
    line = encode(value)
    place %= len(line)
    changed = line[:place] + put + line[place + 1 :]
    with suppress(NotALine):
        assert encode(parse(changed)) == changed


# ------------------------------------------------------------------------------------------------ other people's JSON


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("arrays", "an object"),
        ("french", "a key has to be ASCII"),
        ("unicode", "NFC"),
        ("values", "not an integer"),
        ("weird", r"control character U\+000D"),
    ],
)
def test_jcs_vector_outside_the_profile_is_refused(name: str, reason: str, conformance: Path):
    line = (conformance / "vectors" / "jcs" / "output" / f"{name}.json").read_bytes()
    with pytest.raises(NotALine, match=reason):
        parse(line)


def test_jcs_vector_inside_the_profile_is_read_and_written(conformance: Path):
    folder = conformance / "vectors" / "jcs"
    line = (folder / "output" / "structures.json").read_bytes()
    assert parse(line) == json.loads((folder / "input" / "structures.json").read_bytes())
    assert encode(parse(line)) == line


def test_none_of_the_texts_that_are_no_json_is_a_line(conformance: Path):
    files = sorted((conformance / "vectors" / "json-parsing").glob("n_*.json"))
    assert len(files) == 188
    for file in files:
        data = file.read_bytes()
        for line in (data, data.rstrip(b"\n"), b'{"k":' + data.rstrip(b"\n") + b"}"):
            refused(line)


def test_json_that_readers_differ_about_is_no_line(conformance: Path):
    files = sorted((conformance / "vectors" / "json-parsing").glob("i_*.json"))
    assert len(files) == 35
    for file in files:
        for line in (file.read_bytes(), b'{"k":' + file.read_bytes() + b"}"):
            refused(line)


def test_json_that_is_valid_is_a_line_only_when_it_is_canonical(conformance: Path):
    accepted = set()
    for file in sorted((conformance / "vectors" / "json-parsing").glob("y_*.json")):
        try:
            parse(file.read_bytes())
        except NotALine:
            continue
        accepted.add(file.stem)
    assert accepted == {"y_object_basic", "y_object_empty", "y_object_empty_key", "y_object_simple"}


# ----------------------------------------------------------------------------------------------------- hostile bytes


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"", "not JSON"),
        (b"{", "not JSON"),
        (b"null", "an object"),
        (b"[]", "an object"),
        (b'"{}"', "an object"),
        (b"{}{}", "canonical"),
        (b"{}x", "canonical"),
        (b"{}\n", "canonical"),
        (b"{}\r", "canonical"),
        (b" {}", "not JSON"),
        (b"\xef\xbb\xbf{}", "not JSON"),  # byte order mark
        ("{}".encode("utf-16"), "not UTF-8"),
        (b'{"k": 1}', "canonical"),
        (b'{"k":1,"k":1}', "canonical"),
        (b'{"k":1,"k":2}', "canonical"),
        (b'{"l":1,"k":2}', "canonical"),
        (b'{"k":1,}', "not JSON"),
        (b'{"k":-0}', "canonical"),
        (b'{"k":1.0}', "1.0 is not an integer"),
        (b'{"k":1e2}', "1e2 is not an integer"),
        (b'{"k":NaN}', "NaN is not an integer"),
        (b'{"k":-Infinity}', "-Infinity is not an integer"),
        (b'{"k":9007199254740992}', r"2\^53"),
        (b'{"k":-9007199254740992}', r"2\^53"),
        (b'{"k":' + b"9" * 60_000 + b"}", r"2\^53"),
        (b'{"k":0.' + b"9" * 60_000 + b"}", "not an integer"),
        (b'{"k":"\\ud800"}', "surrogate"),
        (b'{"k":"\\udc00\\ud800"}', "surrogate"),
        (b'{"k":"\\ud83d\\ude00"}', "canonical"),  # has a letter of its own in UTF-8
        (b'{"k":"\xed\xa0\x80"}', "not UTF-8 from byte 6"),
        (b'{"k":"\xc0\xaf"}', "not UTF-8"),
        (b'{"k":"\\u0041"}', "canonical"),
        (b'{"k":"\\/"}', "canonical"),
        (b'{"k":"\\u000a"}', "canonical"),
        (b'{"k":"\\u0000"}', r"U\+0000"),
        (b'{"k":"\\r"}', r"U\+000D"),
        (b'{"k":"\\b"}', r"U\+0008"),
        (b'{"k":"\\u001f"}', r"U\+001F"),
        (b'{"k":"\x7f"}', r"U\+007F"),
        ('{"k":"\x85"}'.encode(), r"U\+0085"),
        ('{"k":"e\u0301"}'.encode(), "NFC"),
        ('{"k":"\u212b"}'.encode(), "NFC"),
        ('{"e\u0301":1}'.encode(), "ASCII"),
        ('{"k":[{"é":1}]}'.encode(), "ASCII"),
        ('{"k":{"aé\\"\\\\b":1}}'.encode(), "ASCII"),
        (b'{"\\u00e9":1}', "ASCII"),
        (b'{"\\n\x7f":1}', r"U\+007F"),
        (b'{"k":"\n"}', "not JSON"),
    ],
)
def test_hostile_line_is_refused_by_name(line: bytes, reason: str):
    with pytest.raises(NotALine, match=reason):
        parse(line)


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b'{"":null}',
        b'{"k":9007199254740991,"l":-9007199254740991,"m":0}',
        '{"k":"\u2028\u2029\ufeff\u00ad\u202e"}'.encode(),  # nothing but a text; splitlines() would cut it
        '{"k":"\U0001f600\uffff—·"}'.encode(),
        '{"k":"\\n\u0301"}'.encode(),
        b'{"k":"\\n\\t\\"\\\\b\\\\u0007"}',
        b'{"B":1,"_":2,"b":3,"~":4}',
    ],
)
def test_odd_line_of_the_profile_is_read(line: bytes):
    assert encode(parse(line)) == line


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"k":', "}")])
def test_sixty_four_levels_are_read_and_one_more_is_not(opening: str, closing: str):
    def line(levels: int) -> bytes:
        return ('{"k":' + opening * (levels - 1) + "1" + closing * (levels - 1) + "}").encode()

    assert encode(parse(line(MAX_DEPTH))) == line(MAX_DEPTH)
    for levels in (MAX_DEPTH + 1, 900, 5_000):
        assert "levels deep" in refused(line(levels))
    assert "levels deep" in refused(b'{"k":' + b"[" * 60_000 + b"}")


def test_many_brackets_side_by_side_are_not_deep():
    line = encode({"k": [[] for _ in range(200)], "l": "[" * 200})
    assert parse(line) == {"k": [[] for _ in range(200)], "l": "[" * 200}


def test_value_that_holds_itself_is_refused():
    value: dict[str, Json] = {}
    value["k"] = value
    with pytest.raises(NotALine, match="levels deep"):
        encode(value)


class Text(str):
    """A text of another type, which would come back as a plain one."""


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), (1,), {1: 2}, b"k", {"k": {1}}, "\ud800", 2**53, Text("k"), {Text("k"): 1}]
)
def test_value_that_would_not_come_back_is_not_written(value: object):
    with pytest.raises(NotALine):
        encode({"k": value})  # type: ignore[dict-item]


def test_line_and_its_lf_stay_under_65536_bytes():
    longest = encode({"k": "a" * (MAX_LINE - 1 - len('{"k":""}'))})
    assert len(longest) + 1 == 65_535
    assert encode(parse(longest)) == longest
    with pytest.raises(NotALine, match="65536 bytes"):
        encode({"k": "a" * (MAX_LINE - len('{"k":""}'))})
    assert "65536 bytes" in refused(longest[:-2] + b'a"}')


@pytest.mark.parametrize(
    "line",
    [
        '{"k":"' + "é" * 32_000 + '"}',
        '{"k":"' + "é\\n" * 16_000 + '"}',
        '{"k":"' + "\\\\b" * 20_000 + '"}',
        '{"k":"e' + "\u0301\u0323" * 16_000 + '"}',
        '{"k":"' + "\u0308\u0301" * 16_000 + '"}',
        '{"k":' + "[" * 65_000 + "}",
        '{"k":[' + "{}," * 21_000 + "1]}",
        '{"k":"' + "\\" * 65_000 + '"}',
        '{"k":' + "9" * 65_000 + "}",
    ],
)
def test_no_line_takes_long(line: str):
    begun = time.perf_counter()
    with suppress(NotALine):
        parse(line.encode())
    assert time.perf_counter() - begun < 2  # milliseconds in truth; a search that goes back would take minutes
