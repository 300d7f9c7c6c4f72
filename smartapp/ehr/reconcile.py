"""Tasks of an EHR and their patients -> rows of the coordinators' list, by polling: what has changed since, and at
intervals everything.

The Task stays the record: a row is what the EHR showed to one reader, and says when. One worker reads at a time for a
reader; after a failure the next try waits, longer each time, or as long as the EHR asks.
"""

import random
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from smartapp.core.referral import Stage
from smartapp.ehr.addresses import trusted_reference
from smartapp.ehr.client import FhirClient
from smartapp.ehr.ledger import kept_referral, with_before
from smartapp.ehr.pages import Resource, SearchResult
from smartapp.ehr.referrals import FULFILL
from smartapp.errors import EhrError, EhrForbidden, EhrRejected, LoadpathError
from smartapp.fhir.json import Malformed, as_object
from smartapp.fhir.referral_task import is_referral, referral_of
from smartapp.fhir.systems import Systems
from smartapp.store import Filters, Reading, ReferralReads, Referrals, Whose

FRESH = 30.0  # seconds for which what was read is shown without asking again (ours)
SWEEP = 3600.0  # seconds after which every Task is read: one that is gone is in no list of changes (ours)
SWEEP_AGAIN = 300.0  # the same where the last time not all could be read (ours)
OVERLAP = timedelta(minutes=5)  # asked for once more: an index may lag behind the records (ours)
FIRST_PAUSE, LONGEST_PAUSE = 30.0, 1800.0  # seconds after a failure; doubled with every further one (ours)
PAGES = 500  # of one search: 10,000 Tasks come in 500 pages of 20
LOOKS, LOOK_AGAIN = 60, 0.5  # how often it is seen whether another reading has ended, and after how many seconds (ours)
FAULT = "Loadpath could not read it; its log says why."
AT_ONCE = 50  # patients asked for in one search (ours)
ASKED_FOR = 200  # open referrals whose patients are asked for changes at each reading (ours); of more, at each sweep


@dataclass(frozen=True)
class Reader:
    """``client`` with the access of whose list it is; the ledger's own rows are no part of it."""

    client: FhirClient
    kept: Referrals
    reads: ReferralReads
    whose: Whose
    systems: Systems
    clock: Callable[[], float]
    chance: Callable[[], float] = random.random


def is_due(reading: Reading, now: float, fresh: float = FRESH) -> bool:
    return now - reading.read_at > fresh and now >= reading.not_before


def read_tasks(reader: Reader) -> bool | None:
    """Bring the rows up to date; whether this call did, None where another one is at it. What went wrong is kept with
    the reading, and raises nothing but SessionEnded and faults of ours."""
    lease = reader.reads.claim(reader.whose)
    if not lease:
        return None
    before = reader.reads.get(reader.whose)
    now = replace(before, failures=before.failures + 1, not_before=reader.clock() + FIRST_PAUSE, problem=FAULT)
    try:
        now = _read(reader, before)
        return True
    except EhrError as error:
        now = replace(now, problem=f"{error}", not_before=reader.clock() + pause_after(now.failures, error, reader))
        return False
    except LoadpathError as error:
        now = replace(now, problem=f"{error}", not_before=reader.clock() + pause_after(now.failures, None, reader))
        raise
    finally:
        reader.reads.end(reader.whose, lease, now)


def read_after_all(read: Callable[[], bool | None], sleep: Callable[[float], None] = time.sleep) -> None:
    """Not content with a reading that had begun before: what has just changed may not be in it."""
    for _ in range(LOOKS):
        if read() is not None:
            return
        sleep(LOOK_AGAIN)


def pause_after(failures: int, error: EhrError | None, reader: Reader) -> float:
    """Seconds: what the EHR asks for, or more with each failure; spread, so that not all installations come at once."""
    doubled: float = min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)
    return max((error.retry_after if error else None) or 0.0, doubled * (0.5 + reader.chance() / 2))


def _read(reader: Reader, before: Reading) -> Reading:
    begun = reader.clock()
    whole = not before.newest or begun - before.swept_at > (SWEEP_AGAIN if before.missing else SWEEP)
    try:
        found = _find(reader, before.newest if not whole else "")
    except (EhrRejected, EhrForbidden):
        if whole:
            raise
        whole, found = True, _find(reader, "")  # it cannot be asked for changes
    missing = [*found.partial]
    tasks = {str(task.get("id")): task for task in found.resources if is_referral(task, reader.systems)}
    read = _keep(reader, tasks.values(), missing)
    if not whole:
        _refresh_people(reader, read, before.read_at)
    if whole and not missing:
        reader.kept.forget_unseen(reader.whose, begun)
    newest = max([before.newest, *map(_changed, tasks.values())], key=_moment)
    return Reading(
        begun, begun if whole else before.swept_at, newest=newest,
        missing=tuple(missing) if whole else tuple(dict.fromkeys((*before.missing, *missing))),
    )  # fmt: skip


