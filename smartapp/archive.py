"""What was signed <-> the JSON the store keeps of it, in one form per version.

Read strictly: what is kept must be exactly what is understood, so that a renamed or unknown field refuses the whole
record instead of dropping a line of it. Whoever changes a type of the line raises VERSION, adds to RAISED how a record
of the version before becomes one of the new, and keeps a sample of each in ``tests/store/samples``.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from functools import cache
from types import MappingProxyType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from smartapp.core.chart import Chart
from smartapp.core.derive.canonical import canonical_chart
from smartapp.core.fingerprint import digest
from smartapp.core.proposal import SignedPlan
from smartapp.ehr.deliver.plan import WritePlan
from smartapp.errors import KeptElsewhere
from smartapp.fhir.systems import EXAMPLE

VERSION = 5
SAME_PLAN_SINCE = 5  # the form since which a plan has the fields it has today
_RECEIPT = "receipt"


@dataclass(frozen=True)
class Record:
    """A signature as kept: the plan, what was decided about the EHR, and where and why it was signed."""

    signed: SignedPlan
    write_plan: WritePlan
    ehr: str = ""  # key in the issuers file
    instead_of: str = ""  # plan id of the same plan, which the chart had lost or taken back
    reason: str = ""  # why it was signed again
    facts: Chart | None = None  # the chart as read, where the plan's own holds what reports and statements stand for

    @property
    def as_read(self) -> Chart:
        """What the decision was derived from. Of a record before version 4, the chart as it was derived."""
        return self.facts or self.signed.proposal.assessment.chart


def facts_beside(signed: SignedPlan, as_read: Chart) -> Chart | None:
    """The chart as read, unless the plan holds the very same one."""
    return None if canonical_chart(as_read) == signed.proposal.assessment.chart else as_read


def to_json(value: Any) -> Any:
    """A frozen value of the line as JSON values, every field of it. Raises TypeError for any other."""
    import msgspec  # noqa: PLC0415 -- a start need not wait for it

    # Not straight from the value: of one it has read, msgspec would leave out the fields that were not there.
    return msgspec.json.decode(msgspec.json.encode(asdict(value), order="deterministic"))


def kept_json(record: Record) -> dict[str, Any]:
    return {"version": VERSION, **to_json(record)}


def sealed_receipt(
    receipt: Mapping[str, Any], record: Mapping[str, Any], mac: Callable[[str, str], str]
) -> dict[str, Any]:
    """A receipt to take along, with what was signed, so that it can be made again (``smartapp replay``)."""
    whole = {**receipt, "record": dict(record)}
    return {**whole, "seal": mac(_RECEIPT, digest(whole))}


def is_sealed(receipt: Mapping[str, Any], is_mac: Callable[[str, str, str], bool]) -> bool:
    """Whether nothing of it was changed since it was given out here."""
    told = {name: said for name, said in receipt.items() if name != "seal"}
    return is_mac(str(receipt.get("seal")), _RECEIPT, digest(told))


def record_in(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was signed, of a receipt or as the store keeps it; empty for a receipt that does not hold it."""
    found = value.get("record", value if "signed" in value else {})
    return found if isinstance(found, Mapping) else {}


def record_of(kept: Mapping[str, Any]) -> Record:
    """Raises KeptElsewhere for anything that is not, to the last field, a record of a version we know."""
    import msgspec  # noqa: PLC0415 -- a start need not wait for it

    value, version = dict(kept), kept.get("version", 0)
    try:
        while version != VERSION:
            value, version = RAISED[version](value), version + 1
        value.pop("version", None)
        msgspec.convert(value, _strict(Record))
        return msgspec.convert(value, Record)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KeptElsewhere("Kept by another version of Loadpath; not readable here.") from error


def chart_of(value: Any) -> Chart:
    """A chart of its JSON, in which what is as ever may be left out. Raises msgspec.ValidationError."""
    import msgspec  # noqa: PLC0415 -- a start need not wait for it

    return msgspec.convert(value, Chart)


