"""The whole line on records: read, derive, plan, and the Bundle of it, unsigned and signed, free of faults.

The records are the sandbox's stories and those of other people beside the repository.
"""

import json
import re
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.fhir.build import build, faults, proposal_bundle
from smartapp.fhir.build.codings import MOVEMENT, movement_coding
from smartapp.fhir.read import read_chart
from smartapp.knowledge import load
from tests.conftest import ROOT, SHARED
from tests.ehr.deliver.profile_check import Definitions, check
from tests.ehr.deliver.samples import BASE, signed

STORIES = sorted((ROOT / "launch/sandbox/patients").glob("[0-9]*.json"))
SYNTHEA = sorted((SHARED / "data/synthea_r4").glob("*.json"))
GENERATED = SHARED / "data/clinosim_us_vcf"
GENERIC = re.compile(r"(don[’']t|do not|avoid) (bend|bending) (or|and) (twist|twisting)\b", re.IGNORECASE)
TODAY = date(2026, 3, 1)


def bundled(path):
    return [entry["resource"] for entry in json.loads(path.read_text())["entry"]]


def generated():
    """Patient id -> resources, of the generator's files of one type each."""
    found = defaultdict(list)
    for file in GENERATED.glob("*.ndjson"):
        for line in file.read_text().splitlines():
            resource = json.loads(line)
            whose = (resource.get("subject") or resource.get("patient") or {}).get("reference", "")
            found[whose.rpartition("/")[2] if resource["resourceType"] != "Patient" else resource["id"]].append(
                resource
            )
    return {
        id_: resources for id_, resources in found.items() if any(r["resourceType"] == "Patient" for r in resources)
    }


@pytest.fixture(scope="module")
def definitions():
    packages = SHARED / "fhir-packages"
    if not packages.is_dir():
        pytest.skip("FHIR definitions absent: set LOADPATH_SHARED to the folder that holds fhir-packages")
    return Definitions(packages / "hl7.fhir.us.core-6.1.0.tgz", packages / "hl7.fhir.r4.core-4.0.1.tgz")


def proposed(resources):
    return plan(derive(read_chart(resources, load()), TODAY, load()), load())


def sound(proposal):
    """The unsigned Bundle of a proposal, after every assertion of the rule book that can be read off it."""
    bundle = proposal_bundle(proposal, load())
    waived = {guard for guard, _ in proposal.overrides}  # a limit of the patient may shorten the session
    assert faults(bundle, waived) == ()
    assert proposal_bundle(proposal, load()) == bundle  # A15
    assert not GENERIC.search(json.dumps(bundle, ensure_ascii=False))  # A11
    resources = [entry["resource"] for entry in bundle.get("entry", ())]
    kinds = [resource["resourceType"] for resource in resources]
    plans = [resource for resource in resources if resource["resourceType"] == "CarePlan"]
    done = [
        a for p in plans for a in p.get("activity", ()) if not a.get("detail", {"doNotPerform": True})["doNotPerform"]
    ]
    exercises = {uri[-3:] for a in done for uri in a["detail"].get("instantiatesUri", ())}
    assert "E40" not in exercises  # A13
    reasons = [
        coding for p in plans for a in p["activity"] for reason in a.get("detail", {}).get("reasonCode", ())
        for coding in reason["coding"] if coding["system"] == MOVEMENT
    ]  # fmt: skip
    told = {a.id for a in proposal.activities if movement_coding(a.id, load())}
    assert sorted(coding["code"] for coding in reasons) == sorted(told)
    if proposal.assessment.disposition.prescribes:
        assert kinds.count("CarePlan") == kinds.count("ServiceRequest") == 1
        assert exercises
    else:
        assert "ServiceRequest" not in kinds  # A1
        assert not exercises
    return resources


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_stories_of_the_sandbox(path):
    proposal = proposed(bundled(path))
    sound(proposal)
    if proposal.assessment.disposition.prescribes:
        waived = {guard for guard, _ in proposal.overrides}
        assert faults(build(signed(proposal=proposal), load(), BASE), waived) == ()


@pytest.mark.shared
@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_stories_fit_us_core(path, definitions):
    for resource in sound(proposed(bundled(path))):
        assert check(definitions, resource, f"us-core-{resource['resourceType'].lower()}") == []


@pytest.mark.shared
@pytest.mark.parametrize("path", SYNTHEA, ids=lambda path: path.stem.partition("_")[0])
def test_synthea_patients(path):
    sound(proposed(bundled(path)))


@pytest.mark.shared
def test_patients_of_the_fracture_generator(shared, definitions):
    patients = generated()
    assert len(patients) == 20
    for resources in patients.values():
        for resource in sound(proposed(resources)):
            assert check(definitions, resource, f"us-core-{resource['resourceType'].lower()}") == []


def test_there_are_stories():
    assert len(STORIES) >= 12
    assert Path(STORIES[0]).is_file()
