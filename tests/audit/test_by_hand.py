"""The commands of docs/verify-by-hand.md, run as they stand there: on a log as it is, and on spoiled ones.

The page is for people who do not trust our programs, so each of its checks must also be seen to say no.
"""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import regdocs.audit
from regdocs.audit.append import LogFolder, Placed, append, create
from regdocs.audit.checkpoint import parse_checkpoint
from regdocs.audit.evidence import FolderEvidence
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.line import Json
from regdocs.audit.note import parse_note, sign_note
from regdocs.audit.proof import TlogProof
from regdocs.audit.statement import Statement
from regdocs.audit.tree import inclusion_proof, leaf_hash
from regdocs.audit.trust import parse_trust
from regdocs.audit.verification import Asked, Head
from regdocs.audit.verify import verify
from tests.audit.begun import AT, GENESIS, JANE, LOG, ORIGIN, note

PAGE = Path(__file__).resolve().parents[2] / "docs" / "verify-by-hand.md"
STANDALONE = Path(regdocs.audit.__file__).parent / "standalone_verify.py"
TOOLS = ("sh", "sed", "cut", "base64", "sha256sum", "od", "openssl", "python3", "gunzip")
PROTOCOL = b"title: Demo\nversion: '1.0'\n"
NAME = 'Jane "Q." Đoàn, MD'
PERSON = "jane.doe@example.org"
GOOD = "Signature Verified Successfully"
FOLLOWS, ROOT, ENTRY, PROOF = "DOES NOT FOLLOW", "THE ROOT IS ANOTHER", "SIGNED IS ANOTHER ENTRY", "NOT UNDER THIS HEAD"


# ---------------------------------------------------------------------------------------------------- a log to check