@cache
def _strict(kind: Any) -> Any:
    """The type with every dataclass in it replaced by one that wants each of its fields and knows no other."""
    import msgspec  # noqa: PLC0415 -- a start need not wait for it

    if is_dataclass(kind):
        parts = [(name, _strict(hint)) for name, hint in get_type_hints(kind).items()]
        return msgspec.defstruct(kind.__name__, parts, forbid_unknown_fields=True)  # type: ignore[union-attr]
    origin, arguments = get_origin(kind), tuple(map(_strict, get_args(kind)))
    if origin is None:
        return kind
    return Union[arguments] if origin in (Union, UnionType) else origin[arguments]  # noqa: UP007 -- made at run time


# What every chart of version 0 says, which knew no records of other patients and no medicine that could not be told.
_NEW_IN_1: Mapping[str, tuple[str, bool]] = MappingProxyType(
    {"unreadable": ("of_another", False), "medications": ("untold", False)}
)
_NAMES_IN_2: Mapping[str, str] = MappingProxyType(
    {"rung": "method", "below": "fallbacks", "carrier": "document", "carriers": "documents"}
)


_NEW_IN_3: Mapping[str, Any] = MappingProxyType(
    {"constraints": [], "track": None, "treatment": [], "work_up": [], "not_understood": []}
)
_OF_CHARTS_IN_3: Mapping[str, Any] = MappingProxyType(
    {"orders": [], "unrecognised": [], "reports": [], "medicines_unread": False}
)
_OF_DIAGNOSES_IN_3: Mapping[str, Any] = MappingProxyType(
    {"around": "", "collapse": {"height_loss": None, "kyphosis": None, "canal_loss": None, "curve": None}}
)
_OF_ALERTS_IN_3: Mapping[str, Any] = MappingProxyType(
    {"work_up": [], "lifted_by": [], "concern": "danger", "refer_to": "", "refer_within": None}
)


# Of the program: what no plan said before there were ramp, visits, home sets and measures. Nothing is made up for it.
_OF_PROPOSALS_IN_3: Mapping[str, Any] = MappingProxyType(
    {"waived": [], "ramp": None, "visits": None, "priority": None, "reviews": [], "measures": [], "patient_texts": None}
)
_OF_ACTIVITIES_IN_3: Mapping[str, Any] = MappingProxyType(
    {"fitt": None, "block": None, "home_note": "", "variant": [], "turn": "every"}
)
_OF_GOALS_IN_3: Mapping[str, Any] = MappingProxyType(
    {"row": "", "measure_text": "", "baseline": None, "baseline_on": None, "at_evaluation": False}
)


def _from_0(value: dict[str, Any]) -> dict[str, Any]:
    """Version 0 had no marker, wrote UTC as an offset, and said neither which EHR nor which systems it was for."""
    signed, proposal = value["signed"], value["signed"]["proposal"]
    chart = {**proposal["assessment"]["chart"], "left_out": 0}
    for facts, (name, said) in _NEW_IN_1.items():
        chart[facts] = [{**fact, name: said} for fact in chart[facts]]
    unreadable = [{**line, "of_another": False} for line in proposal["assessment"]["unreadable"]]
    assessment = {**proposal["assessment"], "chart": chart, "unreadable": unreadable}
    signed = {**signed, "proposal": {**proposal, "assessment": assessment}}
    signed["signed_at"] = signed["signed_at"].replace("+00:00", "Z")
    writing = {**value["writing"], "systems": to_json(EXAMPLE)}  # the only ones there were
    return {"signed": signed, "writing": writing, "ehr": "", "instead_of": "", "reason": ""}


def _from_1(value: dict[str, Any]) -> dict[str, Any]:
    """Version 1 had other names for what was decided about the EHR, and no topic for what was not understood."""
    write_plan = _renamed(value["writing"])
    write_plan["planned"] = [_renamed(each) for each in write_plan["planned"]]
    signed, proposal = value["signed"], value["signed"]["proposal"]
    assessment = _with_topics(proposal["assessment"])
    assessment["chart"] = _with_topics(assessment["chart"])
    signed = {**signed, "proposal": {**proposal, "assessment": assessment}}
    kept = {name: each for name, each in value.items() if name != "writing"}
    return {**kept, "signed": signed, "write_plan": write_plan}


