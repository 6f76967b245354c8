"""Files that the log names by digest, so that a file at hand can be told: which document and version, in force or not.

Each is said with the entry that names it, so that whoever checks the log can look there for the digest.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.versions.copies_back import copy_at
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.issued_beside import companions_issued, redlines_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.overseen import deciding_bodies, name_of
from regdocs.versions.validity import FormState, documents_named, form_at, why_not
from regdocs.web.standing import copy_words, sites_in


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that the log names.

    Attributes:
        sha256: Its digest.
        what: What it is, in words.
        entry: Number of the entry that names it; of what was issued the newest issue of its version.
        listed: Whether an entry names it by its list of files, and not itself.
        standing: Whether it is in force, a line a site; () for what never is: letters, redlines.
    """

    sha256: str
    what: str
    entry: int
    listed: bool
    standing: tuple[str, ...] = ()


def known_files(logbook: Logbook, day_of: Callable[[str], str]) -> tuple[KnownFile, ...]:
    """Return the files that the log names, each once for each thing that it is.

    Raises:
        DoesNotFit, Refusal: As `issued.documents_of` and `validity.form_at`.
    """
    days = {site: day_of(site) for site in sites_in(logbook)}
    found: dict[tuple[str, str], KnownFile] = {}
    for version in logbook.versions:
        for one in (*_of_version(logbook, version, days), *_protocol(version)):
            found.setdefault((one.sha256, one.what), one)
    for entry in logbook.entries():
        for one in (*_of_entry(logbook, entry), *_copy(logbook, entry, days)):
            found.setdefault((one.sha256, one.what), one)
    return tuple(found.values())


def _of_version(logbook: Logbook, version: Version, days: Mapping[str, str]) -> Iterator[KnownFile]:
    if not version.issues:
        return
    n = version.issues[-1].n
    for document in (one for one in documents_of(logbook, version) if one.source == version.name):
        at = f" for {document.site}" if document.site else ""
        what = f"{document.kind}, {document.language}{at}, version {document.version} of {document.date}"
        standing = tuple(_standing(logbook, document, days))
        for file in document.files:
            yield KnownFile(file.sha256, f"{what} ({_form(file.path)})", n, True, standing)
    for redline in redlines_of(logbook, version):
        at = f" for {redline.site}" if redline.site else ""
        what = f"redline of {redline.kind}, {redline.language}{at}: version {redline.version} against {redline.base}"
        yield from (KnownFile(one.sha256, f"{what} ({_form(one.path)})", n, True) for one in redline.files)
    for paper in companions_issued(logbook, version):
        at = f" for {paper.part}" if paper.part else ""
        what = f"{paper.kind}, {paper.language}{at}, which goes with version {version.name}"
        yield from (KnownFile(one.sha256, f"{what} ({_form(one.path)})", n, True) for one in paper.files)


def _form(path: str) -> str:
    return path.rpartition(".")[2].upper()


def _protocol(version: Version) -> Iterator[KnownFile]:
    yield KnownFile(version.spec, f"protocol.yaml of version {version.name}", version.n, False)


def _standing(logbook: Logbook, document: IssuedDocument, days: Mapping[str, str]) -> Iterator[str]:
    for site, day in days.items():
        if document.site in (None, site) and deciding_bodies(logbook, logbook.version(document.source), site):
            yield _words(logbook, form_at(logbook, document, site, day))


def _words(logbook: Logbook, state: FormState) -> str:
    at = f"{state.site} on {state.day}"
    if not state.valid:
        return f"NOT in force at {at}: {'; '.join(why_not(state))}"
    copy = copy_at(logbook, state)
    since = state.in_use.since if state.in_use else "?"
    handed = f". The form to hand out is {copy_words(copy)}" if copy else ""
    return f"in force at {at}: used from {since}{handed}"


def _copy(logbook: Logbook, entry: Mapping[str, Any], days: Mapping[str, str]) -> Iterator[KnownFile]:
    """Yield a copy that came back from a body: in force where it is the one to hand out of a form that is."""
    if entry["do"] != "receive" or entry["site"] not in days:
        return
    site, digest = entry["site"], entry["file"]["object"]
    kind, language = entry["document"].split("/")[:2]
    named = (one for one in documents_named(logbook, site, kind, language) if name_of(one) == entry["document"])
    states = (form_at(logbook, one, site, days[site]) for one in named)
    what = f"{entry['document']} for {site}, as sent back by the body"
    yield KnownFile(digest, what, entry["n"], False, tuple(_copy_words(logbook, one, digest) for one in states))


def _copy_words(logbook: Logbook, state: FormState, digest: str) -> str:
    copy = copy_at(logbook, state)
    if copy is not None and copy.sha256 == digest:
        return _words(logbook, state)
    instead = f"the form to hand out is {copy_words(copy)}" if copy else "no copy is the form to hand out there"
    return f"NOT in force at {state.site} on {state.day}: {instead}"


_OWN = {"decision": "letter", "activate": "trained", "submit": "response"}
_CALLED = {
    "decision": "letter of {body}, {reference}",
    "activate": "record of training of {site}, version {version}",
    "submit": "letter to {body} that answers entry {to}",
}


def _of_entry(logbook: Logbook, entry: Mapping[str, Any]) -> Iterator[KnownFile]:
    do, n = entry["do"], entry["n"]
    if do in _OWN and _OWN[do] in entry:
        listed = entry[_OWN[do]]
        for one in listed if isinstance(listed, list) else [listed]:
            yield KnownFile(one["object"], _CALLED[do].format_map(entry), n, False)
    if do == "signed-elsewhere":
        yield KnownFile(entry["object"], f"signature made elsewhere ({entry['kind']}) of entry {entry['of']}", n, False)
    if do == "package":
        what = f"MANIFEST.json of the package ({entry['profile']}, {entry['kind']})"
        yield KnownFile(entry["manifest"], what, n, False)
    if do == "import":
        yield KnownFile(entry["object"], f"page that was read: {entry['title']}", n, False)
    for one in logbook.whole_entry(n).get("external", ()) if do == "submit" else ():
        if isinstance(one, dict) and isinstance(one.get("sha256"), str):
            what = f"{one.get('document')}: {one.get('title')}, not made here; went to {entry['body']}"
            yield KnownFile(one["sha256"], what, n, False)
