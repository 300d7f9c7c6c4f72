"""Pain (rule book 2.3): what the current score holds back."""

from smartapp.core.alert_codes import AlertCode
from smartapp.core.derive.facts import Facts, Pain
from smartapp.core.derive.notes import Notes, alert, nearly
from smartapp.core.threshold_names import ThresholdName


def note_pain(pain: Pain | None, facts: Facts) -> Notes:
    """PAIN_HOLD above 3; from 7 with a look at red flags."""
    if pain is None:
        yield nearly("alert.pain-hold", "No current pain score is recorded.", ("S07", "S42"))
        return
    why = f"{pain.value} of 10 on {pain.on}."
    if pain.value >= facts.knowledge.number(ThresholdName.PAIN_SEVERE_FROM):
        yield alert(AlertCode.PAIN_HOLD, why, [pain.source], variant="severe")
    elif pain.value > facts.knowledge.number(ThresholdName.PAIN_PERMITS_TO):
        yield alert(AlertCode.PAIN_HOLD, why, [pain.source])
    else:
        yield nearly("alert.pain-hold", f"Pain permits: {why}", ("S07", "S42"), [pain.source])
