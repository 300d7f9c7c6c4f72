// Made by python -m fhir_profiles.generate from the knowledge and the code: not to be edited here.

CodeSystem: Phase
Id: phase
Title: "Rehabilitation phase"
Description: "How far the rehabilitation after a lumbar fracture may go: in a CarePlan's category the phase it is for."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablecodesystem"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = true
* ^caseSensitive = true
* ^valueSet = "https://loadpath.example/fhir/ValueSet/all-phase"
* #initial "Initial phase" "By the calendar 0 months to before 3 after day 0 of healing, which is a ceiling: healing and pain may hold the patient in an earlier phase. Aim: pain control, positioning and gentle core activation."
* #intermediate "Intermediate phase" "By the calendar 3 months to before 6 after day 0 of healing, which is a ceiling: healing and pain may hold the patient in an earlier phase. Aim: prone work as the gate allows and light resistance."
* #advanced "Advanced phase" "By the calendar 6 months and later after day 0 of healing, which is a ceiling: healing and pain may hold the patient in an earlier phase. Aim: measured progressive resistance for the extensors and large muscles."

ValueSet: AllPhase
Id: all-phase
Title: "Rehabilitation phase, all"
Description: "Every code of the code system: rehabilitation phase."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = true
* include codes from system Phase

CodeSystem: MovementRestriction
Id: movement-restriction
Title: "Restricted movements"
Description: "Movements that Loadpath restricts after a lumbar fracture, each with the quality that loads the fracture and what to do instead. A code names the movement; whether it is forbidden or only changed is said where the code stands (CarePlan.activity.detail.doNotPerform and description)."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablecodesystem"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = true
* ^caseSensitive = true
* ^valueSet = "https://loadpath.example/fhir/ValueSet/all-movement-restriction"
* ^property[0].code = #group
* ^property[0].description = "restriction: changes with phase, healing and risk; never-selected: never offered as an exercise"
* ^property[0].type = #code
* #R1 "Forward bending of the spine" "Forward bending (flexion) of the spine — rapid, repetitive, sustained, weighted or end-range. Instead: hinge at the hips with a long back, or squat to reach."
* #R1 ^property[0].code = #group
* #R1 ^property[0].valueCode = #restriction
* #R2 "Twisting of the spine" "Twisting (rotation) of the spine — rapid, repetitive, sustained, weighted or end-range. Instead: step the feet round so that hips and shoulders turn together."
* #R2 ^property[0].code = #group
* #R2 ^property[0].valueCode = #restriction
* #R3 "Toe touches, sit-ups, crunches" "Toe touches, sit-ups and crunches; also roll-downs, plough and seated forward folds — end-range or repeated flexion under body weight. Instead: abdominal bracing in neutral spine, bird-dog, leg raises with the back still."
* #R3 ^property[0].code = #group
* #R3 ^property[0].valueCode = #restriction
* #R4 "Jumping, running and other impact" "Jumping, hopping, plyometrics and running — impact harder than brisk walking, with or without load. Instead: brisk walking on flat ground; slow heel raises without a drop."
* #R4 ^property[0].code = #group
* #R4 ^property[0].valueCode = #restriction
* #R5 "Yoga and Pilates poses that bend or turn the spine to its limit" "Yoga and Pilates poses with forward folding or turning of the spine — end-range, sustained or weighted. Instead: the neutral-spine variant of the pose, taught by an instructor who knows osteoporosis."
* #R5 ^property[0].code = #group
* #R5 ^property[0].valueCode = #restriction
* #R6 "Exercise lying face down" "Prone (face-down) exercise — any load or hold in prone before the fracture is stable. Instead: extensor work seated or lying on the back; hands and knees later."
* #R6 ^property[0].code = #group
* #R6 ^property[0].valueCode = #restriction
* #R7 "Weight on the upper back" "External load on the upper back during back extension — any added weight or manual resistance. Instead: extensor work against body weight; rows with the trunk still."
* #R7 ^property[0].code = #group
* #R7 ^property[0].valueCode = #restriction
* #R8 "Arching the back to its limit" "Backward arching (extension) of the spine — end-range, forced or weighted. Instead: extend only until the spine is neutral."
* #R8 ^property[0].code = #group
* #R8 ^property[0].valueCode = #restriction
* #R9 "Lifting from the floor and holding weight away from the body" "Lifting from or lowering to the floor; load held away from the body — weighted, especially rapid or repeated. Instead: lift from table height close to the body, or ask for help."
* #R9 ^property[0].code = #group
* #R9 ^property[0].valueCode = #restriction
* #R10 "Making exercises harder alone" "Progression of load, range or position without supervision — unsupervised, in any phase. Instead: progress with the therapist; keep the home set as taught."
* #R10 ^property[0].code = #group
* #R10 ^property[0].valueCode = #restriction
* #X01 "Toe touches" "toe touches, standing or seated — end-range flexion of the spine, often repeated or held. Instead: hinge at the hips with a long back (E06), or bring the foot up to you while seated."
* #X01 ^property[0].code = #group
* #X01 ^property[0].valueCode = #never-selected
* #X02 "Sit-ups" "sit-ups — repetitive, weighted flexion of the spine. Instead: abdominal bracing (E03), later bird-dog (E17)."
* #X02 ^property[0].code = #group
* #X02 ^property[0].valueCode = #never-selected
* #X03 "Crunches" "abdominal crunches — repetitive flexion of the spine under load. Instead: abdominal bracing (E03), later bird-dog (E17) or a counter plank (E35)."
* #X03 ^property[0].code = #group
* #X03 ^property[0].valueCode = #never-selected
* #X04 "Russian twist, bicycle crunch" "Russian twists and bicycle crunches — rapid, repetitive twisting combined with flexion. Instead: bird-dog with the pelvis level (E17), or bracing with a heel slide (E12)."
* #X04 ^property[0].code = #group
* #X04 ^property[0].valueCode = #never-selected
* #X05 "Roll-down, plough, seated forward fold" "roll-downs, the plough and seated forward folds — sustained, end-range flexion of the spine. Instead: the bridge (E18) or a hip hinge with a long back (E06)."
* #X05 ^property[0].code = #group
* #X05 ^property[0].valueCode = #never-selected
* #X06 "Cable wood-chop, torso-rotation machine" "cable wood-chops and the torso-rotation machine — weighted, repetitive twisting to the end of range. Instead: a row with the trunk still (E19), turning by stepping the feet round."
* #X06 ^property[0].code = #group
* #X06 ^property[0].valueCode = #never-selected
* #X07 "Abdominal-flexion machine" "the abdominal-flexion machine — weighted, repetitive flexion of the spine. Instead: abdominal bracing (E03), later a counter plank (E35)."
* #X07 ^property[0].code = #group
* #X07 ^property[0].valueCode = #never-selected
* #X08 "Jumps, skipping, burpees" "jumps, box jumps, skipping and burpees — high impact on landing. Instead: brisk walking (E27), slow heel raises (E23) and step-ups (E21)."
* #X08 ^property[0].code = #group
* #X08 ^property[0].valueCode = #never-selected
* #X09 "Running, high-impact aerobics" "running and high-impact aerobics — repeated high impact. Instead: brisk walking on flat ground (E27)."
* #X09 ^property[0].code = #group
* #X09 ^property[0].valueCode = #never-selected
* #X10 "Rowing with a rounded back" "rowing machine with a rounded back — repetitive, weighted flexion. Instead: a seated band row with the trunk still (E19)."
* #X10 ^property[0].code = #group
* #X10 ^property[0].valueCode = #never-selected
* #X11 "Heavy lift from the floor, behind-neck pull-down" "heavy lifts from the floor and pull-downs behind the neck — weighted flexion, load far from the body. Instead: take loads from waist height close to the body, and pull down in front to the chest (E30)."
* #X11 ^property[0].code = #group
* #X11 ^property[0].valueCode = #never-selected
* #X12 "Fast golf, tennis or bowling swing" "golf, tennis and bowling swings — rapid, repetitive, end-range twisting. Instead: short strokes with a turn of the whole body by stepping the feet round."
* #X12 ^property[0].code = #group
* #X12 ^property[0].valueCode = #never-selected
* #X13 "Prone or weighted back exercise" "exercises lying face down or with weight on the upper back — loaded extension before the fracture is stable. Instead: the lying realignment on the back (E02) and the seated press (E01)."
* #X13 ^property[0].code = #group
* #X13 ^property[0].valueCode = #never-selected

