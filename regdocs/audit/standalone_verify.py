"""Verify an audit log of the format regdocs.audit/v1 with nothing but Python 3.9 or later: one file, no other package.

    python3 standalone_verify.py [FOLDER] [--trust FILE] [--head FILE]... [--footer TEXT]... [--json]

FOLDER is a study's folder (with audit/ in it) or an audit folder. A zip is unpacked first, into a new folder:
`python3 -m zipfile -e study.zip FOLDER`. Do not trust a copy of this program because it came with the log.

Written from docs/formats/audit-log.md ("the page") and nothing else; shares no code with the program that writes logs.
It opens only regular files inside FOLDER, follows no link there, writes nothing, and reads the log line by line. The
exit code is the gravest verdict: the first of 4, 3, 1, 8, 7, 5, 6, 10, 9 that occurs, else 0; 2 for a wrong call.
"""

# fmt: off
# Guards stand on one line and tables in columns, so that the whole can be read in one sitting.
from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import io
import json
import os
import re
import stat
import sys
import unicodedata
import zlib
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Callable, Iterator, NamedTuple

WORDS = {0: "all that was asked holds", 1: "altered", 2: "wrong call", 3: "truncated or rolled back", 4: "fork",
         5: "signature missing, revoked or not sufficient", 6: "unknown key", 7: "file missing or different",
         8: "cannot be read as a log", 9: "truncation cannot be decided"}
PRECEDENCE = (2, 4, 3, 1, 8, 7, 5, 6, 10, 9)
LINE_LIMIT = NOTE_LIMIT = 65_536  # a line, its LF counted, is shorter
OBJECT_LIMIT = 64 * 1024 * 1024  # for an object that is read and not only hashed, and for all that one entry puts out
KEPT = 10_000  # so many heads are read, and faults and listed things kept, at most
EVERY = 64  # the place of each 64th line is remembered, to find an entry again that is signed
MEANINGS = ("authorship", "review", "approval", "responsibility", "authorisation")
ROLES = ("administrator", "sponsor", "principal-investigator", "investigator", "coordinator", "regulatory",
         "medical-monitor", "statistician", "monitor", "auditor", "observer")

class Bad(Exception):
    """What was read is not what it should be; the message says why, `code` is the verdict."""
    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code

# ---- files: regular ones under one folder; a link, a pipe or a device counts as missing

def is_folder(top: str, *parts: str) -> bool:
    try:
        steps = [os.path.join(top, *parts[: count + 1]) for count in range(len(parts))]
        return all(stat.S_ISDIR(os.lstat(step).st_mode) for step in steps)
    except (OSError, ValueError):
        return False

def open_file(top: str, *parts: str) -> BinaryIO | None:
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    path = os.path.join(top, *parts)
    try:
        found = is_folder(top, *parts[:-1]) and stat.S_ISREG(os.lstat(path).st_mode)
        return os.fdopen(os.open(path, flags), "rb") if found else None
    except (OSError, ValueError):
        return None

def read_file(limit: int, top: str, *parts: str) -> bytes | None:
    """The whole file; None when it is not there or larger than the limit."""
    file = open_file(top, *parts)
    if file is None: return None
    with file: data = file.read(limit + 1)
    return data if len(data) <= limit else None

def digest_of_file(top: str, *parts: str) -> str | None:
    file, digest = open_file(top, *parts), hashlib.sha256()
    if file is None: return None
    with file:
        while piece := file.read(1 << 20): digest.update(piece)
    return digest.hexdigest()

def unpacked(data: bytes | None) -> bytes | None:
    """What a gzip file holds; None when there is none, it cannot be unpacked, or holds too much."""
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data or b"?")) as file: found = file.read(OBJECT_LIMIT + 1)
    except (OSError, EOFError, zlib.error): return None
    return found if len(found) <= OBJECT_LIMIT else None

def read_object(audit: str, digest: str) -> bytes | None:
    """The bytes of an object of this digest, which may lie packed; None when it is missing, another or too large."""
    if os.path.lexists(os.path.join(audit, "objects", digest)): data = read_file(OBJECT_LIMIT, audit, "objects", digest)
    else: data = unpacked(read_file(OBJECT_LIMIT, audit, "objects", digest + ".gz"))
    return data if data is not None and hashlib.sha256(data).hexdigest() == digest else None

def names_in(top: str, *parts: str) -> list[str]:
    try: return sorted(os.listdir(os.path.join(top, *parts))) if is_folder(top, *parts) else []
    except OSError: return []

def files_below(top: str, *parts: str) -> Iterator[str]:
    """Paths of all below a folder that are no folders themselves; links are among them, and not followed."""
    for name in names_in(top, *parts):
        if is_folder(top, *parts, name): yield from (f"{name}/{path}" for path in files_below(top, *parts, name))
        else: yield name

# ---- JSON: RFC 8785 in the page's narrow profile, where Python's sorted and compact JSON is exactly that

def parse_json(data: bytes) -> Any:
    """The value of a text that is the only text of that value; raises Bad."""
    try:
        value = json.loads(data.decode("utf-8"), parse_int=lambda digits: int(digits[:18]))  # a cut one differs below
        check_profile(value, 1)
    except (ValueError, RecursionError) as error:
        raise Bad(f"not JSON in UTF-8, or nested too deep ({str(error)[:80]})") from error
    if encode(value) != data: raise Bad("not the canonical text: order of keys, doubled keys, white space, escapes")
    return value

def encode(value: Any) -> bytes:
    try: return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error: raise Bad("nested too deep, or half a surrogate pair") from error

def is_clean(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)

def check_profile(value: Any, level: int) -> None:
    if isinstance(value, str) and not is_clean(value): raise Bad("a text with a control character, or not in NFC")
    if isinstance(value, float): raise Bad("a number that is no integer")
    if isinstance(value, int) and abs(value) >= 2**53: raise Bad("an integer beyond 2^53 - 1")
    if isinstance(value, (list, dict)):
        if level > 64: raise Bad("more than 64 levels deep")
        if isinstance(value, dict) and not all(key.isascii() and is_clean(key) for key in value):
            raise Bad("a key that is not plain ASCII")
        for item in value if isinstance(value, list) else value.values(): check_profile(item, level + 1)

# ---- Ed25519 (RFC 8032, 5.1). A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, NEUTRAL = -121665 * pow(121666, P - 2, P) % P, (0, 1, 1, 0)

def add(a: Any, b: Any) -> Any:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return ((f - e) * (d - c) % P, (d + c) * (f + e) % P, (d - c) * (d + c) % P, (f - e) * (f + e) % P)

def times(number: int, point: Any) -> Any:
    result = NEUTRAL
    while number > 0:
        result = add(result, point) if number & 1 else result
        point, number = add(point, point), number >> 1
    return result

def to_bytes(point: Any) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return bytes((y | (x & 1) << 255).to_bytes(32, "little"))

def to_point(data: bytes) -> Any:
    """The point, or None when the bytes are not the canonical encoding of one (5.1.3)."""
    sign, y = int.from_bytes(data, "little") >> 255, int.from_bytes(data, "little") & (2**255 - 1)
    if len(data) != 32 or y >= P: return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign): return None
    x = x if x & 1 == sign else P - x
    return (x, y, 1, x * y % P)

