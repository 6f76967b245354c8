"""The file that says of a folder of documents that nobody is to be given them from there.

It lies beside issued documents, and beside drafts. Its bytes are fixed, so that no other words can stand under its name
beside documents that a log names (docs/formats/audit-log.md, `issued/`).
"""

FILE = "NOT-FOR-USE.txt"
TEXT = (
    b"NOT FOR USE\r\n"
    b"\r\n"
    b"Do not give anybody a form from this folder. What lies here was made or issued; that does not mean\r\n"
    b"that it may be used. Which form may be used at a site on a day follows from the decisions of its boards\r\n"
    b"and from the day on which the site began to use it. The forms for use are in the folder current/SITE/,\r\n"
    b'which "regdocs current --site SITE" fills.\r\n'
)
