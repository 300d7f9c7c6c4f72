"""What the chart has under an order of ours -> sessions, reports and notes of the therapist (rule book 2b, PG7, FU7).

Sessions are Procedures and Observations based on the order, or answers to our form of the log; a report is answers to
our form of progress; a note is a DocumentReference by its type, or a DiagnosticReport by its code, of the rows of the
code table. Whatever else names the order is a line, never silence.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from smartapp.core.chart import Source, Unreadable
from smartapp.core.codes import CodeKind
from smartapp.core.knowledge import Knowledge
from smartapp.core.quotes import quoted
from smartapp.core.referral import ReferralTask
from smartapp.core.session_log import TherapySession
from smartapp.core.therapy import Document, Therapy, ToldReport
from smartapp.fhir.json import (
    Malformed,
    Resource,
    get_list,
    get_object,
    get_str,
    get_text,
    is_object,
    reference_target,
    relative_reference,
    without_empty,
)
from smartapp.fhir.read.context import ReadContext, coded, where
from smartapp.fhir.read.dates import day_told, parse_date
from smartapp.fhir.read.gather import aliases, flatten, gather
from smartapp.fhir.read.reports import FINAL, texts_in
from smartapp.fhir.read.sessions import MeasuredPain, pain_measured, session_done, sessions_of
from smartapp.fhir.read.therapist_forms import FORMS, form_answers
from smartapp.fhir.referral_task import plan_id_of, referral_of
from smartapp.fhir.systems import Systems
from smartapp.fhir.text import clean

_VOID = frozenset({"entered-in-error", "cancelled", "superseded"})
_USED = frozenset({"completed", "amended", "final", "corrected"})
_NOTES = {"DocumentReference": "type", "DiagnosticReport": "code"}  # the element that says whose note it is


@dataclass(frozen=True)
class _Order:
    """What is looked for: records based on ``orders`` (``ServiceRequest/1``); ``tests``: rows of the knowledge."""

    orders: frozenset[str]
    tests: frozenset[str]
    exercises: Mapping[str, str]  # by id and title in small letters; movements never done are among them
    systems: Systems

    def is_under(self, resource: Resource) -> bool:
        named = {reference_target(each) for each in get_list(resource, "basedOn")}
        return not named.isdisjoint(self.orders)


_Found = TherapySession | ToldReport | Document | Unreadable | MeasuredPain


def read_therapy(values: Sequence[Any], knowledge: Knowledge, patient_id: str | None, systems: Systems) -> Therapy:
    """Of the same JSON values as ``read_chart``. The referral is not among it. Raises InputError as that does."""
    gathered = gather([without_empty(value) for value in values], knowledge, patient_id)
    kept = [resource for resource, _ in gathered.resources]
    ours = {where(r) for r in kept if r["resourceType"] == "ServiceRequest" and _is_ours(r, systems)}
    ours |= {address for address, reference in aliases(values).items() if reference in ours}
    library = knowledge.library
    named = {id_: each.title for id_, each in library.exercises.items()} | {x.id: x.title for x in library.never}
    exercises = {name.lower(): id_ for id_, title in named.items() for name in (id_, title)}
    order = _Order(frozenset(ours), frozenset(library.tests), exercises, systems)
    found: list[_Found] = []
    for resource in kept:
        try:
            found += _read(resource, order, gathered.context)
        except Malformed as fault:
            found.append(Unreadable(where(resource), str(fault)))
    return Therapy(
        reports=tuple(sorted((r for r in found if isinstance(r, ToldReport)), key=lambda each: each.on)),
        sessions=sessions_of(found),
        documents=tuple(sorted((d for d in found if isinstance(d, Document)), key=lambda d: d.on or date.min)),
        unread=tuple(line for line in found if isinstance(line, Unreadable)),
    )


def _is_ours(resource: Resource, systems: Systems) -> bool:
    return _is_named_in(resource, systems.plans)


def _is_named_in(resource: Resource, systems: Sequence[str]) -> bool:
    return any(get_str(each, "system") in systems for each in get_list(resource, "identifier"))


def _read(resource: Resource, order: _Order, context: ReadContext) -> Iterator[_Found]:
    kind, status = get_str(resource, "resourceType"), get_str(resource, "status")
    if status in _VOID:
        return
    if kind == "Procedure" and order.is_under(resource):
        yield from session_done(resource, status)
    elif kind == "Observation" and status in _USED:
        yield from pain_measured(resource, order.is_under(resource), context)
    elif kind == "QuestionnaireResponse":
        form = get_str(resource, "questionnaire").partition("|")[0]
        if form in FORMS and status not in _USED:
            yield Unreadable(where(resource), f"status {quoted(status or 'missing')}: not used")
        elif form in FORMS:
            yield from form_answers(resource, form, order.tests, order.exercises)
        elif order.is_under(resource):
            yield Unreadable(where(resource), "answers to another form than ours: not understood")
    elif kind in _NOTES and not _is_ours(resource, order.systems):
        yield from _noted(resource, kind, status, order, context)


def read_referral(values: Sequence[Any], patient: str, systems: Systems, plan_id: str = "") -> ReferralTask | None:
    """The newest of ``Patient/12`` that still counts, of one plan where it is named. A Task that cannot be read tells
    nothing."""
    found: list[ReferralTask] = []
    for _, task in flatten(values):
        if is_object(task) and task.get("resourceType") == "Task" and plan_id_of(task, systems):
            with suppress(Malformed):
                found.append(referral_of(without_empty(task), systems))
    own = [e for e in found if relative_reference(e.patient) == patient and plan_id in ("", e.plan_id)]
    return max(own, key=lambda each: (not each.replaced, each.asked_on or date.min), default=None)


# -- notes


def _noted(
    resource: Resource, kind: str, status: str, order: _Order, context: ReadContext
) -> Iterator[Document | Unreadable]:
    """A line for a report that is not final, and for one of another kind that names the order."""
    said = coded(get_object(resource, _NOTES[kind]), context.codes, CodeKind.DOCUMENT)
    about = said.shown or "a report"
    if not said.rows:
        if order.is_under(resource) and kind == "DiagnosticReport":
            yield Unreadable(where(resource), f"{quoted(about)}: no note of physical therapy by its code")
    elif kind == "DiagnosticReport" and status not in FINAL:
        yield Unreadable(where(resource), f"{quoted(about)}: status {quoted(status or 'missing')}: not used")
    else:
        note = _document(resource, about) if kind == "DocumentReference" else _report(resource, about)
        yield replace(note, told=_is_named_in(resource, order.systems.reports))


def _document(resource: Resource, called: str) -> Document:
    files = [get_object(each, "attachment") for each in get_list(resource, "content")]
    period = get_object(get_object(resource, "context"), "period")
    return _note(resource, files, get_text(resource, "description"), called, period.get("start"), resource.get("date"))


def _report(resource: Resource, called: str) -> Document:
    period = get_object(resource, "effectivePeriod")
    days = (resource.get("effectiveDateTime"), period.get("start"), resource.get("issued"))
    return _note(resource, get_list(resource, "presentedForm"), "", called, *days)


def _note(resource: Resource, files: Sequence[Resource], title: str, called: str, *days: object) -> Document:
    """Of its days the first counts; ``called``: where neither it nor a file has a title."""
    on = next(filter(None, map(parse_date, days)), None)
    title = next(filter(None, (title, *(get_text(each, "title") for each in files))), called)
    texts = [get_text(resource, "conclusion"), *texts_in(files)[0]]
    said = next(filter(None, (clean(text) for text in texts)), "")
    return Document(title, day_told(on), said, Source(where(resource), title, str(on or "")))
