"""A paper: sheets of one kind after another, each by its template, and its PDF."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from smartapp.core.dates import dates_as_read
from smartapp.document.typesetting import typeset

PAPER = "paper.typ"


@dataclass(frozen=True)
class Sheet:
    """What one template prints. ``who`` and ``foot`` stand on every page of it."""

    kind: str
    title: str
    content: Any
    who: str
    foot: str
    language: str = "en"
    page: str = "page"
    of: str = "of"
    unsigned: str = ""  # what its margin says


@dataclass(frozen=True)
class Paper:
    """``title`` names no patient: it is shown by viewers and kept by printers."""

    title: str
    author: str
    at: datetime
    sheets: tuple[Sheet, ...]


def paper_pdf(paper: Paper) -> bytes:
    """The same paper gives the same bytes. Raises NoPdf."""
    return typeset(PAPER, paper_values(paper), paper.at)


def paper_values(paper: Paper) -> dict[str, Any]:
    sheets = [_kebab(asdict(sheet), sheet.language == "en") for sheet in paper.sheets]
    return {"title": paper.title, "author": paper.author, "sheets": sheets}


def _kebab(value: Any, english: bool) -> Any:
    """Names of fields as Typst writes them, ``more-limits``; and the dates of sentences as they are read."""
    if isinstance(value, dict):
        return {key.replace("_", "-"): _kebab(each, english) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_kebab(each, english) for each in value]
    return dates_as_read(value) if english and isinstance(value, str) else value
