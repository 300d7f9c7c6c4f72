"""Bone density (rule book 2.6): scans and coded diagnoses become a class, its source, and what speaks against it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import BoneDensity, Reason
from smartapp.core.chart import Source
from smartapp.core.concepts import Concept, Topic
from smartapp.core.dates import add_months
from smartapp.core.derive.bone_scans import NORMAL, Scan, newest_by_site, valid_scans
from smartapp.core.derive.facts import Facts, sources_of
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import Notes, Noting, alert, gap, rule_missed, unique
from smartapp.core.frozen import frozen
from smartapp.core.kinds import Quantity, Sex, Site
from smartapp.core.quotes import quoted
from smartapp.core.thresholds import ThresholdName

OSTEOPOROSIS, OSTEOPENIA = "osteoporosis", "osteopenia"
BELOW_EXPECTED, WITHIN_EXPECTED = "below-expected-range", "within-expected-range"

_INVALID_SITES = frozenset({Site.FOREARM, Site.OTHER})


@frozen
class Bone:
    density: BoneDensity | None
    osteoporosis: Reason | None  # coded, or a T-score of -2.5 or below
    newest: date | None  # of the scans that count


def bone_of(fractures: Fractures, facts: Facts) -> Noting[Bone]:
    """Class from T-scores where age at scan allows, else from Z-scores; coded osteoporosis counts by itself."""
    t_scores = newest_by_site((yield from valid_scans(Quantity.T_SCORE, fractures, facts)))
    z_scores = newest_by_site((yield from valid_scans(Quantity.Z_SCORE, fractures, facts)))
    adult_t = [scan for scan in t_scores if t_score_applies(facts, scan.on) or _low_at_unknown_age(scan, facts)]
    young_z = [scan for scan in z_scores if not t_score_applies(facts, scan.on)]
    ignored = [scan for scan in t_scores if scan not in adult_t]
    yield from _note_z_scores(ignored, young_z, bool(adult_t), facts)
    yield from _note_lumbar(adult_t or young_z, facts)
    density = (yield from _by_t_score(adult_t, facts)) or _by_z_score([] if adult_t else young_z, facts)
    osteoporosis = _osteoporosis(density, facts)
    yield from _note_coded(density, osteoporosis, facts)
    newest = max((scan.on for scan in (*t_scores, *young_z)), default=None)
    elder_z = tuple(scan.measurement.source for scan in z_scores if scan not in young_z)
    yield from _note_supply(newest, elder_z, fractures, facts)
    return Bone(density, osteoporosis, newest)


def t_score_applies(facts: Facts, day: date) -> bool:
    """Men of 50 and over and postmenopausal women at scan: T; everyone younger: Z (2.6.4, 2.6.5)."""
    age = facts.age_at(day)
    if age is None:
        return False
    if facts.patient.sex is Sex.FEMALE and facts.with_concepts(Concept.POSTMENOPAUSAL):
        return True
    return age >= facts.knowledge.whole(ThresholdName.T_SCORE_FROM_AGE)


def _low_at_unknown_age(scan: Scan, facts: Facts) -> bool:
    """Of unknown age a T-score counts only as what it forbids (ours): a missing birth date frees nobody."""
    return facts.age is None and t_class(scan.value, facts) == OSTEOPOROSIS


def _lowest(scans: list[Scan]) -> Scan:
    return min(scans, key=lambda scan: (scan.value, scan.site))


def _by_t_score(scans: list[Scan], facts: Facts) -> Noting[BoneDensity | None]:
    """Lowest T-score classifies; a doubtful lumbar value only as the lowest, and alone only as osteoporosis."""
    if not scans:
        return None
    lowest = _lowest(scans)
    cls = t_class(lowest.value, facts)
    if all(scan.doubtful for scan in scans) and cls != OSTEOPOROSIS:
        return None
    rounded = lowest.value.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if t_class(rounded, facts) != cls:
        why = f"T-score {lowest.value} is {cls}; rounded to {rounded} it would be {t_class(rounded, facts)}."
        yield alert(AlertCode.BMD_BORDERLINE, why, [lowest.measurement.source])
    text = f"Lowest T-score {lowest.value} ({lowest.site.replace('-', ' ')}, {lowest.on}): {cls}."
    reason = Reason(text, ("S45",), (lowest.measurement.source,), "bmd.t-score")
    return BoneDensity(cls, lowest.value, lowest.site, lowest.on, lowest.measurement.source, reason)


def t_class(value: Decimal, facts: Facts) -> str:
    """T of -2.5 or below osteoporosis, of -1.0 or above normal, osteopenia between; unrounded (2.6.4)."""
    if value <= facts.knowledge.number(ThresholdName.T_OSTEOPOROSIS):
        return OSTEOPOROSIS
    return NORMAL if value >= facts.knowledge.number(ThresholdName.T_NORMAL) else OSTEOPENIA


def _by_z_score(scans: list[Scan], facts: Facts) -> BoneDensity | None:
    if not scans:
        return None
    lowest = _lowest(scans)
    below = lowest.value <= facts.knowledge.number(ThresholdName.Z_BELOW_EXPECTED)
    if all(scan.doubtful for scan in scans) and not below:
        return None
    cls = BELOW_EXPECTED if below else WITHIN_EXPECTED
    where = f"{lowest.site.replace('-', ' ')}, {lowest.on}"
    text = f"Lowest Z-score {lowest.value} ({where}): {cls.replace('-', ' ')} for age."
    reason = Reason(text, ("S45",), (lowest.measurement.source,), "bmd.z-score")
    return BoneDensity(cls, lowest.value, lowest.site, lowest.on, lowest.measurement.source, reason)


def _osteoporosis(density: BoneDensity | None, facts: Facts) -> Reason | None:
    coded = facts.with_concepts(Concept.OSTEOPOROSIS)
    if coded:
        return Reason("Osteoporosis is coded.", ("S45",), sources_of(coded), "bmd.coded-osteoporosis")
    return density.reason if density and density.cls == OSTEOPOROSIS else None


def _note_z_scores(ignored: list[Scan], used: list[Scan], adult: bool, facts: Facts) -> Notes:
    """USE_Z_SCORE: scanned young; or never scanned and young today (2.6.5)."""
    if adult or (not ignored and not used and t_score_applies(facts, facts.today)):
        yield rule_missed("alert.use-z-score", "T-scores apply at this age.", ("S45",), [facts.patient_source])
        return
    if facts.age is None:
        return
    found = [scan.measurement.source for scan in (*ignored, *used)] or [facts.patient_source]
    age = facts.knowledge.whole(ThresholdName.T_SCORE_FROM_AGE)
    why = f"T-scores from before {age} or menopause are not used." if ignored else f"Under {age} or before menopause."
    yield alert(AlertCode.USE_Z_SCORE, why, found)
    if not used:
        yield gap("z-score", "What is the Z-score?", f"Before {age} or menopause it is the one that counts.")


def _note_lumbar(scans: list[Scan], facts: Facts) -> Notes:
    doubtful = [scan for scan in scans if scan.doubtful]
    if not doubtful:
        yield rule_missed("alert.ls-unreliable", "No lumbar scan over a fracture is on record.", ("S45",))
        return
    only = len(doubtful) == len(scans)
    scan = doubtful[0]
    why = f"The lumbar value {scan.value} ({scan.on}) includes a fractured or a single vertebra."
    source = [scan.measurement.source]
    yield alert(AlertCode.LS_UNRELIABLE, why, source, eased=not only, variant="only" if only else "")
    if only:
        yield gap("hip-dxa", "What is the hip T-score?", "The lumbar value cannot prove osteopenia or normal density.")


def _note_coded(density: BoneDensity | None, osteoporosis: Reason | None, facts: Facts) -> Notes:
    """Coded against measured (2.6.7)."""
    coded = facts.with_concepts(Concept.OSTEOPENIA)
    measured = density.reason.sources if density else ()
    if density and density.cls == OSTEOPOROSIS and coded:
        yield alert(AlertCode.BMD_DISCORDANT, density.reason.text, (*measured, *sources_of(coded)))
    if density and density.cls == NORMAL:
        yield alert(AlertCode.NORMAL_BMD_WITH_FRACTURE, density.reason.text, (*measured, *sources_of(coded)))
    if osteoporosis:
        yield alert(AlertCode.OSTEOPOROSIS, osteoporosis.text, osteoporosis.sources)


def _note_none(elder_z: tuple[Source, ...], facts: Facts) -> Notes:
    """No score that may classify: asked for, and without a coded class there is nothing on bone density at all."""
    unread = facts.not_understood(Topic.BONE_DENSITY, Topic.BONE_DISEASE)
    asked = f"What do hip and spine DXA show? {unread}".strip()
    yield gap("dxa", asked, "Severity and drug therapy; precautions do not wait for it.")
    if facts.with_concepts(Concept.OSTEOPENIA, Concept.OSTEOPOROSIS):
        return
    why = "No usable T- or Z-score and no coded osteopenia or osteoporosis (missing: bone density)."
    if elder_z:
        why = "Only Z-scores are on record; at this age the T-score classifies (missing: T-score)."
    sources, variant = elder_z or [facts.patient_source], "unread" if unread else ""
    yield alert(AlertCode.NO_BMD_DATA, f"{why} {unread}".strip(), sources, variant=variant)


def _note_supply(newest: date | None, elder_z: tuple[Source, ...], fractures: Fractures, facts: Facts) -> Notes:
    """Stale, older than the fracture, at a site that does not classify, or missing (2.6.2, 2.6.8).

    ``elder_z``: Z-scores of an age at which only T-scores classify (2.6.4); alone they are no density data.
    """
    scores = (*facts.measurements_of(Quantity.T_SCORE), *facts.measurements_of(Quantity.Z_SCORE))
    invalid = [m for m in scores if m.site in _INVALID_SITES or m.site is None]
    if invalid:
        named = invalid[0].source.display if invalid[0].site is Site.OTHER else invalid[0].site
        why = f"T-score {invalid[0].value} at site {quoted(named or 'not stated')} does not classify."
        yield alert(AlertCode.DXA_SITE_INVALID, why, [m.source for m in invalid], eased=newest is not None)
    if newest is None:
        yield from _note_none(elder_z, facts)
        return
    months = facts.knowledge.whole(ThresholdName.DXA_STALE_AFTER)
    used = unique(m.source for m in scores if facts.day_of(m.when) == newest)
    if facts.today > add_months(newest, months):
        yield alert(AlertCode.STALE_DXA, f"The newest scan is of {newest}.", used)
    else:
        yield rule_missed("alert.stale-dxa", f"The newest scan is of {newest}.", ("S45",), used)
    if any(episode.start and newest < episode.start.day for episode in fractures.episodes):
        yield gap(
            "dxa-since-fracture",
            "What does a scan after the fracture show?",
            "The newest scan was before the fracture.",
        )
