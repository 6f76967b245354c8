"""What is told in each package to somebody who opens it when this program is gone: how to verify it by hand."""

INSTRUCTIONS_NAME = "HOW-TO-VERIFY.txt"

_TEXT = """\
HOW TO VERIFY THIS PACKAGE, ALSO WITHOUT THE PROGRAM THAT MADE IT

With regdocs:  regdocs verify THIS-PACKAGE.zip --trust TRUST-FILE --head HEAD-FILE
Take the program, the trust file and the head from somebody else than who gave you this package: a package
that brings its own keys and its own verifier proves nothing.

By hand, with any tools of your day:

1. Files. MANIFEST.json is text (JSON, UTF-8). It names each file but itself and those below log/, with its
   SHA-256 in lower-case hex and its length in bytes. Compute the SHA-256 of each file (FIPS 180-4) and compare.
2. The manifest. log/log.jsonl is the history of the study: one entry a line, JSON, UTF-8, lines ended by LF.
   Find the entry with "do":"package" whose "manifest" is the SHA-256 of MANIFEST.json. Its number is "n"; the
   first line is number 0.
3. The chain. The leaf hash of a line is the SHA-256 of a zero byte and the line without its LF. In each entry
   "prev" is the leaf hash of the line before, in hex.
4. The root. log/checkpoint is a signed note: three lines (name of the log, number of lines, root in base64), an
   empty line, then signatures. The root is that of RFC 6962, section 2.1: an inner hash of the tree is the
   SHA-256 of a byte 01 and the two hashes below it. Compute it from all leaf hashes and compare.
5. Signatures. A signature line is: an em dash, a space, the name of the key, a space, base64. The first 4 bytes
   are the id of the key, the other 64 an Ed25519 signature (RFC 8032) over the three lines, each with its LF.
   The key of the log is "log_key" of the first entry, or "key" of a later entry with "do":"log-key"; compare it
   with the key in the trust file.
6. Persons. An entry with "do":"sign" has in "note" such a note, signed by a person about the entry "of": its
   line that begins with entry gives that number and leaf hash. Keys of persons stand in the first entry and in
   those with "do":"enrol" or "key-add", and end with "key-revoke". The entry of this package is signed by who
   made it, in the entry that follows.
7. Documents. In the manifest "from" says which entry a file is tied to: "issue": n means that entry n of the
   log issued it. The list of what that entry issued has the digest that the entry gives as "files", and lies,
   in the form of sha256sum, in log/lists/ under that digest.
8. That nothing was cut off at the end, and that you are not shown another history than others are, only a head
   can tell that you got from somebody else: a checkpoint that the lines here lead to.

What this shows: that these are the files that somebody with the named key recorded at that place in the history.
What it does not show: that what they say is true, right or sufficient, or who the persons behind the keys were.
"""
INSTRUCTIONS = _TEXT.replace("\n", "\r\n").encode("utf-8")  # so that Notepad shows lines
