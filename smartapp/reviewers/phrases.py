"""Phrases of free text -> the entries a clinician reads and signs: the words, what they are taken for, sentences."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from smartapp.core.knowledge import Knowledge
from smartapp.core.phrases import PhraseKind
from smartapp.reviewers.entry import KnowledgeEntry, Text, standing_of

_READ_AS: Mapping[PhraseKind, str] = MappingProxyType(
    {
        PhraseKind.DIAGNOSIS: "A diagnosis without a code we know, in these words (a danger also beside one), is",
        PhraseKind.MORPHOLOGY: "A fracture in these words, where no code says its form, is taken as",
        PhraseKind.HEALING: "A fracture without a code we know, in these words, heals as by the seventh character",
        PhraseKind.LEVEL: "In these words a fracture or procedure is at",
        PhraseKind.REGION: "In these words a fracture or procedure is of the region",
        PhraseKind.PROCEDURE: "A procedure without a code we know, in these words, is taken as",
        PhraseKind.MEASUREMENT: "A result without a code we know, in these words, is taken as",
        PhraseKind.SMOKING: "An answer without a code we know, in these words, is taken as",
        PhraseKind.TOPIC: "A record that is not understood and has these words is asked about as one of",
        PhraseKind.SIGN: "These words are a sign that tells texts apart:",
    }
)


def phrase_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
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
