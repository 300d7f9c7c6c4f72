"""One call of an EHR, checked -> its card: the chart as the app would see it today, one derivation, one decision."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app

from smartapp.core.card import Decided
from smartapp.core.cards import decide
from smartapp.core.derive import derive
from smartapp.core.hooks import FiredCard
from smartapp.core.proposal import SignatureKind
from smartapp.ehr.deliver.items import WriteStatus
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.hooks import HookReader
from smartapp.ehr.issuers import Issuer
from smartapp.fhir.audit_event import AuditContext
from smartapp.fhir.build import this_app
from smartapp.fhir.hooks.calls import HookCall
from smartapp.fhir.hooks.cards import Surroundings, card_json
from smartapp.fhir.hooks.orders import moment_of
from smartapp.web.about import review_status
from smartapp.web.audit import audit_context, keep
from smartapp.web.review_context import known_chart
from smartapp.web.signatures import Signed, newest_plan, signed_of
from smartapp.web.wiring import Wiring, wiring

_REVIEWED = "loadpath-reviewed"


@dataclass(frozen=True)
class Answered:
    """``cards`` is what the EHR gets, ``fired`` what is kept of it."""

    decided: Decided
    cards: tuple[dict[str, Any], ...]
    fired: tuple[FiredCard, ...]


def answer(call: HookCall, issuer: Issuer) -> Answered:
    """Raises InputError, ChartNotSent."""
    made = wiring()
    read = _fetch(call, issuer, made)
    key = f"{issuer.iss}/Patient/{call.patient}"
    signed = _signed_here(key, made)
    order = _waiting_order(signed)
    moment = replace(
        moment_of(call, read.resources, made.knowledge, made.systems),
        signed_here=signed is not None,
        signed=signed.record.signed.proposal if signed and order else None,
    )
    known = known_chart(made, key, call.patient, read, made.today())
    now = derive(known.chart, made.today(), made.knowledge)
    decided = decide(moment, now, made.knowledge)
    if decided.card is None:
        return Answered(decided, (), ())
    code = issuer.cds_hooks.preference_code if issuer.cds_hooks else ""
    app = this_app(made.settings.base_url, made.systems)
    around = Surroundings(made.knowledge, app, _reviewed(made), code, order)
    card, fired = card_json(decided.card, now, call, around)
    return Answered(decided, (card,), (fired,))


def _signed_here(key: str, made: Wiring) -> Signed | None:
    """The newest plan signed in Loadpath for this patient, while it lasts; also where the EHR keeps it as a note."""
    newest = newest_plan([signed_of(kept) for kept in made.store.records.signatures_of(key)])
    if newest is None or newest.opened is None or not newest.kept.current:
        return None
    signed = newest.record.signed
    return newest if signed.signs is not SignatureKind.END and signed.proposal.end >= made.today() else None


def _waiting_order(signed: Signed | None) -> Mapping[str, Any] | None:
    """Its order as kept, where it waits to be signed in the EHR."""
    waiting = (
        item.entry["resource"] for item in (signed.items if signed else ())
        if (item.kind, item.method, item.status) == ("ServiceRequest", WriteMethod.ORDER_ENTRY, WriteStatus.MANUAL)
    )  # fmt: skip
    return next(waiting, None)


def _reviewed(made: Wiring) -> str:
    """How much of the knowledge is signed off: counted once, for it stays the same while the process lives."""
    if _REVIEWED not in current_app.extensions:
        current_app.extensions[_REVIEWED] = review_status(made.knowledge)
    return str(current_app.extensions[_REVIEWED])


def hook_reader() -> HookReader:
    found: HookReader = current_app.extensions["loadpath-hook-reader"]
    return found


def _fetch(call: HookCall, issuer: Issuer, made: Wiring) -> FetchedChart:
    """What is read leaves its events in the audit trail, in the name of the user of the call."""
    begun = replace(
        audit_context(made), iss=issuer.iss, client_id=issuer.client_id, user=call.user,
        patient=f"Patient/{call.patient}",
    )  # fmt: skip

    def now() -> AuditContext:
        return replace(begun, at=made.clock())

    return hook_reader().fetch_chart(call, issuer, now, lambda events: keep(made, events))
