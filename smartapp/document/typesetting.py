"""Values and a template -> PDF/UA-1 by Typst, with the fonts Typst brings and nothing else of this machine.

The values go in as data, never as markup. Typst is imported when a PDF is made, not before.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from smartapp.errors import LoadpathError, Who

SHOWN_OTHERWISE = "Some letters cannot be printed here and are shown by their Unicode number; the text has them."
_KNOWN = frozenset("–—‘’“”…≥≤×°·•→")


class NoPdf(LoadpathError):
    """The PDF cannot be made; the text says the same."""

    title = "The PDF could not be made"
    who = Who.YOU
    next_step = "Take the text instead: it says the same."


def typeset(template: str, values: Mapping[str, Any], at: datetime) -> bytes:
    """The same values give the same bytes. ``template``: file beside this one; ``at``: when it was signed.

    Raises NoPdf.
    """
    try:
        import typst  # noqa: PLC0415 see module docstring
    except ImportError as error:
        raise NoPdf("The part that makes PDFs is not installed here.") from error
    failed = ""
    for inputs in (inputs_of(values), inputs_of(values, plain=True)):
        try:
            made = typst.compile(
                template_path(template), format="pdf", pdf_standards="ua-1", ignore_system_fonts=True,
                sys_inputs=inputs, timestamp=int(at.timestamp()),
            )  # fmt: skip
        except typst.TypstError as error:
            failed = str(error.message)
            continue
        if isinstance(made, bytes):
            return made
    raise NoPdf(f"The PDF could not be set: {failed[:200]}")


def template_path(name: str) -> Path:
    return Path(__file__).parent / name


def inputs_of(values: Mapping[str, Any], plain: bool = False) -> dict[str, str]:
    """``plain``: letters the fonts do not have are written by number; PDF/UA allows no empty box in their place."""
    text = json.dumps(values, ensure_ascii=False)
    if plain:
        text = "".join(c if ord(c) < 0x250 or c in _KNOWN else f"[U+{ord(c):04X}]" for c in text)
    return {"document": text, "note": SHOWN_OTHERWISE if plain else ""}
