"""The whole knowledge as a document a clinician can sign off without reading code: HTML, CSV, and the signature."""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib import resources
from pathlib import Path

from smartapp.core.knowledge import Knowledge
from smartapp.errors import InputError
from smartapp.knowledge import parse, texts
from smartapp.reviewers.entries import entries
from smartapp.reviewers.page import page
from smartapp.reviewers.proof import proven
from smartapp.reviewers.sheet import sheet
from smartapp.reviewers.signing import sign

__all__ = ["document", "sign_rows", "write_document"]


def document(knowledge: Knowledge) -> dict[str, str]:
    """``knowledge.html`` and ``knowledge.csv``."""
    rows, proofs = entries(knowledge), proven()
    return {"knowledge.html": page(rows, knowledge, proofs), "knowledge.csv": sheet(rows, proofs)}


def write_document(knowledge: Knowledge, folder: Path) -> Iterator[Path]:
    """Writes both files into ``folder``, made where it is missing. Raises InputError where that cannot be done."""
    for name, text in document(knowledge).items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise InputError(f"{folder / name} cannot be written: {error.strerror}.") from error
        yield folder / name


def sign_rows(rows: Sequence[str], by: str, on: date, folder: Path | None = None) -> Iterator[tuple[str, str]]:
    """Signs rows in the knowledge files of ``folder`` (the installed ones if None); row and file name of each.

    All or nothing: the files are written only when every row was found and the whole still parses.
    """
    place = folder or Path(str(resources.files("smartapp.knowledge")))
    try:
        files = {path.name: path.read_text(encoding="utf-8") for path in place.iterdir() if path.name in texts()}
        signed = {}
        for row in rows:
            name, files[name] = sign(files, row, by, on)
            signed[row] = name
        parse(files)
        for name in set(signed.values()):
            (place / name).write_text(files[name], encoding="utf-8")
    except OSError as error:
        raise InputError(f"The knowledge files in {place} cannot be signed: {error.strerror}.") from error
    yield from signed.items()
