"""Per site an index of what is expected, what is filed and what is missing, for each version and language.

Expected is what can be told from the log alone: that each body which decides for the site was submitted what a version
issued anew, decided with its letter, sent a stamped copy back where it stamps, and that the site began to use it and
kept a record of training. Whether more is expected at your place is for you to know.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from regdocs.errors import Refusal
from regdocs.spec.tree import data_form
from regdocs.spec.yaml_text import parse_yaml
from regdocs.versions import tmf
from regdocs.versions.activations import activations_of
from regdocs.versions.decisions import decisions_of
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.logbook import Logbook, Version
from regdocs.versions.overseen import DECIDE, deciding_bodies, name_of, overseen_bodies, sites_of
from regdocs.versions.printed import tree_of
from regdocs.versions.snapshot import stored_declaration
from regdocs.versions.submissions import externals_of, filed_entries, submissions_of
from regdocs.versions.tmf import Artifact
from regdocs.versions.validity import USES, brought_by

Standing = Literal["filed", "missing", "not expected"]
EXTERNAL = "from outside"
_STAMPS = ("at-each-approval", "at-modification")
_Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Expected:
    """Something that a site's file is expected to hold, and whether the log has it.

    Attributes:
        site, version, language: Of what; `version` is "from outside" for documents that are not made here.
        body: Of which body; None where it is the site's.
        what: "submission", "decision", "letter", "stamped copy", "activation" or "record of training".
        standing: Whether it is filed, missing, or not expected as things stand.
        entries: Numbers of the entries that hold it.
        why: What is missing, or why nothing is expected; "" where all is filed.
        tmf: Where it belongs in a trial master file.
    """

    site: str
    version: str
    language: str
    body: str | None
    what: str
    standing: Standing
    entries: tuple[int, ...] = ()
    why: str = ""
    tmf: Artifact | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the index is: a site, a version (or "from outside"), a language (or the document), and why not, if so.

    Attributes:
        beyond: Why nothing is expected there where nothing is filed; None where something is.
    """

    logbook: Logbook
    site: str
    version: str
    language: str
    beyond: str | None = None

    def expected(
        self,
        body: str | None,
        what: str,
        standing: Standing,
        entries: Iterable[int] = (),
        why: str = "",
        *,
        at: Artifact | None,
    ) -> Expected:
        return Expected(self.site, self.version, self.language, body, what, standing, tuple(entries), why, at)

    def filed(
        self,
        body: str | None,
        what: str,
        entries: Collection[_Entry],
        names: Collection[str],
        why: str,
        at: Artifact | None,
    ) -> Expected:
        """Return what is filed where each document stands in an entry, else missing with those that do not."""
        absent = [name for name in names if not _has(entries, name)]
        told = f"{why}: {', '.join(absent)}" if absent else ""
        return self.expected(body, what, "missing" if absent else "filed", (one["n"] for one in entries), told, at=at)

    def about(self, entries: Iterable[_Entry], body: str, names: Collection[str]) -> list[_Entry]:
        """Return a body's entries on these documents for the site: of this version, of others where it has none."""
        mine = [one for one in entries if one["body"] == body and self.site in one["sites"]]
        own = [one for one in mine if self.version in (one.get("version"), EXTERNAL) and _names(one, names)]
        rest = [name for name in names if not _has(own, name)]
        return sorted((*own, *(one for one in mine if one not in own and _names(one, rest))), key=lambda one: one["n"])


def index_of(logbook: Logbook, site: str) -> tuple[Expected, ...]:
    """Return the index of a site: versions in order, then documents from outside.

    Raises:
        NotIssued, DoesNotFit: As `issued.documents_of`.
    """
    found: list[Expected] = []
    for version in (one for one in logbook.versions if one.issues and site in sites_of(logbook, one)):
        anew = [one for one in documents_of(logbook, version) if one.since is None and one.site in (None, site)]
        for language in dict.fromkeys(one.language for one in anew):
            place = _Place(logbook, site, version.name, language, _beyond(logbook, version, site))
            found += _of_version(place, version, [one for one in anew if one.language == language])
    return (*found, *_of_externals(logbook, site))


