"""Sentences and tables of reports, each with the T-scores that are read in it.

``?`` where no place is told, ``unclear`` where something in it could not be told apart.
"""

import pytest

from smartapp.fhir.read.scores_in_text import Score, scores_in
from smartapp.fhir.text import lines_of
from smartapp.knowledge import load

SPINE, NECK, HIP = "lumbar-spine", "femoral-neck", "total-hip"


def found_in(said):
    found = scores_in(lines_of(said, 20_000), load().phrases)
    return [
        f"{one.number.value} {(one.place and one.place.site) or '?'}" if isinstance(one, Score) else "unclear"
        for one in found
    ]


SENTENCES = [
    # place before, place behind, one each in the order of the lists
    ("L1-L4 T-score: -2.1. Femoral neck T-score of -2.6.", [f"-2.1 {SPINE}", f"-2.6 {NECK}"]),
    ("T-scores of -1.2 at the lumbar spine and -2.6 at the left femoral neck.", [f"-1.2 {SPINE}", f"-2.6 {NECK}"]),
    ("Femoral neck and total hip T-scores are -2.6 and -1.9", [f"-2.6 {NECK}", f"-1.9 {HIP}"]),
    ("T-scores are -1.2 and -2.6 at the spine and hip, respectively.", [f"-1.2 {SPINE}", f"-2.6 {HIP}"]),
    ("T-scores: L1-L4 -1.2; femoral neck -2.6; total hip -1.9.", [f"-1.2 {SPINE}", f"-2.6 {NECK}", f"-1.9 {HIP}"]),
    ("T-score -1.2 (L1-L4), -2.6 (femoral neck), -1.9 (total hip)", [f"-1.2 {SPINE}", f"-2.6 {NECK}", f"-1.9 {HIP}"]),
    ("T-score of -1.2 at the lumbar spine, femoral neck -2.6", [f"-1.2 {SPINE}", f"-2.6 {NECK}"]),
    ("T-score of the spine is -1.2 and of the left hip is -2.6.", [f"-1.2 {SPINE}", f"-2.6 {HIP}"]),
    ("Left and right femoral neck T-scores are -2.4 and -2.6.", [f"-2.4 {NECK}", f"-2.6 {NECK}"]),
    ("L1, L3 and L4 T-score -1.8.", [f"-1.8 {SPINE}"]),
    ("A T-score of -2.6 was measured in the hip.", [f"-2.6 {HIP}"]),
    ("-2.6 T-score at the hip", [f"-2.6 {HIP}"]),
    ("Left hip: neck T-score -2.2, troch -2.8, total -1.7.", [f"-2.2 {NECK}", "-2.8 other", f"-1.7 {HIP}"]),
    ("LS T -2.1, FN T -2.6, TH T -1.9", [f"-2.1 {SPINE}", f"-2.6 {NECK}", "-1.9 ?"]),
    ("L-spine (T = -2.1), femoral neck (T = -2.6)", [f"-2.1 {SPINE}", f"-2.6 {NECK}"]),
    ("Fem Neck: 0.72 T-Score -2.6", [f"-2.6 {NECK}"]),
    # numbers
    ("Femoral neck T score minus 2.6. Spine T-score = −1,2", [f"-2.6 {NECK}", f"-1.2 {SPINE}"]),
    ("Femoral neck T-score: +0.3, Z-score +1.1", [f"0.3 {NECK}"]),
    ("T-scores -2, -1 (spine, hip)", [f"-2 {SPINE}", f"-1 {HIP}"]),
    ("T-scores: L1 -2, L1-L4 -2", [f"-2 {SPINE}", f"-2 {SPINE}"]),
    ("T-score of 2.6 below the young adult mean at the femoral neck.", [f"-2.6 {NECK}"]),
    ("Hip BMD is 2.6 SD below the young adult mean and 1.1 SD below the age-matched mean.", [f"-2.6 {HIP}"]),
    ("T-score -2.6 (left femoral neck). Repeat DXA in 2 years.", [f"-2.6 {NECK}"]),
    ("Lowest T-score of the spine: -2.6, FRAX 3.1", [f"-2.6 {SPINE}"]),
    # not told apart
    ("Spine and hip T-scores are -1.2, -1.9 and -2.6.", ["unclear"]),
    ("T- and Z-scores of the hip are -2.6 and -1.0.", ["unclear"]),
    ("Femoral neck T-score -2.6 (previously -2.1 and -1.9).", [f"-2.6 {NECK}", "unclear"]),
    ("Hip T-score has changed from -2.1 to -2.6.", ["unclear"]),
    ("Hip T-score is lower than -2.5.", ["unclear"]),
    ("BMD of the hip is 2.6 standard deviations below the mean.", ["unclear"]),
    ("Hip T-score -25", ["unclear"]),
    ("T-score L1-L4/FN/TH: -1.2/-2.6/-1.9", ["unclear"]),
    ("TBS T-score -1.9 at the spine", ["unclear"]),
    ("Previous DXA (2020): L1-L4 T-score -2.8. Current: L1-L4 T-score -1.9.", ["unclear", f"-1.9 {SPINE}"]),
    ("T-scores are -1.2 and later, without a place, -2.6", ["-1.2 ?", "unclear"]),
    # no result
    ("Osteopenia: T-score between -1.0 and -2.5. Osteoporosis: T-score -2.5 or below.", []),
    ("WHO criteria: osteoporosis is a T-score of -2.5 or below at the spine or hip.", []),
    ("Hip fracture probability 3.1 %", []),
    ("Femoral neck BMD 0.702 g/cm2, Z-score -1.1", []),
]