ValueSet: AllMovementRestriction
Id: all-movement-restriction
Title: "Restricted movements, all"
Description: "Every code of the code system: restricted movements."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = true
* include codes from system MovementRestriction

CodeSystem: Limit
Id: limit
Title: "Limits of the whole patient"
Description: "What else about a patient limits the program: in a CarePlan why a line forbids (activity.detail.reasonCode)."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablecodesystem"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = true
* ^caseSensitive = true
* ^valueSet = "https://loadpath.example/fhir/ValueSet/all-limit"
* #WP1 "No weight on a leg" "No weight on the {side} leg {until}. Sitting and lying work only."
* #WP2 "Limited weight on a leg" "Weight on the {side} leg: part of the body weight, as ordered ({order}) {until}."
* #WP3 "Broken shoulder, arm or hand" "Broken shoulder, arm or hand: no load or push through that arm {until}."
* #WP4 "Broken rib or breastbone" "Broken rib or breastbone: no lying on it, no pulling or pushing {until}."
* #WP5 "Broken pelvis or sacrum" "Broken pelvis or sacrum: weight bearing as the surgeon says."
* #WP6 "Broken hip or thigh bone" "Hip or thigh bone broken or fixed: the hip protocol comes first; back work is added to it."
* #WP7 "Broken lower leg or foot" "Broken lower leg or foot: weight bearing is not allowed or not stated, sitting and lying work only."
* #WP8 "Another fracture" "Atypical fracture of the thigh bone: the hip protocol comes first; loading waits."
* #WP9 "Hip replacement, or hip precautions" "Hip precautions, posterior: not past 90 degrees, not across, not turned in {until}."
* #WP10 "Hip replacement, anterior" "Hip precautions, anterior: no leg behind with the foot turned out {until}."
* #WP11 "Hip replacement, approach not known" "Hip replaced {date}, approach not known: the precautions of both hold."
* #WP12 "Knee replacement" "No kneeling on the new knee {until}; the knee protocol leads."
* #WP13 "Shoulder replacement" "New shoulder: no load, pull or push through that arm {until}; a reverse shoulder never pushes behind the back."
* #WP14 "Joint replacement, older" "A joint was replaced {date}: kneeling by comfort."
* #WP15 "Operation of the spine, not cleared" "Until the surgeon clears: bed work, breathing, short walks and standing up from a high seat only."
* #WP16 "Neck operation, fracture or collar" "Neck operation {date}: no load through the arms, no head press, no prone."
* #WP17 "Operation of belly, pelvis or groin" "Belly, pelvis or groin operated {date}: no strain of the belly wall {until}."
* #WP18 "Breastbone opened" "The breastbone is healing: elbows at the sides, no push or pull {until}."
* #WP19 "Eye or breast operation" "Eye operated {date}: head above the heart, no breath-holding {until}."
* #WP20 "Brace ordered" "Brace ordered ({order}) {until}. Who takes it off, and when?"
* #WP21 "Parkinson's disease" "Parkinson's: cue, on-phase, guard. Balance only with someone."
* #WP22 "Stroke or weakness of one side" "Stroke: stable arm support, the weak side is guarded."
* #WP23 "Dementia, delirium" "Cannot follow precautions alone: carer present at each session."
* #WP24 "Dizziness" "Dizziness: two hands, eyes open, no tipping of the head far back."
* #WP25 "Low vision" "Low vision: verbal and touch cues, clear floor, marked edges."
* #WP26 "Numb feet" "Neuropathy: shoes on, skin check, rail; watch the feet, do not trust the feeling."
* #WP27 "Lung disease" "Lung disease: breathe out on effort, not face down, arms below the head."
* #WP28 "Heart disease" "Heart disease: light effort, no breath-holding; “Walking bouts”, “Brisk walking” and “Stair climbing” wait for clearance."
* #WP29 "Aortic aneurysm" "Aneurysm: light effort, no breath-holding, no heavy lifts."
* #WP30 "Blood pressure" "High {value}: nothing that strains; recheck, and ask the clinician."
* #WP31 "Blood pressure drops on standing" "Blood pressure drops on standing: sit 2 minutes, pump the ankles, stand up slowly."
* #WP32 "Blood clot, anticoagulant" "Blood clot within 90 days: walk once the anticoagulant works; leg swelling or breathlessness stops the session."
* #WP33 "Does not walk" "Does not walk: chair programme."
* #WP34 "Bed-bound" "Bed-bound: bed programme until sitting."
* #WP35 "Frailty" "Frail: short sessions, someone near. Set goals first."
* #WP36 "Palliative care" "Goals of care first: comfort, not bone gain."
* #WP37 "Pressure injury" "Pressure injury at the seat or of unknown place: no weight on it."
* #WP38 "Hernia or stoma" "Hernia or stoma: breathe out on effort, hand support, no strain."
* #WP39 "Pelvic floor" "Prolapse or leakage on effort: lift the pelvic floor before effort, breathe out."
* #WP40 "Worn or stiff joint" "Severe arthritis of the knee: small range, no kneeling."
* #WP41 "After a birth, breast-feeding" "After a birth: not face down; lift the child from table height."
* #WP42 "Epilepsy" "Epilepsy: someone present; no heights, no water."
* #WP43 "High body weight" "BMI of 35 or more: not face down; a wide firm surface."
* #WP44 "Dialysis" "Dialysis: other days; no band around the fistula arm."
* #WP45 "Insulin or a sulfonylurea" "Insulin or a sulfonylurea: glucose before and after, a snack at hand."
* #WP46 "Implanted device" "Pacemaker or defibrillator placed {date}: that arm below the shoulder {until}."
* #WP47 "Amputation" "Amputation: prosthesis on for standing; off: sitting or lying."
* #WP48 "Falls" "Risk of falls: balance work only with two hands and someone near."
* #WP49 "Many limits" "Several limits at once: see the list; the therapist sets the order."
* #NS9 "Order of somebody else" "Ordered: {order}. The order comes first."
* #RF4 "New nerve-root pain" "New nerve-root pain: neutral work only, no bending backward to the end of range or against load; “Standing hip abduction and extension” waits."
* #CO13 "Pain in the initial phase" "Pain in the initial phase: no seated press, no hinge and no mini squat until it permits."
* #FC2 "Broken part not known" "Which part of the vertebra broke is not known: no bending backward to the end of range or against load."
* #FC3b "Stiff spine" "Stiff (ankylosed) spine: keep the usual curve, no end-range bending backward, nothing prone."
* #FC11 "Curve of the upper back" "Curve of the upper back: pillows in “Supine realignment” and “Diaphragmatic breathing with chest lift”, no contact with the wall in “Co-contraction of flexors and extensors at the wall” and “Wall slide with thoracic lift”."
* #FC6b "Old defect of the arch" "An old defect of the vertebral arch: no bending backward or twisting to the end of range or against load; neutral core work."

