"""The commands of the audit log, called as people call them; passphrases are typed at a real terminal."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.calling import PROGRAM, Call, Said, run
from tests.cli.terminal import at_terminal
from tests.versions.pages import words_of

JANE, JOHN = "jane@example.org", "john@example.org"
SECRET, OTHER = "correct horse", "battery staple"
VERIFIED = ("--verified-how", "passport", "--verified-by", "a notary")
ADMIN = ("--admin", f"{JANE}/k1", "--name", "Jane Doe, MD", "--role", "principal-investigator", *VERIFIED)
NAMED = ("--study", "DEMO-1", "--sponsor", "A sponsor")


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A key folder of nobody yet; no variable of the one who runs the tests counts."""
    monkeypatch.delenv("REGDOCS_BY", raising=False)
    monkeypatch.setenv("REGDOCS_KEYS", str(tmp_path / "keys"))
    return tmp_path / "keys"


@pytest.fixture
def demo(study: Path, call: Call, keys: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A study with a demonstration's log."""
    monkeypatch.setenv("REGDOCS_BY", JANE)
    said = call("-C", study, "audit", "start", "--demonstration", *NAMED, *ADMIN)
    assert said.code == 0, said.err
    return study


def made(person: str, passphrase: str) -> Said:
    return at_terminal("keys", "new", person, answers={"New passphrase": passphrase, "again": passphrase})


@pytest.fixture
def real(study: Path, keys: Path) -> Path:
    """A study with a log of personal keys: Jane's with a passphrase, the log's without."""
    assert made(JANE, SECRET).code == 0
    assert run("keys", "new", "log", "--log").code == 0
    begun = at_terminal(
        "-C", study, "audit", "start", "--log-key", "log", *NAMED, *ADMIN, answers={"Passphrase of": SECRET}
    )
    assert begun.code == 0, begun.out
    return study


def test_a_log_is_begun_signed_and_read(demo: Path, call: Call):
    said = call("-C", demo, "log")
    assert "log of DEMO-1, sponsor A sponsor; administrators: Jane Doe, MD" in said.out
    assert "2 entries of regdocs.invalid/demo-1/" in said.out
    assert call("-C", demo, "verify").code == 6


def test_git_is_told_of_where_the_study_does_not_say_it(study: Path, call: Call, keys: Path):
    begun = ("audit", "start", "--demonstration", *NAMED, *ADMIN)
    assert '"audit/log.jsonl merge=binary"' in call("-C", study, *begun).out
    assert (study / ".gitattributes").exists() is False


def test_the_whole_text_is_shown_before_the_passphrase_is_asked(real: Path):
    said = at_terminal("-C", real, "sign", "0", "--meaning", "review", answers={"Passphrase of": SECRET})
    assert said.code == 0, said.out
    shown, asked = said.out.index("regdocs-signature/v1"), said.out.index("Passphrase of")
    assert said.out.index("meaning review") < asked and shown < asked
    assert SECRET not in said.out


def test_a_passphrase_is_asked_at_each_signing(real: Path):
    for _ in range(2):
        said = at_terminal("-C", real, "sign", "0", "--meaning", "review", answers={"Passphrase of": SECRET})
        assert said.out.count("Passphrase of") == 1


def test_a_wrong_passphrase_records_nothing(real: Path, call: Call):
    said = at_terminal("-C", real, "sign", "0", "--meaning", "review", answers={"Passphrase of": [OTHER] * 3})
    assert said.code == 1 and "another passphrase" in said.out and said.out.count("Passphrase of") == 3
    assert "2 entries of" in call("-C", real, "log").out


def test_a_slip_at_the_keyboard_is_mended(real: Path):
    answers = {"Passphrase of": [OTHER, SECRET]}
    assert at_terminal("-C", real, "sign", "0", "--meaning", "review", answers=answers).code == 0


def test_without_a_terminal_nobody_signs(real: Path):
    said = run("-C", real, "sign", "0", "--meaning", "review", input=f"{SECRET}\n")
    assert said.code == 1 and "terminal" in said.err and not said.traceback
    assert "2 entries of" in run("-C", real, "log").out


def test_a_note_needs_no_signature_of_a_person(real: Path):
    said = run("-C", real, "note", "the board met", "--on", "2020-01-31")
    assert said.code == 0, said.err
    assert "recorded late by" in said.out


def test_nobody_records_in_the_name_of_one_who_is_not_enrolled(demo: Path, call: Call):
    before = (demo / "audit" / "log.jsonl").read_bytes()
    for command in (("note", "x"), ("note", "x", "--without-key"), ("correct", "0", "x"), ("audit", "snapshot")):
        said = call("-C", demo, *command, "--by", "bogus@nowhere.org")
        assert said.code == 1 and "is not enrolled" in said.err and JANE in said.err
    assert (demo / "audit" / "log.jsonl").read_bytes() == before


def test_a_person_records_where_a_good_key_of_theirs_is(real: Path, keys: Path, tmp_path: Path):
    away = tmp_path / "away"
    away.mkdir()
    (keys / "log.pem").rename(away / "log.pem")
    given = ("--by", JANE, "--keys", away)
    refused = run("-C", real, "note", "in the name of Jane", *given)
    assert refused.code == 1 and f'"{JANE}" records where their key is' in refused.err
    assert "2 entries of" in run("-C", real, "log").out
    assert run("-C", real, "note", "in the name of Jane", *given, "--without-key").code == 0
    assert "who recorded an entry that no person signed" in run("-C", real, "verify").out


def test_another_key_of_the_same_name_is_not_theirs(real: Path, keys: Path):
    (keys / "jane@example.org+k1.pem").unlink()
    assert made(JANE, OTHER).code == 0
    said = run("-C", real, "note", "x", "--by", JANE)
    assert said.code == 1 and "is another one than the one enrolled" in said.err


def test_a_persons_key_is_made_at_a_terminal_only(keys: Path):
    said = run("keys", "new", JANE, input="x\nx\n")
    assert said.code == 1 and "terminal" in said.err
    assert not keys.exists() or list(keys.iterdir()) == []
    refused = run("keys", "new", JANE, "--passphrase-file", "p")
    assert refused.code == 2 and "only the log's key" in refused.err


def test_two_different_passphrases_make_no_key(keys: Path):
    said = at_terminal("keys", "new", JANE, answers={"New passphrase": SECRET, "again": OTHER})
    assert said.code == 1 and "differ" in said.out
    assert not keys.exists() or list(keys.iterdir()) == []


def test_the_logs_key_may_have_its_passphrase_in_a_file(study: Path, keys: Path, tmp_path: Path):
    secret = tmp_path / "passphrase"
    secret.write_text(f"{OTHER}\n")
    made(JANE, SECRET)
    assert run("keys", "new", "log", "--log", "--passphrase-file", secret).code == 0
    given = ("--log-passphrase-file", str(secret))
    start = ("audit", "start", "--log-key", "log", *NAMED, *ADMIN, *given)
    assert at_terminal("-C", study, *start, answers={"Passphrase of": SECRET}).code == 0
    assert run("-C", study, "note", "x", *given).code == 0
    refused = run("-C", study, "note", "x")
    assert refused.code == 1 and "--log-passphrase-file" in refused.err


def test_the_logs_key_may_have_its_passphrase_behind_a_descriptor(study: Path, keys: Path):
    import os

    made(JANE, SECRET)
    for arguments in (("keys", "new", "log", "--log", "--passphrase-fd"),):
        read, write = os.pipe()
        os.write(write, f"{OTHER}\n".encode())
        os.close(write)
        assert run(*arguments, str(read), pass_fds=(read,)).code == 0
        os.close(read)
    assert b"ENCRYPTED" in (keys / "log.pem").read_bytes()


def test_a_person_enrols_from_another_machine(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    origin = next(line for line in run("-C", real, "head").out.splitlines() if line.startswith("Origin: "))[8:]
    note = tmp_path / "john.note"
    theirs = {"REGDOCS_KEYS": str(tmp_path / "laptop")}
    answers = {"New passphrase": OTHER, "again": OTHER}
    assert at_terminal("keys", "new", JOHN, answers=answers, env=theirs).code == 0
    proved = at_terminal(
        "keys", "prove", JOHN, "--study", origin, "--out", note, answers={"Passphrase of": OTHER}, env=theirs
    )
    assert proved.code == 0, proved.out
    enrol = ("keys", "enrol", JOHN, "--name", "John Roe", "--role", "monitor", *VERIFIED, "--possession", note)
    said = at_terminal("-C", real, *enrol, answers={"Passphrase of": SECRET})
    assert said.code == 0, said.out
    assert f"{JOHN}: John Roe (monitor)" in run("-C", real, "keys", "list").out


def test_keys_in_the_study_are_refused(study: Path, keys: Path):
    said = run("-C", study, "audit", "start", "--demonstration", *NAMED, *ADMIN, "--keys", study / "keys")
    assert said.code == 1 and "keep private keys in a folder of your own" in said.err


def test_people_roles_and_keys_change(demo: Path, call: Call):
    enrol = ("keys", "enrol", JOHN, "--name", "John Roe", "--role", "monitor", *VERIFIED)
    assert call("-C", demo, *enrol).code == 0
    assert call("-C", demo, "keys", "role", JOHN, "monitor", "auditor").code == 0
    assert call("-C", demo, "keys", "rotate", JOHN).code == 0
    assert call("-C", demo, "keys", "revoke", f"{JOHN}/k1", "--why", "lost", "--since", "3").code == 0
    listed = call("-C", demo, "keys", "list").out
    assert "John Roe (monitor, auditor)" in listed and "revoked in entry 8" in listed
    assert call("-C", demo, "verify").code == 6


def test_four_eyes_ask_for_the_second_administrator(study: Path, keys: Path, call: Call, tmp_path: Path):
    people = tmp_path / "people.yaml"
    entry = "- {{key: {0}/k1, name: {0}, roles: [administrator], verified: {{how: passport, by: a notary}}}}\n"
    people.write_text(entry.format(JANE) + entry.format(JOHN))
    begun = ("audit", "start", "--demonstration", "--four-eyes", *NAMED, "--people", people)
    assert call("-C", study, *begun).code == 0
    role = ("keys", "role", JOHN, "administrator", "monitor", "--by", JANE)
    refused = call("-C", study, *role)
    assert refused.code == 1 and "--also" in refused.err
    assert call("-C", study, *role, "--also", JOHN).code == 0


def test_a_log_gets_a_new_key_and_goes_on(real: Path, tmp_path: Path):
    assert run("keys", "new", "log2", "--log").code == 0
    rotate = ("keys", "rotate", "--log", "log2", "--why", "the old machine is given away")
    said = at_terminal("-C", real, *rotate, answers={"Passphrase of": SECRET})
    assert said.code == 0, said.out
    assert "the old machine is given away" in said.out.partition("Passphrase of")[0]
    assert run("-C", real, "note", "it goes on").code == 0
    assert run("-C", real, "verify").code == 6
    assert (real / "audit" / "heads" / "4.note").read_bytes().count("—".encode()) == 2


def test_when_the_logs_key_is_lost_an_administrator_stands_in(real: Path, keys: Path, tmp_path: Path):
    head, trust = tmp_path / "head.note", tmp_path / "trust.txt"
    (keys / "log.pem").unlink()
    assert run("keys", "new", "log2", "--log").code == 0
    rotate = ("keys", "rotate", "--log", "log2", "--why", "the disk is broken")
    assert at_terminal("-C", real, *rotate, answers={"Passphrase of": [SECRET] * 2}).code == 1
    said = at_terminal("-C", real, *rotate, "--lost", answers={"Passphrase of": [SECRET] * 2})
    assert said.code == 0, said.out
    assert run("-C", real, "note", "it goes on").code == 0
    run("-C", real, "head", "--keep", head)
    run("-C", real, "keys", "trust", "--out", trust)
    verified = run("-C", real, "verify", "--trust", trust, "--head", head)
    assert verified.code == 0, verified.out


def test_a_head_is_kept_when_it_leaves_the_house(demo: Path, call: Call, tmp_path: Path):
    head, trust = tmp_path / "head.note", tmp_path / "trust.txt"
    assert call("-C", demo, "head", "--keep", head).code == 0
    assert head.read_bytes() == (demo / "audit" / "heads" / "2.note").read_bytes()
    assert call("-C", demo, "keys", "trust", "--out", trust).code == 0
    assert call("-C", demo, "verify", "--trust", trust, "--head", head).code == 0


def test_a_board_cosigns_remembers_and_refuses_to_go_back(demo: Path, call: Call, tmp_path: Path):
    memory, back, old = tmp_path / "memory.note", tmp_path / "back.note", tmp_path / "old"
    board = ("audit", "cosign", "--key", "irb.example.org/board", "--demonstration")
    cosign = (*board, "--remember", memory, "--out", back)
    assert call("-C", demo, *cosign).code == 1
    assert call("-C", demo, *cosign, "--first").code == 0
    subprocess.run(["cp", "-r", demo, old], check=True)
    assert call("-C", demo, "note", "one more").code == 0
    assert call("-C", demo, *cosign).code == 0
    remembered = memory.read_bytes()
    refused = call("-C", old, *cosign)
    assert refused.code == 1 and "rolled back" in refused.err
    assert memory.read_bytes() == remembered
    from regdocs.audit.key_files import demonstration_signer
    from regdocs.audit.note import COSIGNATURE

    key = demonstration_signer("irb.example.org/board", COSIGNATURE).key.text
    assert call("-C", demo, "audit", "anchor", back, "--cosigner", key).code == 0
    assert call("-C", demo, "verify").code == 6


def test_a_board_that_cosigns_twice_at_once_signs_one_history(demo: Path, call: Call, tmp_path: Path):
    from regdocs.versions.anchoring import held

    memory, fork = tmp_path / "memory.note", tmp_path / "fork"
    board = ("audit", "cosign", "--key", "irb.example.org/board", "--demonstration", "--remember")
    assert call("-C", demo, *board, memory, "--first", "--out", tmp_path / "first").code == 0
    subprocess.run(["cp", "-r", demo, fork], check=True)
    call("-C", demo, "note", "one history")
    call("-C", fork, "note", "another history")
    with held(memory):
        waiting = [*PROGRAM, "-C", str(fork), *board, str(memory), "--out", str(tmp_path / "second")]
        other = subprocess.Popen(waiting, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert other.stdout is not None
        assert other.stdout.readline().startswith("Key of the log")
        newer = tmp_path / "newer.note"
        newer.write_bytes(memory.read_bytes())
        assert call("-C", demo, *board, newer, "--out", tmp_path / "third").code == 0
        memory.write_bytes(newer.read_bytes())
    _, said = other.communicate(timeout=60)
    assert other.returncode == 1 and "another root" in said and not (tmp_path / "second").exists()
    assert memory.read_bytes() == newer.read_bytes()


def test_a_sealed_note_is_redacted(demo: Path, call: Call):
    assert call("-C", demo, "note", "a name", "--seal").code == 0
    sealed = next((demo / "audit" / "sealed").iterdir()).name
    assert "a name" in call("-C", demo, "log", "2").out
    assert call("-C", demo, "redact", sealed, "--why", "asked for").code == 0
    assert "a name" not in call("-C", demo, "log").out
    assert call("-C", demo, "verify").code == 6


def test_a_sealed_note_stays_when_it_could_not_be_told(demo: Path, call: Call):
    said = with_full_output("-C", demo, "note", "a name", "--seal")
    assert said.code == 70 and not said.traceback and "Exception ignored" not in said.err
    assert "It IS recorded: the head is now 3" in said.err and "Do not record it again" in said.err
    assert "a name" in call("-C", demo, "log", "2").out
    assert call("-C", demo, "verify").code == 6


def test_what_is_redacted_is_removed_though_it_could_not_be_told(demo: Path, call: Call):
    call("-C", demo, "note", "a name", "--seal")
    sealed = next((demo / "audit" / "sealed").iterdir())
    assert with_full_output("-C", demo, "redact", sealed.name, "--why", "asked for").code == 70
    assert not sealed.exists() and call("-C", demo, "verify").code == 6


def test_a_refused_sealed_note_leaves_no_text(demo: Path, call: Call):
    said = call("-C", demo, "note", "a name", "--seal", "--why", "")
    assert said.code == 1, said.err
    assert not (demo / "audit" / "sealed").exists()


def test_a_sealed_text_left_by_a_crash_can_be_removed(demo: Path, call: Call):
    from regdocs.audit.log_folder import LogFolder

    assert call("-C", demo, "note", "a name", "--seal").code == 0
    kept = next((demo / "audit" / "sealed").iterdir())
    left = LogFolder(demo / "audit").sealed.put("another name", bytes(16))
    said = call("-C", demo, "redact", left, "--why", "left over")
    assert said.code == 0 and "no entry names it" in said.out, said.err
    assert list((demo / "audit" / "sealed").iterdir()) == [kept]
    assert "3 entries of" in call("-C", demo, "log").out


def test_a_beginning_that_could_not_be_told_is_told_to_be_recorded(study: Path, keys: Path, call: Call):
    said = with_full_output("-C", study, "audit", "start", "--demonstration", *NAMED, *ADMIN)
    assert said.code == 70 and "It IS recorded: the head is now 2" in said.err and not said.traceback


def with_full_output(*arguments: str | Path) -> Said:
    """Call `regdocs` with a standard output that takes nothing, as a full disk does."""
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with open("/dev/full", "wb") as full:
        done = subprocess.run([*PROGRAM, *map(str, arguments)], stdout=full, stderr=subprocess.PIPE, check=False)
    return Said(done.returncode, "", done.stderr.decode())


def test_a_passphrase_that_is_no_text_is_refused_in_words(real: Path):
    answers = {"Passphrase of": b"\xff\xfe"}
    said = at_terminal("-C", real, "sign", "0", "--meaning", "review", answers=answers)
    assert said.code == 1 and "not UTF-8" in said.out and not said.traceback
    assert "2 entries of" in run("-C", real, "log").out


def test_an_entry_is_corrected_and_both_stay(demo: Path, call: Call):
    call("-C", demo, "note", "wrong")
    assert call("-C", demo, "correct", "2", "right").code == 0
    told = call("-C", demo, "log").out
    assert "wrong" in told and "entry 2: right" in told


def test_a_page_that_was_read_is_imported(demo: Path, call: Call, tmp_path: Path):
    (tmp_path / "page.html").write_text("a page")
    given = ("--source", "https://example.org/record", "--read-on", "2026-02-01")
    assert call("-C", demo, "audit", "import", tmp_path / "page.html", *given).code == 0
    assert "page.html, from https://example.org/record" in call("-C", demo, "log").out


def test_a_record_is_never_signed(study: Path, call: Call, keys: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("REGDOCS_BY", JANE)
    assert call("-C", study, "audit", "start", "--demonstration", "--record", *NAMED, *ADMIN).code == 0
    said = call("-C", study, "sign", "0", "--meaning", "review")
    assert said.code == 1 and "public record" in said.err
    assert call("-C", study, "note", "read again").code == 0


def test_a_signature_made_elsewhere_is_recorded(demo: Path, call: Call, tmp_path: Path):
    (tmp_path / "scan.pdf").write_bytes(b"%PDF")
    external = ("--external", tmp_path / "scan.pdf", "--kind", "ink", "--signer", "Dr Example", "--signed-on")
    said = call("-C", demo, "sign", "0", "--meaning", "approval", *external, "2026-02-01")
    assert said.code == 0 and "not checked cryptographically" in said.out


@pytest.mark.parametrize("form", ["docx", pytest.param("pdf", marks=pytest.mark.slow)])
def test_the_signature_page_says_who_signed_what(demo: Path, call: Call, tmp_path: Path, form: str):
    call("-C", demo, "sign", "0", "--meaning", "review", "--role", "principal-investigator")
    page, again = tmp_path / f"page.{form}", tmp_path / f"again.{form}"
    for out in (page, again):
        said = call("-C", demo, "sign", "0", "--page", "--out", out, "--zone", "Asia/Ho_Chi_Minh")
        assert said.code == 0, said.err
    assert page.read_bytes() == again.read_bytes()
    words = words_of(page)
    for wanted in ("Jane Doe, MD", "principal-investigator", "review", "UTC+07:00", "SHA-256", "DEMONSTRATION KEYS"):
        assert wanted in words


def test_no_signature_page_is_made_of_a_log_with_a_fault(demo: Path, call: Call, tmp_path: Path):
    call("-C", demo, "sign", "0", "--meaning", "review")
    log = demo / "audit" / "log.jsonl"
    log.write_bytes(log.read_bytes().replace(b"A sponsor", b"B sponsor"))
    said = call("-C", demo, "sign", "0", "--page", "--out", tmp_path / "page.docx")
    assert said.code == 1 and "regdocs verify" in said.err and not (tmp_path / "page.docx").exists()


def test_a_proof_is_written_beside_its_line(demo: Path, call: Call, tmp_path: Path):
    assert call("-C", demo, "log", "prove", "0", "--out", tmp_path / "proof").code == 0
    from regdocs.audit.note import parse_key
    from regdocs.audit.proof import parse_proof
    from regdocs.audit.tree import leaf_hash

    line = call("-C", demo, "log", "0", "--line").out.removesuffix("\n").encode()
    keys = call("-C", demo, "keys", "trust", "--log-only").out.splitlines()
    key = parse_key(next(one for one in keys if not one.startswith("#")))
    assert parse_proof((tmp_path / "proof").read_bytes()).verify(leaf_hash(line), [key]).size == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("log", "99"), 1, "no entry 99"),
        (("log", "x"), 2, "name one entry"),
        (("sign", "0"), 2, "--meaning"),
        (("sign", "0", "--meaning", "authorisation"), 1, "is not a meaning"),
        (("sign", "0", "--meaning", "review", "--by", JOHN), 1, "is not enrolled"),
        (("sign", "0", "--meaning", "review", "--for", JOHN), 1, "both the person"),
        (("note", "x", "--on", "2026-02-30"), 1, "not a day"),
        (("redact", "x", "--why", "y"), 2, "64 small hex digits"),
        (("audit", "import", "none", "--source", "s", "--read-on", "2026-01-01"), 1, "there is no file"),
        (("audit", "start", "--demonstration", *NAMED, *ADMIN), 1, "there is a log"),
        (("keys", "revoke", "nobody/k1", "--why", "x"), 1, "there is no key"),
    ],
)
def test_what_cannot_be_done_is_said(demo: Path, call: Call, arguments: tuple[str, ...], code: int, said: str):
    found = call("-C", demo, *arguments)
    assert (found.code, found.traceback) == (code, False), found.err
    assert said in found.err
    assert "2 entries of" in call("-C", demo, "log").out


def test_a_study_without_a_log_says_how_to_begin_one(study: Path, call: Call, keys: Path):
    for arguments in (("log",), ("head",), ("note", "x"), ("sign", "0", "--meaning", "review")):
        said = call("-C", study, *arguments)
        assert said.code == 1 and "regdocs audit start" in said.err


def test_git_does_not_merge_two_peoples_logs(tmp_path: Path, call: Call):
    call("init", tmp_path / "new")
    assert "audit/log.jsonl merge=binary" in (tmp_path / "new" / ".gitattributes").read_text()


def test_a_sealed_text_that_was_not_recorded_is_not_kept(demo: Path, call: Call):
    checkpoint = demo / "audit" / "checkpoint"
    (demo / "linked").write_bytes(checkpoint.read_bytes())
    checkpoint.unlink()
    checkpoint.hardlink_to(demo / "linked")  # the append refuses a file with a second name
    assert call("-C", demo, "note", "a name", "--seal").code == 1
    assert not (demo / "audit" / "sealed").exists()


def test_private_keys_are_not_made_in_a_study(study: Path, keys: Path):
    said = run("-C", study, "keys", "new", "log", "--log", "--keys", study / "keys")
    assert said.code == 1 and not (study / "keys").exists()


def test_the_only_person_acts_without_being_named(demo: Path, call: Call, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("REGDOCS_BY")
    assert call("-C", demo, "note", "x").code == 0


def test_a_snapshot_of_the_working_copy_is_recorded(demo: Path, call: Call):
    said = call("-C", demo, "audit", "snapshot")
    assert said.code == 0, said.err
    assert call("-C", demo, "verify").code == 6
