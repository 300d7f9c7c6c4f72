"""Signed plans that have not reached the chart, on the command line: which, why, again now, or handed to a person.

No line names a patient. What is handed over does: it is the signed plan, written to a file only its owner can read.
"""

import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from smartapp.archive import record_of
from smartapp.ehr.deliver.choices import apply_choice, leave_to_a_person, try_again
from smartapp.ehr.deliver.engine import RETRACT, WRITE, items_of
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus, is_complete
from smartapp.ehr.deliver.receipt import ReceiptRow, receipt_of, rows_of
from smartapp.errors import InputError, KeptUnreadable
from smartapp.settings import Settings

if TYPE_CHECKING:
    from smartapp.store import Store, Undelivered


@dataclass(frozen=True)
class UndeliveredPlan:
    """One plan and its receipt so far. ``statuses`` are of what is left to do, known without opening anything;
    ``why`` is told where the plan itself cannot be read here."""

    plan: str
    ehr: str
    signed: str
    age: int  # seconds
    overdue: bool
    by_hand: bool  # nothing goes on by itself: a person has to act
    statuses: tuple[str, ...]
    rows: tuple[ReceiptRow, ...]
    why: str = ""


def open_installed_store(env: Mapping[str, str]) -> "Store":
    """The store of this installation. Raises SettingsError."""
    from smartapp.store import open_store  # noqa: PLC0415 -- only who asks for the outbox waits for the database

    settings = Settings.from_env(env)
    return open_store(settings.database, *settings.secrets)


def undelivered_plans(store: "Store", now: float) -> tuple[UndeliveredPlan, ...]:
    """Every signed plan that has not reached the chart, the oldest first."""
    return tuple(_plan(store, each, now) for each in store.backlog.undelivered())


def _plan(store: "Store", each: "Undelivered", now: float) -> UndeliveredPlan:
    signed = datetime.fromtimestamp(each.signed, UTC).isoformat(timespec="seconds")
    ehr, why = "", ""
    rows: tuple[ReceiptRow, ...] = ()
    try:
        kept = store.records.signature(each.id)
        if kept is not None and kept.unreadable:
            raise KeptUnreadable(kept.unreadable)
        if kept is not None:
            record = record_of(kept.record)
            made = receipt_of(record.signed, items_of(store.outbox, each.id), record.ehr)
            ehr, rows = made.ehr, (*made.rows, *rows_of(items_of(store.outbox, each.id, RETRACT)))
    except KeptUnreadable as error:
        why = str(error)
    age, overdue, by_hand = int(now - each.signed), each.overdue(now), not each.goes_on
    return UndeliveredPlan(each.plan_id, ehr, signed, age, overdue, by_hand, each.statuses, rows, why)


def as_json(plans: Sequence[UndeliveredPlan], last_round: float | None, now: float) -> str:
    """``background`` says when a worker last went through the outbox; null if none ever did."""
    age = None if last_round is None else round(now - last_round, 1)
    told = {"plans": [_told(plan) for plan in plans], "background": {"age": age}}
    return json.dumps(told, indent=2, ensure_ascii=False)


def _told(plan: UndeliveredPlan) -> dict[str, object]:
    """What of it names no patient and no diagnosis."""
    rows = [{"kind": r.kind, "status": r.status, "reference": r.reference, "detail": r.detail} for r in plan.rows]
    values = {name: value for name, value in vars(plan).items() if name != "rows"}
    return {**values, "artifacts": rows}


def as_words(plans: Sequence[UndeliveredPlan], last_round: float | None, now: float) -> Iterator[str]:
    for plan in plans:
        late = "OVERDUE  " if plan.overdue else ""
        yield f"{late}plan {plan.plan} at {plan.ehr or 'an EHR not kept'}: signed {plan.signed}, {_age(plan.age)} ago"
        if plan.why:
            yield f"    {', '.join(plan.statuses)}. {plan.why}"
        for row in plan.rows:
            place = f" {row.reference}" if row.reference else ""
            yield f"    {row.kind}: {row.status.value}{place}{f'. {row.detail}' if row.detail else ''}"
    one = len(plans) == 1
    yield f"{len(plans)} signed {'plan has' if one else 'plans have'} not reached the chart."
    yield (
        "No worker has gone through the outbox yet."
        if last_round is None
        else f"A worker last went through the outbox {_age(now - last_round)} ago."
    )


def _age(seconds: float) -> str:
    minutes, rest = divmod(int(max(seconds, 0)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min" if minutes else f"{rest} s"


def retry(store: "Store", plans: Sequence[str]) -> Iterator[str]:
    """What waits, is stuck or was refused is due now: the next round, or who opens the patient, sends it."""
    for each in _chosen(store, plans):
        done = [apply_choice(store.outbox, each.id, try_again, purpose) for purpose in (WRITE, RETRACT)]
        yield f"plan {each.plan_id}: " + ("due now" if all(done) else "being written at this moment; ask again later")


def hand_over(store: "Store", plan: str, out: Path) -> str:
    """The plan's document to carry into the chart by hand; what surely is not there is from now on a person's to do.

    Raises InputError for what may be in the chart already, KeptUnreadable.
    """
    from smartapp.document import as_pdf, as_text, contents  # noqa: PLC0415 -- the typesetter is slow

    (each,) = _chosen(store, [plan])
    kept = store.records.signature(each.id)
    items = items_of(store.outbox, each.id)
    if kept is None or any(_perhaps_there(item) for item in items):
        raise InputError(f"plan {plan}: a part of it may be in the chart already; look there, or let it be looked up")
    if is_complete(items):
        raise InputError(f"plan {plan}: it is in the chart; what waits is taking it back")
    record = record_of(kept.record)
    paper = contents(record.signed, record.write_plan.basis)
    body = as_pdf(paper) if out.suffix == ".pdf" else as_text(paper).encode()
    with os.fdopen(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(body)
    if not apply_choice(store.outbox, each.id, leave_to_a_person):
        return f"plan {plan}: written to {out}, but it is being sent at this moment; look before you use it"
    return f"plan {plan}: written to {out}; to be put into the chart by hand, and confirmed on its receipt"


def _perhaps_there(item: OutboxItem) -> bool:
    return item.status in (WriteStatus.SENDING, WriteStatus.UNKNOWN, WriteStatus.DOUBTFUL)


def _chosen(store: "Store", plans: Sequence[str]) -> tuple["Undelivered", ...]:
    """Raises InputError for one that is not there; none named means all."""
    found = store.backlog.undelivered()
    unknown = set(plans) - {each.plan_id for each in found}
    if unknown:
        raise InputError(f"{', '.join(sorted(unknown))}: no signed plan that has not reached the chart")
    return tuple(each for each in found if not plans or each.plan_id in plans)


def run_outbox(
    env: Mapping[str, str], action: str, plans: Sequence[str], as_json_: bool, out: Path | None
) -> Iterator[str]:
    """The command: lines to print. Raises InputError, SettingsError."""
    store, now = open_installed_store(env), time.time()
    try:
        if action == "list":
            plans_, last = undelivered_plans(store, now), store.backlog.last_round()
            yield from [as_json(plans_, last, now)] if as_json_ else as_words(plans_, last, now)
        elif action == "retry":
            yield from retry(store, plans)
        elif len(plans) != 1 or out is None:
            raise InputError("hand-over: name one plan, and the file with --out FILE.pdf or FILE.txt")
        else:
            yield hand_over(store, plans[0], out)
    finally:
        store.close()
