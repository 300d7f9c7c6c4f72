"""A row as read -> where it comes from and who signed it, and the rest of what it says, for the types of the core."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from msgspec import Struct, structs

from smartapp.core.signatures import SIGNED, Origin, digest_of
from smartapp.knowledge.reading import Placed
from smartapp.knowledge.schema import Signable


def origin_of(placed: Placed[Signable], beside: Mapping[str, Any] | None = None) -> Origin:
    """``beside``: a table elsewhere in the file whose words are signed with the row."""
    row = placed.row
    plain = Origin(row.label, row.sources, row.applicability, row.statements, doubt=row.doubt)
    if row.review != SIGNED:
        return plain
    reviewer, on = row.reviewer.strip(), str(row.reviewed_on)
    if row.digest != digest_of(placed.table, beside):
        return replace(plain, lapsed=f"{reviewer} on {on}")
    return replace(plain, review=SIGNED, reviewer=reviewer, reviewed_on=on)


_SIGNABLE = frozenset(field.name for field in structs.fields(Signable))


def said(row: Struct, *but: str) -> dict[str, Any]:
    """What a row says, its origin apart, under the core's names; what it leaves out is left to the core."""
    found = structs.asdict(row)
    apart = _SIGNABLE if isinstance(row, Signable) else frozenset[str]()
    return {key: value for key, value in found.items() if key not in apart and key not in but and value is not None}
