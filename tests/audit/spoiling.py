"""Spoils logs in every way that comes to mind, drawn from a seed: for verifiers that have to agree on any of them.

Knows the format page and `log_maker`; nothing of `regdocs`. Who spoils has all demonstration keys,
so much of what comes
out is chained and signed as it should be, and is wrong in its meaning only.
"""

import base64
import copy
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from tests.audit import log_maker as made
from tests.audit.log_maker import BOARD_KEY, LOG_KEY, NEXT_LOG_KEY, ORIGIN, DemonstrationKey, LogMaker

ANN, BOB, JANE, CARL = "ann@example.org", "bob@example.org", "jane.doe@example.org", "carl@example.org"
EVE = "eve@example.org"
Way: TypeAlias = "Callable[[Case, random.Random], None]"
PERSONS = [f"{ANN}/k1", f"{BOB}/k1", f"{JANE}/k1", f"{JANE}/k2", f"{CARL}/k1"]
KEYS = [LOG_KEY, NEXT_LOG_KEY, BOARD_KEY, *map(DemonstrationKey, PERSONS)]
OTHER = "regdocs.invalid/other/89abcdef"
FORK = b'{"do":"note"}'
NOT_FOR_USE = (
    b"NOT FOR USE\r\n"
    b"\r\n"
    b"Do not give anybody a form from this folder. What lies here was made or issued; that does not mean\r\n"
    b"that it may be used. Which form may be used at a site on a day follows from the decisions of its boards\r\n"
    b"and from the day on which the site began to use it. The forms for use are in the folder current/SITE/,\r\n"
    b'which "regdocs current --site SITE" fills.\r\n'
)


@dataclass
class Case:
    """What lies in a study's folder, and what an auditor gives beside it."""

    lines: list[bytes]
    checkpoint: bytes | None
    heads: dict[str, bytes]
    objects: dict[str, bytes]
    sealed: dict[str, bytes]
    issued: dict[str, bytes]
    trust: str | None = made.TRUST
    given: list[bytes] = field(default_factory=list)
    footers: list[str] = field(default_factory=list)
    tail: bytes = b""
    raw: bytes | None = None
    told: list[str] = field(default_factory=list)

    @property
    def log(self) -> bytes:
        return (b"".join(line + b"\n" for line in self.lines) if self.raw is None else self.raw) + self.tail

    def write(self, top: Path) -> Path:
        """Write the folder `study`, and beside it what the auditor holds."""
        shutil.rmtree(top, ignore_errors=True)
        audit = top / "study" / "audit"
        audit.mkdir(parents=True)
        (audit / "log.jsonl").write_bytes(self.log)
        if self.checkpoint is not None:
            (audit / "checkpoint").write_bytes(self.checkpoint)
        _lay(audit / "heads", {f"{name}.note": data for name, data in self.heads.items()})
        _lay(audit / "objects", self.objects)
        _lay(audit / "sealed", self.sealed)
        _lay(top / "study" / "issued", self.issued)
        if self.trust is not None:
            (top / "trust").write_text(self.trust, encoding="utf-8")
        _lay(top, {f"head-{number}": head for number, head in enumerate(self.given)})
        return top / "study"


