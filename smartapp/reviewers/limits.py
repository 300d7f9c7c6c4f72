"""Whole-patient constraints, their sets and swaps -> the entries a clinician reads and signs."""

from collections.abc import Iterator
from dataclasses import fields

from smartapp.core.constraints import ConstraintRule, Trigger
from smartapp.core.knowledge import Knowledge, RestrictionText
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
    for id_, origin in table.origins:
        yield KnowledgeEntry(
            id=id_,
            section="constraint",
            title=titles[id_],
            words=words[id_],
            statements=origin.statements,
            effects=(),
            standing=standing_of(origin, knowledge),
        )
    for rule in table.rules:
        yield _entry(rule, knowledge)
    yield from course_entries(knowledge)


def _entry(rule: ConstraintRule, knowledge: Knowledge) -> KnowledgeEntry:
    severity = "" if rule.alert is None else f"Raises {rule.alert}{' at its lower severity' if rule.eased else ''}."
    effects = (
        *name_groups(
            {
                "Leaves out": [] if rule.keeps else list(rule.removes),
                "Only these stay": list(rule.keeps),
                "Not alone at home": list(rule.not_alone),
                "On the free side only": list(rule.one_sided),
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


def texts_of_restriction(restriction: RestrictionText) -> Iterator[Text]:
    """Its words in each state, then where limits leave no room for its usual alternative."""
    for state, (clinician, patient) in restriction.texts.items():
        yield Text(str(state), clinician, patient)
        yield Text("in Spanish", "", restriction.spanish[state][1])
    for row in restriction.limited:
        places = {"on the track": row.tracks, "without": row.without, "in the phase": row.phases}
        where = "; ".join(f"{place} {', '.join(named)}" for place, named in places.items() if named)
        instead = f"Instead: {row.instead}." if row.instead else ""
        yield Text(f"{', '.join(row.states)}, {where}", instead, row.patient)
        yield Text("in Spanish", "", row.patient_es)
