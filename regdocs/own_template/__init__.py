"""An institution's own Word template, filled from the content tree of a document and checked for what it leaves out.

Knows Word files and content trees; composes nothing and writes no file.
"""