def sites_listed(logbook: Logbook) -> tuple[str, ...]:
    """Return the sites of all recorded versions, each once, in order."""
    return tuple(dict.fromkeys(site for version in logbook.versions for site in sites_of(logbook, version)))


def _of_version(place: _Place, version: Version, documents: list[IssuedDocument]) -> Iterator[Expected]:
    for body, told in overseen_bodies(place.logbook, version).items():
        if told.get("role") in DECIDE and place.site in (told.get("sites") or ()):
            yield from _of_body(place, body, told, documents)
    yield from _of_use(place, version, [name_of(one) for one in documents])


def _beyond(logbook: Logbook, version: Version, site: str) -> str | None:
    """Return why a version may never have gone to a body for a site: worded again, or declared for other sites."""
    if version.amendment is None:
        return None
    if any(one.amendment == version.amendment and one.n > version.n for one in logbook.versions):
        return f"amendment {version.amendment} was worded again"
    try:
        declared = stored_declaration(logbook, version)
    except Refusal:  # another writer may keep none
        declared = None
    tree = None if declared is None else parse_yaml(declared, "amendment.yaml")[0]
    form = None if tree is None else data_form(tree)
    scope = form.get("scope") if isinstance(form, dict) else None
    of = scope.get("of") if isinstance(scope, dict) and scope.get("level") == "site" else None
    if not isinstance(of, list) or site in of:
        return None
    return f"amendment {version.amendment} is declared for {', '.join(map(str, of))}"


# -------------------------------------------------------------------------------------------------------------- bodies


def _of_body(place: _Place, body: str, told: Mapping[str, Any], documents: list[IssuedDocument]) -> Iterator[Expected]:
    """Yield submission, decision, letter and stamped copies of a body."""
    names = [name_of(one) for one in documents]
    sending, deciding = tmf.of_submission(told.get("role")), tmf.of_decision(told.get("role"))
    sent = place.about(submissions_of(place.logbook), body, names)
    if not sent and place.beyond is not None:
        yield place.expected(body, "submission", "not expected", why=place.beyond, at=sending)
        return
    yield place.filed(body, "submission", sent, names, "not submitted", sending)
    if not sent:
        yield place.expected(body, "decision", "not expected", why="nothing was submitted", at=deciding)
        return
    decided = place.about(decisions_of(place.logbook), body, names)
    yield place.filed(body, "decision", decided, [one for one in names if _has(sent, one)], "not decided", deciding)
    yield from _letters(place, body, decided, deciding)
    if told.get("stamps") in _STAMPS:
        yield from _stamped(place, body, documents, decided)


def _letters(place: _Place, body: str, decided: list[_Entry], at: Artifact | None) -> Iterator[Expected]:
    """Yield the letters of decisions; one that was recorded later, as a decision of the same reference, counts."""
    if decided:
        having = [one for one in decided if "letter" in one]
        known = {one["reference"] for one in having}
        without = [str(one["n"]) for one in decided if "letter" not in one and one["reference"] not in known]
        why = f"of the decision in entry {', '.join(without)}" if without else ""
        entries = (one["n"] for one in having)
        yield place.expected(body, "letter", "missing" if without else "filed", entries, why, at=at)


def _stamped(place: _Place, body: str, documents: list[IssuedDocument], decided: list[_Entry]) -> Iterator[Expected]:
    """Yield what came back of the documents that the body permits and that have room for a stamp."""
    permitting = [one for one in decided if USES[one["outcome"]] == "permits" and "letter" in one]
    wanted = [one for one in documents if _has(permitting, name_of(one)) and _has_room(place.logbook, one)]
    numbers = {one["n"] for one in decisions_of(place.logbook) if one["body"] == body}
    came = [
        {**one, "documents": [one["document"]]}
        for one in filed_entries(place.logbook)
        if one["do"] == "receive" and one["site"] == place.site and one["of"] in numbers
    ]
    for kind in dict.fromkeys(one.kind for one in wanted):
        names = [name_of(one) for one in wanted if one.kind == kind]
        mine = [one for one in came if _names(one, names)]
        yield place.filed(body, "stamped copy", mine, names, "not received", tmf.of_document(kind))


