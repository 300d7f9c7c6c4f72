"""Bulk Data exports of this EHR: jobs that take a moment, their files, and what may go wrong with them.

Source: HL7 FHIR Bulk Data Access IG 2.0.0. What is not imitated: POST kick-off, ``_elements``, partial manifests.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from .compartment import PATIENT_FREE, Resource, values
from .faults import ELSEWHERE
from .outcome import Refused, outcome
from .search import Criterion, criteria, matches

if TYPE_CHECKING:
    from .config import SandboxConfig
    from .faults import Faults
    from .store import Store

IG = "http://hl7.org/fhir/uv/bulkdata"
BUSY = 2  # times each address says that it is asked too much, with that fault
STRANGER = "somebody-else"
NOT_OF_PATIENTS = PATIENT_FREE - {"Device"}


@dataclass
class Export:
    """One job. ``pieces``: file name -> its resources; ``links``: how many lists of links have been given."""

    id: str
    level: str
    types: tuple[str, ...]
    client_id: str
    begun: float
    pieces: dict[str, list[Resource]]
    links: int = 0
    asked: Counter[str] = field(default_factory=Counter)  # address -> times
    fetched: set[str] = field(default_factory=set)

    @property
    def words(self) -> str:
        return f"{self.level}/$export" if self.level else "$export"


class ExportDesk:
    """All exports of one sandbox. Safe to call from several threads."""

    def __init__(self, config: SandboxConfig, store: Store, faults: Faults):
        self.config, self.store, self.faults = config, store, faults
        self.offered = not (config.proxy_fhir or config.personality)
        self._jobs: dict[str, Export] = {}
        self._lock = threading.Lock()
        self._has_removed = False

    @property
    def jobs(self) -> list[Export]:
        """The newest first."""
        return list(reversed(self._jobs.values()))

    def types(self, level: str) -> list[str]:
        """What is exported where no type is named."""
        return [kind for kind in self.store.counts() if not (level and kind in NOT_OF_PATIENTS)]

    def begin(self, level: str, types: tuple[str, ...], client_id: str, since: str, filters: list[str]) -> Export:
        self._has_removed &= self.faults.export == "export_removed"
        outside = [type_ for type_ in types if level and type_ in NOT_OF_PATIENTS]
        if outside:
            raise Refused(400, f"{', '.join(outside)} does not belong to patients: only the whole system exports it")
        members, wanted = self._members(level), _filters(filters)
        pieces: dict[str, list[Resource]] = {}
        for type_ in types:
            found = [
                r for r in self._records(level, members, type_, since) if _is_wanted(r, wanted, self.config.fhir_base)
            ]
            found = _with_strangers(type_, found) if self.faults.export == "export_two_patients" else found
            size = self.config.export_lines
            for at in range(0, len(found), size):
                pieces[f"{type_}.{at // size + 1}.ndjson"] = found[at : at + size]
        job = Export(secrets.token_urlsafe(12), level, types, client_id, self.config.clock(), pieces)
        with self._lock:
            self._jobs[job.id] = job
        return job

    def job(self, id_: str, client_id: str) -> Export:
        """Raises Refused(404) for one that is not there, or another app's."""
        found = self._jobs.get(id_)
        if found and self.faults.export == "export_removed" and not self._has_removed:
            self._has_removed = True
            self.remove(found)
            found = None
        if found is None or found.client_id != client_id:
            raise Refused(404, "there is no such export")
        return found

    def remove(self, job: Export) -> None:
        with self._lock:
            self._jobs.pop(job.id, None)

    def seldom(self, job: Export, what: str, times: int) -> bool:
        """Whether this comes to pass for one of the first times."""
        with self._lock:
            job.asked[what] += 1
            return job.asked[what] <= times

    def ready_in(self, job: Export) -> float:
        """Seconds until its files are there."""
        return job.begun + self.config.export_seconds - self.config.clock()

    def manifest(self, job: Export, request: str) -> dict[str, Any]:
        job.links += 1
        place = f"{self.config.fhir_base}/export-files/{job.id}/{job.links}"
        output = [
            {"type": name.partition(".")[0], "url": f"{place}/{name}", "count": len(found)}
            for name, found in job.pieces.items()
        ]
        errors = [{"type": "OperationOutcome", "url": f"{place}/errors.ndjson", "count": 1}]
        return {
            "transactionTime": datetime.fromtimestamp(job.begun, UTC).isoformat(timespec="milliseconds"),
            "request": request,
            "requiresAccessToken": True,
            "output": output,
            "error": errors if self.faults.export == "export_errors" else [],
        }

    def file(self, job: Export, links: int, name: str) -> bytes:
        """Its lines. Raises Refused where the link is over, or the file lies elsewhere (with the address)."""
        if self.faults.export == "export_links_expired" and links == 1:
            raise Refused(403, "this link is over")
        if self.faults.export == "export_elsewhere":
            raise Refused(307, "it lies elsewhere", headers={"Location": f"{ELSEWHERE}/{name}"}, code="incomplete")
        found = [_NOT_EXPORTED] if name == "errors.ndjson" else job.pieces.get(name)
        if found is None:
            raise Refused(404, f"this export has no file {name}")
        lines = "".join(json.dumps(each, ensure_ascii=False, separators=(",", ":")) + "\n" for each in found).encode()
        if self.faults.export == "export_half_file" and self.seldom(job, f"half {name}", 1):
            return lines[: len(lines) * 2 // 3]
        job.fetched.add(name)
        return lines

    def _records(self, level: str, members: set[str] | None, type_: str, since: str) -> list[Resource]:
        at = datetime.fromisoformat(since).astimezone(UTC).isoformat(timespec="milliseconds") if since else ""
        return [
            stored.resource
            for stored in self.store.every(type_)
            if stored.updated >= at and (not level or (stored.owner and (members is None or stored.owner in members)))
        ]

    def _members(self, level: str) -> set[str] | None:
        """Ids of the patients of a group; None where it is everybody. Raises Refused(404)."""
        if not level.startswith("Group/"):
            return None
        group = self.store.read("Group", level.removeprefix("Group/"))
        if group is None:
            raise Refused(404, f"{level} is not known here")
        return {str(r).rpartition("/")[2] for r in values(group.resource, "member.entity.reference")}


_NOT_EXPORTED = outcome("exception", "three conditions could not be exported")


def exporting(statement: Resource) -> Resource:
    """The CapabilityStatement with the exports."""
    rest = statement["rest"][0]
    offered = {"Patient": "patient-export", "Group": "group-export"}
    named = {type_: [{"name": "export", "definition": f"{IG}/OperationDefinition/{n}"}] for type_, n in offered.items()}
    resources = [{**r, **({"operation": named.pop(r["type"])} if r["type"] in named else {})} for r in rest["resource"]]
    resources += [{"type": type_, "interaction": [{"code": "read"}], "operation": o} for type_, o in named.items()]
    operation = [{"name": "export", "definition": f"{IG}/OperationDefinition/export"}]
    instantiates = {"instantiates": [f"{IG}/CapabilityStatement/bulk-data"]}
    return {**statement, **instantiates, "rest": [{**rest, "resource": resources, "operation": operation}]}


def _filters(filters: list[str]) -> dict[str, list[list[Criterion]]]:
    """Type -> the searches of which one must find a record. Raises Refused(400)."""
    wanted: dict[str, list[list[Criterion]]] = {}
    for each in filters:
        type_, _, query = each.partition("?")
        found, unknown = criteria(type_, parse_qsl(query, keep_blank_values=True))
        if unknown:
            raise Refused(400, f"_typeFilter: {type_} has no search parameter {', '.join(unknown)}")
        wanted.setdefault(type_, []).append(found)
    return wanted


def _is_wanted(resource: Resource, wanted: dict[str, list[list[Criterion]]], base: str) -> bool:
    searches = wanted.get(resource["resourceType"])
    return searches is None or any(matches(resource, one, base) for one in searches)


def _with_strangers(type_: str, found: list[Resource]) -> list[Resource]:
    """One record that names two patients, and one of somebody who is not in the export."""
    if type_ != "Observation" or not found:
        return found
    other = {"reference": f"Patient/{STRANGER}"}
    two = {**found[0], "id": "of-two-patients", "patient": other}
    return [*found, two, {**found[0], "id": "of-somebody-else", "subject": other}]
