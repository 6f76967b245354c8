"""What people would declare of an amendment, for studies whose tests are about something else."""

import re
from pathlib import Path

from regdocs.versions.amending import read_declaration
from regdocs.versions.amendment_preparation import prepare_candidate
from regdocs.versions.preparation import Asked

# What stands after TODO in a drafted amendment.yaml, and what is written in its place.
_ANSWERS = (
    (r"global, country.*", "global"),
    (r"primary reason", "New Safety Information Available"),
    (r"how many participants.*", "3"),
    (r"globally or locally", "globally"),
    (r"true or false.*", "false"),
    (r"small, moderate or large.*", "small"),
    (r"no, yes or unknown.*", "no"),
    (r"list of groups.*", "[]"),
    (r"what participants are told.*", "Nothing changes for you."),
    (r"what changes.*", "A change of the example"),
    (r"why.*", "For the test"),
    (r"summary of the amendment", "An amendment of the example"),
)


def declared(study: Path) -> bytes:
    """The declaration of what the working copy changes, drafted by the program and completed at random."""
    draft = prepare_candidate(study, Asked("")).amended
    assert draft is not None
    return completed(draft.amending.text)


def completed(draft: bytes) -> bytes:
    """A drafted declaration with nothing left to complete."""
    text = draft.decode()
    day = re.search(r"^on: '?([0-9-]+)", text, re.MULTILINE)
    text = re.sub(r'"TODO: day of the count[^"]*"', day[1] if day else "", text)
    for asked, answer in _ANSWERS:
        text = re.sub(rf'"TODO: {asked}"', answer, text)
    assert "TODO" not in re.sub(r"#.*", "", text), "a new question has no answer here"
    return text.encode()


def declare(study: Path) -> None:
    """Write amendment.yaml for what the working copy changes, in place of one that is there."""
    (study / "amendment.yaml").write_bytes(declared(study))


def declaration_of(study: Path) -> bytes | None:
    """The declaration that lies in the study."""
    return read_declaration(study / "amendment.yaml")