BASE = to_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))

def is_weak(public: bytes) -> bool:
    """Whether this is no canonical point, or one of low order, with which anybody can make signatures."""
    point = to_point(public)
    return point is None or to_bytes(times(8, point)) == to_bytes(NEUTRAL)

def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """5.1.7, strictly: S < L, A and R canonical, A not of low order, no cofactor."""
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= ORDER or to_point(r) is None or is_weak(public): return False
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % ORDER
    x, y, z, t = times(k, to_point(public))
    return to_bytes(add(times(s, BASE), (-x % P, y, z, -t % P))) == r

def demonstration_public(name: str) -> bytes:
    """The public key that anybody can derive for a key of this name."""
    digest = hashlib.sha512(hashlib.sha256(f"regdocs demonstration key {name}".encode()).digest()).digest()
    return to_bytes(times(int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254, BASE))

# ---- keys, signed notes, checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature)

# Kind 1 signs notes, kind 4 cosigns checkpoints with a time. A signature is the key's name, its id, and data. A head is
# a checkpoint: the root of the tree of the first `size` lines, and the note that says so.
Key = NamedTuple("Key", [("name", str), ("id", bytes), ("kind", int), ("public", bytes)])
Note = NamedTuple("Note", [("text", str), ("signatures", "list[tuple[str, bytes, bytes]]")])
Head = NamedTuple("Head", [("origin", str), ("size", int), ("root", bytes), ("note", Note)])

def is_name(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= 200 and bool(re.fullmatch("[a-z0-9][a-z0-9._/@-]*", value))

def unbase64(text: str) -> bytes:
    try: data = base64.b64decode(text.encode("ascii"), validate=True)
    except ValueError as error: raise Bad("not base64") from error
    if base64.b64encode(data).decode() != text: raise Bad("base64 that is not canonical")
    return data

def parse_key(text: str) -> Key:
    name, digits, data = [*text.split("+", 2), "", ""][:3]
    raw = unbase64(data)
    key = Key(name, hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4], raw[0] if raw else 0, raw[1:])
    if not is_name(name) or key.id.hex() != digits or key.kind not in (1, 4) or len(key.public) != 32:
        raise Bad("not an Ed25519 verifier key, or its digits do not fit")
    if is_weak(key.public): raise Bad("a key of low order or not canonical: anybody could sign with it")
    return key

def parse_note(data: bytes) -> Note:
    try: text, gap, tail = data.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as error: raise Bad("not UTF-8") from error
    if b"\r" in data: raise Bad("a signed note has no CR: line endings were converted")
    if not gap or tail[-1:] != "\n" or len(data) > NOTE_LIMIT or re.search("[\x00-\x09\x0b-\x1f]", text + tail):
        raise Bad("not a signed note")
    signatures: list[tuple[str, bytes, bytes]] = []
    for line in tail[:-1].split("\n"):
        found = re.fullmatch(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)", line)
        blob = unbase64(found[2]) if found else b""
        if not found or len(blob) < 5 or len(signatures) == 100: raise Bad("a signature line that cannot be read")
        signatures.append((found[1], blob[:4], blob[4:]))
    return Note(text + "\n", signatures)

def parse_head(data: bytes | None) -> Head:
    if data is None: raise Bad("missing, too large, or no regular file")
    note = parse_note(data)
    found = re.fullmatch("([^\n]+)\n([1-9][0-9]{0,15})\n([^\n]+)\n", note.text)
    root = unbase64(found[3]) if found else b""
    if not found or not is_name(found[1]) or int(found[2]) >= 2**53 or len(root) != 32: raise Bad("not a checkpoint")
    return Head(found[1], int(found[2]), root, note)

def has_signed(key: Key, note: Note, data: bytes) -> bool:
    if key.kind == 1: return is_signed(key.public, note.text.encode(), data)
    moment = f"cosignature/v1\ntime {int.from_bytes(data[:8], 'big')}\n"
    return is_signed(key.public, (moment + note.text).encode(), data[8:])

def parse_footer(text: str) -> tuple[int, bytes]:
    """Tree size and the first 20 bytes of the root, of a text such as "log 42 · 7QK4-M2XA-…"."""
    text = " ".join(text.split()).upper()
    found = re.fullmatch("LOG ([1-9][0-9]{0,15})[^0-9A-Z]+([0-9A-Z\u2010\u2011 -]+)", text)
    letters = re.sub("[\u2010\u2011 -]", "", found[2]).translate(str.maketrans("ILO", "110")) if found else ""
    if not found or not re.fullmatch("[0-9A-HJKMNP-TV-Z]{32}", letters):
        raise Bad('a footer reads "log 42 · 7QK4-M2XA-…", with 32 letters and digits')
    bits = "".join(format("0123456789ABCDEFGHJKMNPQRSTVWXYZ".index(letter), "05b") for letter in letters)
    return int(found[1]), int(bits, 2).to_bytes(20, "big")

# ---- forms of entries

def is_count(value: Any) -> bool: return type(value) is int and value >= 0

def is_digest(value: Any) -> bool: return isinstance(value, str) and bool(re.fullmatch("[0-9a-f]{64}", value))

def is_object(value: Any, *keys: str) -> bool: return isinstance(value, dict) and sorted(value) == sorted(keys)

def is_text(value: Any) -> bool:
    return (isinstance(value, str) and value != "") or (is_object(value, "sealed") and is_digest(value["sealed"]))

def is_line(value: Any) -> bool:
    """A text that may be signed: one line, 1-200 characters, nothing in it that a reader does not see."""
    return (isinstance(value, str) and 1 <= len(value) <= 200 and value == value.strip() and is_clean(value)
            and not re.search("[\t\n\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", value))

def is_time(value: Any) -> bool:
    try: return bool(datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ")) and bool(
        re.fullmatch("[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}:[0-9]{2}:[0-5][0-9]Z", value))
    except (TypeError, ValueError): return False

def is_roles(value: Any) -> bool:
    return isinstance(value, list) and all(role in ROLES for role in value) and len(set(value)) == len(value)

def is_key(value: Any) -> bool:
    try: return isinstance(value, str) and parse_key(value).kind == 1
    except Bad: return False

def path_problem(path: str) -> str | None:
    """Why a path is against the rules; None when a reader may open it."""
    reserved = r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])"
    if len(path) > 240 or not is_clean(path) or re.search(r"[\\:\t\n]", path): return "too long, or an odd character"
    for name in path.split("/"):
        if name in ("", ".", "..") or name[-1] in ". " or re.fullmatch(reserved, name.split(".")[0].strip(), re.I):
            return f'the segment "{name}"'
    return None