ValueSet: AllLimit
Id: all-limit
Title: "Limits of the whole patient, all"
Description: "Every code of the code system: limits of the whole patient."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = true
* include codes from system Limit

CodeSystem: Alert
Id: alert
Title: "Alerts"
Description: "What Loadpath tells a clinician to stop for, to look at before signing, or to know."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablecodesystem"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = true
* ^caseSensitive = true
* ^valueSet = "https://loadpath.example/fhir/ValueSet/all-alert"
* ^property[0].code = #severity
* ^property[0].description = "stop: nothing is prescribed; review: a clinician looks before signing; info: to know"
* ^property[0].type = #code
* #cauda-equina "Cauda equina syndrome is recorded" "Cauda equina syndrome is recorded. Emergency: same-day spinal assessment. No exercise until it is excluded or treated."
* #cauda-equina ^property[0].code = #severity
* #cauda-equina ^property[0].valueCode = #stop
* #neuro-red-flag "A new neurological symptom is recorded: bladder, bowel, saddle area or leg strength" "A new neurological symptom is recorded: bladder, bowel, saddle area or leg strength. Emergency: examine today and exclude compression of cord or cauda equina. No exercise until then."
* #neuro-red-flag ^property[0].code = #severity
* #neuro-red-flag ^property[0].valueCode = #stop
* #unstable-fracture "The fracture is recorded as unstable or open, and no fixation is on record" "The fracture is recorded as unstable or open, and no fixation is on record. Urgent spine surgery opinion. No exercise until the fracture is fixed or declared healed."
* #unstable-fracture ^property[0].code = #severity
* #unstable-fracture ^property[0].valueCode = #stop
* #nonunion "The fracture is recorded as not united" "The fracture is recorded as not united. Refer to the spine surgeon. No exercise prescription from this app."
* #nonunion ^property[0].code = #severity
* #nonunion ^property[0].valueCode = #stop
* #pathological-fracture "The fracture is recorded as pathological without a known benign bone disease" "The fracture is recorded as pathological without a known benign bone disease. Refer for work-up of the cause (oncology). No exercise until it is known."
* #pathological-fracture ^property[0].code = #severity
* #pathological-fracture ^property[0].valueCode = #stop
* #active-cancer "An active cancer is recorded: the fracture may be a metastasis" "An active cancer is recorded: the fracture may be a metastasis. Refer to oncology and exclude a pathological fracture. No exercise until then."
* #active-cancer ^property[0].code = #severity
* #active-cancer ^property[0].valueCode = #stop
* #spinal-infection "An infection of the spine is recorded" "An infection of the spine is recorded. Emergency: inpatient assessment. No exercise until it is treated."
* #spinal-infection ^property[0].code = #severity
* #spinal-infection ^property[0].valueCode = #stop
* #pregnancy "A current pregnancy is recorded" "A current pregnancy is recorded. Refer to obstetrics and a bone clinic together. This prescription does not apply."
* #pregnancy ^property[0].code = #severity
* #pregnancy ^property[0].valueCode = #stop
* #age-under-18 "The patient is under 18" "The patient is under 18. Refer to paediatrics. This prescription does not apply."
* #age-under-18 ^property[0].code = #severity
* #age-under-18 ^property[0].valueCode = #stop
* #hardware-failure "Failure of spinal hardware is recorded" "Failure of spinal hardware is recorded. Refer to the spine surgeon. No exercise prescription from this app."
* #hardware-failure ^property[0].code = #severity
* #hardware-failure ^property[0].valueCode = #stop
* #pseudarthrosis "A pseudarthrosis after spinal fusion is recorded" "A pseudarthrosis after spinal fusion is recorded. Refer to the spine surgeon. No exercise prescription from this app."
* #pseudarthrosis ^property[0].code = #severity
* #pseudarthrosis ^property[0].valueCode = #stop
* #no-active-fracture "No confirmed lumbar fracture is recorded" "No confirmed lumbar fracture is recorded. If there is one, add it to the problem list with level and date."
* #no-active-fracture ^property[0].code = #severity
* #no-active-fracture ^property[0].valueCode = #info
* #history-only "Only a history of a healed fracture is recorded, not the fracture itself" "Only a history of a healed fracture is recorded, not the fracture itself. If the lumbar fracture is known, add it to the problem list with level and date."
* #history-only ^property[0].code = #severity
* #history-only ^property[0].valueCode = #info
* #deceased "The record says that this patient has died" "The record says that this patient has died. Nothing is proposed. If this is wrong, correct the registration."
* #deceased ^property[0].code = #severity
* #deceased ^property[0].valueCode = #info
* #confirm-fracture "A vertebral fracture is recorded as not yet confirmed" "A vertebral fracture is recorded as not yet confirmed. Confirm or refute it (imaging) before any exercise is prescribed; until then the strictest precautions hold."
* #confirm-fracture ^property[0].code = #severity
* #confirm-fracture ^property[0].valueCode = #review
* #level-not-lumbar "The recorded fracture is not lumbar" "The recorded fracture is not lumbar. The rules are written for lumbar fractures. Prescribe by other guidance or correct the level."
* #level-not-lumbar ^property[0].code = #severity
* #level-not-lumbar ^property[0].valueCode = #review
* #level-junction "The fracture is recorded at the thoracolumbar junction, not at a lumbar level" "The fracture is recorded at the thoracolumbar junction, not at a lumbar level. Check the level; the lumbar rules are applied."
* #level-junction ^property[0].code = #severity
* #level-junction ^property[0].valueCode = #review
* #level-unspecified "The record does not say which vertebra is fractured" "The record does not say which vertebra is fractured. Check that the fracture is lumbar; the lumbar rules are applied."
* #level-unspecified ^property[0].code = #severity
* #level-unspecified ^property[0].valueCode = #review
* #site-unnamed "An osteoporotic fracture without its bone. Which bone?" "An osteoporotic fracture without its bone. Which bone? State the vertebra, if it is a lumbar one; another bone is named in the record. Until then nothing is prescribed."
* #site-unnamed ^property[0].code = #severity
* #site-unnamed ^property[0].valueCode = #review
* #fatigue-fracture "A fatigue fracture of a vertebra is recorded; it is not a compression fracture" "A fatigue fracture of a vertebra is recorded; it is not a compression fracture. Check the diagnosis; these rules do not cover fatigue fractures."
* #fatigue-fracture ^property[0].code = #severity
* #fatigue-fracture ^property[0].valueCode = #review
* #childhood-fracture "A vertebral fracture of childhood is recorded and taken as history" "A vertebral fracture of childhood is recorded and taken as history. If it is a recent fracture, correct its date."
* #childhood-fracture ^property[0].code = #severity
* #childhood-fracture ^property[0].valueCode = #info
* #other-fracture "Another fracture is healing, outside the lumbar spine" "Another fracture is healing, outside the lumbar spine. Adapt positions and loading to it; these rules look at the lumbar fracture only."
* #other-fracture ^property[0].code = #severity
* #other-fracture ^property[0].valueCode = #review
* #sex-out-of-seed "The source speaks of a man; this patient is not recorded as male" "The source speaks of a man; this patient is not recorded as male. Judge whether the prescription applies. Most bone evidence comes from women."
* #sex-out-of-seed ^property[0].code = #severity
* #sex-out-of-seed ^property[0].valueCode = #review
* #age-unknown "The date of birth is missing: age limits cannot be checked" "The date of birth is missing: age limits cannot be checked. Complete the date of birth."
* #age-unknown ^property[0].code = #severity
* #age-unknown ^property[0].valueCode = #review
* #date-imprecise "The date of the fracture is too imprecise to fix the phase" "The date of the fracture is too imprecise to fix the phase. Ask for the day of the fracture; until then the latest possible day counts and the strict window stays."
* #date-imprecise ^property[0].code = #severity
* #date-imprecise ^property[0].valueCode = #review
* #anchor-recorded "The date of the fracture is missing; the day it was recorded is used instead" "The date of the fracture is missing; the day it was recorded is used instead. Ask for the day of the fracture. It can only be earlier, so the plan is on the cautious side."
* #anchor-recorded ^property[0].code = #severity
* #anchor-recorded ^property[0].valueCode = #review
* #onset-unknown "Neither the fracture nor its recording has a date" "Neither the fracture nor its recording has a date. Ask for the day of the fracture; until then the initial phase holds and prone work stays closed."
* #onset-unknown ^property[0].code = #severity
* #onset-unknown ^property[0].valueCode = #review
* #future-date "A date in the record lies in the future and was not used" "A date in the record lies in the future and was not used. Correct the date in the record."
* #future-date ^property[0].code = #severity
* #future-date ^property[0].valueCode = #review
* #onset-after-recorded "The fracture's date is later than the day it was recorded" "The fracture's date is later than the day it was recorded. Check the date; the later day is used."
* #onset-after-recorded ^property[0].code = #severity
* #onset-after-recorded ^property[0].valueCode = #review
* #possible-refracture "A later record of the same vertebra points to a second fracture" "A later record of the same vertebra points to a second fracture. Confirm or refute a new fracture; the later date counts until then."
* #possible-refracture ^property[0].code = #severity
* #possible-refracture ^property[0].valueCode = #review
* #multiple-vf "More than one vertebral fracture is recorded" "More than one vertebral fracture is recorded. Keep strict movement limits for 12 months, lower impact, and look at drug therapy."
* #multiple-vf ^property[0].code = #severity
* #multiple-vf ^property[0].valueCode = #review
* #early-resolved "The fracture was marked resolved less than 6 weeks after it happened" "The fracture was marked resolved less than 6 weeks after it happened. Check that it has healed: records are often closed with the visit."
* #early-resolved ^property[0].code = #severity
* #early-resolved ^property[0].valueCode = #review
* #post-augmentation "A vertebroplasty or kyphoplasty followed the fracture; the days are counted from it" "A vertebroplasty or kyphoplasty followed the fracture; the days are counted from it. Watch the neighbouring vertebrae. Extensor work after augmentation was tied to later refracture in one small study."
* #post-augmentation ^property[0].code = #severity
* #post-augmentation ^property[0].valueCode = #review
* #post-fusion-clearance "Spinal surgery followed the fracture" "Spinal surgery followed the fracture. The surgeon's clearance opens the gates, not before 12 weeks; every plan is reviewed for 12 months."
* #post-fusion-clearance ^property[0].code = #severity
* #post-fusion-clearance ^property[0].valueCode = #review
* #reset-date-unknown "A spinal procedure has no usable date and is treated as done today" "A spinal procedure has no usable date and is treated as done today. Enter the date of the procedure."
* #reset-date-unknown ^property[0].code = #severity
* #reset-date-unknown ^property[0].valueCode = #review
* #hardware-present "Cement or metal from before this fracture is in the spine" "Cement or metal from before this fracture is in the spine. A fracture beside it needs the surgeon's view; lumbar spine density over it is invalid."
* #hardware-present ^property[0].code = #severity
* #hardware-present ^property[0].valueCode = #review
* #recent-surgery "Another part of the spine or of the body was operated on less than 12 weeks ago" "Another part of the spine or of the body was operated on less than 12 weeks ago. Respect the surgeon's limits."
* #recent-surgery ^property[0].code = #severity
* #recent-surgery ^property[0].valueCode = #review
* #pending-surgery "An operation or another procedure is under way or planned" "An operation or another procedure is under way or planned. Ask the surgeon before starting."
* #pending-surgery ^property[0].code = #severity
* #pending-surgery ^property[0].valueCode = #review
* #confirm-stability "By time since fracture the next phase would be possible, but nothing shows that the fracture is stable" "By time since fracture the next phase would be possible, but nothing shows that the fracture is stable. Confirm stability (examination, imaging); until then the initial phase holds."
* #confirm-stability ^property[0].code = #severity
* #confirm-stability ^property[0].valueCode = #review
* #confirm-healing "By time since fracture the advanced phase would be possible, but nothing shows that the fracture has healed" "By time since fracture the advanced phase would be possible, but nothing shows that the fracture has healed. Confirm healing; until then the intermediate phase is the most."
* #confirm-healing ^property[0].code = #severity
* #confirm-healing ^property[0].valueCode = #review
* #delayed-healing "Healing is recorded as delayed" "Healing is recorded as delayed. The initial phase holds and prone work stays closed until healing is shown. Ask the surgeon."
* #delayed-healing ^property[0].code = #severity
* #delayed-healing ^property[0].valueCode = #review
* #malunion "The fracture has healed in a deformed position (malunion)" "The fracture has healed in a deformed position (malunion). Stable, but deformity limits loading: the intermediate phase is the most."
* #malunion ^property[0].code = #severity
* #malunion ^property[0].valueCode = #review
* #healing-conflict "Records of the same fracture disagree about healing" "Records of the same fracture disagree about healing. Clean up the problem list or confirm the state; until then the less healed reading counts."
* #healing-conflict ^property[0].code = #severity
* #healing-conflict ^property[0].valueCode = #review
* #pain-hold "Pain is more than 3 on the 0-10 scale" "Pain is more than 3 on the 0-10 scale. No step up in phase, position or load until it is 3 or less."
* #pain-hold ^property[0].code = #severity
* #pain-hold ^property[0].valueCode = #review
* #impact-decision "Healing and bone density would let impact be discussed" "Healing and bone density would let impact be discussed. A clinician decides. It is never prescribed here; UK consensus keeps people with a vertebral fracture at brisk walking."
* #impact-decision ^property[0].code = #severity
* #impact-decision ^property[0].valueCode = #review
* #osteoporosis "This is osteoporosis, not osteopenia" "This is osteoporosis, not osteopenia. Evaluate for drug therapy; flexion and twisting stay strict for 12 months."
* #osteoporosis ^property[0].code = #severity
* #osteoporosis ^property[0].valueCode = #review
* #clinical-osteoporosis "At 50 and over, a low-trauma vertebral fracture means osteoporosis whatever the T-score, if low trauma is confirmed" "At 50 and over, a low-trauma vertebral fracture means osteoporosis whatever the T-score, if low trauma is confirmed. Confirm the mechanism and evaluate for drug therapy."
* #clinical-osteoporosis ^property[0].code = #severity
* #clinical-osteoporosis ^property[0].valueCode = #info
* #bmd-discordant "Osteopenia is coded, but a T-score is in the osteoporosis range" "Osteopenia is coded, but a T-score is in the osteoporosis range. Correct the diagnosis and evaluate for drug therapy."
* #bmd-discordant ^property[0].code = #severity
* #bmd-discordant ^property[0].valueCode = #review
* #normal-bmd-with-fracture "Bone density is in the normal range in a patient with a vertebral fracture" "Bone density is in the normal range in a patient with a vertebral fracture. Look for another cause of the fracture and check the scan."
* #normal-bmd-with-fracture ^property[0].code = #severity
* #normal-bmd-with-fracture ^property[0].valueCode = #review
* #bmd-borderline "Rounding the T-score to one decimal would change its class; the unrounded number was used" "Rounding the T-score to one decimal would change its class; the unrounded number was used. Read the report's own conclusion."
* #bmd-borderline ^property[0].code = #severity
* #bmd-borderline ^property[0].valueCode = #review
* #ls-unreliable "The lumbar spine scan includes a fractured vertebra, cement or metal, or a single vertebra, and reads too high" "The lumbar spine scan includes a fractured vertebra, cement or metal, or a single vertebra, and reads too high. Use the hip; it can support severity but never prove normal or low-normal density."
* #ls-unreliable ^property[0].code = #severity
* #ls-unreliable ^property[0].valueCode = #review
* #dxa-site-invalid "A forearm or unnamed-site T-score is recorded; it does not classify" "A forearm or unnamed-site T-score is recorded; it does not classify. Order hip and spine DXA, or correct the site."
* #dxa-site-invalid ^property[0].code = #severity
* #dxa-site-invalid ^property[0].valueCode = #review
* #stale-dxa "The newest bone density scan is more than 24 months old" "The newest bone density scan is more than 24 months old. Repeat DXA."
* #stale-dxa ^property[0].code = #severity
* #stale-dxa ^property[0].valueCode = #info
* #no-bmd-data "Neither a usable bone density scan nor a coded bone diagnosis is recorded" "Neither a usable bone density scan nor a coded bone diagnosis is recorded. Order DXA. Precautions do not wait for it."
* #no-bmd-data ^property[0].code = #severity
* #no-bmd-data ^property[0].valueCode = #review
* #fracture-probability "A FRAX probability is on record. After a vertebral fracture it never lowers the risk" "A FRAX probability is on record. After a vertebral fracture it never lowers the risk. Read it beside the fracture; ask who decides on a bone drug."
* #fracture-probability ^property[0].code = #severity
* #fracture-probability ^property[0].valueCode = #info
* #use-z-score "For men under 50 and premenopausal women the Z-score counts, not the T-score" "For men under 50 and premenopausal women the Z-score counts, not the T-score. Read the Z-score; osteoporosis is not diagnosed from density alone. Look for secondary causes."
* #use-z-score ^property[0].code = #severity
* #use-z-score ^property[0].valueCode = #review
* #vitd-deficient "25-OH vitamin D is below 20 ng/mL" "25-OH vitamin D is below 20 ng/mL. The clinician sets the repletion dose."
* #vitd-deficient ^property[0].code = #severity
* #vitd-deficient ^property[0].valueCode = #info
* #vitd-insufficient "25-OH vitamin D is below 30 ng/mL" "25-OH vitamin D is below 30 ng/mL. At least 800-1,000 IU a day; recheck in three months."
* #vitd-insufficient ^property[0].code = #severity
* #vitd-insufficient ^property[0].valueCode = #info
* #vitd-toxicity "25-OH vitamin D is above 100 ng/mL: possible toxicity" "25-OH vitamin D is above 100 ng/mL: possible toxicity. Stop vitamin D supplements; check calcium and kidney function."
* #vitd-toxicity ^property[0].code = #severity
* #vitd-toxicity ^property[0].valueCode = #review
* #vitd-stale "The newest 25-OH vitamin D is more than 12 months old or has no date" "The newest 25-OH vitamin D is more than 12 months old or has no date. Measure it again."
* #vitd-stale ^property[0].code = #severity
* #vitd-stale ^property[0].valueCode = #info
* #vitd-missing "No usable 25-OH vitamin D result is on record" "No usable 25-OH vitamin D result is on record. Measure 25-OH vitamin D; the minimum dose does not wait for it."
* #vitd-missing ^property[0].code = #severity
* #vitd-missing ^property[0].valueCode = #info
* #calcium-caution "A condition is recorded in which calcium can harm" "A condition is recorded in which calcium can harm. No calcium supplement from this plan; diet and supplements by the clinician."
* #calcium-caution ^property[0].code = #severity
* #calcium-caution ^property[0].valueCode = #review
* #high-energy "The fracture came from a high-energy accident" "The fracture came from a high-energy accident. It does not by itself prove fragile bone; look for other injuries."
* #high-energy ^property[0].code = #severity
* #high-energy ^property[0].valueCode = #review
* #mechanism-conflict "Low and high energy are both recorded for this fracture" "Low and high energy are both recorded for this fracture. Settle the mechanism; precautions are unchanged."
* #mechanism-conflict ^property[0].code = #severity
* #mechanism-conflict ^property[0].valueCode = #review
* #cancer-history "A past cancer is recorded" "A past cancer is recorded. Exclude a pathological fracture before starting."
* #cancer-history ^property[0].code = #severity
* #cancer-history ^property[0].valueCode = #review
* #pathological-cause "The fracture is coded as pathological; a benign bone disease is on record that may explain it" "The fracture is coded as pathological; a benign bone disease is on record that may explain it. Confirm the cause."
* #pathological-cause ^property[0].code = #severity
* #pathological-cause ^property[0].valueCode = #review
* #burst-stable "The fracture is a stable burst fracture" "The fracture is a stable burst fracture. Ask the surgeon for limits; low trauma is not assumed."
* #burst-stable ^property[0].code = #severity
* #burst-stable ^property[0].valueCode = #review
* #med-clearance "A heart or vessel condition asks for medical clearance" "A heart or vessel condition asks for medical clearance. Clear for exercise first, or keep to the home set."
* #med-clearance ^property[0].code = #severity
* #med-clearance ^property[0].valueCode = #review
* #secondary-cause "A condition that weakens bone is recorded" "A condition that weakens bone is recorded. Treat it together with the fracture."
* #secondary-cause ^property[0].code = #severity
* #secondary-cause ^property[0].valueCode = #review
* #gc-use "Glucocorticoid use is recorded: higher fracture risk" "Glucocorticoid use is recorded: higher fracture risk. Flexion and twisting stay strict for 12 months; check bone protection."
* #gc-use ^property[0].code = #severity
* #gc-use ^property[0].valueCode = #review
* #syncope "Fainting or a drop of blood pressure on standing is recorded" "Fainting or a drop of blood pressure on standing is recorded. Find the cause of falls first; start balance work with a guard."
* #syncope ^property[0].code = #severity
* #syncope ^property[0].valueCode = #review
* #postpartum "A birth within 6 months or breastfeeding is recorded" "A birth within 6 months or breastfeeding is recorded. Think of pregnancy-associated osteoporosis; ask a bone clinic."
* #postpartum ^property[0].code = #severity
* #postpartum ^property[0].valueCode = #review
* #neuro-history "A neurological sign older than 90 days is recorded" "A neurological sign older than 90 days is recorded. Check that nothing is new, and adapt the exercises."
* #neuro-history ^property[0].code = #severity
* #neuro-history ^property[0].valueCode = #review
* #work-up-first "The cause of the fracture is not safe: the named work-up comes first" "The cause of the fracture is not safe: the named work-up comes first. Nothing is prescribed until it is done and stated."
* #work-up-first ^property[0].code = #severity
* #work-up-first ^property[0].valueCode = #review
* #fracture-part-unknown "The code does not say which part broke. Body, or posterior part?" "The code does not say which part broke. Body, or posterior part? Look at the report and state it; the initial phase holds until then."
* #fracture-part-unknown ^property[0].code = #severity
* #fracture-part-unknown ^property[0].valueCode = #review
* #posterior-element "The arch is broken too, or alone: CT and surgeon before exercise" "The arch is broken too, or alone: CT and surgeon before exercise. Nothing is prescribed until a spine surgeon has seen CT or MRI."
* #posterior-element ^property[0].code = #severity
* #posterior-element ^property[0].valueCode = #review
* #severe-collapse "The vertebra has lost much of its height: look for further collapse" "The vertebra has lost much of its height: look for further collapse. Upright X-ray now and again within a month; surgeon if it grows. The initial phase holds, and nothing lies on the belly."
* #severe-collapse ^property[0].code = #severity
* #severe-collapse ^property[0].valueCode = #review
* #canal-compromise "Bone is pushed toward the canal. Examine legs, reflexes, bladder" "Bone is pushed toward the canal. Examine legs, reflexes, bladder. Ask the surgeon for limits before signing. The initial phase holds, and nothing lies on the belly."
* #canal-compromise ^property[0].code = #severity
* #canal-compromise ^property[0].valueCode = #review
* #fracture-age-unknown "Old or new? Compare earlier images, or MRI for edema" "Old or new? Compare earlier images, or MRI for edema. State whether the fracture is 12 months old or more; the initial phase holds until then."
* #fracture-age-unknown ^property[0].code = #severity
* #fracture-age-unknown ^property[0].valueCode = #review
* #stiff-spine "Stiff spine: keep the usual curve" "Stiff spine: keep the usual curve. Never flatten it: enough pillows for the patient's own curve, nothing lying on the belly."
* #stiff-spine ^property[0].code = #severity
* #stiff-spine ^property[0].valueCode = #review
* #radiculopathy "New nerve-root pain. Check power, reflexes and saddle area before signing" "New nerve-root pain. Check power, reflexes and saddle area before signing. The initial phase holds until leg power is found normal. MRI if it is not better within a month, or at any deficit."
* #radiculopathy ^property[0].code = #severity
* #radiculopathy ^property[0].valueCode = #review
* #infection-suspected "This may be a spinal infection, not only a fracture" "This may be a spinal infection, not only a fracture. Same day, in hospital. No antibiotic before the cultures, unless septic or weak. No exercise until it is excluded."
* #infection-suspected ^property[0].code = #severity
* #infection-suspected ^property[0].valueCode = #stop
* #vascular-emergency "Aortic rupture or dissection?" "Aortic rupture or dissection? Emergency: imaging of the aorta now. No exercise."
* #vascular-emergency ^property[0].code = #severity
* #vascular-emergency ^property[0].valueCode = #stop
* #pain-worse "Pain is rising instead of easing" "Pain is rising instead of easing. No step up; prone work stays closed. Image again for a new fracture, a cleft, an infection or a tumor."
* #pain-worse ^property[0].code = #severity
* #pain-worse ^property[0].valueCode = #review
* #suspect-new-vf "A new vertebral fracture is possible" "A new vertebral fracture is possible. No step up: the phase does not go beyond the intermediate one, bending and twisting stay strict. Image the spine."
* #suspect-new-vf ^property[0].code = #severity
* #suspect-new-vf ^property[0].valueCode = #review
* #new-back-pain "New back pain after the fracture: another fracture until an X-ray or MRI shows otherwise" "New back pain after the fracture: another fracture until an X-ray or MRI shows otherwise. Image before any exercise is prescribed."
* #new-back-pain ^property[0].code = #severity
* #new-back-pain ^property[0].valueCode = #review
* #level-atypical "A vertebra high in the chest is broken: fractures this high are rarely osteoporotic" "A vertebra high in the chest is broken: fractures this high are rarely osteoporotic. Exclude a tumor first."
* #level-atypical ^property[0].code = #severity
* #level-atypical ^property[0].valueCode = #review
* #report-finding "An imaging report names a danger" "An imaging report names a danger. Read the sentence. What it is taken for counts until it is answered, or a newer report of the spine denies it."
* #report-finding ^property[0].code = #severity
* #report-finding ^property[0].valueCode = #review
* #low-energy-availability "Too little food energy is likely (low weight, weight loss, malnutrition or an eating disorder)" "Too little food energy is likely (low weight, weight loss, malnutrition or an eating disorder). Refer to a dietitian: bone does not adapt without energy."
* #low-energy-availability ^property[0].code = #severity
* #low-energy-availability ^property[0].valueCode = #info
* #alcohol-high "Alcohol use is above 16 grams a day, or an alcohol problem is recorded" "Alcohol use is above 16 grams a day, or an alcohol problem is recorded. Counsel; it raises falls and bone loss."
* #alcohol-high ^property[0].code = #severity
* #alcohol-high ^property[0].valueCode = #info
* #tobacco "Tobacco use is recorded" "Tobacco use is recorded. Offer help to stop."
* #tobacco ^property[0].code = #severity
* #tobacco ^property[0].valueCode = #info
* #existing-plan "A plan of this app is already in the record" "A plan of this app is already in the record. Compare it with this proposal; signing replaces it."
* #existing-plan ^property[0].code = #severity
* #existing-plan ^property[0].valueCode = #info
* #treated "A bone drug is on record" "A bone drug is on record. Check that it continues."
* #treated ^property[0].code = #severity
* #treated ^property[0].valueCode = #info
* #denosumab-gap "The next dose of denosumab is late: vertebrae may break in rows" "The next dose of denosumab is late: vertebrae may break in rows. Ask the bone clinic this week; a follow-on drug is needed."
* #denosumab-gap ^property[0].code = #severity
* #denosumab-gap ^property[0].valueCode = #review
* #rebound-fracture "This fracture fits stopping denosumab" "This fracture fits stopping denosumab. Metabolic bone clinic within days; ask which follow-on drug. No cement before their advice."
* #rebound-fracture ^property[0].code = #severity
* #rebound-fracture ^property[0].valueCode = #review
* #dose-overdue "The next dose of a bone drug is overdue" "The next dose of a bone drug is overdue. Ask whether a pause was planned."
* #dose-overdue ^property[0].code = #severity
* #dose-overdue ^property[0].valueCode = #info
* #treatment-failure "The vertebra broke on a bone drug" "The vertebra broke on a bone drug. Ask: taken as prescribed? absorbed? another cause? Decide who escalates."
* #treatment-failure ^property[0].code = #severity
* #treatment-failure ^property[0].valueCode = #review
* #treatment-gap "No bone drug is on record after a fragility fracture" "No bone drug is on record after a fragility fracture. Ask who decides about one."
* #treatment-gap ^property[0].code = #severity
* #treatment-gap ^property[0].valueCode = #info
* #drug-sequence "The course of a bone-building drug has come to its end" "The course of a bone-building drug has come to its end. A follow-on drug is needed at once: ask who decides about it."
* #drug-sequence ^property[0].code = #severity
* #drug-sequence ^property[0].valueCode = #review
* #drug-caution "Something on record speaks against the next dose of a bone drug until it is clear" "Something on record speaks against the next dose of a bone drug until it is clear. Ask the prescriber before the next dose."
* #drug-caution ^property[0].code = #severity
* #drug-caution ^property[0].valueCode = #review
* #nsaid-caution "An anti-inflammatory pain medicine is taken at an age, or beside an illness or a drug, at which it does harm" "An anti-inflammatory pain medicine is taken at an age, or beside an illness or a drug, at which it does harm. Avoid it, or add stomach protection? The prescriber decides."
* #nsaid-caution ^property[0].code = #severity
* #nsaid-caution ^property[0].valueCode = #info
* #ckd-mbd "Kidney bone disease is possible" "Kidney bone disease is possible. PTH, alkaline phosphatase, phosphate and nephrology before any bone drug."
* #ckd-mbd ^property[0].code = #severity
* #ckd-mbd ^property[0].valueCode = #review
* #fall-drugs "Drugs that raise the risk of falls are on record" "Drugs that raise the risk of falls are on record. Ask the prescriber to review them."
* #fall-drugs ^property[0].code = #severity
* #fall-drugs ^property[0].valueCode = #info
* #very-high-risk "Very high risk of the next fracture: guidelines consider a bone-building drug first, then an antiresorptive" "Very high risk of the next fracture: guidelines consider a bone-building drug first, then an antiresorptive. Ask who decides about it."
* #very-high-risk ^property[0].code = #severity
* #very-high-risk ^property[0].valueCode = #info
* #labs-missing "Blood tests that look for a cause of weak bone are not all on record" "Blood tests that look for a cause of weak bone are not all on record. Ask who orders what is missing."
* #labs-missing ^property[0].code = #severity
* #labs-missing ^property[0].valueCode = #info
* #unrecognised "It may limit what the patient can do" "It may limit what the patient can do. Ask of each: does it limit standing, arms, trunk or lying, or nothing? Where it does, state the order or the weight bearing; where it does not, record that it limits no more."
* #unrecognised ^property[0].code = #severity
* #unrecognised ^property[0].valueCode = #review
* #parental-hip-fracture "A parent broke a hip" "A parent broke a hip. It counts in the probability of a fracture; it is no diagnosis of the patient."
* #parental-hip-fracture ^property[0].code = #severity
* #parental-hip-fracture ^property[0].valueCode = #info
* #weight-bearing "Weight bearing on a leg is limited" "Weight bearing on a leg is limited. Keep to the ordered weight; the aid is named in the plan."
* #weight-bearing ^property[0].code = #severity
* #weight-bearing ^property[0].valueCode = #review
* #joint-replacement "A joint was replaced" "A joint was replaced. Keep to the precautions of the joint; ask the surgeon where they are not known."
* #joint-replacement ^property[0].code = #severity
* #joint-replacement ^property[0].valueCode = #review
* #brace "A brace is ordered" "A brace is ordered. Exercise in the brace; ask who takes it off, and when."
* #brace ^property[0].code = #severity
* #brace ^property[0].valueCode = #review
* #activity-order "Somebody has ordered limits of activity" "Somebody has ordered limits of activity. The order comes first; ask the person who gave it before going beyond it."
* #activity-order ^property[0].code = #severity
* #activity-order ^property[0].valueCode = #review
* #parkinson "Parkinson's disease is recorded" "Parkinson's disease is recorded. Cue, train in the on-phase, guard balance work."
* #parkinson ^property[0].code = #severity
* #parkinson ^property[0].valueCode = #review
* #stroke "A stroke or weakness of one side is recorded" "A stroke or weakness of one side is recorded. Guard the weak side; ask the neuro rehabilitation team."
* #stroke ^property[0].code = #severity
* #stroke ^property[0].valueCode = #review
* #cognition "Cognition is impaired" "Cognition is impaired. A carer is present at each session."
* #cognition ^property[0].code = #severity
* #cognition ^property[0].valueCode = #review
* #vestibular "Dizziness or a vestibular disorder is recorded" "Dizziness or a vestibular disorder is recorded. Balance work with both hands and open eyes."
* #vestibular ^property[0].code = #severity
* #vestibular ^property[0].valueCode = #info
* #vision "Low vision is recorded" "Low vision is recorded. Clear floor, touch and verbal cues; no balance work alone."
* #vision ^property[0].code = #severity
* #vision ^property[0].valueCode = #info
* #neuropathy "Neuropathy of the feet is recorded" "Neuropathy of the feet is recorded. Shoes on, skin check, a rail in reach."
* #neuropathy ^property[0].code = #severity
* #neuropathy ^property[0].valueCode = #review
* #lung "Lung disease is recorded" "Lung disease is recorded. Breathe out on effort, intervals, not face down."
* #lung ^property[0].code = #severity
* #lung ^property[0].valueCode = #review
* #vte "A blood clot or a risk of bleeding is recorded" "A blood clot or a risk of bleeding is recorded. Ask whether the anticoagulant works before walking; plan for falls."
* #vte ^property[0].code = #severity
* #vte ^property[0].valueCode = #review
* #not-walking "The patient does not walk" "The patient does not walk. Chair or bed programme; transfers as now."
* #not-walking ^property[0].code = #severity
* #not-walking ^property[0].valueCode = #review
* #frailty "Frailty is recorded" "Frailty is recorded. Short sessions, someone near, goals first."
* #frailty ^property[0].code = #severity
* #frailty ^property[0].valueCode = #review
* #palliative "Palliative care is recorded" "Palliative care is recorded. Ask for the goals of care; comfort comes first."
* #palliative ^property[0].code = #severity
* #palliative ^property[0].valueCode = #review
* #pressure-injury "A pressure injury is recorded" "A pressure injury is recorded. No weight on it; cushion, short bouts."
* #pressure-injury ^property[0].code = #severity
* #pressure-injury ^property[0].valueCode = #review
* #hernia "A hernia or stoma is recorded" "A hernia or stoma is recorded. No strain; hand support. Obstructed: surgeon first."
* #hernia ^property[0].code = #severity
* #hernia ^property[0].valueCode = #review
* #pelvic-floor "Prolapse or leakage on effort is recorded" "Prolapse or leakage on effort is recorded. Lift the pelvic floor before effort; pelvic-health therapist."
* #pelvic-floor ^property[0].code = #severity
* #pelvic-floor ^property[0].valueCode = #info
* #joint-limit "A severely worn, stiff or torn joint is recorded" "A severely worn, stiff or torn joint is recorded. Small range, higher seat, forearms."
* #joint-limit ^property[0].code = #severity
* #joint-limit ^property[0].valueCode = #info
* #seizure "Epilepsy or a seizure is recorded" "Epilepsy or a seizure is recorded. Someone present; no heights, no water."
* #seizure ^property[0].code = #severity
* #seizure ^property[0].valueCode = #review
* #equipment-limit "A high body weight is recorded" "A high body weight is recorded. Wide firm surface; mind the limit of the equipment."
* #equipment-limit ^property[0].code = #severity
* #equipment-limit ^property[0].valueCode = #info
* #kyphosis "A curve of the upper back is recorded" "A curve of the upper back is recorded. Pillows for the patient's own curve; nothing against the wall."
* #kyphosis ^property[0].code = #severity
* #kyphosis ^property[0].valueCode = #info
* #dialysis "Dialysis is recorded" "Dialysis is recorded. Train on the other days; no band around the fistula arm."
* #dialysis ^property[0].code = #severity
* #dialysis ^property[0].valueCode = #info
* #glucose "Insulin or a sulfonylurea is recorded" "Insulin or a sulfonylurea is recorded. Glucose before and after, a snack at hand."
* #glucose ^property[0].code = #severity
* #glucose ^property[0].valueCode = #info
* #implant-present "An implanted device is recorded" "An implanted device is recorded. No electrotherapy; that arm below the shoulder while it heals in."
* #implant-present ^property[0].code = #severity
* #implant-present ^property[0].valueCode = #review
* #amputation "An amputation is recorded" "An amputation is recorded. Prosthesis on for standing work."
* #amputation ^property[0].code = #severity
* #amputation ^property[0].valueCode = #info
* #fall-risk "Falls, or what makes them likely, are recorded" "Falls, or what makes them likely, are recorded. Two-hand support, home visit, drug review."
* #fall-risk ^property[0].code = #severity
* #fall-risk ^property[0].valueCode = #review
* #many-limits "Several limits act at once" "Several limits act at once. See the list; the therapist sets the order."
* #many-limits ^property[0].code = #severity
* #many-limits ^property[0].valueCode = #review