def _has_room(logbook: Logbook, document: IssuedDocument) -> bool:
    return tree_of(logbook.object(document.tree)).furniture.stamp_area


# ----------------------------------------------------------------------------------------------------------------- use


def _of_use(place: _Place, version: Version, names: list[str]) -> Iterator[Expected]:
    """Yield activation and record of training."""
    used = [
        {**entry, "documents": [name_of(one.document) for one in brought_by(place.logbook, entry)]}
        for entry in activations_of(place.logbook)
        if entry["site"] == place.site
    ]
    own = [one for one in used if one["version"] == version.name and _names(one, names)]
    mine = own or [one for one in used if _names(one, names)]
    wanted = [name for name in names if _has(used, name) or _is_permitted(place, version, name)]
    after = [one for one in used if place.logbook.version(one["version"]).n > version.n]
    if not mine:
        why = f"version {after[0]['version']} was used in its place" if after else ""
        yield _not_used(place, wanted, why)
        return
    yield place.filed(None, "activation", mine, wanted, "approved, and not used there", None)
    without = [str(one["n"]) for one in mine if "trained" not in one]
    why = f"of the activation in entry {', '.join(without)}" if without else ""
    entries = (one["n"] for one in mine if "trained" in one)
    standing: Standing = "missing" if without else "filed"
    yield place.expected(None, "record of training", standing, entries, why, at=tmf.TRAINING)


def _not_used(place: _Place, permitted: list[str], instead: str) -> Expected:
    """Return what is said where nothing was used: it is missing where something is permitted and nothing newer came."""
    if not permitted or instead:
        why = instead or place.beyond or "not approved by every body"
        return place.expected(None, "activation", "not expected", why=why, at=None)
    why = f"approved, and not used there: {', '.join(permitted)}"
    return place.expected(None, "activation", "missing", why=why, at=None)


def _is_permitted(place: _Place, version: Version, name: str) -> bool:
    """Tell whether each body that decides there permitted a document at some time, with its letter."""
    permitting = [one for one in decisions_of(place.logbook) if USES[one["outcome"]] == "permits" and "letter" in one]
    here = [one["body"] for one in permitting if place.site in one["sites"] and name in one["documents"]]
    return set(deciding_bodies(place.logbook, version, place.site)) <= set(here)


# ------------------------------------------------------------------------------------------------------------- outside


def _of_externals(logbook: Logbook, site: str) -> Iterator[Expected]:
    """Yield submission, decision and letter of each document from outside, for each body that it went to."""
    sent: dict[tuple[str, str], str] = {}
    for entry, one in externals_of(logbook):
        if site in entry["sites"]:
            sent[one["document"], entry["body"]] = entry["version"]
    for (name, body), version in sent.items():
        named = next((one for one in logbook.versions if one.name == version), None)
        role = overseen_bodies(logbook, named).get(body, {}).get("role") if named else None
        place, deciding = _Place(logbook, site, EXTERNAL, name), tmf.of_decision(role)
        submitted = place.about(submissions_of(logbook), body, [name])
        yield place.filed(body, "submission", submitted, [name], "not submitted", tmf.of_submission(role))
        decided = place.about(decisions_of(logbook), body, [name])
        yield place.filed(body, "decision", decided, [name], "not decided", deciding)
        yield from _letters(place, body, decided, deciding)


def _has(entries: Iterable[_Entry], name: str) -> bool:
    return any(name in one["documents"] for one in entries)


def _names(entry: _Entry, names: Collection[str]) -> bool:
    return not set(names).isdisjoint(entry["documents"])
