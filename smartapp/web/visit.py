"""A request inside one launch -> everything its page needs: who, on which patient, the chart, what follows from it.

Derived anew on every request from the chart as kept: nothing a page shows lives in a worker's memory.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from flask import g

from smartapp.core.assessment import Assessment, Phase, Severity
from smartapp.core.chart import Attestation, AttestationName, CandidateValue, Chart, PlanOnRecord, Site, Source
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.proposal import Choice, Decision, Proposal, Role, Signer
from smartapp.core.review import revise
from smartapp.core.review.confirmation import Answer, confirmed
from smartapp.core.threshold_names import ThresholdName
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.ehr.issuers import Issuer
from smartapp.ehr.launch.connection import Connection
from smartapp.errors import NotPermitted, NotSupported, SessionEnded
from smartapp.store import Session
from smartapp.web.browser import browser_of_request
from smartapp.web.person import name_of, not_for, role_codes, which_clinician
from smartapp.web.timeline import turning_days
from smartapp.web.wiring import Wiring, wiring

FOUND_VALUE = "found-value"  # kept among the attestations: an answer to a value in a report's words
CURRENT = frozenset({"draft", "active", "on-hold"})  # states of a plan that still counts


@dataclass(frozen=True)
class Entrance:
    """An open session and its EHR: what is known before the chart is there."""

    launch_id: str
    connection: Connection
    issuer: Issuer
    session: Session

    @property
    def patient(self) -> str:
        return self.connection.context.patient_reference

    @property
    def patient_key(self) -> str:
        """How the store knows this patient: FHIR base and id."""
        return patient_key(self.connection)


@dataclass(frozen=True)
class Visit:
    """One look at one patient."""

    entrance: Entrance
    read: FetchedChart
    signer: Signer
    chart: Chart
    machine: Proposal
    revised: Proposal
    decisions: tuple[Decision, ...]  # as kept; those that stand are in ``revised``
    offered: tuple[CandidateValue, ...] = ()  # values found in report text, answered or not

    @property
    def assessment(self) -> Assessment:
        return self.revised.assessment

    def current(self, resource_type: str) -> PlanOnRecord | None:
        """Our newest plan or order in the chart that still counts."""
        plans = [p for p in self.chart.plans if p.resource_type == resource_type and p.status in CURRENT]
        return max(plans, key=lambda p: (p.created.latest if p.created else date.min, p.source.reference), default=None)


def patient_key(connection: Connection) -> str:
    return f"{connection.iss}/{connection.context.patient_reference}"


def frame_of(issuer: Issuer) -> tuple[str, ...]:
    """Origins of the pages of this EHR, which may show us in a frame."""
    return issuer.frame_ancestors


def enter(launch_id: str) -> Entrance:
    """The session of this address in this browser. Raises SessionEnded."""
    browser = browser_of_request()
    if not browser:
        raise SessionEnded(
            "This browser did not send the cookie that proves the session. It may block cookies inside the EHR's page, "
            "or the session may have ended."
        )
    made = wiring()
    session = made.store.sessions.get(launch_id, browser)
    try:
        connection = Connection.from_json(session.connection)
    except (KeyError, TypeError, ValueError):
        raise SessionEnded("This session was kept by another version of Loadpath.") from None
    issuer = made.smart.issuer_of(connection.issuer)
    g.frame_ancestors = frame_of(issuer)
    g.connection = connection
    return Entrance(launch_id, connection, issuer, session)


def look(entrance: Entrance, read: FetchedChart, today: date | None = None) -> Visit:
    """Chart, assessment and proposal. Raises NotPermitted where this person may not see them."""
    from smartapp.fhir.read import read_chart  # noqa: PLC0415 -- slow, and not needed to be ready

    made = wiring()
    signer = signer_of(entrance, read.user_record)
    check_may_look(signer)
    found = read_chart(
        [read.bundle()],
        made.knowledge,
        entrance.connection.context.patient,
        read.unreadable,
        read.partial,
        tuple(stated.attestation for stated in statements(made, entrance.patient_key)),
        systems=made.systems,
    )
    chart = confirmed(found, (said.answer for said in answers(made, entrance.patient_key)))
    assessment = derive(chart, today or made.today(), made.knowledge)
    machine = plan(assessment, made.knowledge)
    decisions = tuple(decision_from(value) for value in entrance.session.decisions)
    revised = revise(machine, decisions, made.knowledge) if decisions else machine
    return Visit(entrance, read, signer, chart, machine, revised, decisions, found.offers)


def ahead(visit: Visit) -> tuple[Assessment, ...]:
    """What the same chart gives on the days ahead on which something may change."""
    made = wiring()
    days = turning_days(visit.assessment, boundaries(made))
    return tuple(derive(visit.chart, day, made.knowledge) for day in days)


def boundaries(made: Wiring) -> tuple[tuple[Phase, int], ...]:
    """Each phase and the month it begins in by the calendar."""
    knowledge = made.knowledge
    return (
        (Phase.INITIAL, 0),
        (Phase.INTERMEDIATE, knowledge.whole(ThresholdName.INTERMEDIATE_FROM)),
        (Phase.ADVANCED, knowledge.whole(ThresholdName.ADVANCED_FROM)),
    )


# -- the person


def signer_of(entrance: Entrance, person: Mapping[str, Any] | None) -> Signer:
    user = entrance.connection.user
    role = entrance.issuer.roles.of(user.reference, role_codes(person))
    return Signer(user.reference, user.name or name_of(person), role, user.key)


def check_may_look(signer: Signer) -> None:
    """Raises a sentence for those Loadpath is not for. An EHR that names nobody may show, not sign."""
    kind = signer.reference.partition("/")[0]
    if kind == "Person":
        raise which_clinician()
    if kind in ("Patient", "RelatedPerson"):
        raise not_for(
            "This page is for clinicians",
            "Loadpath is made for clinicians, and you are signed in as a patient or a relative. Nothing is shown here.",
            "Ask your clinician or physical therapist for your plan; they can print it for you.",
        )
    if signer.role is Role.COORDINATOR:
        raise not_for(
            "There is no page for coordinators here yet",
            "Your role at this site is to coordinate referrals. Plans under review are shown to those who prepare and "
            "sign them; the signed plan and the order are in the EHR.",
            "Open the order in the EHR. If you should prepare plans, ask Loadpath's administrator for that role.",
        )
    if signer.role is Role.NONE and signer.reference:
        raise not_for(
            "Your role does not include rehabilitation plans",
            "This site has not given you a role in Loadpath. Nothing of the chart is shown here.",
            "If you should prepare or sign plans, ask Loadpath's administrator for that role.",
        )


def check_user(connection: Connection, issuer: Issuer, person: Callable[[], Mapping[str, Any] | None]) -> None:
    """The same right after the launch, before the chart is read. ``person`` reads the record behind fhirUser, which
    only a PractitionerRole is asked for: its codes may decide."""
    user = connection.user
    codes = role_codes(person()) if user.reference.startswith("PractitionerRole/") else frozenset[str]()
    check_may_look(Signer(user.reference, "", issuer.roles.of(user.reference, codes)))


# -- what people said


@dataclass(frozen=True)
class StatedHere:
    """An attestation with the id under which it can be withdrawn."""

    id: str
    attestation: Attestation


def statements(made: Wiring, patient: str) -> tuple[StatedHere, ...]:
    """In force for this patient. Of several under one name the newest counts."""
    newest: dict[AttestationName, StatedHere] = {}
    for kept in made.store.records.attestations_of(patient):
        value = kept.statement
        if value["name"] == FOUND_VALUE:
            continue
        name = AttestationName(str(value["name"]))
        by = str(value.get("by", ""))
        source = Source("attestation", f"Stated by {by or 'a clinician'}", f"{made.day(kept.made)}")
        newest[name] = StatedHere(kept.id, Attestation(name, date.fromisoformat(str(value["on"])), by, source))
    return tuple(newest.values())


@dataclass(frozen=True)
class Answered:
    """What a clinician said of a value in a report's words, with the id under which it can be withdrawn."""

    id: str
    answer: Answer


