"""Each code of a Condition alone, with its title, and under every address of its system: read the same."""

import pytest

from smartapp.core.chart import Diagnosis
from smartapp.core.codes import CodeKind, CodeUse
from smartapp.core.fracture_coding import Region
from smartapp.fhir.read.conditions import condition
from smartapp.fhir.read.context import ReadContext
from smartapp.knowledge import load

KNOWLEDGE = load()
CONTEXT = ReadContext(KNOWLEDGE.codes, KNOWLEDGE.phrases, "Patient/p")
ROWS = [row for row in KNOWLEDGE.codes.rows if row.kind is CodeKind.CONDITION]


def facts(address, code, title=""):
    coding = {"system": address, "code": code, **({"display": title} if title else {})}
    return list(condition({"resourceType": "Condition", "id": "c", "code": {"coding": [coding]}}, CONTEXT))


def meaning(found):
    """Title and address left out; a title may say in which part of the spine where the code does not."""
    (made,) = (fact for fact in found if isinstance(fact, Diagnosis))
    coding = made.fracture
    place = coding and (None if coding.region in (Region.UNSPECIFIED, Region.LUMBAR) else coding.region)
    form = coding and (coding.levels, coding.encounter, coding.morphology, coding.open)
    return made.concepts, place, form, made.verification


def address_of(row):
    return KNOWLEDGE.codes.systems.by_id[row.system].addresses[0]


@pytest.mark.parametrize("tag", ["", " (disorder)"])
def test_a_title_beside_its_code_adds_nothing(tag):
    used = [row for row in ROWS if row.use is not CodeUse.ASKED]
    differing = {
        (row.system, row.code)
        for row in used
        if meaning(facts(address_of(row), row.code)) != meaning(facts(address_of(row), row.code, row.display + tag))
    }
    assert differing == set()


def test_a_code_no_rule_uses_is_told_with_and_without_its_title_or_read_by_it():
    asked = [row for row in ROWS if row.use is CodeUse.ASKED]
    silent = {
        (row.system, row.code, title)
        for row in asked
        for title in ("", row.display)
        if len(found := facts(address_of(row), row.code, title)) < 2 and not meaning(found)[0]
    }
    assert silent == set()


@pytest.mark.parametrize("system", sorted({row.system for row in ROWS}))
def test_every_address_of_a_system_reads_the_same(system):
    for row in [row for row in ROWS if row.system == system][:40]:
        addresses = KNOWLEDGE.codes.systems.by_id[system].addresses
        for address in (*addresses, *(f"http://{each}/" for each in addresses), *(each.upper() for each in addresses)):
            assert meaning(facts(address, row.code)) == meaning(facts(addresses[0], row.code)), (address, row.code)
