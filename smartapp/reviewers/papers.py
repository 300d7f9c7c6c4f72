"""Rows of papers.toml -> the entries a clinician reads and signs."""

from collections.abc import Iterator, Mapping

from smartapp.core.knowledge import Knowledge
from smartapp.core.signatures import Origin
from smartapp.reviewers.entry import KnowledgeEntry, Text, standing_of


def paper_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    papers = knowledge.papers
    for move in papers.safe:
        held = f" Left out where one of {', '.join(move.without)} is removed or waits." if move.without else ""
        where = ", ".join((*move.tracks, *move.phases))
        yield _entry(knowledge, move.id, "Called safe on page one", f"{move.text} ({where}).{held}", move.origin)
    for group in papers.precautions:
        told = f"One precaution of page one: {', '.join(group.restrictions)}."
        yield _entry(knowledge, group.id, group.title, told, group.origin)
    for row in papers.page_one:
        where = ", ".join((*row.tracks, *row.phases))
        told = f"First of a plan on page one ({where}): {', '.join(row.exercises)}."
        yield _entry(knowledge, row.id, "Exercises of page one", told, row.origin)
    for text in papers.texts.values():
        words = (*_texts("", text.en), *_texts("in Spanish", text.es))
        yield _entry(knowledge, text.id, f"Words of the {text.id}", "As printed:", text.origin, words)


def _texts(language: str, words: Mapping[str, str]) -> Iterator[Text]:
    for key, said in words.items():
        yield Text(" ".join(filter(None, (key, language))), said, "")


def _entry(
    knowledge: Knowledge, id_: str, title: str, words: str, origin: Origin, texts: tuple[Text, ...] = ()
) -> KnowledgeEntry:
    return KnowledgeEntry(
        id=id_,
        section="paper",
        title=title,
        words=words,
        statements=origin.statements,
        texts=texts,
        standing=standing_of(origin, knowledge),
    )
