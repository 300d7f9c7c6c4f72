"""Values and a template -> PDF/UA-1 by Typst, with the fonts Typst brings and nothing else of this machine.

The values go in as data, never as markup. Typst is imported when a PDF is made, not before.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartapp.errors import LoadpathError, Who

if TYPE_CHECKING:
    import typst

SHOWN_OTHERWISE = "Some letters cannot be printed here and are shown by their Unicode number; the text has them."
FONTS = Path(__file__).parent / "fonts"
_KNOWN = frozenset("–—‘’“”…≥≤×°·•→")
# Typst keeps what it laid out for ten documents more: with letters that try several sizes that grew to 1.8 GB a worker.
KEPT_FOR = 10


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
                template_path(template), format="pdf", pdf_standards="ua-1", sys_inputs=inputs, font_paths=fonts(),
                timestamp=int(at.timestamp()),
            )  # fmt: skip
        except typst.TypstError as error:
            failed = str(error.message)
            continue
        finally:
            forget()
        if isinstance(made, bytes):
            return made
    raise NoPdf(f"The PDF could not be set: {failed[:200]}")


@cache
def fonts() -> "typst.Fonts":
    """Those Typst brings and those beside this file."""
    import typst  # noqa: PLC0415 see module docstring

    return typst.Fonts(include_system_fonts=False, font_paths=[FONTS])


def forget() -> None:
    """Lets Typst drop what it laid out, by as many empty documents as it keeps it for (about 10 ms)."""
    import typst  # noqa: PLC0415 see module docstring

    none = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
    for _ in range(KEPT_FOR + 1):
        typst.compile(b"", font_paths=none)


def template_path(name: str) -> Path:
    return Path(__file__).parent / name


def inputs_of(values: Mapping[str, Any], plain: bool = False) -> dict[str, str]:
    """``plain``: letters the fonts do not have are written by number; PDF/UA allows no empty box in their place."""
    text = json.dumps(values, ensure_ascii=False)
    if plain:
        text = "".join(c if ord(c) < 0x250 or c in _KNOWN else f"[U+{ord(c):04X}]" for c in text)
    return {"document": text, "note": SHOWN_OTHERWISE if plain else ""}
