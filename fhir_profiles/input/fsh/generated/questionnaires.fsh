// Made by python -m fhir_profiles.generate from the knowledge and the code: not to be edited here.

Instance: attestations
InstanceOf: Questionnaire
Usage: #definition
Title: "Attestations about a lumbar fracture"
* url = "https://loadpath.example/fhir/Questionnaire/attestations"
* version = "0.1.0"
* name = "Attestations"
* title = "Attestations about a lumbar fracture"
* status = #draft
* experimental = false
* publisher = "Loadpath"
* description = "What a clinician states from own knowledge where the chart leaves it open. Each statement needs the day on which it became true; nothing is assumed where an item is left out."
* subjectType[0] = #Patient
* item[0].linkId = "stable"
* item[0].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#stable "Fracture stable"
* item[0].text = "Fracture is stable"
* item[0].type = #boolean
* item[0].required = false
* item[0].item[0].linkId = "stable.on"
* item[0].item[0].text = "Imaging or examination shows the fracture is stable since:"
* item[0].item[0].type = #date
* item[0].item[0].enableWhen[0].question = "stable"
* item[0].item[0].enableWhen[0].operator = #=
* item[0].item[0].enableWhen[0].answerBoolean = true
* item[0].item[0].required = true
* item[1].linkId = "healed"
* item[1].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#healed "Fracture healed"
* item[1].text = "Fracture has healed"
* item[1].type = #boolean
* item[1].required = false
* item[1].item[0].linkId = "healed.on"
* item[1].item[0].text = "Imaging or examination shows the fracture healed since:"
* item[1].item[0].type = #date
* item[1].item[0].enableWhen[0].question = "healed"
* item[1].item[0].enableWhen[0].operator = #=
* item[1].item[0].enableWhen[0].answerBoolean = true
* item[1].item[0].required = true
* item[2].linkId = "fragility-resolved"
* item[2].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#fragility-resolved "Fragility resolved"
* item[2].text = "Fragility has resolved"
* item[2].type = #boolean
* item[2].required = false
* item[2].item[0].linkId = "fragility-resolved.on"
* item[2].item[0].text = "In your judgement the bone is no longer fragile since:"
* item[2].item[0].type = #date
* item[2].item[0].enableWhen[0].question = "fragility-resolved"
* item[2].item[0].enableWhen[0].operator = #=
* item[2].item[0].enableWhen[0].answerBoolean = true
* item[2].item[0].required = true
* item[3].linkId = "surgeon-clearance"
* item[3].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#surgeon-clearance "Cleared by the surgeon"
* item[3].text = "Surgeon has cleared exercise"
* item[3].type = #boolean
* item[3].required = false
* item[3].item[0].linkId = "surgeon-clearance.on"
* item[3].item[0].text = "The operating surgeon cleared exercise on:"
* item[3].item[0].type = #date
* item[3].item[0].enableWhen[0].question = "surgeon-clearance"
* item[3].item[0].enableWhen[0].operator = #=
* item[3].item[0].enableWhen[0].answerBoolean = true
* item[3].item[0].required = true
* item[4].linkId = "bmd-improved"
* item[4].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#bmd-improved "Bone density improved"
* item[4].text = "Bone density has improved"
* item[4].type = #boolean
* item[4].required = false
* item[4].item[0].linkId = "bmd-improved.on"
* item[4].item[0].text = "Same site and scanner, gain above the facility's least significant change, on:"
* item[4].item[0].type = #date
* item[4].item[0].enableWhen[0].question = "bmd-improved"
* item[4].item[0].enableWhen[0].operator = #=
* item[4].item[0].enableWhen[0].answerBoolean = true
* item[4].item[0].required = true
* item[5].linkId = "low-trauma"
* item[5].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#low-trauma "Low-trauma fracture"
* item[5].text = "It was a low-trauma fracture"
* item[5].type = #boolean
* item[5].required = false
* item[5].item[0].linkId = "low-trauma.on"
* item[5].item[0].text = "A fall from standing height or less, on:"
* item[5].item[0].type = #date
* item[5].item[0].enableWhen[0].question = "low-trauma"
* item[5].item[0].enableWhen[0].operator = #=
* item[5].item[0].enableWhen[0].answerBoolean = true
* item[5].item[0].required = true
* item[6].linkId = "high-energy"
* item[6].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#high-energy "High-energy fracture"
* item[6].text = "It was a high-energy fracture"
* item[6].type = #boolean
* item[6].required = false
* item[6].item[0].linkId = "high-energy.on"
* item[6].item[0].text = "Traffic accident, fall from height or the like, on:"
* item[6].item[0].type = #date
* item[6].item[0].enableWhen[0].question = "high-energy"
* item[6].item[0].enableWhen[0].operator = #=
* item[6].item[0].enableWhen[0].answerBoolean = true
* item[6].item[0].required = true
* item[7].linkId = "malignancy-excluded"
* item[7].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#malignancy-excluded "Tumor excluded"
* item[7].text = "A tumor is excluded"
* item[7].type = #boolean
* item[7].required = false
* item[7].item[0].linkId = "malignancy-excluded.on"
* item[7].item[0].text = "The named work-up is done and shows no tumor of the spine, on:"
* item[7].item[0].type = #date
* item[7].item[0].enableWhen[0].question = "malignancy-excluded"
* item[7].item[0].enableWhen[0].operator = #=
* item[7].item[0].enableWhen[0].answerBoolean = true
* item[7].item[0].required = true
* item[8].linkId = "infection-excluded"
* item[8].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#infection-excluded "Spinal infection excluded"
* item[8].text = "A spinal infection is excluded"
* item[8].type = #boolean
* item[8].required = false
* item[8].item[0].linkId = "infection-excluded.on"
* item[8].item[0].text = "Imaging, cultures and blood tests show no infection of the spine, on:"
* item[8].item[0].type = #date
* item[8].item[0].enableWhen[0].question = "infection-excluded"
* item[8].item[0].enableWhen[0].operator = #=
* item[8].item[0].enableWhen[0].answerBoolean = true
* item[8].item[0].required = true
* item[9].linkId = "stability-imaging"
* item[9].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#stability-imaging "Stable on CT or MRI"
* item[9].text = "Imaging shows the spine is stable"
* item[9].type = #boolean
* item[9].required = false
* item[9].item[0].linkId = "stability-imaging.on"
* item[9].item[0].text = "A spine surgeon has seen CT or MRI made after the finding and calls the spine stable, on:"
* item[9].item[0].type = #date
* item[9].item[0].enableWhen[0].question = "stability-imaging"
* item[9].item[0].enableWhen[0].operator = #=
* item[9].item[0].enableWhen[0].answerBoolean = true
* item[9].item[0].required = true
* item[10].linkId = "motor-intact"
* item[10].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#motor-intact "Leg strength normal"
* item[10].text = "Leg strength is normal"
* item[10].type = #boolean
* item[10].required = false
* item[10].item[0].linkId = "motor-intact.on"
* item[10].item[0].text = "Power, reflexes and the saddle area were examined and are normal, on:"
* item[10].item[0].type = #date
* item[10].item[0].enableWhen[0].question = "motor-intact"
* item[10].item[0].enableWhen[0].operator = #=
* item[10].item[0].enableWhen[0].answerBoolean = true
* item[10].item[0].required = true
* item[11].linkId = "fracture-old"
* item[11].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#fracture-old "Old fracture"
* item[11].text = "The fracture is an old one"
* item[11].type = #boolean
* item[11].required = false
* item[11].item[0].linkId = "fracture-old.on"
* item[11].item[0].text = "Earlier images or MRI show it is 12 months old or more, on:"
* item[11].item[0].type = #date
* item[11].item[0].enableWhen[0].question = "fracture-old"
* item[11].item[0].enableWhen[0].operator = #=
* item[11].item[0].enableWhen[0].answerBoolean = true
* item[11].item[0].required = true
* item[12].linkId = "part-body"
* item[12].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#part-body "Vertebral body"
* item[12].text = "The vertebral body is broken"
* item[12].type = #boolean
* item[12].required = false
* item[12].item[0].linkId = "part-body.on"
* item[12].item[0].text = "Imaging shows the body of the vertebra is broken, on:"
* item[12].item[0].type = #date
* item[12].item[0].enableWhen[0].question = "part-body"
* item[12].item[0].enableWhen[0].operator = #=
* item[12].item[0].enableWhen[0].answerBoolean = true
* item[12].item[0].required = true
* item[13].linkId = "part-posterior"
* item[13].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#part-posterior "Posterior part only"
* item[13].text = "Only a posterior part is broken"
* item[13].type = #boolean
* item[13].required = false
* item[13].item[0].linkId = "part-posterior.on"
* item[13].item[0].text = "Imaging shows that a posterior part is broken and not the body, on:"
* item[13].item[0].type = #date
* item[13].item[0].enableWhen[0].question = "part-posterior"
* item[13].item[0].enableWhen[0].operator = #=
* item[13].item[0].enableWhen[0].answerBoolean = true
* item[13].item[0].required = true
* item[14].linkId = "junction-applies"
* item[14].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#junction-applies "Lumbar rules used at the junction"
* item[14].text = "Use the lumbar rules for T11-T12"
* item[14].type = #boolean
* item[14].required = false
* item[14].item[0].linkId = "junction-applies.on"
* item[14].item[0].text = "In your judgement the lumbar rules apply to this fracture, on:"
* item[14].item[0].type = #date
* item[14].item[0].enableWhen[0].question = "junction-applies"
* item[14].item[0].enableWhen[0].operator = #=
* item[14].item[0].enableWhen[0].answerBoolean = true
* item[14].item[0].required = true
* item[15].linkId = "weight-bearing"
* item[15].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#weight-bearing "Weight bearing stated"
* item[15].text = "Weight bearing"
* item[15].type = #boolean
* item[15].required = false
* item[15].item[0].linkId = "weight-bearing.on"
* item[15].item[0].text = "The weight each leg may bear was stated on:"
* item[15].item[0].type = #date
* item[15].item[0].enableWhen[0].question = "weight-bearing"
* item[15].item[0].enableWhen[0].operator = #=
* item[15].item[0].enableWhen[0].answerBoolean = true
* item[15].item[0].required = true
* item[16].linkId = "hip-precautions-lifted"
* item[16].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#hip-precautions-lifted "Hip precautions lifted"
* item[16].text = "Hip precautions are lifted"
* item[16].type = #boolean
* item[16].required = false
* item[16].item[0].linkId = "hip-precautions-lifted.on"
* item[16].item[0].text = "The surgeon lifted the hip precautions on:"
* item[16].item[0].type = #date
* item[16].item[0].enableWhen[0].question = "hip-precautions-lifted"
* item[16].item[0].enableWhen[0].operator = #=
* item[16].item[0].enableWhen[0].answerBoolean = true
* item[16].item[0].required = true
* item[17].linkId = "brace-weaned"
* item[17].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#brace-weaned "Brace weaned"
* item[17].text = "Brace is weaned"
* item[17].type = #boolean
* item[17].required = false
* item[17].item[0].linkId = "brace-weaned.on"
* item[17].item[0].text = "The brace was taken off for good on:"
* item[17].item[0].type = #date
* item[17].item[0].enableWhen[0].question = "brace-weaned"
* item[17].item[0].enableWhen[0].operator = #=
* item[17].item[0].enableWhen[0].answerBoolean = true
* item[17].item[0].required = true
* item[18].linkId = "stands-with-help"
* item[18].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#stands-with-help "Rising with one helper stated"
* item[18].text = "Rising with one helper"
* item[18].type = #boolean
* item[18].required = false
* item[18].item[0].linkId = "stands-with-help.on"
* item[18].item[0].text = "Whether one helper is enough was seen on:"
* item[18].item[0].type = #date
* item[18].item[0].enableWhen[0].question = "stands-with-help"
* item[18].item[0].enableWhen[0].operator = #=
* item[18].item[0].enableWhen[0].answerBoolean = true
* item[18].item[0].required = true
* item[19].linkId = "limit-none"
* item[19].code[0] = https://loadpath.example/fhir/CodeSystem/attestation#limit-none "Limits no more"
* item[19].text = "A record limits no more"
* item[19].type = #boolean
* item[19].required = false
* item[19].item[0].linkId = "limit-none.on"
* item[19].item[0].text = "This was answered on:"
* item[19].item[0].type = #date
* item[19].item[0].enableWhen[0].question = "limit-none"
* item[19].item[0].enableWhen[0].operator = #=
* item[19].item[0].enableWhen[0].answerBoolean = true
* item[19].item[0].required = true

