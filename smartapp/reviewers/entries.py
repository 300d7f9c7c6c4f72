"""Knowledge -> one :class:`Entry` per row: what it says, who says so, what rests on it, who signed it, which cases."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from types import MappingProxyType

from smartapp.core.knowledge import Knowledge, Reference
from smartapp.core.library import Advice, Condition, Exercise, Modification
from smartapp.core.phrases import PhraseKind
from smartapp.core.plan.activities import fill
from smartapp.core.proposal import Kind
from smartapp.core.signatures import Origin

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "evidence": "To whom the evidence applies",
        "statement": "Statements of the source document",
        "threshold": "Numbers the rules use",
        "restriction": "Movement restrictions",
        "alert": "Alerts",
        "phrase": "Words of a record",
        "exercise": "Exercises",
        "never": "Movements never selected",
        "programme": "Dose of the programme",
        "session": "Supervised session of each phase",
        "goal": "Goals",
        "nutrition": "Nutrition and habits",
        "education": "Education",
        "follow-up": "Follow-up",
        "referral": "Referral suggestions",
    }
)
# Statements no rule can fire: each with what it is there for.
RATIONALE: Mapping[str, str] = MappingProxyType(
    {
        "S40": "An effect size: shown as evidence, never a rule input (the seed's figures contradict each other, Q4).",
        "S44": "Date and review state of the source: carried by the knowledge version and the label of every plan.",
    }
)
# Rows that must never reach a plan: the proof is that no case does.
NEVER_PLANNED: Mapping[str, str] = MappingProxyType(
    {"E40": "Impact is never prescribed; at best a clinician decides on it outside the plan (S22, Q8)."}
)


@dataclass(frozen=True)
class Text:
    """Words of a row in one situation, for the clinician or therapist and for the patient (may be empty)."""

    situation: str
    clinician: str
    patient: str = ""


@dataclass(frozen=True)
class Standing:
    """Who says so, to whom it applies, and whether a named clinician has signed it."""

    label: str  # seed, guideline, ours
    sources: tuple[str, ...]  # ids of sources.toml, "probable" said where it is
    applicability: str
    review: str
    reviewer: str
    reviewed_on: str
    lapsed: str = ""  # whose signature was for other words; empty if none

    @property
    def signed(self) -> bool:
        return self.review == "signed"


@dataclass(frozen=True)
class Entry:
    """One row to be signed. ``id`` is what ``smartapp knowledge sign`` takes."""

    id: str
    section: str
    title: str
    words: str
    standing: Standing
    cites: str = ""  # citation numbers as printed in the seed
    grade: str = ""
    statements: tuple[str, ...] = ()  # the statements it rests on
    effects: tuple[str, ...] = ()  # what rests on it
    texts: tuple[Text, ...] = ()
    proofs: tuple[str, ...] = ()  # names of its rows in proof.csv
    note: str = ""  # why no case triggers it, where none does


def entries(knowledge: Knowledge) -> tuple[Entry, ...]:
    """Every row of the knowledge in the order of :data:`SECTIONS`."""
    library = knowledge.library
    others = (
        *_thresholds(knowledge),
        *_restrictions(knowledge),
        *_alerts(knowledge),
        *_phrases(knowledge),
        *_exercises(knowledge),
        *_never(knowledge),
        *_programme(knowledge),
        *_sessions(knowledge),
        *_goals(knowledge),
        *_advice(library.advice, knowledge),
    )
    order = list(SECTIONS)
    found = (*_evidence(knowledge), *_statements(knowledge, others), *others)
    return tuple(sorted(found, key=lambda entry: order.index(entry.section)))


def named_source(id_: str, sources: Mapping[str, Reference]) -> str:
    """``SIN10 (probable)``: a paper the seed only probably means is never shown without that word."""
    return f"{id_} (probable)" if sources[id_].label == "probable" else id_


def _standing(origin: Origin, knowledge: Knowledge) -> Standing:
    sources = tuple(named_source(id_, knowledge.sources) for id_ in origin.sources)
    signature = (origin.review, origin.reviewer, origin.reviewed_on, origin.lapsed)
    return Standing(origin.label.value, sources, origin.applicability, *signature)


def _evidence(knowledge: Knowledge) -> Iterator[Entry]:
    yield Entry(
        id="out-of-evidence",
        section="evidence",
        title="Whom the studies were about",
        words=knowledge.evidence_note,
        statements=("S45",),
        effects=("Shown with every plan; no rule reads it.",),
        standing=_standing(knowledge.evidence_origin, knowledge),
    )


def _statements(knowledge: Knowledge, others: Iterable[Entry]) -> Iterator[Entry]:
    resting: dict[str, dict[str, list[str]]] = {id_: {} for id_ in knowledge.statements}
    for entry in others:
        for id_ in entry.statements:
            resting[id_].setdefault(entry.section, []).append(_called(entry))
    for row in knowledge.statements.values():
        yield Entry(
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
            standing=_standing(row.origin, knowledge),
        )


def _called(entry: Entry) -> str:
    """How a statement names what rests on it: numbers by their sentence, alerts by name, the rest by id and title."""
    if entry.section == "threshold":
        return entry.words.rstrip(".")
    return entry.id if entry.section == "alert" else f"{entry.id} {entry.title}"


def _thresholds(knowledge: Knowledge) -> Iterator[Entry]:
    for row in knowledge.thresholds.values():
        packaged = f" (delivered: {row.packaged})" if row.packaged is not None else ""
        yield Entry(
            id=row.name,
            section="threshold",
            title=row.meaning,
            words=f"{row.meaning} {row.value} {row.unit}{packaged}.",
            statements=row.origin.statements,
            effects=("The cases below change their answer when the number is raised or lowered by one step.",),
            proofs=tuple(f"{row.name} {moved}" for moved in ("raised", "lowered")),
            standing=_standing(row.origin, knowledge),
        )


def _restrictions(knowledge: Knowledge) -> Iterator[Entry]:
    breaking = knowledge.library.exercises.values()
    for row in knowledge.restrictions.values():
        kept_out = [e.id for e in breaking if row.id in e.breaks]
        respecting = [e.id for e in breaking if row.id in e.respects]
        never = [n.id for n in knowledge.library.never if row.id in n.breaks]
        yield Entry(
            id=row.id,
            section="restriction",
            title=row.title,
            words=f"{row.movement} — {row.quality}. Instead: {row.instead}.",
            statements=row.origin.statements,
            effects=_named(
                {
                    "Exercises kept out while it forbids": kept_out,
                    "Exercises whose technique keeps to it": respecting,
                    "Movements never selected because of it": never,
                }
            ),
            texts=tuple(Text(str(state), *words) for state, words in row.texts.items()),
            proofs=tuple(f"{row.id} {state}" for state in row.texts),
            standing=_standing(row.origin, knowledge),
        )


def _named(groups: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(f"{words}: {', '.join(ids)}." for words, ids in groups.items() if ids)


_SEVERITY = {
    "stop": "Hard stop: nothing is prescribed, a referral is suggested",
    "review": "A clinician looks before signing",
    "info": "Information; the plan stands",
}


def _alerts(knowledge: Knowledge) -> Iterator[Entry]:
    library = knowledge.library
    for row in knowledge.alerts.values():
        urgency = f" ({row.urgency})" if row.urgency else ""
        eased = f" By circumstance only {row.eased}." if row.eased else ""
        changes = [e.id for e in library.exercises.values() if any(m.unless.alert == row.code for m in e.modifications)]
        advice = [
            id_ for id_, a in zip(advice_ids(library.advice), library.advice, strict=True) if a.when.alert == row.code
        ]
        yield Entry(
            id=row.code,
            section="alert",
            title=f"{row.severity}{urgency}",
            words=f"{row.text} {row.action}",
            statements=row.origin.statements,
            effects=(
                f"{_SEVERITY[row.severity]}.{eased}",
                *_named({"Exercises it changes": changes, "Advice it brings": advice}),
            ),
            texts=tuple(Text(name, text) for name, text in row.variants.items()),
            proofs=(row.code,),
            standing=_standing(row.origin, knowledge),
        )


_READ_AS: Mapping[PhraseKind, str] = MappingProxyType(
    {
        PhraseKind.DIAGNOSIS: "A diagnosis without a code we know, in these words, is taken as",
        PhraseKind.MORPHOLOGY: "A fracture in these words, where no code says its form, is taken as",
        PhraseKind.HEALING: "A fracture without a code we know, in these words, heals as by the seventh character",
        PhraseKind.LEVEL: "In these words a fracture or procedure is at",
        PhraseKind.REGION: "In these words a fracture or procedure is of the region",
        PhraseKind.PROCEDURE: "A procedure without a code we know, in these words, is taken as",
        PhraseKind.MEASUREMENT: "A result without a code we know, in these words, is taken as",
        PhraseKind.SMOKING: "An answer without a code we know, in these words, is taken as",
        PhraseKind.SIGN: "These words are a sign that tells texts apart:",
    }
)


def _phrases(knowledge: Knowledge) -> Iterator[Entry]:
    for row in knowledge.phrases.rows:
        unless = f" Not where the text says: {'; '.join(row.unless)}." if row.unless else ""
        yield Entry(
            id=row.id,
            section="phrase",
            title=row.title,
            words=f"{'; '.join(row.words)}.{unless}",
            statements=row.origin.statements,
            effects=(f"{_READ_AS[row.kind]} {row.means.replace('-', ' ')}.", f"Language: {row.language}."),
            texts=tuple(
                Text(where, said)
                for where, sentences in (("is found in", row.yes), ("is not found in", row.no))
                for said in sentences
            ),
            standing=_standing(row.origin, knowledge),
        )


def modification_id(exercise: Exercise, modification: Modification) -> str:
    """``E15 swap spinal-stenosis``: the exercise, what happens to it, and the fact that does it."""
    return f"{exercise.id} {modification.effect} {condition_words(modification.unless, '-')}"


def condition_words(condition: Condition, join: str = " ") -> str:
    """``kyphosis``, ``pain at least 4``: the facts of a condition; ``always`` where it asks for none."""
    said = []
    for field in fields(condition):
        value = getattr(condition, field.name)
        if field.name == "prescribes" and value is not None:
            said.append("with a plan" if value else "without a plan")
        elif isinstance(value, Decimal):
            said.append(f"{field.name.replace('_', join)}{join}{value}")
        elif value:
            said.append(str(value) if field.name in ("alert", "concept") else f"{field.name}{join}{value}")
    return ", ".join(said) or "always"


def _change_words(modification: Modification) -> str:
    swap = f" with {modification.swap_to}" if modification.swap_to else ""
    return f"{modification.effect}{swap}: {condition_words(modification.unless).replace('-', ' ')}"


def _exercises(knowledge: Knowledge) -> Iterator[Entry]:
    for row in knowledge.library.exercises.values():
        caution = Text("caution", row.caution, row.patient_caution)
        changes = tuple(Text(_change_words(m), m.text, m.patient_text) for m in row.modifications)
        yield Entry(
            id=row.id,
            section="exercise",
            title=row.title,
            words=f"{row.phase.capitalize()} phase; {row.position}; {row.kit}. Dose ({row.dose.label}): "
            f"{row.dose.text}. Trains: {', '.join(row.components)}.",
            effects=_named(
                {
                    "Needs the gate": sorted(row.needs),
                    "Kept out while these forbid": sorted(row.breaks, key=_number),
                    "Technique keeps to": sorted(row.respects, key=_number),
                    "Progresses to": list(row.progresses_to),
                }
            ),
            texts=(Text("how it is done", row.text, row.patient_text), *([caution] if row.caution else ()), *changes),
            proofs=(row.id, *(modification_id(row, m) for m in row.modifications)),
            note=NEVER_PLANNED.get(row.id, ""),
            statements=row.origin.statements,
            standing=_standing(row.origin, knowledge),
        )


def _number(id_: str) -> int:
    return int(id_[1:])


def _never(knowledge: Knowledge) -> Iterator[Entry]:
    for row in knowledge.library.never:
        while_ = f"Avoided while {row.forbidden_while} forbids." if row.forbidden_while else "Avoided in every plan."
        later = (Text("afterwards", row.afterwards, row.patient_afterwards),) if row.afterwards else ()
        yield Entry(
            id=row.id,
            section="never",
            title=row.title,
            words=row.text,
            effects=(while_, *_named({"Would break": sorted(row.breaks, key=_number)})),
            texts=(Text("in the plan", row.text, row.patient_text), *later),
            proofs=(row.id,),
            statements=row.origin.statements,
            standing=_standing(row.origin, knowledge),
        )


def _programme(knowledge: Knowledge) -> Iterator[Entry]:
    row = knowledge.library.programme
    yield Entry(
        id="programme",
        section="programme",
        title="Sessions, minutes, months",
        words=f"{row.frequency}-{row.frequency_max} supervised sessions of {row.minutes} minutes a week, never on two "
        f"days in a row, for {row.months} months (at least {row.months_minimum}).",
        effects=("Output guard GU5 holds every plan to it; less needs the clinician's reason (S19).",),
        texts=tuple(Text(name, text) for name, text in row.texts.items()),
        statements=row.origin.statements,
        standing=_standing(row.origin, knowledge),
    )


def _sessions(knowledge: Knowledge) -> Iterator[Entry]:
    for row in knowledge.library.templates.values():
        parts = [
            f"{block.title} {block.minutes} min{' (' + ', '.join(block.exercises) + ')' if block.exercises else ''}"
            for block in row.blocks
        ]
        groups = {"Always in the plan": row.mandatory, "At home, beside the sessions": row.home}
        yield Entry(
            id=f"session-{row.phase}",
            section="session",
            title=f"Session in the {row.phase} phase",
            words=f"{'; '.join(parts)}.",
            effects=_named({**{k: list(ids) for k, ids in groups.items()}, "Positions": sorted(row.positions)}),
            texts=(Text("what the phase is for", row.focus, row.patient_focus),),
            statements=row.origin.statements,
            standing=_standing(row.origin, knowledge),
        )


def _goals(knowledge: Knowledge) -> Iterator[Entry]:
    for row in knowledge.library.goals:
        yield Entry(
            id=row.id,
            section="goal",
            title=row.text,
            words=f"{row.text}; due {row.due_months} months after the start.",
            effects=(f"Measured as: {row.measure or 'text only'}.",),
            texts=(Text("in the plan", row.text, row.patient_text),),
            proofs=(row.id,),
            statements=row.origin.statements,
            standing=_standing(row.origin, knowledge),
        )


def advice_ids(advice: Iterable[Advice]) -> tuple[str, ...]:
    """An id per row: where several rows share one, of which the first that holds is used, numbered in their order."""
    rows = tuple(advice)
    several = {id_ for id_, count in Counter(row.id for row in rows).items() if count > 1}
    seen: Counter[str] = Counter()
    named = []
    for row in rows:
        seen[row.id] += 1
        named.append(f"{row.id}.{seen[row.id]}" if row.id in several else row.id)
    return tuple(named)


_SECTION_OF = {Kind.NUTRITION: "nutrition", Kind.EDUCATION: "education", Kind.FOLLOW_UP: "follow-up"}


def _advice(rows: tuple[Advice, ...], knowledge: Knowledge) -> Iterator[Entry]:
    for id_, row in zip(advice_ids(rows), rows, strict=True):
        text, patient = fill(row.text, knowledge), fill(row.patient_text, knowledge)
        yield Entry(
            id=id_,
            section=_SECTION_OF.get(row.kind, "referral"),
            title=fill(row.title, knowledge),
            words=text,
            effects=(f"When: {condition_words(row.when).replace('-', ' ')}.",),
            texts=(Text("in the plan", text, patient),),
            proofs=(id_,),
            statements=row.origin.statements,
            standing=_standing(row.origin, knowledge),
        )
