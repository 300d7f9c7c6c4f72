"""Knowledge -> one :class:`KnowledgeEntry` per row, in the order of the document."""

from collections.abc import Iterable, Iterator

from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Advice
from smartapp.core.plan.activities import fill
from smartapp.reviewers.courses import change_entries
from smartapp.reviewers.doses import doses_in_words, session_entries
from smartapp.reviewers.drawings import drawing_entries
from smartapp.reviewers.entry import (
    ADVICE_SECTIONS,
    NEVER_PLANNED,
    RATIONALE,
    SECTIONS,
    SEVERITIES,
    KnowledgeEntry,
    Text,
    advice_ids,
    change_words,
    condition_words,
    modification_id,
    name_groups,
    number_of,
    short_name,
    standing_of,
)
from smartapp.reviewers.limits import constraint_entries, texts_of_restriction
from smartapp.reviewers.papers import paper_entries
from smartapp.reviewers.patient import goal_entries, pain_entries, patient_text_entries, test_entries
from smartapp.reviewers.reading import reading_entries
from smartapp.reviewers.written import written_entries


def knowledge_entries(knowledge: Knowledge) -> tuple[KnowledgeEntry, ...]:
    """Every row of the knowledge in the order of :data:`SECTIONS`."""
    rules = (*_thresholds(knowledge), *_restrictions(knowledge), *_alerts(knowledge))
    others = (
        *rules,
        *reading_entries(knowledge),
        *_exercises(knowledge),
        *_never(knowledge),
        *_programme(knowledge),
        *session_entries(knowledge),
        *constraint_entries(knowledge),
        *written_entries(knowledge),
        *drawing_entries(knowledge),
        *paper_entries(knowledge),
        *change_entries(knowledge),
        *goal_entries(knowledge),
        *pain_entries(knowledge),
        *test_entries(knowledge),
        *patient_text_entries(knowledge),
        *_advice(knowledge.library.advice, knowledge),
    )
    order, found = list(SECTIONS), (*_evidence(knowledge), *_statements(knowledge, others), *others)
    return tuple(sorted(found, key=lambda entry: order.index(entry.section)))


