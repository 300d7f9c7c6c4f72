"""SignedPlan -> FHIR R4 in the EHR, and what the receipt says.

``build`` makes the transaction Bundle, ``check_bundle`` the last look at it, :mod:`delivery` brings it into the EHR,
``proposal_bundle`` shows the same for a proposal nobody has signed. Nothing slow is imported before it is used.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal, SignedPlan
from smartapp.fhir.build.bundle import signed_bundle, unsigned_bundle
from smartapp.fhir.build.context import App, unsigned_context
from smartapp.fhir.build.elements import annotation
from smartapp.fhir.build.identifiers import without_identifier_search
from smartapp.fhir.build.order_notes import page_one_note
from smartapp.fhir.build.request import request
from smartapp.fhir.check import check_bundle, check_resource, faults
from smartapp.fhir.json import without_empty
from smartapp.fhir.systems import EXAMPLE, Systems

__all__ = [
    "App",
    "build",
    "check_bundle",
    "faults",
    "limited_order",
    "order_to_sign",
    "proposal_bundle",
    "this_app",
    "unsigned_order",
    "without_identifier_search",
]


def build(
    signed: SignedPlan,
    knowledge: Knowledge,
    fhir_base: str,
    app_url: str = "",
    *,
    encounter: str = "",
    organization: str = "",
    previous: Iterable[Mapping[str, Any]] = (),
    by_tag: Container[str] = (),
    with_task: bool = False,
    systems: Systems = EXAMPLE,
) -> dict[str, Any]:
    """Transaction Bundle of a signed plan.

    ``fhir_base`` is the EHR's FHIR base URL; ``encounter`` and ``organization`` are references from the launch context;
    ``previous`` are the whole resources this plan replaces, as read; ``by_tag`` are the resource types this EHR cannot
    search by identifier (:func:`without_identifier_search` of what it declares); ``with_task`` adds the task for the
    care coordinator. Raises ``ReviewError`` where
    the finished Bundle breaks a rule, ``NotPermitted`` where the signer may not sign.
    """
    return signed_bundle(
        signed,
        knowledge,
        this_app(app_url, systems),
        fhir_base,
        encounter=encounter,
        organization=organization,
        previous=previous,
        by_tag=by_tag,
        with_task=with_task,
    )


def proposal_bundle(proposal: Proposal, knowledge: Knowledge, systems: Systems = EXAMPLE) -> dict[str, Any]:
    """The Bundle that would be written if this were signed: everything draft or proposal, no Provenance."""
    return unsigned_bundle(proposal, knowledge, this_app("", systems))


def unsigned_order(
    proposal: Proposal, knowledge: Knowledge, app: App, encounter: str = "", order_code: str = ""
) -> dict[str, Any]:
    """The order alone, as a card suggests it: a draft that proposes, of no plan, signed by nobody.

    ``encounter`` is an id; ``order_code`` the site's own code for it, SYSTEM|CODE or CODE: an EHR that takes orders by
    its list of them (Epic's preference list) takes no other. Raises ``ReviewError`` where it breaks a rule.
    """
    if proposal.referral is None:
        raise ValueError("there is no order in this proposal")
    context = replace(unsigned_context(proposal, knowledge, app), encounter=encounter and f"Encounter/{encounter}")
    made = with_order_code(request(context, proposal.referral, alone=True), order_code)
    check_resource(made)
    return made


def with_order_code(order: dict[str, Any], order_code: str) -> dict[str, Any]:
    """By the site's own code, SYSTEM|CODE or CODE, where it has one."""
    if not order_code:
        return order
    system, _, code = order_code.rpartition("|")
    return {**order, "code": {**order["code"], "coding": [{**({"system": system} if system else {}), "code": code}]}}


def order_to_sign(kept: Mapping[str, Any], encounter: str = "", order_code: str = "") -> dict[str, Any]:
    """The order of a signed plan as it was kept, for a person to sign in the EHR: a draft that plans, beside no plan.

    The plan may lie there as a note, so it cannot be named as a record.
    """
    order = {name: value for name, value in kept.items() if name not in ("basedOn", "replaces")}
    info = [each for each in order.pop("supportingInfo", []) if not str(each.get("reference", "")).startswith("urn:")]
    order |= {"status": "draft", "intent": "plan", **({"supportingInfo": info} if info else {})}
    order |= {"encounter": {"reference": f"Encounter/{encounter}"}} if encounter else {}
    made = with_order_code(order, order_code)
    check_resource(made)
    return made


def limited_order(draft: Mapping[str, Any], proposal: Proposal, knowledge: Knowledge, app: App) -> dict[str, Any]:
    """Somebody's order as it is, with one note more: what is asked, and what must be avoided.

    What says nothing in it (null, an empty list) is left out: no answer may hold it.
    """
    if proposal.referral is None:
        raise ValueError("there is no order in this proposal")
    note = annotation(page_one_note(unsigned_context(proposal, knowledge, app), proposal.referral))
    order = without_empty(draft)
    notes = order.get("note")
    return {**order, "note": [*(notes if isinstance(notes, list) else []), note]}


def this_app(url: str, systems: Systems = EXAMPLE) -> App:
    """This installation, reached at ``url``."""
    return App(_version(), url, systems=systems)


@cache
def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 20 ms nobody needs before writing

    try:
        return version("loadpath")
    except PackageNotFoundError:
        return "0+source"
