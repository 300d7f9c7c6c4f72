"""Words of a diagnosis without a code we know -> the concepts the rules stop, caution or review for.

Problem lists are written in SNOMED CT or in words as often as in ICD-10-CM, and no table of ours holds every cancer.
What the rules look for (rule book 2.7, 2.8) is therefore also known by name. The names are ours; whether a text hedges
or negates is decided in :mod:`smartapp.fhir.read.phrases`, as for every other text.
"""

import re
from collections.abc import Iterable

from smartapp.core.concepts import Concept
from smartapp.core.fracture_coding import EncounterKind

_I = re.IGNORECASE
_SPINE = r"(?:spine|spinal|vertebra\w*|lumbar|thoracic|cervical)"
_LONG_TERM = r"(?:long[- ]?term|chronic|current)"
_STEROIDS = r"(?:systemic )?(?:steroid|corticosteroid|glucocorticoid|prednis)"
_LEG = r"(?:legs?|lower (?:limbs?|extremit\w+))"
_CANCER = (
    r"\b(?:cancer|\w*carcinoma|malignan(?:t|cy)|metasta(?:sis|ses|tic)|lymphoma|leuka?emia|\w*sarcoma|melanoma|"
    r"\w*blastoma|mesothelioma)\b"
)
# Not counted as cancer (rule book 2.8: basal and squamous cell of the skin), or no cancer at all.
_NO_CANCER = (
    r"\b(?:benign|in situ|pre-?malignan\w+|pre-?cancer\w*|basal cell|squamous cell (?:skin|carcinoma of (?:the )?skin)|"
    r"non-?melanoma|(?:malignant|metastatic) (?:hypert\w+|calcification)|cancer antigen)\b"
)

# Concept, the names that mean it, and what in the same text means something else ("" for nothing).
_NAMES: tuple[tuple[Concept, str, str], ...] = (
    (Concept.ACTIVE_CANCER, _CANCER, _NO_CANCER),
    (Concept.MYELOMA, r"\bmyeloma\b|\bplasmacytoma\b", ""),
    (Concept.PATHOLOGICAL_FRACTURE, r"\bpathologic(?:al)? fractures?\b", r"osteoporo|neoplas|metasta"),
    (Concept.NEOPLASTIC_FRACTURE, r"\bpathologic(?:al)? fractures?\b.*(?:neoplas|metasta)", ""),
    (
        Concept.PREGNANCY,
        r"\bpregnan(?:t|cy)\b",
        r"\b(?:test|planning|desire\w*|wish\w*|contracept\w*|ended|completed|post-?\s?partum)\b",
    ),
    (Concept.NEURO_SIGN, r"\burinary retention\b|\bretention of urine\b|\bfoot drop\b", ""),
    (Concept.NEURO_SIGN, r"\b(?:fa?ecal|bowel) incontinence\b|\bincontinence of (?:fa?eces|bowel)\b", ""),
    (Concept.NEURO_SIGN, r"\bsaddle (?:ana?esthesia|numbness|hypoa?esthesia)\b", ""),
    (Concept.NEURO_SIGN, rf"\b{_LEG} weakness\b|\bweakness of (?:the )?(?:\w+ )?{_LEG}\b", ""),
    (Concept.NEURO_DEFICIT, r"\bparaplegia\b|\bparaparesis\b|\bneurogenic bladder\b", ""),
    (Concept.NEURO_DEFICIT, r"\bspinal cord (?:compression|injury)\b", ""),
    (
        Concept.SPINAL_INFECTION,
        rf"\b{_SPINE} osteomyelitis\b|\bosteomyelitis of (?:the )?{_SPINE}|\bspondylodis[ck]itis\b|\bdis[ck]itis\b|"
        rf"\b(?:tuberculosis of (?:the )?{_SPINE}|{_SPINE} tuberculosis)|\b(?:spinal )?epidural abscess\b",
        "",
    ),
    (Concept.HYPERCALCAEMIA, r"\bhypercalca?emia\b", ""),
    (
        Concept.KIDNEY_STONES,
        r"\b(?:kidney|renal|ureteral|ureteric) (?:stones?|calcul\w+)\b|\bcalculus of (?:kidney|ureter)\b|"
        r"\b(?:nephro|uro)lithiasis\b",
        "",
    ),
    (
        Concept.CKD_4_5,
        r"\b(?:chronic kidney disease|ckd),? ?\(?stage (?:4|5|iv|v)\b|\bend[- ]stage (?:renal|kidney)\b",
        "",
    ),
    (Concept.HYPERPARATHYROIDISM_PRIMARY, r"\bprimary hyperparathyroidism\b", ""),
    (Concept.HYPERPARATHYROIDISM_SECONDARY, r"\bsecondary hyperparathyroidism\b", ""),
    (Concept.HYPERPARATHYROIDISM, r"\bhyperparathyroidism\b", r"\b(?:primary|secondary) hyperpara"),
    (Concept.SARCOIDOSIS, r"\bsarcoidosis\b", ""),
    (Concept.GLUCOCORTICOID, rf"\b{_LONG_TERM}\b.{{0,30}}\b{_STEROIDS}", r"\b(?:inhaled|topical)\b"),
    (Concept.GLUCOCORTICOID_INHALED, rf"\b{_LONG_TERM}\b.{{0,30}}\binhaled {_STEROIDS}", ""),
    (Concept.TOBACCO_USE, r"\bsmokes (?:tobacco|cigarettes)\b|\bcurrent (?:\w+ day )?smoker\b|^smoker$", ""),
    (Concept.TOBACCO_USE, r"\btobacco (?:use disorder|dependence)\b|\bnicotine dependence\b", r"remission"),
    (Concept.ANGINA, r"\bangina\b", r"\b(?:ludwig|vincent)"),
    (Concept.MYOCARDIAL_INFARCTION, r"\bmyocardial infarction\b|\bn?-?stemi\b|\bheart attack\b", ""),
    (Concept.AORTIC_STENOSIS, r"\baortic (?:valve )?stenosis\b", ""),
    (Concept.AORTIC_ANEURYSM, r"\baortic aneurysm\b|\baneurysm of (?:\w+ )?aorta\b", ""),
    (Concept.HEART_FAILURE, r"\b(?:heart|cardiac) failure\b", ""),
    (Concept.HYPERTHYROIDISM, r"\bhyperthyroidism\b|\bthyrotoxicosis\b|\bgraves'? disease\b", ""),
    (Concept.CUSHING, r"\bcushing'?s?\b", ""),
    (Concept.COELIAC, r"\bco?eliac disease\b", ""),
    (Concept.HYPOGONADISM, r"\bhypogonadism\b", ""),
    (Concept.MONOCLONAL_GAMMOPATHY, r"\bmonoclonal gammopathy\b|\bMGUS\b", ""),
    (Concept.SYNCOPE, r"\bsyncope\b", ""),
    (Concept.ORTHOSTATIC_HYPOTENSION, r"\b(?:orthostatic|postural) hypotension\b", ""),
    (Concept.MALNUTRITION, r"\bmalnutrition\b", ""),
    (Concept.EATING_DISORDER, r"\beating disorder\b|\banorexia nervosa\b|\bbulimia\b", ""),
    (Concept.SPINAL_STENOSIS, rf"\b{_SPINE} (?:canal )?stenosis\b", ""),
    (Concept.SPONDYLOLISTHESIS, r"\bspondylolisthesis\b", ""),
    (Concept.COPD, r"\bCOPD\b|\bchronic obstructive (?:pulmonary|lung|airway\w*) disease\b", ""),
)
NAMES = tuple(
    (concept, re.compile(name, _I), re.compile(other, _I) if other else None) for concept, name, other in _NAMES
)
# A stem of each name: most texts hold none, and are done with after one search.
_STEMS = re.compile(
    r"cancer|carcin|malig|metast|oma\b|ka?emia|myelom|cytoma|patholog|pregnan|retention|neurogenic|incontin|saddle|para|"
    r"cord|foot drop|weakness|myelitis|dis[ck]itis|tubercul|abscess|calc|stone|lithiasis|kidney|stage|sarcoid|angina|"
    r"infarct|stemi|attack|aort|failure|thyr|graves|cushing|eliac|gonad|gammopathy|mgus|syncope|hypotens|nutrition|"
    r"steroid|prednis|glucocort|smoke|tobacco|nicotine|eating|anorexia|bulimia|stenosis|listhesis|copd|obstructive",
    _I,
)
_REMISSION = re.compile(r"\bremission\b", _I)
_CANCERS = frozenset({Concept.ACTIVE_CANCER, Concept.MYELOMA})

