"""Checkpoints: three lines and nothing else."""

import base64

import pytest

from regdocs.audit.checkpoint import MAX_SIZE, Checkpoint, NotACheckpoint, parse_checkpoint

ORIGIN = "example.org/demo-101/1a2b3c4d"
ROOT = bytes(range(32))
ROOT_TEXT = base64.b64encode(ROOT).decode()
# From the text of C2SP tlog-checkpoint.
PUBLISHED = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"


def test_a_published_checkpoint_is_read_and_written_back():
    found = parse_checkpoint(PUBLISHED)
    assert (found.origin, found.size, found.text) == ("example.com/behind-the-sofa", 20852163, PUBLISHED)


@pytest.mark.parametrize("size", [1, 42, MAX_SIZE])
def test_a_checkpoint_comes_back_from_its_text(size: int):
    checkpoint = Checkpoint(ORIGIN, size, ROOT)
    assert parse_checkpoint(checkpoint.text) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"{ORIGIN}\n42\n",
        f"{ORIGIN}\n42\n{ROOT_TEXT}",
        f"{ORIGIN}\n42\n{ROOT_TEXT}\n\n",
        f"{ORIGIN}\n42\n{ROOT_TEXT}\nan extension\n",
        f"\n{ORIGIN}\n42\n{ROOT_TEXT}\n",
        f"{ORIGIN}\r\n42\r\n{ROOT_TEXT}\r\n",
        f"\n42\n{ROOT_TEXT}\n",
        f"Example org\n42\n{ROOT_TEXT}\n",
        f"{ORIGIN}+x\n42\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n0\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n042\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n+42\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n-42\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n 42\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n4_2\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n\u0664\u0662\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n{MAX_SIZE + 1}\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n{'9' * 5000}\n{ROOT_TEXT}\n",
        f"{ORIGIN}\n42\n{ROOT_TEXT[:-1]}\n",
        f"{ORIGIN}\n42\n{ROOT_TEXT[:-2]}9=\n",  # the same 32 bytes, with a bit set that base64 drops
        f"{ORIGIN}\n42\n{base64.b64encode(ROOT[1:]).decode()}\n",
        f"{ORIGIN}\n42\n{base64.b64encode(ROOT + b'x').decode()}\n",
        f"{ORIGIN}\n42\n\n",
        f"{ORIGIN}\n42\né{ROOT_TEXT[1:]}\n",
        f"{ORIGIN}\nregdocs-signature/v1\n{ROOT_TEXT}\n",
    ],
)
def test_other_texts_are_no_checkpoints(text: str):
    with pytest.raises(NotACheckpoint):
        parse_checkpoint(text)


def test_the_case_of_dropped_bits_is_what_it_says():
    assert base64.b64decode(f"{ROOT_TEXT[:-2]}9=") == ROOT


@pytest.mark.parametrize(("origin", "size", "root"), [("", 1, ROOT), (ORIGIN, 0, ROOT), (ORIGIN, 1, ROOT[1:])])
def test_values_that_make_no_checkpoint_are_refused(origin: str, size: int, root: bytes):
    with pytest.raises(NotACheckpoint):
        Checkpoint(origin, size, root)
