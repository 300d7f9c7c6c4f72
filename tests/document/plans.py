"""Plans to print: of the case files, and one on which everything is long and nothing is missing."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import typst

from smartapp.core.assessment import Constraint, Reason
from smartapp.core.chart import ActivityOrder, Source
from smartapp.core.dates import When
from smartapp.core.kinds import OrderKind
from smartapp.core.plan import plan
from smartapp.core.program import (
    BlockCode,
    DatedReview,
    Decider,
    DoseFlag,
    Fitt,
    HomeSet,
    OutcomeMeasure,
    PriorityValue,
    Ramp,
    TherapyPriority,
    Visits,
)
from smartapp.core.proposal import Activity, ActivityKind, Proposal, SignedPlan
from smartapp.document import Clinic, Given, Paper, unsigned
from smartapp.document.paper import PAPER, paper_values
from smartapp.document.typesetting import fonts, forget, inputs_of, template_path
from smartapp.knowledge import load
from tests.cases import assessed, by_id, cases

LONG = "Maria de los Angeles Guadalupe " * 10
TEXT = "Several words that tell how it is done and what is to be left out until somebody has answered, in full. "
LONGEST = Clinic("C" * 40 + " " + "c" * 39, "1" * 30, "2" * 30, "1234567893")  # as long as settings may be
CLINIC = Clinic("Riverside Bone Health Clinic", "(414) 555-0140", "(414) 555-0141", "1234567893")
TWO = (Decimal(2), Decimal(3))


@cache
def proposal_of(case: str) -> Proposal:
    return plan(assessed(by_id(case)), load())


def prescribing() -> Iterator[str]:
    """Names of the cases with a plan."""
    return (case.id for case in cases() if assessed(case).disposition.prescribes)


def given_of(case: str, clinic: Clinic = CLINIC) -> Given:
    return Given(unsigned(proposal_of(case)), load(), clinic)


def with_plan(given: Given, proposal: Proposal) -> Given:
    return replace(given, signed=replace(given.signed, proposal=proposal))


def signed_plan(given: Given) -> SignedPlan:
    signer = replace(given.signed.signer, name="Dr. Ngozi Okafor")
    return replace(given.signed, signer=signer, active=True, plan_id="0123456789ab")


def crowded(given: Given) -> Given:
    """The same patient with every fact there is, each as long as charts and sites may make it."""
    plan_, day = given.plan, given.now.as_of
    patient = replace(given.patient, name=LONG, record_number="9" * 60, phone="5" * 60, language="Spanish")
    orders = tuple(
        ActivityOrder(Source(f"ServiceRequest/{n}", note=LONG), OrderKind.BRACE, f"{n} {TEXT * 6}", given=When.day(day))
        for n in range(5)
    )
    why = Reason("Ordered", (), tuple(order.source for order in orders))
    limits = tuple(
        Constraint(f"WP{n}", f"A limit with a long title {n}", TEXT * 2, TEXT, ("E18",), (TEXT, TEXT), why, "Which?",
                   day, rows=(f"WP{n}",))
        for n in range(20, 28)
    )  # fmt: skip
    ordered = Constraint("NS9", "Orders of others", TEXT, TEXT, (), (), why, rows=("NS9",))
    chart = replace(given.now.chart, patient=patient, orders=orders)
    now = replace(given.now, chart=chart, constraints=(ordered, *limits))
    goals = tuple(replace(goal, description=TEXT) for goal in plan_.goals) * 2
    return replace(
        with_plan(given, replace(_full(plan_), assessment=now, goals=goals)),
        clinic=LONGEST,
    )


def bare(given: Given) -> Given:
    """The same patient of whom the record says nothing that a paper prints, at a site that has set nothing."""
    patient = replace(given.patient, name="", record_number="", phone="", language="", birth=None)
    chart = replace(given.now.chart, patient=patient)
    return replace(with_plan(given, replace(given.plan, assessment=replace(given.now, chart=chart))), clinic=Clinic())


def _full(proposal: Proposal) -> Proposal:
    day = proposal.assessment.as_of
    reviews = tuple(DatedReview(f"VI{n}", day + timedelta(n), TEXT, Decider.CLINICIAN) for n in range(9))
    measures = tuple(OutcomeMeasure("tug", "", "Timed up and go", Decimal(12), "s", day, TEXT) for _ in range(12))
    return replace(
        proposal,
        activities=tuple(_dosed(activity) for activity in proposal.activities),
        ramp=Ramp("RA1b", 15, 60, 5, 1, day, DoseFlag.LATE, TEXT * 3, TEXT, TEXT),
        visits=Visits("A", 21, 12, day, day, 1, 2, 1, (30, 60), "Evaluation + 20 visits in 12 weeks.", later=TEXT),
        priority=TherapyPriority(PriorityValue.URGENT, day, (TEXT, TEXT, TEXT)),
        reviews=reviews,
        measures=measures,
    )  # fmt: skip


def _dosed(activity: Activity) -> Activity:
    if activity.kind is not ActivityKind.EXERCISE:
        return activity
    fitt = Fitt(
        per_week=TWO, rpe=TWO, rir=TWO, sets=TWO, reps=(Decimal(8), Decimal(12)), per_side=True, hold_seconds=TWO,
        start_reps="half of 30CST", tempo="2-1-3", rest_seconds=(Decimal(90), Decimal(120)),
        step_up="12 reps → lower 4 s → seat −5 cm", step_down="forearms on a chair, leg slide on floor",
        ready="2×12 RPE ≤ 5 after 2 band steps", text="all of it",
    )  # fmt: skip
    return replace(activity, fitt=fitt, block=BlockCode.LIMBS, home_set=HomeSet.SESSION, status_reason="")


def marks(paper: Paper, *labels: str) -> list[list[Any]]:
    """``<sheet>``: kind and first page of each; ``<pages>``: how many in all; ``<fit>``: size, what was left out."""
    inputs = inputs_of(paper_values(paper))
    found = [typst.query(template_path(PAPER), label, sys_inputs=inputs, font_paths=fonts()) for label in labels]
    forget()
    return [[each["value"] for each in json.loads(one)] for one in found]
