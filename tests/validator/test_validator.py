"""Everything the app writes, judged by the HAPI validator against US Core and our own profiles: no errors."""

import json
from pathlib import Path

import pytest

from smartapp.ehr.write import build
from tests.conftest import ROOT
from tests.ehr.write.samples import BASE, KNOWLEDGE, signed
from tests.validator.hapi_validator import validate
from tests.validator.outputs import write_outputs

pytestmark = [pytest.mark.slow, pytest.mark.shared, pytest.mark.xdist_group("validator")]
US_CORE = ["hl7.fhir.us.core-6.1.0.tgz", "hl7.fhir.us.core-8.0.0.tgz"]
PROFILES = ROOT / "fhir_profiles" / "fsh-generated"
CANONICAL = "https://loadpath.example/fhir/StructureDefinition"
OURS = [
    ("CarePlan", f"{CANONICAL}/rehabilitation-careplan"),
    ("Goal", f"{CANONICAL}/rehabilitation-goal"),
    ("ServiceRequest", f"{CANONICAL}/physical-therapy-request"),
    ("Provenance", f"{CANONICAL}/rehabilitation-provenance"),
    ("DocumentReference", f"{CANONICAL}/rehabilitation-note"),
]


@pytest.fixture(scope="module")
def written(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    return folder, write_outputs(folder)


@pytest.mark.parametrize("package", US_CORE)
def test_everything_we_write_is_valid(written, shared, package):
    folder, counts = written
    assert min(counts[kind] for kind, _ in OURS) > 0 and counts["CarePlan"] > 150
    verdict = validate([folder], [shared / "fhir-packages" / package], [PROFILES], OURS)
    assert verdict.messages == ()
    assert verdict.errors == 0
    assert verdict.files == len(list(folder.iterdir())) and verdict.resources >= counts.total()


# Said of what SUSHI copies into the snapshots: US Core keeps the binding of Goal.start[x] though it allows a date only,
# and core's own rule on Timing.repeat.timeOfDay cannot be evaluated inside a constrained element.
OF_THE_PARENT = 13


def test_our_definitions_are_valid(shared):
    verdict = validate([PROFILES], [shared / "fhir-packages" / US_CORE[0]], [PROFILES])
    assert [line for line in verdict.messages if " StructureDefinition.snapshot.element" not in line] == []
    assert verdict.errors <= OF_THE_PARENT


def test_the_validator_finds_what_is_wrong(shared, tmp_path: Path):
    """A check that cannot fail proves nothing: three mistakes, one each of core, of our profile, and of a target."""
    mistakes = {
        "intent": lambda plan: plan.pop("intent"),
        "avoid": lambda plan: plan.update(
            activity=[a for a in plan["activity"] if not a.get("detail", {}).get("doNotPerform")]
        ),
        "target": lambda plan: plan.update(addresses=[{"reference": "Observation/dxa", "type": "Observation"}]),
    }
    for name, make in mistakes.items():
        bundle = build(signed(), KNOWLEDGE, BASE)
        make(next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "CarePlan"))
        (tmp_path / f"{name}.json").write_text(json.dumps(bundle))
    verdict = validate([tmp_path], [shared / "fhir-packages" / US_CORE[0]], [PROFILES], OURS)
    for name in mistakes:
        assert any(f"{name}.json" in line for line in verdict.messages), name
