"""Tables inside a table of the issuers file, every fault of each named: who may do what (``roles``), what the EHR
grants Loadpath without a person (``backend``, ``export``), and how it calls our CDS services (``cds_hooks``).

Of the last: the EHR signs each call by a key that lies at ``jku`` and names itself ``iss``; both are agreed with its
administrator.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from smartapp.core.proposal import Office, Role
from smartapp.ehr.addresses import as_origin, is_id, safe_scheme

Fault = Callable[[str, str], None]  # key, what is wrong with it
CLINICIANS = frozenset({"Practitioner", "PractitionerRole"})
HOOKS = ("patient-view", "order-select", "order-sign")
_ROLES = (Role.SIGNER, Role.DRAFTER, Role.COORDINATOR)  # from the widest right
_OFFICES = frozenset({"privacy_officers", "administrators"})
_READS = re.compile(r"system/(([A-Z][A-Za-z]*|\*)\.(read|rs|r|s)|Subscription\.c?r?u?d?s?)")
_LONGEST = 500  # characters of a text (ours)


# -- roles


@dataclass(frozen=True)
class Roles:
    """Who may do what at this site. Entries: a type (``Practitioner``), one person (``Practitioner/12``) or a
    PractitionerRole code (``role:309343006``). The most exact entry counts; among equals the widest right.

    By default every practitioner may draft and nobody may sign: signing is the site's to grant. Offices are held beside
    or without such a role, and by persons only: ``Practitioner/12``.
    """

    signers: tuple[str, ...] = ()
    drafters: tuple[str, ...] = ("Practitioner", "PractitionerRole")
    coordinators: tuple[str, ...] = ()
    privacy_officers: tuple[str, ...] = ()
    administrators: tuple[str, ...] = ()

    def offices_of(self, reference: str) -> frozenset[Office]:
        """What this person is entrusted with beside care."""
        held = {Office.PRIVACY_OFFICER: self.privacy_officers, Office.ADMINISTRATOR: self.administrators}
        return frozenset(office for office, persons in held.items() if reference in persons)

    def of(self, reference: str, codes: frozenset[str] = frozenset()) -> Role:
        """Role of a fhirUser (``Practitioner/12``) with these PractitionerRole codes; NONE for patients and unknown."""
        kind = reference.partition("/")[0]
        if kind not in CLINICIANS:
            return Role.NONE
        for names in ({reference}, {f"role:{code}" for code in codes}, {kind}):
            for role, entries in zip(_ROLES, (self.signers, self.drafters, self.coordinators), strict=True):
                if names & set(entries):
                    return role
        return Role.NONE


def read_roles(table: Any, fault: Fault) -> Roles:
    """What the table says; every fault of it is told to ``fault(key, sentence)``."""
    names = sorted(f.name for f in fields(Roles))
    if not isinstance(table, dict) or set(table) - set(names):
        fault("roles", f"may only have {', '.join(names)}")
        return Roles()
    for name, entries in table.items():
        if not isinstance(entries, list) or not all(_is_role_entry(e) for e in entries):
            fault(f"roles.{name}", "must list types, references such as Practitioner/12, or role:CODE")
            return Roles()
        if name in _OFFICES and not all(_is_person(entry) for entry in entries):
            fault(f"roles.{name}", "must list persons, such as Practitioner/12")
            return Roles()
    return Roles(**{name: tuple(entries) for name, entries in table.items()})


def _is_person(entry: str) -> bool:
    kind, _, id_ = entry.partition("/")
    return kind in CLINICIANS and bool(id_)


def _is_role_entry(entry: Any) -> bool:
    return isinstance(entry, str) and (entry.startswith("role:") or entry.partition("/")[0] in CLINICIANS)


# -- backend


READS_BY_ITSELF = "system/Task.rs system/Patient.rs"  # what it takes to keep the list of referrals up to date


@dataclass(frozen=True)
class Backend:
    """What this EHR grants Loadpath without a person (SMART Backend Services): to read, and to be told of changes."""

    client_id: str = ""  # where it is registered apart; else that of the launches
    scopes: str = READS_BY_ITSELF
    topic: str = ""  # canonical of the SubscriptionTopic by which this EHR tells of changes of Task


def read_backend(table: Any, fault: Fault) -> Backend | None:
    """As :func:`read_roles`; None where it is no such table."""
    names = sorted(f.name for f in fields(Backend))
    if not isinstance(table, dict) or set(table) - set(names) or not all(isinstance(v, str) for v in table.values()):
        fault("backend", f"must be a table that has {', '.join(names)} only, each a text")
        return None
    found = Backend(**table)
    scopes = found.scopes.split()
    if odd := [scope for scope in scopes if not _READS.fullmatch(scope)]:
        fault("backend.scopes", f"may only read, such as {READS_BY_ITSELF}: not {' '.join(odd)}")
    elif not any(scope.startswith(("system/Task.", "system/*.")) for scope in scopes):
        fault("backend.scopes", "must let Loadpath read Task")
    elif found.topic and not any(scope.startswith("system/Subscription.c") for scope in scopes):
        fault("backend.topic", "is of no use without system/Subscription.crud among backend.scopes")
    return found


# -- export


@dataclass(frozen=True)
class Export:
    """What this EHR lets Loadpath export without a person (Bulk Data $export by SMART Backend Services)."""

    client_id: str = ""  # where it is registered apart; else that of backend, or of the launches
    scopes: str = ""  # instead of reading each type our searches read
    group: str = ""  # id of the Group whose members are exported; else every patient
    filters: bool = False  # it takes _typeFilter: of a type no more is asked for than of a chart


def read_export(table: Any, fault: Fault) -> Export | None:
    """As :func:`read_backend`."""
    kinds = {field.name: field.type for field in fields(Export)}
    if not isinstance(table, dict) or any(type(value) is not kinds.get(name) for name, value in table.items()):
        fault(
            "export", f"must be a table that has {', '.join(sorted(kinds))} only; filters is true or false, others text"
        )
        return None
    found = Export(**table)
    scopes = found.scopes.split()
    if odd := [scope for scope in scopes if not _READS.fullmatch(scope)]:
        fault("export.scopes", f"may only read, such as system/Patient.rs: not {' '.join(odd)}")
    elif scopes and not any(scope.startswith(("system/Patient.", "system/*.")) for scope in scopes):
        fault("export.scopes", "must let Loadpath read Patient: without, nobody is in the export")
    if found.group and not is_id(found.group):
        fault("export.group", "must be the id of a Group, without “Group/”")
    return found


# -- cds_hooks


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


def read_hook_client(table: Any, fault: Fault, dev_loopback: bool) -> HookClient | None:
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


def is_same_caller(one: HookClient, other: HookClient | None) -> bool:
    """Whether a token could be of both: without a tenant named, it is taken for that of any."""
    return (
        other is not None and one.iss == other.iss and (one.tenant == other.tenant or "" in (one.tenant, other.tenant))
    )
