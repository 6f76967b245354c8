"""The Merkle tree: other people's proofs judged as they say, and our own against a tree made by the book."""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regdocs.audit.tree import (
    EMPTY_ROOT,
    Frontier,
    NotAFrontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(b"line %d" % number) for number in range(200)]


def by_the_book(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + by_the_book(leaves[:k]) + by_the_book(leaves[k:])).digest()


def cases(folder: Path) -> list[tuple[Path, dict[str, Any]]]:
    return [(file, json.loads(file.read_bytes())) for file in sorted(folder.rglob("*.json"))]


def raw(text: str | None) -> bytes:
    return base64.b64decode(text or "")


def hashes(case: dict[str, Any]) -> list[bytes]:
    return [raw(text) for text in case["proof"] or []]


# -------------------------------------------------------------------------------------------------- other people's


def test_inclusion_vectors_are_judged_as_they_say(conformance: Path):
    found = cases(conformance / "vectors" / "merkle" / "inclusion")
    assert len(found) == 98
    for file, case in found:
        verdict = verify_inclusion(
            raw(case["leafHash"]), case["leafIdx"], case["treeSize"], hashes(case), raw(case["root"])
        )
        assert verdict is not case["wantErr"], (file, case["desc"])


def test_consistency_vectors_are_judged_as_they_say(conformance: Path):
    found = cases(conformance / "vectors" / "merkle" / "consistency")
    assert len(found) == 98
    for file, case in found:
        verdict = verify_consistency(case["size1"], case["size2"], raw(case["root1"]), raw(case["root2"]), hashes(case))
        assert verdict is not case["wantErr"], (file, case["desc"])


# ------------------------------------------------------------------------------------------------------------ roots


def test_hashes_are_those_of_rfc_6962():
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert leaf_hash(b"x") == hashlib.sha256(b"\0x").digest()
    assert node_hash(b"l" * 32, b"r" * 32) == hashlib.sha256(b"\1" + b"l" * 32 + b"r" * 32).digest()
    assert EMPTY_ROOT.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_frontier_has_the_root_of_the_book_at_every_size():
    frontier = Frontier()
    assert frontier.root() == by_the_book([]) == root_of([])
    for size in range(1, len(LEAVES) + 1):
        frontier.append(LEAVES[size - 1])
        assert frontier.size == size
        assert frontier.root() == by_the_book(LEAVES[:size]) == root_of(LEAVES[:size])


@given(st.integers(0, 200), st.integers(0, 200))
def test_frontier_goes_on_from_its_json(first: int, then: int):
    begun = Frontier()
    for leaf in LEAVES[:first]:
        begun.append(leaf)
    resumed = Frontier.from_json(json.loads(json.dumps(begun.to_json())))
    assert (resumed.size, resumed.root()) == (first, by_the_book(LEAVES[:first]))
    for leaf in LEAVES[:then]:
        resumed.append(leaf)
    assert resumed.root() == by_the_book(LEAVES[:first] + LEAVES[:then])
    assert begun.size == first


H = "0" * 64


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"size": 1},
        {"size": 0, "hashes": [], "more": 1},
        {"size": -1, "hashes": [H]},
        {"size": True, "hashes": [H]},
        {"size": "1", "hashes": [H]},
        {"size": 1, "hashes": H},
        {"size": 1, "hashes": []},
        {"size": 2, "hashes": [H, H]},
        {"size": 1, "hashes": [H[:-1]]},
        {"size": 1, "hashes": ["A" * 64]},
        {"size": 1, "hashes": [H + "\n"]},
        {"size": 1, "hashes": [0]},
    ],
)
def test_json_that_no_frontier_wrote_is_refused(value):
    with pytest.raises(NotAFrontier):
        Frontier.from_json(value)


# ----------------------------------------------------------------------------------------------------------- proofs


