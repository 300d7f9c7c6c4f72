"""Bone density (rule book 2.6): scans and coded diagnoses become a class, its source, and what speaks against it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import BoneDensity, Reason
from smartapp.core.chart import AttestationName, Measurement, Quantity, Sex, Site
from smartapp.core.concepts import Concept
from smartapp.core.derive.dates import add_months
from smartapp.core.derive.facts import Facts, sources
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import Notes, unique
from smartapp.core.derive.surgery import LEAVES_MATERIAL, OPERATED, done
from smartapp.core.limits import Limit

OSTEOPOROSIS, OSTEOPENIA, NORMAL = "osteoporosis", "osteopenia", "normal"
BELOW_EXPECTED, WITHIN_EXPECTED = "below-expected-range", "within-expected-range"

CENTRAL = (Site.LUMBAR_SPINE, Site.TOTAL_HIP, Site.FEMORAL_NECK, Site.FEMUR)
SCANNED = frozenset({"L1", "L2", "L3", "L4"})  # the region of a lumbar spine scan where the report names none
_INVALID_SITES = frozenset({Site.FOREARM, Site.OTHER})


@dataclass(frozen=True)
class Scan:
    """One T- or Z-score that may classify. ``doubtful``: a lumbar scan over a fracture, which reads too high."""

    value: Decimal
    site: Site
    on: date
    measurement: Measurement
    doubtful: bool = False


@dataclass(frozen=True)
class Bone:
    density: BoneDensity | None
    osteoporosis: Reason | None  # coded, or a T-score of -2.5 or below
    newest: date | None  # of the scans that count


def bone_of(fractures: Fractures, facts: Facts, notes: Notes) -> Bone:
    """Class from T-scores where age at scan allows, else from Z-scores; coded osteoporosis counts by itself."""
    t_scores = newest_by_site(valid_scans(Quantity.T_SCORE, fractures, facts, notes))
    z_scores = newest_by_site(valid_scans(Quantity.Z_SCORE, fractures, facts, notes))
    adult_t = [scan for scan in t_scores if t_score_applies(facts, scan.on)]
    young_z = [scan for scan in z_scores if not t_score_applies(facts, scan.on)]
    ignored = [scan for scan in t_scores if scan not in adult_t]
    _note_z_scores(ignored, young_z, bool(adult_t), facts, notes)
    _note_lumbar(adult_t or young_z, facts, notes)
    density = _by_t_score(adult_t, facts, notes) or _by_z_score([] if adult_t else young_z, facts)
    osteoporosis = _osteoporosis(density, facts)
    _note_coded(density, osteoporosis, facts, notes)
    newest = max((scan.on for scan in (*t_scores, *z_scores)), default=None)
    _note_supply(newest, fractures, facts, notes)
    return Bone(density, osteoporosis, newest)


def t_score_applies(facts: Facts, day: date) -> bool:
    """Men of 50 and over and postmenopausal women at scan: T; everyone younger: Z (2.6.4, 2.6.5)."""
    age = facts.age_at(day)
    if age is None:
        return False
    if facts.patient.sex is Sex.FEMALE and facts.having(Concept.POSTMENOPAUSAL):
        return True
    return age >= facts.knowledge.whole(Limit.T_SCORE_FROM_AGE)


def valid_scans(quantity: Quantity, fractures: Fractures, facts: Facts, notes: Notes) -> list[Scan]:
    """Dated, plausible values at a site that classifies (2.6.1-2.6.3)."""
    plausible = facts.knowledge.number(Limit.T_PLAUSIBLE)
    central, radius = [], []
    for measured in facts.measured(quantity):
        value, day, site = measured.value, facts.day_of(measured.when), measured.site
        if value is None or abs(value) > plausible:
            notes.nearly("bmd.implausible", f"{value} is not a believable score.", (), [measured.source])
        elif site not in CENTRAL and site is not Site.RADIUS_THIRD:
            notes.nearly("bmd.site", f"A score at site “{site}” does not classify.", (), [measured.source])
        elif day is None:
            notes.nearly("bmd.undated", f"{value} has no date.", (), [measured.source])
            notes.gap("dxa-date", "When was the bone density scan done?", "Age at scan decides how it is read.")
        elif site is Site.RADIUS_THIRD:
            radius.append(Scan(value, site, day, measured))
        elif not _over_material(measured, day, facts, notes):
            central.append(Scan(value, site, day, measured, _doubtful(measured, day, fractures)))
    return central + radius if _radius_counts(central, facts) else central


def _radius_counts(central: list[Scan], facts: Facts) -> bool:
    """The third radius only where hip and spine cannot be used, or with hyperparathyroidism (ISCD)."""
    usable = [scan for scan in central if not scan.doubtful]
    overactive = facts.live(Concept.HYPERPARATHYROIDISM, Concept.HYPERPARATHYROIDISM_PRIMARY)
    return not usable or bool(overactive)


def _over_material(measured: Measurement, day: date, facts: Facts, notes: Notes) -> bool:
    """Cement or metal in the region of interest makes a lumbar value invalid (2.6.3)."""
    if measured.site is not Site.LUMBAR_SPINE:
        return False
    region = measured.levels or SCANNED
    for procedure in done(facts):
        before = procedure.performed is None or procedure.performed.earliest <= day
        material = procedure.kind in LEAVES_MATERIAL and procedure.region in OPERATED
        if before and material and (not procedure.levels or procedure.levels & region):
            why = f"Cement or metal lies in the lumbar region of interest ({measured.value} is not used)."
            notes.alert(AlertCode.LS_UNRELIABLE, why, [measured.source, procedure.source], eased=_hip_read(facts))
            return True
    return False


def _hip_read(facts: Facts) -> bool:
    scores = (*facts.measured(Quantity.T_SCORE), *facts.measured(Quantity.Z_SCORE))
    return any(m.site in CENTRAL and m.site is not Site.LUMBAR_SPINE for m in scores)


def _doubtful(measured: Measurement, day: date, fractures: Fractures) -> bool:
    """A lumbar scan after a fracture in its region, or of one vertebra only, reads too high or proves nothing."""
    if measured.site is not Site.LUMBAR_SPINE:
        return False
    if len(measured.levels) == 1:
        return True
    region = measured.levels or SCANNED
    return any(
        (not episode.level or episode.level in region) and (episode.start is None or episode.start.earliest <= day)
        for episode in fractures.lumbar
    )


def newest_by_site(scans: list[Scan]) -> list[Scan]:
    """One value per site: the newest, of the same day the lowest."""
    best: dict[Site, Scan] = {}
    for scan in scans:
        held = best.get(scan.site)
        if held is None or (scan.on, -scan.value) > (held.on, -held.value):
            best[scan.site] = scan
    return [best[site] for site in sorted(best)]


def _lowest(scans: list[Scan]) -> Scan:
    return min(scans, key=lambda scan: (scan.value, scan.site))


def _by_t_score(scans: list[Scan], facts: Facts, notes: Notes) -> BoneDensity | None:
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
        notes.alert(AlertCode.BMD_BORDERLINE, why, [lowest.measurement.source])
    text = f"Lowest T-score {lowest.value} ({lowest.site}, {lowest.on}): {cls}."
    reason = Reason(text, ("S45",), (lowest.measurement.source,), "bmd.t-score")
    return BoneDensity(cls, lowest.value, lowest.site, lowest.on, lowest.measurement.source, reason)


def t_class(value: Decimal, facts: Facts) -> str:
    """T of -2.5 or below osteoporosis, of -1.0 or above normal, osteopenia between; unrounded (2.6.4)."""
    if value <= facts.knowledge.number(Limit.T_OSTEOPOROSIS):
        return OSTEOPOROSIS
    return NORMAL if value >= facts.knowledge.number(Limit.T_NORMAL) else OSTEOPENIA


def _by_z_score(scans: list[Scan], facts: Facts) -> BoneDensity | None:
    if not scans:
        return None
    lowest = _lowest(scans)
    below = lowest.value <= facts.knowledge.number(Limit.Z_BELOW_EXPECTED)
    if all(scan.doubtful for scan in scans) and not below:
        return None
    cls = BELOW_EXPECTED if below else WITHIN_EXPECTED
    text = f"Lowest Z-score {lowest.value} ({lowest.site}, {lowest.on}): {cls.replace('-', ' ')} for age."
    reason = Reason(text, ("S45",), (lowest.measurement.source,), "bmd.z-score")
    return BoneDensity(cls, lowest.value, lowest.site, lowest.on, lowest.measurement.source, reason)


def _osteoporosis(density: BoneDensity | None, facts: Facts) -> Reason | None:
    coded = facts.having(Concept.OSTEOPOROSIS)
    if coded:
        return Reason("Osteoporosis is coded.", ("S45",), sources(coded), "bmd.coded-osteoporosis")
    return density.reason if density and density.cls == OSTEOPOROSIS else None


def _note_z_scores(ignored: list[Scan], used: list[Scan], adult: bool, facts: Facts, notes: Notes) -> None:
    """USE_Z_SCORE: scanned young; or never scanned and young today (2.6.5)."""
    if adult or (not ignored and not used and t_score_applies(facts, facts.today)):
        notes.nearly("alert.use-z-score", "T-scores apply at this age.", ("S45",), [facts.patient_source])
        return
    if facts.age is None:
        return
    found = [scan.measurement.source for scan in (*ignored, *used)] or [facts.patient_source]
    why = "T-scores from before 50 or menopause are not used." if ignored else "Under 50 or before menopause."
    notes.alert(AlertCode.USE_Z_SCORE, why, found)
    if not used:
        notes.gap("z-score", "What is the Z-score?", "Before 50 or menopause it is the one that counts.")


def _note_lumbar(scans: list[Scan], facts: Facts, notes: Notes) -> None:
    doubtful = [scan for scan in scans if scan.doubtful]
    if not doubtful:
        notes.nearly("alert.ls-unreliable", "No lumbar scan over a fracture is on record.", ("S45",))
        return
    only = len(doubtful) == len(scans)
    scan = doubtful[0]
    why = f"The lumbar value {scan.value} ({scan.on}) includes a fractured or a single vertebra."
    source = [scan.measurement.source]
    notes.alert(AlertCode.LS_UNRELIABLE, why, source, eased=not only, variant="only" if only else "")
    if only:
        notes.gap("hip-dxa", "What is the hip T-score?", "The lumbar value cannot prove osteopenia or normal density.")


def _note_coded(density: BoneDensity | None, osteoporosis: Reason | None, facts: Facts, notes: Notes) -> None:
    """Coded against measured (2.6.7)."""
    coded = facts.having(Concept.OSTEOPENIA)
    measured = density.reason.sources if density else ()
    if density and density.cls == OSTEOPOROSIS and coded:
        notes.alert(AlertCode.BMD_DISCORDANT, density.reason.text, (*measured, *sources(coded)))
    if density and density.cls == NORMAL:
        notes.alert(AlertCode.NORMAL_BMD_WITH_FRACTURE, density.reason.text, (*measured, *sources(coded)))
    if osteoporosis:
        notes.alert(AlertCode.OSTEOPOROSIS, osteoporosis.text, osteoporosis.sources)


def _note_supply(newest: date | None, fractures: Fractures, facts: Facts, notes: Notes) -> None:
    """Stale, older than the fracture, at a site that does not classify, or missing (2.6.2, 2.6.8)."""
    coded = facts.having(Concept.OSTEOPENIA, Concept.OSTEOPOROSIS)
    scores = (*facts.measured(Quantity.T_SCORE), *facts.measured(Quantity.Z_SCORE))
    invalid = [m for m in scores if m.site in _INVALID_SITES or m.site is None]
    if invalid:
        why = f"T-score {invalid[0].value} at site “{invalid[0].site or 'not stated'}” does not classify."
        notes.alert(AlertCode.DXA_SITE_INVALID, why, [m.source for m in invalid], eased=newest is not None)
    if newest is None:
        notes.gap(
            "dxa", "What do hip and spine DXA show?", "Severity and drug therapy; precautions do not wait for it."
        )
        if not coded:
            why = "No usable T- or Z-score and no coded osteopenia or osteoporosis (missing: bone density)."
            notes.alert(AlertCode.NO_BMD_DATA, why, [facts.patient_source])
        return
    months = facts.knowledge.whole(Limit.DXA_STALE_AFTER)
    used = unique(m.source for m in scores if facts.day_of(m.when) == newest)
    if facts.today > add_months(newest, months):
        notes.alert(AlertCode.STALE_DXA, f"The newest scan is of {newest}.", used)
    else:
        notes.nearly("alert.stale-dxa", f"The newest scan is of {newest}.", ("S45",), used)
    if any(episode.start and newest < episode.start.day for episode in fractures.episodes):
        notes.gap("dxa-since-fracture", "What does a scan after the fracture show?", "The newest is older than it.")


def improved(bone: Bone, fractures: Fractures, facts: Facts) -> Reason | None:
    """bmdImproved (2.4): attested, or gained beyond the least significant change, or lowest T above -1.0."""
    return _attested_improved(fractures, facts) or _gained(fractures, facts) or _above_normal(bone, fractures, facts)


def _attested_improved(fractures: Fractures, facts: Facts) -> Reason | None:
    said = facts.attested(AttestationName.BMD_IMPROVED, _newest_fracture(fractures))
    if said is None:
        return None
    return Reason(f"Better bone density attested on {said.on}.", ("S22",), (said.source,), "bmd.improved.attested")


def _newest_fracture(fractures: Fractures) -> date | None:
    return max((e.start.earliest for e in fractures.episodes if e.start), default=None)


def _above_normal(bone: Bone, fractures: Fractures, facts: Facts) -> Reason | None:
    density, since = bone.density, _newest_fracture(fractures)
    if density is None or density.cls != NORMAL or density.value is None or density.on is None:
        return None
    after = since is None or density.on >= since
    if density.value > facts.knowledge.number(Limit.T_NORMAL) and after:
        return replace(density.reason, rule="bmd.improved.normal", statements=("S22",))
    return None


def _gained(fractures: Fractures, facts: Facts) -> Reason | None:
    """Same site, same scanner, gain of at least the least significant change over every earlier scan (g/cm2)."""
    least = {
        Site.LUMBAR_SPINE: Limit.LSC_LUMBAR_SPINE,
        Site.TOTAL_HIP: Limit.LSC_TOTAL_HIP,
        Site.FEMORAL_NECK: Limit.LSC_FEMORAL_NECK,
    }
    gains = [gain for site, limit in least.items() for gain in _changes(site, limit, fractures, facts)]
    if any(percent <= -floor for percent, floor, _ in gains):
        return None
    best = [reason for percent, floor, reason in gains if percent >= floor]
    return best[0] if best else None


def _changes(site: Site, limit: Limit, fractures: Fractures, facts: Facts) -> list[tuple[Decimal, Decimal, Reason]]:
    """Per scanner at one site: percent change of the newest scan since the fracture over the best earlier one."""
    since = _newest_fracture(fractures)
    by_scanner: dict[str, list[tuple[date, Decimal, Measurement]]] = {}
    for m in facts.measured(Quantity.AREAL_BMD):
        day = facts.day_of(m.when)
        doubtful = day is not None and (
            _doubtful(m, day, fractures) or _over_material(m, day, facts, Notes(facts.knowledge))
        )
        if m.site is site and m.device and m.value and m.value > 0 and day is not None and not doubtful:
            by_scanner.setdefault(m.device, []).append((day, m.value, m))
    found = []
    for device in sorted(by_scanner):
        series = sorted(by_scanner[device], key=lambda row: (row[0], -row[1], row[2].source.reference))
        newest = series[-1]
        earlier = [row for row in series if row[0] < newest[0]]
        if not earlier or (since is not None and newest[0] < since):
            continue
        best = max(earlier, key=lambda row: row[1])
        percent = (newest[1] - best[1]) / best[1] * 100
        text = (
            f"{site} {best[1]} ({best[0]}) to {newest[1]} g/cm2 ({newest[0]}) on the same scanner: "
            f"{percent.quantize(Decimal('0.1'), ROUND_HALF_UP)} percent."
        )
        reason = Reason(text, ("S22",), unique((best[2].source, newest[2].source)), "bmd.improved.gain")
        found.append((percent, facts.knowledge.number(limit), reason))
    return found
