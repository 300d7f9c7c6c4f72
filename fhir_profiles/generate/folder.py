"""Everything generated -> files: FSH below input/fsh/generated, examples below input/examples, the list of examples in
sushi-config.yaml. What was generated before and is no longer made is removed.
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from fhir_profiles.generate.activity_definitions import activity_definitions
from fhir_profiles.generate.capability import PROFILES, capability_statement
from fhir_profiles.generate.code_systems import code_systems
from fhir_profiles.generate.examples import examples
from fhir_profiles.generate.fsh import document, instance
from fhir_profiles.generate.metadata import canonical
from fhir_profiles.generate.plan_definitions import plan_definitions
from fhir_profiles.generate.questionnaires import questionnaires
from fhir_profiles.generate.value_sets import value_sets
from smartapp.core.knowledge import Knowledge
from smartapp.fhir.build.codings import CANONICAL
from smartapp.fhir.referral_question import FORM as QUESTION_FORM
from smartapp.knowledge import load

HERE = Path(__file__).resolve().parents[1]
SUSHI = "fsh-sushi@3.21.0"
CONFIG, LISTED = "sushi-config.yaml", "# Made by python -m fhir_profiles.generate, to the end:\n"
COMPILED = "fsh-generated/resources"
TASKS = {"restriction": "dated-task", "partOf": "question-task"}  # an element -> the profile of a task that has it
QUESTION_ANSWER = "question-answer"
OURS = ("input/fsh/generated/*.fsh", "input/examples/*.json")


def files(knowledge: Knowledge, config: str) -> dict[str, str]:
    """Path below fhir_profiles -> text. ``config`` is sushi-config.yaml as it is, of which the end is made anew."""
    made = {f"input/fsh/generated/{name}.fsh": text for name, text in _shorthand(knowledge)}
    shown = list(examples(knowledge))
    for resource in shown:
        made[f"input/examples/{resource['resourceType']}-{resource['id']}.json"] = _json(resource)
    return made | {CONFIG: config.partition(LISTED)[0] + LISTED + _listed(shown)}


def _shorthand(knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    yield "code-systems", document(code_systems(knowledge))
    yield "value-sets", document(value_sets(knowledge))
    yield "questionnaires", document(questionnaires(knowledge))
    yield "activity-definitions", document(instance(made, made["title"]) for made in activity_definitions(knowledge))
    yield "plan-definitions", document(instance(made, made["title"]) for made in plan_definitions(knowledge))
    statement = capability_statement(knowledge)
    yield "capability-statement", document([instance(statement, statement["title"])])


def _json(resource: Mapping[str, Any]) -> str:
    return json.dumps(resource, indent=2, ensure_ascii=False) + "\n"


def _listed(shown: list[dict[str, Any]]) -> str:
    """SUSHI's list of resources: each example with the profile of ours it is an example of."""
    lines = ["resources:"]
    for resource in shown:
        kind = resource["resourceType"]
        lines.append(f"  {kind}/{resource['id']}:")
        named = (each for each in resource.get("meta", {}).get("profile", ()) if each.startswith(CANONICAL))
        id_ = _profile_id(resource)
        if profile := next(named, "") or (canonical("StructureDefinition", id_) if id_ else ""):
            lines.append(f"    exampleCanonical: {profile}")
        else:
            lines.append("    exampleBoolean: true")
    return "\n".join(lines) + "\n"


def _profile_id(resource: Mapping[str, Any]) -> str:
    """Of ours, where the resource does not name it; empty where it is an example of none, or names its own."""
    kind = resource["resourceType"]
    if resource.get("questionnaire") == QUESTION_FORM:
        return QUESTION_ANSWER
    told = TASKS.items() if kind == "Task" else ()
    return next((id_ for name, id_ in told if name in resource), PROFILES.get(kind, ""))


def write_folder(folder: Path) -> None:
    made = files(load(), (HERE / CONFIG).read_text(encoding="utf-8"))
    for pattern in OURS:
        for old in folder.glob(pattern):
            if old.relative_to(folder).as_posix() not in made:
                old.unlink()
    for name, text in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def compile_with_sushi(folder: Path, environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """SUSHI on the folder -> file name and text of each resource it makes; nothing is written below ``folder``.

    Definitions come from the FHIR package cache in the home folder ``environment`` may name. Raises RuntimeError with
    what SUSHI said where it found errors.
    """
    if shutil.which("npx") is None:
        raise RuntimeError("SUSHI needs npx: install node and npm.")
    with tempfile.TemporaryDirectory() as out:
        command = ["npx", "-y", SUSHI, "build", "--snapshot", ".", "--out", out]
        done = subprocess.run(
            command, cwd=folder, env={**os.environ, **(environment or {})}, capture_output=True, text=True,
            timeout=900, check=False,
        )  # fmt: skip
        if done.returncode != 0 or " 0 Errors" not in done.stdout:
            raise RuntimeError((done.stdout + done.stderr)[-5000:])
        made = sorted(Path(out, "fsh-generated", "resources").glob("*.json"))
        return {path.name: path.read_text(encoding="utf-8") for path in made}


def write_compiled(folder: Path) -> int:
    """Puts what SUSHI makes of the folder into ``fsh-generated/resources``; how many resources."""
    made, place = compile_with_sushi(folder), folder / COMPILED
    place.mkdir(parents=True, exist_ok=True)
    for old in place.glob("*.json"):
        old.unlink()
    for name, text in made.items():
        (place / name).write_text(text, encoding="utf-8")
    return len(made)