def test_every_leaf_of_every_tree_is_proved_and_no_other():
    for size in range(1, 41):
        root = by_the_book(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(LEAVES, index, size)
            assert verify_inclusion(LEAVES[index], index, size, proof, root)
            others = [other for other in range(size) if verify_inclusion(LEAVES[index], other, size, proof, root)]
            assert others == [index]
            assert not verify_inclusion(LEAVES[index + 1], index, size, proof, root)


def test_every_tree_is_proved_to_go_on_every_one_before_it():
    roots = [by_the_book(LEAVES[:size]) for size in range(41)]
    for new in range(1, 41):
        for old in range(1, new + 1):
            proof = consistency_proof(LEAVES, old, new)
            assert verify_consistency(old, new, roots[old], roots[new], proof)
            if old < new:
                assert not verify_consistency(old, new, roots[new], roots[new], proof)
                assert not verify_consistency(old, new, roots[old], roots[old], proof)
                assert not verify_consistency(old, new, roots[old], by_the_book(LEAVES[1 : new + 1]), proof)


@given(st.integers(1, 60), st.integers(0, 59), st.data())
def test_proof_with_one_thing_changed_proves_nothing(size: int, index: int, data: st.DataObject):
    index %= size
    root, proof = root_of(LEAVES[:size]), inclusion_proof(LEAVES, index, size)
    assert not verify_inclusion(LEAVES[index], index, size, [*proof, LEAVES[0]], root)
    for wrong in changed(proof, data):
        assert not verify_inclusion(LEAVES[index], index, size, wrong, root)


@given(st.integers(2, 60), st.integers(1, 59), st.data())
def test_consistency_proof_with_one_thing_changed_proves_nothing(new: int, old: int, data: st.DataObject):
    old = old % (new - 1) + 1
    roots, proof = (root_of(LEAVES[:old]), root_of(LEAVES[:new])), consistency_proof(LEAVES, old, new)
    assert not verify_consistency(old, new, *roots, [*proof, LEAVES[0]])
    assert not verify_consistency(old, new, *roots, [LEAVES[0], *proof])
    for wrong in changed(proof, data):
        assert not verify_consistency(old, new, *roots, wrong)


def changed(proof: list[bytes], data: st.DataObject) -> list[list[bytes]]:
    """One hash left out, one emptied, one short, one with a bit turned."""
    if not proof:
        return []
    place = data.draw(st.integers(0, len(proof) - 1))
    before, at, after = proof[:place], proof[place], proof[place + 1 :]
    turned = bytes([at[0] ^ 1]) + at[1:]
    return [[*before, *put, *after] for put in ([], [b""], [at[:-1]], [turned])]


def test_nothing_is_proved_of_or_from_an_empty_tree():
    assert not verify_inclusion(LEAVES[0], 0, 0, [], EMPTY_ROOT)
    assert not verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert not verify_consistency(0, 1, EMPTY_ROOT, LEAVES[0], [])
    with pytest.raises(ValueError, match="size 0"):
        consistency_proof(LEAVES, 0, 1)


@pytest.mark.parametrize(("index", "size"), [(-1, 1), (1, 1), (0, 0), (0, 201), (-1, -1)])
def test_no_proof_is_made_for_a_leaf_that_is_not_there(index: int, size: int):
    with pytest.raises(ValueError, match=f"no leaf {index} "):
        inclusion_proof(LEAVES, index, size)
    assert not verify_inclusion(LEAVES[0], index, index, [], LEAVES[0])


@pytest.mark.parametrize(("old", "new"), [(-1, 1), (2, 1), (1, 201)])
def test_no_proof_is_made_between_trees_that_are_not_there(old: int, new: int):
    with pytest.raises(ValueError, match="no proof"):
        consistency_proof(LEAVES, old, new)
    assert not verify_consistency(old, new, root_of(LEAVES), root_of(LEAVES), [])


def test_root_that_is_no_hash_proves_nothing():
    assert verify_inclusion(LEAVES[0], 0, 1, [], LEAVES[0])
    assert not verify_inclusion(b"", 0, 1, [], b"")
    assert not verify_inclusion(LEAVES[0][:20], 0, 1, [], LEAVES[0][:20])
    assert not verify_consistency(1, 1, b"", b"", [])


def test_sizes_beyond_any_log_are_answered_at_once():
    assert not verify_inclusion(LEAVES[0], 2**63, 2**64, LEAVES[:64], LEAVES[0])
    assert not verify_consistency(2**63, 2**64, LEAVES[0], LEAVES[1], LEAVES[:1])
