"""Old or new? (rule book 2a, FC17, FC17b): the age of a fracture that only words give is asked for."""

from smartapp.core.alert_codes import AlertCode
from smartapp.core.concepts import Concept
from smartapp.core.derive.dangers import Hold
from smartapp.core.derive.facts import Facts, name_words, sources_of
from smartapp.core.derive.fracture import UNDATED_WORDS, Fractures
from smartapp.core.derive.notes import Noting, alert, gap, rule_missed
from smartapp.core.thresholds import ThresholdName

_ASKED = "a word on how old the fracture is"


def note_ages(fractures: Fractures, facts: Facts) -> Noting[tuple[Hold, ...]]:
    """A deformity, an age nobody knows, or an old fracture without a date: initial until it is answered."""
    holds: list[Hold] = []
    for episode in fractures.lumbar:
        records = tuple(r for r in episode.records if not r.concepts.isdisjoint(UNDATED_WORDS))
        if not records:
            continue
        words = ", ".join(name_words(r, facts.today) for r in records)
        if episode.start and episode.start.rule not in ("recorded", "encounter"):
            yield rule_missed("alert.fracture-age-unknown", f"{episode.start.text} {words}.", (), sources_of(records))
            continue
        said = frozenset().union(*(r.concepts for r in episode.records))
        unclear = Concept.FRACTURE_AGE_UNKNOWN in said or Concept.FRACTURE_NEW in said  # PH07 against PH08
        variant = "" if unclear else "old"
        yield alert(AlertCode.FRACTURE_AGE_UNKNOWN, f"Recorded: {words}.", sources_of(records), variant=variant)
        span = facts.knowledge.span(ThresholdName.PRESUMED_STABLE_FROM)
        asked = f"Is the fracture {span} old or more, and does it hurt?"
        yield gap("fracture-age", asked, "Until it is known the initial phase holds.")
        rule = "FC17" if unclear else "FC17b"
        holds.append(Hold(rule, "The age of the fracture is not known.", sources_of(records), _ASKED, initial=True))
    return tuple(holds)
