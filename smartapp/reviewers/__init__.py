"""The whole knowledge as a document a clinician can sign off without reading code: HTML, CSV, and the signature.

Of a signed row only its own ``review``, ``reviewer``, ``reviewed_on`` and ``digest`` lines change; comments and order
of the file stay as they are. The digest is that of what the row says: an edit afterwards takes the signature away.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

from smartapp.core.knowledge import Knowledge
from smartapp.core.signatures import digest_of
from smartapp.errors import InputError
from smartapp.knowledge import parse, texts
from smartapp.reviewers.entries import knowledge_entries
from smartapp.reviewers.entry import case_proofs
from smartapp.reviewers.gallery import drawings_page
from smartapp.reviewers.page import as_csv, as_html

# Files whose rows are tables named by their id; in the others a row is an array element with an "id" of its own.
_RULES = ("evidence.toml", "statements.toml", "phases.toml", "restrictions.toml", "alerts.toml")
_NAMED = (*_RULES, "phrases.toml", "systems.toml", "patient_texts.toml", "pain.toml")
_PLANS = ("exercises.toml", "never.toml", "goals.toml", "nutrition.toml", "education.toml", "referral.toml")
_LISTED = (
    *_PLANS,
    "constraints.toml",
    "program.toml",
    "written.toml",
    "drawings.toml",
    "measures.toml",
    "papers.toml",
    "follow_up.toml",
)
_SIGNATURE = re.compile(r"(review|reviewer|reviewed_on|digest)\s*=")
_SESSION = "session-"  # a template of sessions.toml


def document(knowledge: Knowledge) -> dict[str, str]:
    """``knowledge.html``, ``knowledge.csv`` and, to be looked at, ``drawings.html``."""
    rows, proofs = knowledge_entries(knowledge), case_proofs()
    return {
        "knowledge.html": as_html(rows, knowledge, proofs),
        "knowledge.csv": as_csv(rows, proofs),
        "drawings.html": drawings_page(knowledge),
    }


def write_document(knowledge: Knowledge, folder: Path) -> Iterator[Path]:
    """Writes the files into ``folder``, made where it is missing. Raises InputError where that cannot be done."""
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
        signed, as_read = {}, dict(files)
        for row in rows:
            name, files[name] = sign_row(files, row, by, on, as_read)
            signed[row] = name
        parse(files)
        for name in set(signed.values()):
            (place / name).write_text(files[name], encoding="utf-8")
    except OSError as error:
        raise InputError(f"The knowledge files in {place} cannot be signed: {error.strerror}.") from error
    yield from signed.items()


def sign_row(
    files: Mapping[str, str], row: str, by: str, on: date, as_read: Mapping[str, str] | None = None
) -> tuple[str, str]:
    """Name and new text of the file that holds ``row``. Raises InputError where no file does, or no one signs.

    ``as_read``: the files before other rows of them were signed, which changes the digest of none.
    """
    if not by.strip():
        raise InputError("A signature needs the name of the clinician.")
    for name in (*_NAMED, *_LISTED, "sessions.toml"):
        lines = files[name].split("\n")
        span = _span(lines, name, row)
        if span:
            digest = _digest(_parsed((as_read or files)[name]), name, row)
            return name, "\n".join(_with_signature(lines, *span, by.strip(), on, digest))
    raise InputError(f"No row of the knowledge is called “{row}”; the reviewers' document names them all.")


def _span(lines: list[str], name: str, row: str) -> tuple[int, int] | None:
    """First line after the row's header, and the line after its last key; sub-tables come later."""
    starts = [number for number, line in enumerate(lines) if line.startswith("[")]
    ends = dict(zip(starts, [*starts[1:], len(lines)], strict=True))
    if name in _NAMED:
        found = [start for start in starts if lines[start].strip() in (f"[{row}]", f'["{row}"]')]
    elif name == "sessions.toml" and row.startswith(_SESSION):
        found = _find_listed(lines, ends, row.removeprefix(_SESSION))
    elif name == "sessions.toml" and row == "programme":
        found = [start for start in starts if lines[start].strip() == f"[{row}]"]
    else:
        found = _find_listed(lines, ends, row)
    return (found[0] + 1, ends[found[0]]) if found else None


def _find_listed(lines: list[str], ends: Mapping[int, int], row: str) -> list[int]:
    """Starts of the array elements with that id; ``N-CALCIUM.2`` is the second that is called N-CALCIUM."""
    id_, _, place = row.partition(".")
    same = [start for start, end in ends.items() if f'id = "{id_}"' in lines[start:end]]
    if not place:
        return same if len(same) == 1 else []
    return same[int(place) - 1 : int(place)] if place.isdigit() and int(place) else []


@lru_cache(maxsize=16)  # a row after another of the same file is signed
def _parsed(text: str) -> Mapping[str, Any]:
    return tomllib.loads(text, parse_float=Decimal)


def _digest(parsed: Mapping[str, Any], name: str, row: str) -> str:
    """Of the row as it is read; the texts of the programme are signed with it."""
    if name in _NAMED:
        return digest_of(parsed[row])
    if row == "programme":
        return digest_of(parsed[row], parsed["texts"])
    id_, _, place = row.partition(".")
    elements: list[dict[str, Any]] = [each for value in parsed.values() if isinstance(value, list) for each in value]
    same = [each for each in elements if each.get("id") in (id_, id_.removeprefix(_SESSION))]
    return digest_of(same[int(place or 1) - 1])


def _with_signature(lines: list[str], start: int, end: int, by: str, on: date, digest: str) -> list[str]:
    kept = [line for line in lines[start:end] if not _SIGNATURE.match(line)]
    last = max(number for number, line in enumerate(kept, 1) if line.strip() and not line.startswith("#"))
    signature = [
        'review = "signed"',
        f"reviewer = {json.dumps(by, ensure_ascii=False)}",
        f'reviewed_on = "{on.isoformat()}"',
        f'digest = "{digest}"',
    ]
    return [*lines[:start], *kept[:last], *signature, *kept[last:], *lines[end:]]
