"""How a record is read (code systems, words) -> the entries a clinician reads and signs."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from smartapp.core.knowledge import Knowledge
from smartapp.core.phrases import PhraseKind
from smartapp.reviewers.entry import KnowledgeEntry, Text, standing_of

_READ_AS: Mapping[PhraseKind, str] = MappingProxyType(
    {
        PhraseKind.DIAGNOSIS: "A diagnosis without a code we know, in these words (a danger also beside one), is",
        PhraseKind.IMAGING: "The report of an image in these words, unless it denies them, shows",
        PhraseKind.MORPHOLOGY: "A fracture in these words, where no code says its form, is taken as",
        PhraseKind.HEALING: "A fracture without a code we know, in these words, heals as by the seventh character",
        PhraseKind.LEVEL: "In these words a fracture or procedure is at",
        PhraseKind.REGION: "In these words a fracture or procedure is of the region",
        PhraseKind.PROCEDURE: "A procedure without a code we know, in these words, is taken as",
        PhraseKind.ORDER: "An order, device, plan, flag or note of somebody else in these words orders",
        PhraseKind.MEDICATION: "A medicine in these words, whatever its code, means",
        PhraseKind.MEASUREMENT: "A result without a code we know, in these words, is taken as",
        PhraseKind.NUMBER: "A count in these words is",
        PhraseKind.AID: "A walking test in these words was done with the aid",
        PhraseKind.SMOKING: "An answer without a code we know, in these words, is taken as",
        PhraseKind.TOPIC: "A record of which no code and no word is understood, but these, is asked about as",
        PhraseKind.SIGN: "These words are a sign that tells texts apart:",
    }
)


def reading_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    yield from _system_entries(knowledge)
    yield from _phrase_entries(knowledge)


def _system_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    """The code systems; the codes themselves stand in codes.csv."""
    for system in knowledge.codes.systems.by_id.values():
        parent = f"What no row of its own says is read as in {system.parent}, as far as {system.shared} characters."
        shapes = (f"Codes of the form {shape} are read as {other}." for other, shape in system.shapes.items())
        yield KnowledgeEntry(
            id=system.id,
            section="system",
            title=" · ".join(filter(None, (system.title, system.country))),
            words="; ".join(system.addresses),
            statements=system.origin.statements,
            effects=(*((parent,) if system.parent else ()), *shapes),
            standing=standing_of(system.origin, knowledge),
        )


def _phrase_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    for row in knowledge.phrases.rows:
        unless = f" Not where the text says: {'; '.join(row.unless)}." if row.unless else ""
        yield KnowledgeEntry(
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
            standing=standing_of(row.origin, knowledge),
        )
