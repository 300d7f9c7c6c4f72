"""One row of the knowledge as reviewers read it: what it says, who says so, what rests on it, who signed it, and which
cases prove it.

proof.csv and cases.csv beside this file are written from the case files by ``python -m tests.core.proof`` and tested to
be current.
"""

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from importlib import resources
from types import MappingProxyType

from smartapp.core.knowledge import Knowledge, Reference
from smartapp.core.library import Advice, Condition, Exercise, Modification
from smartapp.core.proposal import ActivityKind
from smartapp.core.signatures import Origin

SECTIONS: Mapping[str, str] = MappingProxyType(
    {
        "evidence": "To whom the evidence applies",
        "statement": "Statements of the source document",
        "threshold": "Numbers the rules use",
        "restriction": "Movement restrictions",
        "alert": "Alerts",
        "system": "Code systems of a record",
        "phrase": "Words of a record",
        "exercise": "Exercises",
        "never": "Movements never selected",
        "programme": "Dose of the programme",
        "session": "Supervised session of each phase",
        "constraint": "Limits of the whole patient",
        "written": "How a plan is written",
        "drawing": "Drawings",
        "paper": "Words of the papers",
        "course": "Course of the program: minutes, visits, urgency, reviews",
        "change": "What has changed since a plan was signed",
        "goal": "Goals",
        "pain": "Line on pain",
        "measure": "Tests",
        "patient-text": "Texts for patients",
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
    {
        "E40": "Impact is never prescribed; at best a clinician decides on it outside the plan (S22, Q8).",
        "E15": "The therapist's entry to E16, tried on the day (FT7); no fact orders it.",
        "E38": "An option beside the sessions, named and never ordered.",
        "E39": "An option beside the sessions, named and never ordered.",
    }
)

SEVERITIES = {
    "stop": "Hard stop: nothing is prescribed, a referral is suggested",
    "review": "A clinician looks before signing",
    "info": "Information; the plan stands",
}
ADVICE_SECTIONS = {
    ActivityKind.NUTRITION: "nutrition",
    ActivityKind.EDUCATION: "education",
    ActivityKind.FOLLOW_UP: "follow-up",
}


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
    doubt: str = ""  # what its source leaves open, or a clinician may question

    @property
    def signed(self) -> bool:
        return self.review == "signed"


@dataclass(frozen=True)
class KnowledgeEntry:
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


# -- words and ids of rows


def named_source(id_: str, sources: Mapping[str, Reference]) -> str:
    """``SIN10 (probable)``: a paper the seed only probably means is never shown without that word."""
    return f"{id_} (probable)" if sources[id_].label == "probable" else id_


def standing_of(origin: Origin, knowledge: Knowledge) -> Standing:
    sources = tuple(named_source(id_, knowledge.sources) for id_ in origin.sources)
    signature = (origin.review, origin.reviewer, origin.reviewed_on, origin.lapsed)
    return Standing(origin.label.value, sources, origin.applicability, *signature, origin.doubt)


def name_groups(groups: Mapping[str, list[str]]) -> tuple[str, ...]:
    return tuple(f"{words}: {', '.join(ids)}." for words, ids in groups.items() if ids)


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
        elif field.name == "healed" and value is not None:
            said.append("healed" if value else f"not{join}healed")
        elif isinstance(value, Decimal):
            said.append(f"{field.name.replace('_', join)}{join}{value}")
        elif value:
            said.append(str(value) if field.name in ("alert", "concept") else f"{field.name}{join}{value}")
    return ", ".join(said) or "always"


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


def change_words(modification: Modification) -> str:
    swap = f" with {modification.swap_to}" if modification.swap_to else ""
    return f"{modification.effect}{swap}: {condition_words(modification.unless).replace('-', ' ')}"


def short_name(entry: KnowledgeEntry) -> str:
    """How a statement names what rests on it: numbers by their sentence, alerts by name, the rest by id and title."""
    if entry.section == "threshold":
        return entry.words.rstrip(".")
    return entry.id if entry.section == "alert" else f"{entry.id} {entry.title}"


def number_of(id_: str) -> int:
    return int(id_[1:])


# -- proof


@dataclass(frozen=True)
class ProvingCase:
    """A case by id and words."""

    id: str
    title: str


@dataclass(frozen=True)
class Proven:
    """How many cases trigger a row, the most telling of them, and the one that just misses it."""

    cases: int
    triggered_by: tuple[ProvingCase, ...]
    just_missed_by: ProvingCase | None


@cache
def case_proofs() -> Mapping[str, Proven]:
    """By row: ``S04``, ``R1 strict``, ``vitd-missing``, ``E01``, ``N-CALCIUM.2`` ..."""
    titles = {row["id"]: ProvingCase(row["id"], row["title"]) for row in _rows("cases.csv")}
    return MappingProxyType(
        {
            row["row"]: Proven(
                int(row["cases"]),
                tuple(titles[id_] for id_ in row["triggered_by"].split()),
                titles.get(row["just_missed_by"]),
            )
            for row in _rows("proof.csv")
        }
    )


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