ValueSet: AllAlert
Id: all-alert
Title: "Alerts, all"
Description: "Every code of the code system: alerts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = true
* include codes from system Alert

CodeSystem: Attestation
Id: attestation
Title: "Attestations"
Description: "What a clinician may state from own knowledge, with the day it became true, where the chart is silent."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablecodesystem"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^caseSensitive = true
* ^valueSet = "https://loadpath.example/fhir/ValueSet/all-attestation"
* #stable "Fracture stable" "Imaging or examination shows the fracture is stable since the day stated."
* #healed "Fracture healed" "Imaging or examination shows the fracture healed since the day stated."
* #fragility-resolved "Fragility resolved" "In your judgement the bone is no longer fragile since the day stated."
* #surgeon-clearance "Cleared by the surgeon" "The operating surgeon cleared exercise on the day stated."
* #bmd-improved "Bone density improved" "Same site and scanner, gain above the facility's least significant change, on the day stated."
* #low-trauma "Low-trauma fracture" "A fall from standing height or less, on the day stated."
* #high-energy "High-energy fracture" "Traffic accident, fall from height or the like, on the day stated."
* #malignancy-excluded "Tumor excluded" "The named work-up is done and shows no tumor of the spine, on the day stated."
* #infection-excluded "Spinal infection excluded" "Imaging, cultures and blood tests show no infection of the spine, on the day stated."
* #stability-imaging "Stable on CT or MRI" "A spine surgeon has seen CT or MRI made after the finding and calls the spine stable, on the day stated."
* #motor-intact "Leg strength normal" "Power, reflexes and the saddle area were examined and are normal, on the day stated."
* #fracture-old "Old fracture" "Earlier images or MRI show it is 12 months old or more, on the day stated."
* #part-body "Vertebral body" "Imaging shows the body of the vertebra is broken, on the day stated."
* #part-posterior "Posterior part only" "Imaging shows that a posterior part is broken and not the body, on the day stated."
* #junction-applies "Lumbar rules used at the junction" "In your judgement the lumbar rules apply to this fracture, on the day stated."
* #weight-bearing "Weight bearing stated" "The weight each leg may bear was stated on the day stated."
* #hip-precautions-lifted "Hip precautions lifted" "The surgeon lifted the hip precautions on the day stated."
* #brace-weaned "Brace weaned" "The brace was taken off for good on the day stated."
* #stands-with-help "Rising with one helper stated" "Whether one helper is enough was seen on the day stated."
* #limit-none "Limits no more" "This was answered on the day stated."
* #carer "Help at home" "Who is there when exercises are done at home was asked on the day stated."
* #fracture-level "Broken vertebra" "An image or its report shows which vertebra is broken, on the day stated."
* #back-pain "Pain" "The patient was asked for the pain on the day stated."

