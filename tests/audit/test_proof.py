"""Proofs of one line: read, written back, verified with the line and the log's key alone."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.audit.checkpoint import Checkpoint, NotACheckpoint
from regdocs.audit.cosignature import cosign
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import COSIGNATURE, BadSignature, NotANote, Signature, sign_note
from regdocs.audit.proof import NotAProof, ProofFails, TlogProof, parse_proof
from regdocs.audit.tree import inclusion_proof, leaf_hash, root_of

ORIGIN = "example.org/demo-101/1a2b3c4d"
LOG = demonstration_signer(ORIGIN)
WITNESS = demonstration_signer("witness.example/w1", COSIGNATURE)
LEAVES = [leaf_hash(b"line %d" % number) for number in range(11)]
CHECKPOINT = Checkpoint(ORIGIN, len(LEAVES), root_of(LEAVES))


def proof_of(index: int, extra: bytes | None = None) -> TlogProof:
    hashes = tuple(inclusion_proof(LEAVES, index, len(LEAVES)))
    return TlogProof(index, hashes, sign_note(CHECKPOINT.text, LOG), extra)


@pytest.mark.parametrize("index", range(11))
def test_each_line_has_a_proof_that_comes_back_and_holds(index: int):
    data = proof_of(index).to_bytes()
    proof = parse_proof(data)
    assert proof.to_bytes() == data
    assert proof.verify(LEAVES[index], [LOG.key]) == CHECKPOINT


def test_the_bytes_are_those_of_the_specification():
    proof = proof_of(10, b"any bytes")
    hashes = [base64.b64encode(one).decode() for one in proof.hashes]
    lines = ["c2sp.org/tlog-proof@v1", "extra YW55IGJ5dGVz", "index 10", *hashes, "", ""]
    assert proof.to_bytes() == "\n".join(lines).encode() + proof.checkpoint.to_bytes()


@pytest.mark.parametrize("extra", [None, b"", b"\x00\xff"])
def test_extra_data_comes_back_and_none_is_not_the_same_as_empty(extra: bytes | None):
    assert parse_proof(proof_of(3, extra).to_bytes()).extra == extra


def test_a_log_of_one_line_has_a_proof_without_hashes():
    checkpoint = Checkpoint(ORIGIN, 1, LEAVES[0])
    data = TlogProof(0, (), sign_note(checkpoint.text, LOG)).to_bytes()
    assert b"index 0\n\nexample.org" in data
    assert parse_proof(data).verify(LEAVES[0], [LOG.key]) == checkpoint


def test_cosignatures_travel_with_the_proof_and_are_checked():
    note = proof_of(3).checkpoint.with_signatures(cosign(CHECKPOINT.text, WITNESS, 1679315147))
    proof = parse_proof(TlogProof(3, proof_of(3).hashes, note).to_bytes())
    assert proof.verify(LEAVES[3], [LOG.key, WITNESS.key]) == CHECKPOINT
    bad = proof_of(3).checkpoint.with_signatures(Signature(WITNESS.key.name, WITNESS.key.id, bytes(72)))
    with pytest.raises(BadSignature):
        TlogProof(3, proof.hashes, bad).verify(LEAVES[3], [LOG.key, WITNESS.key])


def test_another_line_another_place_or_a_missing_hash_fails():
    proof = proof_of(3)
    for index, hashes, leaf in [
        (3, proof.hashes, LEAVES[4]),
        (4, proof.hashes, LEAVES[3]),
        (3, proof.hashes[:-1], LEAVES[3]),
        (11, proof.hashes, LEAVES[3]),
    ]:
        with pytest.raises(ProofFails, match="do not lead"):
            TlogProof(index, hashes, proof.checkpoint).verify(leaf, [LOG.key])


@pytest.mark.parametrize("keys", [[], [demonstration_signer("example.org/other/1a2b3c4d").key], [WITNESS.key]])
def test_a_head_that_no_key_of_the_log_signed_fails(keys):
    with pytest.raises(ProofFails, match="not signed"):
        proof_of(3).verify(LEAVES[3], keys)


def test_a_known_key_of_another_name_does_not_vouch_for_the_log():
    person = demonstration_signer("jane.doe@example.org/k1")
    proof = TlogProof(3, proof_of(3).hashes, sign_note(CHECKPOINT.text, person))
    with pytest.raises(ProofFails, match="not signed"):
        proof.verify(LEAVES[3], [person.key, LOG.key])


def test_a_note_that_is_no_checkpoint_fails():
    with pytest.raises(NotACheckpoint):
        TlogProof(3, (), sign_note(f"{ORIGIN}\nregdocs-signature/v1\n", LOG)).verify(LEAVES[3], [LOG.key])


GOOD = proof_of(3, b"extra").to_bytes()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        GOOD.replace(b"@v1", b"@v2"),
        GOOD.replace(b"\n", b"\r\n"),
        GOOD.replace(b"index 3", b"index 03"),
        GOOD.replace(b"index 3", b"index +3"),
        GOOD.replace(b"index 3", b"index -3"),
        GOOD.replace(b"index 3", b"index"),
        GOOD.replace(b"index 3", b"index " + b"9" * 5000),
        GOOD.replace(b"index 3\n", b""),
        GOOD.replace(b"index 3", "index \u0663".encode()),
        GOOD.replace(b"extra ", b"extra  "),
        GOOD.replace(b"extra ZXh0cmE=\n", b"extra ZXh0cmE=\nextra ZXh0cmE=\n"),
        GOOD.replace(b"ZXh0cmE=", b"ZXh0cmF="),
        GOOD.replace(b"index 3\n", b"index 3\nYWJj\n"),
        GOOD.replace(b"index 3\n", b"index 3\n" + b"A" * 43 + b"=\n" + (b"A" * 43 + b"=\n") * 64),
        GOOD.replace(b"index 3\n", b"index 3\n\xff\n"),
        b" " + GOOD,
        GOOD + b"x" * 131_072,
    ],
)
def test_bytes_that_are_no_proof_are_refused(data: bytes):
    with pytest.raises(NotAProof):
        parse_proof(data)


def test_a_proof_without_a_signed_note_is_refused():
    with pytest.raises(NotANote):
        parse_proof(b"c2sp.org/tlog-proof@v1\nindex 3\n\nexample.org/x\n3\n")


@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_no_changed_byte_passes_but_in_the_extra_data(place: int, change: int):
    data = GOOD[:place] + bytes([GOOD[place] ^ change]) + GOOD[place + 1 :]
    try:
        proof = parse_proof(data)
        found = proof.verify(LEAVES[3], [LOG.key])
    except (NotAProof, NotANote, NotACheckpoint, BadSignature, ProofFails):
        return
    assert found == CHECKPOINT
    assert proof.extra != b"extra"