# How a fracture heals, in the words of the official code titles; the worst that is named counts.
_HEALING: tuple[tuple[EncounterKind, re.Pattern[str]], ...] = (
    (EncounterKind.NONUNION, re.compile(r"\bnon-?\s?union\b", _I)),
    (EncounterKind.DELAYED, re.compile(r"\bdelayed (?:healing|union)\b", _I)),
    (EncounterKind.OPEN, re.compile(r"\b(?:open|compound)\b[^;]{0,40}\bfracture\b", _I)),
    (EncounterKind.MALUNION, re.compile(r"\bmal-?\s?union\b", _I)),
    (EncounterKind.ROUTINE, re.compile(r"\bfracture with routine healing\b", _I)),
    (EncounterKind.SEQUELA, re.compile(r"\bsequelae?\b", _I)),
)


def warnings(said: str) -> frozenset[Concept]:
    """Concepts a text names outright. A cancer called in remission is one of the past."""
    if not _STEMS.search(said):
        return frozenset()
    found = frozenset(
        concept for concept, name, other in NAMES if name.search(said) and not (other and other.search(said))
    )
    return _past(found) if found & _CANCERS and _REMISSION.search(said) else found


def history(said: str) -> frozenset[Concept]:
    """The same for a text already known to speak of the patient's past: only a cancer of the past means something."""
    return frozenset(warnings(said) & {*_CANCERS, Concept.CANCER_HISTORY} and {Concept.CANCER_HISTORY})


def _past(found: Iterable[Concept]) -> frozenset[Concept]:
    past = {Concept.ACTIVE_CANCER: Concept.CANCER_HISTORY, Concept.MYELOMA: Concept.MYELOMA_REMISSION}
    return frozenset(past.get(concept, concept) for concept in found)


def healing(said: str) -> EncounterKind | None:
    """What a text says of a fracture's healing; None where it says nothing."""
    return next((kind for kind, words in _HEALING if words.search(said)), None)
