"""One kind of form at one site on a day: signatures under it, what the site has used, what bodies determined about it.

Forms are in order by the version of the protocol that issued them, their `rank`; so a translation that was issued later
is a later form.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from regdocs.versions.activations import activations_of
from regdocs.versions.determinations import Determination, determinations_of
from regdocs.versions.issued import IssuedDocument, documents_of
from regdocs.versions.judging import Judged
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import name_of
from regdocs.versions.validity import InUse, form_at, used_at, why_not

SPOKEN = {"short-form": "short-form-summary"}
"""The kind whose words are said to whoever signs a form: what changes there, changes what they consented to."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature under a form; `rank` is the place of the version that issued it, or what was said with it."""

    judged: Judged
    document: IssuedDocument
    rank: int

    @property
    def correct(self) -> bool:
        return self.judged.verdict == "correct"

    @property
    def when(self) -> tuple[str, str, int]:
        return self.judged.row.date, f"{self.judged.row.time:0>5}", self.judged.row.line


@dataclass(frozen=True, slots=True)
class Target:
    """The version that determinations are about, with those of each body that stand, and its form by language."""

    version: str
    rank: int
    forms: dict[str, IssuedDocument]
    ranks: dict[str, int]
    by_body: dict[str, list[Determination]] = field(default_factory=dict)

    def rank_for(self, language: str) -> int:
        """Return from which rank on a form in that language has what was determined about."""
        return self.ranks.get(language, self.rank)


class Case:
    """One kind of form at one site on one day, and what was determined about it."""

    def __init__(self, logbook: Logbook, site: str, kind: str, day: str) -> None:
        self.logbook, self.site, self.kind, self.day = logbook, site, kind, day
        self.kinds = tuple(one for one in (kind, SPOKEN.get(kind)) if one)
        self.ranks = {version.name: place for place, version in enumerate(logbook.versions)}
        found = [one for one in determinations_of(logbook, site, day) if self._is_about(one)]
        self.reported = [one for one in found if one.reported]
        self.targets = tuple(self._targets(one for one in found if not one.reported))
        self._used: dict[str, tuple[InUse, ...]] = {}
        self._why_not: dict[str, tuple[str, ...]] = {}

    def signed(self, judged: Judged, document: IssuedDocument) -> Signed:
        """Return a row as a signature."""
        said = used_at(self.logbook, self.site, judged.row.date) if self.kinds[1:] else {}
        spoken = [self.ranks[one.document.source] for (kind, _), one in said.items() if kind in self.kinds[1:]]
        return Signed(judged, document, max((self.ranks[document.source], *spoken)))

    def used(self, language: str) -> tuple[InUse, ...]:
        """Return the forms in a language that the site has used by the day, and what is said with them, each once."""
        if language not in self._used:
            self._used[language] = tuple(self._ever_used(language))
        return self._used[language]

    def why_not_usable(self, document: IssuedDocument) -> tuple[str, ...]:
        """Return in words what keeps a form from being used at the site on the day."""
        name = name_of(document)
        if name not in self._why_not:
            self._why_not[name] = why_not(form_at(self.logbook, document, self.site, self.day))
        return self._why_not[name]

    def _ever_used(self, language: str) -> Iterator[InUse]:
        days = {entry["on"] for entry in activations_of(self.logbook) if entry["site"] == self.site}
        found: dict[str, InUse] = {}
        for day in sorted(one for one in days if one <= self.day):
            for (kind, written), used in used_at(self.logbook, self.site, day).items():
                if (kind, written) == (self.kind, language) or kind in self.kinds[1:]:
                    found.setdefault(name_of(used.document), used)
        yield from found.values()

    def _is_about(self, one: Determination) -> bool:
        named = any(document.partition("/")[0] in self.kinds for document in one.decision["documents"])
        return named and one.decision.get("version") in self.ranks

    def _targets(self, found: Iterable[Determination]) -> Iterator[Target]:
        targets: dict[str, Target] = {}
        for one in found:
            target = targets.setdefault(one.decision["version"], self._target(one.decision["version"]))
            stands = target.by_body.setdefault(one.body, [])
            if stands and stands[0].entry != one.entry:
                stands.clear()  # a later decision of the body on the same version
            stands.append(one)
        yield from sorted(targets.values(), key=lambda target: target.rank)

    def _target(self, name: str) -> Target:
        listed = documents_of(self.logbook, self.logbook.version(name))
        here = [one for one in listed if one.kind in self.kinds and one.site in (None, self.site)]
        spoken = max((self.ranks[one.source] for one in here if one.kind != self.kind), default=0)
        forms = {one.language: one for one in here if one.kind == self.kind}
        ranks = {key: max(self.ranks[one.source], spoken) for key, one in forms.items()}
        return Target(name, self.ranks[name], forms, ranks)
