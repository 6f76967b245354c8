"""Entries drawn for a log, many of them wrong in one place, and signed by one who has all demonstration keys."""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

from tests.audit import log_maker as made
from tests.audit.log_maker import BOARD_KEY, LOG_KEY, NEXT_LOG_KEY, ORIGIN, DemonstrationKey
from tests.audit.spoiled_case import (
    ANN,
    BOB,
    CARL,
    EVE,
    JANE,
    KEYS,
    OTHER,
    PERSONS,
    Case,
    changed,
    deep,
    new_head,
    perhaps,
    put_out,
    rechain,
    resign,
    sign_anew,
    statement,
)


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


def new_package(case: Case, draw: random.Random) -> dict[str, Any]:
    own: dict[str, Any] = {"profile": draw.choice(["generic"] * 4 + [""]), "kind": "amendment", "on": "2026-03-01"}
    own |= {"manifest": "1" * 64, "contents": draw.choice(["2" * 64] * 4 + ["2"])}
    own |= draw.choice([{}, {"site": "north"}, {"site": ""}])
    return {"do": "package", **own, **draw.choice([{}, {"of": 3}, {"of": len(case.lines) + 5}, {"of": -1}])}


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
    new_package,
]  # fmt: skip
