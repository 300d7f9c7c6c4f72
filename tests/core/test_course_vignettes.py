"""The vignettes of rule book 2b, section 10, and the combinations of 2c, section 11, as far as they have a course."""

import pytest

from smartapp.core.program import DoseFlag
from tests.core.test_course import minutes, ordered, planned

# name: who, facts, (rule, start, target, full), (preset, visits, urgency, see by); as of 2026-03-01
VIGNETTES = {
    "VG1": (
        "woman of 70",
        ("L1 fracture on 2026-02-09", "pain 5 of 10 on 2026-02-27", "order brace until 2026-05-04 given 2026-02-10"),
        (("RA1b", 15, 60, "05-03"), ("A", 21, "urgent", "03-08")),
    ),
    "VG2": (
        "man of 63",
        ("L3 fracture on 2026-01-10, routine healing", "pain 3 of 10 on 2026-02-27"),
        (("RA1c", 30, 60, "04-12"), ("B", 25, "routine", "03-15")),
    ),
    "VG3": (
        "man of 68",
        (
            *("L2 fracture on 2025-10-25, routine healing", "pain 2 of 10 on 2026-02-27"),
            *("timed up and go 9.8 on 2026-02-20", "chair stands 11 on 2026-02-20"),
        ),
        (("RA2p", 30, 60, "04-12"), ("B", 25, "routine", "03-15")),
    ),
    "VG4": (
        "woman of 79",
        (
            *("L4 fracture on 2025-10-01, routine healing", "pain 3 of 10 on 2026-02-27", "falls on 2025-12-20"),
            *("timed up and go 15.2 on 2026-02-20", "falls on 2026-02-08"),
        ),
        (("RA2p", 30, 60, "04-12"), ("D", 25, "urgent", "03-08")),
    ),
    "VG5": (
        "man of 88",
        (
            *("L1 fracture on 2025-12-21", "pain 4 of 10 on 2026-02-27", "frailty", "gait speed 0.55 on 2026-02-20"),
            *("chair stands 0 on 2026-02-20", "lives alone"),
        ),
        (("RA2", 15, 40, "05-10"), ("A", 21, "urgent", "03-08")),
    ),
    "VG6": (
        "man of 66",
        (
            *("L2 fracture on 2025-07-01, resolved 2025-12-20", "pain 0 of 10 on 2026-02-27", "fall from standing"),
            *("timed up and go 8 on 2026-02-20", "chair stands 16 on 2026-02-20"),
        ),
        (("RA1e", 45, 60, "03-22"), ("C", 13, "routine", "03-15")),
    ),
    "VG7": (
        "man of 72",
        (
            *("L2 fracture on 2025-02-01, resolved 2025-12-20", "pain 1 of 10 on 2026-02-27"),
            *("attested fragility resolved on 2026-02-20", "timed up and go 9 on 2026-02-20"),
            "chair stands 13 on 2026-02-20",
        ),
        (("RA1e", 45, 60, "03-22"), ("C", 13, "routine", "03-15")),
    ),
    "VG8": (
        "man of 58",
        ("L1 fracture on 2025-10-01, delayed healing", "pain 5 of 10 on 2026-02-27"),
        (("RA1a", 15, 60, "held"), ("F", 4, "routine", "03-15")),
    ),
    "VG9": (
        "woman of 74",
        ("L2 fracture on 2026-01-05", "kyphoplasty at lumbar on 2026-02-20", "pain 3 of 10 on 2026-02-27"),
        (("RA1b", 15, 60, "05-03"), ("A", 21, "urgent", "03-08")),
    ),
    "VG10": (
        "man of 61",
        ("L3 fracture on 2025-12-25, routine healing", "fusion at lumbar on 2025-12-28, L2-L4"),
        (("RA1a", 15, 60, "held"), ("F", 4, "routine", "03-15")),
    ),
    "VG11": (
        "man of 69",
        ("L3 fracture on 2025-08-15, routine healing", "pain 2 of 10 on 2026-02-27"),
        (("RA1d", 40, 60, "03-29"), ("B", 25, "routine", "03-15")),
    ),
    "VG13": (
        "man of 67",
        ("L3 fracture on 2025-12-31, routine healing", "pain 3 of 10 on 2026-02-27"),
        (("RA1c", 30, 60, "04-12"), ("B", 25, "routine", "03-15")),
    ),
    "VG14": (
        "man of 71",
        ("L4 fracture on 2025-10-28, routine healing", "copd", "pain 2 of 10 on 2026-02-27"),
        (("RA1d", 40, 60, "03-29"), ("B", 25, "routine", "03-15")),
    ),
    "VG15": (
        "man of 70",
        ("L2 fracture on 2025-12-28, routine healing", "pain 8 of 10 on 2026-02-27"),
        (("RA1a", 10, 60, "held"), ("E", 5, "urgent", "03-08")),
    ),
    "K1": (
        "woman of 82",
        (
            *("L1 fracture on 2026-02-19", "pain 7 of 10 on 2026-02-27"),
            "order brace until 2026-05-14 given 2026-02-20",
            *("takes oxycodone since 2026-02-19", "lives alone", "needs help"),
            "Clinical Frailty Scale 6 on 2026-02-20",
        ),
        (("RA1a", 10, 30, "held"), ("E", 5, "asap", "03-04")),
    ),
    "K3": (
        "woman of 84",
        (
            *("L3 fracture on 2025-10-28, routine healing", "fracture hip femur on 2026-02-08"),
            *("hip replacement on 2026-02-09", "parkinson", "orthostatic hypotension"),
        ),
        (("RA2k", 15, 30, "03-22"), ("B", 25, "routine", "03-15")),
    ),
    "K11": (
        "man of 90",
        ("L3 fracture on 2025-10-28, routine healing", "bed bound", "Clinical Frailty Scale 8 on 2026-02-01"),
        (("RA2b", 10, 20, "None"), ("D", 25, "routine", "03-15")),
    ),
    "K12": (
        "woman of 68",
        (
            *("L3 fracture on 2025-08-13, routine healing", "falls on 2026-02-15", "takes zolpidem since 2026-01-01"),
            "timed up and go 11.4 on 2026-02-20",
        ),
        (("RA1d", 40, 60, "03-29"), ("B", 25, "urgent", "03-08")),
    ),
    "K14": (
        "man of 76",
        (
            *("L1 fracture on 2024-08-20", "fixation at lumbar on 2024-09-01", "ankylosed spine"),
            *("attested surgeon clearance on 2025-03-01", "attested healed on 2025-06-01"),
        ),
        (("RA1e", 45, 60, "03-22"), ("B", 25, "routine", "03-15")),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", VIGNETTES)
def test_vignette(name):
    who, facts, expected = VIGNETTES[name]
    proposal = planned(*facts, who=who)
    rule, start, target, full = minutes(proposal)
    full = "None" if full == "held" and not proposal.ramp.held else full
    assert ((rule, start, target, full), ordered(proposal)) == expected


def vignette(name: str):
    who, facts, _ = VIGNETTES[name]
    return planned(*facts, who=who)


def test_frail_and_alone_visits_are_short_and_the_dose_says_why():
    proposal = vignette("VG5")
    assert proposal.visits.minutes == (30, 30)
    assert proposal.ramp.flag is DoseFlag.BELOW_SEED and "frail adults" in proposal.ramp.reason
    assert proposal.priority.because == ("lives alone, with pain or weak legs",)


def test_in_pain_helpless_and_alone_the_most_urgent_reason_leads():
    proposal = vignette("K1")
    assert proposal.priority.because == ("needs help to get out of bed or to walk, and lives alone",)
    assert "10 minutes twice a day" in proposal.ramp.held and "Home-bound" in proposal.visits.setting


def test_a_stiff_spine_is_never_asked_about_prone():
    assert not {review.id for review in vignette("K14").reviews} & {"PG9-prone-first", "PG9-prone"}


def test_the_surgeons_day_is_not_guessed():
    for name in ("VG8", "VG10"):
        ramp = vignette(name).ramp
        assert "surgeon decides when we add time" in ramp.held and ramp.full_dose_from is None
