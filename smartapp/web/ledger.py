"""Where the referral of a signed plan is kept: in the EHR as a Task, or here.

A signed plan whose order is delivered and whose EHR has no Task for it gets its referral here, in the transaction that
ends the waiting for it: whoever comes first makes it, and nobody makes it twice (decision 0049).
"""

import logging
from dataclasses import replace

from smartapp.archive import Record
from smartapp.ehr.deliver.engine import RETRACT, WRITE, items_of
from smartapp.ehr.deliver.items import OutboxItem, is_complete
from smartapp.ehr.deliver.plan import referral_task
from smartapp.ehr.ledger import ended, kept_referral, ledger_content, placing, with_before
from smartapp.errors import EhrConflict, LoadpathError
from smartapp.fhir.audit_event import kept_referral_event
from smartapp.fhir.build.identifiers import task_values
from smartapp.fhir.json import as_object, as_objects
from smartapp.store import ReferralRow, Signature, Whose
from smartapp.web.audit import audit_context, keep
from smartapp.web.catalog import _
from smartapp.web.signatures import newest_plan, signed_of
from smartapp.web.wiring import wiring

log = logging.getLogger("smartapp.web.ledger")

RETRACTED = "The plan was retracted."


def await_order(signature: Signature, record: Record, items: tuple[OutboxItem, ...]) -> None:
    """In the transaction of the signature: its order, once delivered, needs a referral somewhere."""
    made, signed = wiring(), record.signed
    task = referral_task(signed, record.write_plan, made.knowledge, items, made.settings.base_url)
    if task is not None:
        made.store.referrals.await_order(signature.id, task)


def end_kept(record: Record) -> None:
    """In the transaction of a signature that ends a plan: the referrals kept here for the patient end with it."""
    for row in _rows_of(record):
        if content := ended(row.content, signs=record.signed.signs):
            _end(_whose(record), record, content, row.version)


def await_retraction(signature_id: str) -> None:
    """Before the first of it is sent: once the plan is retracted, its referral has to be withdrawn."""
    wiring().store.referrals.await_again(signature_id)


def settle(signature_id: str) -> bool:
    """Keep the referral of this plan here, if its order is delivered and the EHR has no Task for it, or withdraw it, if
    the plan is retracted; whether nothing is awaited any more. Safe at any time, by any worker, any number of times."""
    store = wiring().store
    task, kept = store.referrals.awaited_task(signature_id), store.records.signature(signature_id)
    if task is None:
        return True
    one = signed_of(kept) if kept else None
    if one is None or one.opened is None:
        return False
    items, back = (items_of(store.outbox, signature_id, purpose) for purpose in (WRITE, RETRACT))
    found = placing(items, one.kept.plan_id)
    if not (is_complete(back) if back else found.known or one.kept.retired):
        return False
    with store.transaction():
        if not store.referrals.forget_awaited(signature_id):
            return True
        if back or one.kept.retired:
            _withdraw(one.record)
        else:
            _place(one.kept, one.record, task if task and found.here else None, items)
    return True


def _place(kept: Signature, record: Record, task: dict[str, object] | None, items: tuple[OutboxItem, ...]) -> None:
    """What a newer plan has replaced is ended; of a plan that a newer one has replaced already nothing is kept."""
    made, whose, patient = wiring(), _whose(record), record.signed.proposal.assessment.chart.patient
    everything = made.store.records.signatures_of(f"{whose.base}/{patient.reference}")
    last = newest_plan([signed_of(each) for each in everything])
    if last is not None and last.kept.id != kept.id:
        return
    before = []
    for row in _rows_of(record):
        if _is_of(row, kept.plan_id):
            continue
        content = ended(row.content, signs=record.signed.signs)
        if content:
            _end(whose, record, content, row.version)
        before.append(content or row.content)
    if task is not None:
        new = ledger_content(task, items, whose.base, kept.plan_id, patient)
        told = with_before([*before, new], made.systems)[-1]
        if made.store.referrals.place(whose, kept_referral(told, made.systems)):
            _tell(record, told, "C")
        log.info("a referral is kept here", extra={"event": "referral", "plan": kept.plan_id})


def _withdraw(record: Record) -> None:
    """The referral of a plan that was retracted was a mistake."""
    for row in _rows_of(record):
        content = ended(row.content, RETRACTED) if _is_of(row, record.signed.plan_id) else None
        if content:
            _end(_whose(record), record, content, row.version)


def _rows_of(record: Record) -> list[ReferralRow]:
    """Of the same patient, those kept here that can be opened."""
    patient = record.signed.proposal.assessment.chart.patient.reference
    return [row for row in wiring().store.referrals.kept_here(_whose(record), patient) if not row.unreadable]


def _is_of(row: ReferralRow, plan_id: str) -> bool:
    named = as_objects(as_object(row.content, "task").get("identifier"))
    return not {*task_values(plan_id)}.isdisjoint(str(each.get("value")) for each in named)


def _end(whose: Whose, record: Record, content: dict[str, object], version: int) -> None:
    """In the transaction of whoever calls. Raises EhrConflict where somebody moves it at this very moment: then nothing
    of the transaction is kept, and all of it is tried again."""
    made = wiring()
    if not made.store.referrals.move(whose, kept_referral(content, made.systems), version):
        raise EhrConflict(_("A referral kept here was moved at this moment. Try again."))
    _tell(record, content, "U")


def _tell(record: Record, content: dict[str, object], action: str) -> None:
    """The event, as done by who signed the plan."""
    made, signer = wiring(), record.signed.signer
    patient = record.signed.proposal.assessment.chart.patient.reference
    context = replace(
        audit_context(made), iss=_whose(record).base, patient=patient, user=signer.reference, user_name=signer.name
    )
    keep(made, [kept_referral_event(context, f"Task/{as_object(content, 'task').get('id')}", action)])


def _whose(record: Record) -> Whose:
    return Whose(wiring().smart.issuer_of(record.ehr).iss)


def settle_all() -> int:
    """Every order that is awaited; how many are settled."""
    return sum(map(settle_quietly, wiring().store.referrals.awaited()))


def settle_quietly(signature_id: str) -> bool:
    """As :func:`settle`; a fault is logged, stops nothing else, and is tried again in the next round."""
    try:
        return settle(signature_id)
    except LoadpathError as error:
        log.warning("a referral could not be placed", extra={"event": type(error).__name__})
    except Exception:
        log.exception("a referral could not be placed", extra={"event": "referral"})
    return False
