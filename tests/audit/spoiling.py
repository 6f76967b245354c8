"""Spoils logs in every way that comes to mind, drawn from a seed: for verifiers that have to agree on any of them."""

import copy
import json
import random

from tests.audit import log_maker as made
from tests.audit.drawn_entries import add_entries
from tests.audit.log_maker import BOARD_KEY, LOG_KEY, NEXT_LOG_KEY, ORIGIN, DemonstrationKey, LogMaker
from tests.audit.spoiled_case import (
    ANN,
    CARL,
    EVE,
    FORK,
    KEYS,
    NOT_FOR_USE,
    OTHER,
    PERSONS,
    Case,
    Way,
    case_of,
    changed,
    new_head,
    perhaps,
    rechain,
    resign,
    sign_anew,
)


def spoiled(log: LogMaker, seed: int) -> Case:
    """One to three things done to the log; the same ones for a seed each time, told in `told`."""
    draw, case = random.Random(seed), copy.deepcopy(case_of(log))
    for way in draw.choices(WAYS, [OFTEN.get(way, 1) for way in WAYS], k=draw.choice([1, 1, 1, 2, 3])):
        case.told.append(way.__name__)
        way(case, draw)
    return case


# ------------------------------------------------------------------------------------------------------------ bytes


def flip_a_bit(case: Case, draw: random.Random) -> None:
    case.raw = made.flipped(case.log, draw.randrange(8 * len(case.log))) if case.log else b"\x00"


def edit_a_byte(case: Case, draw: random.Random) -> None:
    log, place = case.log, draw.randrange(len(case.log) + 1)
    put = draw.choice([b"", b"\n", b"\r", b'"', b" ", b"\xff", "é".encode(), b"0", bytes([draw.randrange(256)])])
    case.raw = log[:place] + put + log[place + draw.choice([0, 1]) :]


def cut(case: Case, draw: random.Random) -> None:
    case.raw = case.log[: draw.randrange(len(case.log) + 1)]


def convert_line_endings(case: Case, draw: random.Random) -> None:
    case.raw = case.log.replace(b"\n", b"\r\n")


def a_long_line(case: Case, draw: random.Random) -> None:
    line = b"x" * draw.choice([65_533, 65_534, 65_535, 65_536, 200_000])
    case.lines.insert(draw.randrange(len(case.lines) + 1), line)


def long_line_of_the_profile(case: Case, draw: random.Random) -> None:
    n = draw.randrange(1, len(case.lines))
    entry = {**json.loads(case.lines[n]), "zz": ""}
    entry["zz"] = "x" * (draw.choice([65_534, 65_535]) - len(made.text_of(entry)))
    case.lines[n] = made.text_of(entry)
    rechain(case, draw)


def plant_beyond(case: Case, draw: random.Random) -> None:
    case.tail = draw.choice([b"planted", b"planted\n", case.lines[-1] + b"\n", b"x" * 70_000, b"\n"])


# ------------------------------------------------------------------------------------------------------------ lines


def delete_a_line(case: Case, draw: random.Random) -> None:
    case.lines = made.deleted(case.lines, draw.randrange(len(case.lines)))
    perhaps(draw, case, rechain, resign)


def double_a_line(case: Case, draw: random.Random) -> None:
    case.lines = made.doubled(case.lines, draw.randrange(len(case.lines)))
    perhaps(draw, case, rechain, resign)


def swap_lines(case: Case, draw: random.Random) -> None:
    case.lines = made.swapped(case.lines, *(draw.randrange(len(case.lines)) for _ in "12"))
    perhaps(draw, case, rechain, resign)


def drop_the_end(case: Case, draw: random.Random) -> None:
    case.lines = case.lines[: draw.randrange(1, len(case.lines))]
    perhaps(draw, case, resign)


def edit_a_field(case: Case, draw: random.Random) -> None:
    n = draw.randrange(len(case.lines))
    entry = json.loads(case.lines[n])
    entry = changed(entry, draw, case)
    case.lines[n] = made.text_of(entry)
    perhaps(draw, case, rechain, sign_anew, resign)


def edit_the_genesis(case: Case, draw: random.Random) -> None:
    case.lines[0] = made.text_of(changed(json.loads(case.lines[0]), draw, case))
    perhaps(draw, case, rechain, sign_anew, resign)


