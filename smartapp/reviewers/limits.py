"""Whole-patient constraints, their sets, swaps and tracks -> the entries a clinician reads and signs."""

from collections.abc import Iterator
from dataclasses import fields

from smartapp.core.constraints import ConstraintRule, Trigger
from smartapp.core.knowledge import Knowledge, RestrictionText
from smartapp.core.library import Template
from smartapp.reviewers.courses import course_entries
from smartapp.reviewers.entry import KnowledgeEntry, Text, name_groups, standing_of


def constraint_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    """Every row of constraints.toml, then of program.toml."""
    table = knowledge.constraints
    words = {
        "exercise-sets": "Named sets of exercises; each constraint below names what it leaves out in full.",
        "exercise-swaps": "; ".join(f"{id_}: {', '.join(others)}" for id_, others in table.swaps.items()) + ".",
    }
    titles = {"exercise-sets": "Sets of exercises", "exercise-swaps": "What takes the place of a left-out exercise"}
    templates = {row.name: row for row in knowledge.library.tracks.values()}
    for id_, origin in table.origins:
        session = templates.get(id_)
        yield KnowledgeEntry(
            id=id_,
            section="constraint",
            title=titles.get(id_, f"Session: {id_.replace('-', ' ')}"),
            words=words[id_] if session is None else _session(session),
            statements=origin.statements,
            effects=(),
            standing=standing_of(origin, knowledge),
        )
    for rule in table.rules:
        yield _entry(rule, knowledge)
    yield from course_entries(knowledge)


def _session(row: Template) -> str:
    return "; ".join(f"{b.title} {b.minutes} min ({', '.join(b.exercises) or 'none'})" for b in row.blocks) + "."


def _entry(rule: ConstraintRule, knowledge: Knowledge) -> KnowledgeEntry:
    severity = "" if rule.alert is None else f"Raises {rule.alert}{' at its lower severity' if rule.eased else ''}."
    effects = (
        *name_groups(
            {
                "Leaves out": [] if rule.keeps else list(rule.removes),
                "Only these stay": list(rule.keeps),
                "Not alone at home": list(rule.not_alone),
                "Goals and advice that fall away": list(rule.leaves_out),
            }
        ),
        *rule.changes,
        *filter(None, (severity, rule.question, "Closes the prone gate." if rule.closes_prone else "")),
        *((f"Programme: {rule.track}.",) if rule.track else ()),
    )
    return KnowledgeEntry(
        id=rule.name,
        section="constraint",
        title=rule.title,
        words="; or ".join(_when(trigger) for trigger in rule.when) + ".",
        statements=rule.origin.statements,
        effects=effects,
        texts=(
            Text("while it holds", rule.text, rule.patient_text),
            *((Text("in Spanish", "", rule.patient_text_es),) if rule.patient_text_es else ()),
        ),
        standing=standing_of(rule.origin, knowledge),
    )


def _when(trigger: Trigger) -> str:
    """The conjunction in words: every field that is set."""
    said = ((field.name.replace("_", " "), getattr(trigger, field.name)) for field in fields(Trigger))
    return " and ".join(f"{name}: {_value(value)}" for name, value in said if value not in ((), "", None))


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def texts_under_limits(restriction: RestrictionText) -> Iterator[Text]:
    """What is said of a restriction where limits leave no room for its usual alternative."""
    for row in restriction.limited:
        where = f"on the track {' or '.join(row.tracks)}" if row.tracks else f"without {', '.join(row.without)}"
        yield Text(f"{', '.join(row.states)}, {where}", f"Instead: {row.instead}.", row.patient)
