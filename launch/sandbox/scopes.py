"""SMART scopes, versions 1 and 2: text into permissions, and requested into granted.

Source: HL7 SMART App Launch 2.2, scopes-and-launch-context.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

CONTEXT_SCOPES = frozenset(
    {"openid", "fhirUser", "profile", "launch", "launch/patient", "launch/encounter", "online_access", "offline_access"}
)
# what we can do at all: there is no delete
SUPPORTED_ACTIONS = frozenset("crus")
V1_ACTIONS = {"read": frozenset("rs"), "write": frozenset("cud"), "*": frozenset("cruds")}
_PATTERN = re.compile(r"^(patient|user|system)/([A-Z][A-Za-z]*|\*)\.([a-z]+|\*)(?:\?(.+))?$")
_V2_ORDER = re.compile(r"^(?=.)c?r?u?d?s?$")


@dataclass(frozen=True)
class Permission:
    """One resource scope: who for, which type, which of create/read/update/delete/search, and search filters."""

    level: str
    type: str
    actions: frozenset[str]
    filters: tuple[tuple[str, str], ...] = ()
    text: str = ""

    def covers(self, type_: str, action: str) -> bool:
        return self.type in {type_, "*"} and action in self.actions


def parse_permission(text: str) -> Permission | None:
    """The permission a resource scope means, or None where the text is not a resource scope (unknown or misspelt)."""
    match = _PATTERN.fullmatch(text)
    if not match:
        return None
    level, type_, suffix, query = match.groups()
    actions = V1_ACTIONS.get(suffix)
    if actions is None:
        if not _V2_ORDER.fullmatch(suffix):
            return None
        actions = frozenset(suffix)
    filters = tuple(parse_qsl(query, keep_blank_values=True)) if query else ()
    if query and not filters:
        return None
    return Permission(level, type_, actions, filters, text)


def permissions(scope: str) -> tuple[Permission, ...]:
    return tuple(found for text in scope.split() if (found := parse_permission(text)))


def grant(
    requested: str, ceilings: Iterable[str], *, has_patient: bool, may_write: frozenset[str] | None = None
) -> str:
    """Requested scopes cut down to what every ceiling allows; order kept, unknown ones dropped.

    ``may_write`` names the types this user may write (None: any). Patient-level scopes need a patient in context.
    """
    granted = list(dict.fromkeys(requested.split()))
    for ceiling in ceilings:
        granted = [cut for text in granted if (cut := _under(text, ceiling))]
    if not has_patient:
        granted = [text for text in granted if not text.startswith("patient/")]
    if may_write is not None:
        granted = [cut for text in granted for cut in _within_rights(text, may_write)]
    return " ".join(granted)


def _under(text: str, ceiling: str) -> str | None:
    if text in CONTEXT_SCOPES:
        return text if text in ceiling.split() else None
    wanted = parse_permission(text)
    if wanted is None:
        return None
    actions: set[str] = set()
    for limit in permissions(ceiling):
        if (
            limit.level == wanted.level
            and limit.type in {wanted.type, "*"}
            and set(limit.filters) <= set(wanted.filters)
        ):
            actions |= wanted.actions & limit.actions
    return _spell(wanted, frozenset(actions) & SUPPORTED_ACTIONS)


def _spell(wanted: Permission, actions: frozenset[str]) -> str | None:
    """The scope text for fewer actions: the words asked for where nothing but delete was cut, version 2 otherwise."""
    if not actions:
        return None
    if actions == wanted.actions or (wanted.text.split(".")[1] in V1_ACTIONS and actions == wanted.actions - {"d"}):
        return wanted.text
    suffix = "".join(letter for letter in "cruds" if letter in actions)
    query = "?" + wanted.text.split("?", 1)[1] if wanted.filters else ""
    return f"{wanted.level}/{wanted.type}.{suffix}{query}"


def _within_rights(text: str, may_write: frozenset[str]) -> list[str]:
    wanted = parse_permission(text)
    if wanted is None or wanted.type in may_write or not wanted.actions & {"c", "u"}:
        return [text]
    kept = [cut] if (cut := _spell(wanted, wanted.actions & {"r", "s"})) else []
    if wanted.type == "*":
        writes = wanted.actions & {"c", "u"}
        kept += [cut for name in sorted(may_write) if (cut := _spell(replace(wanted, type=name), writes))]
    return kept
