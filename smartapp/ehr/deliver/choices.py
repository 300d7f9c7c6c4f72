"""What a person decides on a receipt -> steps moved on: try again, take another way, end what has changed, confirm."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from smartapp.ehr.deliver.delivery import WRITE, Ledger, steps_of
from smartapp.ehr.deliver.items import OPEN, STUCK, OutboxItem, WriteStatus, fall_back, transition
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.ports import FhirWriter
from smartapp.fhir.json import version_of

OVER = 1.0  # a time long past: nothing can arrive any more, and once it has landed, a second copy is looked for


def choose(
    ledger: Ledger, id_: str, changed: Callable[[Sequence[OutboxItem]], Sequence[OutboxItem]], purpose: str = WRITE
) -> bool:
    """Keep what ``changed`` makes of the steps; False where another worker is writing at this moment."""
    lease = ledger.claim_write(id_)
    if not lease:
        return False
    try:
        rows = [step.to_row() for step in changed(steps_of(ledger, id_, purpose))]
        return ledger.save_rows(id_, lease, rows, purpose)
    finally:
        ledger.finish_write(id_, lease, False)


def again(steps: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
    """What was refused is sent as it is; what only waits for the hour is looked for and sent now, as far as the EHR has
    not accepted it already; what is doubtful is looked for again, and never sent by this."""
    stuck = [transition(s, WriteStatus.WAITING, attempts=max(s.attempts - 1, 0), not_before=0.0) for s in steps
             if s.landing in STUCK and s.landing is not WriteStatus.DOUBTFUL]  # fmt: skip
    doubtful = [transition(s, WriteStatus.UNKNOWN) for s in steps if s.landing is WriteStatus.DOUBTFUL]
    waiting = [
        replace(s, not_before=0.0) if s.accepted else transition(s, WriteStatus.WAITING, not_before=0.0)
        for s in steps if s.landing in (WriteStatus.UNKNOWN, WriteStatus.WAITING)
    ]  # fmt: skip
    return [*stuck, *doubtful, *waiting]


def is_there(who: str, when: str) -> Callable[[Sequence[OutboxItem]], Sequence[OutboxItem]]:
    """A person has found in the chart what the EHR did not show us."""
    said = f"Found in the chart by {who}, {when}."

    def changed(steps: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        return [
            transition(step, WriteStatus.CONFIRMED, detail=said)
            for step in steps
            if step.landing is WriteStatus.DOUBTFUL
        ]

    return changed


def is_not_there(who: str, when: str) -> Callable[[Sequence[OutboxItem]], Sequence[OutboxItem]]:
    """A person has looked into the chart: what is doubtful is not there, and is sent again, the parts of a transaction
    that the EHR took without making them one by one."""
    said = f"Not in the chart, says {who}, {when}: sent again."

    def sent(step: OutboxItem) -> OutboxItem:
        if step.accepted and step.rung is WriteMethod.TRANSACTION and WriteMethod.CREATE in step.below:
            step = fall_back(step, said)
        return transition(
            step, WriteStatus.WAITING, attempts=0, looks=0, accepted=False, doubt_until=OVER, why=said, detail=""
        )

    def changed(steps: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        return [sent(step) for step in steps if step.landing is WriteStatus.DOUBTFUL]

    return changed


def to_a_person(steps: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
    """What has not reached the chart is put there by hand from now on; nothing of it is sent any more."""
    said = "Handed over: put it into the chart by hand, then confirm it here."
    return [transition(step, WriteStatus.MANUAL, detail=said) for step in steps if step.landing in OPEN | STUCK]


def other_way(steps: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
    """What the EHR found fault with goes one rung lower, together with what it was sent with."""
    why = "Sent another way, as chosen on the receipt."
    refused = [s for s in steps if s.landing in STUCK and s.landing is not WriteStatus.DOUBTFUL]
    return [fall_back(step, why) for step in refused if step.below or step.kind == "Task"]


def end_as_it_is(client: FhirWriter) -> Callable[[Sequence[OutboxItem]], Sequence[OutboxItem]]:
    """The records somebody has changed meanwhile are ended in the version they have now."""

    def changed(steps: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        return [_taken(client, step) for step in steps if step.landing is WriteStatus.CONFLICT]

    return changed


def _taken(client: FhirWriter, step: OutboxItem) -> OutboxItem:
    wanted, now = step.entry["resource"], client.read(step.kind, str(step.entry["resource"]["id"]))
    name = "lifecycleStatus" if "lifecycleStatus" in wanted else "status"
    version = version_of(now)
    request = {**step.entry["request"], **({"ifMatch": f'W/"{version}"'} if version else {})}
    entry = {**step.entry, "resource": {**now, name: wanted[name]}, "request": request}
    return transition(step, WriteStatus.WAITING, entry=entry, renewed=True, detail="", not_before=0.0)


def confirm(who: str, when: str) -> Callable[[Sequence[OutboxItem]], Sequence[OutboxItem]]:
    """A person says that what was to be done by hand is done."""
    said = f"Confirmed by {who}, {when}."

    def changed(steps: Sequence[OutboxItem]) -> Sequence[OutboxItem]:
        return [
            transition(step, WriteStatus.CONFIRMED, detail=said) for step in steps if step.landing is WriteStatus.MANUAL
        ]

    return changed
