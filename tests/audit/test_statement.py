"""What a person signs: the exact lines, and nothing that could pass for something else."""

from dataclasses import replace

import pytest

from regdocs.audit.checkpoint import NotACheckpoint, parse_checkpoint
from regdocs.audit.statement import NotAStatement, Statement, parse_statement, possession_text, text_to_sign

LEAF, DATA, FILES = "1a" * 32, "2b" * 32, "3c" * 32
NOTE = Statement(
    origin="example.org/demo-101/1a2b3c4d",
    entry=42,
    leaf=LEAF,
    name="Jane Q. Doe, MD",
    role="principal-investigator",
    meaning="approval",
    time="2026-03-01T14:05:00Z",
)
AMENDMENT = replace(NOTE, version="2.0", amendment=1, data=DATA)
ISSUE = replace(NOTE, version="2.0", amendment=1, files=FILES)
DELEGATED = replace(NOTE, for_="ann.lee@example.org", under=17)


def test_the_lines_are_those_of_the_format():
    full = replace(AMENDMENT, for_="ann.lee@example.org", under=17)
    assert full.text == (
        "example.org/demo-101/1a2b3c4d\n"
        "regdocs-signature/v1\n"
        f"entry 42 {LEAF}\n"
        "version 2.0\n"
        "amendment 1\n"
        f"data sha256:{DATA}\n"
        "name Jane Q. Doe, MD\n"
        "role principal-investigator\n"
        "meaning approval\n"
        "for ann.lee@example.org\n"
        "under 17\n"
        "time 2026-03-01T14:05:00Z\n"
    )


@pytest.mark.parametrize("statement", [NOTE, AMENDMENT, ISSUE, DELEGATED, replace(AMENDMENT, amendment=None)])
def test_a_statement_comes_back_from_its_text(statement: Statement):
    assert parse_statement(statement.text) == statement


@pytest.mark.parametrize("statement", [NOTE, AMENDMENT, ISSUE, DELEGATED])
def test_a_statement_never_passes_for_a_checkpoint(statement: Statement):
    with pytest.raises(NotACheckpoint):
        parse_checkpoint(statement.text)


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "Example org"},
        {"origin": "example.org\nregdocs-signature/v1"},
        {"entry": -1},
        {"entry": 2**53},
        {"leaf": LEAF.upper()},
        {"leaf": LEAF[:-1]},
        {"name": ""},
        {"name": "Jane\nrole sponsor"},
        {"name": " Jane"},
        {"name": "Jane "},
        {"name": "Jane\u202eenaJ"},
        {"name": "Jane\u2066"},
        {"name": "Jane\x07"},
        {"name": "Zoe\u0308"},
        {"name": "J" * 201},
        {"role": "king"},
        {"role": ""},
        {"meaning": "approval "},
        {"meaning": "sole"},
        {"time": "2026-03-01"},
        {"time": "2026-02-30T14:05:00Z"},
        {"time": "2026-03-01T14:05:00+00:00"},
        {"version": "2.0"},
        {"data": DATA},
        {"files": FILES},
        {"amendment": 1},
        {"version": "2.0", "data": DATA, "files": FILES},
        {"version": "2.0\n", "data": DATA},
        {"version": "2.0", "data": DATA, "amendment": 0},
        {"version": "2.0", "data": f"sha256:{DATA}"},
        {"for_": "ann.lee@example.org"},
        {"under": 17},
        {"for_": "ann.lee@example.org/k1", "under": 17},
        {"for_": "ann.lee@example.org", "under": -1},
    ],
)
def test_values_that_nobody_should_sign_are_refused(changed: dict):
    with pytest.raises(NotAStatement):
        text_to_sign(replace(NOTE, **changed))


@pytest.mark.parametrize("statement", [NOTE, AMENDMENT, ISSUE, DELEGATED])
def test_what_has_all_its_forms_may_be_signed(statement: Statement):
    assert text_to_sign(statement) == statement.text


@pytest.mark.parametrize("changed", [{"role": "king"}, {"meaning": "sole"}, {"for_": "A b"}, {"files": FILES}])
def test_a_reader_gets_the_words_of_the_signer_whatever_they_say(changed: dict):
    statement = replace(NOTE, **changed)
    assert parse_statement(statement.text) == statement


TEXT = replace(AMENDMENT, for_="ann.lee@example.org", under=17).text
LINES = TEXT.removesuffix("\n").split("\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        TEXT.removesuffix("\n"),
        TEXT + "\n",
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("signature/v1", "signature/v2"),
        TEXT.replace("signature/v1", "possession/v1"),
        TEXT.replace("entry 42", "entry 042"),
        TEXT.replace("entry 42", "entry  42"),
        TEXT.replace("entry 42", "entry \u0664\u0662"),
        TEXT.replace("entry 42", "entry " + "9" * 5000),
        TEXT.replace("sha256:", ""),
        TEXT.replace("sha256:", "sha256:sha256:"),
        TEXT.replace("amendment 1", "amendment 01"),
        TEXT.replace("under 17", "under x"),
        TEXT.replace("name Jane", "name  Jane"),
        TEXT.replace("name Jane", "name\tJane"),
        TEXT.replace("role ", "role  "),
        TEXT + "because I say so\n",
        TEXT.replace("meaning approval\n", "meaning review\nmeaning approval\n"),
    ],
)
def test_other_texts_are_not_read_or_not_to_be_signed(text: str):
    with pytest.raises(NotAStatement):
        text_to_sign(parse_statement(text))


@pytest.mark.parametrize("place", range(1, len(LINES) - 1))
def test_two_lines_in_another_order_are_no_statement(place: int):
    swapped = [*LINES[:place], LINES[place + 1], LINES[place], *LINES[place + 2 :], ""]
    with pytest.raises(NotAStatement):
        parse_statement("\n".join(swapped))


@pytest.mark.parametrize("place", range(len(LINES)))
def test_a_line_twice_is_no_statement(place: int):
    doubled = [*LINES[: place + 1], *LINES[place:], ""]
    with pytest.raises(NotAStatement):
        parse_statement("\n".join(doubled))


@pytest.mark.parametrize("word", ["entry", "version", "data", "name", "role", "meaning", "for", "under", "time"])
def test_a_line_that_belongs_there_cannot_be_left_out(word: str):
    left = [line for line in LINES if not line.startswith(f"{word} ")]
    with pytest.raises(NotAStatement):
        text_to_sign(parse_statement("\n".join((*left, ""))))


def test_possession_is_stated_in_the_lines_of_the_format():
    text = possession_text("example.org/demo-101/1a2b3c4d", "jane.doe@example.org", "KEY")
    assert text == "example.org/demo-101/1a2b3c4d\nregdocs-possession/v1\nperson jane.doe@example.org\nkey KEY\n"
    with pytest.raises(NotAStatement):
        parse_statement(text)
