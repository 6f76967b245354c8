"""Verify an audit log of the format regdocs.audit/v1 with nothing but Python 3.9 or later: one file, no other package.

    python3 standalone_verify.py [FOLDER] [--trust FILE] [--head FILE]... [--footer TEXT]...
FOLDER is a study's folder (with audit/ in it) or an audit folder. A zip is unpacked first, into a new folder:
`python3 -m zipfile -e study.zip FOLDER`. Do not trust a copy of this program because it came with the log.
Written from docs/formats/audit-log.md ("the page") and nothing else; shares no code with the program that writes logs.
It opens only regular files inside FOLDER, follows no link there, writes nothing, and reads the log line by line. The
exit code is the gravest verdict: the first of 4, 3, 1, 8, 7, 5, 6, 10, 9 that occurs, else 0; 2 for a wrong call.
Guards stand on one line and tables in columns, so that the whole can be read in one sitting."""

# fmt: off
from __future__ import annotations  # noqa: I001
import argparse, base64, functools, gzip, hashlib, io, json, os, re, stat, sys, unicodedata, zlib  # noqa: E401
from datetime import datetime
from typing import Any, BinaryIO, Callable, Iterator, NamedTuple, cast
VERDICTS = {2: "wrong call", 4: "fork", 3: "truncated or rolled back", 1: "altered", 8: "cannot be read as a log",
            7: "file missing or different", 5: "signature missing, revoked or not sufficient", 6: "unknown key",
            9: "truncation cannot be decided", 0: "all that was asked holds"}  # the gravest first
LINE_LIMIT = NOTE_LIMIT = 65_536  # a line, its LF counted, is shorter
OBJECT_LIMIT = 64 * 1024 * 1024  # for an object that is read and not only hashed, and for all that one entry puts out
NOT_FOR_USE = "19cff54d5e5b7a467a53ee6905acc29dea60ceefe10088e4463e27066c705eea"  # NOT-FOR-USE.txt
KEPT = 10_000  # so many kept heads are read, and digests of objects remembered, at most
MEANINGS = ("authorship", "review", "approval", "responsibility", "authorisation")
ROLES = ("administrator", "sponsor", "principal-investigator", "investigator", "coordinator", "regulatory",
         "medical-monitor", "statistician", "monitor", "auditor", "observer")
DIGEST, NAME, PERSON_NAME = "[0-9a-f]{64}", "[a-z0-9][a-z0-9._/@-]{0,199}", "[a-z0-9][a-z0-9._@-]{0,199}"
class Bad(Exception):
    """What was read is not what it should be; the message says why, `code` is the verdict."""
    def __init__(self, message: str, code: int = 1) -> None: super().__init__(message); self.code = code  # noqa: E702
def tried(get: Callable[[], Any], otherwise: Any) -> Any:  # what may fail, and what stands for it when it does
    try: return get()
    except (Bad, OSError, ValueError): return otherwise
# ---- files: regular ones under one folder; a link, a pipe or a device counts as missing
def is_folder(top: str, *parts: str) -> bool:
    try: return all(stat.S_ISDIR(os.lstat(os.path.join(top, *parts[: end + 1])).st_mode) for end in range(len(parts)))
    except (OSError, ValueError): return False
def open_file(top: str, *parts: str) -> BinaryIO:
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    path = os.path.join(top, *parts)
    try:
        if is_folder(top, *parts[:-1]) and stat.S_ISREG(os.lstat(path).st_mode):
            return os.fdopen(os.open(path, flags), "rb")
    except (OSError, ValueError): pass
    raise Bad("missing, or no regular file", 7)
def read_file(limit: int, top: str, *parts: str) -> bytes:
    with open_file(top, *parts) as file: data = file.read(limit + 1)
    if len(data) > limit: raise Bad("too large", 7)
    return data
def digest_of_file(top: str, *parts: str) -> str:  # of a file of any size; "" when it is not there
    digest = hashlib.sha256()
    try:
        with open_file(top, *parts) as file:
            while piece := file.read(1 << 20): digest.update(piece)
    except Bad: return ""
    return digest.hexdigest()
def read_object(audit: str, digest: str) -> bytes:  # which may lie packed; of two the one that is not packed counts
    plain = os.path.lexists(os.path.join(audit, "objects", digest))
    try:
        data = read_file(OBJECT_LIMIT, audit, "objects", digest if plain else digest + ".gz")
        if not plain: data = gzip.GzipFile(fileobj=io.BytesIO(data or b"?")).read(OBJECT_LIMIT + 1)
        if len(data) <= OBJECT_LIMIT and hashlib.sha256(data).hexdigest() == digest: return data
    except (Bad, OSError, EOFError, zlib.error): pass
    raise Bad(f"object {digest[:12]}… is missing, or has other bytes, or too many", 7)
def names_in(top: str, *parts: str) -> list[str]:
    return sorted(tried(lambda: os.listdir(os.path.join(top, *parts)), [])) if is_folder(top, *parts) else []
def lying(top: str, path: str) -> Iterator[str]:  # all from here down, folders with "/"; links and what is too deep not
    near = path.count("/") < 33 and is_folder(top, *path.split("/"))
    has = tried(lambda: os.listdir(f"{top}/{path}"), None) if near else None
    yield path + "/" * (has is not None)
    for name in has or (): yield from lying(top, f"{path}/{name}")
# ---- JSON: RFC 8785 in the page's narrow profile, where Python's sorted and compact JSON is exactly that
def parse_json(data: bytes) -> Any:  # the value of a text that is the only text of that value
    try:
        value = json.loads(data.decode("utf-8"), parse_int=lambda digits: int(digits[:18]))  # a cut one differs below
        if is_profile(value) and encode(value) == data: return value
    except (ValueError, RecursionError) as error: raise Bad(f"not JSON in UTF-8 ({error!s:.80})") from error
    raise Bad("not of the profile: order of keys, doubled keys, odd characters, white space, escapes, numbers, depth")
