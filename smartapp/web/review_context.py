"""An open session and its chart as read -> everything the review needs: who, on which patient, what follows from it.

Derived anew on every request from the chart as kept: nothing a page shows lives in a worker's memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Attestation, CandidateValue, Chart, PlanOnRecord, Source
from smartapp.core.derive import derive
from smartapp.core.derive.phase import months_until
from smartapp.core.kinds import AttestationName, Site
from smartapp.core.permissions import check_can_look
from smartapp.core.plan import plan
from smartapp.core.proposal import Choice, Decision, Proposal, Signer
from smartapp.core.review import revise
from smartapp.core.review.answers import ValueAnswer, with_answered_findings, with_confirmed_values
from smartapp.core.review.results import EnteredResult, with_entered_results
from smartapp.core.states import Phase
from smartapp.ehr.fetched_chart import FetchedChart
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.user import read_user
from smartapp.store.records import Stated
from smartapp.web.catalog import _
from smartapp.web.running import CURRENT, continued
from smartapp.web.sessions import LaunchSession, signer_of
from smartapp.web.timeline import turning_days
from smartapp.web.wiring import Wiring, wiring

FOUND_VALUE = "found-value"  # kept among the attestations: an answer to a value in a report's words
TEST_RESULT = "test-result"  # likewise: the result of a test, as entered


@dataclass(frozen=True)
class ReviewContext:
    """One user's review of one patient's plan, at one moment."""

    session: LaunchSession
    read: FetchedChart
    signer: Signer
    chart: Chart
    machine: Proposal
    revised: Proposal
    decisions: tuple[Decision, ...] = ()  # as kept; those that stand are in ``revised``
    offers: tuple[CandidateValue, ...] = ()  # values found in report text, answered or not
    results: tuple[EnteredResult, ...] = ()  # of tests, as entered
    held: tuple[EnteredResult, ...] = ()  # those that do not count, because a stop would be gone

    @property
    def assessment(self) -> Assessment:
        return self.revised.assessment

    def current(self, resource_type: str) -> PlanOnRecord | None:
        """Our newest plan or order in the chart that still counts."""
        plans = [p for p in self.chart.plans if p.resource_type == resource_type and p.status in CURRENT]
        return max(plans, key=lambda p: (p.created.latest if p.created else date.min, p.source.reference), default=None)


def load_review(session: LaunchSession, read: FetchedChart, today: date | None = None) -> ReviewContext:
    """Chart, assessment and proposal. Raises NotPermitted where this user may not see them."""
    made = wiring()
    signer = signer_of(session, read_user(read.user_record))
    check_can_look(signer)
    day = today or made.today()
    known = known_chart(made, session.patient_key, session.connection.context.patient, read, day)
    now = derive(known.chart, day, made.knowledge)
    machine = plan(now, made.knowledge, continues=continued(session, read, now))
    made.watch.raised((session.launch_id, read.at), (alert.code for alert in machine.assessment.alerts))
    context = ReviewContext(
        session, read, signer, known.chart, machine, machine, (), known.offers, known.results, known.held
    )
    return with_decisions(context, kept_edits(session))


@dataclass(frozen=True)
class KnownChart:
    """A chart with what clinicians stated, confirmed and entered here. See :class:`ReviewContext` for its parts."""

    chart: Chart
    offers: tuple[CandidateValue, ...]
    results: tuple[EnteredResult, ...]
    held: tuple[EnteredResult, ...]


def known_chart(made: Wiring, patient_key: str, patient_id: str, read: FetchedChart, today: date) -> KnownChart:
    """What the EHR gave and what is kept here of one patient: the same for a page and for a card."""
    stated = made.store.records.attestations_of(patient_key)
    found = read_chart(
        [read.bundle()],
        made.knowledge,
        patient_id,
        read.unreadable,
        (*read.partial, *_lost(made)),
        tuple(kept.attestation for kept in _attested(stated, made)),
        systems=made.systems,
        medicines_unread=read.medicines_unread,
    )
    said = [kept.answer for kept in _answered(stated, made)]
    results = _entered(stated, made)
    chart = with_answered_findings(with_confirmed_values(found, said), said)
    chart, held = with_entered_results(chart, results, today, made.knowledge)
    return KnownChart(chart, found.offers, results, held)


def _lost(made: Wiring) -> Iterator[str]:
    if lost := made.store.records.lost():
        yield (
            _(
                "Statements of clinicians and plans signed here: %(lost)s sealed with a secret that Loadpath is "
                "not given; whether any is of this patient cannot be known (ask Loadpath's administrator)",
                lost=lost,
            )
        )


def with_decisions(context: ReviewContext, decisions: tuple[Decision, ...]) -> ReviewContext:
    """The same review with other decisions."""
    revised = revise(context.machine, decisions, wiring().knowledge) if decisions else context.machine
    return replace(context, decisions=decisions, revised=revised)


def assess_ahead(context: ReviewContext) -> tuple[Assessment, ...]:
    """What the same chart gives on the days ahead on which something may change."""
    made = wiring()
    days = turning_days(context.assessment, phase_boundaries(made))
    return tuple(derive(context.chart, day, made.knowledge) for day in days)


def phase_boundaries(made: Wiring) -> tuple[tuple[Phase, int], ...]:
    """Each phase and the month it begins in by the calendar."""
    return tuple((phase, months_until(phase, made.knowledge)) for phase in Phase)


# -- what people said


@dataclass(frozen=True)
class KeptAttestation:
    """An attestation with the id under which it can be withdrawn."""

    id: str
    attestation: Attestation


def attestations(made: Wiring, patient: str) -> tuple[KeptAttestation, ...]:
    """In force for this patient. Of several that say the same of the same thing the newest counts."""
    return _attested(made.store.records.attestations_of(patient), made)


def _attested(stated: Iterable[Stated], made: Wiring) -> tuple[KeptAttestation, ...]:
    newest: dict[tuple[AttestationName, str], KeptAttestation] = {}
    for kept in stated:
        value = kept.statement
        if value["name"] in (FOUND_VALUE, TEST_RESULT):
            continue
        name = AttestationName(str(value["name"]))
        by = str(value.get("by", ""))
        said, basis = str(value.get("value", "")), str(value.get("basis", ""))
        source = Source("attestation", f"Stated by {by or 'a clinician'}", f"{made.day(kept.made)}", basis)
        on = date.fromisoformat(str(value["on"]))
        newest[name, said] = KeptAttestation(kept.id, Attestation(name, on, by, source, said))
    return tuple(newest.values())


@dataclass(frozen=True)
class KeptAnswer:
    """What a clinician said of a value in a report's words, with the id under which it can be withdrawn."""

    id: str
    answer: ValueAnswer


