"""RFC 3161 time-stamps in a log prove a time under the roots that the reader gives; without roots they are listed."""

import importlib.util
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from regdocs.audit.timestamp import timestamp_time
from tests.audit.log_maker import LOG_KEY, LogMaker, log_of_41_entries
from tests.audit.test_timestamp import Authority, authority_in
from tests.audit.verifying import asked_of, codes_of, found_in

ANN = "ann@example.org"
LOG_ONLY = LOG_KEY.text  # no cosigner, whose times would count as well

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("rfc3161_client") is None,
    reason="rfc3161-client is not installed (the extra `timestamp`)",
)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    return authority_in(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def log() -> LogMaker:
    return log_of_41_entries()


def text_of(log: LogMaker) -> bytes:
    return log.heads[25].rpartition(b"\n\n")[0] + b"\n"


def moment(authority: Authority, token: bytes, text: bytes) -> str:
    return timestamp_time(token, text, authority.root).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def anchored(log: LogMaker, token: bytes, time: str) -> int:
    return log.add("anchor", ANN, kind="timestamp", size=25, object=log.keep(token), time=time)


def test_anchored_token_proves_a_time_for_what_is_before_and_after(tmp_path: Path, log: LogMaker, authority: Authority):
    token = authority.stamp(text_of(log))
    time = moment(authority, token, text_of(log))
    anchored(log, token, time)
    last = log.version("amend", "jane.doe@example.org", "4.0", {}, amendment=3, what=[])
    found = found_in(log.write(tmp_path), asked_of(roots=authority.root, trust=LOG_ONLY))
    when = {one.entry: (one.not_before, one.not_after) for one in found.intervals}
    assert when[7] == (None, time)
    assert when[last] == (time, None)


def test_token_beside_a_kept_head_proves_a_time(tmp_path: Path, log: LogMaker, authority: Authority):
    token = authority.stamp(text_of(log), bare=True)
    study = log.write(tmp_path)
    (study / "audit" / "heads" / "25.tsr").write_bytes(token)
    found = found_in(study, asked_of(roots=authority.root, trust=LOG_ONLY))
    assert codes_of(found) == {9}
    assert {one.entry: one.not_after for one in found.intervals}[7] == moment(authority, token, text_of(log))


def test_token_of_another_time_than_its_entry_says_is_altered(tmp_path: Path, log: LogMaker, authority: Authority):
    n = anchored(log, authority.stamp(text_of(log)), "2026-03-05T00:00:00Z")
    found = found_in(log.write(tmp_path), asked_of(roots=authority.root))
    assert [(int(fault.verdict), fault.entry) for fault in found.faults] == [(1, n), (9, None)]


@pytest.mark.parametrize("what", ["no roots", "another root", "another text", "no token"])
def test_token_that_does_not_hold_under_the_roots_is_listed_and_proves_nothing(
    tmp_path: Path, log: LogMaker, authority: Authority, what: str
):
    token = authority.stamp(b"another text" if what == "another text" else text_of(log))
    anchored(log, b"junk" if what == "no token" else token, f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    roots = None if what == "no roots" else authority.root
    if what == "another root":
        (tmp_path / "other").mkdir()
        roots = authority_in(tmp_path / "other").root
    found = found_in(log.write(tmp_path / "study"), asked_of(roots=roots, trust=LOG_ONLY))
    assert codes_of(found) == {9}
    words = "no roots were given" if roots is None else "does not hold under the roots"
    assert any(words in one.message and one.entry == 41 for one in found.listed)
    assert {(one.not_before, one.not_after) for one in found.intervals} == {(None, None)}