def encode(it: Any) -> bytes: return json.dumps(it, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
def members(it: Any) -> list[Any]: return [*it.values()] if isinstance(it, dict) else it if isinstance(it, list) else []
def is_clean(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", text)
def is_profile(value: Any, level: int = 1) -> bool:
    if isinstance(value, str): return is_clean(value)
    if isinstance(value, dict) and not all(key.isascii() and is_clean(key) for key in value): return False
    if not isinstance(value, (dict, list)): return value is None or (isinstance(value, int) and abs(value) < 2**53)
    return level <= 64 and all(is_profile(item, level + 1) for item in members(value))
# ---- Ed25519 (RFC 8032, 5.1). A point is (X, Y, Z, T) with x = X/Z, y = Y/Z, x*y = T/Z
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, NEUTRAL = -121665 * pow(121666, -1, P) % P, (0, 1, 1, 0)
def add(a: Any, b: Any) -> Any:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return ((f - e) * (d - c) % P, (d + c) * (f + e) % P, (d - c) * (d + c) % P, (f - e) * (f + e) % P)
def times(number: int, point: Any) -> Any:
    rest = times(number >> 1, add(point, point)) if number else NEUTRAL
    return add(rest, point) if number & 1 else rest
def to_bytes(point: Any) -> bytes:
    x, y = (part * pow(point[2], -1, P) % P for part in point[:2])
    return bytes((y | (x & 1) << 255).to_bytes(32, "little"))
def to_point(data: bytes) -> Any:  # None when the bytes are not the canonical encoding of one (5.1.3)
    sign, y = int.from_bytes(data, "little") >> 255, int.from_bytes(data, "little") & (2**255 - 1)
    if len(data) != 32 or y >= P: return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P: x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign): return None
    x = x if x & 1 == sign else P - x
    return (x, y, 1, x * y % P)
BASE = to_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
def is_weak(public: bytes) -> bool:  # no canonical point, or one of low order, with which anybody can make signatures
    return (point := to_point(public)) is None or to_bytes(times(8, point)) == to_bytes(NEUTRAL)
def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:  # 5.1.7, strictly, without the cofactor
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or s >= ORDER or to_point(r) is None or is_weak(public): return False
    k = int.from_bytes(hashlib.sha512(r + public + message).digest(), "little") % ORDER
    x, y, z, t = times(k, to_point(public))
    return to_bytes(add(times(s, BASE), (-x % P, y, z, -t % P))) == r
def demonstration_public(name: str) -> bytes:  # the public key that anybody can derive for a key of this name
    digest = hashlib.sha512(hashlib.sha256(f"regdocs demonstration key {name}".encode()).digest()).digest()
    return to_bytes(times(int.from_bytes(digest[:32], "little") & (2**254 - 8) | 2**254, BASE))
# ---- keys, signed notes, checkpoints (C2SP signed-note, tlog-checkpoint, tlog-cosignature)
# Kind 1 signs notes, kind 4 cosigns checkpoints with a time. A signature is the key's name, its id, and data. A head is
# a checkpoint: the root of the tree of the first `size` lines, and the note that says so.
Key = NamedTuple("Key", [("name", str), ("id", bytes), ("kind", int), ("public", bytes)])
Note = NamedTuple("Note", [("text", str), ("signatures", "list[tuple[str, bytes, bytes]]")])
Head = NamedTuple("Head", [("origin", str), ("size", int), ("root", bytes), ("note", Note)])
def fits(value: Any, pattern: str) -> bool: return isinstance(value, str) and bool(re.fullmatch(pattern, value))
def unbase64(text: str) -> bytes:
    data: bytes = tried(lambda: base64.b64decode(text), b"")
    if not data or base64.b64encode(data).decode() != text: raise Bad("not base64, or not canonical")
    return data
def parse_key(text: str) -> Key:
    name, digits, data = [*text.split("+", 2), "", ""][:3]
    raw = unbase64(data)
    key = Key(name, hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4], raw[0] if raw else 0, raw[1:])
    if not fits(name, NAME) or key.id.hex() != digits or key.kind not in (1, 4) or len(key.public) != 32:
        raise Bad("not an Ed25519 verifier key, or its digits do not fit")
    if is_weak(key.public): raise Bad("a key of low order or not canonical: anybody could sign with it")
    return key
def parse_note(data: bytes) -> Note:
    try: text, gap, tail = data.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError as error: raise Bad("not UTF-8") from error
    if not gap or tail[-1:] != "\n" or len(data) > NOTE_LIMIT or re.search("[\x00-\x09\x0b-\x1f]", text + tail):
        raise Bad("not a signed note, or one whose line endings were converted")
    signatures: list[tuple[str, bytes, bytes]] = []
    for line in tail[:-1].split("\n"):
        found = re.fullmatch(r"— ([^\s+]+) ([A-Za-z0-9+/=]+)", line)
        blob = unbase64(found[2]) if found else b""
        if not found or len(blob) < 5 or len(signatures) == 100: raise Bad("a signature line that cannot be read")
        signatures.append((found[1], blob[:4], blob[4:]))
    return Note(text + "\n", signatures)
def parse_head(data: bytes, size: int | None = None) -> Head:  # of this size, if one is given
    note = parse_note(data)
    found = re.fullmatch(f"({NAME})\n([1-9][0-9]{{0,15}})\n([^\n]+)\n", note.text)
    root = unbase64(found[3]) if found else b""
    if not found or int(found[2]) >= 2**53 or len(root) != 32: raise Bad("not a checkpoint")
    if size not in (None, int(found[2])): raise Bad(f"it is of size {found[2]}, not {size}")
    return Head(found[1], int(found[2]), root, note)
def has_signed(key: Key, note: Note, data: bytes) -> bool:
    moment = f"cosignature/v1\ntime {int.from_bytes(data[:8], 'big')}\n" if key.kind == 4 else ""
    return is_signed(key.public, (moment + note.text).encode(), data[8:] if moment else data)
def parse_footer(text: str) -> tuple[int, bytes]:  # tree size and first 20 bytes of the root
    found = re.fullmatch("LOG ([1-9][0-9]{0,15})[^0-9A-Z]+([0-9A-Z\u2010\u2011 -]+)", " ".join(text.split()).upper())
    letters = re.sub("[\u2010\u2011 -]", "", found[2]).translate(str.maketrans("ILO", "110")) if found else ""
    if not found or not fits(letters, "[0-9A-HJKMNP-TV-Z]{32}"): raise Bad('a footer reads "log 42 · 7QK4-M2XA-…"')
    digits = letters.translate(str.maketrans("JKMNPQRSTVWXYZ", "IJKLMNOPQRSTUV"))  # Crockford's to Python's
    return int(found[1]), int(digits, 32).to_bytes(20, "big")
# ---- forms of entries
def is_count(value: Any) -> bool: return type(value) is int and value >= 0
def is_object(value: Any, *keys: str) -> bool: return isinstance(value, dict) and sorted(value) == sorted(keys)
def is_sealed(value: Any) -> bool: return is_object(value, "sealed") and fits(value["sealed"], DIGEST)
def is_text(value: Any) -> bool: return (isinstance(value, str) and value != "") or is_sealed(value)
def is_line(value: Any) -> bool:  # a text that may be signed: nothing in it that a reader does not see
    unseen = "\t\n\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    return fits(value, f"[^{unseen}]{{1,200}}") and value == value.strip() and is_clean(value)
def is_time(value: Any) -> bool:
    form = "[0-9]{4}(-[0-9]{2}){2}T([01][0-9]|2[0-3])(:[0-5][0-9]){2}Z"
    return fits(value, form) and bool(tried(lambda: datetime.fromisoformat(value[:-1]), False))