Instance: rehabilitation-plan
InstanceOf: Questionnaire
Usage: #definition
Title: "Rehabilitation plan as text"
* url = "https://loadpath.example/fhir/Questionnaire/rehabilitation-plan"
* version = "0.1.0"
* name = "RehabilitationPlan"
* title = "Rehabilitation plan as text"
* status = #draft
* experimental = false
* publisher = "Loadpath"
* description = "The signed rehabilitation plan as text, for EHRs that take answers to a form and nothing else."
* subjectType[0] = #Patient
* item[0].linkId = "plan"
* item[0].text = "Rehabilitation plan, movement restrictions and referral"
* item[0].type = #text
* item[0].required = true

Instance: session-log
InstanceOf: Questionnaire
Usage: #definition
Title: "Log of one session"
* url = "https://loadpath.example/fhir/Questionnaire/session-log"
* version = "0.1.0"
* name = "SessionLog"
* title = "Log of one session"
* status = #draft
* experimental = false
* publisher = "Loadpath"
* description = "The log of one session of the program: what was done, how hard it was, and what happened."
* subjectType[0] = #Patient
* item[0].linkId = "date"
* item[0].text = "Day of the session"
* item[0].type = #date
* item[0].required = true
* item[1].linkId = "minutes"
* item[1].text = "Minutes"
* item[1].type = #integer
* item[1].required = false
* item[2].linkId = "setting"
* item[2].text = "Supervised, or at home"
* item[2].type = #choice
* item[2].required = false
* item[2].answerOption[0].valueString = "supervised"
* item[2].answerOption[1].valueString = "home"
* item[3].linkId = "pain-before"
* item[3].text = "Pain before, 0-10"
* item[3].type = #integer
* item[3].required = false
* item[4].linkId = "pain-worst"
* item[4].text = "Worst pain during the session, 0-10"
* item[4].type = #integer
* item[4].required = false
* item[5].linkId = "pain-24h"
* item[5].text = "Pain 24 hours later, 0-10"
* item[5].type = #integer
* item[5].required = false
* item[6].linkId = "rpe-max"
* item[6].text = "Highest effort, 0-10"
* item[6].type = #integer
* item[6].required = false
* item[7].linkId = "cues"
* item[7].text = "Cues needed for one set, at most"
* item[7].type = #integer
* item[7].required = false
* item[8].linkId = "items"
* item[8].text = "One exercise"
* item[8].type = #group
* item[8].required = false
* item[8].repeats = true
* item[8].item[0].linkId = "id"
* item[8].item[0].text = "Which exercise"
* item[8].item[0].type = #string
* item[8].item[0].required = false
* item[8].item[1].linkId = "sets"
* item[8].item[1].text = "Sets"
* item[8].item[1].type = #integer
* item[8].item[1].required = false
* item[8].item[2].linkId = "reps"
* item[8].item[2].text = "Repetitions of a set"
* item[8].item[2].type = #integer
* item[8].item[2].required = false
* item[8].item[3].linkId = "hold-s"
* item[8].item[3].text = "Seconds held"
* item[8].item[3].type = #integer
* item[8].item[3].required = false
* item[8].item[4].linkId = "load-kg"
* item[8].item[4].text = "Weight in kilograms"
* item[8].item[4].type = #decimal
* item[8].item[4].required = false
* item[8].item[5].linkId = "band"
* item[8].item[5].text = "Band"
* item[8].item[5].type = #string
* item[8].item[5].required = false
* item[8].item[6].linkId = "rpe"
* item[8].item[6].text = "Effort, 0-10"
* item[8].item[6].type = #integer
* item[8].item[6].required = false
* item[9].linkId = "symptoms"
* item[9].text = "New symptoms, in words"
* item[9].type = #string
* item[9].required = false
* item[10].linkId = "fall"
* item[10].text = "A fall since the last session"
* item[10].type = #boolean
* item[10].required = false
* item[11].linkId = "missed-reason"
* item[11].text = "Why a session was missed"
* item[11].type = #string
* item[11].required = false

Instance: referral-question
InstanceOf: Questionnaire
Usage: #definition
Title: "Question about a referral"
* url = "https://loadpath.example/fhir/Questionnaire/referral-question"
* version = "0.1.0"
* name = "ReferralQuestion"
* title = "Question about a referral"
* status = #draft
* experimental = false
* publisher = "Loadpath"
* description = "A care coordinator's question about a referral, and the answer of the clinician who signed it."
* subjectType[0] = #Patient
* item[0].linkId = "question"
* item[0].text = "Question of the care coordinator"
* item[0].type = #text
* item[0].required = true
* item[1].linkId = "answer"
* item[1].text = "Answer of the clinician"
* item[1].type = #text
* item[1].required = true
