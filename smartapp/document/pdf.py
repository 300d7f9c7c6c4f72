"""Document -> PDF/UA-1 by Typst, with the fonts Typst brings and nothing else of this machine.

The document goes in as data, never as markup. Typst is imported when a PDF is made, not before.
"""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from smartapp.document.sheet import Document
from smartapp.errors import LoadpathError, Who

TEMPLATE = Path(__file__).parent / "plan.typ"
SHOWN_OTHERWISE = "Some letters cannot be printed here and are shown by their Unicode number; the text has them."


class NoPdf(LoadpathError):
    """The PDF cannot be made; the text says the same."""

    title = "The PDF could not be made"
    who = Who.YOU
    next_step = "Take the text instead: it says the same."


def as_pdf(document: Document) -> bytes:
    """The same document gives the same bytes. Raises NoPdf."""
    return _compiled(document)


def _compiled(document: Document) -> bytes:
    try:
        import typst  # noqa: PLC0415 see module docstring
    except ImportError as error:
        raise NoPdf("The part that makes PDFs is not installed here.") from error
    failed = ""
    for inputs in (_inputs(document), _inputs(document, plain=True)):
        try:
            made = typst.compile(
                TEMPLATE, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True, sys_inputs=inputs,
                timestamp=int(datetime.fromisoformat(document.date).timestamp()),
            )  # fmt: skip
        except typst.TypstError as error:
            failed = str(error.message)
            continue
        if isinstance(made, bytes):
            return made
    raise NoPdf(f"The PDF could not be set: {failed[:200]}")


def _inputs(document: Document, plain: bool = False) -> dict[str, str]:
    """``plain``: letters the fonts do not have are written by number; PDF/UA allows no empty box in their place."""
    text = json.dumps(asdict(document), ensure_ascii=False)
    if plain:
        text = "".join(c if ord(c) < 0x250 or c in "–—‘’“”…≥≤×°" else f"[U+{ord(c):04X}]" for c in text)
    return {"document": text, "note": SHOWN_OTHERWISE if plain else ""}