def seconds(time: str) -> float: return datetime.fromisoformat(time[:-1] + "+00:00").timestamp()
def is_list(value: Any, form: Callable[[Any], bool]) -> bool: return isinstance(value, list) and all(map(form, value))
def is_roles(value: Any) -> bool: return is_list(value, lambda one: one in ROLES) and len(set(value)) == len(value)
def is_words(value: Any, pattern: str = "(?s).+") -> bool:  # at least one, each once
    return value != [] and is_list(value, lambda one: fits(one, pattern)) and len(set(value)) == len(value)
def is_key(value: Any) -> bool:
    return isinstance(value, str) and bool(tried(lambda: parse_key(value).kind == 1, False))
def is_path(path: str) -> bool:  # one that a reader may open, below a folder
    reserved = r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])"  # by Windows
    return len(path) <= 240 and is_clean(path) and not re.search(r"[\\:\t\n]", path) and not any(
        name in ("", ".", "..") or name[-1] in ". " or re.fullmatch(reserved, name.split(".")[0].strip(), re.I)
        for name in path.split("/"))
EVERY_ENTRY = "n:count prev:digest do:word by:person at:time on?:day why?:text"
PERSON, FILES = "person:person name:line roles:roles key:key verified:verified", "data:digest spec:digest inputs:digest"
LETTER, OF = "object:digest bytes:count kind:word", ("correct", "signed-elsewhere", "decision", "receive", "package")
OWN_FILES = {"decision": "letter", "activate": "trained", "receive": "file", "submit": "response"}
def has(value: Any, forms: str) -> bool: return isinstance(value, dict) and not any(problems(value, forms))
FORMS: dict[str, str | Callable[[Any], bool]] = {  # patterns of texts, or functions
    "digest": DIGEST, "name": NAME, "person": PERSON_NAME, "nonce": "[0-9a-f]{32}", "word": "(?s).+", "key": is_key,
    "count": is_count, "size": lambda value: is_count(value) and value > 0, "text": is_text, "line": is_line,
    "time": is_time, "day": lambda value: is_time(f"{value}T00:00:00Z"), "list": lambda value: isinstance(value, list),
    "roles": lambda value: is_roles(value) and value != [], "verified": lambda value: has(value, "how:text by:text"),
    "version": lambda value: fits(value, "[A-Za-z0-9][A-Za-z0-9 ._()+-]{0,59}") and is_path(value),
    "rules": lambda one: isinstance(one, dict) and type(one.get("four_eyes")) is bool and is_roles(one.get("approval")),
    "people": lambda value: value != [] and is_list(value, lambda one: has(one, PERSON)), "words": is_words,
    "texts": lambda it: is_list(it, is_text), "documents": lambda it: is_words(it, "([^/\n\t]+/){2}[^\n\t]+"),
    "letter": lambda it: has(it, LETTER), "letters": lambda it: it != [] and is_list(it, lambda one: has(one, LETTER)),
    "flag": lambda value: type(value) is bool, "moments": lambda value: is_list(
        value, lambda one: has(one, "site:word at:time told:text")) and is_words([one["site"] for one in value])}
KINDS = {  # key:form; with "?" the key may be absent; after "=" stands a pattern
    "genesis": "format:=regdocs[.]audit/v1 study:line sponsor:line nonce:nonce origin:name rules:rules people:people "
               "log_key:key keys:=personal|demonstration purpose:=study|record tool:word", "note": "text:text",
    "enrol": PERSON + " possession:word", "key-add": "person:person key:key possession:word", "snapshot": FILES,
    "role": "person:person roles:roles", "key-revoke": "key:name since?:count why:text", "log-key": "key:key why:text",
    "release": FILES + " version:version", "clock": "reads:time", "recovered": "object:digest bytes:count",
    "amend": FILES + " version:version amendment:size submission?:size what:list", "correct": "of:count text:text",
    "issue": "of:count files:digest documents:list kept:=bytes|trees replaces?:list", "sign": "of:count note:word",
    "signed-elsewhere": "of:count kind:=ink|docusign|adobe|other signer:text object:digest bytes:count on:day "
                        "meaning:=" + "|".join(MEANINGS), "import": "object:digest source:text title:text on:day",
    "submit": "version:version body:word sites:words documents:documents on:day to?:count submission?:size "
              "external?:list answers?:list response?:letters", "redact": "sealed:digest why:text",
    "decision": "body:word reference:line decided:day effective?:day expires?:day received:day sites:words of?:count "
                "documents:documents version?:version letter?:letter stipulations?:texts class?:text reconsent?:list "
                "outcome:=approved|conditionally-approved|changes-required|deferred|disapproved|acknowledged|"
                "no-objection|not-required|suspended|terminated|expired|withdrawn",
    "receive": "of:count site:word language:word document:word file:letter against:digest compared:=words|no-text "
               "changes?:list", "activate": "version:version site:word documents?:documents on:day trained?:letter",
    "deviation": "number:line site:word category:word important:flag text:text on:day reported?:list",
    "package": "profile:word kind:word site?:word manifest:digest contents:digest of?:count on:day", "anchor":
    "kind:=cosignature|timestamp size:size object:digest time:time",
    "urgent-safety": "hazard:text measure:text decided_by:text known?:time sites:moments"}
def problems(entry: dict[str, Any], forms: str) -> Iterator[str]:
    for name, _, form in (item.partition(":") for item in forms.split(" ")):
        key, rule = name.rstrip("?"), form[1:] if form[0] == "=" else FORMS[form]
        if key not in entry: yield from [] if name.endswith("?") else [f'"{key}" is missing']
        elif not (fits(entry[key], rule) if isinstance(rule, str) else rule(entry[key])):
            yield f'"{key}" is not of the form it must have'
# ---- lists of files, and the steps of an amendment
def parse_list(data: bytes) -> dict[str, str]:  # path and digest of each line, in the format of sha256sum
    try: *rows, rest = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error: raise Bad("a list of files that is not UTF-8") from error
    files = {}
    for row in rows:
        digest, gap, path = row.partition("  ")
        if not (fits(digest, DIGEST) and gap and is_path(path)): raise Bad(f'"{row}" or its path is against the rules')
        files[path] = digest
    if rest or list(files) != sorted(files) or len({path.casefold() for path in files}) != len(rows):
        raise Bad("a list of files with a path twice or out of order, or without LF at its end")
    return files
def ids_of(value: Any) -> list[Any]:  # by which paths name the members of a list; none when it is one value
    ids = [one.get("id") if isinstance(one, dict) else None for one in value] if isinstance(value, list) else []
    return ids if all(isinstance(one, str) for one in ids) and len(set(ids)) == len(ids) else []
def find(parent: Any, segment: Any, needed: bool = True) -> Any:  # key or index of what it names; None: there is none
    ids = ids_of(parent)
    if not ids and not isinstance(parent, dict): raise Bad(f'"{segment}" is below a value that has nothing below it')
    if needed and segment not in (ids or parent): raise Bad(f'there is no "{segment}"')
    return None if segment not in (ids or parent) else ids.index(segment) if ids else segment
