"""Signatures hold as other people's vectors say, and keys that prove nothing are refused."""

import json
from pathlib import Path

import pytest

from regdocs.audit.ed25519 import WeakKey, public_of, refuse_weak, sign, verify

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
SEED = bytes(range(32))
REFUSED_FLAGS = {"low_order_A", "non_canonical_A", "non_canonical_R", "low_order_residue"}


def canonical_encodings_of_low_order() -> list[bytes]:
    """The eight points, computed here: multiples of one of order 8, whose y is a root of d·y⁴ + 2·y² = 1."""
    point = next(found for y in range(2, 400) if (found := of_order_8(y)) is not None)
    points = [(0, 1)]
    while (following := added(points[-1], point)) != (0, 1):
        points.append(following)
    return [encoded(*one) for one in points]


def of_order_8(y: int) -> tuple[int, int] | None:
    """The curve point with this y or a square root on it, times L; of order 8 in half of the cases."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square:
        return None
    found = times(L, (x, y))
    return found if times(4, found) != (0, 1) else None


def times(number: int, point: tuple[int, int]) -> tuple[int, int]:
    found = (0, 1)
    for digit in bin(number)[2:]:
        found = added(found, found)
        if digit == "1":
            found = added(found, point)
    return found


def added(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    (x1, y1), (x2, y2) = a, b
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P
    y = (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P
    return x, y


def encoded(x: int, y: int, sign_bit: int | None = None) -> bytes:
    bit = x & 1 if sign_bit is None else sign_bit
    return (y | bit << 255).to_bytes(32, "little")


def every_encoding_of_low_order() -> set[bytes]:
    found = set(canonical_encodings_of_low_order())
    for one in list(found):
        value = int.from_bytes(one, "little")
        y = value & (2**255 - 1)
        ys = [y] if y > 18 else [y, y + P]
        bits = (0, 1) if y in (1, P - 1) else (value >> 255,)
        found |= {encoded(0, y, bit) for y in ys for bit in bits}
    return found


def test_there_are_eight_points_of_low_order_in_fourteen_encodings():
    assert len(set(canonical_encodings_of_low_order())) == 8
    assert len(every_encoding_of_low_order()) == 14


@pytest.mark.parametrize("public", sorted(every_encoding_of_low_order()), ids=bytes.hex)
def test_a_key_of_low_order_is_refused_in_each_encoding(public: bytes):
    with pytest.raises(WeakKey, match="low order"):
        refuse_weak(public)


def test_a_low_order_key_verifies_nothing_although_the_library_would_take_it():
    # With the neutral point as key the equation holds for R = S·B, whatever the message: here S = 0.
    neutral = encoded(0, 1)
    assert verify(neutral, b"any message", neutral + bytes(32)) is False


@pytest.mark.parametrize("y", [y for y in range(19) if y not in (0, 1)])
@pytest.mark.parametrize("bit", [0, 1])
def test_a_key_with_y_not_below_p_is_refused(y: int, bit: int):
    with pytest.raises(WeakKey, match="canonical"):
        refuse_weak(encoded(0, y + P, bit))


def test_bytes_that_are_no_point_are_refused():
    with pytest.raises(WeakKey, match="no point"):
        refuse_weak((2).to_bytes(32, "little"))  # (4 - 1) / (4·d + 1) is no square


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_a_key_of_another_length_is_refused(length: int):
    with pytest.raises(WeakKey, match="32 bytes"):
        refuse_weak(bytes(length))


@pytest.mark.parametrize("number", range(50))
def test_honest_keys_pass(number: int):
    refuse_weak(public_of(bytes([number]) * 32))


def test_what_is_signed_verifies_and_no_other_text_key_or_signature_does():
    public, signature = public_of(SEED), sign(SEED, b"text")
    assert verify(public, b"text", signature)
    assert not verify(public, b"texts", signature)
    assert not verify(public_of(bytes(32)), b"text", signature)
    assert not any(
        verify(public, b"text", signature[:place] + bytes([signature[place] ^ 1]) + signature[place + 1 :])
        for place in range(64)
    )


def test_s_plus_the_order_of_the_group_is_refused():
    signature = sign(SEED, b"text")
    higher = int.from_bytes(signature[32:], "little") + L
    assert not verify(public_of(SEED), b"text", signature[:32] + higher.to_bytes(32, "little"))


@pytest.mark.parametrize("length", [0, 32, 63, 65, 128])
def test_a_signature_of_another_length_does_not_hold(length: int):
    assert verify(public_of(SEED), b"text", bytes(length)) is False


def test_wycheproof_vectors_are_judged_as_they_say(conformance: Path):
    groups = json.loads((conformance / "vectors/wycheproof/ed25519_test.json").read_bytes())["testGroups"]
    cases = [(bytes.fromhex(group["publicKey"]["pk"]), case) for group in groups for case in group["tests"]]
    wrong = [
        case["tcId"]
        for public, case in cases
        if verify(public, bytes.fromhex(case["msg"]), bytes.fromhex(case["sig"])) != (case["result"] == "valid")
    ]
    assert (len(cases), wrong) == (151, [])


def test_odd_points_are_refused_as_the_strict_rules_without_cofactor_say(conformance: Path):
    cases = json.loads((conformance / "vectors/cctv/ed25519vectors.json").read_bytes())
    wrong = []
    for case in cases:
        held = verify(bytes.fromhex(case["key"]), case["msg"].encode(), bytes.fromhex(case["sig"]))
        if held == bool(REFUSED_FLAGS & set(case["flags"] or ())):
            wrong.append(case["number"])
    assert (len(cases), wrong) == (914, [])
