"""What a clinician signed is what stands: a signature holds a digest of its row, and lapses when the row is edited."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from smartapp.core.knowledge import Knowledge

# The keys of a row that are the signature and not what is signed, in the spelling of both kinds of file.
KEYS = ("review", "reviewer", "reviewed-on", "reviewed_on", "digest")
AWAITING, SIGNED = "awaiting", "signed"


@dataclass(frozen=True)
class Signature:
    """``review`` is ``signed`` only while the row still says what was signed. ``lapsed`` tells of one that does not."""

    review: str = AWAITING
    reviewer: str = ""
    reviewed_on: str = ""
    lapsed: str = ""  # “Dr. A on 2026-05-04”, whose signature was for other words; empty if none


def digest_of(row: Mapping[str, Any], beside: Mapping[str, Any] | None = None) -> str:
    """First 16 hex digits of the SHA-256 of everything a row says but its signature, whatever the order of its keys.

    ``beside``: a table elsewhere in the file whose words are signed with the row.
    """
    said = {key: value for key, value in row.items() if key not in KEYS}
    canonical = json.dumps([said, beside or {}], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]


def signature_of(review: str, reviewer: str, reviewed_on: str, signed: str, now: str) -> Signature:
    """``signed`` and ``now``: the digest that was signed, and that of the row as it is."""
    if review != SIGNED:
        return Signature()
    if signed != now:
        return Signature(lapsed=f"{reviewer} on {reviewed_on}")
    return Signature(SIGNED, reviewer, reviewed_on)


class Signed(Protocol):
    """What the origins of rules and of the library's rows have in common."""

    @property
    def review(self) -> str: ...
    @property
    def lapsed(self) -> str: ...


def origins(knowledge: "Knowledge") -> Iterator[tuple[str, Signed]]:
    """Every row that can be signed, by its name in its file, with who signed it."""
    library = knowledge.library
    yield "out-of-evidence", knowledge.evidence_origin
    for rules in (knowledge.statements, knowledge.thresholds, knowledge.restrictions, knowledge.alerts):
        yield from ((str(name), row.origin) for name, row in rules.items())
    yield from ((id_, row.origin) for id_, row in library.exercises.items())
    for rows in (library.never, library.goals, library.advice):
        yield from ((row.id, row.origin) for row in rows)
    yield from ((f"session-{phase}", row.origin) for phase, row in library.templates.items())
    yield "programme", library.programme.origin
