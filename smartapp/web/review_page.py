"""Visit -> the review page: the medicine from :mod:`review_view`, and around it who may do what, where and how."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from typing import Any

from smartapp.core.chart import Chart, Source
from smartapp.core.proposal import Role
from smartapp.core.review import unchanged_on_record
from smartapp.ehr.deliver.methods import HAPPENS, NAMES, WriteMethod
from smartapp.errors import LoadpathError
from smartapp.web.about import review_status
from smartapp.web.found_values import found_values
from smartapp.web.guard import token_of
from smartapp.web.outbox import planned_writes
from smartapp.web.rendering import page_of_launch
from smartapp.web.review_facts import PatientLine, patient_line
from smartapp.web.review_signed import headline, nothing_new, previous, signed_here, told_of
from smartapp.web.review_view import Artifact, Circumstances, SignBar, review_view
from smartapp.web.visit import Visit, ahead, boundaries, check_sign, told_at
from smartapp.web.wiring import wiring

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


def sign_bar(visit: Visit, nothing_new: str, reason: str = "") -> SignBar:
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
    return SignBar(button, "", signs, note, reason)


def _user(visit: Visit) -> str:
    name = visit.signer.name or visit.signer.reference or "Person not named by the EHR"
    return f"{name}, {ROLES[visit.signer.role]}"


def _circumstances(visit: Visit, said: str, warning: bool, problem: tuple[str, str]) -> Circumstances:
    made, entrance, told = wiring(), visit.entrance, told_of(visit)
    known = nothing_new(visit, told)
    reason = "; ".join(told.lost.gone) if told.lost else ""
    return Circumstances(
        launch_id=entrance.launch_id,
        token=token_of(entrance.launch_id),
        ehr=entrance.issuer.title,
        user=_user(visit),
        may_edit=visit.signer.role in (Role.SIGNER, Role.DRAFTER),
        sign=sign_bar(visit, known, reason),
        artifacts=() if known else tuple(_artifacts(visit)),
        previous=previous(visit, told),
        signed_here=tuple(signed_here(visit, told)),
        headline=headline(told) if known else None,
        review_status=review_status(made.knowledge),
        read_at=told_at(made, visit.read.at),
        said=said,
        warning=warning,
        problem_item=problem[0],
        problem=problem[1],
    )


def _artifacts(visit: Visit) -> Iterator[Artifact]:
    """What will happen when signed, artifact by artifact, and why not better: by the write methods, not guessed."""
    plan = visit.revised
    if plan.referral is None:
        return
    old = visit.current("CarePlan")
    follows = f" It replaces {old.source.reference}, which is ended." if old and not unchanged_on_record(plan) else ""
    for line in planned_writes(visit.entrance):
        counted = f"{len(plan.goals)} goals" if line.artifact == "Goal" else NAMES[line.artifact]
        yield Artifact(
            counted,
            f"{HAPPENS[line.method]}.{follows if line.artifact == 'CarePlan' else ''}",
            line.in_chart,
            line.reason if not line.in_chart or line.method in (WriteMethod.NOTE, WriteMethod.MESSAGE) else "",
        )


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
