"""Beginning a log: genesis, and under it the signatures of all first administrators, in one write.

Knows what genesis says and whom it needs; does not know where keys come from, nor the time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from regdocs import __version__
from regdocs.audit import append as log
from regdocs.audit.authority import ADMINISTRATOR
from regdocs.audit.checkpoint import Checkpoint
from regdocs.audit.entry import FORMAT, ROLES
from regdocs.audit.key_files import is_demonstration
from regdocs.audit.line import Json
from regdocs.audit.log_folder import LogFolder
from regdocs.audit.names import is_person, is_signed_text, origin_of
from regdocs.audit.note import Key, Signer
from regdocs.versions.acting import entry_of, placed_record, signature
from regdocs.versions.actors import Actor, NotAllowed
from regdocs.versions.logbook import AUDIT
from regdocs.versions.rehearsal import Clock, settled

DEFAULT_APPROVAL = ("sponsor", "principal-investigator")


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person as they are to be enrolled.

    Attributes:
        person: Name of the person, such as an address ("jane.doe@example.org"); no "/".
        name: The printed name, as it stands in signatures.
        roles: Words of `ROLES`, at least one.
        how, verifier: How the identity was established, and by whom.
    """

    person: str
    name: str
    roles: tuple[str, ...]
    how: str
    verifier: str

    def to_json(self, key: Key) -> dict[str, Json]:
        """Return the keys of an `enrol` entry, or of a person in genesis, but for `possession`."""
        return {
            "person": self.person,
            "name": self.name,
            "roles": list(self.roles),
            "key": key.text,
            "verified": {"how": self.how, "by": self.verifier},
        }

    def demand(self) -> None:
        """Refuse what cannot be enrolled.

        Raises:
            NotAllowed: A name, a printed name or a role of a wrong form, or nothing said of how identity was verified.
        """
        if not is_person(self.person):
            raise NotAllowed(f'"{self.person}" cannot be the name of a person: small letters, digits and ._@-')
        if not is_signed_text(self.name):
            raise NotAllowed(f'the printed name of "{self.person}" has to be one line of 1 to 200 characters')
        unknown = [role for role in self.roles if role not in ROLES]
        if unknown or not self.roles or len(set(self.roles)) < len(self.roles):
            raise NotAllowed(f'the roles of "{self.person}" have to be some of {", ".join(ROLES)}, each once')
        if not self.how.strip() or not self.verifier.strip():
            raise NotAllowed(f'say how the identity of "{self.person}" was established, and by whom')


@dataclass(frozen=True, slots=True)
class Beginning:
    """What genesis says.

    Attributes:
        study, sponsor: The study's id and its sponsor, one line each.
        namespace: A domain that the sponsor holds; None for `regdocs.invalid`.
        nonce: 32 hex digits that nobody could foresee.
        four_eyes: Whether acts of administrators need two persons.
        approval: Roles that may approve.
        demonstration: Whether keys are derived from names, so that anybody can sign.
        record: Whether the log is of a public record, and may hold no version and no signature.
    """

    study: str
    sponsor: str
    namespace: str | None
    nonce: str
    four_eyes: bool = False
    approval: tuple[str, ...] = DEFAULT_APPROVAL
    demonstration: bool = False
    record: bool = False

    @property
    def origin(self) -> str:
        """The log's origin, which is also the name of its key. Raises NotAnOrigin."""
        return origin_of(self.namespace, self.study, self.nonce)


def start(
    study: Path,
    beginning: Beginning,
    administrators: Sequence[tuple[Enrolment, Signer]],
    *,
    log_signer: Signer,
    at: str | Clock,
) -> Checkpoint:
    """Begin the log of a study and return its first head.

    The first administrator named is the one who records. Everybody is asked before anything is locked; `at` is the
    time, or what says it.

    Raises:
        TooOld: The time in a signature would be long ago.
        NotAllowed: No administrators, one too few for four eyes, a person twice, or a demonstration's key.
        What `regdocs.audit.append.create` raises.
    """
    _demand(beginning, administrators, log_signer)
    actors = [Actor(one.person, one.name, ADMINISTRATOR, signer) for one, signer in administrators]
    genesis = genesis_of(beginning, [(one, signer.key) for one, signer in administrators], log_signer.key)
    signed = [signature(None, "authorisation", actor) for actor in actors]
    said = at
    clock: Clock = said if callable(said) else lambda: said

    def records(clock: Clock | None = None) -> list[log.Record]:
        return [placed_record(record, beginning.origin, None, clock) for record in (genesis, *signed)]

    folder = LogFolder(study / AUDIT)
    log.refuse_log(folder)  # before anybody is asked
    moment = settled(lambda moment: log.rehearse_creation(records(), moment), clock)
    return log.create(folder, records(clock), signer=log_signer, at=moment)


def genesis_of(beginning: Beginning, administrators: Sequence[tuple[Enrolment, Key]], log_key: Key) -> dict[str, Json]:
    """Return the first entry of a log."""
    return entry_of(
        "genesis",
        administrators[0][0].person,
        format=FORMAT,
        study=beginning.study,
        sponsor=beginning.sponsor,
        nonce=beginning.nonce,
        origin=beginning.origin,
        rules={"four_eyes": beginning.four_eyes, "approval": list(beginning.approval)},
        people=[one.to_json(key) for one, key in administrators],
        log_key=log_key.text,
        keys="demonstration" if beginning.demonstration else "personal",
        purpose="record" if beginning.record else "study",
        tool=f"regdocs {__version__}",
    )


def _demand(beginning: Beginning, administrators: Sequence[tuple[Enrolment, Signer]], log_signer: Signer) -> None:
    for text, word in ((beginning.study, "id of the study"), (beginning.sponsor, "name of the sponsor")):
        if not is_signed_text(text):
            raise NotAllowed(f"the {word} has to be one line of 1 to 200 characters")
    for one, _ in administrators:
        one.demand()
        if ADMINISTRATOR not in one.roles:
            raise NotAllowed(f'"{one.person}" is named as a first administrator and needs the role "{ADMINISTRATOR}"')
    people = {one.person for one, _ in administrators}
    if len(people) < (2 if beginning.four_eyes else 1) or len(people) < len(administrators):
        raise NotAllowed("a log needs an administrator, with four eyes two of them, and each person once")
    publics = {log_signer.key.public, *(signer.key.public for _, signer in administrators)}
    if len(publics) <= len(administrators):
        raise NotAllowed("each person and the log need a key of their own")
    if log_signer.key.name != beginning.origin:
        raise NotAllowed(f'the key of the log has to be named "{beginning.origin}", not "{log_signer.key.name}"')
    for signer in (log_signer, *(signer for _, signer in administrators)):
        if is_demonstration(signer.key) != beginning.demonstration:
            raise NotAllowed(
                f'the key "{signer.key.name}" does not fit: a demonstration, and only one, has derived keys'
            )
