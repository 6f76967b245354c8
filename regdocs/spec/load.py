"""From the bytes of `protocol.yaml` to a typed `Protocol`, or to findings that say what to mend and where.

Knows how the model's complaints become findings for people; does not look across the protocol (`rules` does).
"""

from dataclasses import dataclass
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from regdocs.finding import Finding, Severity, has_errors
from regdocs.source import START, Position
from regdocs.spec.complaints import Complaint, complaint_about
from regdocs.spec.known import Frozen
from regdocs.spec.paths import attach_paths, position_of
from regdocs.spec.protocol import LANGUAGE_VERSION, Protocol
from regdocs.spec.translation import Translation
from regdocs.spec.tree import Mapping, Node, Scalar, find, to_plain
from regdocs.spec.yaml_text import parse_yaml

M = TypeVar("M", bound=Frozen)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of loading: the protocol where the text allows one, and everything found on the way.

    Attributes:
        protocol: The typed protocol, or None when a finding is an error.
        findings: In the order of the text.
        tree: The YAML as read, with places; None when it could not be read.
        file: Name of the file as findings show it.
        lines: The lines of the text, to show one beside a finding; empty when the file could not be read.
    """

    protocol: Protocol | None
    findings: tuple[Finding, ...]
    tree: Node | None
    file: str
    lines: tuple[str, ...] = ()

    def place(self, path: str) -> Position:
        """Return where a protocol path stands in the text; of an unknown path the nearest element that does."""
        return START if self.tree is None else position_of(self.tree, path)

    def line(self, position: Position) -> str | None:
        """Return the line of the text at a place, or None."""
        return self.lines[position.line - 1] if position.line <= len(self.lines) else None


def load(data: bytes, file: str = "protocol.yaml") -> Loaded:
    """Read and type the protocol; all mistakes of the text are reported at once.

    Nothing is raised for a bad text, however bad.
    """
    tree, findings = parse_yaml(data, file)
    if tree is None or has_errors(findings):
        return Loaded(None, findings, tree, file)
    version = _language_version(tree, file)
    if version is not None:
        return Loaded(None, (*findings, version), tree, file)
    lines = _lines(data)
    protocol, mistakes = _typed(Protocol, tree, file, lines)
    if protocol is not None:
        attach_paths(protocol)
    return Loaded(protocol, (*findings, *mistakes), tree, file, lines)


def load_translation(data: bytes, file: str) -> tuple[Translation | None, tuple[Finding, ...], Node | None]:
    """Read and type a translation, as `load` does the protocol; the tree gives the places of its blocks."""
    return load_as(Translation, data, file)


def load_as(model: type[M], data: bytes, file: str) -> tuple[M | None, tuple[Finding, ...], Node | None]:
    """Read and type a file beside the protocol; all mistakes of the text are reported at once."""
    tree, findings = parse_yaml(data, file)
    if tree is None or has_errors(findings):
        return None, findings, tree
    typed, mistakes = _typed(model, tree, file, _lines(data))
    return typed, (*findings, *mistakes), tree


def _lines(data: bytes) -> tuple[str, ...]:
    return tuple(data.decode("utf-8-sig").replace("\r", "").split("\n"))


def _typed(model: type[M], tree: Node, file: str, lines: tuple[str, ...]) -> tuple[M | None, tuple[Finding, ...]]:
    try:
        return model.model_validate(to_plain(tree)), ()
    except ValidationError as error:
        found = [_finding(detail, model, tree, file, lines) for detail in error.errors(include_url=False)]
        return None, tuple(sorted(found, key=lambda finding: finding.position))


def _finding(detail: ErrorDetails, model: type[Frozen], tree: Node, file: str, lines: tuple[str, ...]) -> Finding:
    complaint: Complaint = complaint_about(detail, model)
    _, position = find(tree, detail["loc"], key=complaint.at_key)
    return Finding(
        rule=complaint.rule,
        severity=Severity.ERROR,
        message=complaint.message,
        file=file,
        position=position,
        hint=complaint.hint,
        excerpt=lines[position.line - 1],
    )


def _language_version(tree: Node, file: str) -> Finding | None:
    """Return a finding when the first key is not `regdocs:` with a version this program reads."""
    first = tree.entries[0] if isinstance(tree, Mapping) and tree.entries else None
    if first is None or first.key != "regdocs":
        return _not_our_language(file, START, "the first key is not 'regdocs'")
    value = first.node.value if isinstance(first.node, Scalar) else None
    if value == LANGUAGE_VERSION and not isinstance(value, bool):
        return None
    shown = first.node.text if isinstance(first.node, Scalar) else "not a number"
    return _not_our_language(file, first.node.position, f"language version '{shown}' is not known here")


def _not_our_language(file: str, position: Position, message: str) -> Finding:
    return Finding(
        rule="SPEC-007",
        severity=Severity.ERROR,
        message=message,
        file=file,
        position=position,
        hint=f"a protocol begins with the line 'regdocs: {LANGUAGE_VERSION}'",
    )
