"""The trust file: whose key is whose, and what is no trust file."""

import pytest

from regdocs.audit.key_files import demonstration_signer
from regdocs.audit.note import COSIGNATURE
from regdocs.audit.trust import NotATrustFile, Trust, parse_trust

ORIGIN = "example.org/demo-101/1a2b3c4d"
LOG = demonstration_signer(ORIGIN).key
PERSON = demonstration_signer("jane.doe@example.org/k1").key
WITNESS = demonstration_signer("witness.example/w1", COSIGNATURE).key
SAME_NAME = demonstration_signer(ORIGIN, COSIGNATURE).key


def test_keys_are_told_apart_by_name_and_kind():
    text = f"# heads of demo-101\n\n{PERSON.text}\n{LOG.text}\n#{PERSON.text}\n{WITNESS.text}"
    assert parse_trust(text, ORIGIN) == Trust((LOG,), (PERSON,), (WITNESS,))


def test_a_key_listed_twice_counts_once():
    assert parse_trust(f"{LOG.text}\n{LOG.text}\n", ORIGIN) == Trust((LOG,))


def test_a_cosigner_with_the_name_of_the_origin_is_not_the_log():
    with pytest.raises(NotATrustFile, match=ORIGIN):
        parse_trust(f"{SAME_NAME.text}\n", ORIGIN)
    assert parse_trust(f"{SAME_NAME.text}\n{LOG.text}\n", ORIGIN) == Trust((LOG,), (), (SAME_NAME,))


@pytest.mark.parametrize("text", ["", "# nothing\n", f"{PERSON.text}\n", f"{WITNESS.text}\n"])
def test_a_file_without_the_key_of_the_log_is_refused(text: str):
    with pytest.raises(NotATrustFile, match="no key is named"):
        parse_trust(text, ORIGIN)


@pytest.mark.parametrize("line", ["x", " ", f" {PERSON.text}", f"{PERSON.text} ", f"{PERSON.text}x", " # remark"])
def test_a_line_that_is_no_key_is_named_by_its_number(line: str):
    with pytest.raises(NotATrustFile, match="line 2"):
        parse_trust(f"{LOG.text}\n{line}\n", ORIGIN)


def test_line_ends_of_another_system_are_read_as_they_are_meant():
    assert parse_trust(f"{LOG.text}\r\n", ORIGIN).log == (LOG,)