FORMS: dict[str, Callable[[Any], bool]] = {
    "count": is_count, "digest": is_digest, "text": is_text, "line": is_line, "time": is_time, "name": is_name,
    "person": lambda value: is_name(value) and "/" not in value, "key": is_key,
    "word": lambda value: isinstance(value, str) and value != "", "list": lambda value: isinstance(value, list),
    "size": lambda value: is_count(value) and value > 0, "day": lambda value: is_time(f"{value}T00:00:00Z"),
    "roles": lambda value: is_roles(value) and value != [],
    "nonce": lambda value: isinstance(value, str) and bool(re.fullmatch("[0-9a-f]{32}", value)),
    "version": lambda value: is_line(value) and "/" not in value and path_problem(value) is None,
    "verified": lambda value: isinstance(value, dict) and is_text(value.get("how")) and is_text(value.get("by")),
    "rules": lambda value: (isinstance(value, dict) and isinstance(value.get("four_eyes"), bool)
                            and is_roles(value.get("approval"))),
    "people": lambda value: isinstance(value, list) and value != [] and all(
        isinstance(person, dict) and not problems(person, PERSON) for person in value),
}
EVERY_ENTRY = "n:count prev:digest do:word by:person at:time on?:day why?:text"
PERSON = "person:person name:line roles:roles key:key verified:verified"
KINDS = {  # key:form; with "?" it may be absent; with "=" the value is one of these
    "genesis": "format:=regdocs.audit/v1 study:line sponsor:line nonce:nonce origin:name rules:rules people:people "
               "log_key:key keys:=personal|demonstration purpose:=study|record tool:word",
    "enrol": PERSON + " possession:word", "key-add": "person:person key:key possession:word",
    "role": "person:person roles:roles", "key-revoke": "key:name since?:count why:text", "log-key": "key:key why:text",
    "release": "version:version data:digest spec:digest inputs:digest",
    "amend": "version:version data:digest spec:digest inputs:digest amendment:size what:list",
    "issue": "of:count files:digest documents:list kept:=bytes|trees replaces?:list", "sign": "of:count note:word",
    "signed-elsewhere": "of:count kind:=ink|docusign|adobe|other signer:text object:digest bytes:count on:day "
                        "meaning:=" + "|".join(MEANINGS),
    "correct": "of:count text:text", "note": "text:text", "redact": "sealed:digest why:text",
    "anchor": "kind:=cosignature|timestamp size:size object:digest time:time", "clock": "reads:time",
    "import": "object:digest source:text title:text on:day", "recovered": "object:digest bytes:count",
    "snapshot": "data:digest spec:digest inputs:digest",
}

def problems(entry: dict[str, Any], forms: str) -> list[str]:
    found = []
    for name, _, form in (item.partition(":") for item in forms.split(" ")):
        key = name.rstrip("?")
        value, words = entry.get(key), form[1:].split("|")
        if key not in entry: found += [] if name.endswith("?") else [f'"{name}" is missing']
        elif not ((isinstance(value, str) and value in words) if form[0] == "=" else FORMS[form](value)):
            found.append(f'"{key}" is not of the form it must have')
    return found

# ---- lists of files, and the steps of an amendment

def parse_list(data: bytes) -> dict[str, str]:
    """Path and digest of each line of a list of files; raises Bad."""
    files: dict[str, str] = {}
    before, folded = b"", set()
    for line in data.split(b"\n")[:-1] if data.endswith(b"\n") or not data else [b"no LF"]:
        try: digest, path = line[:64].decode(), line[66:].decode()
        except UnicodeDecodeError as error: raise Bad("a line that is not UTF-8") from error
        if not is_digest(digest) or line[64:66] != b"  ": raise Bad("a line that is not `<digest>  <path>`")
        problem = path_problem(path)
        if problem: raise Bad(f'the path "{path}" is against the rules: {problem}')
        if path.casefold() in folded or line[66:] <= before: raise Bad(f'the path "{path}" is doubled or out of order')
        before, files[path] = line[66:], digest
        folded.add(path.casefold())
    return files

def ids_of(value: Any) -> list[Any]:
    """The ids by which paths name the members of a list; none when it is one value."""
    ids = [one.get("id") if isinstance(one, dict) else None for one in value] if isinstance(value, list) else []
    return ids if all(isinstance(one, str) for one in ids) and len(set(ids)) == len(ids) else []

def find(parent: Any, segment: Any) -> Any:
    """Key or index of what a segment names; None when there is no such thing."""
    if isinstance(parent, dict): return segment if segment in parent else None
    ids = ids_of(parent)
    if not ids: raise Bad(f'"{segment}" is below a value that has nothing below it')
    return ids.index(segment) if segment in ids else None

def apply_step(tree: Any, step: Any) -> None:
    """Change the tree as one step says; raises Bad when it does not fit."""
    path = step.get("path") if isinstance(step, dict) else None
    if not isinstance(path, str) or path[:1] != "/" or re.search("~(?![01])", path): raise Bad("a step without a path")
    parts = [part.replace("~1", "/").replace("~0", "~") for part in path[1:].split("/")]
    if len(parts) > 64: raise Bad("a path of more than 64 segments")
    for segment in parts[:-1]:
        key = find(tree, segment)
        if key is None: raise Bad(f"there is nothing at {path}")
        tree = tree[key]
    at, in_list, keys, new = find(tree, parts[-1]), isinstance(tree, list), set(step) - {"path"}, step.get("new")
    if in_list and "new" in keys and (not isinstance(new, dict) or new.get("id") != parts[-1]):
        raise Bad(f"what is put at {path} has another id")
    if at is None and in_list and keys == {"new", "after"}:
        index = -1 if step["after"] is None else find(tree, step["after"])
        if index is None: raise Bad(f"the element before {path} is not there")
        tree.insert(index + 1, new)
    elif at is None and not in_list and keys == {"new"}: tree[parts[-1]] = new
    elif at is None or keys not in ({"old", "new"}, {"old"}, {"order"}, {"rename"}):
        raise Bad(f"nothing at {path}, or something where nothing should be, or a step of no known form")
    elif "old" in keys:
        if encode(tree[at]) != encode(step["old"]): raise Bad(f"what is at {path} is not what the step says")
        if "new" in keys: tree[at] = new
        else: del tree[at]
    elif "order" in keys:
        order, ids = step["order"], ids_of(tree[at])
        if not ids or not isinstance(order, list) or len(order) != len(ids) or not all(one in order for one in ids):
            raise Bad(f"the order at {path} does not name each element once")
        tree[at].sort(key=lambda one: order.index(one["id"]))
    elif not in_list or not isinstance(step["rename"], str) or find(tree, step["rename"]) is not None:
        raise Bad(f"the element at {path} cannot have that id")
    else: tree[at]["id"] = step["rename"]
    if in_list and not ids_of(tree): raise Bad(f"the list of {path} would not be one of elements any more")

# ---- the log

def leaf_hash(line: bytes) -> bytes: return hashlib.sha256(b"\x00" + line).digest()

def put_back(audit: str, holder: dict[str, Any], left: int) -> int:
    """Values that were put out as objects come back, as long as there are `left` bytes; returns what is left."""
    for key, value in holder.items():
        if key not in ("n", "prev", "do", "by", "at", "format") and is_object(value, "bytes", "object"):
            left -= value["bytes"] if is_count(value["bytes"]) else OBJECT_LIMIT + 1
            if left < 0 or not is_digest(value["object"]): raise Bad(f'"{key}" is no reference, or to too much')
            data = read_object(audit, value["object"])
            if data is None: raise Bad(f'object {value["object"][:12]}…, the value of "{key}", is missing', 7)
            if len(data) != value["bytes"]: raise Bad(f'"{key}" is said to have {value["bytes"]} bytes')
            holder[key] = parse_json(data)
    return left

