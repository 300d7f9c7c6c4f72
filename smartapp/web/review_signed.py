"""What was signed for this patient before -> the lines, the headline and the difference the review page shows of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from smartapp.core.proposal import Role
from smartapp.core.review import Mark, difference, unchanged_on_record
from smartapp.web.outbox import obstacle, signed_here_before
from smartapp.web.review_view import DifferenceLine, Previous, SignedHere
from smartapp.web.signed import (
    LOUD,
    UNDELIVERED,
    Signed,
    Where,
    Whereabouts,
    locate,
    newest_plan,
    signed_already,
    signed_plans,
)
from smartapp.web.visit import Visit, told_at
from smartapp.web.wiring import wiring
from smartapp.web.words import SIGNED_ALREADY, Headline

NOT_THERE: Mapping[Where, Headline] = {
    where: Headline(
        where.value, "Your signature is kept, and Loadpath goes on by itself. Do not sign again: see below.", "forbid"
    )
    for where in UNDELIVERED
}
SHORT = 8  # differences shown without unfolding (ours)
MARKS = {Mark.ADDED: "added", Mark.REMOVED: "removed", Mark.KEPT: "as before"}


@dataclass(frozen=True)
class Told:
    """Every plan signed here with where it stands, newest first; and the newest, where the chart has lost it."""

    plans: tuple[tuple[Signed, Whereabouts], ...]
    last: Signed | None
    lost: Whereabouts | None


def told_of(visit: Visit) -> Told:
    signed = signed_plans(visit.entrance)
    last = newest_plan(signed)
    plans = tuple((one, locate(visit, one, one is last)) for one in signed)
    lost = next((s for one, s in plans if one is last and s.where is Where.LOST), None)
    return Told(plans, last, lost)


def headline(told: Told) -> Headline:
    """Of a plan that was signed already; red for as long as it is not in the chart."""
    where = next((s.where for one, s in told.plans if one is told.last), Where.THERE)
    return NOT_THERE.get(where, SIGNED_ALREADY)


def nothing_new(visit: Visit, told: Told) -> str:
    """Where this very plan is already, as a sentence; empty where signing would add something."""
    if not visit.assessment.disposition.prescribes or told.lost:
        return ""
    signs = visit.signer.role is Role.SIGNER
    known = unchanged_on_record(visit.revised)
    if known and (known.status == "active" or not signs):  # a draft can still be made active
        return f"This very plan is in the chart already ({known.source.reference}, {known.status})."
    if signed_here_before(visit.entrance, visit.revised.fingerprint):
        return "You signed this very plan in this session. To sign it once more, open Loadpath again from the chart."
    if not known and signed_already(visit, [one for one, _ in told.plans], signs, lost=False):
        return "This very plan was signed already. Its receipt says where it is."
    return ""


def signed_here(visit: Visit, told: Told) -> Iterator[SignedHere]:
    """Every plan signed in Loadpath for this patient, newest first: also those the EHR holds as a note, or not yet."""
    for one, stands in told.plans:
        loud = stands.where in LOUD
        held = obstacle(visit, one, told.last) if stands.where in UNDELIVERED else ""
        signer = one.opened.signed.signer if one.opened else None
        yield SignedHere(
            told_at(wiring(), one.kept.signed),
            (signer.name or signer.reference) if signer else "somebody",
            stands.words,
            url_for("receipts.receipt", launch_id=visit.entrance.launch_id, plan_id=one.kept.plan_id),
            loud=loud,
            held=held,
            send=one.kept.plan_id if stands.where in UNDELIVERED and one.goes_on and not held else "",
            because=one.opened.reason if one.opened else "",
        )


def previous(visit: Visit, signed: Told) -> Previous | None:
    """Our plan already in the chart, and how the new one differs."""
    old = visit.current("CarePlan")
    if old is None:
        return None
    told = f"{old.source.display or 'Rehabilitation plan'}, {old.status}" + (
        f", from {old.created}" if old.created else ""
    )
    if not visit.assessment.disposition.prescribes:
        return Previous(f"{told}. Today's chart does not support an exercise plan: see above.", (), "", False)
    if unchanged_on_record(visit.revised) and not signed.lost:
        return Previous(f"{told}. Today's chart gives the same plan; there is nothing new to sign.", (), "", False)
    lines = tuple(DifferenceLine(line.mark, MARKS[line.mark], line.text) for line in difference(old, visit.revised))
    changes = [line for line in lines if line.kind != Mark.KEPT]
    count = f"{len(changes)} lines differ, {len(lines) - len(changes)} stay as they are"
    return Previous(f"{told}. Signing writes a new plan that replaces it.", lines, count, len(changes) <= SHORT)
