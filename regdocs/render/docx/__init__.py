"""The DOCX writer: a content tree printed as WordprocessingML into a template package.

`render_docx` writes, `block_ids` reads back which bookmark stands for which block, `missing_styles` tells what a
study's own `reference.docx` lacks. Only `reference`, which makes the template, imports python-docx.
"""

from regdocs.render.docx.bookmarks import block_ids as block_ids
from regdocs.render.docx.writer import missing_styles as missing_styles
from regdocs.render.docx.writer import render_docx as render_docx
