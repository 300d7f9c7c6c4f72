"""Bone density scans (rule book 2.6.1-2.6.3): which values may classify, and which read too high."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from smartapp.core.alert_codes import AlertCode
from smartapp.core.chart import Measurement, Procedure, Quantity, Site
from smartapp.core.concepts import Concept
from smartapp.core.derive.facts import Facts
from smartapp.core.derive.fracture import Fractures
from smartapp.core.derive.notes import Noting, alert, gap, nearly
from smartapp.core.derive.surgery import LEAVES_MATERIAL, OPERATED, done
from smartapp.core.threshold_names import ThresholdName

CENTRAL = (Site.LUMBAR_SPINE, Site.TOTAL_HIP, Site.FEMORAL_NECK, Site.FEMUR)
SCANNED = frozenset({"L1", "L2", "L3", "L4"})  # the region of a lumbar spine scan where the report names none


@dataclass(frozen=True)
class Scan:
    """One T- or Z-score that may classify. ``doubtful``: a lumbar scan over a fracture, which reads too high."""

    value: Decimal
    site: Site
    on: date
    measurement: Measurement
    doubtful: bool = False


def valid_scans(quantity: Quantity, fractures: Fractures, facts: Facts) -> Noting[list[Scan]]:
    """Dated, plausible values at a site that classifies (2.6.1-2.6.3)."""
    plausible = facts.knowledge.number(ThresholdName.T_PLAUSIBLE)
    central, radius = [], []
    for measured in facts.measured(quantity):
        value, day, site = measured.value, facts.day_of(measured.when), measured.site
        if value is None or abs(value) > plausible:
            yield nearly("bmd.implausible", f"{value} is not a believable score.", (), [measured.source])
        elif site not in CENTRAL and site is not Site.RADIUS_THIRD:
            yield nearly("bmd.site", f"A score at site “{site}” does not classify.", (), [measured.source])
        elif day is None:
            yield nearly("bmd.undated", f"{value} has no date.", (), [measured.source])
            yield gap("dxa-date", "When was the bone density scan done?", "Age at scan decides how it is read.")
        elif site is Site.RADIUS_THIRD:
            radius.append(Scan(value, site, day, measured))
        elif not (yield from over_material(measured, day, facts)):
            central.append(Scan(value, site, day, measured, reads_high(measured, day, fractures, facts)))
    return central + radius if _radius_counts(central, facts) else central


def _radius_counts(central: list[Scan], facts: Facts) -> bool:
    """The third radius only where hip and spine cannot be used, or with hyperparathyroidism (ISCD)."""
    usable = [scan for scan in central if not scan.doubtful]
    overactive = facts.live(Concept.HYPERPARATHYROIDISM, Concept.HYPERPARATHYROIDISM_PRIMARY)
    return not usable or bool(overactive)


def over_material(measured: Measurement, day: date, facts: Facts) -> Noting[bool]:
    """Cement or metal in the region of interest makes a lumbar value invalid (2.6.3)."""
    for procedure in _material(measured, facts):
        if procedure.performed is not None and procedure.performed.earliest <= day:
            why = f"Cement or metal lies in the lumbar region of interest ({measured.value} is not used)."
            yield alert(AlertCode.LS_UNRELIABLE, why, [measured.source, procedure.source], eased=_hip_read(facts))
            return True
    return False


def _material(measured: Measurement, facts: Facts) -> list[Procedure]:
    """What was left in the bone a lumbar scan looked at, whenever it was done."""
    if measured.site is not Site.LUMBAR_SPINE:
        return []
    region = measured.levels or SCANNED
    left = (p for p in done(facts) if p.kind in LEAVES_MATERIAL and p.region in OPERATED)
    return [p for p in left if not p.levels or p.levels & region]


def _hip_read(facts: Facts) -> bool:
    scores = (*facts.measured(Quantity.T_SCORE), *facts.measured(Quantity.Z_SCORE))
    return any(m.site in CENTRAL and m.site is not Site.LUMBAR_SPINE for m in scores)


def reads_high(measured: Measurement, day: date, fractures: Fractures, facts: Facts) -> bool:
    """A lumbar scan after a fracture in its region, of one vertebra only, or perhaps over undated cement or metal."""
    if measured.site is not Site.LUMBAR_SPINE:
        return False
    if len(measured.levels) == 1 or any(p.performed is None for p in _material(measured, facts)):
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