TABLES = [
    ("T-scores:\nLumbar spine: -1.2\nFemoral neck: -2.6", [f"-1.2 {SPINE}", f"-2.6 {NECK}"]),
    ("Lumbar spine:\n- BMD: 0,912\n- T-score: -2,5\n- Z-score: -1,1", [f"-2.5 {SPINE}"]),
    ("Femoral neck\nT-score\n-2.6\nZ-score\n-1.1", [f"-2.6 {NECK}"]),
    ("Region BMD (g/cm2) T-score Z-score\nLumbar spine L1-L4 0.912 -2.0 -1.1", [f"-2.0 {SPINE}"]),
    ("Scan  Region  BMD  T-Score  Z-Score\nLeft Femur Neck    0.691 g/cm2  -2.6  -0.9", [f"-2.6 {NECK}"]),
    ("| Site | T-score | Class |\n|---|---|---|\n| L1-L4 | -1.4 | Osteopenia |", [f"-1.4 {SPINE}"]),
    ("Left Hip\nRegion\tBMD\tT-score\nNeck\t0.6\t-2.2\nTotal\t0.7\t-1.7", [f"-2.2 {NECK}", f"-1.7 {HIP}"]),
    ("AP Spine\nRegion\tBMD\tT-score\nL1\t0.6\t-2.2\nTotal\t0.7\t-1.7", [f"-2.2 {SPINE}", f"-1.7 {SPINE}"]),
    ("\tL1-L4\tFemoral neck\nBMD\t1.0\t0.7\nT-score\t-1.4\t-2.6", [f"-1.4 {SPINE}", f"-2.6 {NECK}"]),
    ("\tL1-L4\tFemoral neck\nT-score\t-1.4\t-2.6\t-1.9", ["unclear"]),
    ("Region\tPrior T-score\tT-score\nL1-L4\t-1.1\t-1.4", [f"-1.4 {SPINE}"]),
    ("Region\tT-score\tT-score\nL1-L4\t-1.1\t-1.4", ["unclear"]),
    ("Region\tT-score\nL1-L4\t\nFemoral neck\t-1.4", [f"-1.4 {NECK}"]),
    ("Hip\nDate\tT-score\n12 May 2021\t-1.4", ["unclear"]),
    ("Region\tT-score\nMean\t-1.4", ["unclear"]),
    ("Region T-score Z-score\nL1-L4 0.912 -2.0 -1.1 -3.1", ["unclear"]),
    ("Region\tZ-score\nL1-L4\t-1.4\nT-score: -2.1", [f"-2.1 {SPINE}"]),
    ("T-score Classification\n-1.0 and above Normal\n-2.5 and below Osteoporosis", []),
    ("T-scores see above.\nThe hip of this patient was found to be at -2.6 today", ["unclear"]),
    ("Lumbar spine: L1-L4\n\nLowest T-score: -2.6", ["-2.6 ?"]),
    ("Total T-score -2.6", ["-2.6 ?"]),
]


@pytest.mark.parametrize(("said", "right"), [*SENTENCES, *TABLES])
def test_scores_of_a_text(said, right):
    assert found_in(said) == right


@pytest.mark.parametrize(
    ("said", "levels"),
    [
        ("L1-L4 (L2) T-score -1.9", "L1 L3 L4"),
        ("L1-L4 (L2,3) T-score -1.9", "L1 L4"),
        ("L1-L4, excluding L2, T-score -1.9", "L1 L3 L4"),
        ("L1-L4 (L2 excluded) T-score -1.9", "L1 L3 L4"),
        ("L1, L3 and L4 T-score -1.8", "L1 L3 L4"),
        ("L2-4 T-score -1.8", "L2 L3 L4"),
        ("L1 -2.1 T-score of L1-L4 -1.8", "L1 L2 L3 L4"),
        ("Lumbar spine T-score -1.8", ""),
    ],
)
def test_vertebrae_of_a_region(said, levels):
    found = scores_in([said], load().phrases)
    score = next(one for one in reversed(found) if isinstance(one, Score))
    assert " ".join(sorted(score.place.levels)) == levels


def test_lines_and_cells_of_html_rtf_and_plain_text():
    table = "<table><tr><td>L1-L4</td>\n<td>-1.4</td></tr><tr><td>Neck</td><td></td></tr></table>"
    assert lines_of(table, 100) == ["L1-L4 | -1.4", "Neck"]
    assert lines_of("<div><p>a\nb</p><pre>c\nd</pre></div>", 100) == ["a b", "c", "d"]
    assert lines_of(r"{\rtf1 L1-L4\cell -1.4\cell\row Neck\cell -2.6\row}", 100) == ["L1-L4 | -1.4", "Neck | -2.6"]
    assert lines_of("a. b", 100) == ["a. b"]
    assert lines_of("abc\ndef", 5) == ["abc", "de"]
