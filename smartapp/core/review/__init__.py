"""Proposal, the clinician's decisions and signature -> the revised proposal, and the plan that was signed.

``check_decision`` raises a sentence for the person who decides; ``revise`` applies what stands and notes what no longer
applies; ``approve`` lets only what was seen be signed, by who may sign it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from smartapp.core.chart import PlanOnRecord
from smartapp.core.dates import add_months
from smartapp.core.fingerprint import plan_id
from smartapp.core.knowledge import Knowledge
from smartapp.core.permissions import check_can_sign, check_supports_plan
from smartapp.core.plan.assembly import assemble_with_fingerprint
from smartapp.core.plan.guards import check_guards
from smartapp.core.plan.reviews import renewal_day
from smartapp.core.proposal import Decision, Proposal, SignedPlan, Signer
from smartapp.core.review import edits
from smartapp.errors import ChartChanged, ReviewError

_CURRENT = frozenset({"draft", "active", "on-hold"})


def revise(proposal: Proposal, decisions: Sequence[Decision], knowledge: Knowledge) -> Proposal:
    """The machine's ``proposal`` with the decisions applied, guarded and with a new fingerprint.

    Of several decisions on one item the last counts. A decision that cannot stand (the chart has changed since, or it
    was never allowed) is not applied and a warning says so; :attr:`Proposal.decisions` holds those that stand.
    """
    standing: list[Decision] = []
    revised, refused = proposal, []
    for decision in _last_of_each(decisions):
        try:
            revised = edits.apply_decision(revised, decision, knowledge)
            standing.append(decision)
        except ReviewError as error:
            item = decision.item if edits.ITEM.match(decision.item) else "an unknown line"
            refused.append(f"Your change of {item} no longer applies: {error}")
    return assemble_with_fingerprint(replace(revised, warnings=(*revised.warnings, *refused)), knowledge, standing)


def check_decision(proposal: Proposal, decision: Decision, knowledge: Knowledge) -> None:
    """Raises ReviewError where ``decision`` cannot be taken on ``proposal``, as revised so far."""
    edits.apply_decision(proposal, decision, knowledge)


def _last_of_each(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    last = {decision.item: decision for decision in decisions}
    return tuple(last.values())


def unchanged_on_record(proposal: Proposal) -> PlanOnRecord | None:
    """Our CarePlan in the chart that says exactly this and has not ended, if there is one; none whose visits are to be
    ordered anew (VI6)."""
    as_of = proposal.assessment.as_of
    renewed = renewal_day(proposal)
    ordered_for = renewed - proposal.start if renewed else timedelta.max
    for plan in proposal.assessment.chart.plans:
        begun = plan.created.latest if plan.created else as_of
        over = add_months(begun, proposal.months) < as_of or as_of - begun >= ordered_for
        same = plan.fingerprint == proposal.content_hash
        if plan.resource_type == "CarePlan" and plan.status in _CURRENT and same and not over:
            return plan
    return None


def approve(
    proposal: Proposal,
    decisions: Sequence[Decision],
    signer: Signer,
    seen_fingerprint: str,
    at: datetime,
    active: bool,
    *,
    knowledge: Knowledge,
    fhir_base: str = "",
    retracted: Sequence[str] = (),
) -> SignedPlan:
    """The signed plan. ``proposal`` as revised; ``seen_fingerprint`` from the page the signer saw; ``at`` aware.

    ``retracted``: identifiers of plans that were signed and no longer stand: taken back, or only drafts of what is now
    made active. The same content signed anew is another plan.

    Raises NotPermitted (role), NotSupported (nothing here can be signed), ChartChanged (not what was seen), ReviewError
    (the edits are not those of the proposal), GuardFailed (an output guard does not hold).
    """
    check_can_sign(signer, active)
    check_supports_plan(proposal.assessment)
    if seen_fingerprint != proposal.fingerprint:
        raise ChartChanged("The chart, the knowledge or the edits are no longer what you looked at.")
    if _last_of_each(decisions) != proposal.decisions:
        raise ReviewError("Some edits no longer apply to this plan. Look at the warnings and remove or repeat them.")
    check_guards(proposal, knowledge)
    identifier = identifier_of(proposal, fhir_base, active, retracted)
    return SignedPlan(proposal, proposal.decisions, signer, at, active, identifier)


def identifier_of(proposal: Proposal, fhir_base: str, active: bool, retracted: Sequence[str] = ()) -> str:
    """Business identifier the plan has when signed: that of the plan on record where it is the same plan in the same
    state; else its own, the same for the same content, patient and ``fhir_base`` (never written twice). ``retracted``
    as for :func:`approve`.
    """
    plans = proposal.assessment.chart.plans
    known = unchanged_on_record(proposal)
    if known and known.identifier not in ("", *retracted) and (known.status == "active") == active:
        return known.identifier
    earlier = {*(plan.identifier for plan in plans if plan.resource_type == "CarePlan"), *retracted}
    return plan_id(proposal.assessment.chart.patient.reference, fhir_base, proposal.content_hash, sorted(earlier))
