"""Doses of exercises in words; sessions and the choice between twins -> the entries a clinician reads and signs."""

from collections.abc import Iterator

from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Dose, Exercise
from smartapp.core.sessions import TwinChoice
from smartapp.reviewers.entry import KnowledgeEntry, Text, name_groups, standing_of


def session_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    """Every row of sessions.toml but the programme."""
    yield from _sessions(knowledge)
    yield from _twins(knowledge)


def doses_in_words(row: Exercise) -> str:
    """Every dose, the plain one first; each with where it stands, home and the way on."""
    return " ".join(_dose(dose) for dose in reversed(row.doses))


def _dose(dose: Dose) -> str:
    asked = (sorted(dose.phases, key=lambda phase: phase.rank), sorted(dose.tracks), sorted(dose.pain))
    where = ", ".join(value for named in asked for value in named)
    fitt = dose.fitt
    steps = {"Step up": fitt.step_up, "Step down": fitt.step_down, "Ready": fitt.ready}
    told = "".join(f" {name}: {text}." for name, text in steps.items() if text)
    head = f"Dose{f' ({where})' if where else ''}, {dose.label}: {fitt.text}."
    return f"{head} Block {dose.block}; at home: {dose.home}.{told}"


def _sessions(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for row in {row.name: row for row in knowledge.library.templates.values()}.values():
        parts = [f"{block.title} {block.minutes} min" for block in row.blocks]
        groups = {
            "In every session": row.exercises,
            "In odd sessions": row.odd,
            "In even sessions": row.even,
            "At home, daily": row.daily,
            "At home, in a session": row.home_session,
            "Options, not ordered": row.optional,
        }
        yield KnowledgeEntry(
            id=f"session-{row.name}",
            section="session",
            title=f"Session: {row.name.replace('-', ' ')}",
            words=f"{'; '.join(parts)}.",
            effects=name_groups({k: list(ids) for k, ids in groups.items()}),
            texts=(
                Text("what the phase is for", row.focus, row.patient_focus),
                *([Text("what starts later", row.later)] if row.later else ()),
            ),
            statements=row.origin.statements,
            standing=standing_of(row.origin, knowledge),
        )


def _twins(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for row in knowledge.library.twins:
        yield KnowledgeEntry(
            id=row.name,
            section="session",
            title=f"One of {', '.join(sorted(row.ids))}",
            words="The first that holds: " + "; ".join(map(_choice, row.choices)) + ".",
            statements=row.origin.statements,
            standing=standing_of(row.origin, knowledge),
        )


def _choice(choice: TwinChoice) -> str:
    when = choice.when
    asked = [
        *(f"{phase} phase" for phase in sorted(when.phases, key=lambda phase: phase.rank)),
        *(f"gate {gate} open" for gate in sorted(when.gates)),
        *(
            f"{name} {bound}"
            for name, bound in (
                ("pain from", when.pain_at_least),
                ("chair stands below", when.chair_stands_below),
                ("timed up and go below", when.timed_up_and_go_below),
                ("semi-tandem stand below", when.semi_tandem_below),
                ("tandem stand below", when.tandem_below),
            )
            if bound is not None
        ),
        *([f"{when.removed} taken out"] if when.removed else []),
    ]
    variant = f" ({choice.variant})" if choice.variant else ""
    return f"{choice.exercise}{variant}{f' where {chr(44).join(asked)}' if asked else ''}"