ValueSet: AllAttestation
Id: all-attestation
Title: "Attestations, all"
Description: "Every code of the code system: attestations."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system Attestation

CodeSystem: Disposition
Id: disposition
Title: "Dispositions"
Description: "What follows from a chart as a whole: in the answer of $apply (RequestGroup.code)."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablecodesystem"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^caseSensitive = true
* ^valueSet = "https://loadpath.example/fhir/ValueSet/all-disposition"
* #prescribe "Prescribe" "A program can be prescribed within its limits, once a clinician signs it."
* #prescribe-with-review "Prescribe with review" "A program can be prescribed once a clinician has looked at what the alerts ask to look at, and signs it."
* #confirm-first "Confirm first" "Nothing is prescribed until something is cleared up, such as cause or bone."
* #refer-no-prescription "Refer no prescription" "A hard stop: the patient is referred, and nothing is prescribed."
* #not-applicable "Not applicable" "The rules are not about this patient: no lumbar fracture with osteopenia."

ValueSet: AllDisposition
Id: all-disposition
Title: "Dispositions, all"
Description: "Every code of the code system: dispositions."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system Disposition

CodeSystem: CardTopic
Id: card-topic
Title: "Topics of cards"
Description: "What a card of CDS Hooks is about (card.source.topic): EHRs remember by it what a user overrode."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablecodesystem"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^caseSensitive = true
* ^valueSet = "https://loadpath.example/fhir/ValueSet/all-card-topic"
* #LoadpathNoExercise "No exercise: refer first" "A hard stop is on record: refer first, prescribe no exercise. A critical card."
* #LoadpathOrderConflict "Order against a limit" "An order asks for manual therapy of the spine, or for a movement, that is forbidden now after the lumbar fracture."
* #LoadpathConfirmFirst "Something to confirm first" "Fracture, cause, bone or a limit must be cleared up before any exercise is prescribed; the card asks what would change the most."
* #LoadpathDuplicateOrder "Second order for physical therapy" "Physical therapy is ordered already; this would be a second referral."
* #LoadpathOrderWithoutRestrictions "Physical therapy order without limits" "An order for physical therapy does not say which movements the lumbar fracture forbids today."
* #LoadpathReferToTherapy "Physical therapy after a lumbar fracture" "Osteopenia and a lumbar fracture, and neither a plan nor an order for physical therapy yet."
* #LoadpathSignedOrder "Order of a signed plan" "A plan is signed in Loadpath and its order for physical therapy waits to be signed in the EHR."

ValueSet: AllCardTopic
Id: all-card-topic
Title: "Topics of cards, all"
Description: "Every code of the code system: topics of cards."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system CardTopic
