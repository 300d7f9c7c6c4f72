"""A number and a seed -> a Bulk Data export of so many made-up patients, and what is known of those planted in it.

One patient in thirty is one of the sandbox's stories; the others have ordinary visits, results, orders and vaccinations
(:mod:`tests.bench.record`) and nothing these rules speak of. The same seed gives the same bytes.
"""

import json
import random
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from launch.sandbox.fhir_dates import resolve_offsets
from launch.sandbox.load import OWN_PATIENTS
from tests.bench.record import PATIENT, ordinary

AS_OF = date(2026, 3, 1)
SIZE = 28  # resources of one patient, about
_KINDS = 400  # ordinary resources to choose from: twenty visits of each kind
# The stories that were written for these rules, and what they come to by calendar and in effect.
KNOWN: Mapping[str, tuple[str, str | None, str | None]] = {
    "01-initial": ("prescribe-with-review", "initial", "initial"),
    "03-intermediate": ("prescribe", "intermediate", "intermediate"),
    "04-advanced": ("prescribe", "advanced", "advanced"),
    "05-after-kyphoplasty": ("prescribe-with-review", "initial", "initial"),
    "07-unknown-healing": ("prescribe-with-review", "intermediate", "initial"),
    "09-red-flag": ("refer-no-prescription", None, None),
    "10-not-applicable": ("not-applicable", None, None),
    "11-already-planned": ("prescribe", "intermediate", "intermediate"),
    "16-delayed-healing": ("prescribe-with-review", "intermediate", "initial"),
    "18-nothing-relevant": ("not-applicable", None, None),
}


def story(name: str) -> list[dict[str, Any]]:
    """The resources of one of the sandbox's patients, as of :data:`AS_OF`."""
    bundle = json.loads((OWN_PATIENTS / f"{name}.json").read_text(encoding="utf-8"))
    return [entry["resource"] for entry in resolve_offsets(bundle, AS_OF)["entry"]]


def write_population(folder: Path, patients: int, seed: int = 1) -> dict[str, str]:
    """Writes ``Type.ndjson`` files; the name of the story of each patient who has one."""
    chance = random.Random(seed)
    templates = [(r["resourceType"], json.dumps({**r, "id": "ORDINARY"})) for r in islice(ordinary(AS_OF), _KINDS)]
    stories = {name: [(r["resourceType"], json.dumps(r)) for r in story(name)] for name in KNOWN}
    own = {name: json.loads(lines[0][1])["id"] for name, lines in stories.items()}
    planted: dict[str, str] = {}
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as open_:
        files: dict[str, Any] = {}
        for number in range(patients):
            id_ = f"p{number:06}"
            lines = [*_ordinary(id_, chance, templates)]
            if chance.random() < 1 / 30:
                planted[id_] = name = chance.choice(sorted(KNOWN))
                lines = [(kind, line.replace(own[name], id_)) for kind, line in stories[name]] + lines[1:SIZE]
            for kind, line in lines:
                if kind not in files:
                    files[kind] = open_.enter_context((folder / f"{kind}.ndjson").open("w", encoding="utf-8"))
                files[kind].write(line + "\n")
    return planted


def _ordinary(id_: str, chance: random.Random, templates: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    sex, year = chance.choice(("female", "male")), chance.randint(1935, 2005)
    person = {"resourceType": "Patient", "id": id_, "gender": sex, "birthDate": f"{year}-05-17"}
    yield "Patient", json.dumps(person)
    for kind, line in chance.choices(templates, k=SIZE - 1):
        unique = f"{id_}-{chance.getrandbits(40):010x}"
        yield kind, line.replace(f"Patient/{PATIENT}", f"Patient/{id_}").replace("ORDINARY", unique)
