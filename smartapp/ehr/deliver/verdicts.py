"""A reply of the EHR -> what is known of our artifact: in the chart, another record, refused, or accepted unseen.

A record counts as ours only where it carries our identifier, or where the EHR says that it made a new one and shows
it to nobody. Everything else is looked for, once, before anything is said of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from smartapp.ehr.deliver.find import found, is_ours
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus, fall_back, transition
from smartapp.ehr.deliver.lookup import standing, status_of
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.pointing import left_temporary, temporary
from smartapp.ehr.deliver.ports import FhirWriter
from smartapp.ehr.replies import Reply
from smartapp.errors import EhrError
from smartapp.fhir.build.context import of_resource
from smartapp.fhir.json import version_of

LOOKED_FOR = 45.0  # seconds a record the EHR accepted unseen is looked for, then a person must look (ours)
FIRST_PAUSE = 5.0  # seconds before the second look (ours)
LEFT_TEMPORARY = (
    "The EHR did not put the places of the other parts into it: its references (urn:uuid) lead nowhere. "
    "Correct them in the chart."
)
_NOT_OFFERED = frozenset({403, 404, 405, 501})
_ACTED_ON = frozenset({"CarePlan", "ServiceRequest", "Task"})


@dataclass(frozen=True)
class Verdicts:
    """One EHR at one moment."""

    client: FhirWriter
    clock: Callable[[], float]

    def of(self, steps: Sequence[OutboxItem], replies: Sequence[Reply]) -> list[OutboxItem]:
        """What became of each step, as far as the EHR said it or could be asked."""
        pairs = list(zip(steps, replies, strict=True))
        known = {step.position: verdict for step, reply in pairs if (verdict := self._told(step, reply))}
        unsure = [step for step in steps if step.position not in known]
        looked = self._looked(unsure)
        for step, reply in pairs:
            if step.position not in known:
                there = (looked or {}).get(step.position)
                known[step.position] = there or self._unproven(step, reply, looked is not None)
        self._point(pairs, known)
        return [known[step.position] for step in steps]

    def look(self, steps: Sequence[OutboxItem]) -> dict[int, OutboxItem]:
        """Position -> the step as found in the EHR, for those that are there. Raises where the EHR cannot be asked."""
        own = [step for step in steps if not step.ends_something]
        hits = found(self.client, own) if own else {}
        there = {step.position: _found(step, hits[step.identifier][0]) for step in own if hits[step.identifier]}
        for step in steps:
            if step.ends_something and (verdict := self._ended(step, whole=len(there) == len(own) > 0)):
                there[step.position] = verdict
        return there

    def foreign(self, step: OutboxItem, place: str) -> OutboxItem:
        """The EHR took something else for ours, and ours is not there: it is sent by itself, without a condition."""
        if step.unconditional:
            return transition(
                step, WriteStatus.FAILED, detail=f"The EHR answers with {place} and does not keep this one."
            )
        why = f"The EHR took {place} for this one: it was written by itself, without asking whether it was there."
        if step.rung is not WriteMethod.TRANSACTION:
            return transition(
                step, WriteStatus.WAITING, unconditional=True, attempts=0, looks=0, why=_joined(step.why, why)
            )
        if WriteMethod.CREATE not in step.below:
            return transition(
                step, WriteStatus.FAILED, detail=f"The EHR took {place} for this one, and it is not in the chart."
            )
        return replace(fall_back(step, why), unconditional=True)  # a create is next below a transaction, always

    # -- one reply

    def _told(self, step: OutboxItem, reply: Reply) -> OutboxItem | None:
        """The verdict of a reply that is proof by itself; None for one that is not."""
        if reply.status >= 400:
            return self._refused(step, reply)
        if not reply.accepted:
            return None
        if step.ends_something:
            wanted = step.entry["resource"]
            itself = reply.reference in ("", of_resource(wanted))
            changed = itself and (not reply.resource or status_of(reply.resource) == status_of(wanted))
            return _written(step, of_resource(wanted), reply.version) if changed else None
        if not reply.reference:
            return None
        if reply.resource and is_ours(reply.resource, step):
            if reply.status == 200:
                return _found(step, {**reply.resource, "id": reply.reference.rpartition("/")[2]})
            return _written(step, reply.reference, reply.version)
        if reply.resource or reply.status == 200:
            return None
        return self._made_unseen(step, reply)

    def _made_unseen(self, step: OutboxItem, reply: Reply) -> OutboxItem:
        """A new record that the EHR names and does not show: read, unless it went with others (:meth:`_read_back`)."""
        stood = {} if step.rung is WriteMethod.TRANSACTION else self._read(reply.reference)
        if stood and not is_ours(stood, step):
            return self._accepted(step, reply.reference)
        return _written(step, reply.reference, reply.version)

    def _refused(self, step: OutboxItem, reply: Reply) -> OutboxItem | None:
        """A part that was refused while others were not, by an EHR that takes transactions as batches."""
        words = f"The EHR refused this part (HTTP {reply.status}). {' '.join(reply.said)}".strip()
        if reply.status in _NOT_OFFERED:
            return transition(step, WriteStatus.DROPPED, detail=words) if step.carries else fall_back(step, words)
        return None if reply.status >= 500 else transition(step, WriteStatus.FAILED, detail=words)

    def _looked(self, steps: Sequence[OutboxItem]) -> dict[int, OutboxItem] | None:
        """None where the EHR could not be asked: that is not the same as nothing there."""
        try:
            return self.look(steps) if steps else {}
        except EhrError:
            return None

    def _unproven(self, step: OutboxItem, reply: Reply, asked: bool) -> OutboxItem:
        """Not found by its identifier. Another record, if the EHR says it was there before and it is not ours."""
        if step.ends_something and asked and step.rung is not WriteMethod.TRANSACTION:
            return transition(
                step, WriteStatus.FAILED, detail="The EHR accepted the change, and the record is as it was."
            )
        there_before = reply.status == 200 and reply.reference and not step.ends_something
        stood = reply.resource
        if there_before and not stood:
            stood = self._read(reply.reference)
            if stood and is_ours(stood, step):
                return _found(step, stood)
        another = bool(stood) and not is_ours(stood, step)
        if another and there_before and asked:
            return self.foreign(step, reply.reference)
        return self._accepted(step, reply.reference if another else "")

    def _accepted(self, step: OutboxItem, another: str) -> OutboxItem:
        """The EHR took it and showed nothing, or ``another`` record: looked for from now on, and not sent again."""
        named = f" It named {another}, which does not carry our identifier." if another else ""
        now = self.clock()
        return transition(
            step, WriteStatus.UNKNOWN, accepted=True, looks=1,
            not_before=now + FIRST_PAUSE, doubt_until=now + LOOKED_FOR,
            detail=f"The EHR accepted this without saying where it is.{named} It is looked for, and not sent again.",
        )  # fmt: skip

    def _read(self, reference: str) -> Mapping[str, Any]:
        kind, _, id_ = reference.partition("/")
        try:
            return self.client.read(kind, id_)
        except EhrError:
            return {}

    def _ended(self, step: OutboxItem, whole: bool) -> OutboxItem | None:
        """``whole``: everything it was sent with is there. What did not come with it is then ended by itself."""
        now = self.client.read(step.kind, str(step.entry["resource"]["id"]))
        if status_of(now) == status_of(step.entry["resource"]):
            return transition(step, WriteStatus.FOUND, reference=of_resource(now), version=version_of(now), detail="")
        apart = whole and step.rung is WriteMethod.TRANSACTION and WriteMethod.CREATE in step.below
        return (
            transition(step, WriteStatus.WAITING, rung=WriteMethod.CREATE, not_before=0.0, doubt_until=0.0)
            if apart
            else None
        )

    # -- references

    def _point(self, pairs: Sequence[tuple[OutboxItem, Reply]], known: dict[int, OutboxItem]) -> None:
        """Say of each part whose references lead nowhere, or to a record that is not ours."""
        others = {s.entry["fullUrl"]: r.reference for s, r in pairs if known[s.position].unconditional}
        back: dict[int, Mapping[str, Any]] = {step.position: reply.resource for step, reply in pairs if reply.resource}
        landed = [s for s, _ in pairs if temporary(s) and known[s.position].landing is WriteStatus.WRITTEN]
        if landed and not back:
            inside = {step.entry["fullUrl"] for step, _ in pairs}
            back = self._read_back([step for step in landed if temporary(step) & inside], known)
        for step in landed:
            wrong = [others[url] for url in temporary(step) if others.get(url)]
            said = LEFT_TEMPORARY if left_temporary(step, back.get(step.position, {})) else ""
            if wrong:
                said = f"It points at {', '.join(sorted(wrong))}, another record: correct that in the chart. {said}"
            if said:
                at = known[step.position]
                known[step.position] = replace(at, detail=_joined(at.detail, said.strip()))

    def _read_back(self, steps: Sequence[OutboxItem], known: dict[int, OutboxItem]) -> dict[int, Mapping[str, Any]]:
        """What people act on, of a transaction whose answer shows none of it: it must carry our identifier. What one
        EHR does with one reference it does with all."""
        kept = False
        for step in steps:
            if step.kind in _ACTED_ON and (stood := self._read(known[step.position].reference)):
                kept = kept or left_temporary(step, stood)
                if not is_ours(stood, step):
                    known[step.position] = self._accepted(step, known[step.position].reference)
        return {step.position: step.entry["resource"] for step in steps} if kept else {}


def _found(step: OutboxItem, resource: Mapping[str, Any]) -> OutboxItem:
    landing, said = standing(step.entry["resource"], resource)
    lost = LEFT_TEMPORARY if left_temporary(step, resource) else ""
    place = f"{step.kind}/{resource.get('id', '')}"
    return transition(step, landing, reference=place, version=version_of(resource), detail=_joined(said, lost))


def _written(step: OutboxItem, reference: str, version: str) -> OutboxItem:
    return transition(step, WriteStatus.WRITTEN, reference=reference, version=version, detail="")


def _joined(*words: str) -> str:
    return " ".join(dict.fromkeys(filter(None, words)))
