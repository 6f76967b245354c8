"""Verify an unpacked package with nothing but Python 3.9 or later, this file, and standalone_verify.py beside it.

    python3 standalone_package.py FOLDER --trust FILE [--head FILE]...

Written from docs/formats/package.md and HOW-TO-VERIFY.txt and nothing else; shares no code with the program that makes
packages. It looks at what a package claims: files, manifest, ties, the package's own entry and signature, chain, root,
head and predecessor. Other signatures, rights and forms of entries are `regdocs verify`'s. A zip is unpacked first
(python3 -m zipfile -e PACKAGE.zip FOLDER), into a new folder. A package with proofs in place of the log is not read
here. Exit codes as standalone_verify.py has them.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Iterator
from typing import Any

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import standalone_verify as log  # type: ignore[import-not-found]

# Papers of a package, and the one place of those that lie at one place only.
PAPERS = {
    "cover-letter": "",
    "contents-list": "",
    "deviation-list": "",
    "manifest": "MANIFEST.xlsx",
    "instructions": "HOW-TO-VERIFY.txt",
}
MANIFEST_LIMIT, LIST_LIMIT, LOG_LIMIT = 4_500_000, 4 << 20, 1 << 28
REDLINE = "redline-from-"
NOT_CHECKED = """NOT checked here:
  - signatures but the package's own, who was entitled to what, forms of entries, amendments: `regdocs verify`
  - names of files, titles, sections, bases: they are the words of who made the package"""


class Package:
    """One package, and what is wrong with it as pairs of verdict and message."""

    def __init__(self, folder: str, trust: list[Any]) -> None:
        self.folder, self.trust = folder, trust
        self.faults: list[tuple[int, str]] = []
        self.listed: list[str] = []
        self.data = self.read(MANIFEST_LIMIT, "MANIFEST.json")
        self.said: Any = log.parse_json(self.data[:-1])
        if not log.is_object(self.said.get("profile") if isinstance(self.said, dict) else None, "name", "sha256"):
            raise log.Bad("MANIFEST.json is not of the format regdocs.package/v1")
        self.lines: list[bytes] = self.read(LOG_LIMIT, "log", "log.jsonl").split(b"\n")
        if self.lines.pop() != b"":
            raise log.Bad("log/log.jsonl does not end with an LF")
        self.leaves = [log.leaf_hash(line) for line in self.lines]
        self.entries: list[Any] = [log.parse_json(line) for line in self.lines]

    def read(self, limit: int, *parts: str) -> bytes:
        """Return the bytes of a file, of `limit` bytes at most."""
        data: bytes = log.read_file(limit, self.folder, *parts)
        return data

    def fault(self, code: int, message: str) -> None:
        """Note something that does not hold."""
        self.faults.append((code, message))

    def run(self, heads: list[tuple[str, Any]]) -> None:
        """Check everything."""
        self.check_files()
        self.check_chain()
        n = self.number()
        head = log.parse_head(self.read(log.NOTE_LIMIT, "log", "checkpoint"))
        key = self.check_head(head, n)
        self.check_entry(n)
        self.check_signature(n)
        self.check_before(n)
        for row in self.said["files"]:
            for problem in self.ties(row):
                self.fault(7, f'"{row["path"]}": {problem}')
        self.check_lists()
        self.check_outside(heads, key)

    # ------------------------------------------------------------------------------------------------- 1: the files

    def check_files(self) -> None:
        """Compare each file with its row, and look for files that have none."""
        rows = {row["path"]: row for row in self.said["files"]}
        if len(rows) != len(self.said["files"]):
            self.fault(1, "MANIFEST.json names a file twice")
        there = set(self.below())
        for path, row in rows.items():
            if path not in there or log.digest_of_file(self.folder, *path.split("/")) != row["sha256"]:
                self.fault(7, f'"{path}" is missing, or not the file that the manifest names')
            elif os.path.getsize(os.path.join(self.folder, *path.split("/"))) != row["bytes"]:
                self.fault(7, f'"{path}" has another length than the manifest says')
        for path in sorted(there - rows.keys() - {"MANIFEST.json"}):
            if not path.startswith("log/"):
                self.fault(7, f'"{path}" is not in the manifest')
        if log.encode(self.said) + b"\n" != self.data:
            self.fault(1, "MANIFEST.json is not written as RFC 8785 has it")

    def below(self) -> Iterator[str]:
        """Yield the paths of all that is no folder."""
        for top, _, names in os.walk(self.folder):
            for name in names:
                yield os.path.relpath(os.path.join(top, name), self.folder).replace(os.sep, "/")

    # ------------------------------------------------------------------------------------------------- 2-5: the log

    def number(self) -> int:
        """Return the number of the package's entry."""
        wanted = hashlib.sha256(self.data).hexdigest()
        found = [
            n for n, one in enumerate(self.entries) if one.get("do") == "package" and one.get("manifest") == wanted
        ]
        if not found:
            raise log.Bad("no entry of the log names this manifest", 7)
        return found[-1]

    def check_chain(self) -> None:
        """Look whether each entry has its number and the hash of the line before."""
        before = hashlib.sha256(b"").hexdigest()
        for n, entry in enumerate(self.entries):
            if not isinstance(entry, dict) or entry.get("n") != n or entry.get("prev") != before:
                raise log.Bad(f"line {n + 1}: its number or the hash of the line before is another one")
            before = self.leaves[n].hex()

    def root(self, first: int, end: int) -> bytes:
        """Return the root over some lines: RFC 6962, 2.1."""
        if end - first == 1:
            leaf: bytes = self.leaves[first]
            return leaf
        half = 1 << ((end - first - 1).bit_length() - 1)
        node: bytes = log.node_hash(self.root(first, first + half), self.root(first + half, end))
        return node

    def check_head(self, head: Any, n: int) -> Any:
        """Compare the head with the lines; return the log's key."""
        if head.size != len(self.lines) or head.size != n + 2 or self.root(0, len(self.lines)) != head.root:
            self.fault(
                1, "log/checkpoint is not the head of these lines, or they do not end with the package's signature"
            )
        own = self.said["head"]
        if own["size"] != n or self.root(0, n).hex() != own["root"]:
            self.fault(1, "the manifest extends another head than that of the lines before its entry")
        keys = [self.entries[0]["log_key"], *(one["key"] for one in self.entries if one["do"] == "log-key")]
        key = log.parse_key(keys[-1])
        if key not in self.trust:
            self.fault(6, "the log's key is not in the trust file")
        if not self.is_signed(head, key):
            self.fault(1, "log/checkpoint is not signed by the log's key")
        return key

    def is_signed(self, head: Any, key: Any) -> bool:
        """Tell whether a head is of this log and signed by its key."""
        own = [data for name, digits, data in head.note.signatures if (name, digits) == (key.name, key.id)]
        return head.origin == self.entries[0]["origin"] and any(log.has_signed(key, head.note, one) for one in own)

    # ------------------------------------------------------------------------------------- 2, 6: the package's entry

    def check_entry(self, n: int) -> None:
        """Compare the entry with the manifest."""
        entry, said, genesis = self.entries[n], self.said, self.entries[0]
        keys = ("kind", "site", "on")
        own = [entry["profile"], *(entry.get(key) for key in keys)]
        if own != [said["profile"]["name"], *(said.get(key) for key in keys)]:
            self.fault(1, "profile, kind, site or day of the entry are others than the manifest's")
        if (said["study"], said["origin"]) != (genesis["study"], genesis["origin"]):
            self.fault(1, "the manifest names another study or log")
        rows = [row for row in said["files"] if row["document"] not in ("cover-letter", "manifest")]
        listed = [{"path": row["path"], "sha256": row["sha256"]} for row in rows]
        listed.sort(key=lambda one: str(one["path"]).encode())
        told = {"profile": said["profile"]["sha256"], "kind": said["kind"], "site": said.get("site"), "files": listed}
        if hashlib.sha256(log.encode(told)).hexdigest() != entry["contents"]:
            self.fault(1, "the contents of the entry are others than the manifest's files")
        versions = [one["version"] for one in self.entries if one["do"] in ("release", "amend")]
        if said["version"] not in versions:
            self.fault(1, "the manifest names a version that the log does not have")

    def check_signature(self, n: int) -> None:
        """Look whether the entry is signed, in the next one, by who made the package."""
        sign, by = self.entries[n + 1], self.entries[n]["by"]
        note = log.parse_note(sign.get("note", "").encode())
        (name, digits, data), text = note.signatures[0], note.text
        key = self.keys().get(name)
        begins = f"{self.entries[0]['origin']}\nregdocs-signature/v1\nentry {n} {self.leaves[n].hex()}\n"
        good = key is not None and key.id == digits and log.has_signed(key, note, data)
        if (
            sign["do"] != "sign"
            or sign["of"] != n
            or not text.startswith(begins)
            or "\nmeaning authorship\n" not in text
        ):
            self.fault(5, "the entry after the package's is no signature of it")
        elif not good or sign["by"] != by or name.rpartition("/")[0] != by:
            self.fault(5, "the package is not signed, with a good key, by who made it")

    def keys(self) -> dict[str, Any]:
        """Return the keys of persons that are good at the end, by name."""
        found = {one["key"]: one["key"] for one in self.entries[0]["people"]}
        for entry in self.entries:
            if entry["do"] in ("enrol", "key-add"):
                found[entry["key"]] = entry["key"]
            elif entry["do"] == "key-revoke":
                found = {text: text for text in found if text.split("+")[0] != entry["key"]}
        return {text.split("+")[0]: log.parse_key(text) for text in found}

    def check_before(self, n: int) -> None:
        """Look whether the package before is the one that the manifest says."""
        before, of = self.said.get("before"), self.entries[n].get("of")
        if (before or {}).get("entry") != of:
            self.fault(1, "it goes on from another package than the manifest says")
        elif before is not None:
            entry, size = self.entries[of], before["size"]
            own = (entry["do"], entry["on"], of + 2) == ("package", before["on"], size)
            if not own or not 0 < size <= n or self.root(0, size).hex() != before["root"]:
                self.fault(1, "the package before, or the root of its log, is another one than the manifest says")

    # ------------------------------------------------------------------------------------------------ 7, 8: documents

    def ties(self, row: Any) -> Iterator[str]:
        """Yield why a file is not what its row says."""
        tie, document = row["from"], row["document"]
        if document in PAPERS:
            self.listed.append(f"a paper that rests on its maker alone: {row['path']}")
            if PAPERS[document] not in ("", row["path"]) or tie != {"package": True}:
                yield f"it is called {document}, and lies at another place"
        elif "path" in tie:
            yield from self.issued(row, tie.get("issue", tie.get("printed")), tie["path"])
        elif "entry" in tie or "submission" in tie:
            entry = self.entries[tie.get("entry", tie.get("submission"))]
            kept = [entry.get("file"), *self.value(entry, "response"), *self.value(entry, "external")]
            if row["sha256"] not in [one.get("object", one.get("sha256")) for one in kept if isinstance(one, dict)]:
                yield "the entry that it is tied to does not name it"
            copy = [entry.get("document"), entry.get("site")]
            own = ["/".join((document, row["language"], row["version"])), row.get("site")]
            if row["state"] == "stamped" and (entry["do"] != "receive" or copy != own):
                yield "the entry that it is tied to keeps another document"
        else:
            self.listed.append(f"tied to this package alone: {row['path']}")
            if row["state"] == "stamped":
                yield "it is called stamped, and no entry keeps it"

    def issued(self, row: Any, n: int, path: str) -> Iterator[str]:
        """Yield why a file is not the one that an entry issued under a path."""
        entry = self.entries[n]
        listed = log.parse_list(self.at_hand(entry["files"])) if entry["do"] == "issue" else {}
        if path not in listed or ("issue" in row["from"] and listed[path] != row["sha256"]):
            yield f"entry {n} did not issue it under that path"
        if "printed" in row["from"]:
            self.listed.append(f"printed for this package alone: {row['path']}")
        names, redline = path.rpartition(".")[0].split("/"), path.startswith(REDLINE)
        names = names[1:] if redline else names
        which = [names[0], names[1] if len(names) > 2 else None, names[-1]]
        state = "tracked" if redline else "clean"
        if which != [row["document"], row.get("site"), row["language"]] or row["state"] != state:
            yield f'entry {n} issued it as "{path}", which is another document, site, language or state'
        told = [
            (one.get("version"), one.get("date"))
            for key in (("redlines",) if redline else ("documents", "companions"))
            for one in self.value(entry, key)
            if [one.get("kind"), one.get("site", one.get("part")), one.get("language")] == which
        ]
        if told and (row["version"], row["date"]) not in told:
            yield f"entry {n} issued it in another version or of another date"

    def value(self, entry: Any, key: str) -> list[Any]:
        """Return a list of an entry, also one that was put out as an object."""
        found = entry.get(key, [])
        if log.is_object(found, "bytes", "object"):
            found = log.parse_json(self.at_hand(found["object"]))
        return found if isinstance(found, list) else []

    def at_hand(self, digest: str) -> bytes:
        """Return what lies in log/lists/ under a digest."""
        data = self.read(LIST_LIMIT, "log", "lists", digest)
        if hashlib.sha256(data).hexdigest() != digest:
            raise log.Bad(f"log/lists/{digest} is not what its name says", 7)
        return data

    def check_lists(self) -> None:
        """Look for files below log/ that do not belong there."""
        for path in self.below():
            name = path.rpartition("/")[2]
            if path.startswith("log/lists/"):
                self.look_at(path, name)
            elif path.startswith("log/") and name not in ("log.jsonl", "checkpoint", "package.tlog-proof"):
                self.fault(7, f"{path} does not belong to this package")

    def look_at(self, path: str, name: str) -> None:
        """Look whether a list is what its name says."""
        try:
            self.at_hand(name)
        except log.Bad as error:
            self.fault(7, f"{path}: {error}")

    # ------------------------------------------------------------------------------------------------------- 10: heads

    def check_outside(self, heads: list[tuple[str, Any]], key: Any) -> None:
        """Compare heads from outside with the lines."""
        for name, head in heads:
            if not self.is_signed(head, key):
                self.fault(6, f"{name} is no head of this log, signed by its key")
            elif head.size > len(self.lines):
                self.fault(
                    3, f"{name} is of {head.size} lines, and the package has {len(self.lines)}: ask for a newer one"
                )
            elif self.root(0, head.size) != head.root:
                self.fault(4, f"{name} has another root: two histories were signed for one log")
        if not heads:
            self.fault(9, "no head from outside: the end may have been cut off")


