"""One chart -> the row of its patient; each column is read off the assessment ``smartapp derive`` makes.

A list is a list in Parquet; in CSV its items stand between semicolons. What is not there is empty, and so is
``unreadable`` of a chart that was not read whole.
"""

from collections.abc import Mapping
from typing import Any

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Assessment
from smartapp.core.chart import Chart
from smartapp.core.states import Severity
from smartapp.render import gate_states

Row = Mapping[str, Any]
LIST = "VARCHAR[]"
# The first eight are stable names; the others may become more.
COLUMNS: Mapping[str, str] = {
    "patient": "VARCHAR",
    "disposition": "VARCHAR",
    "calendarPhase": "VARCHAR",
    "effectivePhase": "VARCHAR",
    "alerts": LIST,
    "treatment": LIST,  # state: drug
    "missing": LIST,
    "plan": "VARCHAR",
    "stops": LIST,
    "treatmentGap": "BOOLEAN",
    "prone": "VARCHAR",
    "resistedUpperBack": "VARCHAR",
    "highImpact": "VARCHAR",
    "fractureDate": "DATE",
    "levels": LIST,
    "healing": "VARCHAR",
    "unreadable": "INTEGER",
    "readWhole": "BOOLEAN",
    "asOf": "DATE",
    "knowledgeVersion": "VARCHAR",
}


def row_of(assessment: Assessment, whole: bool) -> dict[str, Any]:
    """``whole``: every record of the chart was read, because it may speak of a fracture."""
    gates, codes = gate_states(assessment), [alert.code for alert in assessment.alerts]
    stops = [alert.code for alert in assessment.alerts if alert.severity is Severity.STOP]
    return {
        "patient": assessment.chart.patient.reference,
        "disposition": assessment.disposition.value,
        "calendarPhase": assessment.calendar_phase and assessment.calendar_phase.value,
        "effectivePhase": assessment.effective_phase and assessment.effective_phase.value,
        "alerts": list(map(str, codes)),
        "treatment": [f"{each.state.value}: {each.drug.replace(';', ',')}" for each in assessment.treatment],
        "missing": [gap.concept for gap in assessment.gaps],
        "plan": plan_on_record(assessment.chart),
        "stops": list(map(str, stops)),
        "treatmentGap": AlertCode.TREATMENT_GAP in codes,
        "prone": gates["prone"],
        "resistedUpperBack": gates["resisted-upper-back"],
        "highImpact": gates["high-impact"],
        "fractureDate": assessment.broken_on and assessment.broken_on.isoformat(),
        "levels": sorted(assessment.levels),
        "healing": assessment.healing.value if assessment.levels or assessment.broken_on else None,
        "unreadable": len(assessment.unreadable) if whole else None,
        "readWhole": whole,
        "asOf": assessment.as_of.isoformat(),
        "knowledgeVersion": assessment.knowledge_version,
    }


def plan_on_record(chart: Chart) -> str | None:
    """The status of our newest CarePlan; of another record of ours where there is none."""
    plans = [plan for plan in chart.plans if plan.resource_type == "CarePlan"] or list(chart.plans)
    newest = max(plans, key=lambda plan: (str(plan.created or ""), plan.source.reference), default=None)
    return newest.status if newest else None
