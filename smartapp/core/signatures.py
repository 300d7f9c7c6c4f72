"""Where a row of the knowledge comes from and who signed it; a signature lapses when the row is edited."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

# The keys of a row that are the signature and not what is signed.
KEYS = ("review", "reviewer", "reviewed_on", "digest")
AWAITING, SIGNED = "awaiting", "signed"


class Label(StrEnum):
    """Who says so: the seed document, another guideline, or we (an engineering choice no source fixes)."""

    SEED = "seed"
    GUIDELINE = "guideline"
    OURS = "ours"


@dataclass(frozen=True)
class Origin:
    """Where a row comes from. ``review`` is ``signed`` only while the row still says what a named clinician signed."""

    label: Label
    sources: tuple[str, ...]  # ids in sources.toml
    applicability: str = ""
    statements: tuple[str, ...] = ()  # the statements it rests on
    review: str = AWAITING
    reviewer: str = ""
    reviewed_on: str = ""
    lapsed: str = ""  # “Dr. A on 2026-05-04”, whose signature was for other words; empty if none
    doubt: str = ""  # what its source leaves open, or a clinician may question


def digest_of(row: Mapping[str, Any], beside: Mapping[str, Any] | None = None) -> str:
    """First 16 hex digits of the SHA-256 of everything a row says but its signature, whatever the order of its keys.

    ``beside``: a table elsewhere in the file whose words are signed with the row.
    """
    said = {key: value for key, value in row.items() if key not in KEYS}
    canonical = json.dumps([said, beside or {}], sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
