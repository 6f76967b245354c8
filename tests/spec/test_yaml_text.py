"""The YAML reader: what it takes, what it finds, where, and within which bounds."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from regdocs.finding import Severity
from regdocs.source import Position
from regdocs.spec import yaml_text
from regdocs.spec.tree import DecimalText, Mapping, data_form, find, to_plain
from regdocs.spec.yaml_rules import YAML_RULES
from regdocs.spec.yaml_text import parse_yaml

LOADERS = [pytest.param(True, id="python")]
if yaml.__with_libyaml__:
    LOADERS.append(pytest.param(False, id="libyaml"))

both_loaders = pytest.mark.parametrize("pure", LOADERS)


def plain(text: str, *, pure: bool = False) -> object:
    node, findings = parse_yaml(text.encode(), "protocol.yaml", pure=pure)
    assert findings == ()
    assert node is not None
    return to_plain(node)


def found(text: str | bytes, *, pure: bool = False) -> list[tuple[str, int, int]]:
    data = text if isinstance(text, bytes) else text.encode()
    _, findings = parse_yaml(data, "protocol.yaml", pure=pure)
    assert all(finding.severity is Severity.ERROR and finding.hint for finding in findings)
    return [(finding.rule, finding.position.line, finding.position.column) for finding in findings]


# ------------------------------------------------------------------------------------------------------- values


@both_loaders
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("NO", "NO"),
        ("on", "on"),
        ("yes", "yes"),
        ("1:30", "1:30"),
        ("0777", "0777"),
        ("0o17", "0o17"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("2026-01-02", "2026-01-02"),
        ("v1.0", "v1.0"),
        ("true", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("~", None),
        ("null", None),
        ("", None),
        ("'null'", "null"),
        ("''", ""),
        ("12", 12),
        ("-3", -3),
        ("+7", 7),
        ("0", 0),
        ("9007199254740991", 2**53 - 1),
        ("'12'", "12"),
        ("1.10", DecimalText("1.10")),
        ("-0.50", DecimalText("-0.50")),
        ("1e3", DecimalText("1e3")),
        ("1.2.3", "1.2.3"),
        ("00.5", "00.5"),
        ('"a\\tb\\nc"', "a\tb\nc"),
        ('"\\U0001F600"', "\U0001f600"),
        ("https://example.org/?a=1#b", "https://example.org/?a=1#b"),
    ],
)
def test_a_scalar_is_read_as_yaml_1_2_core_says(written: str, read: object, pure: bool) -> None:
    value = plain(f"key: {written}\n", pure=pure)
    assert value == {"key": read}
    assert isinstance(value, dict)
    assert type(value["key"]) is type(read)


@both_loaders
def test_blocks_lists_and_line_ends_of_windows_are_read(pure: bool) -> None:
    text = "a:\r\n  - x\r\n  - {b: 1, c: [2, 3]}\r\ntext: |\r\n  one\r\n  two\r\nfold: >-\r\n  one\r\n  two\r\n"
    expected = {"a": ["x", {"b": 1, "c": [2, 3]}], "text": "one\ntwo\n", "fold": "one two"}
    assert plain(text, pure=pure) == expected


@both_loaders
def test_a_byte_order_mark_at_the_beginning_is_passed_over(pure: bool) -> None:
    node, findings = parse_yaml(b"\xef\xbb\xbfa: 1\n", "f", pure=pure)
    assert findings == ()
    assert node is not None
    assert find(node, ("a",), key=True)[1] == Position(1, 1)


@both_loaders
def test_the_data_form_keeps_the_source_text_of_decimals(pure: bool) -> None:
    node, _ = parse_yaml(b"a: [1.10, 2, true, ~, x]\n", "f", pure=pure)
    assert node is not None
    form = data_form(node)
    assert form == {"a": ["1.10", 2, True, None, "x"]}
    assert json.dumps(form) == '{"a": ["1.10", 2, true, null, "x"]}'


# ------------------------------------------------------------------------------------------------------- places


@both_loaders
def test_places_count_characters_and_not_bytes(pure: bool) -> None:
    node, _ = parse_yaml('x: {tên: "Nguyễn Văn Ấ 😀", số: 12}\n'.encode(), "f", pure=pure)
    assert node is not None
    assert find(node, ("x", "số"), key=True)[1] == Position(1, 28)
    assert find(node, ("x", "số"))[1] == Position(1, 32)


@both_loaders
def test_every_key_and_value_knows_its_place(pure: bool) -> None:
    node, _ = parse_yaml(b"a:\n  b: one\n  c:\n    - two\n    -  three\n  d:\n", "f", pure=pure)
    assert isinstance(node, Mapping)
    assert find(node, ("a", "b"))[1] == Position(2, 6)
    assert find(node, ("a", "c"))[1] == Position(3, 3)
    assert find(node, ("a", "c", 1))[1] == Position(5, 8)
    assert find(node, ("a", "d"))[1] == Position(6, 3)


@both_loaders
def test_find_passes_over_what_is_not_in_the_text(pure: bool) -> None:
    node, _ = parse_yaml(b"a:\n  b: one\n", "f", pure=pure)
    assert node is not None
    assert find(node, ("a", "Todo", "b", "value"))[1] == Position(2, 6)
    assert find(node, ("a", "missing", 3))[1] == Position(1, 1)
    assert find(node, ())[1] == Position(1, 1)


# ----------------------------------------------------------------------------------------------------- findings

WRONG = [
    ("a: 1\nb: 2\na: 3\n", [("YAML-007", 3, 1)]),
    ("a: 1\n'a': 3\n", [("YAML-007", 2, 1)]),
    ("a: &x 1\n", [("YAML-008", 1, 4)]),
    ("a: &x\n  b: 1\n", [("YAML-008", 1, 4)]),
    ("a: *x\n", [("YAML-009", 1, 4)]),
    ("*x : 1\n", [("YAML-009", 1, 1)]),
    ("a: !!str 1\n", [("YAML-010", 1, 4)]),
    ("a: ! 1\n", [("YAML-010", 1, 4)]),
    ("a: !b!c 1\n", [("YAML-010", 1, 4)]),
    ("a: !x [1]\n", [("YAML-010", 1, 4)]),
    ("<<: {a: 1}\n", [("YAML-011", 1, 1)]),
    ("a: 1\n---\nb: 1\n", [("YAML-012", 2, 1)]),
    ("? [a]\n: 1\n", [("YAML-013", 1, 3)]),
    ("1: a\n", [("YAML-014", 1, 1)]),
    ("true: a\n", [("YAML-014", 1, 1)]),
    ("1.5: a\n", [("YAML-014", 1, 1)]),
    ("?\n: a\n", [("YAML-014", 1, 2)]),
    ("a: 9007199254740992\n", [("YAML-015", 1, 4)]),
    ("a: 1e9999\n", [("YAML-015", 1, 4)]),
    ("a: .inf\n", [("YAML-016", 1, 4)]),
    ("a: -.INF\n", [("YAML-016", 1, 4)]),
    ("a: .nan\n", [("YAML-016", 1, 4)]),
    ("", [("YAML-017", 1, 1)]),
    ("# nothing\n", [("YAML-017", 1, 1)]),
    ("---\n", [("YAML-017", 1, 1)]),
    ("- a\n", [("YAML-018", 1, 1)]),
    ("just text\n", [("YAML-018", 1, 1)]),
    ("%YAML 1.1\n---\na: 1\n", [("YAML-022", 1, 1)]),
    ("a:\n\tb: 1\n", [("YAML-006", 2, 1)]),
    ("a:\n  b: 1\n \tc: 2\n", [("YAML-006", 3, 2)]),
    ("a: x: y\n", [("YAML-005", 1, 5)]),
    ('a: 1\nb: "open\nc: 2\n', [("YAML-005", 2, 4)]),
    ("a: @x\n", [("YAML-005", 1, 4)]),
    ('a: "x" y\n', [("YAML-005", 1, 8)]),
    ("a: |x\n  b\n", [("YAML-005", 1, 5)]),
    ('a: "\\q"\n', [("YAML-005", 1, 4)]),
    ('a: "\\ud800"\n', [("YAML-003", 1, 4)]),
    ('a: "\\ud83d\\ude00"\n', [("YAML-003", 1, 4)]),
    ('a: "\\0"\n', [("YAML-003", 1, 4)]),
    ('a: "\\u202e"\n', [("YAML-003", 1, 4)]),
    ('a: "\\r"\n', [("YAML-003", 1, 4)]),
    ("a: b\u202ec\n", [("YAML-003", 1, 5)]),
    ("a: b\u200fc\n", [("YAML-003", 1, 5)]),
    ("a: b\x85c\n", [("YAML-003", 1, 5)]),
    ("a: b\u2028c\n", [("YAML-003", 1, 5)]),
    ("a: b\x00c\n", [("YAML-003", 1, 5)]),
    ("a: b\x7fc # \x1b[0m\n", [("YAML-003", 1, 5), ("YAML-003", 1, 10)]),
    ("k\ufeff: 1\n", [("YAML-003", 1, 2)]),
    ("a: b\rc\n", [("YAML-003", 1, 5)]),
    ("a: e\u0301a\n", [("YAML-004", 1, 4)]),
    ("e\u0301: a\n", [("YAML-004", 1, 1)]),
    ('a: "e\\u0301"\n', [("YAML-004", 1, 4)]),
    (b"a: \xc3\xa9\xff\n", [("YAML-002", 1, 5)]),
    (b"a: 1\nb: \xed\xa0\x80\n", [("YAML-002", 2, 4)]),
    ("a: 1\n".encode("utf-16"), [("YAML-002", 1, 1)]),
]


@both_loaders
@pytest.mark.parametrize(("text", "expected"), WRONG)
def test_a_mistake_is_found_at_its_place(text: str | bytes, expected: list[tuple[str, int, int]], pure: bool) -> None:
    assert found(text, pure=pure) == expected


def test_every_rule_has_an_example_in_these_tests() -> None:
    tried = {rule for _, expected in WRONG for rule, _, _ in expected}
    bounds = {"YAML-001", "YAML-019", "YAML-020", "YAML-021", "YAML-023"}
    assert tried | bounds == {rule.id for rule in YAML_RULES}
    assert len({rule.id for rule in YAML_RULES}) == len(YAML_RULES)


@both_loaders
def test_all_mistakes_are_reported_at_once_in_the_order_of_the_text(pure: bool) -> None:
    text = "a: *x\nb: !t 1\nb: .inf\nc: e\u0301\n"
    assert [rule for rule, _, _ in found(text, pure=pure)] == [
        "YAML-009",
        "YAML-010",
        "YAML-007",
        "YAML-016",
        "YAML-004",
    ]


def test_a_key_given_twice_names_both_places_and_shows_the_line() -> None:
    node, (finding,) = parse_yaml(b"a: 1\nb: 2\na: 3\n", "protocol.yaml")
    assert finding.message == '"a" stands here and in line 1, column 1'
    assert finding.excerpt == "a: 3"
    assert finding.file == "protocol.yaml"
    assert node is not None
    assert to_plain(node) == {"a": 1, "b": 2}


def test_an_excerpt_never_has_a_control_character() -> None:
    _, findings = parse_yaml(b"a: \x1b[31mred\n", "f")
    assert findings[0].excerpt == "a: \ufffd[31mred"


def test_the_excerpt_of_a_very_long_line_is_cut_around_the_place() -> None:
    _, (finding,) = parse_yaml(b"a: [" + b"x, " * 500 + b".inf]\n", "f")
    assert finding.excerpt is not None
    assert len(finding.excerpt) < 170
    assert ".inf" in finding.excerpt


def test_after_fifty_findings_the_rest_is_counted() -> None:
    _, findings = parse_yaml(b"".join(b"k%d: .inf\n" % number for number in range(60)), "f")
    assert len(findings) == 51
    assert (findings[-1].rule, findings[-1].message) == ("YAML-023", "10 more findings in this file are not shown")


@pytest.mark.parametrize(
    ("text", "rule"), [("a: *x\n", "YAML-009"), ("a: 1\n---\n", "YAML-012"), ("a: [\n", "YAML-005")]
)
def test_there_is_no_tree_when_a_part_of_the_text_is_not_in_it(text: str, rule: str) -> None:
    node, findings = parse_yaml(text.encode(), "f")
    assert node is None
    assert findings[0].rule == rule


# -------------------------------------------------------------------------------------------------------- bounds


@both_loaders
@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"a: " + b"x" * yaml_text.MAX_BYTES, "YAML-001"),
        (b"a: " + b"[" * (yaml_text.MAX_DEPTH - 1) + b"]" * (yaml_text.MAX_DEPTH - 1), None),
        (b"a: " + b"[" * yaml_text.MAX_DEPTH + b"]" * yaml_text.MAX_DEPTH, "YAML-019"),
        (b"a: [" + b"," * 5, "YAML-005"),
        pytest.param(b"a: [" + b"x," * yaml_text.MAX_NODES + b"]", "YAML-020", marks=pytest.mark.slow),
        (b"".join(b"k%d: 1\n" % number for number in range(yaml_text.MAX_KEYS)), None),
        (b"".join(b"k%d: 1\n" % number for number in range(yaml_text.MAX_KEYS + 1)), "YAML-020"),
        (b"a: '" + b"x " * (yaml_text.MAX_SCALAR // 2) + b"'", None),
        (b"a: '" + b"x " * (yaml_text.MAX_SCALAR // 2) + b"x'", "YAML-021"),
        (b'a: "' + b"\\t" * yaml_text.MAX_ESCAPES + b'"', None),
        (b'a: "' + b"\\t" * (yaml_text.MAX_ESCAPES + 1) + b'"', "YAML-021"),
        (b"a: '" + b"x" * yaml_text.MAX_WORD + b" y'", None),
        (b"a: '" + b"x" * (yaml_text.MAX_WORD + 1) + b" y'", "YAML-021"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_bound_is_kept_exactly(data: bytes, rule: str | None, pure: bool) -> None:
    node, findings = parse_yaml(data, "f", pure=pure)
    assert [finding.rule for finding in findings] == ([rule] if rule else [])
    assert (node is None) == bool(rule)


_CHILD = """
import resource, sys, time
from pathlib import Path
from regdocs.spec.yaml_text import parse_yaml
data = Path(sys.argv[1]).read_bytes()
resource.setrlimit(resource.RLIMIT_AS, (200_000_000, 200_000_000))
start = time.process_time()
node, findings = parse_yaml(data, "hostile.yaml", pure=sys.argv[2] == "True")
assert time.process_time() - start < 1, "slower than a second"
print(node is not None, *(finding.rule for finding in findings))
"""

HOSTILE = {
    "bidi.yaml": "True YAML-003",
    "bigint.yaml": "True YAML-015",
    "billion_laughs.yaml": "False " + "YAML-008",
    "binary.yaml": "False YAML-010",
    "complex_key.yaml": "False YAML-013",
    "deep.yaml": "False YAML-019",
    "dup_keys.yaml": "True YAML-007",
    "inf_nan.yaml": "True YAML-016 YAML-016",
    "lone_surrogate.yaml": "False YAML-003",
    "many_flow_keys.yaml": "False YAML-020",
    "merge_key.yaml": "False YAML-008 YAML-011 YAML-009",
    "multi_doc.yaml": "False YAML-012",
    "norway.yaml": "True",
    "nul.yaml": "True YAML-003",
    "python_tag.yaml": "False YAML-010 YAML-018",
    "quad_plain.yaml": "False YAML-021",
    "recursive.yaml": "False YAML-008 YAML-018 YAML-009",
    "set.yaml": "False YAML-010",
    "tab.yaml": "False YAML-006",
}


@pytest.mark.skipif(sys.platform == "win32", reason="RLIMIT_AS is not there")
@both_loaders
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_a_hostile_file_is_answered_within_a_second_and_200_mb(name: str, pure: bool, conformance: Path) -> None:
    file = conformance / "vectors" / "yaml-hostile" / name
    run = subprocess.run(
        [sys.executable, "-c", _CHILD, str(file), str(pure)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip().startswith(HOSTILE[name])


def test_every_hostile_file_is_known_to_these_tests(conformance: Path) -> None:
    assert {file.name for file in (conformance / "vectors" / "yaml-hostile").iterdir()} == set(HOSTILE)


# ------------------------------------------------------------------------------------------------- both scanners

_PIECES = [
    "a",
    "b",
    ": ",
    ":",
    "\n",
    "\n  ",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    '"',
    "'",
    "1.10",
    "~",
    " # c",
    "|\n",
    "? ",
]
_PIECES += ["&a ", "*a ", "!t ", "! ", "%", "é", "ễ", "😀", "\r\n", "\\u0041", "\n---\n", "<<", "\x85", "  "]


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML came without libyaml")
@settings(derandomize=True, max_examples=3 * settings().max_examples)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_both_scanners_never_give_different_trees(text: str) -> None:
    fast, slow = (parse_yaml(text.encode(), "f", pure=pure) for pure in (False, True))
    if fast[0] is not None and slow[0] is not None:
        assert fast == slow


@both_loaders
@settings(derandomize=True)
@given(data=st.binary(max_size=60))
def test_no_bytes_make_the_reader_raise(data: bytes, pure: bool) -> None:
    node, findings = parse_yaml(data, "f", pure=pure)
    assert node is not None or findings


@both_loaders
@settings(derandomize=True)
@given(
    value=st.dictionaries(st.text("abcé", min_size=1), st.text() | st.integers(-(2**53) + 1, 2**53 - 1) | st.booleans())
)
def test_what_json_can_say_is_read_as_json_means_it(value: dict[str, object], pure: bool) -> None:
    text = json.dumps(value)
    node, findings = parse_yaml(text.encode(), "f", pure=pure)
    if not findings:
        assert node is not None
        assert to_plain(node) == value
    else:
        assert {finding.rule for finding in findings} <= {"YAML-003", "YAML-004"}
        assert not unicodedata.is_normalized("NFC", str(value)) or not str(value).isprintable() or "\\u" in text
