"""Knowledge files, as text, become :class:`Knowledge`: thresholds, statements, sources, alerts and restriction texts.

No rule lives here and no file is opened here. :func:`parse` checks every cross-reference and names file and row of
what does not fit; :func:`smartapp.knowledge.load` reads the packaged files.
"""

import hashlib
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Severity, State
from smartapp.core.codes import CodeTable, parse_codes
from smartapp.core.library import Library, parse_library
from smartapp.core.limits import Limit
from smartapp.core.numbers import filled
from smartapp.core.prohibitions import is_generic_prohibition
from smartapp.core.signatures import digest_of, signature_of
from smartapp.errors import KnowledgeError

SITE_FILE = "site file"


class Label(StrEnum):
    """Who says so: the seed document, another guideline, or we (an engineering choice no source fixes)."""

    SEED = "seed"
    GUIDELINE = "guideline"
    OURS = "ours"


class Unit(StrEnum):
    """Units thresholds come in; the rules read them in exactly these."""

    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    YEARS = "years"
    NRS = "points on the 0-10 pain scale"
    SD = "standard deviations"
    PERCENT = "percent"
    NG_PER_ML = "ng/mL"
    IU_PER_DAY = "IU a day"
    MG_PER_DAY = "mg a day"
    MG_PER_DL = "mg/dL"
    EGFR = "mL/min/1.73 m2"
    BMI = "kg/m2"
    DRINKS = "drinks a day"


@dataclass(frozen=True)
class Origin:
    """Where an entry comes from and whether a named clinician has signed it off."""

    label: Label
    reference: str  # id in sources.toml
    applicability: str
    review: str  # ``awaiting`` or ``signed``
    reviewer: str = ""
    reviewed_on: str = ""
    lapsed: str = ""  # whose signature was for other words than the row has now; empty if none


@dataclass(frozen=True)
class Threshold:
    name: Limit
    value: Decimal
    unit: Unit
    meaning: str
    origin: Origin
    statements: tuple[str, ...] = ()
    packaged: Decimal | None = None  # our value where a site has set its own


@dataclass(frozen=True)
class Statement:
    """One statement of the seed, in our words. ``cites`` are its citation numbers as printed, never resolved (Q2)."""

    id: str
    text: str
    cites: tuple[str, ...]
    trigger: str
    effect: str
    appears: str
    grade: str
    origin: Origin


@dataclass(frozen=True)
class Reference:
    id: str
    title: str
    seen_at: str
    label: str
    note: str


@dataclass(frozen=True)
class AlertText:
    """``eased`` is the lower severity a rule may give where the rule book grades the alert by circumstance."""

    code: AlertCode
    severity: Severity
    text: str
    action: str
    statements: tuple[str, ...]
    origin: Origin
    urgency: str = ""
    eased: Severity | None = None
    variants: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class RestrictionText:
    """Words of one restriction, per state, for clinician and patient; always movement, quality and what instead."""

    id: str
    title: str
    movement: str
    quality: str
    instead: str
    texts: Mapping[State, tuple[str, str]]
    statements: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True)
class Knowledge:
    version: str  # first 12 hex digits of the SHA-256 of the files
    thresholds: Mapping[Limit, Threshold]
    statements: Mapping[str, Statement]
    sources: Mapping[str, Reference]
    alerts: Mapping[AlertCode, AlertText]
    restrictions: Mapping[str, RestrictionText]
    library: Library
    codes: CodeTable
    evidence_origin: Origin  # of the note below
    evidence_note: str = ""  # to whom the evidence applies; shown with every plan (Q3)
    site_changes: tuple[str, ...] = ()

    def number(self, name: Limit) -> Decimal:
        """The threshold in its own unit."""
        return self.thresholds[name].value

    def whole(self, name: Limit) -> int:
        """The threshold as a whole number of months, days, weeks or years."""
        return self._whole[name]

    @cached_property
    def _whole(self) -> Mapping[Limit, int]:
        return {name: int(threshold.value) for name, threshold in self.thresholds.items()}


# Every restriction and the states it can be in; restrictions.toml must hold a text for each.
RESTRICTION_STATES: Mapping[str, tuple[State, ...]] = MappingProxyType(
    {
        "R1": (State.STRICT, State.MODIFY),
        "R2": (State.STRICT, State.MODIFY),
        "R3": (State.PROHIBITED,),
        "R4": (State.PROHIBITED, State.CLINICIAN_DECISION),
        "R5": (State.MODIFY,),
        "R6": (State.BLOCKED, State.CONDITIONAL, State.ALLOWED),
        "R7": (State.BLOCKED, State.PENDING, State.ELIGIBLE),
        "R8": (State.STRICT, State.MODIFY),
        "R9": (State.PROHIBITED, State.TECHNIQUE_ONLY),
        "R10": (State.STRICT,),
    }
)