def apply_step(tree: Any, step: Any) -> None:  # changes the tree as one step says
    path = step.get("path") if isinstance(step, dict) else None
    if not isinstance(path, str) or not fits(path, "/([^~]|~[01])*") or path.count("/") > 64: raise Bad("no good path")
    parts = [part.replace("~1", "/").replace("~0", "~") for part in path[1:].split("/")]
    elements = tree  # the list of elements that the path reaches last, if it reaches one
    for segment in parts[:-1]:
        tree = tree[find(tree, segment)]
        if isinstance(tree, list): elements = tree
    at, in_list, keys, new = find(tree, parts[-1], False), isinstance(tree, list), set(step) - {"path"}, step.get("new")
    if not is_profile(new, len(parts) + 1) or (in_list and "new" in keys and not (
            isinstance(new, dict) and new.get("id") == parts[-1])): raise Bad(f"{path}: another id, or too deep")
    if at is None and in_list and keys == {"new", "after"}:
        tree.insert(0 if step["after"] is None else find(tree, step["after"]) + 1, new)
    elif at is None and not in_list and keys == {"new"}: tree[parts[-1]] = new
    elif at is None: raise Bad(f"nothing is at {path}, or the step is of no known form")
    elif keys in ({"old", "new"}, {"old"}) and encode(tree[at]) == encode(step["old"]):
        if "new" in keys: tree[at] = new
        else: del tree[at]
    elif keys == {"order"} and ids_of(tree[at]) and isinstance(step["order"], list) and (
            sorted(map(repr, step["order"])) == sorted(map(repr, ids_of(tree[at])))):
        place = {one: number for number, one in enumerate(step["order"])}
        tree[at].sort(key=lambda one: place[one["id"]])
    elif keys == {"rename"} and in_list and isinstance(step["rename"], str) and step["rename"] not in ids_of(tree):
        tree[at]["id"] = step["rename"]
    else: raise Bad(f"what is at {path} is not what the step says, or the step is of no known form")
    if isinstance(elements, list) and not ids_of(elements): raise Bad(f"the list of {path} is not of elements any more")
# ---- the log
def leaf_hash(line: bytes) -> bytes: return hashlib.sha256(b"\x00" + line).digest()
def node_hash(left: bytes, right: bytes) -> bytes: return hashlib.sha256(b"\x01" + left + right).digest()
def put_back(audit: str, holder: dict[str, Any], left: int) -> int:  # values that are objects, of `left` bytes at most
    for key, value in holder.items():
        if key not in ("n", "prev", "do", "by", "at", "format") and is_object(value, "bytes", "object"):
            left -= value["bytes"] if is_count(value["bytes"]) else OBJECT_LIMIT + 1
            if left < 0 or not fits(value["object"], DIGEST): raise Bad(f'"{key}" is no reference, or to too much')
            data = read_object(audit, value["object"])
            if len(data) != value["bytes"]: raise Bad(f'"{key}" is said to have {value["bytes"]} bytes')
            holder[key] = parse_json(data)
    return left
def placed(path: str) -> str: return path if re.match("redline-from-[^/]+/", path) else "clean/" + path
def ways_to(paths: list[str]) -> set[str]: return {x[: one.end()] for x in paths for one in re.finditer("/", x)}
def opens(data: bytes, digest: str) -> bool:  # whether a sealed file is of the value that was sealed
    content = tried(lambda: parse_json(data), None)
    return is_object(content, "salt", "value") and fits(content["salt"], "[0-9a-f]{32}") and (
        hashlib.sha256(bytes.fromhex(content["salt"]) + encode(content["value"])).hexdigest() == digest)
