"""What is told in each package to somebody who opens it when this program is gone: how to verify it by hand."""

INSTRUCTIONS_NAME = "HOW-TO-VERIFY.txt"

_TEXT = """\
HOW TO VERIFY THIS PACKAGE, ALSO WITHOUT THE PROGRAM THAT MADE IT

For a board: read the documents; nothing here has to be done for that. This page, MANIFEST.json and the folder log
let anybody show later that these are the files that were sent, and at which place in the study's history.

With regdocs:  regdocs verify THIS-PACKAGE.zip --trust TRUST-FILE --head HEAD-FILE
Take the program, the trust file and the head from somebody else than who gave you this package: a package
that brings its own keys and its own verifier proves nothing.

By hand, with any tools of your day that compute SHA-256 (FIPS 180-4) and verify Ed25519 (RFC 8032):

1. Files. MANIFEST.json is text (JSON, UTF-8). "files" names each file but itself and those below log/, with its
   SHA-256 in lower-case hex and its length in bytes. Compute the SHA-256 of each file and compare. Look for files
   that are not named: none may be there. Below log/ lie log.jsonl, checkpoint, package.tlog-proof, and in lists/
   only what steps 7 and 8 need, each under its own SHA-256. Where log.jsonl is not there, see step 11.
2. The manifest. log/log.jsonl is the history of the study: one entry a line, JSON, UTF-8, lines ended by LF, the
   first line is number 0. Find the entry with "do":"package" whose "manifest" is the SHA-256 of MANIFEST.json.
   Its "profile", "kind", "site" and "on" have to be those of the manifest; one entry follows it, its signature,
   and there the file ends. "study" and "origin" of the manifest have to be those of entry 0.
3. The chain. The leaf hash of a line is the SHA-256 of a zero byte and the line without its LF. In each entry
   "prev" is the leaf hash of the line before, in hex; in entry 0 it is the SHA-256 of nothing.
4. The root. log/checkpoint is a signed note: three lines (name of the log, number of lines, root in base64), an
   empty line, then signatures. The root is that of RFC 6962, section 2.1: of one leaf its leaf hash; of more the
   SHA-256 of a byte 01, the root of the first k leaves and the root of the rest, k being the largest power of two
   below their number. Compute it and compare. The manifest's "head" is the same over the lines before the entry
   of the package. log/package.tlog-proof says the same in short (C2SP tlog-proof) and can be left aside.
5. Signatures. A key is written name+id+base64. The base64 is of 33 bytes: 01 and the Ed25519 public key; the id
   is the first 4 bytes, in hex, of the SHA-256 of the name, an LF and these 33 bytes. A signature line is: an em
   dash, a space, the key's name, a space, base64 of 68 bytes: the id, then the signature over the lines before
   the empty line, each with its LF. The key of the log is "log_key" of entry 0, or "key" of the last entry with
   "do":"log-key"; it has to be the one in the trust file that you hold.
6. Persons. An entry with "do":"sign" has in "note" such a note, signed by a person about the entry "of": its
   line that begins with entry gives that number and leaf hash. Keys of persons stand in entry 0 and in those
   with "do":"enrol" or "key-add", and end with "key-revoke". The package is signed by the "by" of its entry.
7. Documents. "from" says what a file is tied to. {"issue": n, "path": p}: entry n, "do":"issue", issued it. The
   list of what it issued has the digest that the entry gives as "files" and lies, in the form of sha256sum, in
   log/lists/ under that digest; its line with path p has to have the file's digest. The path says which document
   it is, kind/site/language, and begins with redline-from- where it shows changes. Version and date stand in
   "documents", "redlines" or "companions" of the entry, or, where that is {"object": d, ...}, in log/lists/d.
   {"printed": n, "path": p}: as {"issue": ...}, but printed for this package with other pages, for the board's stamp
   or footer; its digest is in no list. Its words have to be those of the document that was issued under that path.
8. {"entry": n}: entry n keeps it ("file", "response"). {"submission": n}: entry n names its digest ("external").
   {"package": true}: nobody named it before this package: letter, lists, and what came from outside. Such a file
   rests on who made the package alone. Titles, sections and notes in the manifest rest on that person too.
9. "before" names the package that this one goes on from: its size and root have to be those of the first so many
   lines here, computed as in step 4.
10. That nothing was cut off at the end, and that you are not shown another history than others are, only a head
   can tell that you got from somebody else: a checkpoint over N lines. The root over the first N lines here has
   to be its root; if there are fewer lines here than N, ask for a newer package.
11. Without log/log.jsonl: log/entries/n.json is the line of entry n, and n.tlog-proof its proof (C2SP tlog-proof: the
   hashes, in base64, from its leaf hash up to the root in log/checkpoint; RFC 9162, 2.1.3.2); the proof of the
   package's entry is log/package.tlog-proof. log/head.consistency leads from the manifest's "head" to the checkpoint
   (RFC 9162, 2.1.4.2). Nobody can then see whether a key was revoked, or whether an entry is kept from you: step 10
   works only with a head of the same N.

What this shows: that these are the files that somebody with the named key recorded, or tied to this package, at
that place in the history. What it does not show: that what they say is true, right or sufficient, or who the
persons behind the keys were.
"""
INSTRUCTIONS = _TEXT.replace("\n", "\r\n").encode("utf-8")  # so that Notepad shows lines