def _from_2(value: dict[str, Any]) -> dict[str, Any]:
    """Version 2 knew of no limits beside the fracture, no named work-up, no orders of others and no doses given; nor
    which hip was scanned, what notes say in numbers, the laboratory's marks, and whether all medicines were read."""
    signed, proposal = value["signed"], value["signed"]["proposal"]
    signed = {**signed, "decisions": _new(signed["decisions"])}
    chart = {**_said_in_3(proposal["assessment"]["chart"]), **_OF_CHARTS_IN_3}
    chart["diagnoses"] = [{**each, **_OF_DIAGNOSES_IN_3} for each in chart["diagnoses"]]
    chart["measurements"] = [{**each, "side": "", "mark": None} for each in chart["measurements"]]
    chart["plans"] = [{name: said for name, said in each.items() if name != "summary"} for each in chart["plans"]]
    for each in chart["diagnoses"]:
        each["fracture"] = each["fracture"] and {**each["fracture"], "of_known": False}
    chart["medications"] = [{**each, "last": None, "given": False, "every": None} for each in chart["medications"]]
    chart["attestations"] = [{**each, "value": ""} for each in chart["attestations"]]
    assessment = {**_said_in_3(proposal["assessment"]), **_NEW_IN_3, "chart": chart, "broken_on": None}
    assessment["alerts"] = [{**each, **_OF_ALERTS_IN_3} for each in assessment["alerts"]]
    in_words = {"patient_text_es": "", "patient_text_id": ""}
    assessment["restrictions"] = [{**each, **in_words} for each in assessment["restrictions"]]
    proposal = {**_with_program(proposal), "assessment": assessment}
    return {**value, "signed": {**signed, "proposal": proposal, "left_open": []}}


def _from_3(value: dict[str, Any]) -> dict[str, Any]:
    """Version 3 kept only the chart with what was derived into it."""
    return {**value, "facts": None}


def _from_4(value: dict[str, Any]) -> dict[str, Any]:
    """Before version 5 every plan began a year and minutes of its own, and a signature was for a whole plan."""
    signed, proposal = value["signed"], value["signed"]["proposal"]
    ramp, visits = proposal["ramp"], proposal["visits"]
    proposal = {
        **proposal,
        "continues": None,
        "ramp": ramp and {**ramp, "begun": proposal["start"], "first": ramp["start"]},
        "visits": visits and {**visits, "order": 1},
    }
    return {**value, "signed": {**signed, "proposal": proposal, "signs": "plan", "care_plan": "", "outcome": []}}


def _with_program(proposal: dict[str, Any]) -> dict[str, Any]:
    """Before version 3 the referral was for the program of the whole year, and what was done at home was done daily."""
    referral = proposal["referral"] and {
        **proposal["referral"], "timing": _timed(proposal["referral"]["timing"]), "quantity": 0,
    }  # fmt: skip
    return {
        **proposal,
        **_OF_PROPOSALS_IN_3,
        "referral": referral,
        "program": referral and referral["timing"],
        "decisions": _new(proposal["decisions"]),
        "activities": [_at_home(each) for each in proposal["activities"]],
        "goals": [{**each, **_OF_GOALS_IN_3} for each in proposal["goals"]],
        "session": [{**each, "odd": [], "even": [], "code": None} for each in proposal["session"]],
    }


def _new(decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Before version 3 no decision was carried on from an earlier plan."""
    return [{**each, "signed_on": None} for each in decisions]


def _at_home(activity: dict[str, Any]) -> dict[str, Any]:
    kept = {name: each for name, each in activity.items() if name != "home"}
    home_set = "daily" if activity["home"] else None
    return {**kept, **_OF_ACTIVITIES_IN_3, "home_set": home_set, "timing": _timed(activity["timing"])}


def _timed(timing: dict[str, Any] | None) -> dict[str, Any] | None:
    return timing and {**timing, "minutes_max": None, "count": None}


def _renamed(value: Mapping[str, Any]) -> dict[str, Any]:
    return {_NAMES_IN_2.get(name, name): each for name, each in value.items()}


def _with_topics(said: dict[str, Any]) -> dict[str, Any]:
    return {**said, "unreadable": [{**line, "topic": None} for line in said["unreadable"]]}


def _said_in_3(said: dict[str, Any]) -> dict[str, Any]:
    """Before version 3 what was not understood had its words and its date in one sentence."""
    return {**said, "unreadable": [{**line, "said": "", "on": None} for line in said["unreadable"]]}


RAISED: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = MappingProxyType(
    {0: _from_0, 1: _from_1, 2: _from_2, 3: _from_3, 4: _from_4}
)