def _lay(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def case_of(log: LogMaker) -> Case:
    heads = {str(size): note for size, note in log.heads.items()}
    kept = (dict(log.objects), dict(log.sealed), dict(log.issued))
    return Case(list(log.lines), log.checkpoint(), heads, *kept, given=[log.checkpoint()])


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


# ---------------------------------------------------------------------------------------------------- new entries


def add_entries(case: Case, draw: random.Random) -> None:
    """Put in an act, a version, an issue or a fact, with or without the signatures that it needs."""
    at = draw.choice([len(case.lines), draw.randrange(1, len(case.lines) + 1)])
    before = json.loads(case.lines[at - 1])
    moment = before["at"] if isinstance(before, dict) and isinstance(before.get("at"), str) else "2026-03-02T16:40:00Z"
    new = [new_entry(case, draw, moment)]
    new[0]["n"] = at
    signers: list[str | None] = draw.choice(
        [[], [ANN], [ANN, BOB], [BOB, ANN], [JANE], [CARL], [EVE], [new[0].get("by")]]
    )
    for person in signers:
        role, meaning = draw.choice(
            [("administrator", "authorisation"), ("principal-investigator", "authorship"), ("coordinator", "review")]
        )
        new.append({"do": "sign", "by": person or ANN, "at": moment, "of": at, "note": "", "role": role, "is": meaning})
    case.lines[at:at] = [made.text_of(entry) for entry in new]
    rechain(case, draw)
    sign_new(case, draw, at)
    perhaps(draw, case, sign_anew, resign, often=0.9)


def sign_new(case: Case, draw: random.Random, at: int) -> None:
    """Make the notes of `sign` entries that were put in, each over the entry it names."""
    for n in range(at, len(case.lines)):
        entry = json.loads(case.lines[n])
        if not isinstance(entry, dict) or entry.get("note") != "" or "role" not in entry:
            break
        role, meaning = entry.pop("role"), entry.pop("is")
        key = DemonstrationKey(f"{entry['by']}/{draw.choice(['k1', 'k1', 'k2'])}")
        entry["note"] = made.note_of(statement(case, entry, role, meaning), key).decode()
        case.lines[n] = made.text_of(entry)
        rechain(case, draw, n)


def statement(case: Case, entry: dict[str, Any], role: str, meaning: str, more: str = "") -> str:
    of, names = (
        entry["of"],
        {ANN: "Ann Admin", BOB: "Bùi Bob", JANE: "Jane Q. Doe, MD", CARL: "Carl Nguyễn", EVE: "Eve"},
    )
    signed = json.loads(case.lines[of])
    version = signed
    if signed.get("do") == "issue" and isinstance(signed.get("of"), int) and 0 <= signed["of"] < of:
        version = json.loads(case.lines[signed["of"]])
    is_version = isinstance(version, dict) and version.get("do") in ("release", "amend")
    rows = [ORIGIN, "regdocs-signature/v1", f"entry {of} {made.leaf_hash(case.lines[of]).hex()}"]
    rows += [f"version {version['version']}"] if is_version and "version" in version else []
    rows += [f"amendment {version['amendment']}"] if is_version and "amendment" in version else []
    rows += [f"data sha256:{signed.get('data')}"] if signed.get("do") in ("release", "amend") else []
    rows += [f"files sha256:{signed.get('files')}"] if signed.get("do") == "issue" else []
    rows += [f"name {names.get(entry['by'], 'Nobody')}", f"role {role}", f"meaning {meaning}"]
    return "\n".join([*rows, *([more] if more else []), f"time {entry['at']}", ""])


def new_entry(case: Case, draw: random.Random, moment: str) -> dict[str, Any]:
    by = draw.choice([ANN, BOB, JANE, CARL, EVE, "regdocs"])
    entry = {"by": by, "at": moment, **draw.choice(NEW)(case, draw)}
    return changed(entry, draw, case) if draw.random() < 0.15 else entry


def new_enrol(case: Case, draw: random.Random) -> dict[str, Any]:
    person = draw.choice([EVE, EVE, JANE, "regdocs"])
    key = draw.choice([DemonstrationKey(f"{person}/k1"), DemonstrationKey(f"{person}/k9"), *KEYS])
    origin = draw.choice([ORIGIN, ORIGIN, OTHER])
    signers = draw.choice([[key], [key], [key, LOG_KEY], [LOG_KEY]])
    possession = made.note_of(f"{origin}\nregdocs-possession/v1\nperson {person}\nkey {key.text}\n", *signers).decode()
    own = {"person": person, "key": key.text, "possession": possession}
    if draw.random() < 0.4:
        return {"do": "key-add", **own}
    roles = draw.sample(["administrator", "investigator", "principal-investigator"], draw.choice([1, 2]))
    return {"do": "enrol", "name": "Eve", "roles": roles, "verified": {"how": "seen", "by": "Ann"}, **own}


def new_role(case: Case, draw: random.Random) -> dict[str, Any]:
    roles = draw.choice([["administrator"], ["monitor"], ["monitor", "monitor"], []])
    return {"do": "role", "person": draw.choice([CARL, ANN, EVE]), "roles": roles}


def new_revocation(case: Case, draw: random.Random) -> dict[str, Any]:
    since = draw.choice([{}, {"since": 0}, {"since": draw.randrange(50)}, {"since": 2**52}])
    return {"do": "key-revoke", "key": draw.choice([*PERSONS, f"{EVE}/k1", ORIGIN]), "why": "lost", **since}


def new_log_key(case: Case, draw: random.Random) -> dict[str, Any]:
    keys = [DemonstrationKey(ORIGIN, generation=2), NEXT_LOG_KEY, LOG_KEY, BOARD_KEY, DemonstrationKey(f"{EVE}/k1")]
    return {"do": "log-key", "key": draw.choice(keys).text, "why": "yearly"}


def new_version(case: Case, draw: random.Random) -> dict[str, Any]:
    old = [json.loads(line) for line in case.lines if b'"inputs"' in line]
    entry = copy.deepcopy(draw.choice([one for one in old if isinstance(one, dict)] or [{}]))
    entry |= {
        "do": draw.choice(["release", "amend", "amend", "snapshot"]),
        "version": draw.choice(["2.0", "4.0", "a/b", ".."]),
    }
    entry |= {"amendment": draw.choice([1, 2, 3, 4]), **draw.choice([{}, {"submission": draw.choice([0, 1, 2, 3])}])}
    entry |= {"what": new_steps(case, draw)} if draw.random() < 0.8 else {}
    return {key: value for key, value in entry.items() if key not in ("n", "prev", "at", "by")}


def new_steps(case: Case, draw: random.Random) -> Any:
    form = {"id": "c", "dose": "3 mg"}
    steps: list[Any] = [
        {"path": "/n", "old": 50, "new": 51}, {"path": "/n", "old": 49}, {"path": "/n", "old": 50},
        {"path": "/arms", "order": ["a1", "c"]}, {"path": "/arms/c", "rename": "d"},
        {"path": "/arms/c", "rename": "a1"},
        {"path": "/arms/c", "old": form}, {"path": "/arms/x", "new": {"id": "x"}, "after": "c"},
        {"path": "/q", "new": {}},
        {"path": "/arms/x", "new": {"id": "y"}, "after": None}, {"path": "/arms/x", "new": {"id": "x"}},
        {"path": "/é", "new": 1},
        {"path": "/q", "new": 1, "after": None}, {"path": "/" + "/".join("q" * 70), "new": 1},
        {"path": "n", "old": 50},
        {"path": "/~2", "new": 1}, {"path": "/site~0~1", "old": "x"}, {}, 3,
        {"path": "/q", "new": {"bytes": 1, "object": "x"}},
        {"path": "/arms/c/id", "old": "c", "new": "a1"}, {"path": "/arms/c/id", "old": "c"},
        {"path": "/arms/c", "order": []},
        {"path": "/", "new": 1}, {"path": "/n", "old": True}, {"path": "/arms/c", "old": form, "new": {"id": "e"}},
        {"path": "/q", "new": put_out(case, draw, "long " * 20)}, {"path": "/q", "new": deep(70)},
    ]  # fmt: skip
    return draw.sample(steps, draw.choice([0, 1, 1, 2, 3]))


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return {"v": value} if levels < 60 else value


def new_issue(case: Case, draw: random.Random) -> dict[str, Any]:
    """A second document under the name of one that was issued, and other lists of files."""
    rows = {path: made.digest_of(path.encode()) for path in draw.choice(
        [["consent/en.pdf", "consent/en.pdf.tree"], ["consent/en.pdf"], ["new/en.pdf", "new/en.pdf.tree"], [],
         ["redline-from-1.0/consent/en.pdf", "redline-from-1.0/consent/en.pdf.tree"],
         ["redline-from-9/x", "redline-from-9/x.tree"], ["redline-from-/x", "redline-from-/x.tree"],
         ["redline-from-1.0", "redline-from-1.0.tree"], ["Redline-From-1.0/x", "Redline-From-1.0/x.tree"],
         ["../x", "../x.tree"], ["con.pdf", "con.pdf.tree"], ["A", "A.tree", "a", "a.tree"], ["x\\y", "x\\y.tree"]]
    )}  # fmt: skip
    order = list(rows) if draw.random() < 0.1 else sorted(rows, reverse=draw.random() < 0.1)
    text = "".join(f"{rows[path]}  {path}\n" for path in order).encode()
    text = draw.choice([text, text, text, text, text[:-1], text.upper(), text + b"\n", b"\xff"])
    case.objects[made.digest_of(text)] = text
    for path in rows if draw.random() < 0.8 else ():
        case.objects[rows[path]] = path.encode()
    replaces: dict[str, Any] = draw.choice(
        [{}, {}, {"replaces": [{"path": "consent/en.pdf", "why": "a page"}]}, {"replaces": [1, {}]}]
    )
    of, kept = draw.choice([7, 13, 13, 36, 3, 99]), draw.choice(["bytes", "bytes", "trees"])
    return {"do": "issue", "of": of, "files": made.digest_of(text), "documents": [], "kept": kept, **replaces}


def new_anchor(case: Case, draw: random.Random) -> dict[str, Any]:
    size = draw.choice([25, 10, 41, 60])
    time = draw.choice([0, 1772668800, 2**62])
    note = new_head(case, draw, size, time)
    case.objects[made.digest_of(note)] = note
    return {
        "do": "anchor", "kind": draw.choice(["cosignature"] * 3 + ["timestamp"]),
        "size": draw.choice([size, size, 12]),
        "object": made.digest_of(note), "time": draw.choice(["2026-03-05T00:00:00Z", "1970-01-01T00:00:00Z"]),
    }  # fmt: skip


def new_fact(case: Case, draw: random.Random) -> dict[str, Any]:
    some = draw.choice(sorted(case.objects)) if case.objects else "0" * 64
    return draw.choice(
        [
            {"do": "note", "text": "x"},
            {"do": "note", "text": put_out(case, draw, "long text")},
            {"do": "note", "text": {"sealed": draw.choice([*sorted(case.sealed), "0" * 64])}},
            {"do": "note", "text": "x", "more": [{"deep": {"sealed": "1" * 64}}]},
            {"do": "note", "text": "x", "extra": {"bytes": "1", "object": "y"}},
            {"do": "redact", "sealed": draw.choice([*sorted(case.sealed), "1" * 64]), "why": "asked"},
            {"do": "clock", "reads": "2026-01-01T00:00:00Z"},
            {"do": "recovered", "object": some, "bytes": draw.choice([len(case.objects.get(some, b"")), 1])},
            {"do": "signed-elsewhere", "of": draw.choice([7, 99]), "kind": "ink", "signer": "Dr. Ink",
             "meaning": "review", "object": some, "on": "2026-03-01",
             "bytes": draw.choice([len(case.objects.get(some, b"")), 1])},
            {"do": "correct", "of": draw.choice([3, 99]), "text": "no"},
            {"do": "import", "object": some, "source": "a", "title": "b", "on": "2026-02-30"},
            {"do": "telepathy", "text": 3},
            {"do": "genesis", "format": "regdocs.audit/v1"},
            json.loads(case.lines[0]),
        ]
    )  # fmt: skip


def new_submission(case: Case, draw: random.Random) -> dict[str, Any]:
    again: list[dict[str, Any]] = [
        {"to": 7}, {"to": 99}, {"to": "7"}, {"submission": 2}, {"submission": 0}, {"external": [{"title": "Poster"}]},
        {"external": {}}, {"answers": [{"number": 1}]}, {"answers": "none"}, {"response": [kept_file(case, draw)]},
        {"response": [kept_file(case, draw), kept_file(case, draw)]}, {"response": []}, {"response": {}},
    ]  # fmt: skip
    own = {"do": "submit", "version": draw.choice(["1.0", "9.9", "a/b"]), "on": "2026-03-01", **about(draw)}
    return own | draw.choice([{}, *again]) | draw.choice([{}, *again])


def kept_file(case: Case, draw: random.Random) -> Any:
    some = draw.choice(sorted(case.objects)) if case.objects else "0" * 64
    length = draw.choice([len(case.objects.get(some, b""))] * 6 + [1, -1])
    odd_ones: list[Any] = [{"object": some, "bytes": length}, {"object": "0" * 64, "bytes": 1, "kind": "pdf"}, some, {}]
    return draw.choice([{"object": some, "bytes": length, "kind": "pdf"}] * 6 + odd_ones)


def new_receipt(case: Case, draw: random.Random) -> dict[str, Any]:
    own: dict[str, Any] = {
        "of": draw.choice([7] * 4 + [99, "7"]),
        "site": draw.choice(["north"] * 4 + [""]),
        "language": "en",
    }
    own |= {"document": "consent/en/1.0", "against": draw.choice(["0" * 64] * 4 + ["x"]), "file": kept_file(case, draw)}
    compared = draw.choice(["words"] * 3 + ["no-text", "perhaps"])
    return {
        "do": "receive",
        **own,
        "compared": compared,
        **draw.choice([{}, {"changes": [{"was": "x"}]}, {"changes": 1}]),
    }


def new_deviation(case: Case, draw: random.Random) -> dict[str, Any]:
    own: dict[str, Any] = {
        "number": draw.choice(["D-1"] * 4 + [" D"]),
        "site": "north",
        "category": draw.choice(["visit"] * 4 + [""]),
    }
    own |= {"important": draw.choice([True, False, True, 1]), "text": draw.choice(["late", {"sealed": "1" * 64}, ""])}
    return {"do": "deviation", **own, "on": "2026-03-01", **draw.choice([{}, {"reported": []}, {"reported": "board"}])}


def about(draw: random.Random) -> dict[str, Any]:
    """A body, sites and documents, mostly of the form they should have."""
    sites = draw.choice([["north"]] * 4 + [["north", "south"], ["north", "north"], [], "north", [3], [""], None])
    named = ["consent/en/1.0", "protocol/en/1.0"]
    odd_ones = [[], ["consent/en"], ["/en/1"], ["a/b/"], ["a/b/c/d"], ["a/b\n/c"], named * 2, [["a/b/c"]], "a/b/c"]
    return {
        "body": draw.choice(["board"] * 6 + ["", 1]),
        "sites": sites,
        "documents": draw.choice([named] * 6 + odd_ones),
    }


def new_decision(case: Case, draw: random.Random) -> dict[str, Any]:
    some = draw.choice(sorted(case.objects)) if case.objects else "0" * 64
    length = draw.choice([len(case.objects.get(some, b""))] * 3 + [1, -1, True])
    letters: list[Any] = [
        {"object": draw.choice([some, some, some, "0" * 64, "x"]), "bytes": length, "kind": "pdf"}
    ] * 6
    letters += [{"object": some, "bytes": length}, {"object": some, "bytes": length, "kind": ""}, {}, some]
    more: list[dict[str, Any]] = [
        {}, {"effective": "2026-02-30"}, {"expires": "2026-01-01"}, {"of": 7}, {"of": 99}, {"of": "7"},
        {"version": "9.9"}, {"version": "con"}, {"class": "minor"}, {"class": ""}, {"class": {"sealed": "1" * 64}},
        {"stipulations": ["Please.", "Thank you."]}, {"stipulations": [""]},
        {"stipulations": put_out(case, draw, ["x"])}, {"reconsent": [{"text": "all"}]},
        {"reconsent": {}}, {"reference": " x"}, {"outcome": "perhaps"},
    ]  # fmt: skip
    own = {
        "reference": "EXB-1",
        "outcome": "approved",
        "decided": "2026-02-28",
        "received": "2026-03-01",
        **about(draw),
    }
    letter = {"letter": draw.choice(letters)} if draw.random() < 0.7 else {}
    return {"do": "decision", **own, **letter, **draw.choice([{}, *more]), **draw.choice([{}, *more])}


def new_measure(case: Case, draw: random.Random) -> dict[str, Any]:
    at = {"site": "north", "at": "2026-03-01T14:00:00Z", "told": "by telephone"}
    odd_ones: list[Any] = [
        [at, at], [], [{**at, "at": "2026-03-01"}], [{**at, "site": ""}], [{**at, "told": ""}], [3], at,
        [{"site": "x"}], [{**at, "told": {"sealed": "1" * 64}}], [{**at, "said": 1}], [at, {**at, "site": "south"}],
    ]  # fmt: skip
    own = {"hazard": "fainting", "measure": "no dose", "decided_by": "the sponsor"}
    known = draw.choice([{}, {"known": "2026-03-01T12:00:00Z"}, {"known": "yesterday"}])
    return {"do": "urgent-safety", **own, **known, "sites": draw.choice([[at]] * 4 + odd_ones)}


def new_activation(case: Case, draw: random.Random) -> dict[str, Any]:
    some = draw.choice(sorted(case.objects)) if case.objects else "0" * 64
    length = draw.choice([len(case.objects.get(some, b""))] * 3 + [1, -1])
    trained = draw.choice([{"object": some, "bytes": length, "kind": "pdf"}] * 3 + [{"object": some}, some])
    about_it = about(draw)
    own = {"version": draw.choice(["1.0"] * 4 + ["a/b"]), "site": draw.choice(["north"] * 4 + ["", 1])}
    more = [{}, {"trained": trained}, {"documents": about_it["documents"]}]
    return {"do": "activate", **own, "on": draw.choice(["2026-03-01"] * 4 + ["soon"]), **draw.choice(more)}


NEW: list[Callable[[Case, random.Random], dict[str, Any]]] = [
    new_enrol, new_enrol, new_role, new_revocation, new_revocation, new_log_key, new_version, new_version, new_version,
    new_issue, new_issue, new_anchor, new_fact, new_fact, new_fact,
    new_submission, new_submission, new_decision, new_decision, new_measure, new_activation, new_receipt, new_deviation,
]  # fmt: skip


def put_out(case: Case, draw: random.Random, value: Any) -> Any:
    text = draw.choice([made.text_of(value)] * 4 + [b" 1", b'"\xff"', made.text_of(value) + b" "])
    if draw.random() < 0.8:
        case.objects[made.digest_of(text)] = text
    return {"bytes": draw.choice([len(text)] * 6 + [1, 2**40, -1]), "object": made.digest_of(text)}


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


def new_head(case: Case, draw: random.Random, size: int, time: int = 1772668800) -> bytes:
    """A head of this size: of the log or of another history, by a key that may or may not be the right one."""
    lines = [*case.lines, FORK, FORK, FORK] if draw.random() < 0.7 else [*case.lines[1:], FORK, FORK, FORK, FORK]
    keys = draw.choice([[NEXT_LOG_KEY], [LOG_KEY], [LOG_KEY, NEXT_LOG_KEY], [LOG_KEY, BOARD_KEY], [draw.choice(KEYS)]])
    size = min(size, len(lines))
    root = base64.b64encode(made.root_of([made.leaf_hash(line) for line in lines[:size]])).decode()
    origin = draw.choice([ORIGIN] * 8 + [OTHER])
    return made.note_of(f"{origin}\n{size}\n{root}\n", *keys, time=time)


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


# ------------------------------------------------------------------------------------------------------- by and by


def changed(entry: dict[str, Any], draw: random.Random, case: Case) -> dict[str, Any]:
    """One value of the entry, perhaps a nested one, is another, is gone or is new."""
    if not isinstance(entry, dict) or not entry:
        return {"do": "note"}
    entry = dict(entry)
    key = draw.choice(sorted(entry))
    value = entry[key]
    if isinstance(value, dict) and value and draw.random() < 0.7:
        entry[key] = changed(value, draw, case)
        return entry
    if isinstance(value, list) and value and draw.random() < 0.7:
        at = draw.randrange(len(value))
        entry[key] = [
            *value[:at],
            changed(value[at], draw, case) if isinstance(value[at], dict) else odd(draw, case),
            *value[at + 1 :],
        ]
        return entry
    match draw.choice(["gone", "new", "odd", "odd", "odd", "odd", "near"]):
        case "gone":
            del entry[key]
        case "new":
            entry[draw.choice(["x", "why", "on", "since", "what", "kept", "note"])] = odd(draw, case)
        case "odd":
            entry[key] = odd(draw, case)
        case "near":
            entry[key] = near(value, draw)
    return entry


def near(value: Any, draw: random.Random) -> Any:
    if isinstance(value, str):
        return draw.choice(
            [
                value + "x",
                value[:-1],
                value.upper(),
                f" {value}",
                f"{value}\u202e",
                f"{value}\n",
                value[::-1],
                f"{value}\u2028",
            ]
        )
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + draw.choice([-1, 1, 2**40])
    return [value]


def odd(draw: random.Random, case: Case) -> Any:
    others = [json.loads(line) for line in case.lines if line[:1] == b"{" and line[-1:] == b"}"]
    taken = draw.choice([one for one in others if isinstance(one, dict) and one] or [{"x": 1}])
    return draw.choice(
        [
            taken[draw.choice(sorted(taken))], taken[draw.choice(sorted(taken))], "", "x", None, True, False, 0, 1,
            -1, 2**53 - 1, 2**53,
            [], {}, [[]], {"a": None}, 1.5, "é", "e\u0301", "\u202e", "\x7f", "x" * 201, "x" * 5000, "2026-02-30",
            "2026-02-28",
            "9999-12-31T23:59:59Z", "0000-01-01T00:00:00Z", "2026-03-01T24:00:00Z", "2026-03-01T23:59:60Z", "con",
            "a/b", "regdocs",
            {"sealed": "0" * 64}, {"bytes": 3, "object": "0" * 64}, {"bytes": True, "object": 1},
            put_out(case, draw, "put out"),
            put_out(case, draw, ["monitor"]), ["monitor"], ["monitor", "monitor"], "demonstration", "personal",
            LOG_KEY.text,
            BOARD_KEY.text, DemonstrationKey(f"{EVE}/k1").text, ANN, f"{JANE}/k1", ["principal-investigator"],
            {"é": 1},
            deep(50), deep(70), "Nguyễn Thị Ánh", "דוד כהן", "x\u200e",
        ]
    )  # fmt: skip


def rechain(case: Case, draw: random.Random, first: int = 0) -> None:
    """Number and chain the lines anew, as far as they can be read."""
    done = case.lines[:first]
    for line in case.lines[first:]:
        prev = made.leaf_hash(done[-1]).hex() if done else made.digest_of(b"")
        try:
            entry = json.loads(line)
            if not isinstance(entry, dict):
                raise ValueError(line)
            done.append(made.text_of({**entry, "n": len(done), "prev": prev}))
        except ValueError:
            done.append(line)
    case.lines = done


def sign_anew(case: Case, draw: random.Random) -> None:
    """Sign what is signed anew, each with the same key, role and meaning, line by line as the leaf hashes change."""
    for n, line in enumerate(case.lines):
        entry = json.loads(line) if line[:1] == b"{" and line[-1:] == b"}" else None
        if not isinstance(entry, dict) or entry.get("do") != "sign" or not isinstance(entry.get("note"), str):
            continue
        of, (text, _, tail) = entry.get("of"), entry["note"].rpartition("\n\n")
        words = dict(row.partition(" ")[::2] for row in text.split("\n")[2:])
        if type(of) is not int or not 0 <= of < n or not {"role", "meaning"} <= words.keys() or tail.count(" ") < 2:
            continue
        more = f"for {words['for']}\nunder {words.get('under')}" if "for" in words else ""
        try:
            new = statement(case, {"at": "", "by": "", **entry}, words["role"], words["meaning"], more)
            entry["note"] = made.note_of(new, DemonstrationKey(tail.split(" ")[1])).decode()
            case.lines[n] = made.text_of(entry)
        except (ValueError, AttributeError, TypeError, KeyError):
            continue
        rechain(case, draw, n)


def resign(case: Case, draw: random.Random) -> None:
    """A checkpoint over the lines as they are now; what the auditor holds may be made anew or not."""
    if not case.lines:
        return
    case.checkpoint = made.checkpoint_of(case.lines, draw.choice([NEXT_LOG_KEY] * 8 + [LOG_KEY]))
    if draw.random() < 0.7:
        case.given = [case.checkpoint]
    if draw.random() < 0.7 and len(case.lines) >= 25:
        case.heads["25"] = made.checkpoint_of(case.lines[:25], LOG_KEY, NEXT_LOG_KEY, BOARD_KEY, time=1772668800)


def perhaps(draw: random.Random, case: Case, *ways: Way, often: float = 0.75) -> None:
    """Do these one after another, and stop anywhere."""
    for way in ways:
        if draw.random() > often:
            return
        way(case, draw)


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
