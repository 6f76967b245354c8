"""Signed notes: what is read, whose signatures count, and what refuses a whole note."""

import base64
import hashlib
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import (
    COSIGNATURE,
    MAX_NOTE,
    MAX_SIGNATURES,
    BadSignature,
    Key,
    NotAKey,
    NotANote,
    Note,
    Signature,
    parse_key,
    parse_note,
    sign_note,
    verified,
)

ANNA = demonstration_signer("anna@example.org/k1")
BEN = demonstration_signer("ben@example.org/k1")
TEXT = "first line\n\nthird line, after an empty one: é, ≥\n"
DASH = "\u2014"

# From the text of C2SP signed-note; its key is not published, so it is an unknown signer to everybody.
PUBLISHED = """Ognuno sta solo sul cuor della terra
trafitto da un raggio di sole:

ed è subito sera.

— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=
"""  # noqa: E501 - a published text, as it is

# The key and the note in the documentation of Go's golang.org/x/mod/sumdb/note.
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def line_of(signature: Signature) -> str:
    return f"{signature.line}\n"


def written(text: str, *lines: str) -> bytes:
    return (text + "\n" + "".join(lines)).encode()


def foreign(name: str = "someone.else/Key", data: bytes = bytes(64)) -> str:
    return f"{DASH} {name} {base64.b64encode(b'abcd' + data).decode()}\n"


# ------------------------------------------------------------------------------------------------------------- keys


def test_a_key_comes_back_from_its_text():
    assert parse_key(ANNA.key.text) == ANNA.key


def test_a_key_whose_base64_has_plus_signs_is_split_on_the_first_two_only():
    signers = (demonstration_signer(f"person{number}@example.org/k1") for number in range(500))
    key = next(signer.key for signer in signers if signer.key.text.count("+") > 3)
    assert parse_key(key.text) == key


def test_the_id_is_the_one_that_go_computes():
    name, found_id, encoded = GO_KEY.split("+", 2)
    material = base64.b64decode(encoded)
    assert id_of(name, material) == found_id
    assert Key("peter", material[0], material[1:]).id.hex() == id_of("peter", material)


def id_of(name: str, material: bytes) -> str:
    return hashlib.sha256(name.encode() + b"\n" + material).hexdigest()[:8]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "anna",
        "anna+00000000",
        "anna+00000000+",
        "anna+00000000+!!!!",
        "anna+00000000+" + base64.b64encode(b"\x01" + bytes(31)).decode(),
        ANNA.key.text.replace("anna", "bnna"),
        ANNA.key.text + "\n",
        " " + ANNA.key.text,
        ANNA.key.text.rstrip("=") + "==",
        "Anna" + ANNA.key.text[4:],
        ANNA.key.text.replace(ANNA.key.id.hex(), ANNA.key.id.hex().upper() + "x"),
        ANNA.key.text.replace(ANNA.key.id.hex(), "0" + ANNA.key.id.hex()),
        "é" + ANNA.key.text[1:],
    ],
)
def test_other_texts_are_no_keys(text: str):
    with pytest.raises(NotAKey):
        parse_key(text)


def test_an_id_in_capitals_is_refused_so_that_one_key_has_one_text():
    signers = (demonstration_signer(f"person{number}@example.org/k1") for number in range(500))
    key = next(signer.key for signer in signers if signer.key.id.hex().upper() != signer.key.id.hex())
    with pytest.raises(NotAKey, match="the id"):
        parse_key(key.text.replace(f"+{key.id.hex()}+", f"+{key.id.hex().upper()}+"))


@pytest.mark.parametrize("kind", [0x00, 0x02, 0x03, 0x05, 0x06, 0xFF])
def test_kinds_of_keys_that_we_do_not_know_are_refused(kind: int):
    with pytest.raises(NotAKey, match="kind"):
        Key("anna@example.org/k1", kind, ANNA.key.public)


def test_a_weak_public_key_does_not_become_a_key():
    with pytest.raises(NotAKey, match="low order"):
        Key("anna@example.org/k1", 1, bytes(32))


