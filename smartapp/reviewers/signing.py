"""The text of a knowledge file and a row -> the same text with the row signed by a named clinician.

Only the row's own ``review``, ``reviewer``, ``reviewed_on`` and ``digest`` lines change; comments and order stay as
they are. The digest is that of what the row says: an edit afterwards takes the signature away.
"""

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from smartapp.core.signatures import digest_of
from smartapp.errors import InputError

# Files whose rows are tables named by their id; in the others a row is an array element with an "id" of its own.
_NAMED = ("evidence.toml", "statements.toml", "phases.toml", "restrictions.toml", "alerts.toml", "phrases.toml")
_LISTED = ("exercises.toml", "never.toml", "goals.toml", "nutrition.toml", "education.toml", "referral.toml")
_SIGNATURE = re.compile(r"(review|reviewer|reviewed_on|digest)\s*=")
_SESSION = "session-"  # of a phase: a template of sessions.toml


def sign(files: Mapping[str, str], row: str, by: str, on: date) -> tuple[str, str]:
    """Name and new text of the file that holds ``row``. Raises InputError where no file does, or no one signs."""
    if not by.strip():
        raise InputError("A signature needs the name of the clinician.")
    for name in (*_NAMED, *_LISTED, "sessions.toml"):
        lines = files[name].split("\n")
        span = _span(lines, name, row)
        if span:
            digest = _digest(files[name], name, row)
            return name, "\n".join(_signed(lines, *span, by.strip(), on, digest))
    raise InputError(f"No row of the knowledge is called “{row}”; the reviewers' document names them all.")


def _span(lines: list[str], name: str, row: str) -> tuple[int, int] | None:
    """First line after the row's header, and the line after its last key; sub-tables come later."""
    starts = [number for number, line in enumerate(lines) if line.startswith("[")]
    ends = dict(zip(starts, [*starts[1:], len(lines)], strict=True))
    if name in _NAMED:
        found = [start for start in starts if lines[start].strip() in (f"[{row}]", f'["{row}"]')]
    elif name == "sessions.toml" and row.startswith(_SESSION):
        phase = f'phase = "{row.removeprefix(_SESSION)}"'
        found = [start for start, end in ends.items() if phase in lines[start:end]]
    elif name == "sessions.toml":
        found = [start for start in starts if lines[start].strip() == f"[{row}]" and row == "programme"]
    else:
        found = _listed(lines, ends, row)
    return (found[0] + 1, ends[found[0]]) if found else None


def _listed(lines: list[str], ends: Mapping[int, int], row: str) -> list[int]:
    """Starts of the array elements with that id; ``N-CALCIUM.2`` is the second that is called N-CALCIUM."""
    id_, _, place = row.partition(".")
    same = [start for start, end in ends.items() if f'id = "{id_}"' in lines[start:end]]
    if not place:
        return same if len(same) == 1 else []
    return same[int(place) - 1 : int(place)] if place.isdigit() and int(place) else []


def _digest(text: str, name: str, row: str) -> str:
    """Of the row as it is read; the texts of the programme are signed with it."""
    parsed = tomllib.loads(text, parse_float=Decimal)
    if name in _NAMED:
        return digest_of(parsed[row])
    if row == "programme":
        return digest_of(parsed[row], parsed["texts"])
    id_, _, place = row.partition(".")
    elements: list[dict[str, Any]] = [each for value in parsed.values() if isinstance(value, list) for each in value]
    same = [each for each in elements if id_ in (each.get("id"), f"{_SESSION}{each.get('phase')}")]
    return digest_of(same[int(place or 1) - 1])


def _signed(lines: list[str], start: int, end: int, by: str, on: date, digest: str) -> list[str]:
    kept = [line for line in lines[start:end] if not _SIGNATURE.match(line)]
    last = max(number for number, line in enumerate(kept, 1) if line.strip() and not line.startswith("#"))
    signature = [
        'review = "signed"',
        f"reviewer = {json.dumps(by, ensure_ascii=False)}",
        f'reviewed_on = "{on.isoformat()}"',
        f'digest = "{digest}"',
    ]
    return [*lines[:start], *kept[:last], *signature, *kept[last:], *lines[end:]]