def edit_a_note(case: Case, draw: random.Random) -> None:
    """Change the text that somebody signed, and sign the changed one."""
    if not signs_of(case):
        return
    n = draw.choice(signs_of(case))
    entry = json.loads(case.lines[n])
    text, _, tail = entry["note"].rpartition("\n\n")
    rows = text.split("\n")
    at = draw.randrange(len(rows))
    word = rows[at].split(" ")[0]
    rows[at : at + draw.choice([0, 1, 1])] = draw.choice(
        [
            [], [rows[at], rows[at]], [f"{word} x"], ["role administrator"], ["role principal-investigator"],
            ["meaning approval"], ["meaning authorisation"], ["meaning review"], ["meaning pleasure"], ["role pirate"],
            [f"for {CARL}", "under 3"], [f"for {CARL}"], ["under 3"], [f"for {CARL}", "under 40"],
            ["for x/y", "under 1"],
            [f"for {CARL}", "under 03"], [f"for {CARL}", "under x"], ["version 9"], ["amendment 7"], [""],
            ["time now"],
            [f"for {CARL}", f"under {'9' * 40}"], [word],
        ]
    )  # fmt: skip
    name = draw.choice([tail.split(" ")[1]] * 4 + PERSONS)
    entry["note"] = made.note_of("\n".join(rows) + "\n", DemonstrationKey(name)).decode()
    case.lines[n] = made.text_of(entry)
    perhaps(draw, case, rechain, resign, often=0.9)


def signs_of(case: Case) -> list[int]:
    """The `sign` entries whose note looks like one."""
    signed = "\\n— ".encode()
    return [n for n, line in enumerate(case.lines) if b'"do":"sign"' in line and b'"note":"' in line and signed in line]


def move_a_signature(case: Case, draw: random.Random) -> None:
    if not signs_of(case):
        return
    one, other = draw.choice(signs_of(case)), draw.choice(signs_of(case))
    entry = json.loads(case.lines[one])
    entry["note"] = json.loads(case.lines[other])["note"]
    case.lines[one] = made.text_of(entry)
    perhaps(draw, case, rechain, resign)


def another_signer(case: Case, draw: random.Random) -> None:
    if not signs_of(case):
        return
    n = draw.choice(signs_of(case))
    entry = json.loads(case.lines[n])
    name, generation = draw.choice([*PERSONS, f"{EVE}/k1", ORIGIN]), draw.choice([0, 0, 1])
    entry["by"] = draw.choice([entry["by"], name.rpartition("/")[0], EVE, ANN])
    text = entry["note"].rpartition("\n\n")[0] + "\n"
    keys = [DemonstrationKey(name, generation=generation)]
    keys += [DemonstrationKey(f"{ANN}/k1")] * draw.choice([0, 0, 0, 1])
    entry["note"] = made.note_of(text, *keys).decode()
    case.lines[n] = made.text_of(entry)
    perhaps(draw, case, rechain, resign)


# ------------------------------------------------------------------------------------------------- heads and trust


def spoil_the_checkpoint(case: Case, draw: random.Random) -> None:
    note = case.checkpoint or b"\n"
    size, key = draw.randrange(1, len(case.lines) + 1), draw.choice(KEYS)
    case.checkpoint = draw.choice(
        [
            None, b"", made.flipped(note, draw.randrange(8 * len(note))), made.checkpoint_of(case.lines[:size]),
            note[:-1],
            made.checkpoint_of(case.lines, key), made.checkpoint_of(case.lines[:size], key),
            note.replace(b"\n", b"\r\n"),
            new_head(case, draw, size), note.replace(b"\n\n", b"\nforged extra line\n\n", 1),
            note + LOG_KEY.signature("another text\n").encode(), note + "— unknown/key AAAAAAAAAAAA\n".encode(),
            note.replace(str(len(case.lines)).encode(), b"0" + str(len(case.lines)).encode(), 1),
        ]
    )  # fmt: skip


def spoil_kept_heads(case: Case, draw: random.Random) -> None:
    size = draw.randrange(1, len(case.lines) + 3)
    name = draw.choice([str(size), str(size), "25", "26", "0", "007", "x", "99999999999999999"])
    head = case.heads.get("25", b"\n")
    new = draw.choice(
        [new_head(case, draw, size), new_head(case, draw, 25), made.flipped(head, draw.randrange(8 * len(head)))]
    )
    new = draw.choice([new, new, new, b"", head, head.replace(b"\n", b"\r\n")])
    case.heads[name] = new
    if draw.random() < 0.2:
        case.heads.pop("25", None)


