"""How the installation fares, for the administrators a site has named: EHRs, health, queue, versions. No patient."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from smartapp.core.permissions import can_see_trail, check_can_administer
from smartapp.store import HEAD, Undelivered
from smartapp.web.about import is_well, reviews
from smartapp.web.catalog import _
from smartapp.web.sessions import enter, offices_of, plan_link
from smartapp.web.wiring import Wiring, moment_words, wiring

admin = Blueprint("admin", __name__)

LISTED = 50  # undelivered plans shown one by one, the oldest first (ours)


@dataclass(frozen=True)
class EhrLine:
    name: str
    address: str
    state: str
    opened: str  # the last launch that succeeded


@dataclass(frozen=True)
class WaitingLine:
    plan: str
    signed: str
    overdue: bool
    states: str


@admin.get("/l/<launch_id>/admin", endpoint="admin")
def show_admin(launch_id: str) -> ResponseReturnValue:
    session = enter(launch_id, chart=False)
    offices, made = offices_of(session), wiring()
    check_can_administer(offices)
    waiting = made.store.backlog.undelivered()
    round_at = made.store.backlog.last_round()
    return render_template(
        "admin.html", ehrs=_ehrs(made), parts=_parts(made), launch_id=launch_id, reviews=reviews(made.knowledge),
        waiting=[_waiting(made, one) for one in waiting[:LISTED]], queue=len(waiting),
        oldest=moment_words(made, waiting[0].signed) if waiting else "",
        overdue=sum(one.overdue(made.clock()) for one in waiting),
        round=moment_words(made, round_at) if round_at else "",
        version=made.version, knowledge=made.knowledge.version, schema=HEAD, officer=can_see_trail(offices),
        back=plan_link(session),
    )  # fmt: skip


def _ehrs(made: Wiring) -> tuple[EhrLine, ...]:
    """The EHRs are not asked: what is known of them is said."""
    return tuple(
        EhrLine(
            issuer.title, issuer.iss,
            _("answers: its capabilities are known") if made.capabilities.known(issuer).declared
            else _("not asked yet, or its capabilities could not be read"),
            moment_words(made, at) if (at := made.store.launches.last_opened(issuer.key)) else "never",
        )
        for issuer in made.smart.issuers
    )  # fmt: skip


def _parts(made: Wiring) -> dict[str, bool]:
    """Each part of readiness, as ``/readyz`` says it."""
    return {name: is_well(check) for name, check in made.checks.items()}


def _waiting(made: Wiring, one: Undelivered) -> WaitingLine:
    states = ", ".join(dict.fromkeys((*one.statuses, *(["doubtful"] if one.doubtful else []))))
    return WaitingLine(one.plan_id, moment_words(made, one.signed), one.overdue(made.clock()), states)
