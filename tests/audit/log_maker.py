"""Makes valid audit logs for tests, and spoils them: a few lines over hashlib and the cryptography library.

Written from docs/formats/audit-log.md; imports nothing of `regdocs`, so that a test of a verifier does not rest on the
writer that the verifier checks. All keys are demonstration keys, all times are fixed: the same log every time.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NONCE = "0123456789abcdef0123456789abcdef"
ORIGIN = "regdocs.invalid/demo-41/01234567"
BOARD = "board.example.org"
MINUTE = "2026-03-{day:02}T{hour:02}:{minute:02}:00Z"


REDLINE = "redline-from-1.0/consent/en.pdf"


def place_of(path: str) -> str:
    """Where a path of an issue lies in the folder of its version."""
    return path if path.startswith("redline-from-") else f"clean/{path}"


def text_of(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def leaf_hash(line: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + line).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The tree head as RFC 6962, section 2.1, defines it, word by word."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


class DemonstrationKey:
    """A key that anybody can derive from its name. `generation` tells the log's keys, which share a name, apart."""

    def __init__(self, name: str, kind: int = 1, generation: int = 0) -> None:
        extra = f"#{generation}" if generation else ""
        seed = hashlib.sha256(f"regdocs demonstration key {name}{extra}".encode()).digest()
        self.name, self.kind = name, kind
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw()
        typed = bytes([kind]) + self.public
        self.id = hashlib.sha256(name.encode() + b"\n" + typed).digest()[:4]
        self.text = f"{name}+{self.id.hex()}+{base64.b64encode(typed).decode()}"

    def signature(self, text: str, time: int = 0) -> str:
        """The signature line under a note's text."""
        if self.kind == 4:
            message = f"cosignature/v1\ntime {time}\n{text}"
            data = time.to_bytes(8, "big") + self._private.sign(message.encode())
        else:
            data = self._private.sign(text.encode())
        return f"— {self.name} {base64.b64encode(self.id + data).decode()}\n"


LOG_KEY, NEXT_LOG_KEY = DemonstrationKey(ORIGIN), DemonstrationKey(ORIGIN, generation=1)
BOARD_KEY = DemonstrationKey(BOARD, kind=4)


def note_of(text: str, *keys: DemonstrationKey, time: int = 0) -> bytes:
    return (text + "\n" + "".join(key.signature(text, time) for key in keys)).encode()


def checkpoint_of(lines: Sequence[bytes], *keys: DemonstrationKey, time: int = 0) -> bytes:
    """A checkpoint over these lines, signed by the newest log key unless keys are given."""
    root = base64.b64encode(root_of([leaf_hash(line) for line in lines])).decode()
    return note_of(f"{ORIGIN}\n{len(lines)}\n{root}\n", *(keys or (NEXT_LOG_KEY,)), time=time)


def footer_of(lines: Sequence[bytes]) -> str:
    number = int.from_bytes(root_of([leaf_hash(line) for line in lines])[:20], "big")
    letters = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[number >> 5 * place & 31] for place in range(31, -1, -1))
    return f"log {len(lines)} · " + "-".join(letters[place : place + 4] for place in range(0, 32, 4))


