"""A log and what lies beside it, spoiled in parts that are told: what spoiling and drawing of entries have in common.

Knows the format page and `log_maker`; nothing of `regdocs`. Who spoils has all demonstration keys, so much of what
comes out is chained and signed as it should be, and is wrong in its meaning only.
"""

import base64
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


def new_head(case: Case, draw: random.Random, size: int, time: int = 1772668800) -> bytes:
    """A head of this size: of the log or of another history, by a key that may or may not be the right one."""
    lines = [*case.lines, FORK, FORK, FORK] if draw.random() < 0.7 else [*case.lines[1:], FORK, FORK, FORK, FORK]
    keys = draw.choice([[NEXT_LOG_KEY], [LOG_KEY], [LOG_KEY, NEXT_LOG_KEY], [LOG_KEY, BOARD_KEY], [draw.choice(KEYS)]])
    size = min(size, len(lines))
    root = base64.b64encode(made.root_of([made.leaf_hash(line) for line in lines[:size]])).decode()
    origin = draw.choice([ORIGIN] * 8 + [OTHER])
    return made.note_of(f"{origin}\n{size}\n{root}\n", *keys, time=time)


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


def put_out(case: Case, draw: random.Random, value: Any) -> Any:
    text = draw.choice([made.text_of(value)] * 4 + [b" 1", b'"\xff"', made.text_of(value) + b" "])
    if draw.random() < 0.8:
        case.objects[made.digest_of(text)] = text
    return {"bytes": draw.choice([len(text)] * 6 + [1, 2**40, -1]), "object": made.digest_of(text)}


def deep(levels: int) -> Any:
    value: Any = 1
    for _ in range(levels):
        value = [value]
    return {"v": value} if levels < 60 else value
