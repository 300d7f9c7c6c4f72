"""Presence is not assertion: what says nothing reads as what is not there, and a date nobody lived loosens nothing.

Over every place of the made-up charts, with one danger or another beside them (and, at length, over third-party
records). ``LOADPATH_FUZZ`` sets how many are tried (docs/fuzzing.md).
"""

import copy
import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartapp.core.assessment import Assessment
from smartapp.core.derive import derive
from smartapp.errors import InputError
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.partial import decode_for_chart
from smartapp.knowledge import load
from tests.core.test_lost_dates import loosened
from tests.fhir.read.records import condition, observation, procedure, quantity
from tests.fuzz.shaped import places, share
from tests.fuzz.test_foreign_input import RESOURCES

KNOWLEDGE = load()
TODAY = date(2026, 3, 1)
NOTHING = st.sampled_from([None, "", " \t", {}, [], [None], [{}], {"coding": [{"code": None}]}])
SENTINELS = st.sampled_from(
    ["0001-01-01", "1753-01-01T00:00:00", "1840-12-31", "1900-01-01", "1970-01-01T00:00:00Z", "9999-12-31", "unknown",
     "1969-12-31T19:00:00-05:00", "2999-01-01T00:00:00Z", "1909"]
)  # fmt: skip
ACTIVE = {"coding": [{"code": "active"}]}
ENDED = {"clinicalStatus": {"coding": [{"code": "resolved"}]}, "abatementDateTime": "2026-01-05"}
BESIDE = (
    condition("G83.4", clinicalStatus=ACTIVE, onsetDateTime="2026-02-20"),
    condition("C90.00", clinicalStatus=ACTIVE, recordedDate="2025-02-20", abatementString="unknown"),
    condition("C90.01", **ENDED, onsetDateTime="2024-02-20"),
    condition("M46.26", onsetPeriod={"start": "2026-01-20"}, verificationStatus={"coding": [{"code": "provisional"}]}),
    condition("Z33.1", clinicalStatus=ACTIVE, onsetDateTime="2025-12-01"),
    condition("O80", **ENDED, onsetDateTime="2025-06-01"),
    condition("S32.020K", recordedDate="2026-02-01", onsetDateTime="2025-12-01"),
    condition("S32.030B", onsetAge={"value": 65, "unit": "a"}, recordedDate="2026-02-01"),
    condition("S32.040A", **ENDED, onsetDateTime="2025-10-01", bodySite=[{"text": "L4"}]),
    condition("R33.9", onsetDateTime="2026-02-01", clinicalStatus=ACTIVE),
    condition(text="Fracture of L5 vertebra", onsetDateTime="2026-01-01", encounter={"reference": "Encounter/e"}),
    procedure("22612", performedPeriod={"start": "2026-01-10", "end": "2026-01-11"}, bodySite=[{"text": "lumbar"}]),
    procedure("22514", performedDateTime="2025-11-11"),
    observation("80948-3", **quantity(-2.7, "{T-score}")),
    observation("72514-3", valueQuantity={"value": 8, "code": "{score}"}, effectiveDateTime="2026-02-25"),
    {"resourceType": "MedicationRequest", "id": "m", "status": "active", "authoredOn": "2025-12-01",
     "medicationCodeableConcept": {"text": "Prednisone 10 mg oral tablet"}},
)  # fmt: skip
# A date of these tells when something happened to the patient; those of results are needed for them to count at all.
HAPPENED = {
    "Condition": ("onsetDateTime", "recordedDate", "abatementDateTime", "start", "end"),
    "Procedure": ("performedDateTime", "start", "end"),
    "Encounter": ("start", "end"),
}


@st.composite
def charts(draw: st.DrawFn) -> dict[str, Any]:
    """A chart with up to two more facts, which are of its patient and often of no known visit."""
    person, *own = draw(st.sampled_from(RESOURCES))
    more = draw(st.lists(st.sampled_from(BESIDE), max_size=2, unique_by=id))
    subject = {"reference": f"Patient/{person['id']}"}
    added = [{**one, "id": f"beside-{number}", "subject": subject} for number, one in enumerate(more)]
    resources = copy.deepcopy([person, *own, *added])
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}


def holder(bundle: Any, way: tuple[Any, ...]) -> Any:
    for key in way:
        bundle = bundle[key]
    return bundle


def chart(value: Any) -> Any:
    try:
        return read_chart([value], KNOWLEDGE)
    except InputError as refusal:
        return str(refusal)


@share(6)
@given(charts(), st.data())
def test_what_says_nothing_reads_as_what_is_not_there(bundle, data):
    everywhere = [place for place in places(bundle) if place[0] == "entry" and len(place) != 2]
    *way, last = data.draw(st.sampled_from(everywhere))
    holder(bundle, way)[last] = data.draw(NOTHING)
    removed = copy.deepcopy(bundle)
    del holder(removed, way)[last]
    found = chart(bundle)
    assert found == chart(removed)
    assert found == chart(decode_for_chart(json.dumps(bundle), KNOWLEDGE, json.loads))


def dates(bundle: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Every place of a date on which something happened."""
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    return [
        place for place in places(bundle)
        if len(place) > 3 and place[-1] in HAPPENED.get(kinds[place[1]], ()) and place[3] != "meta"
    ]  # fmt: skip


@share(6)
@given(charts(), st.data())
def test_a_date_nobody_lived_loosens_nothing(bundle, data):
    check_sentinel(bundle, data)


@pytest.mark.slow
@share(300)
@given(charts(), st.data())
def test_a_date_nobody_lived_loosens_nothing_at_length(bundle, data):
    check_sentinel(bundle, data)


def excepted(before: Assessment, after: Assessment, *names: Any) -> bool:
    """The two exceptions of decision 19 that these charts meet."""
    merged = any(str(name).startswith("onset") for name in names) and lost(before, after, "multiple-vf")
    return merged or ("recordedDate" in names and before.healing == "unknown")


def lost(before: Assessment, after: Assessment, code: str) -> bool:
    return before.has(code) and not after.has(code)


def check_sentinel(bundle: dict[str, Any], data: st.DataObject) -> None:
    before = derive(read_chart([bundle], KNOWLEDGE), TODAY, KNOWLEDGE)
    found = dates(bundle)
    if not found:
        return
    *way, last = data.draw(st.sampled_from(found))
    said = holder(bundle, way)[last] = data.draw(SENTINELS)
    read = read_chart([bundle], KNOWLEDGE)
    after = derive(read, TODAY, KNOWLEDGE)
    assert loosened(before, after) == [] or excepted(before, after, way[-1], last)
    if bundle["entry"][way[1]]["resource"]["resourceType"] == "Condition" and last != "end" and last != "start":
        assert any(said in line.reason for line in read.unreadable)
