"""Programs of other people, which share no code with ours, read what we sign.

OpenSSL checks one signature; Go's `golang.org/x/mod/sumdb/note` (Debian: golang-go, golang-golang-x-mod-dev) opens a
note; the PyPI package aics-tlog checks a checkpoint with a cosignature. The last one needs Python 3.12: say in
REGDOCS_TLOG_PYTHON which Python has it.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.cosignature import cosign
from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import COSIGNATURE, Note, sign_note
from regdocs.audit.tree import inclusion_proof, leaf_hash, root_of

ORIGIN = "example.org/demo-101/1a2b3c4d"
LOG = demonstration_signer(ORIGIN)
WITNESS = demonstration_signer("witness.example/w1", COSIGNATURE)
LEAVES = [leaf_hash(b"line %d" % number) for number in range(11)]
CHECKPOINT = Checkpoint(ORIGIN, len(LEAVES), root_of(LEAVES))
TIME = 1679315147

GO_SOURCES = Path("/usr/share/gocode")
GO_PROGRAM = """
package main

import (
    "fmt"
    "io"
    "os"

    "golang.org/x/mod/sumdb/note"
)

func main() {
    verifier, err := note.NewVerifier(os.Args[1])
    if err != nil {
        fmt.Println("key:", err)
        os.Exit(1)
    }
    data, _ := io.ReadAll(os.Stdin)
    found, err := note.Open(data, note.VerifierList(verifier))
    if err != nil {
        fmt.Println("note:", err)
        os.Exit(1)
    }
    fmt.Print(found.Text)
}
"""

TLOG_PROGRAM = """
import json, sys
from aics_tlog import checkpoint, note, tree
asked = json.load(sys.stdin)
keys = [note.parse_vkey(text) for text in asked["keys"]]
result = checkpoint.verify_checkpoint(note.parse_note(asked["note"]), keys[0], keys[1:], quorum=len(keys) - 1)
proof = [bytes.fromhex(one) for one in asked["proof"]]
root = checkpoint.checkpoint_from_note(asked["note"])[0].root
inside = tree.verify_inclusion(bytes.fromhex(asked["leaf"]), asked["index"], asked["size"], proof, root)
print(json.dumps({"holds": result.ok, "error": str(result.error or ""), "inside": inside}))
"""


def openssl_holds(note: Note, folder: Path) -> bool:
    (folder / "key.der").write_bytes(bytes.fromhex("302a300506032b6570032100") + LOG.key.public)  # RFC 8410, 4
    (folder / "text").write_bytes(note.text.encode())
    (folder / "signature").write_bytes(note.signatures[0].data)
    files = ("-inkey", "key.der", "-keyform", "DER", "-in", "text", "-sigfile", "signature")
    command = ("openssl", "pkeyutl", "-verify", "-pubin", "-rawin", *files)
    return subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=60).returncode == 0


def test_openssl_verifies_the_signature_of_a_note(tmp_path: Path):
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    note = sign_note(CHECKPOINT.text, LOG)
    assert openssl_holds(note, tmp_path)
    assert not openssl_holds(Note(note.text.replace("11", "12"), note.signatures), tmp_path)


def opened_by_go(data: bytes, folder: Path) -> tuple[int, str]:
    program = folder / "open.go"
    program.write_text(GO_PROGRAM)
    environment = {**os.environ, "GO111MODULE": "off", "GOPATH": str(GO_SOURCES), "GOCACHE": str(folder / "cache")}
    command = ("go", "run", str(program), LOG.key.text)
    done = subprocess.run(command, input=data, env=environment, capture_output=True, check=False, timeout=300)
    return done.returncode, done.stdout.decode()


@pytest.mark.slow
def test_go_opens_a_note_with_several_signatures(tmp_path: Path):
    if shutil.which("go") is None or not (GO_SOURCES / "src/golang.org/x/mod/sumdb/note").is_dir():
        pytest.skip("Go with golang.org/x/mod is not installed")
    note = sign_note(CHECKPOINT.text, demonstration_signer("somebody@example.org/k1"), LOG)
    data = note.with_signatures(cosign(CHECKPOINT.text, WITNESS, TIME)).to_bytes()
    assert opened_by_go(data, tmp_path) == (0, CHECKPOINT.text)
    assert opened_by_go(data.replace(b"\n11\n", b"\n12\n"), tmp_path)[0] == 1


def judged_by_tlog(data: bytes, leaf: bytes) -> dict:
    python = os.environ.get("REGDOCS_TLOG_PYTHON")
    if not python:
        pytest.skip("REGDOCS_TLOG_PYTHON does not name a Python (3.12 or later) with the package aics-tlog")
    asked = {
        "note": data.decode(),
        "keys": [LOG.key.text, WITNESS.key.text],
        "leaf": leaf.hex(),
        "index": 3,
        "size": len(LEAVES),
        "proof": [one.hex() for one in inclusion_proof(LEAVES, 3, len(LEAVES))],
    }
    command = (python, "-c", TLOG_PROGRAM)
    done = subprocess.run(command, input=json.dumps(asked).encode(), capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_aics_tlog_verifies_a_cosigned_checkpoint_and_a_proof():
    data = sign_note(CHECKPOINT.text, LOG).with_signatures(cosign(CHECKPOINT.text, WITNESS, TIME)).to_bytes()
    assert judged_by_tlog(data, LEAVES[3]) == {"holds": True, "error": "", "inside": True}
    changed = judged_by_tlog(data.replace(b"\n11\n", b"\n12\n"), LEAVES[4])
    assert (changed["holds"], changed["inside"]) == (False, False)
