"""Texts for patients and goals -> the entries a clinician and a translator read and sign."""

from collections.abc import Iterator

from smartapp.core.goals import GoalTarget
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.activities import fill
from smartapp.core.review.results import range_words
from smartapp.reviewers.entry import KnowledgeEntry, Text, standing_of


def pain_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for row in knowledge.library.pain.values():
        yield KnowledgeEntry(
            id=row.id,
            section="pain",
            title="",
            words=fill(row.text, knowledge),
            effects=("A sentence of the line on pain: initial phase, or pain that holds a step up.",),
            statements=row.origin.statements,
            standing=standing_of(row.origin, knowledge),
        )


def patient_text_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for row in knowledge.library.patient_texts.values():
        yield KnowledgeEntry(
            id=row.id,
            section="patient-text",
            title=row.name,
            words=row.en,
            effects=("Told to the patient where the plan is as its name says.",),
            texts=(Text("in Spanish", row.name_es, row.es),),
            statements=row.origin.statements,
            standing=standing_of(row.origin, knowledge),
        )


def goal_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for row in knowledge.library.goals:
        yield KnowledgeEntry(
            id=row.id,
            section="goal",
            title=row.text,
            words=f"{row.text}; due {_due(row)} after the start.",
            effects=(f"Measured as: {', '.join(row.tests) or row.measure or 'text only'}.",),
            texts=(Text("in the plan", row.text, row.patient_text),),
            proofs=(row.id,),
            statements=row.origin.statements,
            standing=standing_of(row.origin, knowledge),
        )


def _due(row: GoalTarget) -> str:
    return f"{row.due_weeks} weeks" if row.due_weeks is not None else f"{row.due_months} months"


def test_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    """The tests a plan is measured by, values a clinician may enter, and the tests that are never asked for."""
    for row in knowledge.library.tests.values():
        yield KnowledgeEntry(
            id=row.id,
            section="measure",
            title=row.title,
            words=f"{row.title}. {row.cut_off or 'No cut-off: trend only'}.",
            effects=(
                f"Smallest change that counts: {row.change if row.change is not None else 'not known'}.",
                *((f"On the page: {range_words(row)}",) if row.between else ()),
                *((f"Told beyond the cut-off: {row.at_risk_note}",) if row.at_risk_note else ()),
            ),
            statements=row.origin.statements,
            standing=standing_of(row.origin, knowledge),
        )
    for value in knowledge.library.values.values():
        sites = f", measured at {', '.join(value.sites)}" if value.sites else ""
        yield KnowledgeEntry(
            id=value.id,
            section="measure",
            title=value.title,
            words=f"{value.title}, entered by a clinician where it is missing or could not be read{sites}.",
            effects=(f"On the page: {range_words(value)}", "Counts as one of the chart does; ends no stop."),
            statements=value.origin.statements,
            standing=standing_of(value.origin, knowledge),
        )
    for never in knowledge.library.never_tests:
        yield KnowledgeEntry(
            id=never.id,
            section="measure",
            title=never.title,
            words=f"Never asked for: {never.why}.",
            effects=("Named in no plan, referral or paper as a test.",),
            statements=never.origin.statements,
            standing=standing_of(never.origin, knowledge),
        )