class Verifier:
    """Reads one log from its first line to its last. In its functions `n` is the number of the entry being read."""
    def __init__(self, audit: str, study: str | None, trust: list[Key] | None) -> None:
        self.audit, self.study, self.trust = audit, study, trust
        self.count, self.signatures, self.too_long, self.leaf, self.at = 0, 0, False, hashlib.sha256(b"").digest(), ""
        self.faults: list[tuple[int, str, int | None, str]] = []  # code, what, entry, likely cause
        self.listed: list[str] = []
        self.places: list[int] = []  # where each 64th line begins
        self.genesis: dict[str, Any] = {}
        self.people: dict[str, dict[str, Any]] = {}  # name; roles: a list of (entry that gave them, roles)
        self.keys: dict[str, dict[str, Any]] = {}  # by name: key, the entry that brought it, the one that revoked it
        self.log_keys: list[tuple[int, Key]] = []  # the entry that brought it, the key
        self.act: dict[str, Any] = {}  # what has to be signed by the entries that follow directly
        self.versions: dict[int, dict[str, Any]] = {}  # by entry; `issues` too
        self.issues: dict[int, dict[str, Any]] = {}
        self.issued: dict[str, dict[str, tuple[str, str]]] = {}  # version -> path -> digest, `kept`
        self.form: Any = None  # data form of the newest version, when it is known
        self.anchors: dict[int | None, dict[str, Any]] = {}
        self.there: set[str] = set()  # objects that were found good
        self.unsealed: dict[str, int] = {}  # sealed values that are not there; None: redacted
        self.redacted: set[str] = set()
        self.proven: list[tuple[int, str]] = []  # size of a head, and a time at which it was there already
        self.anchored: list[tuple[int, str]] = []  # entry of an anchor, and the time that it proves

    def fault(self, code: int, message: str, n: int | None = None, cause: str = "") -> bool:
        """Note a fault; False, so that one can write `good = this or self.fault(…)`."""
        self.faults.append((code, message, n, cause))
        return False

    def tell(self, message: str, n: int) -> None: self.listed.append(f"line {n + 1} (entry {n}): {message}")

    def run(self, outside: list[tuple[str, Head]], footers: list[tuple[int, bytes]]) -> None:
        newest, why, end = None, "", 0
        try: newest = parse_head(read_file(NOTE_LIMIT, self.audit, "checkpoint"))
        except Bad as error: why = f"the checkpoint cannot be read: {error}"
        for n, place, line in self.lines(0, newest.size if newest else 2**53):
            if n % EVERY == 0: self.places.append(place)
            self.take(n, line)
            end = place + len(line) + 1
        if why: self.fault(8, why, None, "it was not copied, or was changed")
        if not self.count and not self.too_long: self.fault(8, "log.jsonl is missing, empty or no regular file")
        beyond = os.path.getsize(os.path.join(self.audit, "log.jsonl")) - end if self.count else 0
        if beyond: self.listed.append(f"{beyond} bytes beyond the checkpoint were never acknowledged; not read")
        self.close_act()
        for digest, n in self.unsealed.items():
            if digest not in self.redacted: self.fault(7, f"sealed value {digest[:12]}… is missing, not redacted", n)
        self.compare_issued()
        self.judge_heads(newest, outside, footers)

    def lines(self, start: int, stop: int) -> Iterator[tuple[int, int, bytes]]:
        """Number, place and text of each line from `start` to before `stop`; ends at a line that is too long."""
        file, n = open_file(self.audit, "log.jsonl"), start // EVERY * EVERY
        if file is None: return
        with file:
            place = file.seek(self.places[n // EVERY] if start else 0)
            while n < stop:
                line = file.readline(LINE_LIMIT)
                if len(line) >= LINE_LIMIT and not self.too_long:
                    self.too_long = not self.fault(8, "a line of 65,536 bytes or more; the rest was not read", n)
                if len(line) >= LINE_LIMIT or line[-1:] != b"\n": return
                if n >= start: yield n, place, line[:-1]
                n, place = n + 1, place + len(line)

    def roots(self, sizes: set[int]) -> dict[int, bytes]:
        """The roots of RFC 6962 at these sizes, in one more reading of the log."""
        subtrees, found = list[bytes](), dict[int, bytes]()  # complete subtrees, from left to right
        for n, _, line in self.lines(0, 0 if self.too_long else min(self.count, max(sizes, default=0))):
            subtrees.append(leaf_hash(line))
            size, ones = n + 1, n
            while ones & 1: subtrees[-2:], ones = [node_hash(*subtrees[-2:])], ones >> 1
            if size in sizes:
                root = subtrees[-1]
                for left in reversed(subtrees[:-1]): root = node_hash(left, root)
                found[size] = root
        return found

    def take(self, n: int, line: bytes) -> None:
        """One line: its form and its place in the chain; then, if nothing is wrong with it, its meaning."""
        entry, good = {}, False
        try:
            value = parse_json(line)
            if not isinstance(value, dict): raise Bad("it is no object")
            entry = value
            good = self.is_sound(n, entry)
        except Bad as error:
            cause = "line endings were converted" if line[-1:] == b"\r" else "it was changed after it was written"
            self.fault(error.code, f"it cannot be read whole: {error}", n, cause)
        if n == 0: self.begin(entry, good)
        if entry.get("do") != "sign": self.close_act()
        if good and self.genesis: self.mean(n, entry)
        self.leaf, self.count = leaf_hash(line), n + 1

    def is_sound(self, n: int, entry: dict[str, Any]) -> bool:
        if is_digest(entry.get("prev")) and entry["prev"] != self.leaf.hex():
            self.fault(1, f"lines {n} and {n + 1} do not join: `prev` is not the leaf hash of the line before", n,
                       "one of the two was changed, or lines between them were removed, added or moved")
        if is_time(entry.get("at")):
            if entry["at"] < self.at: self.fault(1, f"`at` runs back from {self.at}", n, "lines were moved")
            self.at = entry["at"]
        what = {"what": entry.pop("what")} if "what" in entry else {}
        left = put_back(self.audit, entry, OBJECT_LIMIT)
        try:
            left = put_back(self.audit, what, left)
            for step in what["what"] if isinstance(what.get("what"), list) else ():
                if isinstance(step, dict): left = put_back(self.audit, step, left)
        except Bad as error:
            if error.code != 7: raise
            what, self.form = {"what": []}, None
            self.fault(7, f"{error}; the steps are not checked", n, "it was not copied, or was changed")
        entry.update(what)
        found = problems(entry, EVERY_ENTRY) + problems(entry, KINDS.get(str(entry.get("do")), "why?:text"))
        if is_count(entry.get("n")) and entry["n"] != n:
            found.append(f"it says that it is entry {entry['n']}: a line before it was removed, added or moved")
        for problem in found: self.fault(1, problem, n)
        return not found

    def begin(self, entry: dict[str, Any], good: bool) -> None:
        """Genesis: whom and what everything else rests on."""
        if entry.get("do") != "genesis" or entry.get("format") != "regdocs.audit/v1":
            self.fault(8, "the first line is no genesis of regdocs.audit/v1; nothing was read for its meaning", 0)
        elif good:
            try:
                self.genesis = entry
                if not entry["origin"].endswith("/" + entry["nonce"][:8]): raise Bad("the origin is not of this nonce")
                self.log_keys.append((0, self.new_key(entry["log_key"], None)))
                for one in entry["people"]:
                    if one["person"] in self.people: raise Bad(f'"{one["person"]}" is named twice')
                    self.bring(0, one["person"], self.new_key(one["key"], one["person"]), one)
            except Bad as error:
                self.fault(1, f"{error}; nothing was read for its meaning", 0)
                self.genesis, self.people, self.keys, self.log_keys = {}, {}, {}, []

    def mean(self, n: int, entry: dict[str, Any]) -> None:
        kind, by = entry["do"], entry["by"]
        if by not in self.people and not (by == "regdocs" and kind in ("clock", "recovered")):
            self.fault(6, f'"{by}", who records this, is not enrolled', n)
        if "on" in entry:
            late = (datetime.fromisoformat(entry["at"][:10]) - datetime.fromisoformat(entry["on"])).days
            if abs(late) > 3: self.tell(f"recorded {'late by' if late > 0 else 'early by'} {abs(late)} days", n)
        self.look_for_sealed(n, [value for key, value in entry.items() if key != "what"])
        if kind not in KINDS: self.tell(f'"{kind}" is not known here; its meaning was not checked', n)
        try: getattr(self, "on_" + (kind.replace("-", "_") if kind in KINDS else "note"))(n, entry)
        except Bad as error: self.fault(error.code, str(error), n)

    # ---- who may do what

    def on_genesis(self, n: int, entry: dict[str, Any]) -> None:
        if n: raise Bad("a second genesis")
        self.expect(n, "authorisation", len(self.people), set(self.people))

    def on_authority(self, n: int, entry: dict[str, Any]) -> None:
        self.expect(n, "authorisation", 2 if self.genesis["rules"]["four_eyes"] else 1, None)
        self.act["effect"] = self.effect_of(n, entry)

    on_enrol = on_key_add = on_role = on_key_revoke = on_log_key = on_authority

    def expect(self, n: int, meaning: str, needed: int, who: set[str] | None) -> None:
        """Signatures of so many persons, of these or (None) of administrators, have to follow directly."""
        self.act = {"n": n, "meaning": meaning, "needed": needed, "who": who, "effect": None, "signed": set()}

    def close_act(self) -> None:
        act, self.act = self.act, {}
        if act and len(act["signed"]) < act["needed"]:
            who = ", ".join(sorted((act["who"] or {"administrators"}) - act["signed"]))
            what = f"{act['needed'] - len(act['signed'])} signature(s) of {who} ({act['meaning']}) have to follow"
            self.fault(5, what, act["n"], "it was not signed, or a signature does not hold")

    def new_key(self, text: str, person: str | None) -> Key:
        """A key that nobody has yet, of a person or (None) of the log; raises Bad."""
        key, genesis = parse_key(text), self.genesis
        if (key.name != genesis["origin"]) if person is None else (key.name.rpartition("/")[0] != person):
            raise Bad(f'the key "{key.name}" does not have the name of whom it is for')
        if genesis["keys"] != "demonstration" and key.public == demonstration_public(key.name):
            raise Bad(f'"{key.name}" is a demonstration key, with which anybody can sign')
        taken = [holder["key"].public for holder in self.keys.values()] + [other.public for _, other in self.log_keys]
        if key.name in self.keys or key.public in taken: raise Bad(f'name or public key of "{key.name}" is taken')
        return key

    def bring(self, n: int, person: str, key: Key, enrolment: dict[str, Any] | None) -> None:
        self.keys[key.name] = {"key": key, "brought": n, "revoked": None}
        if enrolment: self.people[person] = {"name": enrolment["name"], "roles": [(n, enrolment["roles"])]}

    def effect_of(self, n: int, entry: dict[str, Any]) -> Callable[[], None]:
        """What an act does once it is signed; raises Bad when it cannot stand beside what is there."""
        kind, person = entry["do"], entry.get("person", "")
        if kind == "key-revoke":
            holder = self.keys.get(entry["key"])
            if holder is None: raise Bad(f'there is no key "{entry["key"]}"', 6)
            if holder["revoked"] is not None: raise Bad(f'"{entry["key"]}" was revoked before')
            if entry.get("since", 0) > n: raise Bad("`since` is after the entry itself")
            return lambda: self.revoke(n, entry["key"], entry.get("since", n))
        if kind == "log-key":
            log_key = self.new_key(entry["key"], None)
            return lambda: self.log_keys.append((n, log_key))
        if kind == "enrol" and person in self.people: raise Bad(f'"{person}" is enrolled already')
        if kind != "enrol" and person not in self.people: raise Bad(f'"{person}" is not enrolled', 6)
        if kind == "role": return lambda: self.people[person]["roles"].append((n, entry["roles"]))
        key, note = self.new_key(entry["key"], person), parse_note(entry["possession"].encode())
        text, (name, key_id, data) = f"person {person}\nkey {entry['key']}\n", note.signatures[0]
        good = note.text == f"{self.genesis['origin']}\nregdocs-possession/v1\n{text}" and len(note.signatures) == 1
        if not good or (name, key_id) != (key.name, key.id) or not has_signed(key, note, data):
            raise Bad("the possession of the new key is not proven for this log and person")
        return lambda: self.bring(n, person, key, entry if kind == "enrol" else None)

    def revoke(self, n: int, name: str, since: int) -> None:
        self.keys[name]["revoked"] = n
        for earlier, _, line in self.lines(since, n):
            try:
                entry = parse_json(line)
                if entry["do"] != "sign" or entry["n"] != earlier or problems(entry, EVERY_ENTRY): continue
                if name not in [one[0] for one in parse_note(entry["note"].encode()).signatures]: continue
            except (Bad, KeyError, TypeError, AttributeError): continue  # reported when it was read first
            self.fault(5, f'signed with "{name}", which entry {n} revokes from entry {since} on', earlier)

    def on_sign(self, n: int, entry: dict[str, Any]) -> None:
        of, by, note, act = entry["of"], entry["by"], parse_note(entry["note"].encode()), self.act
        name, key_id, data = note.signatures[0]
        if of >= n or len(note.signatures) != 1: raise Bad("it signs no entry before it, or has several signatures")
        if name.rpartition("/")[0] != by: raise Bad(f'"{name}" is no key of "{by}"', 5)
        holder = self.keys.get(name)
        if holder is None or holder["key"].id != key_id: raise Bad(f'"{name}" is no key that is enrolled here', 6)
        if not has_signed(holder["key"], note, data): raise Bad(f'the signature of "{name}" is bad')
        said = dict(line.partition(" ")[::2] for line in note.text.split("\n")[2:])
        role, meaning, genesis = said.get("role", ""), said.get("meaning", ""), self.genesis
        enough = {"approval": genesis["rules"]["approval"], "authorisation": ["administrator"]}.get(meaning, ROLES)
        good = (meaning in MEANINGS and note.text == self.statement(n, entry, said)) or self.fault(
            1, "the signed text is not what the entries give", n,
            f"entry {of} was changed, the signature was moved here from another entry or study, or a line was forged")
        if holder["revoked"] is not None:
            good = self.fault(5, f'"{name}" was revoked in entry {holder["revoked"]}', n)
        if role not in self.people[by]["roles"][-1][1] or role not in enough:
            good = self.fault(5, f'the role "{role}" is not one of "{by}" here, or does not suffice for {meaning}', n)
        persons = [key for key in self.trust or () if key.kind == 1 and key.name != genesis["origin"]]
        if persons and holder["key"] not in persons: self.fault(6, f'the trust file lists persons, but not "{name}"', n)
        self.signatures += good
        if good and act and (act["n"], act["meaning"]) == (of, meaning) and by in (act["who"] or {by}):
            act["signed"].add(by)
            if len(act["signed"]) >= act["needed"] and act["effect"]: act["effect"] = act["effect"]()

    def statement(self, n: int, entry: dict[str, Any], said: dict[str, str]) -> str:
        """The text that has to have been signed; what only the signer knows is taken from the text itself."""
        (line, signed), under = self.written(entry["of"]), said.get("under", "")
        is_issue, of = signed.get("do") == "issue", signed.get("of")
        version = self.written(of)[1] if is_issue and isinstance(of, int) and 0 <= of < entry["of"] else signed
        version = version if version.get("do") in ("release", "amend") else {}
        rows = [f"entry {entry['of']} {leaf_hash(line).hex()}"]
        rows += [f"{key} {version[key]}" for key in ("version", "amendment") if version.get(key) is not None]
        rows += [f"data sha256:{signed['data']}"] if version is signed and "data" in signed else []
        rows += [f"files sha256:{signed['files']}"] if is_issue and "files" in signed else []
        rows += [f"name {self.people[entry['by']]['name']}", f"role {said.get('role', '')}"]
        rows += [f"meaning {said.get('meaning', '')}"]
        if FORMS["person"](said.get("for")) and re.fullmatch("0|[1-9][0-9]{0,14}", under) and int(under) < n:
            rows += [f"for {said['for']}", f"under {under}"]
        return "\n".join([self.genesis["origin"], "regdocs-signature/v1", *rows, f"time {entry['at']}", ""])

    def written(self, n: int) -> tuple[bytes, dict[str, Any]]:
        """An earlier line, and what it says; nothing when it cannot be read."""
        line = next(line for _, _, line in self.lines(n, n + 1))
        try: value = parse_json(line)
        except Bad: value = {}
        return line, value if isinstance(value, dict) else {}

    # ---- versions, issues and what they keep

    def load(self, n: int, digest: str, what: str) -> bytes | None:
        """An object's bytes; None after a fault."""
        data = read_object(self.audit, digest)
        if data is None: self.fault(7, f"object {digest[:12]}… ({what}) is missing or another", n, "it was not copied")
        return data

    def need(self, n: int, digest: str, what: str) -> bool:
        """Whether an object is there, which may be larger than one that is read; found once, it is not read again."""
        found = digest in self.there or digest_of_file(self.audit, "objects", digest) == digest
        good = found or self.load(n, digest, what) is not None
        if good and len(self.there) < KEPT: self.there.add(digest)
        return good

    def on_snapshot(self, n: int, entry: dict[str, Any]) -> None:
        self.need(n, entry["data"], "data form")
        self.need(n, entry["spec"], "protocol.yaml")
        for path, digest in parse_list(self.load(n, entry["inputs"], "list of inputs") or b"").items():
            if not path.startswith(("fonts/", "styles/")): self.need(n, digest, path)

    def on_release(self, n: int, entry: dict[str, Any]) -> None:
        self.expect(n, "authorship", 1, {entry["by"]})
        names, amends = [version["version"] for version in self.versions.values()], entry["do"] == "amend"
        count = 1 + sum(version["do"] == "amend" for version in self.versions.values())
        if amends != bool(names): self.fault(1, "a second release, or an amendment of nothing", n)
        if entry["version"] in names: self.fault(1, f'there is a version "{entry["version"]}" already', n)
        if amends and entry["amendment"] != count: self.fault(1, f"amendment {entry['amendment']}, not {count}", n)
        self.issued.setdefault(entry["version"], {})
        self.versions[n] = {key: value for key, value in entry.items() if key != "what"}
        try: self.replay(n, entry)
        finally: self.on_snapshot(n, entry)

    on_amend = on_release

    def replay(self, n: int, entry: dict[str, Any]) -> None:
        """Apply the steps to the data form before; they must give the one that the entry names."""
        form, self.form = self.form, None
        if form is not None and "what" in entry:
            try:
                for step in entry["what"]: apply_step(form, step)
                check_profile(form, 1)
                if hashlib.sha256(encode(form)).hexdigest() != entry["data"]: raise Bad("they do not give `data`")
                self.form = form
            except Bad as error: self.fault(1, f"steps: {error}", n, "what is said to have changed is not what changed")
        if self.form is None: self.form = parse_json(read_object(self.audit, entry["data"]) or b"null")

    def on_issue(self, n: int, entry: dict[str, Any]) -> None:
        self.expect(n, "authorship", 1, {entry["by"]})
        if entry["of"] not in self.versions: raise Bad(f"an issue of entry {entry['of']}, which is no version")
        self.issues[n] = {"of": entry["of"], "files": entry["files"]}
        issued = self.issued[self.versions[entry["of"]]["version"]]
        if entry["kept"] == "trees": self.tell("document bytes not kept", n)
        reasons = {one["path"]: one.get("why") for one in entry.get("replaces", ())
                   if isinstance(one, dict) and isinstance(one.get("path"), str)}
        files = parse_list(self.load(n, entry["files"], "list of issued files") or b"")
        for path, digest in files.items():
            tree, base = path.endswith(".tree"), re.sub(r"\.tree$", "", path)
            if (base if tree else path + ".tree") not in files: self.fault(1, f'"{path}" has no partner', n)
            if path in issued and base not in reasons:
                self.fault(1, f'"{path}" was issued in this version before, and `replaces` does not name it', n)
            elif path in issued and not tree: self.tell(f'"{path}" is replaced: {reasons[path]}', n)
            if tree or entry["kept"] == "bytes": self.need(n, digest, path)
            issued[path] = (digest, entry["kept"])

    def on_fact(self, n: int, entry: dict[str, Any]) -> None:
        kind, digest = entry["do"], entry.get("object", "")
        if kind in ("correct", "signed-elsewhere") and entry["of"] >= n: raise Bad("it is about no entry before it")
        if kind == "signed-elsewhere": self.tell(f"signed elsewhere, {entry['kind']}: not checked cryptographically", n)
        if kind == "correct": self.tell(f"corrects entry {entry['of']}", n)
        if kind == "redact": self.redacted.add(entry["sealed"])
        if kind == "redact": self.tell(f"the sealed value {entry['sealed'][:12]}… was removed", n)
        there = kind in ("signed-elsewhere", "recovered", "anchor") and self.need(n, digest, kind)
        if there and kind == "anchor" and entry["kind"] == "cosignature": self.anchors[n] = entry
        if there and "bytes" in entry:
            data = read_object(self.audit, digest)
            if data is not None and len(data) != entry["bytes"]: self.fault(1, "its object has another length", n)

    on_signed_elsewhere = on_correct = on_note = on_redact = on_anchor = on_import = on_clock = on_recovered = on_fact

    def look_for_sealed(self, n: int, value: Any) -> None:
        if is_object(value, "sealed") and is_digest(value["sealed"]):
            data, digest = read_file(OBJECT_LIMIT, self.audit, "sealed", value["sealed"]), value["sealed"]
            if data is None: self.unsealed.setdefault(digest, n)
            elif not opens(data, digest): self.fault(7, f"the sealed value {digest[:12]}… has another content", n)
        elif isinstance(value, (list, dict)):
            for one in value.values() if isinstance(value, dict) else value: self.look_for_sealed(n, one)

    def compare_issued(self) -> None:
        """Files in issued/<version>/clean/, where that folder is there, are the ones that were issued."""
        known: dict[str, tuple[str, str]] = {}
        for version, issued in self.issued.items():
            folder, known = ("issued", version, "clean"), {**known, **issued}
            if not self.study or not is_folder(self.study, *folder): continue
            there, top = set(files_below(self.study, *folder)), "/".join(folder)
            for path in sorted(there):
                if path.endswith(".tree") or path not in known: self.fault(7, f'no entry names "{top}/{path}"')
                elif digest_of_file(self.study, *folder, *path.split("/")) != known[path][0]:
                    self.fault(7, f'"{top}/{path}" is not the one issued', None, "it was changed")
            wanted = {path for path, (_, kept) in issued.items() if kept == "bytes" and not path.endswith(".tree")}
            for path in sorted(wanted - there): self.fault(7, f'"{top}/{path}" is missing')

    # ---- checkpoints

    def signers(self, note: Note) -> list[tuple[Key, bytes]]:
        """Keys that we know and that signed, each with its data; raises Bad for a bad signature of one of them."""
        ours = [key for _, key in self.log_keys] + [holder["key"] for holder in self.keys.values()] + (self.trust or [])
        known = {(key.name, key.id): key for key in ours}
        found = [(known[name, key_id], data) for name, key_id, data in note.signatures if (name, key_id) in known]
        for key, data in found:
            if not has_signed(key, note, data): raise Bad(f'the signature of "{key.name}" is bad')
        return found

    def vouched(self) -> set[int]:
        """Which log keys somebody outside vouches for: those in the trust file, and what kept heads join to them."""
        good, links = set[int](), list[int]()
        for number, (brought, key) in enumerate(self.log_keys):
            if key in (self.trust or ()) or (self.trust is None and number == 0): good.add(number)
            size = min((size for size in self.kept_sizes() if size > brought), default=0) if number else 0
            try: head = parse_head(read_file(NOTE_LIMIT, self.audit, "heads", f"{size}.note"))
            except Bad: continue
            try: signed = [one for one, _ in self.signers(head.note)] if number and head.size == size else []
            except Bad: continue
            old = number and self.log_keys[number - 1][1]
            joined = any(one == old or self.was_administrator(one, size) for one in signed)
            if key in signed and joined: links.append(number)
        for link in links: good |= {link} if link - 1 in good else set()
        for link in reversed(links): good |= {link - 1} if link in good else set()
        return good

    def was_administrator(self, key: Key, size: int) -> bool:
        holder, person = self.keys.get(key.name), key.name.rpartition("/")[0]
        if not holder or holder["key"] != key: return False
        if not holder["brought"] < size <= (holder["revoked"] or 2**53): return False
        return "administrator" in next(roles for since, roles in reversed(self.people[person]["roles"]) if since < size)

    def kept_sizes(self) -> list[int]:
        found = [re.fullmatch(r"([1-9][0-9]{0,14})\.note", name) for name in names_in(self.audit, "heads")]
        return sorted(int(one[1]) for one in found if one)[:KEPT]

    def is_by_log(self, head: Head, what: str, n: int | None) -> bool:
        """Whether the log's key in force at a head's size signed it, and somebody vouches for that key."""
        try: signed = [key for key, _ in self.signers(head.note)]
        except Bad as error: return self.fault(1, f"{what}: {error}", n, "it was changed")
        number = max((number for number, (brought, _) in enumerate(self.log_keys) if brought < head.size), default=-1)
        if number < 0: return any(key.name == head.origin for key in signed) or self.fault(6, f"{what}: unknown key", n)
        if self.log_keys[number][1] in signed and number in self.vouched_keys: return True
        why = "for which nobody vouches" if self.log_keys[number][1] in signed else "which did not sign it"
        return self.fault(6, f"{what} has to be by the log's key of entry {self.log_keys[number][0]}, {why}", n)

    def judge(self, head: Head, what: str, n: int | None, codes: tuple[int, int, int], limit: int) -> bool:
        """Origin, signature, size and root of a head beside the log; `codes` are for origin, size and root."""
        if head.origin != self.genesis.get("origin", head.origin):
            return self.fault(codes[0], f'{what} is of another log, "{head.origin}"', n)
        signed = self.is_by_log(head, what, n)
        if head.size > limit: self.fault(codes[1], f"{what} has {head.size} lines, more than the {limit} here", n)
        elif self.root_at.get(head.size, head.root) != head.root:
            code = codes[2] if signed else 1
            self.fault(code, f"{what} has another root for the first {head.size} lines than this log", n)
        elif signed: self.proven += [(head.size, moment) for moment in self.cosigned(head)]
        return signed

    def cosigned(self, head: Head) -> list[str]:
        """Times of the cosignatures by cosigners that the trust file names."""
        moments = [int.from_bytes(data[:8], "big") for key, data in self.signers(head.note) if key.kind == 4]
        return [(datetime(1970, 1, 1) + timedelta(0, one)).isoformat() + "Z" for one in moments if one < 253402300800]

    def judge_heads(self, newest: Head | None, outside: list[tuple[str, Head]], footers: list[Any]) -> None:
        self.vouched_keys, inside = self.vouched(), list[tuple[str, "int | None", Head]]()
        if self.trust is None: self.fault(6, "nothing outside this log vouches for its key: no trust file was given")
        asked: list[Any] = [(f"heads/{size}.note", None, size, None) for size in self.kept_sizes()]
        asked += [("the anchored head", n, one["size"], one["object"]) for n, one in self.anchors.items()]
        for what, n, size, digest in asked:
            try:
                kept = None if digest else read_file(NOTE_LIMIT, self.audit, "heads", f"{size}.note")
                head = parse_head(read_object(self.audit, digest) if digest else kept)
                if head.size != size: raise Bad(f"it is of size {head.size}, not {size}")
                inside.append((what, n, head))
            except Bad as error: self.fault(1, f"{what}: {error}", n)
        heads = [head for _, _, head in inside] + [head for _, head in outside] + ([newest] if newest else [])
        self.root_at = self.roots({head.size for head in heads} | {size for size, _ in footers})
        limit, sound = newest.size if newest else 2**53 if self.too_long else self.count, False
        if newest:
            if self.count < limit and not self.too_long:
                self.fault(3, f"missing: the checkpoint says {limit} lines", self.count, "the end was cut off")
            sound = self.root_at.get(limit, newest.root) == newest.root or self.fault(
                1, "the checkpoint has another root than these lines", None, "lines were changed and chained again")
            if newest.origin != self.genesis.get("origin", newest.origin):
                sound = self.fault(1, f'the checkpoint is of another log, "{newest.origin}"')
            sound = self.is_by_log(newest, "the checkpoint", None) and sound and limit in self.root_at
        for what, n, head in inside:
            good = self.judge(head, what, n, (1, 3, 1) if n is None else (1, 1, 1), limit if n is None else n)
            moments = self.cosigned(head) if good and n is not None else []
            if moments and self.anchors[n]["time"] not in moments: self.fault(1, f"the time is not one of {moments}", n)
            self.anchored += [(n or 0, moment) for moment in moments]
        used = [self.judge(head, what, None, (6, 3, 4 if sound else 1), limit) for what, head in outside]
        for size, prefix in footers:
            if size > limit: self.fault(3, f"the footer is of {size} lines, more than the {limit} here")
            elif self.root_at.get(size, prefix)[:20] != prefix: self.fault(1, f"the footer of {size} has another root")
        if not any(used) and not footers: self.fault(9, "no good head from outside: the end may have been cut off")

    def intervals(self) -> list[str]:
        """For ranges of entries, the times between which they were provably written."""
        marks, found = {0, *(size for size, _ in self.proven), *(n + 1 for n, _ in self.anchored)} - {self.count}, []
        for first, end in zip(sorted(marks), [*sorted(marks)[1:], self.count]):
            before = min((moment for size, moment in self.proven if size > first), default="?")
            after = max((moment for n, moment in self.anchored if n < first), default="?")
            if before != after: found.append(f"entries {first}-{end - 1}: not before {after}, not after {before}")
        return found

def node_hash(left: bytes, right: bytes) -> bytes: return hashlib.sha256(b"\x01" + left + right).digest()

def opens(data: bytes, digest: str) -> bool:
    """Whether the bytes of a sealed file are the value that was sealed under this digest."""
    try: content = parse_json(data)
    except Bad: return False
    if not is_object(content, "salt", "value") or not FORMS["nonce"](content["salt"]): return False
    return hashlib.sha256(bytes.fromhex(content["salt"]) + encode(content["value"])).hexdigest() == digest

# ---- the call and the answer

NOT_CHECKED = (
    "that what was recorded was true when it was recorded, and that nothing was left out: no log can show that",
    "that protocol.yaml (`spec`) loads to the data form (`data`) of each version: `regdocs verify` does that",
    "that documents come out the same when they are made again: `regdocs verify --rebuild` does that",
    "RFC 3161 time-stamps, signatures made elsewhere (ink, DocuSign …), files under fonts/ and styles/, imported pages")

def shown(text: str) -> str:
    """Text of a log as it may be printed: nothing in it moves the cursor or turns the direction of reading."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)

def given(path: str) -> bytes:
    with open(path, "rb") as file: data = file.read(NOTE_LIMIT + 1)
    if len(data) > NOTE_LIMIT: raise Bad(f"{path} is too large")
    return data

def verified(asked: argparse.Namespace) -> Verifier:
    """Verify what the call asks for; raises Bad, OSError or ValueError when the call itself is off."""
    if not os.path.isdir(asked.folder): raise Bad(f"{asked.folder} is no folder; unpack a zip into a new folder first")
    trust, outside = None, [(f"the head {path}", parse_head(given(path))) for path in asked.head]
    if asked.trust:
        rows = given(asked.trust).decode("utf-8").replace("\r\n", "\n").split("\n")
        trust = [parse_key(row) for row in rows if row and not row.startswith("#")]
    study = None if open_file(asked.folder, "log.jsonl") else asked.folder
    if study and not is_folder(study, "audit"): raise Bad(f"{study} holds no folder audit/ and no log.jsonl")
    verifier = Verifier(os.path.join(asked.folder, "audit") if study else asked.folder, study, trust)
    verifier.run(outside, [parse_footer(text) for text in asked.footer])
    return verifier

def answer(verifier: Verifier) -> dict[str, Any]:
    codes, genesis = {fault[0] for fault in verifier.faults}, verifier.genesis
    code = next((code for code in PRECEDENCE if code in codes), 0)
    checked = [f"{verifier.count} lines: form, numbering, chain, times; the checkpoint and kept heads"]
    if genesis: checked += [f"who could sign what at each entry; {verifier.signatures} signatures of persons hold",
                            "the steps of each amendment, objects, sealed values" + "; issued/" * bool(verifier.study)]
    unchecked = [*NOT_CHECKED, *([] if verifier.study else ["issued/: only an audit folder was given"])]
    return {"exit": code, "verdict": WORDS[code], "study": genesis.get("study"), "origin": genesis.get("origin"),
            "demonstration": genesis.get("keys") == "demonstration", "checked": checked, "not_checked": unchecked,
            "faults": [{"verdict": code, "line": None if n is None else n + 1, "entry": n, "message": shown(text),
                        "cause": cause} for code, text, n, cause in verifier.faults],
            "listed": [shown(text) for text in verifier.listed], "times": verifier.intervals()}

def told(said: dict[str, Any]) -> Iterator[str]:
    yield f'Log of the study "{shown(str(said["study"]))}", origin {said["origin"]}'
    if said["demonstration"]: yield "DEMONSTRATION KEYS: anybody can sign with them. This proves nothing about persons."
    for fault in said["faults"]:
        place = "" if fault["line"] is None else f"line {fault['line']} (entry {fault['entry']}): "
        yield f"FAULT {fault['verdict']}, {WORDS[fault['verdict']]}: {place}{fault['message']}"
        if fault["cause"]: yield f"    likely cause: {fault['cause']}"
    for title, key in {"Listed, and no fault": "listed", "Checked": "checked", "NOT checked": "not_checked",
                       "Provable times": "times"}.items():
        yield f"{title}:" + ("" if said[key] else " none")
        yield from (f"  - {text}" for text in said[key])
    yield f"Exit code {said['exit']}: {said['verdict']}" + ("" if said["exit"] else "; see what was NOT checked")

def main() -> int:
    parser = argparse.ArgumentParser(description="Verify an audit log of the format regdocs.audit/v1.")
    parser.add_argument("folder", nargs="?", default=".", help="a study's folder, or an audit folder; not a zip")
    parser.add_argument("--trust", metavar="FILE", help="verifier keys that you trust, one a line")
    parser.add_argument("--head", metavar="FILE", action="append", default=[], help="a checkpoint that you kept")
    parser.add_argument("--footer", metavar="TEXT", action="append", default=[], help='"log 42 · 7QK4-…", from a page')
    parser.add_argument("--json", action="store_true", help="print JSON")
    asked = parser.parse_args()
    try: said = answer(verified(asked))
    except (Bad, OSError, ValueError) as error:
        print(f"wrong call, nothing was verified: {shown(str(error))}", file=sys.stderr)
        return 2
    except Exception as error:  # a fault of this program must not pass for a verdict
        print(f"this program failed, which is no verdict: {type(error).__name__} {shown(str(error))}", file=sys.stderr)
        return 70
    text = json.dumps(said, ensure_ascii=False, indent=1) if asked.json else "\n".join(told(said))
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    return int(said["exit"])

if __name__ == "__main__":
    sys.exit(main())