class Verifier:
    """Reads one log from its first line to its last. In its functions `n` is the number of the entry being read."""
    def __init__(self, audit: str, study: str | None, trust: list[Key] | None) -> None:
        self.audit, self.study, self.trust = audit, study, trust
        self.levels, self.at, self.count, self.too_long = [bytearray()], "", 0, False
        # people: name, (entry, roles)s. keys: name -> key, entries that brought, revoked it. act: what has to be signed
        self.genesis, self.people, self.keys, self.act = (dict[str, Any]() for _ in range(4))
        # By entry: versions and issues as written; kind and name of versions, and of an amendment whether it was
        # submitted again; anchors. named: a `sign` entry, and the key its note names. A fault: code, what, entry.
        self.written, self.versions, self.anchors = (dict[int, Any]() for _ in range(3))
        self.log_keys, self.named, self.faults, self.listed = list[Any](), list[Any](), list[Any](), list[str]()
        # issued: a version's entry -> path -> digest, `kept`. there: good objects. sealed: values, with their entry.
        self.issued, self.sealed = dict[int, dict[str, Any]](), dict[str, int]()
        self.there, self.redacted, self.form = set[str](), set[str](), cast(Any, None)
    def fault(self, code: int, message: str, n: int | None = None) -> bool:
        self.faults.append((code, message, n))
        return False  # so that one can write `good = this or self.fault(…)`
    def tell(self, message: str, n: int) -> None: self.listed.append(f"line {n + 1} (entry {n}): {message}")
    def run(self, outside: list[tuple[str, Head]], footers: list[tuple[int, bytes]]) -> None:
        newest, file = None, tried(lambda: open_file(self.audit, "log.jsonl"), io.BytesIO())  # no file: as an empty one
        try: newest = parse_head(read_file(NOTE_LIMIT, self.audit, "checkpoint"))
        except Bad as error: self.fault(8, f"the checkpoint cannot be read: {error}")
        with file:
            rest = file.seek(0, os.SEEK_END) + file.seek(0)
            while newest is None or self.count < newest.size:
                self.too_long = len(line := file.readline(LINE_LIMIT)) >= LINE_LIMIT
                if self.too_long or line[-1:] != b"\n": break
                self.take(self.count, line[:-1])
                rest -= len(line)
        if self.too_long: self.fault(8, "a line of 65,536 bytes or more; the rest was not read", self.count)
        elif not self.count: self.fault(8, "log.jsonl is missing, empty or no regular file")
        elif rest: self.listed.append(f"{rest} bytes beyond the checkpoint, or the last LF, were not read")
        self.close_act()
        for digest, n in self.sealed.items():
            try: good = opens(read_file(OBJECT_LIMIT, self.audit, "sealed", digest), digest)
            except Bad: good = digest in self.redacted
            if not good: self.fault(7, f"sealed {digest[:12]}… is missing, not redacted, or has another content", n)
        self.compare_issued()
        self.judge_heads(newest, outside, footers)
        self.code = next(code for code in VERDICTS if code == 0 or code in [fault[0] for fault in self.faults])
    def node(self, level: int, n: int) -> bytes: return bytes(self.levels[level][32 * n : 32 * n + 32])
    def grow(self, node: bytes, level: int = 0) -> None:  # the tree of RFC 6962, by one of 2^level lines
        if level == len(self.levels): self.levels.append(bytearray())
        self.levels[level] += node
        last = len(self.levels[level]) // 32 - 1
        if last & 1: self.grow(node_hash(self.node(level, last - 1), node), level + 1)
    def root(self, size: int) -> bytes | None:  # of the first `size` lines, if there are so many that were read
        if self.too_long or not 0 < size <= self.count: return None
        subtrees = [self.node(level, (size >> level) - 1) for level in range(len(self.levels)) if size >> level & 1]
        return functools.reduce(lambda right, left: node_hash(left, right), subtrees)
    def take(self, n: int, line: bytes) -> None:  # its form and place in the chain; then, if they are good, its meaning
        entry, good = dict[str, Any](), False
        try:
            value = parse_json(line)
            entry = value if isinstance(value, dict) else {}  # in which all is missing
            if entry.get("do") in ("release", "amend", "issue"): self.written[n] = {
                key: entry.get(key) for key in ("do", "of", "version", "amendment", "data", "files")}
            good = self.is_sound(n, entry)
        except Bad as error:
            self.fault(error.code, f"{error}" + "; line endings were converted" * (line[-1:] == b"\r"), n)
        if n == 0: self.begin(entry, good)
        if entry.get("do") != "sign": self.close_act()
        if good and self.genesis: self.mean(n, entry)
        self.grow(leaf_hash(line))
        self.count = n + 1
    def is_sound(self, n: int, entry: dict[str, Any]) -> bool:
        before = self.node(0, n - 1) if n else hashlib.sha256(b"").digest()
        if fits(entry.get("prev"), DIGEST) and entry["prev"] != before.hex():
            self.fault(1, f"lines {n} and {n + 1} do not join: changed, or lines removed, added or moved", n)
        if is_time(entry.get("at")):
            if entry["at"] < self.at: self.fault(1, f"`at` runs back from {self.at}: lines were moved", n)
            self.at = entry["at"]
        steps = {"what": entry.pop("what")} if "what" in entry else {}
        left = put_back(self.audit, entry, OBJECT_LIMIT)
        try:
            left = put_back(self.audit, steps, left)
            for step in steps["what"] if isinstance(steps.get("what"), list) else ():
                if isinstance(step, dict): left = put_back(self.audit, step, left)
        except Bad as error:
            if error.code != 7: raise
            self.form, steps = None, {"what": []}  # it is a version all the same
            self.fault(7, f"{error}; the steps are not checked", n)
        entry.update(steps)
        found = [*problems(entry, EVERY_ENTRY), *problems(entry, KINDS.get(str(entry.get("do")), "why?:text"))]
        if is_count(entry.get("n")) and entry["n"] != n:
            found.append(f"it says that it is entry {entry['n']}: a line before it was removed, added or moved")
        for problem in found: self.fault(1, problem, n)
        return not found
    def begin(self, entry: dict[str, Any], good: bool) -> None:  # genesis, on which everything else rests
        if entry.get("do") != "genesis" or entry.get("format") != "regdocs.audit/v1":
            self.fault(8, "the first line is no genesis of regdocs.audit/v1; nothing was read for its meaning", 0)
        elif good:
            self.genesis = entry
            try:
                if not entry["origin"].endswith("/" + entry["nonce"][:8]): raise Bad("the origin is not of this nonce")
                self.log_keys.append((0, self.new_key(entry["log_key"], entry["origin"])))
                for one in entry["people"]:
                    if one["person"] in self.people: raise Bad(f'"{one["person"]}" is named twice')
                    self.bring(0, self.new_key(one["key"], one["person"]), one)
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
        try: getattr(self, "on_" + kind.replace("-", "_") if kind in KINDS else "", self.on_fact)(n, entry)
        except Bad as error: self.fault(error.code, str(error), n)
    def look_for_sealed(self, n: int, value: Any) -> None:
        if is_sealed(value): self.sealed.setdefault(value["sealed"], n)
        for one in members(value): self.look_for_sealed(n, one)
    # ---- who may do what
    def expect(self, n: int, meaning: str, needed: int, who: set[str] | None) -> None:  # None: by administrators
        self.act = {"n": n, "meaning": meaning, "needed": needed, "who": who, "effect": None, "signed": set()}
    def close_act(self) -> None:
        act, self.act = self.act, {}
        if act and len(act["signed"]) < act["needed"]:
            who = ", ".join(sorted((act["who"] or {"administrators"}) - act["signed"]))
            self.fault(5, f"signatures ({act['meaning']}) have to follow directly; no good one by {who}", act["n"])
    def on_genesis(self, n: int, entry: dict[str, Any]) -> None:
        if n: raise Bad("a second genesis")
        self.expect(n, "authorisation", len(self.people), set(self.people))
    def on_authority(self, n: int, entry: dict[str, Any]) -> None:
        self.expect(n, "authorisation", 2 if self.genesis["rules"]["four_eyes"] else 1, None)
        self.act["effect"] = self.effect_of(n, entry)
    on_enrol = on_key_add = on_role = on_key_revoke = on_log_key = on_authority
    def effect_of(self, n: int, entry: dict[str, Any]) -> Callable[[], None]:  # what an act does once it is signed
        kind, person = entry["do"], entry.get("person")
        if kind == "key-revoke":
            holder, since = self.keys.get(entry["key"]), entry.get("since", n)
            if holder is None: raise Bad(f'there is no key "{entry["key"]}"', 6)
            if holder["revoked"] is not None or since > n: raise Bad("it was revoked before, or `since` is after this")
            return lambda: self.revoke(n, entry["key"], since)
        if kind == "enrol" and person in self.people: raise Bad(f'"{person}" is enrolled already')
        if kind in ("key-add", "role") and person not in self.people: raise Bad(f'"{person}" is not enrolled', 6)
        if kind == "role": return lambda: self.people[entry["person"]]["roles"].append((n, entry["roles"]))
        key = self.new_key(entry["key"], self.genesis["origin"] if kind == "log-key" else entry["person"])
        if kind == "log-key": return lambda: self.log_keys.append((n, key))
        note = parse_note(entry["possession"].encode())
        text = f"{self.genesis['origin']}\nregdocs-possession/v1\nperson {person}\nkey {entry['key']}\n"
        good = note.text == text and [one[:2] for one in note.signatures] == [(key.name, key.id)]
        if not good or not has_signed(key, note, note.signatures[0][2]): raise Bad("its possession is not proven")
        return lambda: self.bring(n, key, entry if kind == "enrol" else None)
    def own_keys(self) -> list[Key]: return [k for _, k in self.log_keys] + [one["key"] for one in self.keys.values()]
    def new_key(self, text: str, owner: str) -> Key:  # one that nobody has yet, of the log (its origin) or a person
        key, taken = parse_key(text), self.own_keys()
        if owner != (key.name if owner == self.genesis["origin"] else key.name.rpartition("/")[0]) or (
                key.name in self.keys or key.public in [one.public for one in taken]):
            raise Bad(f'"{key.name}" is not named for "{owner}", or its name or public key is taken')
        if self.genesis["keys"] != "demonstration" and key.public == demonstration_public(key.name):
            raise Bad(f'"{key.name}" is a demonstration key, with which anybody can sign')
        return key
    def bring(self, n: int, key: Key, enrolment: dict[str, Any] | None) -> None:
        self.keys[key.name] = {"key": key, "brought": n, "revoked": None}
        if enrolment: self.people[enrolment["person"]] = {"name": enrolment["name"], "roles": [(n, enrolment["roles"])]}
    def revoke(self, n: int, name: str, since: int) -> None:
        self.keys[name]["revoked"] = n
        for earlier in [one for one, named in self.named if named == name and since <= one < n]:
            self.fault(5, f'signed with "{name}", which entry {n} revokes from entry {since} on', earlier)
    def on_sign(self, n: int, entry: dict[str, Any]) -> None:
        of, by, act, genesis = entry["of"], entry["by"], self.act, self.genesis
        note = parse_note(entry["note"].encode())
        self.named += [(n, one[0]) for one in note.signatures]
        name, key_id, data = note.signatures[0]
        if of >= n or len(note.signatures) != 1: raise Bad("it signs no entry before it, or has several signatures")
        if name.rpartition("/")[0] != by: raise Bad(f'"{name}" is no key of "{by}"', 5)
        holder = self.keys.get(name)
        if holder is None or holder["key"].id != key_id: raise Bad(f'"{name}" is no key that is enrolled here', 6)
        if not has_signed(holder["key"], note, data): raise Bad(f'the signature of "{name}" is bad')
        said = dict(line.partition(" ")[::2] for line in note.text.split("\n")[2:])
        role, meaning, faults = said.get("role", ""), said.get("meaning", ""), len(self.faults)
        enough = {"approval": genesis["rules"]["approval"], "authorisation": ["administrator"]}.get(meaning, ROLES)
        if meaning not in MEANINGS or note.text != self.statement(n, entry, said):
            self.fault(1, "the signed text is not what the entries give: a line was forged, or the signature moved", n)
        if holder["revoked"] is not None: self.fault(5, f'"{name}" was revoked in entry {holder["revoked"]}', n)
        if role not in self.people[by]["roles"][-1][1] or role not in enough:
            self.fault(5, f'the role "{role}" is not one of "{by}" here, or does not suffice for {meaning}', n)
        good = len(self.faults) == faults
        persons = [key for key in self.trust or () if key.kind == 1 and key.name != genesis["origin"]]
        if persons and holder["key"] not in persons: self.fault(6, f'the trust file lists persons, but not "{name}"', n)
        if good and act and (act["n"], act["meaning"]) == (of, meaning) and by in (act["who"] or {by}):
            act["signed"].add(by)
            if len(act["signed"]) >= act["needed"] and act["effect"]: act["effect"] = act["effect"]()
    def statement(self, n: int, entry: dict[str, Any], said: dict[str, str]) -> str:  # what has to have been signed
        of, by, under, signed = entry["of"], entry["by"], said.get("under", ""), self.written.get(entry["of"], {})
        digest, version = "files" if signed.get("do") == "issue" else "data", signed
        if digest == "files": version = self.written.get(min(signed["of"], of), {}) if is_count(signed["of"]) else {}
        if version.get("do") == "issue": version = {}
        rows = [self.genesis["origin"], "regdocs-signature/v1", f"entry {of} {self.node(0, of).hex()}"]
        rows += [f"{key} {version[key]}" for key in ("version", "amendment") if version.get(key) is not None]
        rows += [f"{digest} sha256:{signed[digest]}"] if signed.get(digest) is not None else []
        rows += [f"name {self.people[by]['name']}", *(f"{key} {said.get(key, '')}" for key in ("role", "meaning"))]
        if fits(said.get("for"), PERSON_NAME) and fits(under, "0|[1-9][0-9]{0,14}") and int(under) < n:
            rows += [f"for {said['for']}", f"under {under}"]
        return "\n".join([*rows, f"time {entry['at']}", ""])
    # ---- versions, issues and what they keep
    def need(self, n: int, digest: str, what: str, size: int | None = None) -> bool:  # whether an object is there
        try:
            if digest not in self.there and digest_of_file(self.audit, "objects", digest) != digest:
                read_object(self.audit, digest)
            if size not in (None, tried(lambda: len(read_object(self.audit, digest)), size)):  # else too large to read
                raise Bad(f"object {digest[:12]}… has another length than {size}")
        except Bad as error: return self.fault(error.code, f"{error} ({what})", n)
        if len(self.there) < KEPT: self.there.add(digest)
        return True
    def on_snapshot(self, n: int, entry: dict[str, Any]) -> None:
        for key, what in (("data", "data form"), ("spec", "protocol.yaml")): self.need(n, entry[key], what)
        inputs = parse_list(read_object(self.audit, entry["inputs"]))
        for path, digest in inputs.items():
            if not path.startswith(("fonts/", "styles/")): self.need(n, digest, path)
        good = inputs.get("protocol.yaml") == entry["spec"] and "toolchain.json" in inputs
        if not good: raise Bad("`inputs` names another protocol.yaml than `spec`, or no toolchain.json")
    def on_release(self, n: int, entry: dict[str, Any]) -> None:
        kind, name, before = entry["do"], entry["version"], [*self.versions.values()]
        again = [one for _, _, one in before[::-1] if one is not None]  # of amendments: whether it was submitted again
        wanted, times = again.count(False) + ("submission" not in entry), [*again, False].index(False) + 2
        self.expect(n, "authorship", 1, {entry["by"]})
        counted = kind == "release" or (entry["amendment"], entry.get("submission", times)) == (wanted, times)
        if (kind == "amend") != bool(before) or not counted:
            self.fault(1, f"a second release, an amendment of nothing, or another number than {wanted}", n)
        if name in [one for _, one, _ in before]: self.fault(1, f'there is a version "{name}" already', n)
        self.versions[n], self.issued[n] = (kind, name, "submission" in entry if kind == "amend" else None), {}
        self.replay(n, entry)
        self.on_snapshot(n, entry)
    on_amend = on_release
    def replay(self, n: int, entry: dict[str, Any]) -> None:  # steps on the data form before must give the one named
        form, self.form = self.form, None
        try:
            if form is not None and entry["do"] == "amend":
                for step in entry["what"]: apply_step(form, step)
                if not is_profile(form) or hashlib.sha256(encode(form)).hexdigest() != entry["data"]:
                    raise Bad("they do not give `data`")
                self.form = form
        except Bad as error: self.fault(1, f"steps: what is said to have changed is not what changed: {error}", n)
        try:
            form = parse_json(read_object(self.audit, entry["data"]))
            self.form = self.form or form
            if not isinstance(form, dict) or form.get("version") != entry["version"]: raise Bad("another version")
        except Bad as error:
            if error.code != 7: self.fault(1, f"the data form: {error}", n)  # 7 is said by on_snapshot
    def on_issue(self, n: int, entry: dict[str, Any]) -> None:
        self.expect(n, "authorship", 1, {entry["by"]})
        if entry["of"] not in self.versions: raise Bad(f"an issue of entry {entry['of']}, which is no version")
        if entry["kept"] == "trees": self.tell("document bytes not kept", n)
        reasons = {one["path"]: one.get("why", "no reason given") for one in entry.get("replaces", ())
                   if isinstance(one, dict) and isinstance(one.get("path"), str)}
        files, issued = parse_list(read_object(self.audit, entry["files"])), self.issued[entry["of"]]
        for path, digest in files.items():
            tree, base = path.endswith(".tree"), re.sub(r"\.tree$", "", path)
            if (base if tree else path + ".tree") not in files: self.fault(1, f'"{path}" has no partner', n)
            if path in issued and base not in reasons: self.fault(1, f'"{path}" was issued in this version before', n)
            elif path in issued and not tree: self.tell(f'"{path}" is replaced: {reasons[path]}', n)
            if tree or entry["kept"] == "bytes": self.need(n, digest, path)
            issued[path] = (digest, entry["kept"])
    def on_fact(self, n: int, entry: dict[str, Any]) -> None:
        do, own = entry["do"], entry.get(OWN_FILES.get(entry["do"], ""))
        linked = entry.get("to" if do == "submit" else "of" if do in OF else "", -1)
        if linked >= n: self.fault(1, "it is about no entry before it", n)
        if not own and do == "decision": self.tell("a decision without its letter: reported only", n)
        if do == "signed-elsewhere": self.tell(f"signed elsewhere, {entry['kind']}: not checked cryptographically", n)
        if do == "correct": self.tell(f"corrects entry {entry['of']}", n)
        if do == "redact": self.redacted.add(entry["sealed"])
        if do == "redact": self.tell(f"the sealed value {entry['sealed'][:12]}… was removed", n)
        if do in ("signed-elsewhere", "recovered", "anchor"): own = entry
        for it in own if isinstance(own, list) else [own] if own else []:
            there = self.need(n, it["object"], do, None if do == "anchor" else it["bytes"])
            if there and do == "anchor" and entry["kind"] == "cosignature": self.anchors[n] = entry
    def compare_issued(self) -> None:  # below issued/ are the files that were issued, and folders on the way to them
        there = set(lying(self.study, "issued")) if self.study and "issued" in os.listdir(self.study) else set[str]()
        ways = {"", "clean/", *ways_to([x for i in self.issued.values() for x in map(placed, i) if x[:6] == "clean/"])}
        known, named = dict[str, Any](), {"issued/": ""}
        for n, issued in self.issued.items():
            top, own = f"issued/{self.versions[n][1]}/", {placed(path): one for path, one in issued.items()}
            known = {**{path: one for path, one in known.items() if path[:6] == "clean/"}, **own}
            named = {path: one for path, one in named.items() if not path.startswith(top)}  # of two the later has it
            named.update({top + way: "" for way in ways | ways_to([*own])}, **{top + "NOT-FOR-USE.txt": NOT_FOR_USE})
            named.update({top + path: one[0] for path, one in known.items() if path[-5:] != ".tree"})
            for path, one in sorted(own.items()):
                lost = one[1] == "bytes" and path[-5:] != ".tree" and top + path not in there
                if lost and top + path.split("/")[0] + "/" in there: self.fault(7, f'"{top}{path}" is missing')
        for path in sorted(there):  # of a folder digest_of_file gives ""
            good = digest_of_file(self.study or "", *path.split("/")) == named.get(path)
            if not good: self.fault(7, f'no entry names "{path}", or it is not the one issued')
    # ---- checkpoints
    def kept_sizes(self) -> list[int]:
        return sorted(int(x[:-5]) for x in names_in(self.audit, "heads") if fits(x, "[1-9][0-9]{0,14}[.]note"))[:KEPT]
    def kept_head(self, size: int, digest: str = "") -> Head:  # one in heads/, or an object, as anchors keep them
        data = read_object(self.audit, digest) if digest else read_file(NOTE_LIMIT, self.audit, "heads", f"{size}.note")
        return parse_head(data, size)
    def signers(self, note: Note) -> list[tuple[Key, bytes]]:  # those we know, with data; one bad signature is too many
        known = {(key.name, key.id): key for key in self.own_keys() + (self.trust or [])}
        found = [(known[name, key_id], data) for name, key_id, data in note.signatures if (name, key_id) in known]
        for key, data in found:
            if not has_signed(key, note, data): raise Bad(f'the signature of "{key.name}" is bad')
        return found
    def vouched(self) -> set[Key]:  # log keys that are in the trust file, and those that kept heads join to them
        keys = [key for _, key in self.log_keys]
        good = set(keys[:1]) if self.trust is None else {key for key in keys if key in self.trust}
        joints = [set(keys[later - 1 : later + 1]) for later in range(1, len(keys)) if self.is_joined(later)]
        for joint in joints + joints[::-1]: good |= joint if joint & good else set()  # towards later keys, then back
        return good
    def is_joined(self, later: int) -> bool:  # by the first kept head after the later of two log keys
        (_, old), (brought, new) = self.log_keys[later - 1 : later + 1]
        size = next((size for size in self.kept_sizes() if size > brought), 0)
        signed = tried(lambda: [key for key, _ in self.signers(self.kept_head(size).note)], [])
        return new in signed and any(key == old or self.was_administrator(key, size) for key in signed)
    def was_administrator(self, key: Key, size: int) -> bool:
        held, person = self.keys.get(key.name), key.name.rpartition("/")[0]
        if not held or held["key"] != key or not held["brought"] < size <= (held["revoked"] or size): return False
        return "administrator" in next(roles for since, roles in reversed(self.people[person]["roles"]) if since < size)
    def judge(self, head: Head, what: str, n: int | None, codes: tuple[int, int, int], limit: int) -> bool:
        # Whether a head is signed as it must be. `codes` are for its origin, size and root; `n` is its anchor.
        if head.origin != self.genesis.get("origin", head.origin):
            return self.fault(codes[0], f'{what} is of another log, "{head.origin}"', n)
        log_key = next((key for brought, key in reversed(self.log_keys) if brought < head.size), None)
        try:
            signed = self.signers(head.note)
            good = any(key == log_key and key in self.vouched_keys if log_key else
                       (key.name, key.kind) == (head.origin, 1) for key, _ in signed)
            if not good: self.fault(6, f"{what} is not by the log's key at its size, or nobody vouches for that key", n)
        except Bad as error: signed, good = [], self.fault(1, f"{what}: {error}", n)
        if head.size > limit: self.fault(codes[1], f"{what} has {head.size} lines, more than the {limit} here", n)
        elif (self.root(head.size) or head.root) != head.root:
            self.fault(codes[2] if good else 1, f"{what} has another root for {head.size} lines than this log", n)
        stamps = [int.from_bytes(data[:8], "big") for key, data in signed if key.kind == 4]
        moments = [one for one in stamps if one < 253402300800]  # before the year 10000
        if n is not None and moments and seconds(self.anchors[n]["time"]) not in moments:
            self.fault(1, f"the time is none of its cosignatures', which are {moments}, in seconds since 1970", n)
        return good
    def judge_heads(self, newest: Head | None, outside: list[tuple[str, Head]], footers: list[Any]) -> None:
        self.vouched_keys = self.vouched()
        if self.trust is None: self.fault(6, "nothing outside this log vouches for its key: no trust file was given")
        limit = newest.size if newest else 2**53 if self.too_long else self.count
        if self.count < limit and newest and not self.too_long:
            self.fault(3, f"missing: the checkpoint says {limit} lines; the end was cut off", self.count)
        sound = newest and self.judge(newest, "checkpoint", None, (1, 1, 1), limit) and newest.root == self.root(limit)
        kept: list[Any] = [(f"heads/{size}.note", None, size, "") for size in self.kept_sizes()]
        kept += [("the anchored head", n, one["size"], one["object"]) for n, one in self.anchors.items()]
        for what, n, size, digest in kept:
            try: head = self.kept_head(size, digest)
            except Bad as error: self.fault(1, f"{what}: {error}", n)
            else: self.judge(head, what, n, (1, 1 if digest else 3, 1), n if digest else limit)
        given = [(self.judge(head, what, None, (6, 3, 4 if sound else 1), limit), what, head) for what, head in outside]
        used = [head for good, what, head in given if good and not what.startswith("inner")]
        reach = [head.size for head in used if head.root == self.root(head.size)]
        self.covered = max(reach + [size for size, prefix in footers if (self.root(size) or b"")[:20] == prefix] + [0])
        for size, prefix in footers:
            if size > limit: self.fault(3, f"the footer is of {size} lines, more than the {limit} here")
            elif (self.root(size) or prefix)[:20] != prefix: self.fault(1, f"the footer of {size} has another root")
        if not used and not footers: self.fault(9, "no good head from outside: the end may have been cut off")