def answers(made: Wiring, patient: str) -> tuple[Answered, ...]:
    """In force for this patient, oldest first."""
    kept = [k for k in made.store.records.attestations_of(patient) if k.statement["name"] == FOUND_VALUE]
    return tuple(Answered(k.id, _answer(k.statement, made.day(k.made))) for k in kept)


def _answer(value: Mapping[str, Any], on: date) -> Answer:
    site = Site(value["site"]) if value["site"] else None
    return Answer(value["key"], value["accepted"], value["by"] or "a clinician", on, site)


# -- edits, as kept in the store


def decision_from(value: Mapping[str, object]) -> Decision:
    return Decision(str(value["item"]), Choice(str(value["choice"])), str(value["value"]), str(value["reason"]))


def decision_json(decision: Decision) -> dict[str, str]:
    return {"item": decision.item, "choice": decision.choice, "value": decision.value, "reason": decision.reason}


def with_decision(decisions: Iterable[Decision], new: Decision) -> tuple[Decision, ...]:
    """The newest decision on an item replaces the older ones on the same."""
    return (*(d for d in decisions if d.item != new.item), new)


def without_item(decisions: Iterable[Decision], item: str) -> tuple[Decision, ...]:
    """Undone: every decision on the item and on its fields."""
    return tuple(
        d for d in decisions if d.item != item and (d.item.startswith("dose.") or d.item.partition(".")[0] != item)
    )


# -- may it be signed


def check_sign(visit: Visit) -> None:
    """Raises NotPermitted where this person may not sign here, ReviewError where nothing can be signed on this chart;
    the button and the server both ask it.

    What the EHR does not let us write is no reason: the page says beforehand what becomes of it (SMART T-9).
    """
    if visit.signer.role not in (Role.SIGNER, Role.DRAFTER):
        raise NotPermitted("The EHR did not say who you are, so nothing can be signed here.")
    if stop := unsupported(visit):
        raise NotSupported(stop)


def unsupported(visit: Visit) -> str:
    """Why no plan can be signed on this chart, in the words of its alerts; empty if one can."""
    if visit.chart.patient.deceased:
        return "The chart records this patient as deceased."
    if visit.assessment.disposition.prescribes:
        return ""
    stops = [alert.text for alert in visit.assessment.alerts if alert.severity is Severity.STOP]
    return " ".join(("There is no exercise plan to sign.", *stops))


def chart_link(issuer: Issuer, reference: str, patient: str) -> str:
    """Address of a record in the EHR's own pages; empty if the site has not configured one."""
    if not issuer.chart_link or "/" not in reference:
        return ""
    values = {"reference": reference, "patient": patient.partition("/")[2]}
    return issuer.chart_link.format(**{name: quote(text, safe="/") for name, text in values.items()})


def told_at(made: Wiring, at: float) -> str:
    """A moment in words, in the zone of this server."""
    when = datetime.fromtimestamp(at, UTC).astimezone()
    day = "" if when.date() == made.today() else f"{when.date()} "
    return f"{day}at {when:%H:%M}"


def as_revised(visit: Visit, decisions: tuple[Decision, ...]) -> Visit:
    """The same look with other decisions."""
    revised = revise(visit.machine, decisions, wiring().knowledge) if decisions else visit.machine
    return replace(visit, decisions=decisions, revised=revised)
