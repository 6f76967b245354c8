"""A log with two recorded versions whose documents were issued, made without composing or printing anything."""

from pathlib import Path
from typing import Any

from regdocs.audit.file_list import FileList
from regdocs.canonical import canonical_json, sha256_hex
from regdocs.versions.decisions import Decided, decision
from regdocs.versions.logbook import Logbook
from regdocs.versions.submissions import Submitted, submission
from tests.versions.logs import JANE, begin_log, recorded

LETTER = b"EXB-1: version 1.0 of the consent form is approved."
NORTH, SOUTH, AGENCY = "board-north", "committee-south", "agency"
FORM: dict[str, Any] = {
    "sites": [{"id": "north"}, {"id": "south"}],
    "oversight": [
        {"id": NORTH, "role": "ethics-committee", "sites": ["north"]},
        {"id": SOUTH, "role": "ethics-committee", "sites": ["south"]},
        {"id": AGENCY, "role": "regulator", "sites": ["north", "south"]},
    ],
}
# Kind, site, language; the last one is not issued anew in version 2.0.
DOCUMENTS = (
    ("protocol", None, "en"),
    ("consent", "north", "en"),
    ("consent", "south", "en"),
    ("consent", "south", "vi"),
)


def filed_log(study: Path, *versions: str, record: bool = False) -> Logbook:
    """A log with these versions, "1.0" and "2.0" when none is named, each with its documents."""
    logbook = begin_log(study, record=record)
    for name in () if record else versions or ("1.0", "2.0"):
        logbook = with_version(logbook, name)
    return logbook


def with_version(logbook: Logbook, name: str, **more: Any) -> Logbook:
    """Record a version with its documents.

    `more` are keys of its issue, and `files`, further paths with their bytes, `trees`, bytes of trees by path, and
    `form`, further keys of the data form.
    """
    stands = logbook.versions[0].name if logbook.versions else None
    own = {f"{stem(*one)}.pdf": f"{stem(*one)} {name}".encode() for one in DOCUMENTS if not stands or one[2] != "vi"}
    own |= more.pop("files", {})
    trees = {path: tree(data) for path, data in own.items()} | more.pop("trees", {})
    inputs, listed = FileList.of([]).to_bytes(), _list_of(own, trees)
    form = canonical_json({**FORM, "version": name, **more.pop("form", {})})
    kept = {sha256_hex(one): one for one in (form, inputs, listed, *own.values(), *trees.values())}
    data = sha256_hex(form)
    version: dict[str, Any] = {"by": JANE, "version": name, "data": data, "spec": data, "inputs": sha256_hex(inputs)}
    version |= {"do": "amend", "amendment": len(logbook.versions), "what": []} if stands else {"do": "release"}
    after = recorded(logbook, version, objects=kept)
    documents = [_document(one, name, stands) for one in DOCUMENTS]
    issue: dict[str, Any] = {
        "do": "issue",
        "by": JANE,
        "of": after.versions[-1].n,
        "files": sha256_hex(listed),
        "kept": "bytes",
    }
    return recorded(after, issue | {"documents": documents} | more)


def stem(kind: str, site: str | None, language: str) -> str:
    return "/".join(one for one in (kind, site, language) if one)


def tree(data: bytes) -> bytes:
    return b"tree of " + data


def submitted(logbook: Logbook, version: str, body: str, on: str = "2026-02-01", **more: Any) -> Logbook:
    return recorded(logbook, submission(logbook, JANE, Submitted(version, body, on, **more)))


def decided(
    logbook: Logbook, body: str, outcome: str = "approved", letter: bytes | None = LETTER, **more: Any
) -> Logbook:
    """Record a decision of the body on the consent form of version 1.0, for the sites it decides for."""
    sites = {NORTH: ("north",), SOUTH: ("south",), AGENCY: ("north", "south")}[body]
    own = {"decided": "2026-02-10", "received": "2026-02-12", "sites": sites, "documents": ("consent/en/1.0",)} | more
    entry, objects = decision(logbook, JANE, Decided(body=body, reference="EXB-1", outcome=outcome, **own), letter)
    return recorded(logbook, entry, objects=objects)


def _document(one: tuple[str, str | None, str], name: str, stands: str | None) -> dict[str, Any]:
    kind, site, language = one
    since = {"since": stands} if stands and language == "vi" else {}
    own = {"version": since.get("since", name), "date": "2026-01-15", "formats": ["pdf"]}
    return {"kind": kind, "language": language, **({"site": site} if site else {}), **own, **since}


def _list_of(files: dict[str, bytes], trees: dict[str, bytes]) -> bytes:
    lines = [*files.items(), *((f"{path}.tree", data) for path, data in trees.items())]
    return FileList.of((path, sha256_hex(data)) for path, data in lines).to_bytes()
