"""docs/threat-model.md is whole: every attack, every line of ASVS 5.0.0 levels 1 and 2 once, every file it names."""

import re
from collections import Counter

from tests.quality.documents import ROOT, text

TEXT = text("docs/threat-model.md")
LINES = re.findall(r"^\| V(\d+\.\d+\.\d+) \| ([12]) \| (met|part|site|no|n/a) \| (.+) \|$", TEXT, re.MULTILINE)
LEVEL_1, LEVELS_1_AND_2 = 70, 253  # lines of the standard's table (OWASP/ASVS 5.0.0)


def test_every_line_of_the_standard_is_there_once_with_words():
    assert len(LINES) == len({line[0] for line in LINES}) == LEVELS_1_AND_2
    assert sum(line[1] == "1" for line in LINES) == LEVEL_1
    assert all(len(line[3]) > 5 for line in LINES)


def test_the_count_in_the_text_is_that_of_the_table():
    for status, count in Counter(line[2] for line in LINES).items():
        assert f"{count} {status}" in TEXT


def test_every_attack_of_the_conformance_table_is_there():
    first_cells = re.findall(r"^\| (SM-T[^|]+) \|", TEXT, re.MULTILINE)
    assert {f"SM-T{n}" for n in range(1, 21)} == set(re.findall(r"SM-T\d+", " ".join(first_cells)))


def test_every_file_it_names_is_there():
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.[a-z]+)`", TEXT))
    missing = [name for name in named if not (ROOT / name).exists() and not (ROOT / "smartapp" / name).exists()]
    assert len(named) > 20 and not missing