# Pairs that must stay in this order, whatever a site sets.
ASCENDING: tuple[tuple[Limit, Limit], ...] = (
    (Limit.INTERMEDIATE_FROM, Limit.ADVANCED_FROM),
    (Limit.STRICT_ALWAYS_BEFORE, Limit.STRICT_UNLESS_HEALED_BEFORE),
    (Limit.PRONE_CONDITIONAL_FROM, Limit.PRONE_ALLOWED_FROM),
    (Limit.PAIN_PERMITS_TO, Limit.PAIN_SEVERE_FROM),
    (Limit.T_OSTEOPOROSIS, Limit.T_NORMAL),
    (Limit.VITD_SEVERE_BELOW, Limit.VITD_DEFICIENT_BELOW),
    (Limit.VITD_DEFICIENT_BELOW, Limit.VITD_INSUFFICIENT_BELOW),
    (Limit.VITD_INSUFFICIENT_BELOW, Limit.VITD_TARGET_TO),
    (Limit.VITD_TARGET_TO, Limit.VITD_TOXIC_ABOVE),
    (Limit.VITD_DOSE_LOW, Limit.VITD_DOSE_HIGH),
)

# The most vitamin D any text of this app may name, IU a day; beyond it a clinician sets the dose (rule book 2.7).
VITAMIN_D_DOSE_CAP = Decimal(1000)

# What a site may only make stricter: ceilings it may lower, floors it may raise (rule book 2.7, 2.8).
CEILINGS = (Limit.VITD_DOSE_HIGH, Limit.VITD_TOXIC_ABOVE)
FLOORS = (Limit.SYMPTOM_NEW_WITHIN, Limit.ADULT_FROM_AGE, Limit.PREGNANCY_UNCLEAR_AFTER)

STATEMENT_IDS = tuple(f"S{number:02d}" for number in range(1, 46))


def parse(files: Mapping[str, str], site: str | None = None) -> Knowledge:
    """Knowledge from the texts of the files (by file name) and, where a site has one, of its own thresholds file.

    Raises :class:`KnowledgeError` naming file and row. Needs statements.toml, sources.toml, phases.toml,
    restrictions.toml, alerts.toml, codes.csv and the files of :func:`smartapp.core.library.parse_library`.
    """
    sources = _sources(_toml(files, "sources.toml"))
    statements = _statements(_toml(files, "statements.toml"), sources)
    packaged = _thresholds(_toml(files, "phases.toml"), sources, statements)
    thresholds, changes = _with_site(packaged, site)
    (note, note_origin), alerts = _alerts(_toml(files, "alerts.toml"), sources, statements, thresholds)
    return Knowledge(
        version=version_of(files, site),
        thresholds=MappingProxyType(thresholds),
        statements=MappingProxyType(statements),
        sources=MappingProxyType(sources),
        alerts=MappingProxyType(alerts),
        restrictions=MappingProxyType(
            _restrictions(_toml(files, "restrictions.toml"), sources, statements, thresholds)
        ),
        library=parse_library(files),
        codes=parse_codes(_text(files, "codes.csv")),
        evidence_note=note,
        evidence_origin=note_origin,
        site_changes=changes,
    )


