"""Cosignatures: a time, and a head that somebody outside saw."""

import pytest

from regdocs.audit import ed25519
from regdocs.audit.checkpoint import Checkpoint, NotACheckpoint
from regdocs.audit.cosignature import cosign, cosignatures, time_of, verify_cosignature
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import (
    COSIGNATURE,
    MAX_TIME,
    BadSignature,
    Key,
    NotAKey,
    Signature,
    parse_key,
    parse_note,
    sign_note,
    verified,
)

ORIGIN = "example.org/demo-101/1a2b3c4d"
LOG = demonstration_signer(ORIGIN)
WITNESS = demonstration_signer("witness.example/w1", COSIGNATURE)
OTHER = demonstration_signer("witness.example/w2", COSIGNATURE)
TEXT = Checkpoint(ORIGIN, 42, bytes(range(32))).text

# From the text of C2SP tlog-cosignature; its keys are not published.
PUBLISHED = """example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
"""  # noqa: E501 - a published text, as it is


def test_the_time_of_a_published_cosignature_is_read():
    assert time_of(parse_note(PUBLISHED.encode()).signatures[1]) == 1679315147


def test_a_cosigners_key_comes_back_from_its_text_and_has_an_id_of_its_own():
    assert parse_key(WITNESS.key.text) == WITNESS.key
    assert Key(WITNESS.key.name, 1, WITNESS.key.public).id != WITNESS.key.id


@pytest.mark.parametrize("time", [0, 1679315147, MAX_TIME])
def test_who_cosigned_and_when_is_told(time: int):
    note = sign_note(TEXT, LOG).with_signatures(cosign(TEXT, WITNESS, time), cosign(TEXT, OTHER, 7))
    note = parse_note(note.to_bytes())
    assert cosignatures(note, [LOG.key, WITNESS.key]) == ((WITNESS.key, time),)
    assert verified(note, [LOG.key, WITNESS.key, OTHER.key]) == (LOG.key, WITNESS.key, OTHER.key)


def test_the_signed_bytes_are_those_of_the_specification():
    signature = cosign(TEXT, WITNESS, 1679315147)
    message = b"cosignature/v1\ntime 1679315147\n" + TEXT.encode()
    assert ed25519.verify(WITNESS.key.public, message, signature.data[8:])


def test_another_time_another_text_or_another_key_does_not_hold():
    signature = cosign(TEXT, WITNESS, 1679315147)
    moved = Signature(signature.name, signature.key_id, (1679315148).to_bytes(8, "big") + signature.data[8:])
    for text, line, key in [
        (TEXT, moved, WITNESS.key),
        (TEXT.replace("42", "43"), signature, WITNESS.key),
        (TEXT, signature, OTHER.key),
    ]:
        with pytest.raises(BadSignature):
            verify_cosignature(text, line, key)


@pytest.mark.parametrize("data", [b"\x00", bytes(8), bytes(72), b"\xff" * 72])
def test_a_line_of_a_known_cosigner_that_does_not_hold_refuses_the_note(data: bytes):
    note = sign_note(TEXT, LOG).with_signatures(Signature(WITNESS.key.name, WITNESS.key.id, data))
    with pytest.raises(BadSignature):
        cosignatures(note, [WITNESS.key])
    with pytest.raises(BadSignature):
        verified(note, [LOG.key, WITNESS.key])


def test_a_time_beyond_what_the_specification_allows_is_refused_although_signed():
    time = MAX_TIME + 1
    data = WITNESS.sign(f"cosignature/v1\ntime {time}\n{TEXT}".encode())
    line = Signature(WITNESS.key.name, WITNESS.key.id, time.to_bytes(8, "big") + data)
    with pytest.raises(BadSignature):
        verify_cosignature(TEXT, line, WITNESS.key)
    with pytest.raises(ValueError, match="no time"):
        cosign(TEXT, WITNESS, time)


def test_nothing_but_a_checkpoint_is_cosigned():
    with pytest.raises(NotACheckpoint):
        cosign(f"{ORIGIN}\nregdocs-signature/v1\nentry 1\n", WITNESS, 1)


def test_a_key_of_a_log_does_not_cosign():
    with pytest.raises(NotAKey):
        cosign(TEXT, LOG, 1)
    with pytest.raises(BadSignature):
        verify_cosignature(TEXT, sign_note(TEXT, LOG).signatures[0], LOG.key)
