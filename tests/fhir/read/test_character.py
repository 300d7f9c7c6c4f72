"""What broke and how badly, in the words of a Condition (rule book 2a, 2.1 and 2.3): parts, numbers, age, healing."""

from datetime import date

import pytest

from smartapp.core.derive import derive
from smartapp.core.fracture_coding import NOT_MEASURED, Collapse
from smartapp.core.kinds import Verification
from smartapp.core.states import Disposition
from smartapp.knowledge import load
from tests.fhir.read.records import SNOMED, condition, diagnosis, read

TODAY = date(2026, 3, 1)
PARTS = {"process-fracture", "arch-fracture", "spondylolysis", "spinal-ligament-injury", "canal-compromise"}


@pytest.mark.parametrize(
    ("text", "code", "part", "form"),
    [
        ("spinous process of L4", "S32.048A", "process-fracture", "process"),
        ("Fractures of the left transverse processes of L2, L3 and L4", "", "process-fracture", "process"),
        ("Avulsion fracture, transverse process L3", "", "process-fracture", "process"),
        ("Closed fracture of fourth lumbar vertebra, spinous process", "S32.048A", "process-fracture", "process"),
        ("L4 fracture, left transverse process of L4", "S32.048A", "process-fracture", "process"),
        ("Left TP fractures L2-L4", "S32.029A", "process-fracture", "process"),
        ("Pars fracture of L4", "S32.048A", "spondylolysis", "pars"),
        ("Fracture line of L2 runs through the left pedicle", "S32.020A", "arch-fracture", "compression"),
        ("Left pedicle", "S32.028A", "arch-fracture", "other"),
        ("L4 facet fracture", "S32.049A", "arch-fracture", "unspecified"),
        ("Fracture through the right lamina of L3", "", "arch-fracture", "unspecified"),
        ("L2 burst fracture extending into both pedicles", "S32.021A", "arch-fracture", "stable-burst"),
        ("L1 fracture, suspected tear of the interspinous ligament", "", "spinal-ligament-injury", "unspecified"),
        (
            "L1 wedge fracture, a fragment protrudes into the spinal canal",
            "S32.010A",
            "canal-compromise",
            "compression",
        ),
    ],
)
def test_the_part_is_read_from_code_and_words(text, code, part, form):
    found = diagnosis(condition(code, text=text))
    assert part in found.concepts
    assert found.fracture.morphology == form
    assert found.verification is Verification.CONFIRMED


@pytest.mark.parametrize(
    ("text", "code", "note"),
    [
        ("Compression fracture L2, pedicles intact", "", ""),
        ("L1 compression fracture, no retropulsion, no neurological deficit or canal compromise", "", ""),
        ("L1 wedge fracture", "S32.010A", "No retropulsion. Posterior ligaments intact, no PLC injury."),
        ("L3 fracture without pedicle involvement", "S32.038A", ""),
        ("L1 wedge fracture", "S32.010A", "Pedicles and transverse processes without fracture."),
        ("Lumbar fracture", "S32.038A", "Mother broke a transverse process of L3."),
    ],
)
def test_what_is_denied_or_somebody_elses_is_no_part(text, code, note):
    found = diagnosis(condition(code, text=text, note=[{"text": note}] if note else []))
    assert "vertebral-fracture" in found.concepts
    assert not found.concepts & PARTS


def test_a_narrow_canal_beside_another_diagnosis_is_no_fragment():
    stenosis = condition("M48.061", text="Lumbar canal narrowing L4/5", note=[{"text": "canal compromise"}])
    assert not diagnosis(stenosis).concepts & PARTS


@pytest.mark.parametrize("code", ["S32.020A", ""])
def test_process_fractures_beside_a_body_keep_its_level(code):
    found = diagnosis(condition(code, text="L2 compression fracture with L3 and L4 transverse process fractures"))
    assert {"vertebral-fracture", "process-fracture"} <= found.concepts
    assert found.fracture.levels == {"L2"}
    assert found.fracture.morphology == "compression"