def _find(reader: Reader, since: str) -> SearchResult:
    asked = {"code": FULFILL}
    if since:
        asked["_lastUpdated"] = f"ge{(_moment(since) - OVERLAP).isoformat(timespec='seconds')}"
    return reader.client.find("Task", asked)


def _keep(reader: Reader, tasks: Iterable[Resource], missing: list[str]) -> frozenset[str]:
    """The patients that were read for it."""
    by_patient: dict[str, dict[str, dict[str, Any]]] = {}
    for task in tasks:
        try:
            found = referral_of(task, reader.systems)
        except Malformed as error:
            missing.append(f"Task/{task.get('id')}: {error}")
            continue
        patient = trusted_reference(found.patient, reader.client.base, frozenset({"Patient"}))
        made = {"task": {**task, "for": {"reference": patient}}, "before": None, "person": None, "outside": False}
        by_patient.setdefault(patient, {})[found.id] = made
    people = _people(reader.client, sorted({*by_patient} - {""}), missing)
    known = _known(reader, by_patient)
    rows = []
    for patient, contents in by_patient.items():
        old = known.get(patient, {})
        told = {id_: _told(each, old.get(id_), people.get(patient), reader) for id_, each in contents.items()}
        every = {**old, **told}.values()
        whole = with_before(every, reader.systems) if patient else every  # of nobody: none replaces another
        rows += [kept_referral(each, reader.systems) for each in whole]
    reader.kept.put(reader.whose, rows)
    return frozenset(by_patient)


def _refresh_people(reader: Reader, read: frozenset[str], since: float) -> None:
    """Who has another name or telephone since: of open referrals, and of no more than are cheap to ask for. What an EHR
    does not answer here the next sweep tells."""
    if reader.kept.matches(reader.whose, Filters()) > ASKED_FOR:
        return
    tasks = (as_object(row.content, "task") for row in reader.kept.page(reader.whose, Filters()) if not row.here)
    asked = sorted({str(as_object(task, "for").get("reference", "")) for task in tasks} - read - {""})
    changed = datetime.fromtimestamp(since, UTC) - OVERLAP
    people = _people(reader.client, asked, [], {"_lastUpdated": f"ge{changed.isoformat(timespec='seconds')}"})
    known = _known(reader, people)
    reader.kept.put(
        reader.whose,
        [
            kept_referral({**content, "person": person}, reader.systems)
            for patient, person in people.items()
            for content in known.get(patient, {}).values()
            if content.get("person") != person
        ],
    )


def _known(reader: Reader, patients: Iterable[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """Patient -> id of a Task -> its row's content as it was."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    wanted = list(patients)
    for start in range(0, len(wanted), AT_ONCE):
        for row in reader.kept.of_patients(reader.whose, wanted[start : start + AT_ONCE]):
            if row.unreadable:
                continue  # what was read is read again
            task = as_object(row.content, "task")
            patient = str(as_object(task, "for").get("reference", ""))
            found.setdefault(patient, {})[str(task.get("id"))] = dict(row.content)
    return found


def _told(
    now: Mapping[str, Any], before: Mapping[str, Any] | None, person: Resource | None, reader: Reader
) -> dict[str, Any]:
    """The content, with whether another system has moved it: its stage changed, no line of its history tells of it,
    and it is not what a newer or withdrawn plan does. It stays so until a line tells something."""
    if before is None:
        return {**now, "person": person}
    new, old = (referral_of(as_object(each, "task"), reader.systems) for each in (now, before))
    by_us = new.replaced or new.followed or new.stage is Stage.WITHDRAWN
    silent = len(new.history) == len(old.history) and not by_us
    outside = silent and (new.stage is not old.stage or before.get("outside") is True)
    return {**now, "person": person or before.get("person"), "outside": outside}


def _people(
    client: FhirClient, references: list[str], missing: list[str], more: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Resource]:
    """Only what names a person and how to reach them. ``more``: what the search asks beside who."""
    wanted = ("resourceType", "id", "name", "birthDate", "gender", "identifier", "telecom", "communication")
    ids = [reference.partition("/")[2] for reference in references]
    people: dict[str, Resource] = {}
    for start in range(0, len(ids), AT_ONCE):
        try:
            found = client.find("Patient", {"_id": ",".join(ids[start : start + AT_ONCE]), **more})
        except EhrError as error:
            missing.append(f"Names of patients could not be read: {error}")
            break
        for each in found.resources:
            people[f"Patient/{each.get('id')}"] = {name: each[name] for name in wanted if name in each}
    return people


def _changed(task: Resource) -> str:
    said = as_object(task, "meta").get("lastUpdated")
    with suppress(TypeError, ValueError):
        if datetime.fromisoformat(said).tzinfo:  # type: ignore[arg-type]
            return str(said)
    return ""


def _moment(said: str) -> datetime:
    return datetime.fromisoformat(said or "0001-01-02T00:00:00+00:00")
