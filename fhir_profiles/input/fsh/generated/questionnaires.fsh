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