def give_heads(case: Case, draw: random.Random) -> None:
    case.given = [given_head(case, draw) for _ in range(draw.choice([0, 1, 1, 2]))]


def given_head(case: Case, draw: random.Random) -> bytes:
    head = new_head(case, draw, draw.randrange(1, len(case.lines) + 3))
    return draw.choice([head, head, head, head, head, made.flipped(head, draw.randrange(8 * len(head))), b"nonsense"])


def give_footers(case: Case, draw: random.Random) -> None:
    right = made.footer_of(case.lines[: draw.randrange(1, len(case.lines) + 1)])
    wrong = made.footer_of([*case.lines[1:], FORK, FORK, FORK][: draw.randrange(1, len(case.lines) + 3)])
    odd = [
        right.lower(),
        right.replace("-", " "),
        right.replace("-", ""),
        right.replace("1", "I"),
        right[:-1],
        "log 0 · x",
    ]
    odd += [right.upper(), f"  {right}\n", right.replace(" · ", " "), right.replace("log ", "log\t"), right + "-"]
    odd += [right.replace("·", "-"), right.replace("-", "\u2011"), f"x{right}", right.replace(" · ", " x ")]
    case.footers = [draw.choice([right, right, wrong, wrong, *odd])]
    case.given = [] if draw.random() < 0.7 else case.given


def vary_trust(case: Case, draw: random.Random) -> None:
    rows = [LOG_KEY.text, NEXT_LOG_KEY.text, BOARD_KEY.text, *(DemonstrationKey(name).text for name in PERSONS)]
    rows += [DemonstrationKey(OTHER).text, DemonstrationKey(ORIGIN, generation=2).text, "# remark", ""]
    chosen = draw.sample(rows, draw.randrange(len(rows)))
    chosen += draw.choice([[], [], [], [], ["nonsense"], [LOG_KEY.text], [" "], [LOG_KEY.text[:-1]]])
    case.trust = draw.choice([None, "\n".join(chosen), "\r\n".join(chosen) + "\r\n"])


# -------------------------------------------------------------------------------------------------- files beside it


def spoil_an_object(case: Case, draw: random.Random) -> None:
    _spoil(case.objects, draw)


def spoil_a_sealed_value(case: Case, draw: random.Random) -> None:
    _spoil(case.sealed, draw)


def spoil_issued_files(case: Case, draw: random.Random) -> None:
    _spoil(case.issued, draw)
    if draw.random() < 0.5:
        place = draw.choice(["1.0", "2.0", "3.0", "9.9"])
        name = draw.choice(["consent/en.pdf", "consent/en.pdf.tree", "protocol/en.pdf", "planted"])
        folder = draw.choice(
            ["clean"] * 3 + ["redline-from-1.0"] * 2 + ["redline-from-2.0", "redline-from-", "redline"]
        )
        case.issued[f"{place}/{folder}/{name}"] = draw.choice([*case.issued.values(), b"planted"])
    if draw.random() < 0.2:
        place = draw.choice(["1.0/", "2.0/", "9.9/", ""])
        case.issued[f"{place}NOT-FOR-USE.txt"] = draw.choice([NOT_FOR_USE, NOT_FOR_USE[1:]])


def _spoil(files: dict[str, bytes], draw: random.Random) -> None:
    for name in draw.sample(sorted(files), min(len(files), draw.choice([1, 1, 1, 3]))):
        data = files[name]
        match draw.choice(["gone", "longer", "empty", "flipped"]):
            case "gone":
                del files[name]
            case "longer":
                files[name] = data + b"x"
            case "empty":
                files[name] = b""
            case "flipped":
                files[name] = made.flipped(data, draw.randrange(8 * len(data))) if data else b"x"


WAYS: list[Way] = [
    flip_a_bit, edit_a_byte, cut, convert_line_endings, a_long_line, long_line_of_the_profile, plant_beyond,
    delete_a_line,
    double_a_line, swap_lines, drop_the_end, edit_a_field, edit_the_genesis, edit_a_note, move_a_signature,
    another_signer,
    add_entries, spoil_the_checkpoint, spoil_kept_heads, give_heads, give_footers, vary_trust, spoil_an_object,
    spoil_a_sealed_value, spoil_issued_files,
]  # fmt: skip
OFTEN: dict[Way, int] = {
    add_entries: 6,
    edit_a_field: 3,
    edit_a_note: 3,
    spoil_kept_heads: 2,
    give_heads: 2,
    edit_the_genesis: 2,
}