class LogMaker:
    """A log that grows entry by entry; `write` puts it into a study's folder."""

    def __init__(self, four_eyes: bool = False) -> None:
        self.lines: list[bytes] = []
        self.entries: list[dict[str, Any]] = []
        self.objects: dict[str, bytes] = {}
        self.sealed: dict[str, bytes] = {}
        self.heads: dict[int, bytes] = {}
        self.issued: dict[str, bytes] = {}
        self.names: dict[str, str] = {}
        self.log_key = LOG_KEY
        self._begin(four_eyes)

    # ----------------------------------------------------------------------------------------------------- entries

    def add(self, do: str, by: str, **own: Any) -> int:
        """Append an entry; values over 4,096 bytes go out as objects. Returns its number."""
        n = len(self.lines)
        prev = leaf_hash(self.lines[-1]) if self.lines else hashlib.sha256(b"").digest()
        at = MINUTE.format(day=1 + n // 24, hour=n % 24, minute=n % 60)
        entry = {"do": do, "by": by, "n": n, "prev": prev.hex(), "at": at, **own}
        entry = {key: self.put_out(value) for key, value in entry.items()}
        self.entries.append(entry)
        self.lines.append(text_of(entry))
        return n

    def keep(self, data: bytes) -> str:
        self.objects[digest_of(data)] = data
        return digest_of(data)

    def put_out(self, value: Any) -> Any:
        if len(text_of(value)) <= 4096:
            return value
        return {"bytes": len(text_of(value)), "object": self.keep(text_of(value))}

    def seal(self, value: str, kept: bool = True) -> dict[str, str]:
        salt = hashlib.sha256(value.encode()).digest()[:16]
        digest = digest_of(salt + text_of(value))
        if kept:
            self.sealed[digest] = text_of({"salt": salt.hex(), "value": value})
        return {"sealed": digest}

    def person(self, person: str, name: str, *roles: str) -> dict[str, Any]:
        self.names[person] = name
        key = DemonstrationKey(f"{person}/k1")
        verified = {"how": "passport seen", "by": "Ann Admin"}
        return {"person": person, "name": name, "roles": list(roles), "key": key.text, "verified": verified}

    def possession(self, person: str, key: DemonstrationKey) -> str:
        return note_of(f"{ORIGIN}\nregdocs-possession/v1\nperson {person}\nkey {key.text}\n", key).decode()

    def enrol(self, person: str, name: str, *roles: str, by: str) -> int:
        own = self.person(person, name, *roles)
        possession = self.possession(person, DemonstrationKey(f"{person}/k1"))
        return self.add("enrol", by, **own, possession=possession)

    def sign(self, of: int, by: str, role: str, meaning: str, key: str = "k1", **more: Any) -> int:
        """Append the signature of a person over an entry; `more` may hold `for` and `under`."""
        n = len(self.lines)
        at = MINUTE.format(day=1 + n // 24, hour=n % 24, minute=n % 60)
        text = self.statement(of, by, role, meaning, at, more)
        return self.add("sign", by, of=of, note=note_of(text, DemonstrationKey(f"{by}/{key}")).decode())

    def statement(self, of: int, by: str, role: str, meaning: str, at: str, more: dict[str, Any]) -> str:
        entry = self.entries[of]
        version = self.entries[entry["of"]] if entry["do"] == "issue" else entry
        rows = [ORIGIN, "regdocs-signature/v1", f"entry {of} {leaf_hash(self.lines[of]).hex()}"]
        if version["do"] in ("release", "amend"):
            rows.append(f"version {version['version']}")
        if version["do"] == "amend":
            rows.append(f"amendment {version['amendment']}")
        if entry["do"] in ("release", "amend"):
            rows.append(f"data sha256:{entry['data']}")
        if entry["do"] == "issue":
            rows.append(f"files sha256:{entry['files']}")
        rows += [f"name {self.names[by]}", f"role {role}", f"meaning {meaning}"]
        rows += [f"{key} {more[key]}" for key in ("for", "under") if key in more]
        return "\n".join([*rows, f"time {at}", ""])

    def authorise(self, of: int, *people: str) -> None:
        for person in people:
            self.sign(of, person, "administrator", "authorisation")

    # ---------------------------------------------------------------------------------------------------- versions

    def list_of(self, files: dict[str, bytes], keep: Callable[[str], bool] = lambda path: True) -> str:
        """Keep a list of files, and those of the files that are kept; returns the list's digest."""
        for path, data in files.items():
            if keep(path):
                self.keep(data)
        rows = [f"{digest_of(files[path])}  {path}\n" for path in sorted(files, key=str.encode)]
        return self.keep("".join(rows).encode())

    def version(self, do: str, by: str, version: str, form: Any, **own: Any) -> int:
        protocol = f"# version {version}\n".encode() + text_of(form) + b"\n"  # JSON is YAML, so it loads to the form
        inputs = {
            "protocol.yaml": protocol,
            "templates/consent/main.html": b"<p>Consent</p>",
            "fonts/serif.ttf": b"not kept",
            "toolchain.json": b"{}",
        }
        listed = self.list_of(inputs, lambda path: not path.startswith("fonts/"))
        own = {
            "version": version,
            "data": self.keep(text_of(form)),
            "spec": self.keep(protocol),
            "inputs": listed,
            **own,
        }
        n = self.add(do, by, **own)
        self.sign(n, by, "principal-investigator", "authorship", "k2" if n > 20 else "k1")
        return n

    def issue(self, of: int, by: str, documents: dict[str, bytes], kept: str = "bytes", **more: Any) -> int:
        files = {**documents, **{f"{path}.tree": b'{"tree":' + data + b"}" for path, data in documents.items()}}
        listed = self.list_of(files, lambda path: kept == "bytes" or path.endswith(".tree"))
        version = self.entries[of]["version"]
        same = {"language": "en", "version": version, "date": "2026-03-01", "formats": ["pdf"]}
        told = [{"kind": path.split("/")[0], **same} for path in documents if not path.startswith("redline-from-")]
        n = self.add("issue", by, of=of, files=listed, documents=told, kept=kept, **more)
        self.sign(n, by, "principal-investigator", "authorship", "k2" if n > 20 else "k1")
        if kept == "bytes":
            self.issued.update({f"{version}/{place_of(path)}": data for path, data in documents.items()})
        return n

    def _begin(self, four_eyes: bool) -> None:
        people = [self.person("ann@example.org", "Ann Admin", "administrator")]
        people.append(self.person("bob@example.org", "Bùi Bob", "administrator", "sponsor"))
        rules = {"four_eyes": four_eyes, "approval": ["principal-investigator"]}
        own = {"format": "regdocs.audit/v1", "study": "demo-41", "sponsor": "Example Hospital", "nonce": NONCE,
               "origin": ORIGIN, "rules": rules, "people": people, "log_key": LOG_KEY.text, "keys": "demonstration",
               "purpose": "study", "tool": "regdocs 0.0"}  # fmt: skip
        self.authorise(self.add("genesis", "ann@example.org", **own), "ann@example.org", "bob@example.org")

    # ----------------------------------------------------------------------------------------------------- on disk

    def checkpoint(self, time: int = 0) -> bytes:
        return checkpoint_of(self.lines, self.log_key, time=time)

    def write(self, study: Path) -> Path:
        """Write a study's folder: audit/ and issued/."""
        audit = study / "audit"
        for folder in ("objects", "sealed", "heads"):
            (audit / folder).mkdir(parents=True, exist_ok=True)
        write_lines(study, self.lines)
        (audit / "checkpoint").write_bytes(self.checkpoint())
        for folder, kept in (("objects", self.objects), ("sealed", self.sealed)):
            for name, data in kept.items():
                (audit / folder / name).write_bytes(data)
        for size, note in self.heads.items():
            (audit / "heads" / f"{size}.note").write_bytes(note)
        for path, data in self.issued.items():
            (study / "issued" / path).parent.mkdir(parents=True, exist_ok=True)
            (study / "issued" / path).write_bytes(data)
        return study


def log_of_41_entries() -> LogMaker:  # noqa: PLR0915  # a list of entries, in order
    """A log in which each kind of entry occurs."""
    log = LogMaker()
    ann, bob, jane, carl = "ann@example.org", "bob@example.org", "jane.doe@example.org", "carl@example.org"
    log.authorise(log.enrol(jane, "Jane Q. Doe, MD", "principal-investigator", by=ann), ann)
    log.authorise(log.enrol(carl, "Carl Nguyễn", "coordinator", by=ann), ann)
    form: dict[str, Any] = {
        "version": "1.0",
        "title": "Demo",
        "arms": [{"id": "a", "dose": "1 mg"}, {"id": "b", "dose": "2 mg"}],
        "n": 40,
    }
    first = log.version("release", jane, "1.0", form)
    log.issue(first, jane, {"consent/en.pdf": b'"consent 1"', "protocol/en.pdf": b'"protocol 1"'})
    log.sign(first, jane, "principal-investigator", "approval")
    note = log.add("note", carl, text="Một ghi chú dài. " * 400, on="2026-02-01")
    changed = {**form, "arms": [{"id": "c", "dose": "3 mg"}, {"id": "a1", "dose": "1 mg"}], "site~/": "x", "n": 50}
    changed["version"] = "2.0"
    steps = [
        {"path": "/version", "old": "1.0", "new": "2.0"},
        {"path": "/n", "old": 40, "new": 50},
        {"path": "/arms/c", "new": {"id": "c", "dose": "3 mg"}, "after": None},
        {"path": "/arms/a", "rename": "a1"},
        {"path": "/arms", "order": ["c", "b", "a1"]},
        {"path": "/arms/b", "old": {"id": "b", "dose": "2 mg"}},
        {"path": "/site~0~1", "new": "x"},
    ]
    second = log.version("amend", jane, "2.0", changed, amendment=1, what=steps, why="Safety board asked for it")
    log.issue(second, jane, {"consent/en.pdf": b'"consent 2"', REDLINE: b'"consent 1 to 2"'})
    k2 = DemonstrationKey(f"{jane}/k2")
    log.authorise(log.add("key-add", bob, person=jane, key=k2.text, possession=log.possession(jane, k2)), bob)
    log.authorise(log.add("key-revoke", ann, key=f"{jane}/k1", since=17, why="token lost"), ann)
    log.authorise(log.add("role", ann, person=carl, roles=["coordinator", "regulatory"]), ann)
    log.authorise(log.add("log-key", ann, key=NEXT_LOG_KEY.text, why="yearly change"), ann)
    log.heads[25] = checkpoint_of(log.lines, LOG_KEY, NEXT_LOG_KEY, BOARD_KEY, time=1772668800)  # 2026-03-05T00:00:00Z
    log.log_key = NEXT_LOG_KEY
    log.add("correct", carl, of=note, text="The note is of another visit.")
    removed = log.seal("a participant's name", kept=False)
    log.add("note", carl, text=removed)
    log.add("redact", ann, sealed=removed["sealed"], why="asked for by the participant")
    log.add("note", carl, text=log.seal("a telephone number"))
    scan = log.keep(b"a scan of a page with a signature")
    log.add("signed-elsewhere", carl, of=first, kind="ink", signer="Dr. Ink", meaning="review", object=scan,
            bytes=len(log.objects[scan]), on="2026-03-01")  # fmt: skip
    log.add("anchor", ann, kind="cosignature", size=25, object=log.keep(log.heads[25]), time="2026-03-05T00:00:00Z")
    log.add("clock", "regdocs", reads="2026-03-01T00:00:00Z")
    log.add("recovered", "regdocs", object=log.keep(b"half a li"), bytes=9)
    log.add("import", carl, object=digest_of(b"a page"), source="a registry", title="Record", on="2026-03-02")
    draft = {"protocol.yaml": b"draft", "toolchain.json": b"{}"}
    log.add("snapshot", jane, data=log.keep(text_of(changed)), spec=log.keep(b"draft"), inputs=log.list_of(draft))
    log.sign(second, jane, "principal-investigator", "review", "k2")
    log.version("amend", jane, "3.0", {**changed, "version": "3.0", "title": "Long. " * 900}, amendment=2,
                why="a longer title", what=[{"path": "/title", "old": "Demo", "new": log.put_out("Long. " * 900)},
                                            {"path": "/version", "old": "2.0", "new": "3.0"}])  # fmt: skip
    replaces = [{"path": "consent/en.pdf", "why": "a page was missing"}]
    log.issue(second, jane, {"consent/en.pdf": b'"consent 2, whole"'}, replaces=replaces)
    delegated: dict[str, Any] = {"for": jane, "under": 21}
    log.sign(second, carl, "regulatory", "responsibility", **delegated)
    return log


TRUST = f"# the log's first key, and a board's\n{LOG_KEY.text}\n\n{BOARD_KEY.text}\n"


# ---------------------------------------------------------------------------------------------------------- spoiling


def write_lines(study: Path, lines: Sequence[bytes]) -> None:
    (study / "audit" / "log.jsonl").write_bytes(b"".join(line + b"\n" for line in lines))


def rechained(lines: Sequence[bytes], first: int = 0) -> list[bytes]:
    """The lines with `n` and `prev` made again from line `first` on, as a careful forger does it."""
    done = list(lines[:first])
    for line in lines[first:]:
        prev = leaf_hash(done[-1]) if done else hashlib.sha256(b"").digest()
        done.append(text_of({**json.loads(line), "n": len(done), "prev": prev.hex()}))
    return done


def resign(study: Path, lines: Sequence[bytes], key: DemonstrationKey = NEXT_LOG_KEY) -> None:
    """Write these lines and a checkpoint over them: what somebody with the log's key can do."""
    write_lines(study, lines)
    (study / "audit" / "checkpoint").write_bytes(checkpoint_of(lines, key))


def edited(lines: Sequence[bytes], n: int, /, **changes: Any) -> list[bytes]:
    """The lines with some values of one entry changed, and nothing else."""
    return [*lines[:n], text_of({**json.loads(lines[n]), **changes}), *lines[n + 1 :]]


def flipped(data: bytes, bit: int) -> bytes:
    return data[: bit // 8] + bytes([data[bit // 8] ^ 1 << bit % 8]) + data[bit // 8 + 1 :]


def deleted(lines: Sequence[bytes], n: int) -> list[bytes]:
    return [*lines[:n], *lines[n + 1 :]]


def doubled(lines: Sequence[bytes], n: int) -> list[bytes]:
    return [*lines[: n + 1], *lines[n:]]


def swapped(lines: Sequence[bytes], n: int, m: int) -> list[bytes]:
    done = list(lines)
    done[n], done[m] = done[m], done[n]
    return done
