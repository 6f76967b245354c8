"""What a recorded version says of those who oversee it: bodies, the sites they decide for, and documents by name.

Read from the version's data form, so that an old version is read without today's model. A document is named
"kind/language/version" here, as in the entries of submissions and decisions; its forms of several sites share a name.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from regdocs.audit.forms import is_day
from regdocs.versions.actors import NotAllowed
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.logbook import Logbook, Version

DECIDE = ("ethics-committee", "national-ethics-committee", "regulator")
"""Roles of bodies that decide about documents."""


@dataclass(frozen=True, slots=True)
class Overseen:
    """A recorded version, the sites that each body decides for, by the body's id, all sites, and its documents."""

    version: Version
    bodies: Mapping[str, tuple[str, ...]]
    sites: tuple[str, ...]
    documents: tuple[IssuedDocument, ...]

    def require(self, body: str, sites: Collection[str]) -> None:
        """Refuse a body or a site that the version does not have.

        Raises:
            NotAllowed: There is no such body or site, or no site is named.
        """
        if body not in self.bodies:
            raise NotAllowed(f'version {self.version.name} has no body "{body}"; its bodies: {_listed(self.bodies)}')
        self.require_sites(sites)

    def require_sites(self, sites: Collection[str]) -> None:
        """Refuse a site that the version does not have.

        Raises:
            NotAllowed: There is no such site, or none is named.
        """
        for site in sites:
            if site not in self.sites:
                raise NotAllowed(f'version {self.version.name} has no site "{site}"; its sites: {_listed(self.sites)}')
        if not sites:
            raise NotAllowed("at least one site has to be named")

    def require_documents(
        self, documents: Collection[str], sites: Collection[str], besides: Collection[str] = ()
    ) -> None:
        """Refuse documents that neither the version has for any of these sites, nor are among those `besides`.

        Raises:
            NotAllowed: There is no such document, or none is named.
        """
        known = (*self.names(sites), *besides)
        for one in documents:
            if one not in known:
                at = f"version {self.version.name} has no document {one!a} for {', '.join(sites)}"
                raise NotAllowed(f"{at}; documents are named KIND/LANGUAGE/VERSION: {_listed(known)}")
        if not documents:
            raise NotAllowed("at least one document has to be named")

    def names(self, sites: Collection[str]) -> tuple[str, ...]:
        """Return the names of the documents for these sites, those for all sites among them, each once, in order."""
        mine = (one for one in self.documents if one.site is None or one.site in sites)
        return tuple(dict.fromkeys(map(name_of, mine)))


def overseen(logbook: Logbook, version: Version) -> Overseen:
    """Return what a recorded version says of bodies, sites and documents. Raises as `documents_of`."""
    form = _form_of(logbook, version)
    bodies = {one["id"]: tuple(one.get("sites") or ()) for one in _elements(form, "oversight")}
    return Overseen(version, bodies, _ids(form, "sites"), documents_of(logbook, version))


def deciding_bodies(logbook: Logbook, version: Version, site: str) -> tuple[str, ...]:
    """Return the ids of the bodies that decide on documents at a site, as a recorded version names them.

    A data safety board advises on the conduct of a study; it approves no documents.
    """
    form = _form_of(logbook, version)
    bodies = (one for one in _elements(form, "oversight") if one.get("role") in DECIDE)
    return tuple(one["id"] for one in bodies if site in (one.get("sites") or ()))


def overseen_bodies(logbook: Logbook, version: Version) -> dict[str, dict[str, Any]]:
    """Return what a recorded version says of each body, by its id."""
    return {one["id"]: one for one in _elements(_form_of(logbook, version), "oversight")}


def sites_of(logbook: Logbook, version: Version) -> tuple[str, ...]:
    """Return the ids of the sites of a recorded version, which need not have documents yet."""
    return _ids(_form_of(logbook, version), "sites")


def name_of(document: IssuedDocument) -> str:
    """Return how entries name a document: "consent/en/2.0"."""
    return f"{document.kind}/{document.language}/{document.version}"


def require_day(what: str, day: str | None) -> None:
    """Refuse a text that is no day.

    Raises:
        NotAllowed: It is none.
    """
    if day is not None and not is_day(day):
        raise NotAllowed(f'{what}: "{day}" is not a day of the form 2026-03-01')


def _form_of(logbook: Logbook, version: Version) -> Any:
    """Return the data form of a version, which is asked for again for each of many documents."""
    known = logbook.worked_out.get(("form", version.n))
    if known is None:
        known = logbook.worked_out["form", version.n] = json.loads(logbook.object(version.data))
    return known


def _ids(form: Any, name: str) -> tuple[str, ...]:
    return tuple(one["id"] for one in _elements(form, name))


def _elements(form: Any, name: str) -> list[dict[str, Any]]:
    found = form.get(name) if isinstance(form, dict) else None
    return [one for one in found if isinstance(one, dict) and "id" in one] if isinstance(found, list) else []


def _listed(names: Collection[str]) -> str:
    return ", ".join(names) or "none"
