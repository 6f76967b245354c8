"""Whether participants who signed an earlier form have to sign anew, and have: by what bodies determined.

The sponsor proposes, the body determines (ICH E6(R3) 2.8.2). So "due" rests on a determination that says what is needed
(`determination_words`) in a decision with its letter; words alone are for a person, and where nobody determined
anything, that is said. Knows rows of signed forms and the log; reads no clock and keeps nothing.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from regdocs.versions.corrections import corrected_words
from regdocs.versions.determinations import Determination, words_of
from regdocs.versions.judging import Judged
from regdocs.versions.logbook import Logbook
from regdocs.versions.overseen import name_of
from regdocs.versions.reconsent_case import Case, Signed, Target

Verdict: TypeAlias = Literal[
    "re-consent overdue",
    "re-consent due",
    "determination to be read by a person",
    "no determination recorded",
    "re-consent done",
    "re-consent not required",
    "rows cannot be read",
]


@dataclass(frozen=True, slots=True)
class Reconsent:
    """How a participant stands with one kind of form at a site on a day; without any where no row of theirs is read.

    Attributes:
        participant: The number.
        signed, signed_on: The form that was signed last, as "consent/en/1.0", and when.
        by: The first day by which consent is needed anew and is lacking, or None.
        versions: Recorded versions with a later form that the verdict is about.
        why: The reasons in words.
        entries: Numbers of the entries of the log that it rests on.
        lines: Of the file.
    """

    participant: str
    site: str
    kind: str
    day: str
    signed: str
    signed_on: str
    verdict: Verdict
    by: str | None = None
    versions: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()
    lines: tuple[int, ...] = ()


def reconsents(logbook: Logbook, rows: Iterable[Judged], day_of: Callable[[str], str]) -> tuple[Reconsent, ...]:
    """Return how each participant stands with each kind of form, in the order of the file.

    Rows that name no form of the study, and those after the day, are not counted; the first are told.

    Args:
        day_of: The day that is asked for, by site.

    Raises:
        NotIssued, DoesNotFit: As `issued.documents_of`.
    """
    rows = tuple(rows)
    cases: dict[tuple[str, str], Case] = {}
    signed: dict[tuple[str, str, str], list[Signed]] = {}
    for one in rows:
        if one.document is None:
            continue
        site, kind = one.row.site, one.document.kind
        case = cases.setdefault((site, kind), Case(logbook, site, kind, day_of(site)))
        if one.row.date <= case.day:
            signed.setdefault((one.row.participant, site, kind), []).append(case.signed(one, one.document))
    found = [_stand(cases[site, kind], found) for (_, site, kind), found in signed.items()]
    return (*found, *_unread(rows, {(one.participant, one.site) for one in found}, day_of))


def _unread(rows: Iterable[Judged], known: set[tuple[str, str]], day_of: Callable[[str], str]) -> Iterator[Reconsent]:
    """Yield who stands in the file and of whom nothing can be said, because no row of theirs names a form."""
    lost: dict[tuple[str, str], list[Judged]] = {}
    for one in rows:
        whose = (one.row.participant, one.row.site)
        if one.document is None and one.row.participant and whose not in known:
            lost.setdefault(whose, []).append(one)
    for (participant, site), listed in lost.items():
        why = tuple(f"line {one.row.line}: {one.verdict}: {'; '.join(one.why)}" for one in listed)
        lines = tuple(one.row.line for one in listed)
        yield Reconsent(participant, site, "", day_of(site), "", "", "rows cannot be read", why=why, lines=lines)


def _stand(case: Case, signed: list[Signed]) -> Reconsent:
    last = max(signed, key=lambda one: one.when)
    found = _Found(case, signed, last)
    for target in case.targets:
        found.weigh(target)
    found.look_for_undetermined()
    found.tell_reported()
    found.tell_corrected()
    row = last.judged.row
    return Reconsent(
        row.participant,
        case.site,
        case.kind,
        case.day,
        name_of(last.document),
        row.date,
        found.verdict,
        min(found.days, default=None),
        tuple(dict.fromkeys(found.versions)),
        tuple(dict.fromkeys(found.why)) or (_nothing_newer(last),),
        tuple(sorted({*last.judged.entries, *found.entries})),
        tuple(one.judged.row.line for one in signed),
    )


def _nothing_newer(last: Signed) -> str:
    words = "signed the newest form that the site used by then"
    return words if last.correct else f"{words}, which was: {last.judged.verdict}"


class _Found:
    """What comes of the determinations for one participant, gathered target by target."""

    def __init__(self, case: Case, signed: list[Signed], last: Signed) -> None:
        self.case, self.rows, self.last = case, signed, last
        self.verdicts: set[Verdict] = set()
        self.days: list[str] = []
        self.versions: list[str] = []
        self.why: list[str] = []
        self.entries: list[int] = []

    @property
    def verdict(self) -> Verdict:
        """The one that asks for most."""
        order: tuple[Verdict, ...] = (
            "re-consent overdue",
            "re-consent due",
            "determination to be read by a person",
            "no determination recorded",
            "re-consent done",
        )
        return next((one for one in order if one in self.verdicts), "re-consent not required")

    def weigh(self, target: Target) -> None:
        """Take what bodies determined about one version, unless the participant signed that or a later one at first.

        A signature that was not as it should be is none: who has only such ones is asked like those who signed before.
        """
        anew = [one for one in self.rows if one.correct and one.rank >= target.rank_for(one.document.language)]
        if anew and not any(one.rank < target.rank_for(one.document.language) for one in self.rows):
            return
        for listed in target.by_body.values():
            needs = {one.need for one in listed}
            asked = bool(needs & {"required", "next-visit"})
            if anew and asked:
                self._take("re-consent done", listed, target)
                self._say_done(anew[0])
            elif not anew and asked and "not-required" not in needs:
                self._due(listed, target)
            elif not anew and needs != {"not-required"}:
                self._take("determination to be read by a person", listed, target)
            elif not anew:
                self._take("re-consent not required", listed, target)

    def look_for_undetermined(self) -> None:
        """Take the forms that the site has used since, about which no body determined anything."""
        language, newest = self.last.document.language, self._newest()
        covered = {target.rank_for(language) for target in self.case.targets}
        for used in self.case.used(language):
            rank = self.case.ranks[used.document.source]
            if rank > newest and rank not in covered:
                self.verdicts.add("no determination recorded")
                self.versions.append(used.document.source)
                self.entries.append(used.entry)
                what = f"{name_of(used.document)}, in use at {self.case.site} from {used.since} (entry {used.entry})"
                self.why.append(f"{what}: no body determined whether consent is needed anew")
                self.why += self._not_counting(rank)

    def tell_reported(self) -> None:
        """Tell of determinations on which nothing rests, where they are about a later form."""
        newest = self._newest()
        for one in self.case.reported:
            if self.case.ranks[one.decision["version"]] > newest:
                self.why.append(words_of(one))
                self.entries.append(one.entry)

    def tell_corrected(self) -> None:
        """Name corrections of decisions that this rests on: what they say is for a person."""
        words = corrected_words(self.case.logbook, self.entries)
        if words is not None:
            self.why.append(words)

    def _take(self, verdict: Verdict, listed: list[Determination], target: Target) -> None:
        self.verdicts.add(verdict)
        self.versions.append(target.version)
        self.why += map(words_of, listed)
        self.entries += (one.entry for one in listed)

    def _due(self, listed: list[Determination], target: Target) -> None:
        days = [one.by for one in listed if one.by is not None]
        late = any(day < self.case.day for day in days)
        self._take("re-consent overdue" if late else "re-consent due", listed, target)
        self.days += days
        self.why += self._not_counting(target.rank)
        self.why += self._not_usable(target)

    def _newest(self) -> int:
        """Return the rank of the newest form that was signed as it should be, or of all where none was."""
        return max([one.rank for one in self.rows if one.correct] or [one.rank for one in self.rows])

    def _not_counting(self, rank: int) -> Iterator[str]:
        """Name signatures under a form of that rank or a later one that were not as they should be."""
        for one in (one for one in self.rows if one.rank >= rank and not one.correct):
            signed = f"{name_of(one.document)} signed on {one.judged.row.date}"
            yield f"{signed} does not count: {one.judged.verdict} (line {one.judged.row.line})"

    def _not_usable(self, target: Target) -> Iterator[str]:
        """Say where the form to sign cannot be used on that day."""
        language = self.last.document.language
        form = target.forms.get(language)
        if form is None:
            yield f"version {target.version} has no {self.case.kind} in {language} for {self.case.site}"
            return
        newer = [one for one in self.case.used(language) if self.case.ranks[one.document.source] > target.rank]
        document = newer[-1].document if newer else form
        reasons = self.case.why_not_usable(document)
        if reasons:
            yield f"{name_of(document)} cannot be used there on {self.case.day}: {'; '.join(reasons)}"

    def _say_done(self, one: Signed) -> None:
        row = one.judged.row
        self.why.append(f"{name_of(one.document)} signed on {row.date} (line {row.line})")
        self.entries += one.judged.entries
