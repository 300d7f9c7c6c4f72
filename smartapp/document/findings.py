"""A signed plan -> findings and sources: restrictions in full, limits, alerts, grounds, and where each was read."""

from dataclasses import dataclass

from smartapp.document.contents import behind_the_papers, restriction_state
from smartapp.document.given import Given
from smartapp.document.sheet import Part


@dataclass(frozen=True)
class FindingsSheet:
    about: tuple[str, ...]
    parts: tuple[Part, ...]


def findings(given: Given) -> FindingsSheet:
    signed = given.signed
    edition = (
        f"Plan {signed.plan_id}, content {signed.proposal.content_hash[:12] or 'not hashed'}" if signed.plan_id else ""
    )
    return FindingsSheet(
        tuple(filter(None, (restriction_state(signed), edition))), behind_the_papers(signed, given.basis)
    )