# ---- the call and the answer
NOT_CHECKED = """NOT checked:
  - that what was recorded was true when it was recorded, and that nothing was left out: no log can show that
  - who the persons are, unless the trust file lists their keys: identity rests on this log's own enrolment
  - that `spec` loads to `data` (`regdocs verify` does), that documents come out the same again (with `--rebuild`)
  - when entries were provably written, which is not computed here: `regdocs verify` prints what evidence shows
  - RFC 3161 time-stamps, signatures made elsewhere (ink, DocuSign …), files under fonts/ and styles/, imported pages"""
def shown(text: str) -> str: return "".join(x if x.isprintable() else f"\\u{ord(x):04x}" for x in text)  # moves nothing
def verified(asked: argparse.Namespace) -> Verifier:  # raises Bad, OSError or ValueError when the call itself is off
    rows = re.split("\r?\n", read_file(NOTE_LIMIT, os.path.realpath(asked.trust)).decode()) if asked.trust else []
    trust = [parse_key(row) for row in rows if row and not row.startswith("#")] if asked.trust else None
    here = {"audit", "log.jsonl", "checkpoint"} & {*os.listdir(asked.folder)}  # a link in place of a log is missing
    if "audit" in here and len(here) > 1: raise Bad("this is a log and has an audit in it: say which one is meant")
    log, outside = asked.folder.rstrip(os.sep) if here - {"audit"} else os.path.join(asked.folder, "audit"), []
    for path in map(os.path.realpath, asked.head):  # one in the log's own folder, "inner", decides nothing
        inner = "inner " * path.startswith(os.path.realpath(log) + os.sep)
        outside.append((f"{inner}head {path}", parse_head(read_file(NOTE_LIMIT, path))))
    verifier = Verifier(os.devnull if os.path.islink(log) else log, None if here - {"audit"} else asked.folder, trust)
    verifier.run(outside, [parse_footer(text) for text in asked.footer])
    return verifier