def answers(made: Wiring, patient: str) -> tuple[KeptAnswer, ...]:
    """In force for this patient, oldest first."""
    return _answered(made.store.records.attestations_of(patient), made)


def _answered(stated: Iterable[Stated], made: Wiring) -> tuple[KeptAnswer, ...]:
    kept = [k for k in stated if k.statement["name"] == FOUND_VALUE]
    return tuple(KeptAnswer(k.id, _answer(k.statement, made.day(k.made))) for k in kept)


def _answer(value: Mapping[str, object], on: date) -> ValueAnswer:
    site = Site(str(value["site"])) if value["site"] else None
    return ValueAnswer(str(value["key"]), value["accepted"] is True, str(value["by"] or "a clinician"), on, site)


def _entered(stated: Iterable[Stated], made: Wiring) -> tuple[EnteredResult, ...]:
    """Results of tests entered for this patient, in force, oldest first."""
    kept = [k for k in stated if k.statement["name"] == TEST_RESULT]
    return tuple(
        EnteredResult(
            k.id, str(k.statement["test"]), Decimal(str(k.statement["value"])),
            date.fromisoformat(str(k.statement["on"])), str(k.statement["by"] or "a clinician"), made.day(k.made),
            Site(str(k.statement["site"])) if k.statement.get("site") else None, str(k.statement.get("basis", "")),
            str(k.statement.get("aid", "")),
        )
        for k in kept
    )  # fmt: skip


# -- edits, as kept in the store

CARRIED = "carried"  # kept among the edits: those of a signed plan are among them, by the id of the plan


def kept_edits(session: LaunchSession) -> tuple[Decision, ...]:
    return tuple(_decision(each) for each in session.kept.decisions if each["choice"] != CARRIED)


def carried_from(session: LaunchSession) -> tuple[str, ...]:
    """Ids of the plans whose edits were offered again in this session."""
    return tuple(str(each["value"]) for each in session.kept.decisions if each["choice"] == CARRIED)


def keep_edits(session: LaunchSession, decisions: Iterable[Decision], plans: Iterable[str]) -> None:
    """``plans``: as :func:`carried_from`."""
    marks = [{"item": "", "choice": CARRIED, "value": plan, "reason": ""} for plan in plans]
    kept = [{**asdict(d), "signed_on": d.signed_on and d.signed_on.isoformat()} for d in decisions]
    wiring().store.sessions.save_decisions(session.launch_id, [*marks, *kept])


def _decision(value: Mapping[str, object]) -> Decision:
    """Before edits were carried on from a signed plan, none had its day."""
    day = value.get("signed_on")
    said = (str(value["item"]), Choice(str(value["choice"])), str(value["value"]), str(value["reason"]))
    return Decision(*said, date.fromisoformat(str(day)) if day else None)


def with_decision(decisions: Iterable[Decision], new: Decision) -> tuple[Decision, ...]:
    """The newest decision on an item replaces the older ones on the same."""
    return (*(d for d in decisions if d.item != new.item), new)


def without_item(decisions: Iterable[Decision], item: str) -> tuple[Decision, ...]:
    """Undone: every decision on the item and on its fields."""
    return tuple(
        d for d in decisions if d.item != item and (d.item.startswith("dose.") or d.item.partition(".")[0] != item)
    )
