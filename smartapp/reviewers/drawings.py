"""Rows of drawings.toml -> the entries a clinician reads and signs."""

from collections.abc import Iterator

from smartapp.core.drawings import CrossedDrawing, DrawingChange
from smartapp.core.knowledge import Knowledge
from smartapp.core.signatures import Origin
from smartapp.reviewers.entry import KnowledgeEntry, Text, standing_of


def drawing_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    table = knowledge.drawings
    yield _entry(knowledge, "drawings", "All drawings", table.words, table.origin)
    for move in table.movements.values():
        texts = (Text("beside what is crossed out", "", move.patient_text),)
        words = f"Not drawn where a limit takes out {', '.join(move.unless_removed)}."
        yield _entry(knowledge, move.id, move.title, words, move.origin, texts)
    for crossed in table.crossed.values():
        yield _entry(knowledge, crossed.id, f"For {crossed.of}", _crossed(crossed), crossed.origin)
    for change in table.changes:
        yield _entry(knowledge, change.id, ", ".join(change.exercises), _change(change), change.origin)


def _crossed(row: CrossedDrawing) -> str:
    states = f", while {' or '.join(row.states)}" if row.states else ""
    return f"{row.drawing} under a cross{states}; beside it the first that fits of {', '.join(row.instead)}."


def _change(row: DrawingChange) -> str:
    done = "not drawn" if row.hidden else f"drawn without {', '.join(row.without)}"
    return f"With {' or '.join(row.when)}: {done}."


def _entry(
    knowledge: Knowledge, id_: str, title: str, words: str, origin: Origin, texts: tuple[Text, ...] = ()
) -> KnowledgeEntry:
    return KnowledgeEntry(
        id=id_,
        section="drawing",
        title=title,
        words=words,
        statements=origin.statements,
        texts=texts,
        standing=standing_of(origin, knowledge),
    )
