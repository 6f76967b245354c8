"""What can stop the reading of markup or of a stored tree. Knows places and words; does not know templates or files."""

from dataclasses import dataclass

from regdocs.errors import RegdocsError
from regdocs.source import Position

SHOWN = 20


@dataclass(frozen=True, slots=True)
class MarkupProblem:
    """One thing the markup may not do.

    Attributes:
        position: Where in the markup that the template emitted (not in the template, whose loops repeat lines).
        message: What was found and what was expected; the template's words in quotes.
        excerpt: The line of markup at that place, cut to a readable length.
    """

    position: Position
    message: str
    excerpt: str


class MarkupError(RegdocsError):
    """The markup of a template is not a document; `problems` holds everything found, in the order of the text.

    `line`, `column` and `message` are those of the first problem.
    """

    exit_code = 1

    def __init__(self, template: str, problems: tuple[MarkupProblem, ...]) -> None:
        """Take the template's name and at least one problem."""
        self.template = template
        self.problems = problems
        self.line = problems[0].position.line
        self.column = problems[0].position.column
        self.message = problems[0].message
        super().__init__(_told(template, problems))


class ContentFormatError(RegdocsError):
    """A stored tree is not in the JSON form this version reads; the message says where ("sections[0].blocks[2]")."""

    exit_code = 1

    def __init__(self, where: str, message: str) -> None:
        """Take the place inside the tree, "" for its root, and what is wrong there."""
        self.where = where
        self.message = message
        super().__init__(f"{where}: {message}" if where else message)


def _told(template: str, problems: tuple[MarkupProblem, ...]) -> str:
    lines = [f"{template}:{p.position.line}:{p.position.column}: {p.message}" for p in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(f"… and {len(problems) - SHOWN} more")
    return "\n".join(lines)
