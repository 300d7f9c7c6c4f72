"""One call of an EHR, checked -> its card: the chart as the app would see it today, one derivation, one decision."""

from dataclasses import dataclass, replace
from typing import Any

from flask import current_app

from smartapp.core.cards import Decided, decide
from smartapp.core.derive import derive
from smartapp.core.hooks import FiredCard
from smartapp.core.plan import plan
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
from smartapp.web.wiring import Wiring, wiring


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
    moment = moment_of(call, read.resources, made.knowledge, made.systems)
    key = f"{issuer.iss}/Patient/{call.patient}"
    known = known_chart(made, key, call.patient, read, made.today())
    proposal = plan(derive(known.chart, made.today(), made.knowledge), made.knowledge)
    decided = decide(moment, proposal, made.knowledge)
    if decided.card is None:
        return Answered(decided, (), ())
    code = issuer.cds_hooks.preference_code if issuer.cds_hooks else ""
    app = this_app(made.settings.base_url, made.systems)
    around = Surroundings(made.knowledge, app, review_status(made.knowledge), code)
    card, fired = card_json(decided.card, proposal, call, around)
    return Answered(decided, (card,), (fired,))


def _fetch(call: HookCall, issuer: Issuer, made: Wiring) -> FetchedChart:
    """What is read leaves its events in the audit trail, in the name of the user of the call."""
    begun = replace(
        audit_context(made), iss=issuer.iss, client_id=issuer.client_id, user=call.user,
        patient=f"Patient/{call.patient}",
    )  # fmt: skip

    def now() -> AuditContext:
        return replace(begun, at=made.clock())

    reader: HookReader = current_app.extensions["loadpath-hook-reader"]
    return reader.fetch_chart(call, issuer, now, lambda events: keep(made, events))
