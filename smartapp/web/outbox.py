"""A session and a signed plan -> the outbox: what is planned here, what goes out now, and its lines in words."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from smartapp.core.proposal import Proposal, SignedPlan
from smartapp.core.review import identifier_of
from smartapp.ehr import write as bundles
from smartapp.ehr.connection import Connection
from smartapp.ehr.write.delivery import Progress, deliver, steps_of
from smartapp.ehr.write.ladder import PlannedWrite, ladder
from smartapp.ehr.write.retract import RETRACT
from smartapp.ehr.write.rungs import Rung, read_site
from smartapp.ehr.write.steps import LANDED, Landing, Step
from smartapp.ehr.write.supersede import open_tasks, replaced
from smartapp.ehr.write.writing import Writing, first_steps, job, writing_for
from smartapp.errors import LoadpathError
from smartapp.web.about import review_status
from smartapp.web.archive import from_json, to_json
from smartapp.web.launch import readings
from smartapp.web.visit import Entrance, chart_link
from smartapp.web.wiring import wiring

log = logging.getLogger("smartapp.web.outbox")

STATES: Mapping[Landing, str] = {
    Landing.WAITING: "Not sent yet",
    Landing.SENDING: "Being sent",
    Landing.UNKNOWN: "Not known whether it arrived",
    Landing.DOUBTFUL: "Doubtful: look in the chart",
    Landing.WRITTEN: "In the chart",
    Landing.FOUND: "Was in the chart already",
    Landing.FAILED: "Not in the chart",
    Landing.CONFLICT: "Changed by somebody else meanwhile",
    Landing.MANUAL: "To be done by hand",
    Landing.CONFIRMED: "Put into the chart by hand",
    Landing.DROPPED: "Not taken by the EHR",
}
RUNGS: Mapping[Rung, str] = {
    Rung.TRANSACTION: "written in one step with the others",
    Rung.CREATE: "written by itself",
    Rung.NOTE: "in a note",
    Rung.MESSAGE: "in a message",
    Rung.COPY: "as a copy",
}
ORDER = (
    "CarePlan",
    "ServiceRequest",
    "Task",
    "DocumentReference",
    "Communication",
    "Goal",
    "Provenance",
)  # as a clinician asks


@dataclass(frozen=True)
class Line:
    """One artifact of the receipt in words."""

    kind: str
    title: str
    identifier: str
    rung: str
    state: str
    reference: str
    version: str
    detail: str
    link: str


def planned(entrance: Entrance) -> tuple[PlannedWrite, ...]:
    """What will happen here when somebody signs, from what is known of the EHR without asking it again."""
    capabilities = wiring().capabilities.of(entrance.issuer)
    return ladder(capabilities, entrance.connection.grants, read_site(entrance.issuer.site))


def record_of(entrance: Entrance, signed: SignedPlan, previous: Sequence[Mapping[str, Any]]) -> tuple[Any, list[Any]]:
    """What the store keeps of a signature before anything leaves: the plan, the decisions about this EHR, the rows."""
    made, connection = wiring(), entrance.connection
    capabilities = made.capabilities.of(entrance.issuer)
    encounter = f"Encounter/{connection.context.encounter}" if connection.context.encounter else ""
    writing = writing_for(
        capabilities, connection.grants, read_site(entrance.issuer.site), encounter=encounter,
        note_replaces=_last_note(entrance), basis=_basis(), systems=made.systems,
    )  # fmt: skip
    if signed.replaces and not previous:
        previous = replaced(readings().client(entrance.launch_id, connection), signed)
    if capabilities.can("Task", "search-type") and connection.grants.may("Task", "s"):
        previous = [*previous, *open_tasks(readings().client(entrance.launch_id, connection), previous, made.systems)]
    bundle = bundles.build(
        signed, made.knowledge, connection.iss, made.settings.base_url, encounter=encounter, previous=previous,
        by_tag=bundles.without_identifier_search(capabilities.search_parameters),
        with_task=writing.of("Task") is not None, systems=made.systems,
    )  # fmt: skip
    rows = [step.to_row() for step in first_steps(bundle, signed, writing)]
    return {"signed": to_json(signed), "writing": writing.to_json()}, rows


def _basis() -> tuple[str, ...]:
    knowledge = wiring().knowledge
    return (f"Rules of version {knowledge.version}: {review_status(knowledge)}. Clinical judgement decides.",)


def _last_note(entrance: Entrance) -> str:
    """The note a new one replaces: that of the newest plan signed here for this patient and not taken back."""
    store = wiring().store
    if not any(p.rung is Rung.NOTE for p in planned(entrance)):
        return ""
    for kept in store.signatures_of(entrance.patient_key):
        notes = [s for s in steps_of(store, kept.id) if s.carries and s.landing in LANDED]
        if not kept.retired and notes:
            return notes[0].reference
    return ""


def no_longer_standing(entrance: Entrance, proposal: Proposal, active: bool) -> list[str]:
    """Plans of this very content signed here that are no reason not to sign it again: taken back, followed by another
    plan, or drafts where one is to be made active.
    """
    kept: Sequence[Any] = wiring().store.signatures_of(entrance.patient_key)
    standing = next((k.plan_id for k in kept if not k.retired), "")
    same = [k for k in kept if k.record["signed"]["proposal"]["content_hash"] == proposal.content_hash]
    return [k.plan_id for k in same if k.plan_id != standing or (active and not k.record["signed"]["active"])]


def signed_here_before(entrance: Entrance, fingerprint: str) -> Any:
    """What was signed from this very page: a second press, a reload, or a step back in the browser."""
    kept = wiring().store.signatures_of(entrance.patient_key)
    return next((k for k in kept if k.launch_id == entrance.launch_id and k.fingerprint == fingerprint), None)


def signed_already(entrance: Entrance, proposal: Proposal, active: bool) -> Any:
    """The signature that holds exactly this plan for this patient, whatever of it has reached the chart; or None."""
    gone = no_longer_standing(entrance, proposal, active)
    return wiring().store.signature_of(
        entrance.patient_key, identifier_of(proposal, entrance.connection.iss, active, gone)
    )


def send(entrance: Entrance, kept: Any, purpose: str = "write") -> Progress:
    """Go on with a kept plan, as far as the EHR lets it go now. Safe at any time."""
    return _send(entrance.launch_id, entrance.connection, kept, purpose)


def resume() -> int:
    """Go on with everything that waits and whose person still has a session; returns how many plans were taken up.

    After a restart this finishes what a dead process had begun; the others wait for their receipt to be opened.
    """
    store, taken = wiring().store, 0
    for id_, launch_id in store.unfinished():
        connection, kept = store.connection_of(launch_id), store.signature(id_)
        if connection is None or kept is None:
            continue
        taken += 1
        try:
            for purpose in ("write", RETRACT):
                if steps_of(store, id_, purpose):
                    _send(launch_id, Connection.from_json(connection), kept, purpose)
        except LoadpathError as error:
            log.warning("not resumed", extra={"event": type(error).__name__, "plan": kept.plan_id})
    return taken


def _send(launch_id: str, connection: Connection, kept: Any, purpose: str) -> Progress:
    signed, writing = from_json(SignedPlan, kept.record["signed"]), Writing.from_json(kept.record["writing"])
    client = readings().client(launch_id, connection)
    return deliver(job(kept.id, signed, writing, purpose), client, wiring().store, wiring().clock)


def lines(steps: Sequence[Step], entrance: Entrance) -> Iterator[Line]:
    def rank(step: Step) -> int:
        return ORDER.index(step.kind) if step.kind in ORDER else len(ORDER)

    shown = [s for s in sorted(steps, key=rank) if s.landing is not Landing.DROPPED or not s.carries]
    for _, alike in groupby(shown, _fate):
        first, *others = [step.told for step in alike]
        title, number = "; ".join(told.title for told in (first, *others)), 1 + len(others)
        yield Line(
            first.kind if number == 1 else f"{number} {first.kind}s", title,
            " ".join(told.identifier for told in (first, *others)), RUNGS[Rung(first.rung)],
            STATES[Landing(first.state)], first.reference, first.version, first.detail,
            chart_link(entrance.issuer, first.reference, entrance.patient),
        )  # fmt: skip


def _fate(step: Step) -> tuple[str, ...]:
    """Goals that went the same way are one line; everything else, and whatever has a place of its own, is its own."""
    alone = step.kind != "Goal" or step.reference.startswith("Goal/")
    told = step.told
    return (told.kind, told.identifier if alone else "", told.rung, told.state, told.reference, told.detail)


def wait_of(steps: Sequence[Step]) -> int:
    """Seconds until something goes on by itself; 0 if nothing does."""
    now = wiring().clock()
    waits = [
        s.not_before - now for s in steps
        if s.landing is Landing.UNKNOWN or (s.landing is Landing.WAITING and s.not_before > now)
    ]  # fmt: skip
    return max(1, round(max(waits))) if waits else 0
