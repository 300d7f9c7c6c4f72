"""The concept vocabulary: what a diagnosis or medication can mean to the rules; codes become these at the door.

``knowledge/codes.csv`` maps codes to these ids; :class:`smartapp.core.chart.Diagnosis` carries them in ``concepts``.
A code that maps to none of them stays in the chart and is shown, but no rule reads it.
"""

from enum import StrEnum


class Concept(StrEnum):
    # bone
    VERTEBRAL_FRACTURE = "vertebral-fracture"  # Diagnosis.fracture says level, region and seventh character
    FATIGUE_FRACTURE = "fatigue-fracture"  # of a vertebra: M48.46-, M48.47-
    FRACTURE_DISLOCATION = "fracture-dislocation"  # of the lumbar spine
    PATHOLOGICAL_FRACTURE = "pathological-fracture"  # M84.4-, M84.6-; ``fracture`` too where it may be vertebral
    NEOPLASTIC_FRACTURE = "pathological-fracture-neoplastic"  # M84.5-, 866087009; ``fracture`` as above
    FRACTURE_HISTORY = "fracture-history"  # Z87.310, Z87.311, Z87.312, Z87.81
    FRACTURE_SITE_UNNAMED = "osteoporotic-fracture-site-unnamed"  # of which bone is asked
    OSTEOPENIA = "osteopenia"
    OSTEOPOROSIS = "osteoporosis"
    BONE_DENSITY_UNSPECIFIED = "bone-density-disorder-unspecified"
    OSTEOMALACIA = "osteomalacia"
    LOW_ENERGY = "low-energy-mechanism"
    HIGH_ENERGY = "high-energy-mechanism"
    NO_FORCE = "spontaneous-mechanism"  # stated to be without force: spontaneous, after a cough, turning in bed
    # surgical context
    ARTHRODESIS = "arthrodesis-status"
    HARDWARE_FAILURE = "hardware-failure"
    PSEUDARTHROSIS = "pseudarthrosis"
    ORTHOPAEDIC_AFTERCARE = "orthopaedic-aftercare"
    # hard stops
    CAUDA_EQUINA = "cauda-equina"
    NEURO_DEFICIT = "neuro-deficit"  # paraplegia, cord or root injured or compressed, neurogenic bladder
    NEURO_SIGN = "neuro-sign"  # retention, faecal incontinence, saddle numbness, weakness: counts while it is new
    SPINAL_INFECTION = "spinal-infection"
    ACTIVE_CANCER = "active-cancer"
    SPINAL_METASTASIS = "spinal-metastasis"
    MYELOMA = "myeloma"
    MYELOMA_REMISSION = "myeloma-remission"
    CANCER_HISTORY = "cancer-history"
    SKIN_CANCER = "skin-cancer"  # basal or squamous cell of the skin: not counted
    PREGNANCY = "pregnancy"
    POSTPARTUM = "postpartum"
    LACTATION = "lactation"
    # mineral
    HYPERCALCAEMIA = "hypercalcaemia"
    HYPOCALCAEMIA = "hypocalcaemia"
    KIDNEY_STONES = "kidney-stones"
    CKD_4_5 = "ckd-4-5"
    CKD_3 = "ckd-3"
    HYPERPARATHYROIDISM_PRIMARY = "hyperparathyroidism-primary"
    HYPERPARATHYROIDISM_SECONDARY = "hyperparathyroidism-secondary"
    HYPERPARATHYROIDISM = "hyperparathyroidism"  # other or unspecified
    SARCOIDOSIS = "sarcoidosis"
    VITAMIN_D_DEFICIENCY = "vitamin-d-deficiency"
    # heart and circulation
    ANGINA = "angina"
    MYOCARDIAL_INFARCTION = "myocardial-infarction"
    AORTIC_STENOSIS = "aortic-stenosis"
    HEART_FAILURE = "heart-failure"  # any: a code seldom excludes decompensation
    AORTIC_ANEURYSM = "aortic-aneurysm"
    HYPERTENSION_UNCONTROLLED = "hypertension-uncontrolled"
    HYPERTENSION = "hypertension"
    # secondary causes
    HYPERTHYROIDISM = "hyperthyroidism"
    CUSHING = "cushing"
    COELIAC = "coeliac"
    HYPOGONADISM = "hypogonadism"
    MAST_CELL = "mast-cell"
    MONOCLONAL_GAMMOPATHY = "monoclonal-gammopathy"  # D47.2
    GLUCOCORTICOID = "glucocorticoid-use"  # systemic: Z79.52, steroid-induced bone disease
    GLUCOCORTICOID_INHALED = "glucocorticoid-inhaled"  # Z79.51
    ANTIRESORPTIVE = "antiresorptive-therapy"
    DENOSUMAB = "denosumab"  # 60 mg; the dose given in cancer is no bone drug here
    ZOLEDRONATE = "zoledronate"  # once a year
    ZOLEDRONATE_CANCER_DOSE = "zoledronate-cancer-dose"  # 4 mg: a treatment of cancer where more often than yearly
    BONE_ANABOLIC = "bone-anabolic"  # teriparatide, abaloparatide, romosozumab
    HORMONE_MODULATOR = "hormone-modulator-use"  # Z79.818: other agents affecting oestrogen receptors and levels
    # what else weakens bone, and what speaks against a bone drug (rule book 2a, RF10, TX6, TX11-TX15)
    WEAKENS_BONE = "weakens-bone"  # bowel, liver, pancreas, stomach, glands, blood, joints
    OSTEOGENESIS_IMPERFECTA = "osteogenesis-imperfecta"
    PAGET_SPINE = "paget-spine"  # of vertebrae, or of a bone not stated
    ANAEMIA = "anemia"  # without its cause
    ANAEMIA_CAUSE = "anemia-explained"
    JAW_NECROSIS = "jaw-necrosis"
    JAW_INFLAMMATION = "jaw-inflammation"
    THIGH_PAIN = "thigh-pain"  # or of the groin
    IRRADIATION_HISTORY = "irradiation-history"
    ROMOSOZUMAB = "romosozumab"
    BONE_HARMING_DRUG = "bone-harming-drug"
    BONE_NOTED_DRUG = "bone-noted-drug"  # SSRI and PPI: only noted
    BLOOD_PRESSURE_DRUG = "blood-pressure-drug"
    NSAID = "nsaid"
    ANALGESIC = "analgesic"  # for pain, neither opioid nor NSAID
    # falls and strength
    SYNCOPE = "syncope"
    ORTHOSTATIC_HYPOTENSION = "orthostatic-hypotension"
    FALLS = "falls"
    FALL_RISK = "fall-risk"
    GAIT_PROBLEM = "gait-problem"
    MUSCLE_WEAKNESS = "muscle-weakness"
    SARCOPENIA = "sarcopenia"
    VESTIBULAR = "vestibular-disorder"
    DIZZINESS = "dizziness"
    # spine and joints: contraindications of single exercises
    SPINAL_STENOSIS = "spinal-stenosis"
    SPONDYLOLISTHESIS = "spondylolisthesis"
    KYPHOSIS = "kyphosis"
    KNEE_PROBLEM = "knee-osteoarthritis"
    HIP_PROBLEM = "hip-problem"
    HIP_BURSITIS = "hip-bursitis"
    SHOULDER_PROBLEM = "shoulder-problem"
    WRIST_PROBLEM = "wrist-problem"
    COPD = "copd"
    ORTHOPNOEA = "orthopnoea"
    OBESITY = "obesity"
    # another bone than the lumbar spine, by place (rule book 2a, WP3-WP8)
    FRACTURE_NECK = "fracture-neck"
    FRACTURE_UPPER_LIMB = "fracture-upper-limb"
    FRACTURE_RIB_STERNUM = "fracture-rib-sternum"
    FRACTURE_PELVIS = "fracture-pelvis"  # sacrum and acetabulum too
    FRACTURE_HIP_FEMUR = "fracture-hip-femur"
    FRACTURE_LOWER_LEG_FOOT = "fracture-lower-leg-foot"
    ATYPICAL_FEMUR_FRACTURE = "atypical-femur-fracture"
    COCCYX_FRACTURE = "coccyx-fracture"
    FRACTURE_OTHER = "fracture-other"  # of a bone no row names
    # character of the spine and its fracture (rule book 2a, 2.1)
    ANKYLOSED_SPINE = "ankylosed-spine"
    FUSED_SEGMENT = "fused-segment"
    AXIAL_SPONDYLOARTHRITIS = "axial-spondyloarthritis"  # without bridging bone on the image
    SPONDYLOLYSIS = "spondylolysis"
    VERTEBRAL_DISLOCATION = "vertebral-dislocation"
    SPINAL_INSTABILITY = "spinal-instability"
    PROCESS_FRACTURE = "process-fracture"  # transverse or spinous process, beside a body or alone
    ARCH_FRACTURE = "arch-fracture"  # facet, lamina, pedicle
    LIGAMENT_INJURY = "spinal-ligament-injury"  # of the posterior ligament complex
    CANAL_COMPROMISE = "canal-compromise"  # bone pushed toward the canal, or the canal narrowed by it
    COLLAPSE_PROGRESS = "collapse-progress"  # the vertebra sinks further
    FRACTURE_OLD = "fracture-old"  # called old, chronic, healed
    FRACTURE_NEW = "fracture-new"  # called acute, subacute, recent or new; marrow edema
    FRACTURE_AGE_UNKNOWN = "fracture-age-unknown"  # called a deformity, or of indeterminate age
    FRACTURE_NONUNION = "fracture-nonunion"  # of which bone, site or words say
    # operations and implants by what they left (rule book 2a, WP6-WP20)
    HIP_REPLACEMENT = "hip-replacement"
    KNEE_REPLACEMENT = "knee-replacement"
    SHOULDER_REPLACEMENT = "shoulder-replacement"
    JOINT_AFTERCARE = "joint-aftercare"
    SURGERY_IMPLIED = "surgery-implied"  # aftercare of an operation that is not on record
    AFTERCARE = "aftercare"  # any other Z47 and Z48
    IMPLANT = "implant"  # none of the joints and devices that have a row
    FAMILY_HIP_FRACTURE = "family-hip-fracture"  # a parent broke a hip
    STERNOTOMY = "sternotomy"
    EYE_SURGERY = "eye-surgery"
    SPINAL_ORTHOSIS = "spinal-orthosis"
    NEUROSTIMULATOR = "neurostimulator"
    CARDIAC_DEVICE = "cardiac-device"
    AMPUTATION = "amputation"
    # the whole patient (rule book 2a, WP21-WP48)
    PARKINSON = "parkinson"
    STROKE = "stroke"
    DEMENTIA = "dementia"
    COGNITION_MILD = "cognition-mild"
    DELIRIUM = "delirium"
    GAIT_DISEASE = "gait-disease"
    VISUAL_IMPAIRMENT = "visual-impairment"
    NEUROPATHY = "neuropathy"
    LUNG_DISEASE = "lung-disease"
    OXYGEN = "oxygen"  # depends on it, or breathless at rest
    HEART_UNSTABLE = "heart-unstable"  # unstable angina, ventricular tachycardia, peri- or myocarditis, acute failure
    HEART_DISEASE = "heart-disease"  # hypertrophic cardiomyopathy, complete heart block
    VTE = "vte"
    VTE_HISTORY = "vte-history"
    ANTICOAGULANT = "anticoagulant"
    BLEEDING_RISK = "bleeding-risk"
    WHEELCHAIR = "wheelchair"
    STANDS_WITH_HELP = "stands-with-help"  # with at most one helper
    TWO_HELPERS = "two-helpers"  # or a hoist: does not stand with one
    BED_BOUND = "bed-bound"
    FRAILTY = "frailty"
    NURSING_HOME = "nursing-home"
    LIVES_ALONE = "lives-alone"
    HOMEBOUND = "homebound"
    NEEDS_HELP = "needs-help"  # to walk, to get out of bed, with personal care
    PALLIATIVE = "palliative"
    PRESSURE_INJURY = "pressure-injury"
    HERNIA = "hernia"
    STOMA = "stoma"
    PELVIC_FLOOR = "pelvic-floor"
    EPILEPSY = "epilepsy"
    DIALYSIS = "dialysis"
    INSULIN = "insulin"
    SULFONYLUREA = "sulfonylurea"
    SEDATIVE = "sedative"
    OPIOID = "opioid"  # a sedative too
    # red flags that need more than one sign (rule book 2a, section 3)
    RADICULOPATHY = "radiculopathy"
    MOTOR_DEFICIT = "motor-deficit"
    MYELOPATHY = "myelopathy"
    BLADDER_BOWEL = "bladder-bowel"  # leakage or poor emptying without a sign beside it
    BACK_PAIN = "back-pain"
    FEVER = "fever"
    BLOODSTREAM_INFECTION = "bloodstream-infection"
    INFECTION_ELSEWHERE = "infection-elsewhere"
    INJECTED_DRUGS = "injected-drugs"
    IMMUNOSUPPRESSION = "immunosuppression"
    INFLAMMATION = "inflammation"  # raised CRP or ESR
    CANCER_TREATMENT = "cancer-treatment"
    SERM = "serm"
    CANCER_SIGN = "cancer-sign"  # weight loss, cachexia, night pain
    AORTIC_EMERGENCY = "aortic-emergency"
    # what an image shows, in the words of its report (rule book 2a, 2.3)
    MALIGNANT_LESION = "malignant-lesion"  # lytic, marrow replaced, soft-tissue mass, pedicle destroyed
    MALIGNANCY_SUSPECTED = "malignancy-suspected"  # a tumor named, and not stated
    INFECTION_SUSPECTED = "spinal-infection-suspected"  # an infection of the spine named, and not stated
    # habits and nutrition
    TOBACCO_USE = "tobacco-use"
    FORMER_TOBACCO = "former-tobacco"
    ALCOHOL_PROBLEM = "alcohol-problem"
    UNDERWEIGHT = "underweight"
    MALNUTRITION = "malnutrition"
    WEIGHT_LOSS = "weight-loss"
    EATING_DISORDER = "eating-disorder"
    # life stage
    POSTMENOPAUSAL = "postmenopausal"


# Another bone than the lumbar spine: rule book 2a, WP3-WP8.
OTHER_BONES = frozenset(
    {
        *(Concept.FRACTURE_NECK, Concept.FRACTURE_UPPER_LIMB, Concept.FRACTURE_RIB_STERNUM, Concept.FRACTURE_PELVIS),
        *(Concept.FRACTURE_HIP_FEMUR, Concept.FRACTURE_LOWER_LEG_FOOT, Concept.ATYPICAL_FEMUR_FRACTURE),
        *(Concept.COCCYX_FRACTURE, Concept.FRACTURE_OTHER),
    }
)


class Topic(StrEnum):
    """What a record that was not understood may be about: while there is one, nothing of it is called unrecorded."""

    BONE_DENSITY = "bone-density"
    BONE_DISEASE = "bone-disease"
    FRACTURE = "fracture"
    SPINE = "spine"  # its cord, nerves, tumors, infections
    OPERATION = "operation"
    VITAMIN_D = "25-oh-vitamin-d"
    PAIN = "pain"
    UNKNOWN = "unknown"  # nothing tells, and so it may be any of these
