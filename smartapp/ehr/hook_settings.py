"""The table ``cds_hooks`` of an EHR in the issuers file -> :class:`HookClient`: how this EHR calls, and what is shown.

The EHR signs each call by a key that lies at ``jku`` and names itself ``iss``; both are agreed with its administrator.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from smartapp.ehr.addresses import as_origin, safe_scheme

HOOKS = ("patient-view", "order-select", "order-sign")
_LONGEST = 500  # characters of a text (ours)


@dataclass(frozen=True)
class HookClient:
    """One EHR as a caller of CDS Hooks. ``silent`` names the hooks whose cards are recorded and not shown."""

    iss: str  # as its tokens name it; for most vendors another name than that of its FHIR base
    jku: str  # where its public keys lie; nothing else is ever fetched for them
    tenant: str = ""  # the organization its tokens must name, where one vendor's key serves many
    preference_code: str = ""  # of the site's preference list, by which its EHR takes an order: SYSTEM|CODE or CODE
    silent: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()  # of pages whose scripts may call us from a browser, for testing only

    def is_silent(self, hook: str) -> bool:
        return hook in self.silent


def read_hook_client(table: Any, fault: Callable[[str, str], None], dev_loopback: bool) -> HookClient | None:
    """What the table says; every fault of it is told to ``fault(key, sentence)``. None where there was one."""
    known = [f.name for f in fields(HookClient)]
    if not isinstance(table, dict):
        fault("cds_hooks", f"must be a table with {', '.join(known)}")
        return None
    faults: list[tuple[str, str]] = [(key, "is not a key this table knows") for key in sorted(set(table) - set(known))]
    faults += [(key, "is missing: how this EHR signs its calls") for key in ("iss", "jku") if not table.get(key)]
    texts = {key: _text(table, key, faults) for key in ("iss", "jku", "tenant", "preference_code")}
    if texts["jku"] and not safe_scheme(texts["jku"], dev_loopback):
        faults.append(("jku", "must be https (http only on a loopback address with SMARTAPP_DEV_LOOPBACK=1)"))
    found = HookClient(**texts, silent=_silent(table, faults), origins=_origins(table, faults))
    for key, says in faults:
        fault(f"cds_hooks.{key}", says)
    return None if faults else found


def _text(table: Mapping[str, Any], key: str, faults: list[tuple[str, str]]) -> str:
    value = table.get(key, "")
    if isinstance(value, str) and len(value) <= _LONGEST and value == value.strip():
        return value
    faults.append((key, f"must be text of up to {_LONGEST} characters, without blanks around it"))
    return ""


def _silent(table: Mapping[str, Any], faults: list[tuple[str, str]]) -> tuple[str, ...]:
    value = table.get("silent", False)
    if isinstance(value, bool):
        return HOOKS if value else ()
    if isinstance(value, list) and all(each in HOOKS for each in value):
        return tuple(value)
    faults.append(("silent", f"must be true, false or a list of {', '.join(HOOKS)}"))
    return ()


def _origins(table: Mapping[str, Any], faults: list[tuple[str, str]]) -> tuple[str, ...]:
    value, found = table.get("origins", []), []
    for item in value if isinstance(value, list) else [value]:
        try:
            found.append(as_origin(item if isinstance(item, str) else ""))
        except ValueError as error:
            faults.append(("origins", f"{item!r} {error}"))
    return tuple(found)