@pytest.mark.parametrize("name", ["", "anna k1", "anna+k1", "Anna", "ännä", "anna\n", "-anna", "a" * 201, "anna\u2028"])
def test_bad_names_do_not_become_a_key(name: str):
    with pytest.raises(NotAKey, match="name"):
        Key(name, 1, ANNA.key.public)


# ---------------------------------------------------------------------------------------------------------- reading


def test_a_published_note_is_read_and_written_back():
    note = parse_note(PUBLISHED.encode())
    assert note.text.endswith("ed è subito sera.\n")
    assert [signature.name for signature in note.signatures] == ["quasimodo.example/salvatore"]
    assert note.to_bytes() == PUBLISHED.encode()


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "empty"),
        (b"\n", "a line feed alone"),
        (b"text\n", "no signatures"),
        (b"text\n\n", "no signature line"),
        (written(TEXT, foreign()).removesuffix(b"\n"), "no LF at the end"),
        (written(TEXT, foreign()) + b"\n", "an empty line at the end"),
        (written(TEXT, foreign()) + b"more\n", "text after the signatures"),
        (written(TEXT, foreign()).replace(b"\n", b"\r\n"), "CRLF"),
        (written("text\ttab\n", foreign()), "a tab in the text"),
        (written("text\x00\n", foreign()), "NUL in the text"),
        (b"\xff" + written(TEXT, foreign()), "not UTF-8"),
        (b"\xed\xa0\x80" + written(TEXT, foreign()), "half a surrogate pair"),
        ((TEXT + foreign()).encode(), "no empty line before the signatures, one in the text"),
        (written(TEXT, foreign().replace(DASH, "-")), "a hyphen"),
        (written(TEXT, foreign().replace(DASH, "\u2013")), "an en dash"),
        (written(TEXT, foreign().replace(DASH, "\u2015")), "a horizontal bar"),
        (written(TEXT, foreign().replace(DASH, "\u2014\u2014")), "two em dashes"),
        (written(TEXT, foreign().replace(DASH + " ", DASH)), "no space after the dash"),
        (written(TEXT, foreign().replace(DASH + " ", DASH + "  ")), "two spaces after the dash"),
        (written(TEXT, foreign().replace(DASH + " ", DASH + "\u00a0")), "a hard space after the dash"),
        (written(TEXT, " " + foreign()), "a space before the dash"),
        (written(TEXT, foreign().replace("Key ", "Key  ")), "two spaces after the name"),
        (written(TEXT, foreign().replace("=\n", "= \n")), "a space at the end"),
        (written(TEXT, foreign("a+b")), "a plus sign in the name"),
        (written(TEXT, foreign("a\u2003b")), "an em space in the name"),
        (written(TEXT, foreign("a\u0085b")), "a next-line character in the name"),
        (written(TEXT, f"{DASH} name\n"), "no signature after the name"),
        (written(TEXT, f"{DASH} name \n"), "an empty signature"),
        (written(TEXT, f"{DASH} name YWJjZA==\n"), "a key id and nothing else"),
        (written(TEXT, f"{DASH} name YWJj\n"), "less than a key id"),
        (written(TEXT, f"{DASH} name YWJjZGU\n"), "base64 without its end"),
        (written(TEXT, f"{DASH} name YWJjZGX=\n"), "base64 that is not canonical"),
        (written(TEXT, f"{DASH} name YWJj_GU=\n"), "base64 for addresses"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_bytes_that_are_no_note_are_refused(data: bytes, wrong: str):
    with pytest.raises(NotANote):
        parse_note(data)


def test_a_note_of_64_kib_is_read_and_a_longer_one_is_not():
    tail = written("", foreign())
    longest = b"x" * (MAX_NOTE - len(tail) - 1) + b"\n" + tail
    assert parse_note(longest).to_bytes() == longest
    with pytest.raises(NotANote, match="65537 bytes"):
        parse_note(b"x" + longest)
    with pytest.raises(NotANote, match="more than 65536"):
        sign_note("x" * MAX_NOTE + "\n", ANNA)


def test_a_hundred_signature_lines_are_read_and_one_more_is_not():
    lines = [foreign(f"signer{number}") for number in range(MAX_SIGNATURES + 1)]
    assert len(parse_note(written(TEXT, *lines[1:])).signatures) == MAX_SIGNATURES
    with pytest.raises(NotANote, match="101 signature lines"):
        parse_note(written(TEXT, *lines))


@given(st.text(), st.lists(st.tuples(st.text(), st.binary(max_size=80)), max_size=3))
def test_what_a_note_can_be_made_of_is_read_back_the_same(text, parts):
    try:
        note = Note(text, tuple(Signature(name, data[:4], data[4:]) for name, data in parts))
    except NotANote:
        return
    assert parse_note(note.to_bytes()) == note


@given(st.binary(max_size=200))
def test_any_bytes_are_a_note_or_refused_and_a_note_is_written_back(junk):
    for data in (junk, b"text\n\n" + DASH.encode() + b" " + junk, written(TEXT, foreign()) + junk):
        try:
            note = parse_note(data)
        except NotANote:
            continue
        assert note.to_bytes() == data


# ------------------------------------------------------------------------------------------------ signing, verifying


def test_who_signed_is_told_in_the_order_of_the_lines():
    note = parse_note(sign_note(TEXT, BEN, ANNA).to_bytes())
    assert verified(note, [ANNA.key, BEN.key]) == (BEN.key, ANNA.key)


def test_a_note_without_a_signer_is_not_made():
    with pytest.raises(NotANote, match="0 signature lines"):
        sign_note(TEXT)


def test_lines_of_unknown_keys_are_passed_over_also_of_kinds_yet_to_come():
    note = sign_note(TEXT, ANNA, BEN)
    later = Signature("witness.example/later", b"\x01\x02\x03\x04", bytes(2420))
    assert verified(note.with_signatures(later), [ANNA.key]) == (ANNA.key,)
    assert verified(note, []) == ()


def test_a_name_or_an_id_alone_does_not_make_a_line_known():
    line = sign_note(TEXT, BEN).signatures[0]
    same_name = Signature(ANNA.key.name, line.key_id, line.data)
    same_id = Signature("somebody", ANNA.key.id, line.data)
    assert verified(Note(TEXT, (same_name, same_id)), [ANNA.key]) == ()


@pytest.mark.parametrize("data", [bytes(64), bytes(63), b"\x00"])
def test_a_bad_signature_of_a_known_key_refuses_the_note_whoever_else_signed(data: bytes):
    note = sign_note(TEXT, BEN).with_signatures(Signature(ANNA.key.name, ANNA.key.id, data))
    with pytest.raises(BadSignature, match=r"anna@example\.org/k1"):
        verified(note, [ANNA.key, BEN.key])


def test_a_changed_text_refuses_the_note():
    data = sign_note(TEXT, ANNA).to_bytes().replace(b"third", b"Third")
    with pytest.raises(BadSignature):
        verified(parse_note(data), [ANNA.key])


def test_a_key_on_two_lines_is_told_once_and_both_lines_are_checked():
    good = sign_note(TEXT, ANNA).signatures[0]
    twice = parse_note(written(TEXT, line_of(good), line_of(good)))
    assert verified(twice, [ANNA.key]) == (ANNA.key,)
    bad = Signature(good.name, good.key_id, bytes(64))
    with pytest.raises(BadSignature):
        verified(parse_note(written(TEXT, line_of(good), line_of(bad))), [ANNA.key])


def test_a_line_that_a_note_has_already_is_not_added_again():
    note = sign_note(TEXT, ANNA)
    assert note.with_signatures(*note.signatures) == note


def test_a_cosigners_key_does_not_sign_notes():
    with pytest.raises(NotAKey, match="cosignatures"):
        sign_note(TEXT, demonstration_signer("witness.example/w1", COSIGNATURE))


@dataclass
class Erring:
    """A signer as a broken device may be one."""

    key: Key

    def sign(self, message: bytes) -> bytes:
        return bytes(64)


def test_what_a_broken_signer_gives_is_not_used():
    with pytest.raises(BadSignature):
        sign_note(TEXT, Erring(ANNA.key))
