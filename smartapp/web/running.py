"""The plan signed here that still runs in the chart -> what today's plan goes on with (decision 63)."""

from collections.abc import Sequence

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Chart
from smartapp.core.plan.going_on import going_on
from smartapp.core.program import Continued
from smartapp.core.proposal import SignatureKind
from smartapp.core.therapy import Therapy
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.referrals import referral_as_read
from smartapp.fhir.read.therapy import read_therapy
from smartapp.web.reading import whose_of
from smartapp.web.sessions import LaunchSession
from smartapp.web.signatures import Signed, signed_plans
from smartapp.web.wiring import wiring

CURRENT = frozenset({"draft", "active", "on-hold"})  # states of a plan that still counts


def continued(session: LaunchSession, read: FetchedChart, now: Assessment) -> Continued | None:
    """None where no plan signed here runs, or where today's begins anew."""
    running = running_plan(signed_plans(session), now.chart, read.at)
    if running is None:
        return None
    return going_on(running.record.signed.proposal, now, wiring().knowledge, therapy_as_read(session, read, running))


def therapy_as_read(session: LaunchSession, read: FetchedChart, one: Signed) -> Therapy:
    """What its referral tells, as it was read or as it is kept here, and what the chart has under the order."""
    made, base = wiring(), session.connection.iss
    kept = made.store.referrals.kept_here(whose_of(session), session.patient)
    referral = referral_as_read(read, kept, one.kept.plan_id, session.patient, base, made.systems)
    charted = read_therapy([read.bundle()], made.knowledge, session.connection.context.patient, made.systems)
    return charted.with_told(referral, ())


def plan_in_chart(one: Signed) -> str:
    """Reference of the CarePlan it wrote or goes on with; empty where there is none as a record."""
    made = (item.reference for item in one.items if item.kind == "CarePlan" and item.has_record)
    return one.record.signed.care_plan or next(made, "")


def running_plan(signed: Sequence[Signed], chart: Chart, read_at: float) -> Signed | None:
    """The newest plan signed as active that was not ended since. Drafts aside: nobody does them."""
    known = (one for one in signed if not one.kept.retired and (one.opened is None or one.opened.signed.active))
    last = next(known, None)
    if last is None or last.opened is None or last.opened.signed.signs is SignatureKind.END:
        return None
    return last if stands(last, chart, read_at) else None


def stands(one: Signed, chart: Chart, read_at: float) -> bool:
    """Whether its plan is in the chart, as far as that was read since it was signed; of a plan without a record, or not
    there yet, nothing says that it is not."""
    place = plan_in_chart(one)
    if read_at < one.kept.signed or not place:
        return True
    return any(plan.source.reference == place and plan.status in CURRENT for plan in chart.plans)