def version_of(files: Mapping[str, str], site: str | None = None) -> str:
    """First 12 hex digits of the SHA-256 over names and contents, the site's file last."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{files[name]}\0".encode())
    digest.update((site or "").encode())
    return digest.hexdigest()[:12]


def _text(files: Mapping[str, str], name: str) -> str:
    if name not in files:
        raise KnowledgeError(f"{name} is missing from the knowledge folder.")
    return files[name]


def _toml(files: Mapping[str, str], name: str) -> dict[str, Any]:
    return _parse_toml(_text(files, name), name)


def _parse_toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"{name} is not valid TOML: {error}.") from error


def _string(row: Mapping[str, Any], key: str, where: str, *, required: bool = True) -> str:
    value = row.get(key, "")
    if not isinstance(value, str) or (required and not value.strip()):
        raise KnowledgeError(f"{where}: “{key}” must be text and not empty.")
    return value.strip()


def _table(rows: Mapping[str, Any], key: str, name: str) -> Mapping[str, Any]:
    row = rows.get(key, {})
    if not isinstance(row, dict):
        raise KnowledgeError(f"{name}, {key}: a table is expected here.")
    return row


def _words(row: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    words = row.get(key, [])
    if not isinstance(words, list) or not all(isinstance(word, str) and word.strip() for word in words):
        raise KnowledgeError(f"{where}: “{key}” must be a list of words.")
    return tuple(words)


def _same_names(found: Collection[str], wanted: Collection[str], name: str) -> None:
    for missing in sorted(set(wanted) - set(found)):
        raise KnowledgeError(f"{name}: “{missing}” is missing.")
    for unknown in sorted(set(found) - set(wanted)):
        raise KnowledgeError(f"{name}: “{unknown}” is not a name any rule uses.")


def _origin(row: Mapping[str, Any], where: str, sources: Mapping[str, Reference]) -> Origin:
    label, reference, review = (_string(row, key, where) for key in ("label", "source", "review"))
    if label not in set(Label):
        raise KnowledgeError(f"{where}: label “{label}” must be one of {', '.join(Label)}.")
    if reference not in sources:
        raise KnowledgeError(f"{where}: source “{reference}” is not in sources.toml.")
    if review not in ("awaiting", "signed"):
        raise KnowledgeError(f"{where}: review must be “awaiting” or “signed”.")
    reviewer, on = (_string(row, key, where, required=review == "signed") for key in ("reviewer", "reviewed-on"))
    found = signature_of(review, reviewer, on, _string(row, "digest", where, required=False), digest_of(row))
    applies = _string(row, "applicability", where)
    return Origin(Label(label), reference, applies, found.review, found.reviewer, found.reviewed_on, found.lapsed)


def _cited(row: Mapping[str, Any], where: str, statements: Collection[str]) -> tuple[str, ...]:
    cited = _words(row, "statements", where)
    for id_ in cited:
        if id_ not in statements:
            raise KnowledgeError(f"{where}: statement “{id_}” is not in statements.toml.")
    return cited


def _sources(rows: Mapping[str, Any]) -> dict[str, Reference]:
    found = {}
    for id_ in rows:
        row, where = _table(rows, id_, "sources.toml"), f"sources.toml, {id_}"
        texts = (_string(row, key, where, required=key != "note") for key in ("title", "seen-at", "label", "note"))
        found[id_] = Reference(id_, *texts)
    return found


def _statements(rows: Mapping[str, Any], sources: Mapping[str, Reference]) -> dict[str, Statement]:
    _same_names(rows, STATEMENT_IDS, "statements.toml")
    found = {}
    for id_ in STATEMENT_IDS:
        row, where = _table(rows, id_, "statements.toml"), f"statements.toml, {id_}"
        text, trigger, effect, appears, grade = (
            _string(row, key, where) for key in ("text", "trigger", "effect", "appears", "grade")
        )
        cites = _words(row, "cites", where)
        found[id_] = Statement(id_, text, cites, trigger, effect, appears, grade, _origin(row, where, sources))
    return found


def _number(value: object, where: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise KnowledgeError(f"{where}: “value” must be a number.")
    return Decimal(value)


def _thresholds(
    rows: Mapping[str, Any], sources: Mapping[str, Reference], statements: Collection[str]
) -> dict[Limit, Threshold]:
    _same_names(rows, set(Limit), "phases.toml")
    found = {}
    for name in Limit:
        row, where = _table(rows, name, "phases.toml"), f"phases.toml, {name}"
        unit = _string(row, "unit", where)
        if unit not in set(Unit):
            raise KnowledgeError(f"{where}: unit “{unit}” is not one the rules read.")
        value, meaning = _number(row.get("value"), where), _string(row, "meaning", where)
        origin, cited = _origin(row, where, sources), _cited(row, where, statements)
        found[name] = Threshold(name, value, Unit(unit), meaning, origin, cited)
    _check_values(found, "phases.toml")
    return found


def _check_values(thresholds: Mapping[Limit, Threshold], name: str) -> None:
    for lower, higher in ASCENDING:
        if thresholds[lower].value >= thresholds[higher].value:
            raise KnowledgeError(f"{name}: “{lower}” must be lower than “{higher}”.")
    if thresholds[Limit.VITD_DOSE_HIGH].value > VITAMIN_D_DOSE_CAP:
        raise KnowledgeError(f"{name}: “{Limit.VITD_DOSE_HIGH}” may not be above {VITAMIN_D_DOSE_CAP} IU a day.")
    for threshold in thresholds.values():
        if threshold.unit is not Unit.SD and threshold.value < 0:
            raise KnowledgeError(f"{name}: “{threshold.name}” cannot be negative.")
        whole = threshold.unit in (Unit.MONTHS, Unit.WEEKS, Unit.DAYS, Unit.YEARS)
        if whole and threshold.value != int(threshold.value):
            raise KnowledgeError(f"{name}: “{threshold.name}” must be a whole number of {threshold.unit}.")


def _with_site(packaged: Mapping[Limit, Threshold], site: str | None) -> tuple[dict[Limit, Threshold], tuple[str, ...]]:
    """Our thresholds with the site's own in their place, and a sentence for each that differs."""
    thresholds, changes = dict(packaged), []
    for name, row in _parse_toml(site or "", SITE_FILE).items():
        if name not in set(Limit):
            raise KnowledgeError(f"{SITE_FILE}: “{name}” is not a threshold of phases.toml.")
        where, ours = f"{SITE_FILE}, {name}", packaged[Limit(name)]
        if not isinstance(row, dict):
            raise KnowledgeError(f"{where}: a table with “value” and “reason” is expected here.")
        value, reason = _number(row.get("value"), where), _string(row, "reason", where)
        _check_only_stricter(value, ours, where)
        if value != ours.value:
            origin = Origin(Label.OURS, ours.origin.reference, f"Set by this site: {reason}", "awaiting")
            thresholds[ours.name] = Threshold(
                ours.name, value, ours.unit, ours.meaning, origin, ours.statements, ours.value
            )
            changes.append(f"{ours.meaning}: {value} {ours.unit} here, {ours.value} as delivered. {reason}")
    _check_values(thresholds, SITE_FILE)
    return thresholds, tuple(changes)


