"""Visit -> the review page: the medicine from :mod:`review_view`, and around it who may do what, where and how."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from flask import url_for

from smartapp.core.chart import Chart, Source
from smartapp.core.proposal import Role
from smartapp.core.review import Mark, difference, unchanged_on_record
from smartapp.ehr.write.delivery import steps_of
from smartapp.ehr.write.rungs import HAPPENS, NAMES, Rung
from smartapp.ehr.write.steps import LANDED, Step, landed
from smartapp.errors import LoadpathError
from smartapp.web.about import review_status
from smartapp.web.found_values import found_values
from smartapp.web.guard import token_of
from smartapp.web.outbox import planned, signed_already, signed_here_before
from smartapp.web.rendering import page_of_launch
from smartapp.web.review_facts import PatientLine, patient_line
from smartapp.web.review_view import Artifact, Circumstances, DifferenceLine, Previous, SignBar, SignedHere, review_view
from smartapp.web.visit import Visit, ahead, boundaries, check_sign, told_at
from smartapp.web.wiring import wiring
from smartapp.web.words import SIGNED_ALREADY

SHORT = 8  # differences shown without unfolding (ours)
MARKS = {Mark.ADDED: "added", Mark.REMOVED: "removed", Mark.KEPT: "as before"}
ROLES = {
    Role.SIGNER: "may sign",
    Role.DRAFTER: "may prepare drafts",
    Role.COORDINATOR: "coordinates referrals",
    Role.NONE: "may look",
}


def page(visit: Visit, said: str = "", *, warning: bool = False, problem: tuple[str, str] = ("", "")) -> str:
    """The review page. ``problem``: the item a refused edit was about, and why it was refused."""
    made = wiring()
    titles = {id_: exercise.title for id_, exercise in made.knowledge.library.exercises.items()}
    view = review_view(
        _circumstances(visit, said, warning, problem),
        visit.machine,
        visit.revised,
        ahead(visit),
        boundaries(made),
        titles,
    )
    found = found_values(visit)
    return page_of_launch("review.html", visit.entrance.launch_id, view=view, found_values=found)


@dataclass(frozen=True)
class Shown:
    """The patient's banner, for pages beside the review page."""

    launch_id: str
    token: str
    patient: PatientLine
    user: str
    ehr: str
    read_at: str
    said: str = ""


def patient_shown(visit: Visit, said: str = "") -> Shown:
    entrance = visit.entrance
    return Shown(
        entrance.launch_id,
        token_of(entrance.launch_id),
        patient_line(visit.chart.patient, visit.assessment.as_of),
        _user(visit),
        entrance.issuer.title,
        told_at(wiring(), visit.read.at),
        said,
    )


def sign_bar(visit: Visit, nothing_new: str) -> SignBar:
    """The button, or the sentence that says why there is none: the same check the server makes."""
    signs = visit.signer.role is Role.SIGNER
    named = patient_line(visit.chart.patient, visit.assessment.as_of).named
    button = f"Sign plan for {named}" if signs else f"Save as draft for signature: {named}"
    try:
        check_sign(visit)
    except LoadpathError as error:
        return SignBar(button, str(error))
    if nothing_new:
        return SignBar(button, nothing_new)
    note = "" if signs else "Written as draft. Someone who may sign makes it active."
    return SignBar(button, "", signs, note)


def _nothing_new(visit: Visit) -> str:
    """Where this very plan is already, as a sentence; empty where signing would add something."""
    if not visit.assessment.disposition.prescribes:
        return ""
    signs = visit.signer.role is Role.SIGNER
    known = unchanged_on_record(visit.revised)
    if known and (known.status == "active" or not signs):  # a draft can still be made active
        return f"This very plan is in the chart already ({known.source.reference}, {known.status})."
    if signed_here_before(visit.entrance, visit.revised.fingerprint):
        return "You signed this very plan in this session. To sign it once more, open Loadpath again from the chart."
    if not known and signed_already(visit.entrance, visit.revised, signs):
        return "This very plan was signed already. Its receipt says where it is."
    return ""


def _user(visit: Visit) -> str:
    name = visit.signer.name or visit.signer.reference or "Person not named by the EHR"
    return f"{name}, {ROLES[visit.signer.role]}"


