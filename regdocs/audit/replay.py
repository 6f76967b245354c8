"""The versions of the data form, one after another: what each amendment says changed must give what it says came of it.

Knows JSON trees and digests; knows neither YAML nor the protocol's model.
Source: docs/formats/audit-log.md, "A version".
"""

from typing import Any

from regdocs.audit.evidence import Evidence
from regdocs.audit.line import Json, NotALine, encode_value, parse_value
from regdocs.audit.steps import StepFails, apply_steps
from regdocs.audit.verdict import Verdict
from regdocs.audit.verification import Notes
from regdocs.canonical import sha256_hex


class Replay:
    """The data form as it stands after the versions read so far; None when it is not known any more."""

    def __init__(self, evidence: Evidence, notes: Notes) -> None:
        self._evidence = evidence
        self._notes = notes
        self._form: Json = None
        self.digest: str | None = None

    def begin(self, n: int, digest: str) -> None:
        """Take the first version's data form from its object, or one that a later version names."""
        self._form, self.digest = None, None
        data = self._evidence.object(digest)
        if data is None or sha256_hex(data) != digest:
            return  # its being missing is told where objects are looked for
        try:
            self._form, self.digest = parse_value(data), digest
        except NotALine as error:
            self._notes.fault(Verdict.ALTERED, f"the data form {digest[:12]}… cannot be read: {error}", n)

    def go_on(self, n: int, entry: dict[str, Any]) -> None:
        """Apply an amendment's steps; without them, or when they fail, go on from the data form it names."""
        if self.digest is not None:
            self._apply(n, entry)
        if self.digest != entry["data"]:
            self.begin(n, entry["data"])

    def forget(self) -> None:
        """Say that the steps of the next amendment are not to be had: they are not checked."""
        self._form, self.digest = None, None

    def _apply(self, n: int, entry: dict[str, Any]) -> None:
        try:
            self._form = apply_steps(self._form, entry["what"])
            self.digest = sha256_hex(encode_value(self._form))
        except (StepFails, NotALine) as error:
            self._false(n, f"the steps do not fit the version before: {error}")
            return
        if self.digest != entry["data"]:
            self._false(n, "the steps give another data form than the entry names")

    def _false(self, n: int, message: str) -> None:
        cause = "what is said to have changed is not what changed"
        self._notes.fault(Verdict.ALTERED, message, n, cause)
        self.digest = None