def _check_only_stricter(value: Decimal, ours: Threshold, where: str) -> None:
    if ours.name in CEILINGS and value > ours.value:
        raise KnowledgeError(f"{where}: a site may lower this limit, never raise it above {ours.value} {ours.unit}.")
    if ours.name in FLOORS and value < ours.value:
        raise KnowledgeError(f"{where}: a site may raise this limit, never lower it below {ours.value} {ours.unit}.")


def _severity(row: Mapping[str, Any], key: str, where: str) -> Severity:
    name = _string(row, key, where)
    if name not in set(Severity):
        raise KnowledgeError(f"{where}: “{key}” must be one of {', '.join(Severity)}.")
    return Severity(name)


def _alerts(
    rows: Mapping[str, Any],
    sources: Mapping[str, Reference],
    statements: Collection[str],
    thresholds: Mapping[Limit, Threshold],
) -> tuple[tuple[str, Origin], dict[AlertCode, AlertText]]:
    """The note to whom the evidence applies, and the words of every alert."""
    row, where = _table(rows, "out-of-evidence", "alerts.toml"), "alerts.toml, out-of-evidence"
    note = (_string(row, "text", where), _origin(row, where, sources))
    _same_names(set(rows) - {"out-of-evidence"}, set(AlertCode), "alerts.toml")
    found = {}
    for code in AlertCode:
        row, where = _table(rows, code, "alerts.toml"), f"alerts.toml, {code}"
        variants = _table(row, "variants", where)
        severity = _severity(row, "severity", where)
        found[code] = AlertText(
            code=code,
            severity=severity,
            text=filled(_string(row, "text", where), thresholds),
            action=filled(_string(row, "action", where), thresholds),
            statements=_cited(row, where, statements),
            origin=_origin(row, where, sources),
            urgency=_string(row, "urgency", where, required=severity is Severity.STOP),
            eased=_severity(row, "eased", where) if "eased" in row else None,
            variants=MappingProxyType(
                {key: filled(_string(variants, key, f"{where}, variants"), thresholds) for key in variants}
            ),
        )
    return note, found


def _restrictions(
    rows: Mapping[str, Any],
    sources: Mapping[str, Reference],
    statements: Collection[str],
    thresholds: Mapping[Limit, Threshold],
) -> dict[str, RestrictionText]:
    _same_names(rows, RESTRICTION_STATES, "restrictions.toml")
    found = {}
    for id_, states in RESTRICTION_STATES.items():
        row, where = _table(rows, id_, "restrictions.toml"), f"restrictions.toml, {id_}"
        title, movement, quality, instead = (
            _string(row, key, where) for key in ("title", "movement", "quality", "instead")
        )
        texts = {state: _texts(row, state, where, thresholds) for state in states}
        cited, origin = _cited(row, where, statements), _origin(row, where, sources)
        found[id_] = RestrictionText(id_, title, movement, quality, instead, MappingProxyType(texts), cited, origin)
    return found


def _texts(row: Mapping[str, Any], state: State, where: str, thresholds: Mapping[Limit, Threshold]) -> tuple[str, str]:
    """Words for the clinician and for the patient; refuses the generic prohibition of statement S36 (guard GU1)."""
    words = _table(row, state, where)
    both = (_string(words, key, f"{where}, {state}") for key in ("clinician", "patient"))
    clinician, patient = (filled(text, thresholds) for text in both)
    for text in (clinician, patient):
        if is_generic_prohibition(text):
            raise KnowledgeError(f"{where}, {state}: name the movement, its quality and what to do instead.")
    return clinician, patient