def verified(folder: str, trust: str, heads: list[str]) -> tuple[int, list[str]]:
    """Return the gravest verdict, and the lines of a report.

    Raises OSError, ValueError or log.Bad where what was given with the call cannot be read.
    """
    rows = log.read_file(log.NOTE_LIMIT, os.path.realpath(trust)).decode().splitlines()
    keys = [log.parse_key(row) for row in rows if row and not row.startswith("#")]
    given = [
        (f"the head {path}", log.parse_head(log.read_file(log.NOTE_LIMIT, os.path.realpath(path)))) for path in heads
    ]
    faults, listed = found_in(folder, keys, given)
    code = next((one for one in log.VERDICTS if one in [fault for fault, _ in faults]), 0)
    lines = [f"FAULT {one}, {log.VERDICTS[one]}: {log.shown(message)}" for one, message in faults]
    lines += [f"Listed: {log.shown(one)}" for one in listed]
    return code, [*lines, NOT_CHECKED, f"Exit code {code}: {log.VERDICTS[code]}"]


def found_in(folder: str, keys: list[Any], heads: list[tuple[str, Any]]) -> tuple[list[tuple[int, str]], list[str]]:
    """Return what is wrong with a package, and what a reader should know; whatever the bytes are."""
    package = None
    try:
        package = Package(folder, keys)
        package.run(heads)
    except log.Bad as error:
        return [*(package.faults if package else ()), (error.code, str(error))], []
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        return [*(package.faults if package else ()), (1, f"it is not of the form it should have: {error!r}")], []
    return package.faults, package.listed


def main() -> int:
    """Read the call, verify, print."""
    parser = argparse.ArgumentParser(description="Verify an unpacked package of the format regdocs.package/v1.")
    parser.add_argument("folder", help="the unpacked package")
    parser.add_argument("--trust", metavar="FILE", required=True, help="verifier keys that you trust, one a line")
    parser.add_argument("--head", metavar="FILE", action="append", default=[], help="a checkpoint that you kept")
    asked = parser.parse_args()
    if os.path.isdir(os.path.join(asked.folder, "log", "entries")):
        parser.error("it has proofs in place of the log, which are not read here")
    try:
        code, lines = verified(asked.folder, asked.trust, asked.head)
    except (log.Bad, OSError, ValueError) as error:
        parser.error(f"nothing was verified: {log.shown(str(error))}")
    sys.stdout.buffer.write("\n".join(lines).encode("utf-8", "backslashreplace") + b"\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
