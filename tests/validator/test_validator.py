"""Everything the app writes, judged by the HAPI validator against US Core and our own profiles: no errors."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from fhir_profiles.generate.capability import PROFILES as PROFILES_OF
from launch.sandbox.personality import names
from smartapp.fhir.build import build
from smartapp.fhir.build.fallback_document import MAKERS
from tests.conftest import ROOT
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, signed
from tests.journey.ehr_table import SITES
from tests.validator.hapi_validator import Verdict, validate
from tests.validator.outputs import claiming, write_outputs

pytestmark = [pytest.mark.slow, pytest.mark.shared, pytest.mark.xdist_group("validator")]
US_CORE = ["hl7.fhir.us.core-6.1.0.tgz", "hl7.fhir.us.core-8.0.0.tgz"]
PROFILES = ROOT / "fhir_profiles" / "fsh-generated"
DEFINITIONS = {"StructureDefinition", "ValueSet", "CodeSystem", "Questionnaire", "CapabilityStatement"} | {
    "PlanDefinition", "ActivityDefinition", "ImplementationGuide",
}  # fmt: skip


# Three mistakes, one each of core, of our profile, and of a target: a check that cannot fail proves nothing.
MISTAKES = {
    "intent": lambda plan: plan.pop("intent"),
    "avoid": lambda plan: plan.update(
        activity=[a for a in plan["activity"] if not a.get("detail", {}).get("doNotPerform")]
    ),
    "target": lambda plan: plan.update(addresses=[{"reference": "Observation/dxa", "type": "Observation"}]),
}


class Judged(NamedTuple):
    """One start of the validator judges all: ``written`` by the app, our definitions, and the planted mistakes."""

    written: Path
    mistakes: Path
    counts: Counter[str]
    verdict: Verdict

    def messages(self, folder: Path) -> list[str]:
        return [line for line in self.verdict.messages if f"{folder}/" in line]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("written")
    return folder, write_outputs(folder, tmp_path_factory.mktemp("journeys"))


@pytest.fixture(scope="module", params=US_CORE)
def judged(request, written, shared, tmp_path_factory):
    folder, counts = written
    mistakes = tmp_path_factory.mktemp("mistakes")
    for name, make in MISTAKES.items():
        bundle = build(signed(), KNOWLEDGE, BASE)
        make(next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == "CarePlan"))
        (mistakes / f"{name}.json").write_text(json.dumps(claiming(bundle)))
    verdict = validate([folder, PROFILES, mistakes], [shared / "fhir-packages" / request.param], [PROFILES])
    return Judged(folder, mistakes, counts, verdict)


def test_everything_we_write_is_valid(judged):
    counts, definitions = judged.counts, list(PROFILES.rglob("*.json"))
    assert min(counts[kind] for kind in (*PROFILES_OF, *MAKERS)) > 0 and counts["CarePlan"] > 120
    assert judged.messages(judged.written) == []
    assert judged.verdict.files == len(list(judged.written.iterdir())) + len(definitions) + len(MISTAKES)
    assert judged.verdict.resources > counts.total() + len(definitions)


def test_our_definitions_are_valid(judged):
    kinds = {path.name.partition("-")[0] for path in (PROFILES / "resources").glob("*.json")}
    assert kinds == DEFINITIONS
    assert judged.messages(PROFILES) == []


def test_nothing_but_the_planted_mistakes_is_found(judged):
    found = judged.messages(judged.mistakes)
    for name in MISTAKES:
        assert any(f"{name}.json" in line for line in found), name
    assert judged.verdict.messages == tuple(found)
    assert judged.verdict.errors == len(found)


def test_what_every_vendors_ehr_holds_is_among_it(written):
    """Those that take nothing by themselves hold something where a site takes messages or answers (SITES)."""
    names_of = {re.sub(r"-[A-Z].*", "", path.stem) for path in written[0].glob("*.json")}
    nothing = {name for name in names() if name not in names_of}
    assert names_of >= {f"{name}-site" for name in SITES} | {"taken-back"}
    assert nothing == {"athena", "meditech"} == set(SITES)
