"""What an EHR of each vendor holds after a whole journey: signed, once also taken back -> resources as stored."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from launch.sandbox.personality import names
from smartapp.ehr.launch.scopes import WRITTEN
from smartapp.fhir.build.fallback_document import MAKERS
from tests.journey.ehr_table import PATIENT, SITES, vendor_house
from tests.journey.harness import Harness, forms_in

Resource = dict[str, Any]
KINDS = tuple(dict.fromkeys((*WRITTEN, *MAKERS)))
TAKES_EVERYTHING = "hapi"
# The form of the athenahealth site, which is ours here, so that the answers are judged by it.
FORM = 'questionnaire = "https://loadpath.example/fhir/Questionnaire/rehabilitation-plan"'


def stored(folder: Path) -> Iterator[tuple[str, Resource]]:
    """Name and resource, one by one, of everything of ours in each EHR."""
    for name in names():
        yield from _journey(folder / name, name)
        if name in SITES:
            _, scopes, settings = SITES[name]
            yield from _journey(folder / f"{name}-site", name, scopes, FORM if settings else "")
    yield from _journey(folder / "taken-back", TAKES_EVERYTHING, take_back=True)


def _journey(
    folder: Path, name: str, scopes: str = "", settings: str = "", take_back: bool = False
) -> Iterator[tuple[str, Resource]]:
    harness = vendor_house(folder, name, scopes, settings)
    before = {key for key, _ in _ours(harness)}
    browser = harness.browser()
    page = harness.open(browser, PATIENT)
    receipt = browser.press(page, page.form("/sign"))
    if take_back:
        form = next(f for f in forms_in(receipt.text) if any("Retract" in words for _, _, words in f.buttons))
        assert browser.press(receipt, form, "Retract", reason="Wrong patient").heading == "Retracted"
    for key, resource in _ours(harness):
        if key not in before:
            yield f"{folder.name}-{resource['resourceType']}-{resource['id']}", resource
    harness.box.store.close()


def _ours(harness: Harness) -> Iterator[tuple[tuple[str, str], Resource]]:
    for kind in KINDS:
        for held in harness.box.store.every(kind):
            if "https://loadpath.example/fhir/plan" in json.dumps(held.resource):
                yield (kind, held.resource["id"]), held.resource