@pytest.mark.parametrize("code", ["S32.018A", "S32.019A", ""])
@pytest.mark.parametrize(
    "text",
    [
        "Fracture of the L1 body and left L2 transverse process",
        "L1 fracture and left L2 transverse process fracture",
        "Left L2 transverse process fracture, L1 fracture",
    ],
)
def test_no_body_is_lost_behind_a_process(text, code):
    found = diagnosis(condition(code, text=text))
    assert {"vertebral-fracture", "process-fracture"} <= found.concepts
    assert found.fracture.morphology != "process"
    assert "L1" in found.fracture.levels


def test_levels_of_processes_alone_are_all_of_them():
    text = "Transverse process fractures of L2 and L3"
    assert diagnosis(condition(text=text)).fracture.levels == {"L2", "L3"}


@pytest.mark.parametrize(
    ("note", "form"),
    [
        ("Isolated left transverse process fracture of L3 on CT.", "process"),
        ("Also a left transverse process fracture of L3.", "other"),
        ("Old wedge of L3 and a transverse process fracture.", "other"),
    ],
)
def test_a_note_names_the_part_of_an_other_fracture(note, form):
    assert diagnosis(condition("S32.038A", note=[{"text": note}])).fracture.morphology == form


@pytest.mark.parametrize(
    ("words", "measured"),
    [
        ("Height reduced by 50 to 55 %.", Collapse(height_loss=55)),
        ("approx. 45% loss of anterior height", Collapse(height_loss=45)),
        ("Compressed by 60 percent, kyphotic angle 31°", Collapse(height_loss=60, kyphosis=31)),
        ("Focal kyphosis of 38 degrees", Collapse(kyphosis=38)),
        ("Canal narrowed by about 55 %", Collapse(canal_loss=55)),
        ("25% height loss in 2025, now 35% height loss", Collapse(height_loss=35)),
        ("The body has lost roughly two thirds of its height", Collapse(height_loss=66)),
        ("Loss of more than half of the height", Collapse(height_loss=50)),
        ("Vertebral body height decreased 60%", Collapse(height_loss=60)),
        ("Cobb angle across the fracture measures 33 deg", Collapse(kyphosis=33)),
        ("The lower half is intact", NOT_MEASURED),
        ("Thoracic kyphosis of 52 degrees", Collapse(curve=52)),
        ("Thoracic scoliosis, Cobb angle 52 degrees", NOT_MEASURED),
        ("No 50% height loss", NOT_MEASURED),
        ("70% of the height remains", NOT_MEASURED),
        ("Femoral neck T-score -1.2, hip flexion 30 degrees", NOT_MEASURED),
    ],
)
def test_numbers_are_read_with_their_unit(words, measured):
    assert diagnosis(condition("S32.010A", note=[{"text": words}])).collapse == measured
    assert diagnosis(condition(text=f"L1 wedge fracture; {words}")).collapse == measured


@pytest.mark.parametrize(
    ("text", "code", "age"),
    [
        ("Healed lumbar compression fracture", "", {"fracture-old"}),
        ("Old compression fracture of L4", "", {"fracture-old"}),
        ("s/p L2 compression fracture", "", {"fracture-old"}),
        ("Chronic L2 fracture", "S32.020A", {"fracture-old"}),
        ("Wedge deformity of L1", "", {"fracture-age-unknown"}),
        ("Age-indeterminate compression fracture of L1", "M48.56XA", {"fracture-age-unknown"}),
        ("Acute on chronic L3 compression fracture", "", {"fracture-new"}),
        ("Possibly old L2 fracture", "S32.020A", set()),
        # old and new in one record is asked, of one vertebra
        ("Chronic L2 fracture with marrow edema", "S32.020A", {"fracture-age-unknown"}),
        ("Old compression fracture of L4, acute fracture", "", {"fracture-age-unknown"}),
        ("Acute fracture of L2, old fracture of L4", "S32.020A", {"fracture-new"}),
        ("Old L2 fracture; no acute fracture", "S32.020A", set()),  # a doubt in the words loosens nothing
        ("Acute L2 fracture", "S32.020A", {"fracture-new"}),
        ("Subacute compression fracture of L3", "", {"fracture-new"}),
        ("L2 compression fracture", "S32.020A", set()),
    ],
)
def test_words_of_age_never_hide_a_fracture(text, code, age):
    found = diagnosis(condition(code, text=text))
    assert found.fracture is not None
    assert found.concepts & {"fracture-old", "fracture-new", "fracture-age-unknown"} == age


