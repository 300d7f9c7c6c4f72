"""Facts that are missing (missing is a gap, never a default): what to ask, and what changes with the answer."""

from smartapp.core.chart import AttestationName
from smartapp.core.derive.facts import Facts, Pain
from smartapp.core.derive.fracture_status import FractureStatuses
from smartapp.core.derive.notes import Notes, gap
from smartapp.core.threshold_names import ThresholdName

_MOST_NAMED = 5  # records named in one question; ours


def note_missing(standings: FractureStatuses, pain: Pain | None, facts: Facts) -> Notes:
    """Gaps no single rule owns: pain, fragility, and queries that did not complete."""
    days = facts.knowledge.whole(ThresholdName.PAIN_RECENT_WITHIN)
    permits, severe = (
        facts.knowledge.number(limit) for limit in (ThresholdName.PAIN_PERMITS_TO, ThresholdName.PAIN_SEVERE_FROM)
    )
    if pain is None:
        yield gap(
            "pain",
            f"What is the pain today, 0-10? (No score in the last {days} days.)",
            f"More than {permits} holds progression, {severe} or more the initial phase; resistance on the upper back "
            f"needs {permits} or less.",
        )
    if standings.all_healed and facts.attested(AttestationName.FRAGILITY_RESOLVED) is None:
        yield gap("fragility", "Has fragility resolved?", "Resistance on the upper back waits for a clinician's word.")
    yield from note_partial(facts)


def note_medicines(facts: Facts) -> Notes:
    """Medicines being taken of which the record does not say what they are."""
    untold = [m.source.reference for m in facts.chart.medications if m.untold and m.active]
    if untold:
        more = f" and {len(untold) - _MOST_NAMED} more" if len(untold) > _MOST_NAMED else ""
        yield gap(
            "medicines",
            f"Which medicine is it? {', '.join(untold[:_MOST_NAMED])}{more}: the record does not say. "
            "Is one a systemic glucocorticoid or a bone drug?",
            "A systemic glucocorticoid calls for a review and keeps bending forward and twisting strict for longer.",
        )


def note_partial(facts: Facts) -> Notes:
    for query in facts.chart.partial:
        yield gap(
            f"partial: {query}", f"Not everything could be read: {query}.", "A fact may be missing; check the chart."
        )
