"""Everything the app writes, judged by the HAPI validator against US Core and our own profiles: no errors."""

import json
import re
from pathlib import Path

import pytest

from fhir_profiles.generate.capability import PROFILES as PROFILES_OF
from launch.sandbox.personality import names
from smartapp.ehr.write import build
from smartapp.ehr.write.carriers import MAKERS
from tests.conftest import ROOT
from tests.ehr.write.samples import BASE, KNOWLEDGE, signed
from tests.journey.ehr_table import SITES
from tests.validator.hapi_validator import validate
from tests.validator.outputs import claiming, write_outputs

pytestmark = [pytest.mark.slow, pytest.mark.shared, pytest.mark.xdist_group("validator")]
US_CORE = ["hl7.fhir.us.core-6.1.0.tgz", "hl7.fhir.us.core-8.0.0.tgz"]
PROFILES = ROOT / "fhir_profiles" / "fsh-generated"
DEFINITIONS = {"StructureDefinition", "ValueSet", "CodeSystem", "Questionnaire", "CapabilityStatement"} | {
    "PlanDefinition", "ActivityDefinition", "ImplementationGuide",
}  # fmt: skip


@pytest.fixture(scope="module")
def written(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    return folder, write_outputs(folder, tmp_path_factory.mktemp("journeys"))


@pytest.mark.parametrize("package", US_CORE)
def test_everything_we_write_is_valid(written, shared, package):
    folder, counts = written
    assert min(counts[kind] for kind in (*PROFILES_OF, *MAKERS)) > 0 and counts["CarePlan"] > 150
    verdict = validate([folder], [shared / "fhir-packages" / package], [PROFILES])
    assert verdict.messages == ()
    assert verdict.errors == 0
    assert verdict.files == len(list(folder.iterdir())) and verdict.resources == counts.total()


def test_what_every_vendors_ehr_holds_is_among_it(written):
    """Those that take nothing by themselves hold something where a site takes messages or answers (SITES)."""
    names_of = {re.sub(r"-[A-Z].*", "", path.stem) for path in written[0].glob("*.json")}
    nothing = {name for name in names() if name not in names_of}
    assert names_of >= {f"{name}-site" for name in SITES} | {"taken-back"}
    assert nothing == {"athena", "meditech"} == set(SITES)


def test_our_definitions_are_valid(shared):
    kinds = {path.name.partition("-")[0] for path in (PROFILES / "resources").glob("*.json")}
    assert kinds == DEFINITIONS
    verdict = validate([PROFILES], [shared / "fhir-packages" / US_CORE[0]], [PROFILES])
    assert verdict.messages == () and verdict.errors == 0


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
        (tmp_path / f"{name}.json").write_text(json.dumps(claiming(bundle)))
    verdict = validate([tmp_path], [shared / "fhir-packages" / US_CORE[0]], [PROFILES])
    for name in mistakes:
        assert any(f"{name}.json" in line for line in verdict.messages), name
