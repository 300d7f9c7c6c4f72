"""The review -> its sign bar: whose plan, where it lands, and the button or the sentence why there is none."""

from dataclasses import dataclass, replace

from smartapp.core.permissions import can_sign, check_can_sign, check_supports_plan
from smartapp.ehr.deliver.methods import WriteMethod
from smartapp.errors import LoadpathError
from smartapp.web.catalog import _
from smartapp.web.outbox import planned_writes
from smartapp.web.review_context import ReviewContext
from smartapp.web.review_facts import patient_line
from smartapp.web.signed import next_order


@dataclass(frozen=True)
class SignBar:
    button: str
    named: str = ""  # the patient: name and birth date
    lands: str = ""  # where it goes when signed; empty where it cannot be signed
    refused: str = ""  # why not, as a sentence; empty if this person may sign
    may_activate: bool = True
    note: str = ""
    reason: str = ""  # what the chart has lost: a new signature then needs a reason


def sign_bar(context: ReviewContext, nothing_new: str, reason: str = "") -> SignBar:
    """The button, or the sentence that says why there is none: the same check the server makes."""
    signs = can_sign(context.signer, active=True)
    named = patient_line(context.chart.patient, context.assessment.as_of).named
    sends = _("Sign the next visits") if next_order(context) else _("Sign and send")
    bar = SignBar(sends if signs else _("Save draft for signature"), named, _lands(context))
    try:
        check_can_sign(context.signer, active=signs)
        check_supports_plan(context.assessment)
    except LoadpathError as error:
        return replace(bar, refused=str(error), lands="")
    if nothing_new:
        return replace(bar, refused=nothing_new, lands="")
    return replace(bar, may_activate=signs, note="" if signs else _("Someone who may sign sends it."), reason=reason)


def _lands(context: ReviewContext) -> str:
    """Where plan and referral go when it is signed."""
    ehr = context.session.issuer.title
    planned = planned_writes(context.session)
    if next_order(context):
        return _("Saves the next order to %(ehr)s", ehr=ehr)
    saved = {line.artifact for line in planned if line.in_chart}
    card = any(line.method is WriteMethod.ORDER_ENTRY for line in planned)
    if card and "CarePlan" in saved:
        return _("Saves the plan to %(ehr)s; the referral waits there as an unsigned order on a card", ehr=ehr)
    if card:
        return _(
            "The referral waits in %(ehr)s as an unsigned order on a card; the plan must be entered by hand", ehr=ehr
        )
    if {"CarePlan", "ServiceRequest"} <= saved:
        return _("Saves plan and referral to %(ehr)s", ehr=ehr)
    if "CarePlan" in saved:
        return _("Saves the plan to %(ehr)s; the referral must be entered by hand", ehr=ehr)
    if "ServiceRequest" in saved:
        return _("Saves the referral to %(ehr)s; the plan must be entered by hand", ehr=ehr)
    return _("Nothing can be saved there: you will get a copy to enter by hand")