def _circumstances(visit: Visit, said: str, warning: bool, problem: tuple[str, str]) -> Circumstances:
    made, entrance, nothing_new = wiring(), visit.entrance, _nothing_new(visit)
    return Circumstances(
        launch_id=entrance.launch_id,
        token=token_of(entrance.launch_id),
        ehr=entrance.issuer.title,
        user=_user(visit),
        may_edit=visit.signer.role in (Role.SIGNER, Role.DRAFTER),
        sign=sign_bar(visit, nothing_new),
        artifacts=() if nothing_new else tuple(_artifacts(visit)),
        previous=_previous(visit),
        signed_here=tuple(_signed_here(visit)),
        headline=SIGNED_ALREADY if nothing_new else None,
        review_status=review_status(made.knowledge),
        read_at=told_at(made, visit.read.at),
        said=said,
        warning=warning,
        problem_item=problem[0],
        problem=problem[1],
    )


def _artifacts(visit: Visit) -> Iterator[Artifact]:
    """What will happen when signed, artifact by artifact, and why not better: from the ladder, not guessed."""
    plan = visit.revised
    if plan.referral is None:
        return
    old = visit.current("CarePlan")
    follows = f" It replaces {old.source.reference}, which is ended." if old and not unchanged_on_record(plan) else ""
    for line in planned(visit.entrance):
        counted = f"{len(plan.goals)} goals" if line.artifact == "Goal" else NAMES[line.artifact]
        yield Artifact(
            counted,
            f"{HAPPENS[line.rung]}.{follows if line.artifact == 'CarePlan' else ''}",
            line.in_chart,
            line.reason if not line.in_chart or line.rung in (Rung.NOTE, Rung.MESSAGE) else "",
        )


def _signed_here(visit: Visit) -> Iterator[SignedHere]:
    """Every plan signed in Loadpath for this patient, newest first: also those the EHR holds as a note, or not yet."""
    store, entrance = wiring().store, visit.entrance
    for kept in store.signatures_of(entrance.patient_key):
        signer, steps = kept.record["signed"]["signer"], steps_of(store, kept.id)
        yield SignedHere(
            told_at(wiring(), kept.signed),
            signer["name"] or signer["reference"],
            "taken back" if kept.retired else _where(steps),
            url_for("sign.receipt", launch_id=entrance.launch_id, plan_id=kept.plan_id),
            loud=not kept.retired and not landed(steps),
        )


def _where(steps: Sequence[Step]) -> str:
    if not landed(steps):
        return "not wholly in the chart yet"
    as_note = any(step.carries and step.landing in LANDED for step in steps)
    return "in the chart, wholly or in part as a note" if as_note else "in the chart"


def _previous(visit: Visit) -> Previous | None:
    """Our plan already in the chart, and how the new one differs."""
    old = visit.current("CarePlan")
    if old is None:
        return None
    told = f"{old.source.display or 'Rehabilitation plan'}, {old.status}" + (
        f", from {old.created}" if old.created else ""
    )
    if not visit.assessment.disposition.prescribes:
        return Previous(f"{told}. Today's chart does not support an exercise plan: see above.", (), "", False)
    if unchanged_on_record(visit.revised):
        return Previous(f"{told}. Today's chart gives the same plan; there is nothing new to sign.", (), "", False)
    lines = tuple(DifferenceLine(line.mark, MARKS[line.mark], line.text) for line in difference(old, visit.revised))
    changes = [line for line in lines if line.kind != Mark.KEPT]
    count = f"{len(changes)} lines differ, {len(lines) - len(changes)} stay as they are"
    return Previous(f"{told}. Signing writes a new plan that replaces it.", lines, count, len(changes) <= SHORT)


@dataclass(frozen=True)
class Use:
    name: str
    value: str


def source_uses(chart: Chart, reference: str) -> tuple[Use, ...]:
    """What the facts read from one record say, field by field."""
    groups = (chart.diagnoses, chart.procedures, chart.measurements, chart.medications, chart.plans)
    facts = [fact for group in groups for fact in group if fact.source.reference == reference]
    return tuple(use for fact in facts for use in _uses(fact))


def _uses(fact: Any) -> Iterator[Use]:
    for field in fields(fact):
        value = getattr(fact, field.name)
        if isinstance(value, Source) or value in (None, "", (), frozenset(), False) or field.name == "summary":
            continue
        yield Use(field.name.replace("_", " "), _words(value))


def _words(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, frozenset | tuple):
        return ", ".join(sorted(map(_words, value)))
    if is_dataclass(value) and not hasattr(type(value), "__str__"):
        return str(value)
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        parts: Mapping[str, Any] = {f.name: getattr(value, f.name) for f in fields(value)}
        return "; ".join(
            f"{name} {_words(each)}" for name, each in parts.items() if each not in (None, "", frozenset(), False)
        )
    return str(value)