def report(verifier: Verifier) -> Iterator[str]:
    code, genesis = verifier.code, verifier.genesis
    yield f'Log of the study "{shown(genesis.get("study", "?"))}", origin {genesis.get("origin", "?")}'
    if genesis.get("keys") == "demonstration": yield "DEMONSTRATION KEYS: anybody can sign with them."
    for one, message, n in verifier.faults:
        yield f"FAULT {one}, {VERDICTS[one]}: " + ("" if n is None else f"line {n + 1} (entry {n}): ") + shown(message)
    yield "\n  - ".join(["Listed, and no fault:", *([*map(shown, verifier.listed)] or ["none"])])
    meant = "; rights, signatures, steps, objects, sealed values" + ", issued/" * bool(verifier.study)
    yield f"Checked: {verifier.count} lines: form, numbering, chain, times, checkpoint, heads" + meant * bool(genesis)
    yield NOT_CHECKED + "\n  - issued/: only an audit folder was given" * (not verifier.study)
    yield f"Heads from outside cover {verifier.covered} lines; who holds the keys could have cut or rewritten others"
    yield f"Exit code {code}: {VERDICTS[code]}" + ("" if code else "; NOT checked: spec to data, and more")
def main() -> int:
    parser = argparse.ArgumentParser(description="Verify an audit log of the format regdocs.audit/v1.")
    parser.add_argument("folder", nargs="?", default=".", help="a study's folder, or an audit folder; not a zip")
    parser.add_argument("--trust", metavar="FILE", help="verifier keys that you trust, one a line")
    parser.add_argument("--head", metavar="FILE", action="append", default=[], help="a checkpoint that you kept")
    parser.add_argument("--footer", metavar="TEXT", action="append", default=[], help='"log 42 · 7QK4-…", from a page')
    try: text = "\n".join(report(verifier := verified(parser.parse_args())))
    except (Bad, OSError, ValueError) as error: parser.error(f"nothing was verified: {shown(str(error))}")  # 2
    except Exception as error:  # a fault of this program must not pass for a verdict
        parser.exit(70, f"this program failed, which is no verdict: {type(error).__name__} {shown(str(error))}\n")
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    return verifier.code
if __name__ == "__main__": sys.exit(main())
