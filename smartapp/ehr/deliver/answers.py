"""A reply of the EHR -> what is known of our artifact: in the chart, another record, refused, or accepted unseen.

A record counts as ours only where it carries our identifier, or where the EHR says that it made a new one and shows
it to nobody. Everything else is looked for, once, before anything is said of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from smartapp.ehr.deliver.find import FhirWriter, find, is_ours, status_of
from smartapp.ehr.deliver.items import OutboxItem, WriteStatus, fall_back, join_words, transition
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.deliver.references import keeps_temporary_links, temporary_links
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
# A plan that has ended in the EHR is not the plan that was signed now, though its content is equal.
_ENDED = frozenset({"revoked", "cancelled", "completed", "rejected", "entered-in-error"})
_TASK_ENDED = frozenset({"cancelled", "entered-in-error"})  # who works on a task may reject or complete it: it arrived
_ACTED_ON = frozenset({"CarePlan", "ServiceRequest", "Task"})


@dataclass(frozen=True)
class AnswerReader:
    """One EHR at one moment."""

    client: FhirWriter
    clock: Callable[[], float]

    def read(self, items: Sequence[OutboxItem], replies: Sequence[Reply]) -> list[OutboxItem]:
        """What became of each item, as far as the EHR said it or could be asked."""
        pairs = list(zip(items, replies, strict=True))
        known = {item.position: found for item, reply in pairs if (found := self._read_proof(item, reply))}
        unsure = [item for item in items if item.position not in known]
        looked = self._try_to_look(unsure)
        for item, reply in pairs:
            if item.position not in known:
                there = (looked or {}).get(item.position)
                known[item.position] = there or self._judge_unproven(item, reply, looked is not None)
        self._add_reference_faults(pairs, known)
        return [known[item.position] for item in items]

    def look_up(self, items: Sequence[OutboxItem]) -> dict[int, OutboxItem]:
        """Position -> the item as found in the EHR, for those that are there. Raises where the EHR cannot be asked."""
        own = [item for item in items if not item.ends_something]
        hits = find(self.client, own) if own else {}
        there = {item.position: _mark_found(item, hits[item.identifier][0]) for item in own if hits[item.identifier]}
        for item in items:
            if item.ends_something and (found := self._check_ended(item, whole=len(there) == len(own) > 0)):
                there[item.position] = found
        return there

    def reject_foreign(self, item: OutboxItem, place: str) -> OutboxItem:
        """The EHR took something else for ours, and ours is not there: it is sent by itself, without a condition."""
        if item.unconditional:
            return transition(
                item, WriteStatus.FAILED, detail=f"The EHR answers with {place} and does not keep this one."
            )
        why = f"The EHR took {place} for this one: it was written by itself, without asking whether it was there."
        if item.method is not WriteMethod.TRANSACTION:
            return transition(
                item, WriteStatus.WAITING, unconditional=True, attempts=0, looks=0, why=join_words(item.why, why)
            )
        if WriteMethod.CREATE not in item.fallbacks:
            return transition(
                item, WriteStatus.FAILED, detail=f"The EHR took {place} for this one, and it is not in the chart."
            )
        return replace(fall_back(item, why), unconditional=True)  # after a transaction comes a create, always

    # -- one reply

    def _read_proof(self, item: OutboxItem, reply: Reply) -> OutboxItem | None:
        """What a reply proves by itself; None where it proves nothing."""
        if reply.status >= 400:
            return self._read_refusal(item, reply)
        if not reply.accepted:
            return None
        if item.ends_something:
            wanted = item.entry["resource"]
            itself = reply.reference in ("", of_resource(wanted))
            changed = itself and (not reply.resource or status_of(reply.resource) == status_of(wanted))
            return _mark_written(item, of_resource(wanted), reply.version) if changed else None
        if not reply.reference:
            return None
        if reply.resource and is_ours(reply.resource, item):
            if reply.status == 200:
                return _mark_found(item, {**reply.resource, "id": reply.reference.rpartition("/")[2]})
            return _mark_written(item, reply.reference, reply.version)
        if reply.resource or reply.status == 200:
            return None
        return self._check_unseen(item, reply)

    def _check_unseen(self, item: OutboxItem, reply: Reply) -> OutboxItem:
        """A new record that the EHR names and does not show: read, unless it went with others (:meth:`_read_back`)."""
        stood = {} if item.method is WriteMethod.TRANSACTION else self._read(reply.reference)
        if stood and not is_ours(stood, item):
            return self._await_sight(item, reply.reference)
        return _mark_written(item, reply.reference, reply.version)

    def _read_refusal(self, item: OutboxItem, reply: Reply) -> OutboxItem | None:
        """A part that was refused while others were not, by an EHR that takes transactions as batches."""
        words = f"The EHR refused this part (HTTP {reply.status}). {' '.join(reply.said)}".strip()
        if reply.status in _NOT_OFFERED:
            return transition(item, WriteStatus.DROPPED, detail=words) if item.is_document else fall_back(item, words)
        return None if reply.status >= 500 else transition(item, WriteStatus.FAILED, detail=words)

    def _try_to_look(self, items: Sequence[OutboxItem]) -> dict[int, OutboxItem] | None:
        """None where the EHR could not be asked: that is not the same as nothing there."""
        try:
            return self.look_up(items) if items else {}
        except EhrError:
            return None

    def _judge_unproven(self, item: OutboxItem, reply: Reply, asked: bool) -> OutboxItem:
        """Not found by its identifier. Another record, if the EHR says it was there before and it is not ours."""
        if item.ends_something and asked and item.method is not WriteMethod.TRANSACTION:
            return transition(
                item, WriteStatus.FAILED, detail="The EHR accepted the change, and the record is as it was."
            )
        there_before = reply.status == 200 and reply.reference and not item.ends_something
        stood = reply.resource
        if there_before and not stood:
            stood = self._read(reply.reference)
            if stood and is_ours(stood, item):
                return _mark_found(item, stood)
        another = bool(stood) and not is_ours(stood, item)
        if another and there_before and asked:
            return self.reject_foreign(item, reply.reference)
        return self._await_sight(item, reply.reference if another else "")

    def _await_sight(self, item: OutboxItem, another: str) -> OutboxItem:
        """The EHR took it and showed nothing, or ``another`` record: looked for from now on, and not sent again."""
        named = f" It named {another}, which does not carry our identifier." if another else ""
        now = self.clock()
        return transition(
            item, WriteStatus.UNKNOWN, accepted=True, looks=1,
            not_before=now + FIRST_PAUSE, doubt_until=now + LOOKED_FOR,
            detail=f"The EHR accepted this without saying where it is.{named} It is looked for, and not sent again.",
        )  # fmt: skip

    def _read(self, reference: str) -> Mapping[str, Any]:
        kind, _, id_ = reference.partition("/")
        try:
            return self.client.read(kind, id_)
        except EhrError:
            return {}

    def _check_ended(self, item: OutboxItem, whole: bool) -> OutboxItem | None:
        """``whole``: everything it was sent with is there. What did not come with it is then ended by itself."""
        now = self.client.read(item.kind, str(item.entry["resource"]["id"]))
        if status_of(now) == status_of(item.entry["resource"]):
            return transition(item, WriteStatus.FOUND, reference=of_resource(now), version=version_of(now), detail="")
        apart = whole and item.method is WriteMethod.TRANSACTION and WriteMethod.CREATE in item.fallbacks
        return (
            transition(item, WriteStatus.WAITING, method=WriteMethod.CREATE, not_before=0.0, doubt_until=0.0)
            if apart
            else None
        )

    # -- references

    def _add_reference_faults(self, pairs: Sequence[tuple[OutboxItem, Reply]], known: dict[int, OutboxItem]) -> None:
        """Say of each part whose references lead nowhere, or to a record that is not ours."""
        others = {s.entry["fullUrl"]: r.reference for s, r in pairs if known[s.position].unconditional}
        back: dict[int, Mapping[str, Any]] = {item.position: reply.resource for item, reply in pairs if reply.resource}
        landed = [s for s, _ in pairs if temporary_links(s) and known[s.position].status is WriteStatus.WRITTEN]
        if landed and not back:
            inside = {item.entry["fullUrl"] for item, _ in pairs}
            back = self._read_back([item for item in landed if temporary_links(item) & inside], known)
        for item in landed:
            wrong = [others[url] for url in temporary_links(item) if others.get(url)]
            said = LEFT_TEMPORARY if keeps_temporary_links(item, back.get(item.position, {})) else ""
            if wrong:
                said = f"It points at {', '.join(sorted(wrong))}, another record: correct that in the chart. {said}"
            if said:
                at = known[item.position]
                known[item.position] = replace(at, detail=join_words(at.detail, said.strip()))

    def _read_back(self, items: Sequence[OutboxItem], known: dict[int, OutboxItem]) -> dict[int, Mapping[str, Any]]:
        """What people act on, of a transaction whose answer shows none of it: it must carry our identifier. What one
        EHR does with one reference it does with all."""
        kept = False
        for item in items:
            if item.kind in _ACTED_ON and (stood := self._read(known[item.position].reference)):
                kept = kept or keeps_temporary_links(item, stood)
                if not is_ours(stood, item):
                    known[item.position] = self._await_sight(item, known[item.position].reference)
        return {item.position: item.entry["resource"] for item in items} if kept else {}


def _mark_found(item: OutboxItem, resource: Mapping[str, Any]) -> OutboxItem:
    """It was there already: true about what it has become there."""
    status, signed = status_of(resource), status_of(item.entry["resource"])
    other = status != signed
    said = f"It was already in the EHR as {status}, signed now as {signed}." if other else ""
    ended = other and status in (_TASK_ENDED if item.kind == "Task" else _ENDED)
    lost = LEFT_TEMPORARY if keeps_temporary_links(item, resource) else ""
    return transition(
        item, WriteStatus.FAILED if ended else WriteStatus.FOUND, reference=f"{item.kind}/{resource.get('id', '')}",
        version=version_of(resource), detail=join_words(said, lost),
    )  # fmt: skip


def _mark_written(item: OutboxItem, reference: str, version: str) -> OutboxItem:
    return transition(item, WriteStatus.WRITTEN, reference=reference, version=version, detail="")
