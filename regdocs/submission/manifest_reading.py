"""MANIFEST.json of a package that anybody may have made: read strictly, and held against the files that are there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.audit.forms import is_count, is_day, is_digest
from regdocs.audit.line import NotALine, parse_value
from regdocs.audit.names import problem_of_path
from regdocs.canonical import canonical_json
from regdocs.submission.manifest import FORMAT, JSON, LOG, PAPERS
from regdocs.submission.sources import Source, read_whole

MAX_MANIFEST = 4_500_000  # 10,000 files; a value of JSON takes many times its bytes in memory
_TEXTS = ("study", "origin", "kind", "version")
_STATES = ("clean", "tracked", "stamped")
_OF_DOCUMENTS = ("title", "version", "date", "language", "state")


class NotAManifest(ValueError):
    """The bytes are no manifest of this format; the message is the reason."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest that was read: what it says, and its rows by path."""

    said: Mapping[str, Any]
    files: Mapping[str, Mapping[str, Any]]


def manifest_in(source: Source) -> tuple[Manifest, bytes]:
    """Return the manifest of a package, and its bytes.

    Raises:
        NotAManifest: It is not there, too large, or of another form.
    """
    data = read_whole(source, JSON, MAX_MANIFEST)
    if data is None:
        raise NotAManifest(f"there is no {JSON} that can be read")
    try:
        said: Any = parse_value(data.removesuffix(b"\n"))
    except NotALine as error:
        raise NotAManifest(f"{JSON}: {error}") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise NotAManifest(f"{JSON} does not say that it is of the format {FORMAT}")
    if canonical_json(said) + b"\n" != data:
        raise NotAManifest(f"{JSON} is not written as the format has it (RFC 8785)")
    problem = next(_problems(said), None)
    if problem is not None:
        raise NotAManifest(f"{JSON}: {problem}")
    rows = {row["path"]: row for row in said["files"]}
    return Manifest(said, rows), data


def _problems(said: Mapping[str, Any]) -> Iterator[str]:
    for key in _TEXTS:
        if not isinstance(said.get(key), str):
            yield f'"{key}" is no text'
    profile, head, files = said.get("profile"), said.get("head"), said.get("files")
    if not (isinstance(profile, dict) and isinstance(profile.get("name"), str) and is_digest(profile.get("sha256"))):
        yield '"profile" is not of the form it should have'
    if not _is_head(head) or ("before" in said and not _is_before(said["before"])):
        yield '"head" or "before" is not of the form it should have'
    if not is_day(said.get("on")) or not isinstance(said.get("site", ""), str):
        yield '"on" or "site" is not of the form it should have'
    if not isinstance(files, list) or not all(map(_is_row, files)):
        yield '"files" is not of the form it should have'
    elif len({row["path"].casefold() for row in files}) != len(files):
        yield '"files" names a file twice'


def _is_head(head: Any) -> bool:
    return isinstance(head, dict) and is_count(head.get("size")) and is_digest(head.get("root"))


def _is_before(before: Any) -> bool:
    if not _is_head(before) or not is_count(before.get("entry")) or not is_day(before.get("on")):
        return False
    proof = before.get("proof")
    return isinstance(proof, list) and len(proof) <= 64 and all(map(is_digest, proof))


def _is_row(row: Any) -> bool:
    if not isinstance(row, dict) or not isinstance(row.get("path"), str) or problem_of_path(row["path"]):
        return False
    own = row["path"] != JSON and not row["path"].startswith(LOG)
    return (
        own
        and is_digest(row.get("sha256"))
        and is_count(row.get("bytes"))
        and _is_tie(row.get("from"))
        and _is_told(row)
    )


def _is_tie(tie: Any) -> bool:
    """Tell whether a file is tied to one thing: the package alone, an entry, a submission, or an issue and a path."""
    if not isinstance(tie, dict):
        return False
    if tie.keys() in ({"issue", "path"}, {"printed", "path"}):
        return is_count(tie.get("issue", tie.get("printed"))) and isinstance(tie["path"], str)
    return (tie.keys() == {"package"} and tie["package"] is True) or (
        tie.keys() <= {"entry", "submission"} and len(tie) == 1 and all(map(is_count, tie.values()))
    )


def _is_told(row: Any) -> bool:
    """Tell whether a row says of a document what a document has, and of a paper of the package nothing of it."""
    own = [key for key in _OF_DOCUMENTS if key in row]
    if row.get("document") in PAPERS:
        return not own and row["from"].keys() == {"package"}
    return row.get("state") in _STATES and all(isinstance(row.get(key), str) for key in ("document", *_OF_DOCUMENTS))


def differences(source: Source, manifest: Manifest) -> Iterator[str]:
    """Yield, name by name, what is missing, other or not named; what lies below `log/` is looked at elsewhere."""
    for path, row in manifest.files.items():
        there = source.files.get(path)
        if there is None and source.stopped:
            continue  # why it was not read is told
        if there is None:
            yield f'"{path}" is missing'
        elif (there.sha256, there.size) != (row["sha256"], row["bytes"]):
            yield f'"{path}" is not the file that the manifest names: it was changed'
    known = {*manifest.files, JSON}
    yield from (
        f'"{path}" is not in the manifest' for path in source.files if path not in known and path[: len(LOG)] != LOG
    )
