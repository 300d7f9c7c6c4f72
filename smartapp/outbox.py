"""Signed plans that have not reached the chart, on the command line: which, why, again now, or handed to a person.

No line names a patient. What is handed over does: it is the signed plan, written to a file only its owner can read.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smartapp.archive import record_of
from smartapp.ehr.deliver.choices import again, choose, to_a_person
from smartapp.ehr.deliver.delivery import steps_of
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus, landed
from smartapp.ehr.deliver.retract import RETRACT
from smartapp.errors import InputError, KeptUnreadable
from smartapp.settings import Settings

if TYPE_CHECKING:
    from smartapp.store import Store, Undelivered


@dataclass(frozen=True)
class Artifact:
    kind: str
    state: str
    reference: str
    why: str


@dataclass(frozen=True)
class Line:
    """One plan. ``statuses`` are of what is left to do, known without opening anything; ``why`` is told where the plan
    itself cannot be read here."""

    plan: str
    ehr: str
    signed: str
    age: int  # seconds
    overdue: bool
    by_hand: bool  # nothing goes on by itself: a person has to act
    statuses: tuple[str, ...]
    artifacts: tuple[Artifact, ...]
    why: str = ""


def opened(env: Mapping[str, str]) -> "Store":
    """The store of this installation. Raises SettingsError."""
    from smartapp.store import open_store  # noqa: PLC0415 -- only who asks for the outbox waits for the database

    settings = Settings.from_env(env)
    return open_store(settings.database, settings.secret, settings.secret_previous)


def waiting(store: "Store", now: float) -> tuple[Line, ...]:
    """Every signed plan that has not reached the chart, the oldest first."""
    return tuple(_line(store, each, now) for each in store.backlog.undelivered())


def _line(store: "Store", each: "Undelivered", now: float) -> Line:
    signed = datetime.fromtimestamp(each.signed, UTC).isoformat(timespec="seconds")
    age, ehr, why = int(now - each.signed), "", ""
    artifacts: tuple[Artifact, ...] = ()
    try:
        kept = store.records.signature(each.id)
        if kept is not None and kept.unreadable:
            raise KeptUnreadable(kept.unreadable)
        ehr = record_of(kept.record).ehr if kept is not None else ""
        artifacts = tuple(_artifacts(store, each.id))
    except KeptUnreadable as error:
        why = str(error)
    overdue, by_hand = each.overdue(now), not each.goes_on
    return Line(each.plan_id, ehr, signed, age, overdue, by_hand, each.statuses, artifacts, why)


def _artifacts(store: "Store", id_: str) -> Iterator[Artifact]:
    for step in (*steps_of(store.outbox, id_), *steps_of(store.outbox, id_, RETRACT)):
        told = step.told
        yield Artifact(told.kind, told.state, told.reference, told.detail)


def as_json(lines: Sequence[Line], last_round: float | None, now: float) -> str:
    """``background`` says when a worker last went through the outbox; null if none ever did."""
    age = None if last_round is None else round(now - last_round, 1)
    told: dict[str, Any] = {"plans": [asdict(line) for line in lines], "background": {"age": age}}
    return json.dumps(told, indent=2, ensure_ascii=False)


def as_words(lines: Sequence[Line], last_round: float | None, now: float) -> Iterator[str]:
    for line in lines:
        late = "OVERDUE  " if line.overdue else ""
        yield f"{late}plan {line.plan} at {line.ehr or 'an EHR not kept'}: signed {line.signed}, {_age(line.age)} ago"
        if line.why:
            yield f"    {', '.join(line.statuses)}. {line.why}"
        for each in line.artifacts:
            place = f" {each.reference}" if each.reference else ""
            yield f"    {each.kind}: {each.state}{place}{f'. {each.why}' if each.why else ''}"
    yield (
        f"{len(lines)} signed plans have not reached the chart."
        if len(lines) != 1
        else ("1 signed plan has not reached the chart.")
    )
    yield (
        "No worker has gone through the outbox yet."
        if last_round is None
        else (f"A worker last went through the outbox {_age(now - last_round)} ago.")
    )


def _age(seconds: float) -> str:
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min" if minutes else f"{rest} s"


def retry(store: "Store", plans: Sequence[str]) -> Iterator[str]:
    """What waits, is stuck or was refused is due now: the next round, or who opens the patient, sends it."""
    for each in _chosen(store, plans):
        done = [choose(store.outbox, each.id, again, purpose) for purpose in ("write", RETRACT)]
        yield f"plan {each.plan_id}: " + ("due now" if all(done) else "being written at this moment; ask again later")


def hand_over(store: "Store", plan: str, out: Path) -> str:
    """The plan's document to carry into the chart by hand; what surely is not there is from now on a person's to do.

    Raises InputError for what may be in the chart already, KeptUnreadable.
    """
    from smartapp.document import as_pdf, as_text, contents  # noqa: PLC0415 -- the typesetter is slow

    (each,) = _chosen(store, [plan])
    kept = store.records.signature(each.id)
    steps = steps_of(store.outbox, each.id)
    if kept is None or any(_perhaps_there(step) for step in steps):
        raise InputError(f"plan {plan}: a part of it may be in the chart already; look there, or let it be looked up")
    if landed(steps):
        raise InputError(f"plan {plan}: it is in the chart; what waits is taking it back")
    record = record_of(kept.record)
    paper = contents(record.signed, record.writing.basis)
    body = as_pdf(paper) if out.suffix == ".pdf" else as_text(paper).encode()
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(body)
    if not choose(store.outbox, each.id, to_a_person):
        return f"plan {plan}: written to {out}, but it is being sent at this moment; look before you use it"
    return f"plan {plan}: written to {out}; to be put into the chart by hand, and confirmed on its receipt"


def _perhaps_there(step: OutboxItem) -> bool:
    return step.landing in (WriteStatus.SENDING, WriteStatus.UNKNOWN, WriteStatus.DOUBTFUL)


def _chosen(store: "Store", plans: Sequence[str]) -> tuple["Undelivered", ...]:
    """Raises InputError for one that is not there; none named means all."""
    found = store.backlog.undelivered()
    unknown = set(plans) - {each.plan_id for each in found}
    if unknown:
        raise InputError(f"{', '.join(sorted(unknown))}: no signed plan that has not reached the chart")
    return tuple(each for each in found if not plans or each.plan_id in plans)


def run(env: Mapping[str, str], action: str, plans: Sequence[str], as_json_: bool, out: Path | None) -> Iterator[str]:
    """The command: lines to print. Raises InputError, SettingsError."""
    store, now = opened(env), time.time()
    try:
        if action == "list":
            lines, last = waiting(store, now), store.backlog.last_round()
            yield from [as_json(lines, last, now)] if as_json_ else as_words(lines, last, now)
        elif action == "retry":
            yield from retry(store, plans)
        elif len(plans) != 1 or out is None:
            raise InputError("hand-over: name one plan, and the file with --out FILE.pdf or FILE.txt")
        else:
            yield hand_over(store, plans[0], out)
    finally:
        store.close()