@pytest.mark.parametrize("text", ["History of L1 compression fracture", "h/o vertebral fracture"])
def test_a_history_in_words_is_one(text):
    found = diagnosis(condition(text=text))
    assert (found.concepts, found.fracture) == ({"fracture-history"}, None)


@pytest.mark.parametrize(
    ("text", "code", "system", "note", "encounter"),
    [
        ("L3 VCF, healing as expected", "", "", "", "D"),
        ("L3 fracture, uneventful healing", "", "", "", "D"),
        ("L3 fracture", "207957008", SNOMED, "Healing well.", "D"),
        ("L3 fracture", "207957008", SNOMED, "Healing well?", None),
        ("L3 fracture", "207957008", SNOMED, "Healing well, possibly nonunion at L3", "K"),
        ("L3 fracture", "S32.030A", "http://hl7.org/fhir/sid/icd-10-cm", "Healing well.", "A"),
        ("L3 VCF, not healing as expected", "", "", "", "G"),
        ("Kümmell disease L1", "", "", "", "K"),
        ("L1 fracture", "S32.010A", "http://hl7.org/fhir/sid/icd-10-cm", "Fluid sign in the body on MRI", "K"),
        ("Nonunion of fracture of L2", "302941001", SNOMED, "", "K"),
    ],
)
def test_how_it_heals_is_read_from_the_words(text, code, system, note, encounter):
    found = diagnosis(condition(code, system, text=text, note=[{"text": note}] if note else []))
    assert found.fracture.encounter == encounter


def test_nonunion_of_no_named_bone_is_asked():
    chart = read(condition("302941001", SNOMED))
    assert chart.diagnoses[0].fracture is None
    assert "without its bone" in chart.unreadable[0].reason


ANSWERS = {
    "Y05": (
        condition("M48.46XA", text="L4 left pars stress reaction", onsetDateTime="2026-01-20"),
        "posterior-element",
    ),
    "Y06": (condition("S32.028A", text="Chance fracture L2", onsetDateTime="2026-02-10"), "unstable-fracture"),
    "Y07": (condition("S32.048A", text="spinous process of L4", onsetDateTime="2026-02-17"), "posterior-element"),
    "Y21": (condition(text="L3 VCF, healing as expected", onsetDateTime="2025-10-28"), ""),
}


@pytest.mark.parametrize(
    ("id_", "disposition"),
    [
        ("Y05", Disposition.NOT_APPLICABLE),
        ("Y06", Disposition.REFER_NO_PRESCRIPTION),
        ("Y07", Disposition.NOT_APPLICABLE),
        ("Y21", Disposition.PRESCRIBE),
    ],
)
def test_the_vignettes_from_the_record_on(id_, disposition):
    record, alert = ANSWERS[id_]
    found = derive(read(record, condition("M85.88", id="osteopenia")), TODAY, load())
    assert found.disposition is disposition
    assert not found.has("multiple-vf")
    assert not alert or found.has(alert)
    if id_ == "Y21":
        assert (found.calendar_phase, found.effective_phase) == ("intermediate", "intermediate")


def test_a_note_speaks_against_an_old_fracture_and_never_for_one():
    edema = [{"text": "MRI: marrow edema in L2"}]
    assert "fracture-age-unknown" in diagnosis(condition("S32.020A", text="Old L2 fracture", note=edema)).concepts
    old = [{"text": "Old fracture of L2"}]
    assert not diagnosis(condition("S32.020A", note=old)).concepts & {"fracture-old", "fracture-age-unknown"}


def test_a_note_that_denies_it_speaks_not_against_an_old_fracture():
    plain = [{"text": "MRI: no marrow edema"}]
    found = diagnosis(condition("S32.020A", text="Old L2 fracture", note=plain))
    assert found.concepts & {"fracture-old", "fracture-new", "fracture-age-unknown"} == {"fracture-old"}
