"""Records written by others, loaded into the sandbox: the whole journey of each."""

import pytest

from tests.conftest import SHARED
from tests.journey.harness import make_harness
from tests.journey.records import OF_GENERATOR, Record, third_party
from tests.journey.whole import nothing_to_sign, through_the_door

pytestmark = pytest.mark.shared
RECORDS = tuple(third_party()) if (SHARED / "data").is_dir() else ()


def test_every_record_is_here(shared):
    assert len([r for r in RECORDS if r.patient.startswith("pt-")]) == OF_GENERATOR
    assert len(RECORDS) == 29


def record_params():
    """All of them in CI; of the generator's twenty, which differ little, three in "make test"."""
    generated = [r.patient for r in RECORDS if r.patient.startswith("pt-")]
    for record in RECORDS:
        yield pytest.param(record, id=record.name, marks=[pytest.mark.slow] if record.patient in generated[3:] else [])


@pytest.mark.parametrize("record", tuple(record_params()))
def test_the_journey(tmp_path, record: Record):
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": r} for r in record.resources]}
    harness = make_harness(tmp_path, data=(bundle,))
    (through_the_door if record.plan else nothing_to_sign)(harness, record.patient)
