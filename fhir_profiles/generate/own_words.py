"""What the codes mean that no row of the knowledge describes: topics of cards, dispositions."""

from collections.abc import Mapping
from types import MappingProxyType

from smartapp.core.hooks import CardTopic
from smartapp.core.states import Disposition

TOPICS: Mapping[CardTopic, str] = MappingProxyType(
    {
        CardTopic.NO_EXERCISE: "A hard stop is on record: refer first, prescribe no exercise. A critical card.",
        CardTopic.ORDER_CONFLICT: (
            "An order asks for manual therapy of the spine, or for a movement, that is forbidden now after the lumbar "
            "fracture."
        ),
        CardTopic.CONFIRM_FIRST: (
            "Fracture, cause, bone or a limit must be cleared up before any exercise is prescribed; the card asks what "
            "would change the most."
        ),
        CardTopic.DUPLICATE_ORDER: "Physical therapy is ordered already; this would be a second referral.",
        CardTopic.ORDER_WITHOUT_RESTRICTIONS: (
            "An order for physical therapy does not say which movements the lumbar fracture forbids today."
        ),
        CardTopic.REFER_TO_THERAPY: (
            "Osteopenia and a lumbar fracture, and neither a plan nor an order for physical therapy yet."
        ),
        CardTopic.SIGNED_ORDER: (
            "A plan is signed in Loadpath and its order for physical therapy waits to be signed in the EHR."
        ),
    }
)
DISPOSITIONS: Mapping[Disposition, str] = MappingProxyType(
    {
        Disposition.PRESCRIBE: "A program can be prescribed within its limits, once a clinician signs it.",
        Disposition.PRESCRIBE_WITH_REVIEW: (
            "A program can be prescribed once a clinician has looked at what the alerts ask to look at, and signs it."
        ),
        Disposition.CONFIRM_FIRST: "Nothing is prescribed until something is cleared up, such as cause or bone.",
        Disposition.REFER_NO_PRESCRIPTION: "A hard stop: the patient is referred, and nothing is prescribed.",
        Disposition.NOT_APPLICABLE: "The rules are not about this patient: no lumbar fracture with osteopenia.",
    }
)
