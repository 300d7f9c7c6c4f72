"""SignedPlan -> FHIR R4 in the EHR, and what the receipt says.

``build`` makes the transaction Bundle, ``check_bundle`` the last look at it, :mod:`delivery` brings it into the EHR,
``proposal_bundle`` shows the same for a proposal nobody has signed. Nothing slow is imported before it is used.
"""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from smartapp.core.knowledge import Knowledge
from smartapp.core.proposal import Proposal, SignedPlan
from smartapp.fhir.build.bundle import signed_bundle, unsigned_bundle
from smartapp.fhir.build.context import App
from smartapp.fhir.build.identifiers import without_identifier_search
from smartapp.fhir.check import check_bundle, faults
from smartapp.fhir.systems import EXAMPLE, Systems

__all__ = [
    "App",
    "build",
    "check_bundle",
    "faults",
    "proposal_bundle",
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
        _app(app_url, systems),
        fhir_base,
        encounter=encounter,
        organization=organization,
        previous=previous,
        by_tag=by_tag,
        with_task=with_task,
    )


def proposal_bundle(proposal: Proposal, knowledge: Knowledge, systems: Systems = EXAMPLE) -> dict[str, Any]:
    """The Bundle that would be written if this were signed: everything draft or proposal, no Provenance."""
    return unsigned_bundle(proposal, knowledge, _app("", systems))


def _app(url: str, systems: Systems) -> App:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415 20 ms nobody needs before writing

    try:
        return App(version("loadpath"), url, systems=systems)
    except PackageNotFoundError:
        return App("0+source", url, systems=systems)