def kept(objects: dict[str, bytes], data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    objects[digest] = data
    return digest


def listed(objects: dict[str, bytes], files: dict[str, bytes]) -> str:
    return kept(objects, "".join(f"{kept(objects, files[path])}  {path}\n" for path in sorted(files)).encode())


def signed(
    role: str, meaning: str, version: str | None = None, data: str | None = None, files: str | None = None
) -> Callable[[Placed], dict[str, Json]]:
    """Jane's signature over the entry before it in the same append."""

    def record(placed: Placed) -> dict[str, Json]:
        of = placed.entries[-1]
        place = (ORIGIN, of.n, of.leaf.hex())
        said = Statement(*place, NAME, role, meaning, placed.at, version=version, data=data, files=files)
        text = sign_note(said.text, JANE).to_bytes().decode()
        return {"do": "sign", "by": PERSON, "of": of.n, "note": text}

    return record


def study_in(folder: Path) -> Path:
    """A study with eight entries, a version and a document, and beside it what the page says an auditor has."""
    verified: Json = {"how": "passport seen", "by": "the administrator"}
    roles: Json = ["administrator", "principal-investigator"]
    jane: Json = {"person": PERSON, "name": NAME, "roles": roles, "key": JANE.key.text, "verified": verified}
    log, by, objects = LogFolder(folder / "audit"), PERSON, dict[str, bytes]()
    create(log, [{**GENESIS, "people": [jane]}, signed("administrator", "authorisation")], signer=LOG, at=AT)
    append(log, [note("all is well")], signer=LOG, at=AT)
    data, spec = kept(objects, b'{"title":"Demo","version":"1.0"}'), kept(objects, PROTOCOL)
    inputs = listed(objects, {"protocol.yaml": PROTOCOL, "toolchain.json": b"{}"})
    release: dict[str, Json] = {
        "do": "release",
        "by": by,
        "version": "1.0",
        "data": data,
        "spec": spec,
        "inputs": inputs,
    }
    author = signed("principal-investigator", "authorship", version="1.0", data=data)
    append(log, [release, author], signer=LOG, at=AT, objects=objects)
    shutil.copy(log.checkpoint, folder / "kept.note")
    files = listed(objects, {"consent/en.txt": b"Consent\n", "consent/en.txt.tree": b"{}"})
    told: list[Json] = [
        {"kind": "consent", "language": "en", "version": "1.0", "date": "2026-03-01", "formats": ["txt"]}
    ]
    issue: dict[str, Json] = {"do": "issue", "by": by, "of": 3, "files": files, "documents": told, "kept": "bytes"}
    author = signed("principal-investigator", "authorship", version="1.0", files=files)
    append(log, [issue, author, note("the end")], signer=LOG, at=AT, objects=objects)
    beside(folder, log)
    return folder


def beside(folder: Path, log: LogFolder) -> None:
    document = folder / "issued" / "1.0" / "clean" / "consent" / "en.txt"
    document.parent.mkdir(parents=True)
    document.write_bytes(b"Consent\n")
    (folder / "study.trust").write_text(f"# keys\n{LOG.key.text}\n{JANE.key.text}\n")
    lines = (folder / "audit" / "log.jsonl").read_bytes().split(b"\n")[:-1]
    hashes = tuple(inclusion_proof([leaf_hash(line) for line in lines], 2, len(lines)))
    proof = TlogProof(2, hashes, parse_note((folder / "audit" / "checkpoint").read_bytes()))
    (folder / "entry.proof").write_bytes(proof.to_bytes())
    (folder / "entry.json").write_bytes(lines[2] + b"\n")
    if STANDALONE.is_file():
        shutil.copy(STANDALONE, folder / "standalone_verify.py")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return study_in(tmp_path_factory.mktemp("made"))


@pytest.fixture
def study(made: Path, tmp_path: Path) -> Path:
    """A copy of the study that a test may spoil."""
    return shutil.copytree(made, tmp_path / "study")


# ------------------------------------------------------------------------------------------------------- the commands


@cache
def blocks() -> tuple[str, ...]:
    return tuple(re.findall(r"^```sh\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))


def typed(folder: Path) -> dict[str, str]:
    """What each block says when all are typed one after the other, by the first line of the block."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    script = "".join(f"echo '@@@{place}'\n{block}" for place, block in enumerate(blocks()))
    done = subprocess.run(
        ["sh", "-u"], input=script.encode(), cwd=folder, capture_output=True, timeout=120, check=False
    )
    said = re.split(r"@@@\d+\n", done.stdout.decode())[1:]
    assert len(said) == len(blocks()), done.stderr.decode()
    return {block.partition("\n")[0]: text for block, text in zip(blocks(), said, strict=True)}


LINK, CHAIN, HEADS, ROOTS = "N=2", "hash=$(printf '' | sha256sum | cut -d ' ' -f 1)", "LOGKEY=", "cat > root.py <<'END'"
SIGNED, ABOUT, CLIMB, OBJECTS = "KEYNAME=", "OF=", "cat > climb.py <<'END'", "for file in audit/objects/*; do"
ISSUED, PROGRAM = "FILES=", "STANDALONE=standalone_verify.py"


def at(said: dict[str, str], name: str) -> str:
    (found,) = (text for first, text in said.items() if first.startswith(name))
    return found


def replaced(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert data.count(old) >= 1, f"{old!r} is not in {path.name}"
    path.write_bytes(data.replace(old, new, 1))


# -------------------------------------------------------------------------------------------------------- what is said


def test_the_log_of_this_test_is_one_that_verifies(study: Path):
    head = parse_note((study / "kept.note").read_bytes())
    trust = parse_trust((study / "study.trust").read_text(), ORIGIN)
    asked = Asked(trust, (Head("kept.note", head, parse_checkpoint(head.text)),), ())
    found = verify(FolderEvidence(study), asked)
    assert int(found.verdict) == 0, found.faults


def test_every_command_of_the_page_finds_a_good_log_good(study: Path):
    said = typed(study)
    assert '"prev":"' in at(said, LINK)
    assert at(said, CHAIN) == "8 lines looked at\n"
    assert at(said, HEADS).count(GOOD) == 2
    assert at(said, ROOTS) == "8 entries: the root is the signed one\n5 entries: the root is the signed one\n"
    assert at(said, SIGNED).strip() == GOOD
    assert at(said, ABOUT) == "signed is entry 3 as it stands\n"
    assert at(said, CLIMB).startswith("this is to be entry 2 of 8\nthe line is under the root of this head\n" + GOOD)
    assert at(said, OBJECTS) == "objects looked at\n"
    assert at(said, ISSUED) == "consent/en.txt: OK\n"
    words = (FOLLOWS, ROOT, ENTRY, PROOF, "TOO FEW", "IS ANOTHER", "NOT SIGNED")
    assert not [word for word in words for text in said.values() if word in text]


def test_altered_line_is_seen_in_link_chain_root_and_proof(study: Path):
    replaced(study / "audit" / "log.jsonl", b"all is well", b"all is bad.")
    replaced(study / "entry.json", b"all is well", b"all is bad.")
    said = typed(study)
    assert f"ENTRY 3 {FOLLOWS}" in at(said, LINK)
    assert f"ENTRY 3 {FOLLOWS}" in at(said, CHAIN)
    assert at(said, ROOTS).count(ROOT) == 2
    assert PROOF in at(said, CLIMB)


def test_altered_version_is_seen_in_the_signature_over_it(study: Path):
    replaced(study / "audit" / "log.jsonl", b'"version":"1.0"', b'"version":"1.1"')
    assert f"{ENTRY} 3" in at(typed(study), ABOUT)


@pytest.mark.parametrize("file", ["audit/checkpoint", "kept.note"])
def test_head_that_says_something_else_is_not_signed(study: Path, file: str):
    replaced(study / file, ORIGIN.encode() + b"\n", ORIGIN.encode() + b"\n1")
    said = at(typed(study), HEADS)
    assert said.count(GOOD) == 1 and f"NOT SIGNED BY {ORIGIN}" in said


def test_head_that_another_key_signed_is_not_signed(study: Path):
    text = parse_note((study / "audit" / "checkpoint").read_bytes()).text
    other = sign_note(text, demonstration_signer("somebody.else/k1")).to_bytes()
    (study / "audit" / "checkpoint").write_bytes(other.replace(b"somebody.else/k1", ORIGIN.encode()))
    assert f"NOT SIGNED BY {ORIGIN}" in at(typed(study), HEADS)


def test_statement_with_another_meaning_is_not_signed(study: Path):
    replaced(study / "audit" / "log.jsonl", b"meaning authorship", b"meaning approval..")
    assert "NOT SIGNED BY jane.doe@example.org/k1" in at(typed(study), SIGNED)


def test_end_that_was_cut_off_is_seen_with_a_head(study: Path):
    log = study / "audit" / "log.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:4]))
    assert at(typed(study), ROOTS) == "8 TOO FEW LINES\n5 TOO FEW LINES\n"


@pytest.mark.parametrize("packed", [False, True])
def test_object_with_other_bytes_is_named_packed_or_not(study: Path, packed: bool):
    path = study / "audit" / "objects" / hashlib.sha256(b"title: Demo\n").hexdigest()
    path.write_bytes(b"title: Other\n")
    if packed:
        subprocess.run(["gzip", str(path)], check=True, timeout=60)
    assert f"{path.name}{'.gz' if packed else ''} IS ANOTHER" in at(typed(study), OBJECTS)


def test_packed_objects_are_read_as_well(study: Path):
    for path in list((study / "audit" / "objects").iterdir()):
        if path.suffix != ".gz":
            subprocess.run(["gzip", str(path)], check=True, timeout=60)
    said = typed(study)
    assert (at(said, OBJECTS), at(said, ISSUED)) == ("objects looked at\n", "consent/en.txt: OK\n")


def test_issued_document_with_other_bytes_is_named(study: Path):
    (study / "issued/1.0/clean/consent/en.txt").write_bytes(b"Consent.\n")
    assert at(typed(study), ISSUED) == "consent/en.txt: FAILED\n"


def test_proof_with_a_hash_too_few_or_too_many_is_none(study: Path):
    rows = (study / "entry.proof").read_text().split("\n")
    for changed in ([*rows[:2], *rows[3:]], [*rows[:2], rows[2], *rows[2:]]):
        (study / "entry.proof").write_text("\n".join(changed))
        assert PROOF in at(typed(study), CLIMB)


def test_standalone_verifier_is_called_as_it_wants_to_be(study: Path):
    if shutil.which("python3") is None or not STANDALONE.is_file():
        pytest.skip("python3 is not installed, or the standalone verifier is not there")
    block = next(block for block in blocks() if block.startswith(PROGRAM))
    script = f"TRUST=study.trust HEAD=kept.note\n{block}"
    done = subprocess.run(["sh", "-u", "-c", script], cwd=study, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout.decode()
