"""How a plan is written -> the entries a clinician reads and signs."""

from collections.abc import Iterator

from smartapp.core.knowledge import Knowledge
from smartapp.reviewers.entry import KnowledgeEntry, standing_of


def written_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    """Every row of written.toml."""
    for group in knowledge.written.avoid:
        way = (f"Not beside {group.gives_way_to}: its words then stand in the program.",) if group.gives_way_to else ()
        yield KnowledgeEntry(
            id=group.id,
            section="written",
            title=group.title,
            words=f"One line of what to avoid for {', '.join(group.covers)}, while one of them forbids.",
            statements=group.origin.statements,
            effects=way,
            standing=standing_of(group.origin, knowledge),
        )
    home = knowledge.written.home
    low, high = home.minutes
    yield KnowledgeEntry(
        id=home.id,
        section="written",
        title="Minutes of the daily home set",
        words=f"{low} to {high} minutes a day.",
        statements=home.origin.statements,
        standing=standing_of(home.origin, knowledge),
    )
