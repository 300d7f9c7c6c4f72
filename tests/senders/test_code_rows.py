"""Every row of the code table: alone, with its display, and in every spelling of its system it reads the same."""

from dataclasses import replace

import pytest

from smartapp.core.chart import Unreadable
from smartapp.core.codes import CodeKind, CodeUse
from smartapp.core.concepts import Topic
from smartapp.core.fracture_coding import Morphology, Region
from smartapp.fhir.read import read_chart
from smartapp.knowledge import load
from tests.fhir.read.records import PATIENT, SUBJECT, concept, quantity

TABLE = load().codes
# Documents are read beside the chart (tests/fhir/read/test_therapy.py).
READ = tuple(r for r in TABLE.rows if CodeUse.OUTPUT not in (r.use, r.kind) and r.kind is not CodeKind.DOCUMENT)
ASKED = tuple(row for row in READ if row.use is CodeUse.ASKED)
KNOWN = tuple(row for row in READ if row.use is not CodeUse.ASKED)
RESOURCES = {
    CodeKind.CONDITION: {"resourceType": "Condition", "recordedDate": "2026-01-20"},
    CodeKind.PROCEDURE: {"resourceType": "Procedure", "status": "completed", "performedDateTime": "2026-01-20"},
    CodeKind.OBSERVATION: {
        "resourceType": "Observation", "status": "final", "effectiveDateTime": "2026-01-20", **quantity(5, "1"),
    },
    CodeKind.MEDICATION: {"resourceType": "MedicationRequest", "status": "active", "authoredOn": "2026-01-20"},
    CodeKind.ORDER: {"resourceType": "DeviceRequest", "status": "active", "authoredOn": "2026-01-20"},
}  # fmt: skip

ELEMENTS = {CodeKind.MEDICATION: "medicationCodeableConcept", CodeKind.ORDER: "codeCodeableConcept"}


def name(row):
    return f"{row.system}-{row.code}"


def spellings(system):
    """Every way the table's systems.toml lets its address be written, FHIR's own first."""
    for address in system.addresses:
        if address.replace(".", "").isdigit():
            plain = (f"urn:oid:{address}", address)
        elif "/" in address:
            plain = (f"http://{address}", f"https://{address}", f"http://{address}/", f"HTTP://{address.upper()}")
        else:
            plain = (address, address.upper())
        yield from (*plain, f"{plain[0]}|2024-09")


def resource(row, address, display=""):
    """The smallest record whose code the row explains."""
    code = concept(row.code, address, display)
    if row.kind is CodeKind.BODY_SITE:
        made, element = RESOURCES[CodeKind.PROCEDURE] | {"code": concept("22514", "cpt")}, {"bodySite": [code]}
    elif row.kind is CodeKind.ANSWER:
        made = {key: value for key, value in RESOURCES[CodeKind.OBSERVATION].items() if key != "valueQuantity"}
        element = {"code": concept("72166-2", "loinc"), "valueCodeableConcept": code}
    else:
        made = RESOURCES[row.kind]
        element = {ELEMENTS.get(row.kind, "code"): code}
    return made | element | {"id": "x", "subject": SUBJECT}


def facts(row, address, display=""):
    """What is read of it, without how it was written."""
    chart = read_chart([PATIENT, resource(row, address, display)], load())
    read = (*chart.diagnoses, *chart.procedures, *chart.measurements, *chart.medications, *chart.orders)
    read = (*read, *chart.unreadable)
    return [_bare(fact) for fact in read]


def _bare(fact):
    if isinstance(fact, Unreadable):
        return fact.topic or "told"
    unsaid = {
        key: "" for key in ("code", "text", "recorded_value", "quote") if isinstance(getattr(fact, key, None), str)
    }
    return replace(fact, source=replace(fact.source, display="", note=""), **unsaid)


def first_address(row):
    return next(spellings(TABLE.systems.by_id[row.system]))


@pytest.mark.parametrize("row", KNOWN, ids=name)
def test_a_code_says_the_same_alone_and_with_its_display(row):
    """Words may name the part or form a code leaves open, and ask more; they change nothing it says."""
    alone, worded = (facts(row, first_address(row), display) for display in ("", row.display))
    assert {fact for fact in alone if isinstance(fact, str)} <= {fact for fact in worded if isinstance(fact, str)}
    read = [fact for fact in alone if not isinstance(fact, str)]
    assert read == [_as_far_as(row, fact) for fact in worded if not isinstance(fact, str)]


def _as_far_as(row, fact):
    """The fact without the part and form of a fracture its code leaves open."""
    if getattr(fact, "fracture", None) is None:
        return fact
    open_ = {"region": Region.UNSPECIFIED} if row.region in (None, Region.UNSPECIFIED) else {}
    open_ |= {} if row.morphology else {"morphology": Morphology.UNSPECIFIED}
    return replace(fact, fracture=replace(fact.fracture, **open_))


@pytest.mark.parametrize("row", ASKED, ids=name)
def test_a_code_no_rule_uses_leads_to_a_question(row):
    assert Topic(row.concepts[0]) in facts(row, first_address(row))


@pytest.mark.parametrize("system", TABLE.systems.by_id.values(), ids=lambda system: system.id)
def test_every_spelling_of_a_system_finds_every_row(system):
    rows = [row for row in READ if row.system == system.id]
    for address in spellings(system):
        assert TABLE.systems.name_of(address) == system.id, address
        assert [TABLE.find(address, row.code) for row in rows] == [TABLE.row(system.id, row.code) for row in rows]


@pytest.mark.parametrize("system", TABLE.systems.by_id.values(), ids=lambda system: system.id)
def test_what_is_read_does_not_hang_on_the_spelling(system):
    """A few rows of each kind and use, read through; that every row is found is tried above."""
    rows = {(row.kind, row.use, row.concepts[:1]): row for row in READ if row.system == system.id}
    for row in list(rows.values())[:12]:
        first, *others = spellings(system)
        expected = facts(row, first)
        assert all(facts(row, other) == expected for other in others), row


@pytest.mark.parametrize(
    "system", [system for system in TABLE.systems.by_id.values() if system.parent], ids=lambda system: system.id
)
def test_a_national_system_says_what_its_parent_says_as_far_as_they_agree(system):
    own = {row.code for row in READ if row.system == system.id}
    rows = [row for row in READ if row.system == system.parent and len(row.code) <= system.shared]
    assert rows
    for row in rows:
        if not any(row.code.startswith(code) for code in own):
            assert TABLE.find(system.addresses[0], row.code) == row
