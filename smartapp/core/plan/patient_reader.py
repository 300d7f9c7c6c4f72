"""One patient as a reader: language, what limits have taken out, and the words of the knowledge for that reader."""

import re
from dataclasses import dataclass
from functools import cached_property

from smartapp.core.assessment import Assessment
from smartapp.core.knowledge import Knowledge
from smartapp.core.patient_texts import SPANISH, PatientText
from smartapp.core.plan.guards import ready
from smartapp.core.plan.pain import is_comfort_care
from smartapp.core.plan.patient_sentences import HINGING, LYING, STANDING, WALKING, filled, without
from smartapp.core.proposal import Proposal
from smartapp.core.states import Track
from smartapp.core.thresholds import ThresholdName

_LYING = frozenset({"E02", "E03", "E08"})
_PUSHING = frozenset({"E17", "E25", "E46"})
_HINGING = frozenset({"E06", "E20"})
_WALKS = frozenset({"E11", "E27"})


@dataclass(frozen=True)
class Reader:
    proposal: Proposal
    knowledge: Knowledge
    language: str

    @property
    def assessment(self) -> Assessment:
        return self.proposal.assessment

    @property
    def spanish(self) -> bool:
        return self.language == SPANISH

    @cached_property
    def ready(self) -> frozenset[str]:
        """The exercises that may be started now, by id."""
        return frozenset(activity.id for activity in ready(self.proposal))

    @cached_property
    def comfort(self) -> bool:
        """Palliative care: what is wished, and nothing to reach (rule book 2c, CX15)."""
        return is_comfort_care(self.assessment)

    @cached_property
    def in_very_strong_pain(self) -> bool:
        pain = self.assessment.pain
        return pain is not None and pain >= self.knowledge.number(ThresholdName.PAIN_SEVERE_FROM)

    @cached_property
    def cannot_lie(self) -> bool:
        return self.assessment.removed.keys() >= _LYING

    @cached_property
    def cannot_push(self) -> bool:
        return self.assessment.removed.keys() >= _PUSHING

    @cached_property
    def cannot_hinge(self) -> bool:
        return self.assessment.track is not Track.STANDING or self.assessment.removed.keys() >= _HINGING

    @cached_property
    def walks(self) -> bool:
        return not self.ready.isdisjoint(_WALKS)

    @cached_property
    def _removed(self) -> tuple[re.Pattern[str], ...]:
        if self.proposal.referral is None:  # rest, sitting and short walks are all there is
            out = not self.assessment.removed.keys().isdisjoint(_WALKS)
            return (WALKING,) if out else ()
        there = {
            WALKING: self.walks,
            LYING: not self.cannot_lie,
            HINGING: not self.cannot_hinge,
            STANDING: self.assessment.track is Track.STANDING,
        }
        return tuple(pattern for pattern, fits in there.items() if not fits)

    def fitting(self, text: str) -> str:
        """Without the sentences that name what limits have taken out."""
        return without(text, self._removed)

    def text(self, id_: str, **places: str) -> PatientText:
        """A row of the knowledge, its places filled in, without what does not fit."""
        said = self.always(id_, **places)
        return PatientText(id_, self.fitting(said.text), said.group, said.name)

    def always(self, id_: str, **places: str) -> PatientText:
        """The same, whole, whatever limits there are."""
        words = self.knowledge.library.patient_texts[id_]
        group = id_.partition(".")[0]
        return PatientText(id_, filled(words.text(self.language), places), group, words.title(self.language))
