"""A paper: sheets of one kind after another, and its PDF/UA-1 by Typst.

The fonts are those Typst brings and nothing else of this machine. A paper goes in as data, never as markup. Typst is
imported when a PDF is made, not before.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from smartapp.errors import LoadpathError, Who

TEMPLATE = Path(__file__).parent / "paper.typ"
SHOWN_OTHERWISE = "Some letters cannot be printed here and are shown by their Unicode number; the text has them."


@dataclass(frozen=True)
class Sheet:
    """What one template prints. ``content`` is a dataclass of values; ``who`` and ``foot`` stand on every page of it."""

    kind: str
    title: str
    content: Any
    who: str
    foot: str
    language: str = "en"
    page: str = "page"
    of: str = "of"


@dataclass(frozen=True)
class Paper:
    """``title`` names no patient: it is shown by viewers and kept by printers. ``unsigned``: what the margin says."""

    title: str
    author: str
    at: datetime
    sheets: tuple[Sheet, ...]
    unsigned: str = ""


class NoPdf(LoadpathError):
    """The PDF cannot be made; the text says the same."""

    title = "The PDF could not be made"
    who = Who.YOU
    next_step = "Take the text instead: it says the same."


def paper_pdf(paper: Paper) -> bytes:
    """The same paper gives the same bytes. Raises NoPdf."""
    try:
        import typst  # noqa: PLC0415 see module docstring
    except ImportError as error:
        raise NoPdf("The part that makes PDFs is not installed here.") from error
    failed = ""
    for inputs in (inputs_of(paper), inputs_of(paper, plain=True)):
        try:
            made = typst.compile(
                TEMPLATE, format="pdf", pdf_standards="ua-1", ignore_system_fonts=True, sys_inputs=inputs,
                timestamp=int(paper.at.timestamp()),
            )  # fmt: skip
        except typst.TypstError as error:
            failed = str(error.message)
            continue
        if isinstance(made, bytes):
            return made
    raise NoPdf(f"The PDF could not be set: {failed[:200]}")


def inputs_of(paper: Paper, plain: bool = False) -> dict[str, str]:
    """``plain``: letters the fonts do not have are written by number; PDF/UA allows no empty box in their place."""
    values = {"title": paper.title, "author": paper.author, "unsigned": paper.unsigned}
    sheets = [_kebab(asdict(sheet)) for sheet in paper.sheets]
    text = json.dumps({**values, "note": SHOWN_OTHERWISE if plain else "", "sheets": sheets}, ensure_ascii=False)
    if plain:
        text = "".join(c if ord(c) < 0x250 or c in _KNOWN else f"[U+{ord(c):04X}]" for c in text)
    return {"document": text}


_KNOWN = frozenset("–—‘’“”…≥≤×°→·•")


def _kebab(value: Any) -> Any:
    """Names of fields as Typst writes them: ``more-limits``."""
    if isinstance(value, dict):
        return {key.replace("_", "-"): _kebab(each) for key, each in value.items()}
    return [_kebab(each) for each in value] if isinstance(value, (list, tuple)) else value