def _evidence(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    yield KnowledgeEntry(
        id="out-of-evidence",
        section="evidence",
        title="Whom the studies were about",
        words=knowledge.evidence_note,
        statements=("S45",),
        effects=("Shown with every plan; no rule reads it.",),
        standing=standing_of(knowledge.evidence_origin, knowledge),
    )


def _statements(knowledge: Knowledge, others: Iterable[KnowledgeEntry]) -> Iterator[KnowledgeEntry]:
    resting: dict[str, dict[str, list[str]]] = {id_: {} for id_ in knowledge.statements}
    for entry in others:
        for id_ in entry.statements:
            resting[id_].setdefault(entry.section, []).append(short_name(entry))
    for row in knowledge.statements.values():
        yield KnowledgeEntry(
            id=row.id,
            section="statement",
            title="",
            words=row.text,
            cites=", ".join(f"[{cite}]" for cite in row.cites) or "none",
            grade=row.grade,
            effects=(
                f"When: {row.trigger}. Then: {row.effect}. Shown in: {row.appears}.",
                *(f"{SECTIONS[section]}: {'; '.join(names)}." for section, names in resting[row.id].items()),
            ),
            proofs=(row.id,),
            note=RATIONALE.get(row.id, ""),
            standing=standing_of(row.origin, knowledge),
        )


def _thresholds(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for row in knowledge.thresholds.values():
        packaged = f" (delivered: {row.packaged})" if row.packaged is not None else ""
        yield KnowledgeEntry(
            id=row.name,
            section="threshold",
            title=row.meaning,
            words=f"{row.meaning} {row.value} {row.unit}{packaged}.",
            statements=row.origin.statements,
            effects=("The cases below change their answer when the number is raised or lowered by one step.",),
            proofs=tuple(f"{row.name} {moved}" for moved in ("raised", "lowered")),
            standing=standing_of(row.origin, knowledge),
        )


def _restrictions(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    breaking = knowledge.library.exercises.values()
    for row in knowledge.restrictions.values():
        kept_out = [e.id for e in breaking if row.id in e.breaks]
        respecting = [e.id for e in breaking if row.id in e.respects]
        never = [n.id for n in knowledge.library.never if row.id in n.breaks]
        yield KnowledgeEntry(
            id=row.id,
            section="restriction",
            title=row.title,
            words=f"{row.movement} — {row.quality}. Instead: {row.instead}.",
            statements=row.origin.statements,
            effects=name_groups(
                {
                    "Exercises kept out while it forbids": kept_out,
                    "Exercises whose technique keeps to it": respecting,
                    "Movements never selected because of it": never,
                }
            ),
            texts=tuple(texts_of_restriction(row)),
            proofs=tuple(f"{row.id} {state}" for state in row.texts),
            standing=standing_of(row.origin, knowledge),
        )


def _alerts(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    library, ids = knowledge.library, advice_ids(knowledge.library.advice)
    for row in knowledge.alerts.values():
        urgency = f" ({row.words.urgency})" if row.words.urgency else ""
        eased = f" By circumstance only {row.eased}." if row.eased else ""
        changes = [e.id for e in library.exercises.values() if any(m.unless.alert == row.code for m in e.modifications)]
        advice = [id_ for id_, a in zip(ids, library.advice, strict=True) if a.when.alert == row.code]
        yield KnowledgeEntry(
            id=row.code,
            section="alert",
            title=f"{row.severity}{urgency}",
            words=f"{row.words.text} {row.words.action}",
            statements=row.origin.statements,
            effects=(
                f"{SEVERITIES[row.severity]}.{eased}",
                *name_groups({"Exercises it changes": changes, "Advice it brings": advice}),
            ),
            texts=tuple(Text(name, words.text) for name, words in row.variants.items()),
            proofs=(row.code,),
            standing=standing_of(row.origin, knowledge),
        )


def _exercises(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for row in knowledge.library.exercises.values():
        caution = Text("caution", row.caution, row.patient_caution)
        changes = tuple(Text(change_words(m), m.text, m.patient_text) for m in row.modifications)
        yield KnowledgeEntry(
            id=row.id,
            section="exercise",
            title=row.title,
            words=f"{row.phase.capitalize()} phase; {row.position}; {row.kit}. {doses_in_words(row)} "
            f"Trains: {', '.join(row.components)}.",
            effects=name_groups(
                {
                    "Needs the gate": sorted(row.needs),
                    "Kept out while these forbid": sorted(row.breaks, key=number_of),
                    "Technique keeps to": sorted(row.respects, key=number_of),
                    "Progresses to": list(row.progresses_to),
                }
            ),
            texts=(Text("how it is done", row.text, row.patient_text), *([caution] if row.caution else ()), *changes),
            proofs=(row.id, *(modification_id(row, m) for m in row.modifications)),
            note=NEVER_PLANNED.get(row.id, ""),
            statements=row.origin.statements,
            standing=standing_of(row.origin, knowledge),
        )


def _never(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for row in knowledge.library.never:
        while_ = f"Avoided while {row.forbidden_while} forbids." if row.forbidden_while else "Avoided in every plan."
        later = (Text("afterwards", row.afterwards, row.patient_afterwards),) if row.afterwards else ()
        yield KnowledgeEntry(
            id=row.id,
            section="never",
            title=row.title,
            words=row.text,
            effects=(while_, *name_groups({"Would break": sorted(row.breaks, key=number_of)})),
            texts=(Text("in the plan", row.text, row.patient_text), *later),
            proofs=(row.id,),
            statements=row.origin.statements,
            standing=standing_of(row.origin, knowledge),
        )


def _programme(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    row = knowledge.library.programme
    yield KnowledgeEntry(
        id="programme",
        section="programme",
        title="Sessions, minutes, months",
        words=f"{row.frequency}-{row.frequency_max} sessions of {row.minutes} minutes a week, never on two "
        f"days in a row, for {row.months} months (at least {row.months_minimum}).",
        effects=("Output guard GU5 holds every plan to it; less needs the clinician's reason (S19).",),
        texts=tuple(Text(name, text) for name, text in row.texts.items()),
        statements=row.origin.statements,
        standing=standing_of(row.origin, knowledge),
    )


def _advice(rows: tuple[Advice, ...], knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for id_, row in zip(advice_ids(rows), rows, strict=True):
        text, patient = fill(row.text, knowledge), fill(row.patient_text, knowledge)
        yield KnowledgeEntry(
            id=id_,
            section=ADVICE_SECTIONS.get(row.kind, "referral"),
            title=fill(row.title, knowledge),
            words=text,
            effects=(f"When: {condition_words(row.when).replace('-', ' ')}.",),
            texts=(Text("in the plan", text, patient),),
            proofs=(id_,),
            statements=row.origin.statements,
            standing=standing_of(row.origin, knowledge),
        )
