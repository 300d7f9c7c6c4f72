Invariant: loadpath-avoid
Description: "An activity that must not be performed says so in its own words, for readers that ignore the modifier."
Severity: #error
Expression: "doNotPerform.exists() and doNotPerform = true implies description.exists() and description.startsWith('AVOID:')"

Invariant: loadpath-seven-months
Description: "The programme lasts at least seven months (statement S17)."
Severity: #error
Expression: "start.exists() and end.exists() and (start + 7 'months') <= end"

Invariant: loadpath-dose
Description: "Two or three sessions a week of at least 60 minutes (statements S15 and S16), or a reason in the notes."
Severity: #warning
Expression: "frequency >= 2 and duration >= 60"

Profile: RehabilitationCarePlan
Parent: $us-core-careplan
Id: rehabilitation-careplan
Title: "Rehabilitation plan"
Description: "The plan a clinician signed: exercises, movements to avoid, nutrition, education, and the referral for physical therapy."
* obeys loadpath-has-avoid
* identifier 1..* MS
* instantiatesUri 1..* MS
* status MS
* intent MS
* category ^slicing.discriminator.type = #pattern
* category ^slicing.discriminator.path = "$this"
* category ^slicing.rules = #open
* category 2..* MS
* title 1..1 MS
* description 1..1 MS
* period 1..1 MS
* period obeys loadpath-seven-months
* author MS
* addresses 1..* MS
* goal 1..* MS
* replaces MS
* activity 1..* MS
* activity.detail MS
* activity.detail obeys loadpath-avoid
* activity.detail.kind MS
* activity.detail.code MS
* activity.detail.status MS
* activity.detail.statusReason MS
* activity.detail.doNotPerform 1..1 MS
* activity.detail.scheduled[x] MS
* activity.detail.description 1..1 MS
* activity.reference MS
* note MS

Invariant: loadpath-has-avoid
Description: "Every plan names at least one movement to avoid."
Severity: #error
Expression: "activity.detail.where(doNotPerform = true).exists()"

Profile: RehabilitationGoal
Parent: $us-core-goal
Id: rehabilitation-goal
Title: "Rehabilitation goal"
Description: "A measurable goal of the rehabilitation plan."
* identifier 1..* MS
* category 1..* MS
* category = $goal-category#physiotherapy
* startDate 1..1 MS
* target MS
* addresses 1..* MS

Profile: PhysicalTherapyRequest
Parent: $us-core-servicerequest
Id: physical-therapy-request
Title: "Referral for physical therapy"
Description: "The order for supervised physical therapy: diagnoses, precautions, type, amount, frequency and duration."
* identifier 1..* MS
* basedOn 1..* MS
* status MS
* intent MS
* category 1..* MS
* code MS
* code from PhysicalTherapyRequestCodes (extensible)
* occurrence[x] 1..1 MS
* occurrence[x] only Timing
* occurrenceTiming.repeat 1..1
* occurrenceTiming.repeat obeys loadpath-dose
* occurrenceTiming.repeat.bounds[x] 1..1
* occurrenceTiming.repeat.bounds[x] only Period
* occurrenceTiming.repeat.boundsPeriod obeys loadpath-seven-months
* authoredOn 1..1 MS
* requester MS
* performerType 1..1 MS
* reasonReference 1..* MS
* supportingInfo 1..* MS
* note 1..* MS
* patientInstruction 1..1 MS

Profile: RehabilitationProvenance
Parent: $us-core-provenance
Id: rehabilitation-provenance
Title: "Who signed the plan"
Description: "The signer as author, Loadpath as assembler, and the chart facts the plan rests on."
* target 2..* MS
* policy 1..* MS
* agent 2..* MS
* entity 1..* MS

Profile: RehabilitationNote
Parent: $us-core-documentreference
Id: rehabilitation-note
Title: "Rehabilitation plan as a note"
Description: "Plan, restrictions and referral as text and PDF, for servers that take no CarePlan."
* identifier 1..* MS
* relatesTo MS
* description 1..1 MS
* content.attachment.contentType 1..1
* content.attachment.data MS

Profile: ReferralTask
Parent: Task
Id: referral-task
Title: "Follow-up of the referral"
Description: "The fulfilment of the physical therapy referral, as coordinators work it."
* identifier 1..* MS
* status MS
* businessStatus MS
* intent = #order
* focus 1..1 MS
* focus only Reference(PhysicalTherapyRequest)
* for 1..1 MS
* authoredOn 1..1 MS
* requester MS
* owner MS
* input MS
* output MS
