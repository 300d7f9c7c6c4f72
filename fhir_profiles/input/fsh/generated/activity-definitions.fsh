// Made by python -m fhir_profiles.generate from the knowledge and the code: not to be edited here.

Instance: e01
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Seated back-extensor isometric"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e01"
* version = "0.1.0"
* name = "E01"
* title = "Seated back-extensor isometric"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; firm chair with a back. Sit tall with both feet flat. Press the mid-back into the chair back without leaning or arching, hold, release slowly. Use supine realignment instead where pain is 4 or more out of 10, or sitting for 10 minutes hurts."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "SIN10"
* relatedArtifact[1].display = "Probably: Sinaki 2010"
* relatedArtifact[1].citation = "Probably: Sinaki 2010. Seen at: doi 10.1007/s11914-010-0019-y. Probably the seed's [3]: the abstract has the same words."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S03"
* relatedArtifact[3].display = "First extensor work is seated."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S26"
* relatedArtifact[4].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 8, hold 3-5 s, effort 2-3 of 10, rest 60 s. Block X; at home: supervised. Step up: 10 repetitions, then hold 8 s, then 3 sets. Step down: 1 set of 6, or “Supine realignment”. Ready: 2 sets of 10 with 5 s held, green twice, pain 3 or less: “Row with a light band, trunk still”.\n\nFor the patient: Sit tall in a firm chair. Press the middle of your back into the chair. Hold for 3 to 5 seconds. Let go slowly and breathe."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Seated back-extensor isometric"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e02
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Supine realignment"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e02"
* version = "0.1.0"
* name = "E02"
* title = "Supine realignment"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Supine; mat or bed, low pillow. Knees bent, feet flat. Press head, shoulders and back gently down into the surface, hold, release."
* purpose = "The seed starts seated; Too Fit to Fracture starts supine. Both are offered, supine is the default at pain 4 or more."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "TFTF"
* relatedArtifact[0].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[0].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S02"
* relatedArtifact[2].display = "Start in safe positions, progress as healing allows."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S03"
* relatedArtifact[3].display = "First extensor work is seated."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S26"
* relatedArtifact[4].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 1-2 times a day, 1 set of 8-12, 5-10 min, hold 3-5 s, effort 1-2 of 10, gentle press. Block X; at home: daily. Step up: 10 minutes, then a lower pillow. Step down: fewer presses, a pillow under the knees. Ready: kept for life.\n\nWhere orthopnoea: modify. Orthopnoea: prop head and chest just to a horizontal gaze, or use the seated isometric.\n\nWhere kyphosis: modify. Kyphosis: raise the head on pillows just to a horizontal gaze.\n\nFor the patient: Lie on your back with your knees bent. Gently press your head, shoulders and back down. Hold for 3 to 5 seconds, then rest."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Supine realignment"
* timingTiming.repeat.frequency = 1
* timingTiming.repeat.frequencyMax = 2
* timingTiming.repeat.duration = 5
* timingTiming.repeat.durationUnit = #min
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #d

Instance: e03
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Abdominal bracing"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e03"
* version = "0.1.0"
* name = "E03"
* title = "Abdominal bracing"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Hook-lying; mat or bed. Isometric flexors: tighten the abdominal wall with the spine in neutral, hold while breathing, release. Breathe throughout; the pelvis stays level, it does not curl."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S05"
* relatedArtifact[2].display = "Core stability: isometric flexors and extensors in neutral spine."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S26"
* relatedArtifact[3].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 8, hold 5-10 s, effort 2 of 10, breathing all the time, rest 45 s. Block X; at home: daily. Step up: hold 10 s. Step down: hold 3 s. Ready: 2 sets of 8 with 10 s held, green twice, pain 3 or less: “Hook-lying march or heel slide”. Dose (bed), ours: 2 a week, 1 set of 8, hold 5-10 s, effort 2 of 10, breathing all the time, rest 45 s. Block X; at home: daily. Step up: hold 10 s. Step down: hold 3 s. Ready: 2 sets of 8 with 10 s held, green twice, pain 3 or less: “Hook-lying march or heel slide”.\n\nFor the patient: Lie on your back with your knees bent. Tighten your belly as if you were about to cough. Keep your back still and keep on breathing."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Abdominal bracing"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e04
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Co-contraction of flexors and extensors at the wall"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e04"
* version = "0.1.0"
* name = "E04"
* title = "Co-contraction of flexors and extensors at the wall"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; wall. Back of head, shoulder blades and sacrum toward the wall. Brace the abdomen and press the back gently into the wall at the same time."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S05"
* relatedArtifact[2].display = "Core stability: isometric flexors and extensors in neutral spine."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S26"
* relatedArtifact[3].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 6, hold 5-8 s, effort 3 of 10, rest 60 s. Block X; at home: supervised. Step up: 2 sets of 8, then hold 10 s. Step down: seated. Ready: 2 sets of 8 with 10 s held: “Plank on a counter, then on the knees” in the advanced phase.\n\nWhere dizziness: modify. Dizziness: do it seated against the chair back.\n\nWhere vestibular-disorder: modify. Vestibular disorder: do it seated against the chair back.\n\nFor the patient: Stand with your back to a wall. Tighten your belly. Press your back gently into the wall. Hold for 5 to 8 seconds."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Co-contraction of flexors and extensors at the wall"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e05
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Log roll and lie-to-sit practice"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e05"
* version = "0.1.0"
* name = "E05"
* title = "Log roll and lie-to-sit practice"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Side-lying; bed. Shoulders and pelvis roll as one block; push up to sitting with the arms while the legs go over the edge. The arms do the work; shoulders and hips stay in line."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "TFTF"
* relatedArtifact[1].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[1].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S02"
* relatedArtifact[2].display = "Start in safe positions, progress as healing allows."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S04"
* relatedArtifact[3].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S26"
* relatedArtifact[4].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: daily until independent, 5 each side, slowly, for technique. Block P; at home: daily. Step up: no cue, then no help of the hand. Step down: a helper, a pillow between the knees. Ready: 3 of 3 clean at two visits: no longer needed.\n\nFor the patient: Bend your knees. Roll onto your side in one piece, like a log. Let your legs slide off the bed and push up with your arms."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Log roll and lie-to-sit practice"
* timingTiming.repeat.frequency = 7
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e06
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Hip hinge with a dowel"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e06"
* version = "0.1.0"
* name = "E06"
* title = "Hip hinge with a dowel"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; stick, wall behind. Dowel touches head, back and sacrum. Send the hips back toward the wall; all three contacts stay. With hip pain use a smaller range."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "TFTF"
* relatedArtifact[0].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[0].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S02"
* relatedArtifact[1].display = "Start in safe positions, progress as healing allows."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S04"
* relatedArtifact[2].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S20"
* relatedArtifact[3].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S36"
* relatedArtifact[4].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2 a week, 2 sets of 8, up-hold-down 3-1-3 s, effort 3 of 10 at most, no load, rest 60 s. Block P; at home: session. Step up: no stick, then reach to a table. Step down: half the range, or a seated hinge. Ready: 8 of 8 with all three contacts, twice: “Hip-hinge lift from a 30-40 cm block” in the advanced phase, where it is allowed.\n\nWhere hip-problem: modify. Hip problem: smaller range, stop before the hip hurts.\n\nFor the patient: Hold a stick along your back. It touches your head, back and tail bone. Push your hips back to the wall and come up again."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Hip hinge with a dowel"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e07
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Diaphragmatic breathing with chest lift"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e07"
* version = "0.1.0"
* name = "E07"
* title = "Diaphragmatic breathing with chest lift"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Supine; mat, bed or chair. Supine or seated. Breathe into the belly and lower ribs; lift the breastbone and tuck the chin slightly."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S02"
* relatedArtifact[1].display = "Start in safe positions, progress as healing allows."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S26"
* relatedArtifact[2].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: daily, 5 min, effort 0-1 of 10. Block P; at home: daily. Step down: 2 minutes, seated. Ready: pain 3 or less: no longer needed.\n\nWhere copd: modify. COPD: breathe out slowly through pursed lips, seated rather than flat.\n\nFor the patient: Lie down or sit. Breathe deep into your belly. Lift your chest a little as you breathe in."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Diaphragmatic breathing with chest lift"
* timingTiming.repeat.frequency = 7
* timingTiming.repeat.duration = 5
* timingTiming.repeat.durationUnit = #min
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e08
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Glute and quad sets"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e08"
* version = "0.1.0"
* name = "E08"
* title = "Glute and quad sets"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Supine; mat or bed. Squeeze the buttocks, then press the back of one knee down to tighten the thigh; the spine does not move."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S26"
* relatedArtifact[3].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 10, hold 5 s, effort 2-3 of 10, rest 30 s. Block L; at home: daily. Step up: hold 8 s. Step down: one side at a time. Ready: pain 3 or less: “Wall-supported mini squat”. Dose (bed), ours: 2 a week, 1 set of 10, hold 5 s, effort 2-3 of 10, rest 30 s. Block L; at home: daily. Step up: hold 8 s. Step down: one side at a time. Ready: pain 3 or less: “Wall-supported mini squat”. Dose (early-pain, positions), ours: 2 a week, 1 set of 10, hold 5 s, effort 2-3 of 10, rest 30 s. Block L; at home: daily. Step up: hold 8 s. Step down: one side at a time. Ready: pain 3 or less: “Wall-supported mini squat”.\n\nFor the patient: Lie on your back. Squeeze your buttocks for 5 seconds. Then press one knee down into the bed for 5 seconds."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Glute and quad sets"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e09
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Chair stand with arm help, high seat"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e09"
* version = "0.1.0"
* name = "E09"
* title = "Chair stand with arm help, high seat"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; chair 50 cm or higher, rail. Slide forward, hinge at the hips with a long back, push with the arms to stand; sit down slowly."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S12"
* relatedArtifact[2].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S13"
* relatedArtifact[3].display = "Balance ≥ twice weekly prevents falls, improves function."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 6-8, up-hold-down 2-1-3 s, effort 3 of 10, rest 90 s. Block B; at home: daily. Step up: seat 5 cm lower, then one hand, then no hand. Step down: seat 5 cm higher. Ready: 5 or more in the 30-second chair stand without arms, pain 3 or less: “Chair stand, no hands”. Dose (early-pain, positions), ours: 2 a week, 1-2 sets of 5, up-hold-down 2-1-3 s, effort 3 of 10, rest 90 s. Block B; at home: daily. Step up: seat 5 cm lower, then one hand, then no hand. Step down: seat 5 cm higher. Ready: 5 or more in the 30-second chair stand without arms, pain 3 or less: “Chair stand, no hands”.\n\nWhere knee-osteoarthritis: modify. Knee osteoarthritis: raise the seat until standing up is free of knee pain.\n\nFor the patient: Sit on a high chair. Slide to the front. Lean from your hips with a long back. Push with your arms and stand up. Sit down slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Chair stand with arm help, high seat"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e10
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Supported semi-tandem stand"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e10"
* version = "0.1.0"
* name = "E10"
* title = "Supported semi-tandem stand"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; rail or counter. One foot half a step ahead of the other, hands on the rail; lighten the hands as it gets steady."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "TFTF"
* relatedArtifact[1].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[1].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S12"
* relatedArtifact[3].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S13"
* relatedArtifact[4].display = "Balance ≥ twice weekly prevents falls, improves function."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2 a week, 3 sets of 20-30 s each side, steady for 30 s with a touch of two fingers, rest 20 s. Block B; at home: daily-guarded. Step up: a lighter touch, then no touch. Step down: both hands, a wider stance. Ready: 3 times 30 s without a touch: “Tandem stand or walk, one-leg stand”.\n\nWhere vestibular-disorder: modify. Vestibular disorder: eyes open, a person beside as guard.\n\nWhere dizziness: modify. Dizziness: eyes open, a person beside as guard.\n\nFor the patient: Stand at the kitchen counter. Put one foot half a step in front of the other. Hold on and stay steady for 20 to 30 seconds."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Supported semi-tandem stand"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e11
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Walking bouts"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e11"
* version = "0.1.0"
* name = "E11"
* title = "Walking bouts"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Walking; flat ground, walking aid if needed. Short easy walks on flat ground. A supplement only: walking slows loss but does not replace the strength and balance sessions."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S11"
* relatedArtifact[1].display = "Resistance is essential; walking or low-intensity work cannot replace it."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S24"
* relatedArtifact[2].display = "Walking may supplement, not replace."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S37"
* relatedArtifact[3].display = "Walking alone limits loss but does not build bone."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 times a day, 3-10 min, effort 3 of 10 at most, talks freely, on flat ground. Block W; at home: daily. Step up: 1-2 minutes more a bout each week. Step down: 3 minutes, 5-6 times a day. Ready: 2 bouts of 15 minutes at effort 3, pain 3 or less, intermediate phase: “Brisk walking”.\n\nWhere med-clearance: hold. Medical clearance is open (heart, blood pressure or aorta): begin once it is given.\n\nFor the patient: Take short, easy walks on flat ground. Walking is extra. It does not take the place of your strength work."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Walking bouts"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.duration = 3
* timingTiming.repeat.durationUnit = #min
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #d

Instance: e12
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Hook-lying march or heel slide"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e12"
* version = "0.1.0"
* name = "E12"
* title = "Hook-lying march or heel slide"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Supine; mat or bed. Brace with the spine in neutral; lift one foot a hand's width, or slide the heel out and back; alternate. Where lifting the leg hurts, slide only."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S05"
* relatedArtifact[2].display = "Core stability: isometric flexors and extensors in neutral spine."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S26"
* relatedArtifact[3].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 8 each side, up-hold-down 2-1-2 s, effort 2-3 of 10, rest 45 s. Block X; at home: supervised. Step up: slide, then a small march. Step down: slide only, or “Abdominal bracing”. Ready: 2 sets of 8 marches, green twice, intermediate phase: “Bird-dog, leg only, then arm and leg” or “Bridge”.\n\nWhere pain at least 4: modify. Pain is 4 or more out of 10: heel slide only, no leg lift.\n\nFor the patient: Lie on your back with your knees bent. Tighten your belly. Lift one foot a little, or slide one heel out and back. Then switch legs."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Hook-lying march or heel slide"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e13
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Scapular squeeze without load"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e13"
* version = "0.1.0"
* name = "E13"
* title = "Scapular squeeze without load"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; chair. Draw the shoulder blades together and down with the arms hanging; no band, no weight."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SIN10"
* relatedArtifact[0].display = "Probably: Sinaki 2010"
* relatedArtifact[0].citation = "Probably: Sinaki 2010. Seen at: doi 10.1007/s11914-010-0019-y. Probably the seed's [3]: the abstract has the same words."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S02"
* relatedArtifact[1].display = "Start in safe positions, progress as healing allows."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S14"
* relatedArtifact[2].display = "They reduce fragility and posture deformity."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S26"
* relatedArtifact[3].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2 a week, 2 sets of 10, hold 3 s, effort 2 of 10, rest 30 s. Block L; at home: daily. Step up: hold 5 s. Step down: 1 set of 8. Ready: 2 sets of 10 with 5 s held: “Row with a light band, trunk still” in the intermediate phase.\n\nFor the patient: Sit tall. Pull your shoulder blades back and down. Hold for 3 seconds. Use no weight."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Scapular squeeze without load"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e14
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Wall-supported mini squat"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e14"
* version = "0.1.0"
* name = "E14"
* title = "Wall-supported mini squat"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; wall. Back against the wall, feet a step ahead; slide down as far as the dose says and up again. Knees and hips set the depth."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S12"
* relatedArtifact[3].display = "Chair stands, squats, step-ups to cut falls."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 10-12, up-hold-down 3-1-2 s, knees bent to 60 degrees at most, effort 4-5 of 10, rest 75 s. Block L; at home: session. Step up: 2 repetitions more, then hold 2 s. Step down: knees to 30 degrees, a chair behind. Ready: 2 sets of 12 at effort 5 or less: “Goblet squat or leg press in neutral” in the advanced phase. Dose (initial), ours: 2 a week, 2 sets of 8, up-hold-down 3-1-2 s, knees bent to 45 degrees at most, effort 3 of 10, rest 75 s. Block L; at home: session. Step up: 2 repetitions more, then hold 2 s. Step down: knees to 30 degrees, a chair behind. Ready: 2 sets of 12 at effort 5 or less: “Goblet squat or leg press in neutral” in the advanced phase.\n\nWhere knee-osteoarthritis: modify. Knee osteoarthritis: stay in the depth that is free of knee pain.\n\nWhere hip-problem: modify. Hip problem: stay in the depth that is free of hip pain.\n\nFor the patient: Lean your back on a wall with your feet one step out. Slide down a little way. Slide up again. Keep your back on the wall."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Wall-supported mini squat"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e15
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Prone lying, arms by the side"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e15"
* version = "0.1.0"
* name = "E15"
* title = "Prone lying, arms by the side"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Prone; mat, pillow under the abdomen. Lie face down over a pillow; once that is easy, lift the shoulder blades only, the head stays in line. Get down and up by log roll."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "SIN10"
* relatedArtifact[1].display = "Probably: Sinaki 2010"
* relatedArtifact[1].citation = "Probably: Sinaki 2010. Seen at: doi 10.1007/s11914-010-0019-y. Probably the seed's [3]: the abstract has the same words."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S06"
* relatedArtifact[3].display = "Prone extension only after initial stabilisation (usually 6-12 wk)."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S27"
* relatedArtifact[4].display = "3-6 months: prone and light resistance as tolerated."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 6, 2-5 min, hold 3 s, effort 1-2 of 10, rest first, then lift the shoulder blades; supervised. Block X; at home: supervised. Step up: hold 5 s. Step down: “Bird-dog, leg only, then arm and leg”. Ready: 2 green sessions: “Prone back extension to neutral only”.\n\nOnly while the gate is open: prone. Not while these forbid: R6.\n\nWhere spinal-stenosis: swap. Spinal stenosis: hands and knees instead of prone.\n\nWhere obesity: swap. Obesity: hands and knees instead of prone.\n\nWhere bmi at least 30: swap. BMI 30 kg/m2 or more: hands and knees instead of prone.\n\nWhere shoulder-problem: swap. Shoulder problem: hands and knees instead of prone.\n\nFor the patient: Lie on your belly over a pillow with your arms at your sides. Rest there for 2 to 5 minutes. Later, lift your shoulder blades a little."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Prone lying, arms by the side"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.duration = 2
* timingTiming.repeat.durationUnit = #min
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e16
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Prone back extension to neutral only"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e16"
* version = "0.1.0"
* name = "E16"
* title = "Prone back extension to neutral only"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Prone; mat, pillow under the abdomen. Over a pillow, lift the breastbone until the trunk is in line with the legs (neutral), not beyond; hold, lower slowly. Stop at neutral."
* purpose = "What speaks against prone lying speaks against this as well: ours."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "SIN10"
* relatedArtifact[1].display = "Probably: Sinaki 2010"
* relatedArtifact[1].citation = "Probably: Sinaki 2010. Seen at: doi 10.1007/s11914-010-0019-y. Probably the seed's [3]: the abstract has the same words."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S06"
* relatedArtifact[3].display = "Prone extension only after initial stabilisation (usually 6-12 wk)."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S27"
* relatedArtifact[4].display = "3-6 months: prone and light resistance as tolerated."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 6-8, hold 3-5 s, effort 3-4 of 10, supervised, rest 60 s. Block X; at home: supervised. Step up: 2 repetitions more, then hold 10 s. Step down: “Prone lying, arms by the side” or “Bird-dog, leg only, then arm and leg”. Ready: 3 sets of 8 with 10 s held at effort 4 or less, and the gate of the upper back open: “Back extension with resistance on the upper back”. Dose (advanced), ours: 2 a week, 3 sets of 8, hold 5-10 s, effort 4-5 of 10, supervised, rest 60 s. Block X; at home: supervised. Step up: 2 repetitions more, then hold 10 s. Step down: “Prone lying, arms by the side” or “Bird-dog, leg only, then arm and leg”. Ready: 3 sets of 8 with 10 s held at effort 4 or less, and the gate of the upper back open: “Back extension with resistance on the upper back”.\n\nOnly while the gate is open: prone. Not while these forbid: R6.\n\nWhere spondylolisthesis: swap. Spondylolisthesis: hands and knees instead of prone extension.\n\nWhere spinal-stenosis: swap. Spinal stenosis: hands and knees instead of prone extension.\n\nWhere obesity: swap. Obesity: hands and knees instead of prone extension.\n\nWhere bmi at least 30: swap. BMI 30 kg/m2 or more: hands and knees instead of prone extension.\n\nWhere shoulder-problem: swap. Shoulder problem: hands and knees instead of prone extension.\n\nFor the patient: Lie on your belly over a pillow. Lift your chest until your body is in one line. Stop there. Hold, then lower slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Prone back extension to neutral only"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e17
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Bird-dog, leg only, then arm and leg"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e17"
* version = "0.1.0"
* name = "E17"
* title = "Bird-dog, leg only, then arm and leg"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Quadruped; kneel pad. On hands and knees with a flat back, slide one leg out and lift it to trunk height; later the opposite arm as well. Pelvis level. With wrist pain put the forearms on a chair seat."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "TFTF"
* relatedArtifact[0].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[0].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S05"
* relatedArtifact[3].display = "Core stability: isometric flexors and extensors in neutral spine."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S09"
* relatedArtifact[4].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[5].type = #justification
* relatedArtifact[5].label = "S27"
* relatedArtifact[5].display = "3-6 months: prone and light resistance as tolerated."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2 a week, 2 sets of 6 each side, hold 5 s, effort 3-4 of 10, rest 60 s. Block X; at home: session. Step up: arm and leg, then hold 10 s. Step down: slide the leg on the floor, forearms on a chair. Ready: 2 sets of 8 with arm and leg held 10 s.\n\nWhere wrist-problem: modify. Wrist problem: forearms on a chair seat.\n\nFor the patient: Kneel on hands and knees with a flat back. Reach one leg out behind you. Hold for 5 seconds. Keep your hips level. Switch legs."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Bird-dog, leg only, then arm and leg"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e18
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Bridge"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e18"
* version = "0.1.0"
* name = "E18"
* title = "Bridge"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Hook-lying; mat. Lift the pelvis until knees, hips and shoulders are in line; stop before the low back arches. Stop at a straight line, short of end-range extension."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "OC23"
* relatedArtifact[0].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[0].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S27"
* relatedArtifact[3].display = "3-6 months: prone and light resistance as tolerated."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2-3 a week, 2 sets of 8-10, hold 3 s, effort 3-4 of 10, rest 60 s. Block X; at home: session. Step up: 12 repetitions, then hold 5 s, then one leg in the advanced phase. Step down: “Glute and quad sets”. Ready: 2 sets of 12 with 5 s held.\n\nFor the patient: Lie on your back with your knees bent. Lift your hips until your body is straight. Hold for 3 seconds. Lower slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Bridge"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e19
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Row with a light band, trunk still"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e19"
* version = "0.1.0"
* name = "E19"
* title = "Row with a light band, trunk still"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; light band. Pull the band to the ribs with the elbows close; the trunk neither leans nor turns. The load goes through the arms only. Load through the arms only, none laid on the back."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "OC23"
* relatedArtifact[0].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[0].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "TFTF"
* relatedArtifact[1].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[1].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S09"
* relatedArtifact[3].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S27"
* relatedArtifact[4].display = "3-6 months: prone and light resistance as tolerated."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2-3 a week, 2 sets of 8-12, up-hold-down 2-1-3 s, effort 4-5 of 10, could do about five more, rest 75 s. Block L; at home: session. Step up: 12 repetitions twice, then the next band, then standing. Step down: a lighter band, the back supported. Ready: 2 sets of 12 at effort 5 or less after two stronger bands, advanced phase: “Cable or heavy-band row, lat pull-down to the chest”. Dose (chair), guideline: 2-3 a week, 2 sets of 8-12, up-hold-down 2-1-3 s, effort 4-5 of 10, could do about five more, rest 75 s. Block X; at home: session. Step up: 12 repetitions twice, then the next band, then standing. Step down: a lighter band, the back supported. Ready: 2 sets of 12 at effort 5 or less after two stronger bands, advanced phase: “Cable or heavy-band row, lat pull-down to the chest”.\n\nFor the patient: Sit tall. Pull a light band to your ribs. Squeeze your shoulder blades. Keep your body still."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Row with a light band, trunk still"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e20
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Chair stand, no hands"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e20"
* version = "0.1.0"
* name = "E20"
* title = "Chair stand, no hands"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; chair 45 cm. Arms crossed, hinge at the hips with a long back, stand up, sit down slowly. Use a high seat where 45 cm is too low."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S09"
* relatedArtifact[3].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S12"
* relatedArtifact[4].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[5].type = #justification
* relatedArtifact[5].label = "S13"
* relatedArtifact[5].display = "Balance ≥ twice weekly prevents falls, improves function."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, seed: 2-3 a week, 2 sets of 8-12, start with half of the 30-second chair stand, up-hold-down 2-0-3 s, effort 4-5 of 10, rest 90 s. Block B; at home: session. Step up: 12 repetitions, then lower in 4 s, then seat 5 cm lower. Step down: “Chair stand with arm help, high seat”. Ready: 2 sets of 12 at effort 5 or less: “Goblet squat or leg press in neutral”.\n\nWhere knee-osteoarthritis: modify. Knee osteoarthritis: raise the seat until standing up is free of knee pain.\n\nFor the patient: Cross your arms. Lean from your hips with a long back. Stand up and sit down slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Chair stand, no hands"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e21
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Step-up 10-15 cm with a rail"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e21"
* version = "0.1.0"
* name = "E21"
* title = "Step-up 10-15 cm with a rail"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; step 10-15 cm, rail. Whole foot on the step, stand up tall, step down slowly; one foot always carries."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S12"
* relatedArtifact[3].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S13"
* relatedArtifact[4].display = "Balance ≥ twice weekly prevents falls, improves function."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 8 each side, up-hold-down 2-1-3 s, effort 4-5 of 10, step of 10-15 cm, rest 90 s. Block B; at home: session-rail. Step up: 10 repetitions, then 15 cm, then no hand. Step down: 5-10 cm, two hands. Ready: 2 sets of 10 at 15 cm with effort 5 or less: “Step-up 15-20 cm with load”.\n\nWhere knee-osteoarthritis: modify. Knee osteoarthritis: step of 10 cm.\n\nFor the patient: Hold the rail. Put your whole foot on a low step. Step up tall. Step down slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Step-up 10-15 cm with a rail"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e22
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Standing hip abduction and extension"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e22"
* version = "0.1.0"
* name = "E22"
* title = "Standing hip abduction and extension"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; band, rail. Trunk upright, one hand on the rail; move the leg out to the side, then straight back, against the band. The trunk stays upright and faces forward."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S13"
* relatedArtifact[3].display = "Balance ≥ twice weekly prevents falls, improves function."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2 a week, 2 sets of 8-12 each side, up-hold-down 2-1-2 s, effort 4-5 of 10, rest 60 s. Block L; at home: session. Step up: 12 repetitions, then the next band. Step down: no band; “Side-lying leg lift” where standing is not possible. Ready: 2 sets of 12 at effort 5 or less.\n\nFor the patient: Hold a rail and stand tall. Move one leg out to the side. Then move it straight back. Switch legs."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Standing hip abduction and extension"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e23
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Heel and toe raises, slow"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e23"
* version = "0.1.0"
* name = "E23"
* title = "Heel and toe raises, slow"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; rail. Rise on the toes, lower slowly; then lift the toes. Lower under control, heels never fall. Lower slowly; a heel drop is an impact."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "OC23"
* relatedArtifact[0].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[0].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S22"
* relatedArtifact[3].display = "No high impact until fully healed and BMD better."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 2 sets of 10-15, up-hold-down 2-1-3 s, effort 4-5 of 10, rest 45 s. Block L; at home: session. Step up: 15 repetitions, then one leg. Step down: two hands, 1 set. Ready: one leg, 2 sets of 10.\n\nFor the patient: Hold a rail. Rise up on your toes. Come down slowly. Then lift your toes."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Heel and toe raises, slow"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e24
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Tandem stand or walk, one-leg stand"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e24"
* version = "0.1.0"
* name = "E24"
* title = "Tandem stand or walk, one-leg stand"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; counter. Heel to toe, standing then walking; then one leg. A counter within reach on both sides where possible. Two-hand support where the patient is unsteady."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "TFTF"
* relatedArtifact[0].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[0].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S12"
* relatedArtifact[3].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S13"
* relatedArtifact[4].display = "Balance ≥ twice weekly prevents falls, improves function."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 3-7 a week, 3 sets of 30 s, or 4 walks of 5 m, holds the time without a grab, 3 of 3, rest 20 s. Block B; at home: daily-guarded. Step up: no touch, then one leg from 10 to 30 s, then turns of the head. Step down: “Supported semi-tandem stand”, two hands. Ready: one leg for 10 s: “Dynamic balance: dual task, catch, tai-chi-type steps”.\n\nWhere falls: modify. Repeated falls: both hands on the counter.\n\nWhere fall-risk: modify. Risk of falling: both hands on the counter.\n\nWhere gait-problem: modify. Unsteady gait: both hands on the counter.\n\nFor the patient: Stand at a counter with one foot right in front of the other. Then try to walk heel to toe. Then try one leg."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Tandem stand or walk, one-leg stand"
* timingTiming.repeat.frequency = 3
* timingTiming.repeat.frequencyMax = 7
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e25
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Wall push-up"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e25"
* version = "0.1.0"
* name = "E25"
* title = "Wall push-up"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; wall. Body in one line from head to heels; lower the chest to the wall and push away. Wrist or shoulder pain: smaller range, hands higher or on fists."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "OC23"
* relatedArtifact[0].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[0].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 2 sets of 8-12, up-hold-down 3-0-2 s, effort 4-5 of 10, rest 60 s. Block L; at home: session. Step up: 12 repetitions, then the hands on a counter. Step down: closer to the wall. Ready: 2 sets of 12 at effort 5 or less. Dose (advanced), ours: 2-3 a week, 2 sets of 8-12, up-hold-down 3-0-2 s, effort 5-6 of 10, 4-5 left in the tank, rest 60 s. Block L; at home: session. Step up: 12 repetitions, then the hands on a counter. Step down: closer to the wall. Ready: 2 sets of 12 at effort 5 or less.\n\nWhere wrist-problem: modify. Wrist problem: on fists or forearms.\n\nWhere shoulder-problem: modify. Shoulder problem: stand closer, smaller range.\n\nFor the patient: Put your hands on a wall. Keep your body in one line. Lower your chest to the wall. Push away."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Wall push-up"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e26
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Side-lying leg lift"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e26"
* version = "0.1.0"
* name = "E26"
* title = "Side-lying leg lift"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Side-lying; mat. Shoulders and pelvis stacked; lift the top leg straight up a hand's width beyond hip height, lower slowly."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 10 each side, up-hold-down 2-1-2 s, effort 4 of 10, rest 45 s. Block L; at home: session. Step up: 12 repetitions, then a band. Step down: a smaller range. Ready: standing allowed: “Standing hip abduction and extension”.\n\nWhere hip-bursitis: modify. Hip bursitis: not lying on the sore side, a pillow between the knees.\n\nFor the patient: Lie on your side with your hips stacked. Lift your top leg. Lower it slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Side-lying leg lift"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e27
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Brisk walking"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e27"
* version = "0.1.0"
* name = "E27"
* title = "Brisk walking"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Walking; flat ground. Brisk walking on flat ground. A supplement only, beside the strength and balance sessions; with a vertebral fracture it is also the ceiling of impact. The ceiling of impact after a vertebral fracture."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "UK"
* relatedArtifact[0].display = "Brooke-Wavell 2022 Strong, Steady and Straight"
* relatedArtifact[0].citation = "Brooke-Wavell 2022 Strong, Steady and Straight. Seen at: doi 10.1136/bjsports-2021-104634; eprints.soton.ac.uk/456586; blogs.bmj.com/bjsm/2023/10/30."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "TFTF"
* relatedArtifact[1].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[1].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S11"
* relatedArtifact[2].display = "Resistance is essential; walking or low-intensity work cannot replace it."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S22"
* relatedArtifact[3].display = "No high impact until fully healed and BMD better."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S24"
* relatedArtifact[4].display = "Walking may supplement, not replace."
* relatedArtifact[5].type = #justification
* relatedArtifact[5].label = "S37"
* relatedArtifact[5].display = "Walking alone limits loss but does not build bone."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 5 or more a week, 20-30 min, effort 4-5 of 10, can talk, cannot sing. Block W; at home: daily. Step up: 5 minutes more a week, up to 30. Step down: “Walking bouts”. Ready: kept for life.\n\nWhere med-clearance: hold. Medical clearance is open (heart, blood pressure or aorta): begin once it is given.\n\nFor the patient: Walk at a brisk pace on flat ground. Walking is extra. It does not take the place of your strength work."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Brisk walking"
* timingTiming.repeat.frequency = 5
* timingTiming.repeat.duration = 20
* timingTiming.repeat.durationUnit = #min
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e28
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Wall slide with thoracic lift"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e28"
* version = "0.1.0"
* name = "E28"
* title = "Wall slide with thoracic lift"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; wall. Forearms on the wall, slide them up while the breastbone lifts; stop before the low back arches. Shoulder pain: lower range."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "TFTF"
* relatedArtifact[0].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[0].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "SIN10"
* relatedArtifact[1].display = "Probably: Sinaki 2010"
* relatedArtifact[1].citation = "Probably: Sinaki 2010. Seen at: doi 10.1007/s11914-010-0019-y. Probably the seed's [3]: the abstract has the same words."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S09"
* relatedArtifact[3].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S14"
* relatedArtifact[4].display = "They reduce fragility and posture deformity."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 2 sets of 8, hold 3 s, up-hold-down 3-3-3 s, effort 3 of 10, rest 45 s. Block X; at home: session. Step up: 10 repetitions, then a light band. Step down: below shoulder height. Ready: 2 sets of 10 with a band.\n\nWhere shoulder-problem: modify. Shoulder problem: slide below shoulder height.\n\nFor the patient: Face a wall with your forearms on it. Slide your arms up and lift your chest. Slide down again."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Wall slide with thoracic lift"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e29
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Back extension with resistance on the upper back"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e29"
* version = "0.1.0"
* name = "E29"
* title = "Back extension with resistance on the upper back"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Prone; light pack or therapist's hand. As the prone back extension to neutral, with a light pack or the therapist's hand between the shoulder blades; to neutral only. Only with the therapist present, and only while both gates are open."
* purpose = "What speaks against prone extension speaks against this as well: ours."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "SIN10"
* relatedArtifact[1].display = "Probably: Sinaki 2010"
* relatedArtifact[1].citation = "Probably: Sinaki 2010. Seen at: doi 10.1007/s11914-010-0019-y. Probably the seed's [3]: the abstract has the same words."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S07"
* relatedArtifact[3].display = "Resistance on the upper back only when fragility has resolved and pain permits."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S28"
* relatedArtifact[4].display = "6+ months: measured progressive resistance for extensors and large muscles."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 1-2 sets of 8-10, hold 3 s, start with 1 kg at most, effort 4-6 of 10, 4 or more left in the tank, supervised only, never to fatigue, rest 105 s. Block X; at home: supervised. Step up: 0.5 kg more every 2 weeks, then a longer hold. Step down: 0.5 kg less, or “Prone back extension to neutral only”. Ready: clinician and therapist set the ceiling.\n\nOnly while the gate is open: prone, resisted-upper-back. Not while these forbid: R6, R7.\n\nWhere spondylolisthesis: swap. Spondylolisthesis: hands and knees instead of loaded extension.\n\nWhere spinal-stenosis: swap. Spinal stenosis: hands and knees instead of loaded extension.\n\nWhere obesity: swap. Obesity: hands and knees instead of loaded extension.\n\nWhere bmi at least 30: swap. BMI 30 kg/m2 or more: hands and knees instead of loaded extension.\n\nWhere shoulder-problem: swap. Shoulder problem: hands and knees instead of loaded extension.\n\nFor the patient: Lie on your belly over a pillow with a light pack on your upper back. Lift your chest until your body is in one line. Your therapist is with you."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Back extension with resistance on the upper back"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e30
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Cable or heavy-band row, lat pull-down to the chest"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e30"
* version = "0.1.0"
* name = "E30"
* title = "Cable or heavy-band row, lat pull-down to the chest"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; cable or heavy band. Seated or standing, trunk upright. Row to the ribs; pull down in front to the upper chest. Pull to the front, never behind the neck; the trunk does not lean."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "OC23"
* relatedArtifact[0].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[0].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "UK"
* relatedArtifact[1].display = "Brooke-Wavell 2022 Strong, Steady and Straight"
* relatedArtifact[1].citation = "Brooke-Wavell 2022 Strong, Steady and Straight. Seen at: doi 10.1136/bjsports-2021-104634; eprints.soton.ac.uk/456586; blogs.bmj.com/bjsm/2023/10/30."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S09"
* relatedArtifact[3].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S28"
* relatedArtifact[4].display = "6+ months: measured progressive resistance for extensors and large muscles."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2-3 a week, 2-3 sets of 8-12, up-hold-down 2-1-3 s, a weight that can be lifted 8-12 times, effort 6-8 of 10, 2-4 left in the tank, rest 105 s. Block L; at home: supervised. Step up: more than 12 repetitions twice, then 2-10 % more weight. Step down: 10 % less, or “Row with a light band, trunk still”.\n\nFor the patient: Sit tall. Pull the band or cable to your ribs. Or pull the bar down to your chest. Keep your body still."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Cable or heavy-band row, lat pull-down to the chest"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e31
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Goblet squat or leg press in neutral"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e31"
* version = "0.1.0"
* name = "E31"
* title = "Goblet squat or leg press in neutral"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; dumbbell or machine. Weight held close to the chest, taken from waist height; hips back, long back, down to a comfortable depth. Leg press: stop before the pelvis tucks under."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "UK"
* relatedArtifact[1].display = "Brooke-Wavell 2022 Strong, Steady and Straight"
* relatedArtifact[1].citation = "Brooke-Wavell 2022 Strong, Steady and Straight. Seen at: doi 10.1136/bjsports-2021-104634; eprints.soton.ac.uk/456586; blogs.bmj.com/bjsm/2023/10/30."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S09"
* relatedArtifact[3].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S12"
* relatedArtifact[4].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[5].type = #justification
* relatedArtifact[5].label = "S28"
* relatedArtifact[5].display = "6+ months: measured progressive resistance for extensors and large muscles."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2-3 a week, 2-3 sets of 8-12, up-hold-down 3-1-2 s, a weight that can be lifted 8-12 times, effort 6-8 of 10, 2-4 left in the tank, start at effort 5; at home with a light weight, rest 105 s. Block L; at home: session. Step up: more than 12 repetitions twice, then 2-10 % more weight. Step down: “Wall-supported mini squat” or “Chair stand, no hands”.\n\nWhere knee-osteoarthritis: modify. Knee osteoarthritis: stay in the depth that is free of knee pain.\n\nFor the patient: Hold a weight close to your chest. Take it from waist height. Push your hips back, bend your knees and stand up again."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Goblet squat or leg press in neutral"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e32
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Hip-hinge lift from a 30-40 cm block"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e32"
* version = "0.1.0"
* name = "E32"
* title = "Hip-hinge lift from a 30-40 cm block"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; kettlebell, block 30-40 cm. Weight between the feet on the block; hinge at the hips with a long back, stand up, set it back on the block. With the therapist present."
* purpose = "Lighter than LIFTMOR-M, which had no recent vertebral fracture."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "LIFT"
* relatedArtifact[0].display = "LIFTMOR-M 2020"
* relatedArtifact[0].citation = "LIFTMOR-M 2020. Seen at: doi BMJ Open protocol 10.1136/bmjopen-2016-014951; wbldb 10216284."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S28"
* relatedArtifact[3].display = "6+ months: measured progressive resistance for extensors and large muscles."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2-3 sets of 8, up-hold-down 3-1-3 s, effort 5-6 of 10, 4 or more left in the tank, supervised only; block from 40 down to 30 cm, rest 120 s. Block P; at home: supervised. Step up: 1-2 kg more every 2 weeks, then a lower block. Step down: “Hip hinge with a dowel”.\n\nNot while these forbid: R9.\n\nWhere osteoporosis: swap. Osteoporosis: keep the unloaded hip hinge.\n\nWhere multiple-vf: swap. More than one vertebral fracture: keep the unloaded hip hinge.\n\nWhere clinical-osteoporosis: swap. The fracture may mean osteoporosis: keep the unloaded hip hinge.\n\nWhere glucocorticoid-use: swap. Cortisone weakens bone: keep the unloaded hip hinge.\n\nWhere not healed: swap. Nobody has stated that the fracture healed: keep the unloaded hip hinge.\n\nFor the patient: Place the weight on a block in front of you. Push your hips back with a long back. Stand up with the weight. Put it back on the block."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Hip-hinge lift from a 30-40 cm block"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e33
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Step-up 15-20 cm with load"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e33"
* version = "0.1.0"
* name = "E33"
* title = "Step-up 15-20 cm with load"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; step 15-20 cm, dumbbells. Dumbbells hang at the sides; whole foot on the step, up tall, down slowly."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S12"
* relatedArtifact[3].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S13"
* relatedArtifact[4].display = "Balance ≥ twice weekly prevents falls, improves function."
* relatedArtifact[5].type = #justification
* relatedArtifact[5].label = "S28"
* relatedArtifact[5].display = "6+ months: measured progressive resistance for extensors and large muscles."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2-3 sets of 8-10 each side, up-hold-down 2-1-3 s, effort 5-7 of 10, 3-5 left in the tank, step of 15-20 cm, rest 90 s. Block L; at home: session-rail. Step up: 20 cm, then 0.5-1 kg more in each hand. Step down: “Step-up 10-15 cm with a rail”.\n\nFor the patient: Hold light weights at your sides. Step up tall. Step down slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Step-up 15-20 cm with load"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e34
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Split squat or lunge, rail near"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e34"
* version = "0.1.0"
* name = "E34"
* title = "Split squat or lunge, rail near"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; body weight, rail. Long stance, trunk upright and facing forward; lower straight down, push up again. Knee pain: shallower."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "OC23"
* relatedArtifact[0].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[0].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S28"
* relatedArtifact[3].display = "6+ months: measured progressive resistance for extensors and large muscles."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 8 each side, up-hold-down 3-1-2 s, effort 5-6 of 10, 4-5 left in the tank, rest 90 s. Block L; at home: session-rail. Step up: 10 repetitions, then 1 kg more in each hand. Step down: shallow, two hands. Ready: 2 sets of 10 at effort 5 or less with 2 kg.\n\nWhere knee-osteoarthritis: modify. Knee osteoarthritis: shallow range, both hands on the rail.\n\nFor the patient: Stand with one foot far in front. Hold a rail. Lower straight down, then push up again. Switch legs."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Split squat or lunge, rail near"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e35
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Plank on a counter, then on the knees"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e35"
* version = "0.1.0"
* name = "E35"
* title = "Plank on a counter, then on the knees"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; counter, mat. Forearms on the counter, body in one line from head to heels; later on knees and forearms. The low back does not sag; mind the shoulders."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "OC23"
* relatedArtifact[0].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[0].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S05"
* relatedArtifact[2].display = "Core stability: isometric flexors and extensors in neutral spine."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S28"
* relatedArtifact[3].display = "6+ months: measured progressive resistance for extensors and large muscles."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 3 sets of 15-30 s, effort 5-6 of 10, rest 60 s. Block X; at home: session. Step up: 3 times 30 s, then on the knees. Step down: “Co-contraction of flexors and extensors at the wall”. Ready: 3 times 30 s on the knees.\n\nWhere shoulder-problem: modify. Shoulder problem: stay at the counter, shorter holds.\n\nFor the patient: Lean your forearms on a counter. Keep your body in one straight line. Hold for 15 to 30 seconds."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Plank on a counter, then on the knees"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e36
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Two-hand, then one-hand carry"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e36"
* version = "0.1.0"
* name = "E36"
* title = "Two-hand, then one-hand carry"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Walking; dumbbells. Take the weights from waist height and carry them at the sides, trunk upright; later on one side only. The trunk stays upright."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S09"
* relatedArtifact[2].display = "Progressive strengthening of large limb muscles and spinal extensors."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S28"
* relatedArtifact[3].display = "6+ months: measured progressive resistance for extensors and large muscles."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 4 sets of 20 m, start with 2 kg at most, effort 5-6 of 10, 4-5 left in the tank, the weight in each hand; light at home, rest 60 s. Block L; at home: session. Step up: 1 kg more in each hand, then one hand. Step down: 1 kg less. Ready: one hand, 4 walks of 20 m at effort 5 or less.\n\nFor the patient: Take two weights from a table. Walk tall with them at your sides. Set them back on the table."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Two-hand, then one-hand carry"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e37
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Dynamic balance: dual task, catch, tai-chi-type steps"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e37"
* version = "0.1.0"
* name = "E37"
* title = "Dynamic balance: dual task, catch, tai-chi-type steps"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; open floor, a person as guard. Stepping in all directions, walking while counting, catching a light ball; turn by stepping the feet round. Turns come from the feet, short of end-range rotation of the trunk."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "OC23"
* relatedArtifact[0].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[0].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "TFTF"
* relatedArtifact[1].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[1].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S01"
* relatedArtifact[2].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S12"
* relatedArtifact[3].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S13"
* relatedArtifact[4].display = "Balance ≥ twice weekly prevents falls, improves function."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2 or more a week, 10-20 min, a challenge: sways and recovers alone. Block B; at home: supervised. Step up: pace, then two tasks at once, then foam with a guard. Step down: “Tandem stand or walk, one-leg stand”.\n\nWhere falls: modify. Repeated falls: counter within reach and a person beside.\n\nFor the patient: Step in all directions. Walk and count out loud. Catch a light ball. Turn by stepping with your feet."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Dynamic balance: dual task, catch, tai-chi-type steps"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.duration = 10
* timingTiming.repeat.durationUnit = #min
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e38
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Stair climbing"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e38"
* version = "0.1.0"
* name = "E38"
* title = "Stair climbing"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Walking; stairs with rail. Up and down at a steady pace, one hand on the rail. A supplement, beside the strength sessions. Cardiac clearance first where the heart is in doubt."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "OC23"
* relatedArtifact[0].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[0].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S12"
* relatedArtifact[1].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S13"
* relatedArtifact[2].display = "Balance ≥ twice weekly prevents falls, improves function."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S24"
* relatedArtifact[3].display = "Walking may supplement, not replace."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, guideline: 2-3 a week, 3-6 flights, effort 4-6 of 10, hand on the rail. Block W; at home: optional. Step up: 1 flight more a week. Step down: 1 flight.\n\nWhere med-clearance: hold. Medical clearance is open (heart, blood pressure or aorta): begin once it is given.\n\nFor the patient: Climb stairs at a steady pace. Hold the rail. This is extra."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Stair climbing"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e39
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Yoga or Pilates, modified"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e39"
* version = "0.1.0"
* name = "E39"
* title = "Yoga or Pilates, modified"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; instructor trained in osteoporosis precautions. Neutral-spine poses only: forward fold, roll-down, plough and seated twist are replaced by hip hinge, bridge and stepping round. Forward fold, roll-down, plough and seated twist are left out."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S23"
* relatedArtifact[3].display = "Yoga/Pilates: remove flexion poses."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 0-1 a week, effort 4 of 10 at most, a class with the spine in neutral. Block P; at home: optional. Step down: stop.\n\nFor the patient: You may add one yoga or Pilates class a week. Tell the teacher about your fracture. Skip forward folds, roll-downs, the plough and seated twists. Do the bridge or the hip hinge instead."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Yoga or Pilates, modified"
* timingTiming.repeat.frequency = 1
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e41
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Seated knee extension"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e41"
* version = "0.1.0"
* name = "E41"
* title = "Seated knee extension"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; firm chair. Sitting tall, straighten one knee until the leg is level, lower slowly; one side after the other. Back stays long; half range where the knee or the back hurts."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 2 sets of 8 each side, up-hold-down 2-1-3 s, effort 4-5 of 10, rest 45 s. Block L; at home: session. Step up: 12 repetitions, then hold 3 s, then a 0.5 kg cuff. Step down: half the range, 1 set of 8. Ready: 2 sets of 12 at effort 5 or less, and standing allowed: “Wall-supported mini squat”. Dose (initial), ours: 2-3 a week, 2 sets of 8 each side, up-hold-down 2-1-3 s, effort 2-3 of 10, rest 45 s. Block L; at home: daily. Step up: 12 repetitions, then hold 3 s. Step down: half the range, 1 set of 8. Ready: 2 sets of 12 at effort 5 or less, and standing allowed: “Wall-supported mini squat”.\n\nFor the patient: Sit tall. Straighten one knee until your leg is level. Lower it slowly. Then switch legs."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Seated knee extension"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e42
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Seated march, small"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e42"
* version = "0.1.0"
* name = "E42"
* title = "Seated march, small"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; firm chair. Sitting tall with the hands on the seat, lift one foot a little off the floor and set it down softly; change sides. The trunk does not lean back; slide the foot where it does."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 2 sets of 8 each side, up-hold-down 1-1-2 s, effort 3-4 of 10, trunk tall, rest 45 s. Block L; at home: session. Step up: 12 repetitions, then hold 2 s. Step down: slide the foot, 1 set of 5 each side. Ready: 2 sets of 12 without leaning: march in “Hook-lying march or heel slide”, or “Sit-to-stand with a frame or one helper”. Dose (initial), ours: 2-3 a week, 2 sets of 8 each side, up-hold-down 1-1-2 s, effort 2-3 of 10, trunk tall, rest 45 s. Block L; at home: session. Step up: 12 repetitions, then hold 2 s. Step down: slide the foot, 1 set of 5 each side. Ready: 2 sets of 12 without leaning: march in “Hook-lying march or heel slide”, or “Sit-to-stand with a frame or one helper”.\n\nFor the patient: Sit tall and hold the seat. Lift one foot a little off the floor. Set it down softly. Switch legs. Do not lean back."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Seated march, small"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e43
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Seated heel and toe raise"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e43"
* version = "0.1.0"
* name = "E43"
* title = "Seated heel and toe raise"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; firm chair. Sitting with both feet flat, raise the heels, set them down, raise the toes. Both feet stay in front of the knees."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 2 sets of 10, up-hold-down 2-1-2 s, effort 2-3 of 10, rest 30 s. Block L; at home: daily. Step up: 15 repetitions, then hold 2 s. Step down: 1 set of 10. Ready: standing allowed: “Heel and toe raises, slow”.\n\nFor the patient: Sit with both feet flat. Lift your heels. Set them down. Then lift your toes. Go slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Seated heel and toe raise"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e44
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Seated hip-abduction press"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e44"
* version = "0.1.0"
* name = "E44"
* title = "Seated hip-abduction press"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; firm chair, belt. Sitting tall with a belt around the knees, press the knees outwards into the belt or the hands and breathe. No breath-holding."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 2 sets of 8, hold 5 s, effort 4-5 of 10, rest 45 s. Block L; at home: session. Step up: 10 repetitions, then hold 8 s. Step down: hold 3 s. Ready: 2 sets of 10 with 8 s held, and standing allowed: “Standing hip abduction and extension”. Dose (initial), ours: 2-3 a week, 2 sets of 8, hold 5 s, effort 2-3 of 10, rest 45 s. Block L; at home: session. Step up: 10 repetitions, then hold 8 s. Step down: hold 3 s. Ready: 2 sets of 10 with 8 s held, and standing allowed: “Standing hip abduction and extension”.\n\nFor the patient: Sit tall with a belt around your knees. Push your knees out into the belt. Hold for 5 seconds and breathe. Let go."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Seated hip-abduction press"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e45
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Seated reach inside the base"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e45"
* version = "0.1.0"
* name = "E45"
* title = "Seated reach inside the base"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; firm chair, a person or rail in reach. Sitting tall with both feet flat and someone beside: reach 10-20 cm forward and to each side, hold 2 s, come back; the back stays long, the chest faces forward. Guarded; one hand stays on the rail where it is unsteady."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 5 min, 10-20 cm forward and to each side, held 2 s, steady without a grab; rail or helper in reach. Block B; at home: daily-guarded. Step up: 5 cm further, then a light object, then a moving target. Step down: one hand stays on the rail, 2 minutes. Ready: 6 reaches of 20 cm each way, twice: “Sit-to-stand with a frame or one helper”, “Stand at bars, guarded” or “Supported semi-tandem stand”. Dose (early-pain, positions), ours: 2-3 a week, 2-5 min, 10-20 cm forward and to each side, held 2 s, steady without a grab; rail or helper in reach. Block B; at home: daily-guarded. Step up: 5 cm further, then a light object, then a moving target. Step down: one hand stays on the rail, 2 minutes. Ready: 6 reaches of 20 cm each way, twice: “Sit-to-stand with a frame or one helper”, “Stand at bars, guarded” or “Supported semi-tandem stand”.\n\nFor the patient: Sit tall with both feet flat and someone next to you. Reach a short way forward or to the side. Come back to the middle. Keep your back long and your chest facing forward."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Seated reach inside the base"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.duration = 5
* timingTiming.repeat.durationUnit = #min
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e46
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Chair push-up"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e46"
* version = "0.1.0"
* name = "E46"
* title = "Chair push-up"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; chair with armrests, brakes on. Both hands on the armrests, push down until the weight gets light, breathe out, come down slowly. Needs both arms; press without lifting where the back hurts."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2 a week, 2 sets of 5, up-hold-down 2-1-3 s, effort 4-5 of 10, breathe out, rest 60 s. Block L; at home: session. Step up: 8 repetitions, then hold 2 s. Step down: press without lifting. Ready: 2 sets of 8, and standing allowed: “Wall push-up”.\n\nFor the patient: Put the brakes on. Put both hands on the armrests. Push down until your weight gets light. Breathe out. Come down slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Chair push-up"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e47
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Ankle pumps"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e47"
* version = "0.1.0"
* name = "E47"
* title = "Ankle pumps"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Supine; bed or chair. Pull the feet up and push them down, slowly, lying or sitting."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: daily every hour awake, 1 set of 10 each side, up-hold-down 1-0-1 s, effort 1 of 10. Block W; at home: daily. Step up: 15 repetitions. Step down: 5 repetitions. Ready: kept while lying or sitting most of the day. Dose (bed), ours: daily every hour awake, 1 set of 10 each side, up-hold-down 1-0-1 s, effort 1 of 10. Block L; at home: daily. Step up: 15 repetitions. Step down: 5 repetitions. Ready: kept while lying or sitting most of the day.\n\nFor the patient: Pull your feet up and push them down. Do it slowly, many times a day while you are awake."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Ankle pumps"
* timingTiming.repeat.frequency = 7
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e48
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Short-arc knee extension over a roll"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e48"
* version = "0.1.0"
* name = "E48"
* title = "Short-arc knee extension over a roll"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Supine; rolled towel. Lying on the back with a roll under one knee, lift that foot until the knee is straight, lower slowly. The heel stays free where its skin is sore."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: daily, 2 sets of 8 each side, hold 2 s, up-hold-down 2-2-2 s, effort 2-3 of 10, rest 30 s. Block L; at home: daily. Step up: 12 repetitions, then hold 5 s, then 0.5 kg. Step down: 1 set of 5. Ready: sits for 20 minutes: “Seated knee extension”. Dose (initial), ours: daily, 2 sets of 8 each side, hold 2 s, up-hold-down 2-2-2 s, effort 2-3 of 10, rest 30 s. Block L; at home: daily. Step up: 12 repetitions, then hold 5 s. Step down: 1 set of 5. Ready: sits for 20 minutes: “Seated knee extension”.\n\nFor the patient: Lie on your back with a rolled towel under one knee. Lift that foot until your knee is straight. Hold for 2 seconds. Lower slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Short-arc knee extension over a roll"
* timingTiming.repeat.frequency = 7
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk

Instance: e49
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Light band pull to the ribs, lying"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e49"
* version = "0.1.0"
* name = "E49"
* title = "Light band pull to the ribs, lying"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Supine; light band at the foot of the bed; none in the initial phase. Lying on the back, pull to the ribs with the elbows close; in the initial phase without the band. Only the arms move; no band in the initial phase."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week not on two days in a row, 2 sets of 8, up-hold-down 2-1-3 s, effort 3-4 of 10, rest 45 s. Block L; at home: session. Step up: 12 repetitions, then the next band. Step down: no band. Ready: sits for 20 minutes: “Row with a light band, trunk still”. Dose (initial), ours: 2-3 a week not on two days in a row, 2 sets of 8, up-hold-down 2-1-3 s, effort 2 of 10, no band, rest 45 s. Block L; at home: session. Step up: 12 repetitions. Step down: no band. Ready: sits for 20 minutes: “Scapular squeeze without load”.\n\nFor the patient: Lie on your back. Pull a light band from the foot of the bed to your ribs. Only your arms move. Let go slowly."
* code.coding[0] = http://snomed.info/sct#266741004 "Muscle strength exercise"
* code.text = "Light band pull to the ribs, lying"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e50
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Edge-of-bed sitting with a guard"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e50"
* version = "0.1.0"
* name = "E50"
* title = "Edge-of-bed sitting with a guard"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; bed, a helper. Log roll and sit up with the helper; both feet on the floor, sit tall. Guarded; lie down when faint or when pain rises by more than 1."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 1-2 times a day, 1-5 min, with a helper; steady, pain at most 1 higher, no faintness. Block B; at home: daily-helped. Step up: 1 minute more a day, then one hand, then no hand. Step down: the back propped, 30 s. Ready: 10 minutes without hands, twice: work in the chair, if the therapist says so.\n\nFor the patient: Roll like a log and sit up with your helper. Keep both feet on the floor and sit tall. Stay for 1 to 5 minutes. Lie down if you feel dizzy."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Edge-of-bed sitting with a guard"
* timingTiming.repeat.frequency = 1
* timingTiming.repeat.frequencyMax = 2
* timingTiming.repeat.duration = 1
* timingTiming.repeat.durationUnit = #min
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #d

Instance: e51
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Sit-to-stand with a frame or one helper"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e51"
* version = "0.1.0"
* name = "E51"
* title = "Sit-to-stand with a frame or one helper"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Seated; high seat of 50 cm or more, frame or helper. From a high seat with frame or helper: lean from the hips with a long back, stand up, sit down slowly. Only where the patient stands with at most one helper."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 2 sets of 5, up-hold-down 2-1-4 s, effort 4-5 of 10, seat of 50 cm or higher; supervised, rest 90 s. Block B; at home: supervised. Step up: 8 repetitions, then one hand, then seat 5 cm lower. Step down: seat 5 cm higher, a helper. Ready: 2 sets of 8 alone, pain 3 or less: “Chair stand with arm help, high seat”. Dose (initial), ours: 2-3 a week, 2 sets of 5, up-hold-down 2-1-4 s, effort 3 of 10, seat of 50 cm or higher; supervised, rest 90 s. Block B; at home: supervised. Step up: 8 repetitions, then one hand, then seat 5 cm lower. Step down: seat 5 cm higher, a helper. Ready: 2 sets of 8 alone, pain 3 or less: “Chair stand with arm help, high seat”.\n\nFor the patient: Your helper is with you. Sit on a high seat. Lean from your hips with a long back. Push with your arms and stand up. Sit down slowly."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Sit-to-stand with a frame or one helper"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: e52
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Stand at bars, guarded"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/e52"
* version = "0.1.0"
* name = "E52"
* title = "Stand at bars, guarded"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Standing; parallel bars or counter, a guard. Both hands on the bars, stand tall, then sit and rest. Only where the patient stands with at most one helper."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S01"
* relatedArtifact[1].display = "Start a supervised, multi-component programme led by back-extensor strengthening, plus resistance, plus balance."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S15"
* relatedArtifact[2].display = "≥ 60 min per session."
* kind = #ServiceRequest
* intent = #proposal
* usage = "Dose, ours: 2-3 a week, 3 sets of 10-30 s, steady, both hands; supervised, rest 60 s. Block B; at home: supervised. Step up: one hand, then a touch of two fingers. Step down: 10 s, a helper. Ready: 3 times 30 s with one hand: “Supported semi-tandem stand”.\n\nFor the patient: Your therapist is with you. Hold both bars and stand tall for 10 to 30 seconds. Then sit and rest."
* code.coding[0] = http://snomed.info/sct#229065009 "Exercise therapy"
* code.text = "Stand at bars, guarded"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri

Instance: r1-strict
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Forward bending of the spine: strict"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r1-strict"
* version = "0.1.0"
* name = "R1Strict"
* title = "Forward bending of the spine: strict"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Spinal flexion that is rapid, repetitive, sustained, weighted or end-range is off the programme. Instead: hip hinge with a neutral spine, squat or half-kneel to reach low."
* purpose = "Wording of a guideline for adults at risk of fracture; the strict window is the seed's 6-12 months."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S04"
* relatedArtifact[1].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R1 "Forward bending of the spine"
* doNotPerform = true
* usage = "For the patient: You can reach, sit, stand and walk. Keep your back long and bend at your hips and knees to reach down. For now, do not round your back fast, over and over, for a long time, with a weight, or as far as it will go."

Instance: r1-modify
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Forward bending of the spine: modify"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r1-modify"
* version = "0.1.0"
* name = "R1Modify"
* title = "Forward bending of the spine: modify"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Spinal flexion stays modified: slow, unloaded, within mid-range and single only; rapid, repetitive, sustained, weighted or end-range flexion stays out. Instead: hip hinge or squat to reach."
* purpose = "Wording of a guideline for adults at risk of fracture; the strict window is the seed's 6-12 months."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S04"
* relatedArtifact[1].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R1 "Forward bending of the spine"
* doNotPerform = false
* usage = "For the patient: You can round your back a little if you go slowly, with no weight, and only part way. To pick things up, still bend at your hips and knees."

Instance: r2-strict
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Twisting of the spine: strict"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r2-strict"
* version = "0.1.0"
* name = "R2Strict"
* title = "Twisting of the spine: strict"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Spinal rotation that is rapid, repetitive, sustained, weighted or end-range is off the programme. Instead: step the feet round, pelvis and shoulders moving as one; log roll in bed."
* purpose = "As for forward bending."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S04"
* relatedArtifact[1].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R2 "Twisting of the spine"
* doNotPerform = true
* usage = "For the patient: You can turn in any direction. Take small steps so your feet, hips and shoulders turn together. In bed, roll like a log. For now, do not twist your back fast, over and over, for a long time, with a weight, or as far as it will go."

Instance: r2-modify
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Twisting of the spine: modify"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r2-modify"
* version = "0.1.0"
* name = "R2Modify"
* title = "Twisting of the spine: modify"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Spinal rotation stays modified: slow, unloaded and within mid-range only; rapid, repetitive, sustained, weighted or end-range rotation stays out. Instead: step and turn."
* purpose = "As for forward bending."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S04"
* relatedArtifact[1].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R2 "Twisting of the spine"
* doNotPerform = false
* usage = "For the patient: You can turn your back a little if you go slowly, with no weight, and only part way. For bigger turns, step your feet around."

Instance: r3-prohibited
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Toe touches, sit-ups, crunches: prohibited"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r3-prohibited"
* version = "0.1.0"
* name = "R3Prohibited"
* title = "Toe touches, sit-ups, crunches: prohibited"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Toe touches, sit-ups, crunches, roll-downs, plough and seated forward folds (repeated or end-range flexion under body weight) are never selected. Instead: bracing in neutral spine, bird-dog."
* purpose = "Any phase, for as long as there is a vertebral fracture on record."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S21"
* relatedArtifact[1].display = "No toe touches, sit-ups, crunches."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S36"
* relatedArtifact[2].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R3 "Toe touches, sit-ups, crunches"
* doNotPerform = true
* usage = "For the patient: You can make your belly strong with your back still. Tighten your belly, or later lift one leg on hands and knees. Do not do toe touches, sit-ups or crunches. They fold your back too hard."

Instance: r4-prohibited
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Jumping, running and other impact: prohibited"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r4-prohibited"
* version = "0.1.0"
* name = "R4Prohibited"
* title = "Jumping, running and other impact: prohibited"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Jumping, hopping, plyometrics and running (impact above brisk walking) stay out until the fracture has healed and bone density has improved. Instead: brisk walking, slow heel raises without drop."
* purpose = "UK consensus keeps most people with a vertebral fracture at brisk walking; impact is never prescribed here."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S22"
* relatedArtifact[1].display = "No high impact until fully healed and BMD better."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S38"
* relatedArtifact[2].display = "No premature jumping/plyometrics."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R4 "Jumping, running and other impact"
* doNotPerform = true
* usage = "For the patient: You can walk at a brisk pace on flat ground. You can rise on your toes and come down slowly. For now, do not jump, hop or run. A hard landing can hurt the bone."

Instance: r4-clinician-decision
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Jumping, running and other impact: clinician decision"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r4-clinician-decision"
* version = "0.1.0"
* name = "R4ClinicianDecision"
* title = "Jumping, running and other impact: clinician decision"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Impact above brisk walking is not prescribed: healed fracture and better bone density let a clinician decide on it, case by case. Until then: brisk walking, slow heel raises without drop."
* purpose = "UK consensus keeps most people with a vertebral fracture at brisk walking; impact is never prescribed here."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S22"
* relatedArtifact[1].display = "No high impact until fully healed and BMD better."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S38"
* relatedArtifact[2].display = "No premature jumping/plyometrics."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R4 "Jumping, running and other impact"
* doNotPerform = false
* usage = "For the patient: You can walk at a brisk pace. Do not jump, hop or run unless your doctor tells you that you may start."

Instance: r5-modify
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Yoga and Pilates poses that bend or turn the spine to its limit: modify"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r5-modify"
* version = "0.1.0"
* name = "R5Modify"
* title = "Yoga and Pilates poses that bend or turn the spine to its limit: modify"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "In yoga or Pilates, leave out sustained or end-range flexion and rotation (forward fold, roll-down, plough, seated twist). Instead: neutral-spine variants, supervised by an instructor trained in osteoporosis."
* purpose = "Optional activity; always modified."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S23"
* relatedArtifact[1].display = "Yoga/Pilates: remove flexion poses."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S36"
* relatedArtifact[2].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R5 "Yoga and Pilates poses that bend or turn the spine to its limit"
* doNotPerform = false
* usage = "For the patient: You can do gentle yoga or Pilates with a long, straight back. Tell the teacher about your fracture. Skip poses that fold your back forward or twist it as far as it will go."

Instance: r6-blocked
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Exercise lying face down: blocked"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r6-blocked"
* version = "0.1.0"
* name = "R6Blocked"
* title = "Exercise lying face down: blocked"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Prone exercise is closed, in any dose. Instead: seated isometric back extension, supine realignment; log roll in bed."
* purpose = "The seed's 6-12 weeks; in trials harm came from prone work and rolling (ribs, costal cartilage), so log-rolling is taught with it."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S06"
* relatedArtifact[1].display = "Prone extension only after initial stabilisation (usually 6-12 wk)."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S27"
* relatedArtifact[2].display = "3-6 months: prone and light resistance as tolerated."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R6 "Exercise lying face down"
* doNotPerform = true
* usage = "For the patient: You can do your back exercises sitting or lying on your back. For now, do not exercise lying on your belly. To get in and out of bed, roll like a log."

Instance: r6-conditional
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Exercise lying face down: conditional"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r6-conditional"
* version = "0.1.0"
* name = "R6Conditional"
* title = "Exercise lying face down: conditional"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Prone exercise only if the therapist finds the fracture stable on the day: brief, unloaded, pillow under the abdomen, log roll to get there. Otherwise: seated or supine extensor work."
* purpose = "The seed's 6-12 weeks; in trials harm came from prone work and rolling (ribs, costal cartilage), so log-rolling is taught with it."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S06"
* relatedArtifact[1].display = "Prone extension only after initial stabilisation (usually 6-12 wk)."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S27"
* relatedArtifact[2].display = "3-6 months: prone and light resistance as tolerated."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R6 "Exercise lying face down"
* doNotPerform = false
* usage = "For the patient: You can do your back exercises sitting or lying on your back. Your therapist may test lying on your belly with you. Do it only with your therapist next to you."

Instance: r7-blocked
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Weight on the upper back: blocked"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r7-blocked"
* version = "0.1.0"
* name = "R7Blocked"
* title = "Weight on the upper back: blocked"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Added weight or manual resistance on the upper back is closed. Instead: extension against body weight only; rows with light band, trunk still."
* purpose = "The seed waits until fragility has resolved; that is attested by a clinician, never computed from a T-score."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S07"
* relatedArtifact[1].display = "Resistance on the upper back only when fragility has resolved and pain permits."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S36"
* relatedArtifact[2].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R7 "Weight on the upper back"
* doNotPerform = true
* usage = "For the patient: You can use the weight of your own body, or pull a light band with your back still. Do not put a weight on your upper back."

Instance: r7-pending
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Weight on the upper back: pending"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r7-pending"
* version = "0.1.0"
* name = "R7Pending"
* title = "Weight on the upper back: pending"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Added weight or manual resistance on the upper back waits for proof of healing, a clinician's word that fragility has resolved, and pain of 3 or less. Instead: extension against body weight only."
* purpose = "The seed waits until fragility has resolved; that is attested by a clinician, never computed from a T-score."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S07"
* relatedArtifact[1].display = "Resistance on the upper back only when fragility has resolved and pain permits."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S36"
* relatedArtifact[2].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R7 "Weight on the upper back"
* doNotPerform = true
* usage = "For the patient: You can use the weight of your own body, or pull a light band with your back still. Do not put a weight on your upper back."

Instance: r8-strict
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Arching the back to its limit: strict"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r8-strict"
* version = "0.1.0"
* name = "R8Strict"
* title = "Arching the back to its limit: strict"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "End-range, forced or weighted spinal extension is off the programme. Instead: extension to neutral only, held 3-5 seconds."
* purpose = "The seed forbids end-range movement that loads the healing fracture; the window after healing is ours."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S04"
* relatedArtifact[1].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S36"
* relatedArtifact[2].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R8 "Arching the back to its limit"
* doNotPerform = true
* usage = "For the patient: You can stand and sit tall. Straighten up and stop there. For now, do not arch your back as far as it will go."

Instance: r8-modify
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Arching the back to its limit: modify"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r8-modify"
* version = "0.1.0"
* name = "R8Modify"
* title = "Arching the back to its limit: modify"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Spinal extension beyond neutral stays slow, unloaded and short of end range; with spinal stenosis or spondylolisthesis keep to neutral. Instead of end range: hold neutral longer."
* purpose = "The seed forbids end-range movement that loads the healing fracture; the window after healing is ours."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S04"
* relatedArtifact[1].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S36"
* relatedArtifact[2].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R8 "Arching the back to its limit"
* doNotPerform = false
* usage = "For the patient: You can straighten your back a little more, slowly and with no weight. Do not push it as far as it will go."

Instance: r9-prohibited
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Lifting from the floor and holding weight away from the body: prohibited"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r9-prohibited"
* version = "0.1.0"
* name = "R9Prohibited"
* title = "Lifting from the floor and holding weight away from the body: prohibited"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Lifting from or lowering to the floor and load held away from the body are off the programme. Instead: lift from table height, close to the body; use a reacher or help."
* purpose = "Too Fit to Fracture Table 4, people with osteoporosis or vertebral fracture; both sexes."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "TFTF"
* relatedArtifact[0].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[0].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S04"
* relatedArtifact[1].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R9 "Lifting from the floor and holding weight away from the body"
* doNotPerform = true
* usage = "For the patient: You can lift light things from a table. Hold them close to your body. For now, do not lift from the floor or hold weight far from your body. Use a grabber or ask for help."

Instance: r9-technique-only
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Lifting from the floor and holding weight away from the body: technique only"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r9-technique-only"
* version = "0.1.0"
* name = "R9TechniqueOnly"
* title = "Lifting from the floor and holding weight away from the body: technique only"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Lifting from the floor only as supervised technique: raised blocks, hip hinge, load close, slow and light. Otherwise: lift from table height, close to the body."
* purpose = "Too Fit to Fracture Table 4, people with osteoporosis or vertebral fracture; both sexes."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "TFTF"
* relatedArtifact[0].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[0].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S04"
* relatedArtifact[1].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R9 "Lifting from the floor and holding weight away from the body"
* doNotPerform = false
* usage = "For the patient: You can practice lifting with your therapist. Go slowly, with a light weight close to you and your back long. At home, lift from a table."

Instance: r10-strict
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Making exercises harder alone: strict"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/r10-strict"
* version = "0.1.0"
* name = "R10Strict"
* title = "Making exercises harder alone: strict"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "No unsupervised progression of load, range or position. Instead: the supervising therapist progresses after two good sessions; the home set stays as taught."
* purpose = "Supervision by a physical therapist or a trained specialist who knows osteoporosis precautions."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S25"
* relatedArtifact[1].display = "Must be supervised by a PT or trained specialist who knows osteoporosis precautions."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S36"
* relatedArtifact[2].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#R10 "Making exercises harder alone"
* doNotPerform = true
* usage = "For the patient: You can do your home exercises the way you learned them. Before you add weight, more times or a new move, ask your therapist."

Instance: x01
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Toe touches"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x01"
* version = "0.1.0"
* name = "X01"
* title = "Toe touches"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: toe touches, standing or seated — end-range flexion of the spine, often repeated or held. Instead: hinge at the hips with a long back (E06), or bring the foot up to you while seated."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S21"
* relatedArtifact[2].display = "No toe touches, sit-ups, crunches."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X01 "Toe touches"
* doNotPerform = true
* usage = "For the patient: No toe touches. They round your back too far. Push your hips back with a long back instead."

Instance: x02
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Sit-ups"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x02"
* version = "0.1.0"
* name = "X02"
* title = "Sit-ups"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: sit-ups — repetitive, weighted flexion of the spine. Instead: abdominal bracing (E03), later bird-dog (E17)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S21"
* relatedArtifact[2].display = "No toe touches, sit-ups, crunches."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X02 "Sit-ups"
* doNotPerform = true
* usage = "For the patient: No sit-ups. They press hard on the front of your spine. Tighten your belly while lying still instead."

Instance: x03
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Crunches"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x03"
* version = "0.1.0"
* name = "X03"
* title = "Crunches"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: abdominal crunches — repetitive flexion of the spine under load. Instead: abdominal bracing (E03), later bird-dog (E17) or a counter plank (E35)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S21"
* relatedArtifact[2].display = "No toe touches, sit-ups, crunches."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X03 "Crunches"
* doNotPerform = true
* usage = "For the patient: No crunches. They round and press your spine. Tighten your belly while lying still instead."

Instance: x04
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Russian twist, bicycle crunch"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x04"
* version = "0.1.0"
* name = "X04"
* title = "Russian twist, bicycle crunch"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: Russian twists and bicycle crunches — rapid, repetitive twisting combined with flexion. Instead: bird-dog with the pelvis level (E17), or bracing with a heel slide (E12)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S21"
* relatedArtifact[3].display = "No toe touches, sit-ups, crunches."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X04 "Russian twist, bicycle crunch"
* doNotPerform = true
* usage = "For the patient: No Russian twists and no bicycle crunches. They turn your spine fast under load. Slide one heel out while you tighten your belly instead."

Instance: x05
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Roll-down, plough, seated forward fold"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x05"
* version = "0.1.0"
* name = "X05"
* title = "Roll-down, plough, seated forward fold"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: roll-downs, the plough and seated forward folds — sustained, end-range flexion of the spine. Instead: the bridge (E18) or a hip hinge with a long back (E06)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S21"
* relatedArtifact[3].display = "No toe touches, sit-ups, crunches."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S23"
* relatedArtifact[4].display = "Yoga/Pilates: remove flexion poses."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X05 "Roll-down, plough, seated forward fold"
* doNotPerform = true
* usage = "For the patient: No roll-downs, no plough and no seated forward folds. They hold your spine in a deep curve. Do the bridge or the hip hinge instead."

Instance: x06
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Cable wood-chop, torso-rotation machine"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x06"
* version = "0.1.0"
* name = "X06"
* title = "Cable wood-chop, torso-rotation machine"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: cable wood-chops and the torso-rotation machine — weighted, repetitive twisting to the end of range. Instead: a row with the trunk still (E19), turning by stepping the feet round."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X06 "Cable wood-chop, torso-rotation machine"
* doNotPerform = true
* usage = "For the patient: No wood-chops and no machine that turns your trunk. They turn your spine under load. Pull a band with your body still instead."

Instance: x07
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Abdominal-flexion machine"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x07"
* version = "0.1.0"
* name = "X07"
* title = "Abdominal-flexion machine"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: the abdominal-flexion machine — weighted, repetitive flexion of the spine. Instead: abdominal bracing (E03), later a counter plank (E35)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S21"
* relatedArtifact[3].display = "No toe touches, sit-ups, crunches."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X07 "Abdominal-flexion machine"
* doNotPerform = true
* usage = "For the patient: Skip the belly-crunch machine. It bends your spine under load. Tighten your belly while lying still instead."

Instance: x08
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Jumps, skipping, burpees"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x08"
* version = "0.1.0"
* name = "X08"
* title = "Jumps, skipping, burpees"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: jumps, box jumps, skipping and burpees — high impact on landing. Instead: brisk walking (E27), slow heel raises (E23) and step-ups (E21)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "UK"
* relatedArtifact[1].display = "Brooke-Wavell 2022 Strong, Steady and Straight"
* relatedArtifact[1].citation = "Brooke-Wavell 2022 Strong, Steady and Straight. Seen at: doi 10.1136/bjsports-2021-104634; eprints.soton.ac.uk/456586; blogs.bmj.com/bjsm/2023/10/30."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S22"
* relatedArtifact[2].display = "No high impact until fully healed and BMD better."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S38"
* relatedArtifact[3].display = "No premature jumping/plyometrics."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X08 "Jumps, skipping, burpees"
* doNotPerform = true
* usage = "For the patient: No jumps, no skipping and no burpees. Hard landings load your spine. Walk briskly or do slow heel raises instead."

Instance: x09
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Running, high-impact aerobics"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x09"
* version = "0.1.0"
* name = "X09"
* title = "Running, high-impact aerobics"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: running and high-impact aerobics — repeated high impact. Instead: brisk walking on flat ground (E27)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "UK"
* relatedArtifact[1].display = "Brooke-Wavell 2022 Strong, Steady and Straight"
* relatedArtifact[1].citation = "Brooke-Wavell 2022 Strong, Steady and Straight. Seen at: doi 10.1136/bjsports-2021-104634; eprints.soton.ac.uk/456586; blogs.bmj.com/bjsm/2023/10/30."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S22"
* relatedArtifact[2].display = "No high impact until fully healed and BMD better."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S38"
* relatedArtifact[3].display = "No premature jumping/plyometrics."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X09 "Running, high-impact aerobics"
* doNotPerform = true
* usage = "For the patient: No running and no high-impact classes for now. Each step lands hard on your spine. Walk briskly instead."

Instance: x10
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Rowing with a rounded back"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x10"
* version = "0.1.0"
* name = "X10"
* title = "Rowing with a rounded back"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: rowing machine with a rounded back — repetitive, weighted flexion. Instead: a seated band row with the trunk still (E19)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X10 "Rowing with a rounded back"
* doNotPerform = true
* usage = "For the patient: No rowing machine with a round back. It bends your spine again and again under load. Pull a band while sitting tall instead."

Instance: x11
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Heavy lift from the floor, behind-neck pull-down"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x11"
* version = "0.1.0"
* name = "X11"
* title = "Heavy lift from the floor, behind-neck pull-down"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: heavy lifts from the floor and pull-downs behind the neck — weighted flexion, load far from the body. Instead: take loads from waist height close to the body, and pull down in front to the chest (E30)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "TFTF"
* relatedArtifact[0].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[0].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[1].type = #documentation
* relatedArtifact[1].label = "LOADPATH"
* relatedArtifact[1].display = "Our engineering choice: no source fixes it"
* relatedArtifact[1].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S28"
* relatedArtifact[3].display = "6+ months: measured progressive resistance for extensors and large muscles."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X11 "Heavy lift from the floor, behind-neck pull-down"
* doNotPerform = true
* usage = "For the patient: Do not lift heavy things from the floor. Do not pull a bar behind your neck. Keep loads at waist height and close to you instead."

Instance: x12
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Fast golf, tennis or bowling swing"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x12"
* version = "0.1.0"
* name = "X12"
* title = "Fast golf, tennis or bowling swing"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: golf, tennis and bowling swings — rapid, repetitive, end-range twisting. Instead: short strokes with a turn of the whole body by stepping the feet round."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #documentation
* relatedArtifact[1].label = "LOADPATH"
* relatedArtifact[1].display = "Our engineering choice: no source fixes it"
* relatedArtifact[1].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X12 "Fast golf, tennis or bowling swing"
* doNotPerform = true
* usage = "For the patient: No fast golf, tennis or bowling swings for now. They whip your spine round. Step and turn your whole body instead."

Instance: x13
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Prone or weighted back exercise"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/x13"
* version = "0.1.0"
* name = "X13"
* title = "Prone or weighted back exercise"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "AVOID: exercises lying face down or with weight on the upper back — loaded extension before the fracture is stable. Instead: the lying realignment on the back (E02) and the seated press (E01)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "SIN10"
* relatedArtifact[1].display = "Probably: Sinaki 2010"
* relatedArtifact[1].citation = "Probably: Sinaki 2010. Seen at: doi 10.1007/s11914-010-0019-y. Probably the seed's [3]: the abstract has the same words."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S06"
* relatedArtifact[2].display = "Prone extension only after initial stabilisation (usually 6-12 wk)."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S07"
* relatedArtifact[3].display = "Resistance on the upper back only when fragility has resolved and pain permits."
* kind = #CommunicationRequest
* intent = #proposal
* code.coding[0] = https://loadpath.example/fhir/CodeSystem/movement-restriction#X13 "Prone or weighted back exercise"
* doNotPerform = true
* usage = "For the patient: Do not exercise on your belly yet. Put no weight on your upper back. Do your back work lying on your back or sitting instead."

Instance: n-calcium-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Calcium: supplement on hold"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-calcium-1"
* version = "0.1.0"
* name = "NCalcium1"
* title = "Calcium: supplement on hold"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Calcium: no supplement from this plan. The chart shows a reason for caution (hypercalcaemia, stones, advanced kidney disease, hyperparathyroidism or sarcoidosis): the clinician decides on intake and checks serum calcium."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S30"
* relatedArtifact[1].display = "Calcium 1,000-1,200 mg/day total, diet + supplement."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S33"
* relatedArtifact[2].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: calcium caution.\n\nFor the patient: Do not start calcium pills on your own. Your doctor will tell you how much calcium is right for you."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Calcium: supplement on hold"

Instance: n-calcium-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Calcium 1,200 mg a day in total"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-calcium-2"
* version = "0.1.0"
* name = "NCalcium2"
* title = "Calcium 1,200 mg a day in total"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Calcium 1,200 mg/day in total, diet first, supplement only for what the diet lacks (men from 71, women from 51 years)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "BHOF"
* relatedArtifact[0].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[0].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S30"
* relatedArtifact[1].display = "Calcium 1,000-1,200 mg/day total, diet + supplement."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S33"
* relatedArtifact[2].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: calcium older.\n\nFor the patient: Get 1,200 mg of calcium a day. Food comes first: milk, yogurt, cheese, greens. Take a pill only for what is missing."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Calcium 1,200 mg a day in total"

Instance: n-calcium-3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Calcium 1,000 mg a day in total"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-calcium-3"
* version = "0.1.0"
* name = "NCalcium3"
* title = "Calcium 1,000 mg a day in total"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Calcium 1,000 mg/day in total, diet first, supplement only for what the diet lacks (men before 71, women before 51 years)."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "BHOF"
* relatedArtifact[0].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[0].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S30"
* relatedArtifact[1].display = "Calcium 1,000-1,200 mg/day total, diet + supplement."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S33"
* relatedArtifact[2].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: calcium base.\n\nFor the patient: Get 1,000 mg of calcium a day. Food comes first: milk, yogurt, cheese, greens. Take a pill only for what is missing."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Calcium 1,000 mg a day in total"

Instance: n-calcium-4
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Calcium 1,000-1,200 mg a day in total"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-calcium-4"
* version = "0.1.0"
* name = "NCalcium4"
* title = "Calcium 1,000-1,200 mg a day in total"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Calcium 1,000-1,200 mg/day in total, diet first, supplement only for what the diet lacks; age or sex is not on record, so the whole range stands."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S30"
* relatedArtifact[1].display = "Calcium 1,000-1,200 mg/day total, diet + supplement."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S33"
* relatedArtifact[2].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Get 1,000 to 1,200 mg of calcium a day. Food comes first: milk, yogurt, cheese, greens. Take a pill only for what is missing."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Calcium 1,000-1,200 mg a day in total"

Instance: n-vitamin-d-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Vitamin D: stop supplements until reviewed"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-vitamin-d-1"
* version = "0.1.0"
* name = "NVitaminD1"
* title = "Vitamin D: stop supplements until reviewed"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "25-OH vitamin D is above 100 ng/mL: stop vitamin D supplements, check calcium and kidney function; the clinician decides when 800-1,000 IU/day may resume."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S31"
* relatedArtifact[1].display = "Vitamin D 800-1,000 IU/day minimum."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S33"
* relatedArtifact[2].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: vitamin_d possible toxicity.\n\nFor the patient: Stop your vitamin D pills for now. Your level is too high. Your doctor will tell you when to start again."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Vitamin D: stop supplements until reviewed"

Instance: n-vitamin-d-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Vitamin D: clinician confirms first"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-vitamin-d-2"
* version = "0.1.0"
* name = "NVitaminD2"
* title = "Vitamin D: clinician confirms first"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Vitamin D 800-1,000 IU/day only once the clinician has confirmed it: the chart shows a reason for caution with calcium."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S31"
* relatedArtifact[1].display = "Vitamin D 800-1,000 IU/day minimum."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S33"
* relatedArtifact[2].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: calcium caution.\n\nFor the patient: Ask your doctor before you take vitamin D pills."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Vitamin D: clinician confirms first"

Instance: n-vitamin-d-3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Vitamin D 800-1,000 IU a day; repletion dose by clinician"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-vitamin-d-3"
* version = "0.1.0"
* name = "NVitaminD3"
* title = "Vitamin D 800-1,000 IU a day; repletion dose by clinician"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Vitamin D 800-1,000 IU/day as the minimum. 25-OH vitamin D is below 12 ng/mL: the clinician sets the repletion dose."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "BHOF"
* relatedArtifact[1].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[1].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S31"
* relatedArtifact[2].display = "Vitamin D 800-1,000 IU/day minimum."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S32"
* relatedArtifact[3].display = "More if deficient; measure 25-OHD."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S33"
* relatedArtifact[4].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: vitamin_d severely deficient.\n\nFor the patient: Take 800 to 1,000 units of vitamin D a day. Your level is low. Your doctor will set the right dose for you."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Vitamin D 800-1,000 IU a day; repletion dose by clinician"

Instance: n-vitamin-d-4
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Vitamin D 800-1,000 IU a day; repletion dose by clinician"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-vitamin-d-4"
* version = "0.1.0"
* name = "NVitaminD4"
* title = "Vitamin D 800-1,000 IU a day; repletion dose by clinician"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Vitamin D 800-1,000 IU/day as the minimum. 25-OH vitamin D is below 20 ng/mL: the clinician sets the repletion dose."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "BHOF"
* relatedArtifact[1].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[1].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S31"
* relatedArtifact[2].display = "Vitamin D 800-1,000 IU/day minimum."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S32"
* relatedArtifact[3].display = "More if deficient; measure 25-OHD."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S33"
* relatedArtifact[4].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: vitamin_d deficient.\n\nFor the patient: Take 800 to 1,000 units of vitamin D a day. Your level is low. Your doctor will set the right dose for you."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Vitamin D 800-1,000 IU a day; repletion dose by clinician"

Instance: n-vitamin-d-5
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Vitamin D 800-1,000 IU a day"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-vitamin-d-5"
* version = "0.1.0"
* name = "NVitaminD5"
* title = "Vitamin D 800-1,000 IU a day"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Vitamin D 800-1,000 IU/day as the minimum. 25-OH vitamin D is below the target of 30 ng/mL: the clinician decides whether more is needed."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "BHOF"
* relatedArtifact[1].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[1].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S31"
* relatedArtifact[2].display = "Vitamin D 800-1,000 IU/day minimum."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S32"
* relatedArtifact[3].display = "More if deficient; measure 25-OHD."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S33"
* relatedArtifact[4].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: vitamin_d insufficient.\n\nFor the patient: Take 800 to 1,000 units of vitamin D a day. Your level is low. Your doctor will set the right dose for you."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Vitamin D 800-1,000 IU a day"

Instance: n-vitamin-d-6
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Vitamin D: no more than now"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-vitamin-d-6"
* version = "0.1.0"
* name = "NVitaminD6"
* title = "Vitamin D: no more than now"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "25-OH vitamin D is above the target of 50 ng/mL: 800-1,000 IU/day from all sources is enough, the clinician reviews what is taken now."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "BHOF"
* relatedArtifact[0].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[0].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S31"
* relatedArtifact[1].display = "Vitamin D 800-1,000 IU/day minimum."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S33"
* relatedArtifact[2].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: vitamin_d above target.\n\nFor the patient: Your vitamin D is high enough. Tell your doctor which pills you take. 800 to 1,000 units a day is plenty."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Vitamin D: no more than now"

Instance: n-vitamin-d-7
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Vitamin D 800-1,000 IU a day"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-vitamin-d-7"
* version = "0.1.0"
* name = "NVitaminD7"
* title = "Vitamin D 800-1,000 IU a day"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Vitamin D 800-1,000 IU/day as the minimum, from all sources."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S31"
* relatedArtifact[1].display = "Vitamin D 800-1,000 IU/day minimum."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S33"
* relatedArtifact[2].display = "Calcium + vitamin D together beat either alone."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Take 800 to 1,000 units of vitamin D a day."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Vitamin D 800-1,000 IU a day"

Instance: n-energy
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Energy intake"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-energy"
* version = "0.1.0"
* name = "NEnergy"
* title = "Energy intake"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Enough energy and protein to cover the training: low energy availability stops bone adaptation. Weigh monthly."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S29"
* relatedArtifact[1].display = "Nutrition is non-negotiable: low energy availability stops bone adaptation."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Eat enough to cover your training. Check your weight once a month. Tell us if you lose weight."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Energy intake"

Instance: n-dietitian-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Dietitian referral suggested: eating disorder"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-dietitian-1"
* version = "0.1.0"
* name = "NDietitian1"
* title = "Dietitian referral suggested: eating disorder"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "An eating disorder is recorded: refer to a dietitian together with the treating team."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S29"
* relatedArtifact[1].display = "Nutrition is non-negotiable: low energy availability stops bone adaptation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: eating disorder.\n\nFor the patient: Your care team and a dietitian can help you eat enough for strong bones."
* code.coding[0] = http://snomed.info/sct#103699006 "Patient referral to dietitian"
* code.text = "Dietitian referral suggested: eating disorder"

Instance: n-dietitian-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Dietitian referral suggested: weight loss"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-dietitian-2"
* version = "0.1.0"
* name = "NDietitian2"
* title = "Dietitian referral suggested: weight loss"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Abnormal weight loss is recorded: look for the cause and refer to a dietitian."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S29"
* relatedArtifact[1].display = "Nutrition is non-negotiable: low energy availability stops bone adaptation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: weight loss.\n\nFor the patient: You have lost weight. A dietitian can help you eat enough for strong bones."
* code.coding[0] = http://snomed.info/sct#103699006 "Patient referral to dietitian"
* code.text = "Dietitian referral suggested: weight loss"

Instance: n-dietitian-3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Dietitian referral suggested: malnutrition"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-dietitian-3"
* version = "0.1.0"
* name = "NDietitian3"
* title = "Dietitian referral suggested: malnutrition"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Malnutrition is recorded: refer to a dietitian; energy intake before load is increased."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S29"
* relatedArtifact[1].display = "Nutrition is non-negotiable: low energy availability stops bone adaptation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: malnutrition.\n\nFor the patient: Your body needs more food. A dietitian can help you eat enough for strong bones."
* code.coding[0] = http://snomed.info/sct#103699006 "Patient referral to dietitian"
* code.text = "Dietitian referral suggested: malnutrition"

Instance: n-dietitian-4
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Dietitian referral suggested"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-dietitian-4"
* version = "0.1.0"
* name = "NDietitian4"
* title = "Dietitian referral suggested"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Low energy availability is likely (underweight or BMI below 18.5 kg/m2): refer to a dietitian; energy intake before load is increased."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S29"
* relatedArtifact[1].display = "Nutrition is non-negotiable: low energy availability stops bone adaptation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: low energy availability.\n\nFor the patient: Your weight is low. A dietitian can help you eat enough for strong bones."
* code.coding[0] = http://snomed.info/sct#103699006 "Patient referral to dietitian"
* code.text = "Dietitian referral suggested"

Instance: n-tobacco-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Stop tobacco: offer treatment"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-tobacco-1"
* version = "0.1.0"
* name = "NTobacco1"
* title = "Stop tobacco: offer treatment"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Tobacco use is recorded: offer cessation treatment."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S34"
* relatedArtifact[1].display = "Avoid tobacco."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: tobacco.\n\nFor the patient: Tobacco harms your bones. We can help you quit."
* code.coding[0] = http://snomed.info/sct#710081004 "Smoking cessation therapy"
* code.text = "Stop tobacco: offer treatment"

Instance: n-tobacco-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "No tobacco"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-tobacco-2"
* version = "0.1.0"
* name = "NTobacco2"
* title = "No tobacco"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Stay away from tobacco."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S34"
* relatedArtifact[1].display = "Avoid tobacco."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Tobacco harms your bones."
* code.coding[0] = http://snomed.info/sct#225323000 "Smoking cessation education"
* code.text = "No tobacco"

Instance: n-alcohol-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Cut down alcohol: counselling"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-alcohol-1"
* version = "0.1.0"
* name = "NAlcohol1"
* title = "Cut down alcohol: counselling"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "More than 16 grams of alcohol a day or an alcohol problem is recorded: counsel to cut down and offer treatment."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "NOGG"
* relatedArtifact[1].display = "Section 5 non-pharmacological"
* relatedArtifact[1].citation = "Section 5 non-pharmacological. Seen at: nogg.org.uk/full-guideline/section-5-non-pharmacological-management-osteoporosis."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S35"
* relatedArtifact[2].display = "Limit alcohol."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: alcohol high.\n\nFor the patient: Much alcohol harms bone. Less is better. We can help you cut down."
* code.coding[0] = http://snomed.info/sct#413473000 "Counseling about alcohol consumption"
* code.text = "Cut down alcohol: counselling"

Instance: n-alcohol-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Limit alcohol"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/n-alcohol-2"
* version = "0.1.0"
* name = "NAlcohol2"
* title = "Limit alcohol"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Keep alcohol low; none is best for bone and balance."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "NOGG"
* relatedArtifact[1].display = "Section 5 non-pharmacological"
* relatedArtifact[1].citation = "Section 5 non-pharmacological. Seen at: nogg.org.uk/full-guideline/section-5-non-pharmacological-management-osteoporosis."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S35"
* relatedArtifact[2].display = "Limit alcohol."
* kind = #NutritionOrder
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Much alcohol harms bone. Less is better."
* code.coding[0] = http://snomed.info/sct#413473000 "Counseling about alcohol consumption"
* code.text = "Limit alcohol"

Instance: ed10
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Stay active, without fear"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed10"
* version = "0.1.0"
* name = "Ed10"
* title = "Stay active, without fear"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Encourage activity: name what is safe before what is not; fear of movement costs strength and balance."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S36"
* relatedArtifact[2].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Stay active. Your back gets stronger when you use it well. Most daily moves are safe once you know how."
* code.coding[0] = http://snomed.info/sct#311401005 "Patient education"
* code.text = "Stay active, without fear"

Instance: ed2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Hinge, squat, step-turn, log roll"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed2"
* version = "0.1.0"
* name = "Ed2"
* title = "Hinge, squat, step-turn, log roll"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Practise hip hinge, squat to reach, step-turn and log roll until independent in daily tasks."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "TFTF"
* relatedArtifact[0].display = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015"
* relatedArtifact[0].citation = "Giangregorio 2014 + Table 4 dosing (daily balance 15-20 min, strength ≥2 d, 8-12 reps, form over intensity with VF, extensor holds 3-5 s 5-10 min daily, spine sparing); Delphi 2015. Seen at: PMC5101068/table/T4; doi 10.1007/s00198-013-2523-2; 10.1007/s00198-014-2881-4."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S04"
* relatedArtifact[1].display = "No flexion, twisting or end-range movement that loads the healing fracture."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Learn four moves: push your hips back, squat to reach, turn with your feet, and roll like a log."
* code.coding[0] = http://snomed.info/sct#304507003 "Exercise education"
* code.text = "Hinge, squat, step-turn, log roll"

Instance: ed1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Which movements, and which qualities of movement, to change"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed1"
* version = "0.1.0"
* name = "Ed1"
* title = "Which movements, and which qualities of movement, to change"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Teach the five qualities that load the fracture (rapid, repetitive, sustained, weighted, end-range) for flexion and for twisting, each with what to do instead: hinge, squat, step round."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S20"
* relatedArtifact[2].display = "Avoid rapid, repetitive, sustained, weighted or end-range flexion/twist, above all in the first 6-12 months."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S36"
* relatedArtifact[3].display = "Name the movements to change and what to do instead; a blanket ban on moving the back is never written."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Moving is safe and good for you. Only some ways of moving load your spine too much: fast, over and over, for a long time, with weight, or as far as you can go. Hinge at your hips, squat, and turn with your feet instead."
* code.coding[0] = http://snomed.info/sct#304507003 "Exercise education"
* code.text = "Which movements, and which qualities of movement, to change"

Instance: ed3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Red-flag symptoms"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed3"
* version = "0.1.0"
* name = "Ed3"
* title = "Red-flag symptoms"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "When to call: what is an emergency, what is told the same day and what at the next visit, in the words of the patient's sheet; practice the emergency words at the first visit."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "IFOMPT"
* relatedArtifact[1].display = "Finucane 2020 red flags"
* relatedArtifact[1].citation = "Finucane 2020 red flags. Seen at: doi 10.2519/jospt.2020.9971."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S42"
* relatedArtifact[2].display = "Recent fracture means caution first; progression on clinical healing; core prescription unchanged."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Call 911 or go to the emergency room NOW if: you cannot pass urine, or you cannot control your bladder or bowels; you feel numb between your legs or around your bottom; a leg gets weak or your foot drops; you have sudden, very bad new back pain; or you have chest pain, trouble breathing, or you pass out."
* code.coding[0] = http://snomed.info/sct#311401005 "Patient education"
* code.text = "Red-flag symptoms"

Instance: ed4
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Walking is extra"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed4"
* version = "0.1.0"
* name = "Ed4"
* title = "Walking is extra"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Walking limits loss but does not build bone; it supplements and does not replace resistance and balance work."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S11"
* relatedArtifact[1].display = "Resistance is essential; walking or low-intensity work cannot replace it."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S24"
* relatedArtifact[2].display = "Walking may supplement, not replace."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S37"
* relatedArtifact[3].display = "Walking alone limits loss but does not build bone."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Walking is good for you, but it does not build bone. You need the strength and balance work as well."
* code.coding[0] = http://snomed.info/sct#304507003 "Exercise education"
* code.text = "Walking is extra"

Instance: ed5
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Why 60 minutes, 2-3 times a week, 7-12 months"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed5"
* version = "0.1.0"
* name = "Ed5"
* title = "Why 60 minutes, 2-3 times a week, 7-12 months"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Bone answers slowly: sessions of 60 minutes, 2-3 a week with rest days, for at least 7 and better 12 months; less gives little gain."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S15"
* relatedArtifact[1].display = "≥ 60 min per session."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S16"
* relatedArtifact[2].display = "2-3 sessions per week."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S17"
* relatedArtifact[3].display = "≥ 7 months, ideally 12+."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S18"
* relatedArtifact[4].display = "Alternate days (24 h+ rest)."
* relatedArtifact[5].type = #justification
* relatedArtifact[5].label = "S19"
* relatedArtifact[5].display = "< 7 months or < 2/wk gives little BMD gain."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Bone grows slowly. The full program is 60 minutes, 2 to 3 times a week, for at least 7 months. A full year is better."
* code.coding[0] = http://snomed.info/sct#304507003 "Exercise education"
* code.text = "Why 60 minutes, 2-3 times a week, 7-12 months"

Instance: ed7
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Falls at home"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed7"
* version = "0.1.0"
* name = "Ed7"
* title = "Falls at home"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Light, loose rugs, rails, footwear, eyesight, medicines that make drowsy: walk through the home and correct."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S12"
* relatedArtifact[1].display = "Chair stands, squats, step-ups to cut falls."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S13"
* relatedArtifact[2].display = "Balance ≥ twice weekly prevents falls, improves function."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Make your home safe. Clear loose rugs. Use good lights and rails. Wear firm shoes."
* code.coding[0] = http://snomed.info/sct#311401005 "Patient education"
* code.text = "Falls at home"

Instance: ed8
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Eat enough; calcium and vitamin D together"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed8"
* version = "0.1.0"
* name = "Ed8"
* title = "Eat enough; calcium and vitamin D together"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Low energy availability stops bone adaptation; calcium and vitamin D together do better than either alone."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S29"
* relatedArtifact[1].display = "Nutrition is non-negotiable: low energy availability stops bone adaptation."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S33"
* relatedArtifact[2].display = "Calcium + vitamin D together beat either alone."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Eat enough. Bone cannot grow when you are short of food. Calcium and vitamin D work best as a pair."
* code.coding[0] = http://snomed.info/sct#11816003 "Diet education"
* code.text = "Eat enough; calcium and vitamin D together"

Instance: ed9
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Tobacco and alcohol"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed9"
* version = "0.1.0"
* name = "Ed9"
* title = "Tobacco and alcohol"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Tobacco and much alcohol harm bone; offer help to stop or cut down."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "NOGG"
* relatedArtifact[1].display = "Section 5 non-pharmacological"
* relatedArtifact[1].citation = "Section 5 non-pharmacological. Seen at: nogg.org.uk/full-guideline/section-5-non-pharmacological-management-osteoporosis."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S34"
* relatedArtifact[2].display = "Avoid tobacco."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S35"
* relatedArtifact[3].display = "Limit alcohol."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Smoking harms bone. So does much alcohol. We can help you to stop or cut down."
* code.coding[0] = http://snomed.info/sct#311401005 "Patient education"
* code.text = "Tobacco and alcohol"

Instance: ed6
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Yoga and Pilates: what changes"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ed6"
* version = "0.1.0"
* name = "Ed6"
* title = "Yoga and Pilates: what changes"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Forward folds, roll-downs, plough and end-range twists are replaced by hinge, bridge and stepping round, with an instructor trained in osteoporosis precautions."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "OC23"
* relatedArtifact[1].display = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of"
* relatedArtifact[1].citation = "Probably: Osteoporosis Canada 2023 (CMAJ) Table 2: balance+functional ≥2/wk strong; PRT ≥2/wk conditional; others in addition to, not instead of. Seen at: PMC10610956; osteoporosis.ca/too-fit-to-fracture. The seed's [5] has the wording of its Table 2."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S23"
* relatedArtifact[2].display = "Yoga/Pilates: remove flexion poses."
* kind = #CommunicationRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: You can do yoga or Pilates with a long back. Tell the teacher about your fracture. Skip deep forward folds, roll-downs and deep twists."
* code.coding[0] = http://snomed.info/sct#304507003 "Exercise education"
* code.text = "Yoga and Pilates: what changes"

Instance: f-25ohd-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Check 25-OH vitamin D and calcium now"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-25ohd-1"
* version = "0.1.0"
* name = "F25ohd1"
* title = "Check 25-OH vitamin D and calcium now"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Check 25-OH vitamin D, serum calcium and kidney function now: the level is above 100 ng/mL."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S32"
* relatedArtifact[1].display = "More if deficient; measure 25-OHD."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: vitamin_d possible toxicity.\n\nFor the patient: Your vitamin D is too high. You need a blood test soon."
* code.coding[0] = http://loinc.org#62292-8 "25-hydroxyvitamin D2+D3, mass"
* code.text = "Check 25-OH vitamin D and calcium now"

Instance: f-25ohd-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Check 25-OH vitamin D"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-25ohd-2"
* version = "0.1.0"
* name = "F25ohd2"
* title = "Check 25-OH vitamin D"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Check 25-OH vitamin D: no usable result in the chart. Dose beyond 800-1,000 IU/day follows the result."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S32"
* relatedArtifact[1].display = "More if deficient; measure 25-OHD."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: vitamin_d missing.\n\nFor the patient: You need a blood test for vitamin D."
* code.coding[0] = http://loinc.org#62292-8 "25-hydroxyvitamin D2+D3, mass"
* code.text = "Check 25-OH vitamin D"

Instance: f-25ohd-3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Check 25-OH vitamin D"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-25ohd-3"
* version = "0.1.0"
* name = "F25ohd3"
* title = "Check 25-OH vitamin D"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Check 25-OH vitamin D: the newest result is more than 12 months old."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S32"
* relatedArtifact[1].display = "More if deficient; measure 25-OHD."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: vitd stale.\n\nFor the patient: Your last vitamin D test is old. You need a new blood test."
* code.coding[0] = http://loinc.org#62292-8 "25-hydroxyvitamin D2+D3, mass"
* code.text = "Check 25-OH vitamin D"

Instance: f-25ohd-4
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Check 25-OH vitamin D again at 3 months"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-25ohd-4"
* version = "0.1.0"
* name = "F25ohd4"
* title = "Check 25-OH vitamin D again at 3 months"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Check 25-OH vitamin D again 3 months after the clinician has set the repletion dose; below 12 ng/mL also ask for the cause."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "BHOF"
* relatedArtifact[1].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[1].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S32"
* relatedArtifact[2].display = "More if deficient; measure 25-OHD."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: vitamin_d severely deficient.\n\nFor the patient: You need a new vitamin D blood test in 3 months."
* code.coding[0] = http://loinc.org#62292-8 "25-hydroxyvitamin D2+D3, mass"
* code.text = "Check 25-OH vitamin D again at 3 months"

Instance: f-25ohd-5
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Check 25-OH vitamin D again at 3 months"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-25ohd-5"
* version = "0.1.0"
* name = "F25ohd5"
* title = "Check 25-OH vitamin D again at 3 months"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Check 25-OH vitamin D again 3 months after the clinician has set the repletion dose."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "BHOF"
* relatedArtifact[1].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[1].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S32"
* relatedArtifact[2].display = "More if deficient; measure 25-OHD."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: vitamin_d deficient.\n\nFor the patient: You need a new vitamin D blood test in 3 months."
* code.coding[0] = http://loinc.org#62292-8 "25-hydroxyvitamin D2+D3, mass"
* code.text = "Check 25-OH vitamin D again at 3 months"

Instance: f-25ohd-6
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Check 25-OH vitamin D again at 3 months"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-25ohd-6"
* version = "0.1.0"
* name = "F25ohd6"
* title = "Check 25-OH vitamin D again at 3 months"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Check 25-OH vitamin D again at 3 months: target 30-50 ng/mL."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "BHOF"
* relatedArtifact[1].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[1].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S32"
* relatedArtifact[2].display = "More if deficient; measure 25-OHD."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: vitamin_d insufficient.\n\nFor the patient: You need a new vitamin D blood test in 3 months."
* code.coding[0] = http://loinc.org#62292-8 "25-hydroxyvitamin D2+D3, mass"
* code.text = "Check 25-OH vitamin D again at 3 months"

Instance: f-dxa-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Bone density scan (DXA)"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-dxa-1"
* version = "0.1.0"
* name = "FDxa1"
* title = "Bone density scan (DXA)"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "DXA suggested: the chart holds no usable bone density. Ask for hip and femoral neck as well as spine. Caution does not wait for it."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "ISCD"
* relatedArtifact[1].display = "2023 Adult Official Positions; \"fewer than four vertebrae\" 2023; spine discordance"
* relatedArtifact[1].citation = "2023 Adult Official Positions; \"fewer than four vertebrae\" 2023; spine discordance. Seen at: iscd.org/official-positions-2023; iscd.org/?p=15113; doi JCD 2024 27:101436. Least significant changes and the rule for the third radius are from memory: verify."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S45"
* relatedArtifact[2].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: no bmd data.\n\nFor the patient: You need a bone scan. It does not hurt."
* code.coding[0] = http://snomed.info/sct#312681000 "Bone density scan"
* code.text = "Bone density scan (DXA)"

Instance: f-dxa-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Bone density scan (DXA) of the hip"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-dxa-2"
* version = "0.1.0"
* name = "FDxa2"
* title = "Bone density scan (DXA) of the hip"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "DXA of hip and femoral neck suggested: the spine reading includes a fractured vertebra, cement or metal and is not reliable."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "ISCD"
* relatedArtifact[0].display = "2023 Adult Official Positions; \"fewer than four vertebrae\" 2023; spine discordance"
* relatedArtifact[0].citation = "2023 Adult Official Positions; \"fewer than four vertebrae\" 2023; spine discordance. Seen at: iscd.org/official-positions-2023; iscd.org/?p=15113; doi JCD 2024 27:101436. Least significant changes and the rule for the third radius are from memory: verify."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S45"
* relatedArtifact[1].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: ls unreliable.\n\nFor the patient: You need a bone scan of your hip. The scan of your spine cannot be trusted after a fracture."
* code.coding[0] = http://snomed.info/sct#312681000 "Bone density scan"
* code.text = "Bone density scan (DXA) of the hip"

Instance: f-dxa-3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Bone density scan (DXA) of hip and spine"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-dxa-3"
* version = "0.1.0"
* name = "FDxa3"
* title = "Bone density scan (DXA) of hip and spine"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "DXA of hip and spine suggested: the reading in the chart is of a site that does not classify bone density."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "ISCD"
* relatedArtifact[0].display = "2023 Adult Official Positions; \"fewer than four vertebrae\" 2023; spine discordance"
* relatedArtifact[0].citation = "2023 Adult Official Positions; \"fewer than four vertebrae\" 2023; spine discordance. Seen at: iscd.org/official-positions-2023; iscd.org/?p=15113; doi JCD 2024 27:101436. Least significant changes and the rule for the third radius are from memory: verify."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S45"
* relatedArtifact[1].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: dxa site invalid.\n\nFor the patient: You need a bone scan of your hip and spine."
* code.coding[0] = http://snomed.info/sct#312681000 "Bone density scan"
* code.text = "Bone density scan (DXA) of hip and spine"

Instance: f-dxa-4
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Repeat bone density scan (DXA)"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-dxa-4"
* version = "0.1.0"
* name = "FDxa4"
* title = "Repeat bone density scan (DXA)"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Repeat DXA suggested: the newest valid scan is more than 24 months old or older than the fracture; same scanner where possible."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "ESM"
* relatedArtifact[0].display = "Watts 2012 Osteoporosis in Men"
* relatedArtifact[0].citation = "Watts 2012 Osteoporosis in Men. Seen at: pubmed 22675062; endocrine.org."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S45"
* relatedArtifact[1].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: stale dxa.\n\nFor the patient: Your last bone scan is old. You need a new one."
* code.coding[0] = http://snomed.info/sct#312681000 "Bone density scan"
* code.text = "Repeat bone density scan (DXA)"

Instance: f-healing-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Healing check: is the fracture stable?"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-healing-1"
* version = "0.1.0"
* name = "FHealing1"
* title = "Healing check: is the fracture stable?"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Confirm stability (examination, imaging or the surgeon's word): the calendar is past the INITIAL phase, the chart holds no evidence of stability, so the plan stays at INITIAL."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S42"
* relatedArtifact[1].display = "Recent fracture means caution first; progression on clinical healing; core prescription unchanged."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: confirm stability.\n\nFor the patient: We need to check if your fracture is stable. Then you can do more."
* code.coding[0] = http://snomed.info/sct#386053000 "Evaluation procedure (procedure)"
* code.text = "Healing check: is the fracture stable?"

Instance: f-healing-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Healing check: has the fracture healed?"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-healing-2"
* version = "0.1.0"
* name = "FHealing2"
* title = "Healing check: has the fracture healed?"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Confirm healing (examination, imaging or the surgeon's word): the calendar allows the ADVANCED phase, the chart holds no evidence of healing."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S42"
* relatedArtifact[1].display = "Recent fracture means caution first; progression on clinical healing; core prescription unchanged."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: confirm healing.\n\nFor the patient: We need to check if your fracture has healed. Then you can do more."
* code.coding[0] = http://snomed.info/sct#386053000 "Evaluation procedure (procedure)"
* code.text = "Healing check: has the fracture healed?"

Instance: f-healing-3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Healing check: delayed healing"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-healing-3"
* version = "0.1.0"
* name = "FHealing3"
* title = "Healing check: delayed healing"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Delayed healing is recorded: imaging and a spine specialist's opinion before any step up."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S42"
* relatedArtifact[1].display = "Recent fracture means caution first; progression on clinical healing; core prescription unchanged."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: delayed healing.\n\nFor the patient: Your fracture heals slowly. We need to check it before you do more."
* code.coding[0] = http://snomed.info/sct#386053000 "Evaluation procedure (procedure)"
* code.text = "Healing check: delayed healing"

Instance: f-onset
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Record the date of the fracture"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-onset"
* version = "0.1.0"
* name = "FOnset"
* title = "Record the date of the fracture"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Record the date of the fracture: without it the plan stays at INITIAL and prone exercise stays blocked."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S26"
* relatedArtifact[1].display = "0-3 months: pain control, positioning, gentle core activation."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S42"
* relatedArtifact[2].display = "Recent fracture means caution first; progression on clinical healing; core prescription unchanged."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: onset unknown.\n\nFor the patient: Tell us when your back broke, as well as you can recall."
* code.text = "Record the date of the fracture"

Instance: f-bone-treatment-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Check that the bone drug continues"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-bone-treatment-1"
* version = "0.1.0"
* name = "FBoneTreatment1"
* title = "Check that the bone drug continues"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "On record is a bone drug: check that it is taken and continues."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "BHOF"
* relatedArtifact[0].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[0].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S45"
* relatedArtifact[1].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: treated.\n\nFor the patient: Keep taking your bone medicine as your doctor told you."
* code.text = "Check that the bone drug continues"

Instance: f-bone-treatment-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Evaluate for drug therapy of osteoporosis"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-bone-treatment-2"
* version = "0.1.0"
* name = "FBoneTreatment2"
* title = "Evaluate for drug therapy of osteoporosis"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Evaluate for drug therapy: a low-trauma vertebral fracture at 50 or older counts as osteoporosis whatever the T-score, if low trauma is confirmed."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "BHOF"
* relatedArtifact[0].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[0].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "NBHA"
* relatedArtifact[1].display = "Siris 2014 clinical diagnosis of osteoporosis"
* relatedArtifact[1].citation = "Siris 2014 clinical diagnosis of osteoporosis. Seen at: doi 10.1007/s00198-014-2655-z."
* relatedArtifact[2].type = #citation
* relatedArtifact[2].label = "ESM"
* relatedArtifact[2].display = "Watts 2012 Osteoporosis in Men"
* relatedArtifact[2].citation = "Watts 2012 Osteoporosis in Men. Seen at: pubmed 22675062; endocrine.org."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S45"
* relatedArtifact[3].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: clinical osteoporosis.\n\nFor the patient: Talk with your doctor about medicine that makes bones stronger."
* code.text = "Evaluate for drug therapy of osteoporosis"

Instance: f-bone-treatment-3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Evaluate for drug therapy of osteoporosis"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-bone-treatment-3"
* version = "0.1.0"
* name = "FBoneTreatment3"
* title = "Evaluate for drug therapy of osteoporosis"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Evaluate for drug therapy: osteoporosis by code or bone density."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "BHOF"
* relatedArtifact[0].display = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory)"
* relatedArtifact[0].citation = "LeBoff 2022 Clinician's Guide, Osteoporos Int 33:2049 (calcium by age/sex, vitamin D 800-1000, ≥30 to ≤50 ng/mL read in synopsis; diagnostic clause \"vertebral fracture regardless of BMD\" from memory). Seen at: link.springer.com/doi/10.1007/s00198-021-05900-y; PMC9546973. The diagnostic clause (vertebral fracture whatever the density) is from memory: verify."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "ESM"
* relatedArtifact[1].display = "Watts 2012 Osteoporosis in Men"
* relatedArtifact[1].citation = "Watts 2012 Osteoporosis in Men. Seen at: pubmed 22675062; endocrine.org."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S45"
* relatedArtifact[2].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: osteoporosis.\n\nFor the patient: Talk with your doctor about medicine that makes bones stronger."
* code.text = "Evaluate for drug therapy of osteoporosis"

Instance: f-med-clearance
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Medical clearance before walking and stairs"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-med-clearance"
* version = "0.1.0"
* name = "FMedClearance"
* title = "Medical clearance before walking and stairs"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Medical clearance is needed (heart, blood pressure or aorta) before walking bouts and stair climbing begin."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S24"
* relatedArtifact[1].display = "Walking may supplement, not replace."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: med clearance.\n\nFor the patient: Ask your doctor if your heart is fit for walking and stairs."
* code.text = "Medical clearance before walking and stairs"

Instance: f-surgeon
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Surgeon's clearance"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-surgeon"
* version = "0.1.0"
* name = "FSurgeon"
* title = "Surgeon's clearance"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Spine surgery within 12 months: agree each step up with the surgeon. Without the surgeon's clearance on record the plan stays at INITIAL and prone exercise stays blocked."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S42"
* relatedArtifact[1].display = "Recent fracture means caution first; progression on clinical healing; core prescription unchanged."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: post fusion clearance.\n\nFor the patient: Your surgeon needs to say when you can do more."
* code.text = "Surgeon's clearance"

Instance: f-pain-1
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Pain review"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-pain-1"
* version = "0.1.0"
* name = "FPain1"
* title = "Pain review"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Pain is 7 or more out of 10: look for red flags and review pain treatment before any step up."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S26"
* relatedArtifact[1].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: pain at least 7.\n\nFor the patient: Your pain is high. We want to find out why before you do more."
* code.text = "Pain review"

Instance: f-pain-2
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Pain review"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-pain-2"
* version = "0.1.0"
* name = "FPain2"
* title = "Pain review"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Pain is 4-6 out of 10: review pain treatment; no step up until it is 3 or less."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S26"
* relatedArtifact[1].display = "0-3 months: pain control, positioning, gentle core activation."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: pain at least 4.\n\nFor the patient: Your pain should be 3 or less before you do more."
* code.text = "Pain review"

Instance: f-reeval-3
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Re-evaluation at 3 months"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-reeval-3"
* version = "0.1.0"
* name = "FReeval3"
* title = "Re-evaluation at 3 months"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Physical therapy re-evaluation 3 months after the start: pain, balance, progress, phase."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S25"
* relatedArtifact[1].display = "Must be supervised by a PT or trained specialist who knows osteoporosis precautions."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S42"
* relatedArtifact[2].display = "Recent fracture means caution first; progression on clinical healing; core prescription unchanged."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Your therapist checks your progress after 3 months."
* code.coding[0] = http://snomed.info/sct#410158009 "Physical therapy assessment"
* code.text = "Re-evaluation at 3 months"

Instance: f-reeval-6
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Re-evaluation at 6 months"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-reeval-6"
* version = "0.1.0"
* name = "FReeval6"
* title = "Re-evaluation at 6 months"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Physical therapy re-evaluation 6 months after the start: pain, balance, posture, progress, phase."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S25"
* relatedArtifact[1].display = "Must be supervised by a PT or trained specialist who knows osteoporosis precautions."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S42"
* relatedArtifact[2].display = "Recent fracture means caution first; progression on clinical healing; core prescription unchanged."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Your therapist checks your progress after 6 months."
* code.coding[0] = http://snomed.info/sct#410158009 "Physical therapy assessment"
* code.text = "Re-evaluation at 6 months"

Instance: f-reeval-12
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Re-evaluation at 12 months"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/f-reeval-12"
* version = "0.1.0"
* name = "FReeval12"
* title = "Re-evaluation at 12 months"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Physical therapy re-evaluation 12 months after the start: goals met, what continues at home."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S17"
* relatedArtifact[1].display = "≥ 7 months, ideally 12+."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S25"
* relatedArtifact[2].display = "Must be supervised by a PT or trained specialist who knows osteoporosis precautions."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: always.\n\nFor the patient: Your therapist checks your progress after 12 months."
* code.coding[0] = http://snomed.info/sct#410158009 "Physical therapy assessment"
* code.text = "Re-evaluation at 12 months"

Instance: ref-cauda-equina
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Emergency: possible cauda equina"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-cauda-equina"
* version = "0.1.0"
* name = "RefCaudaEquina"
* title = "Emergency: possible cauda equina"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Emergency referral now to spine surgery: cauda equina syndrome is recorded. No exercise is proposed."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "IFOMPT"
* relatedArtifact[0].display = "Finucane 2020 red flags"
* relatedArtifact[0].citation = "Finucane 2020 red flags. Seen at: doi 10.2519/jospt.2020.9971."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "ACR"
* relatedArtifact[1].display = "Appropriateness Criteria VCF 2018/2022 (pain usually improves over 2-12 wk)"
* relatedArtifact[1].citation = "Appropriateness Criteria VCF 2018/2022 (pain usually improves over 2-12 wk). Seen at: docslib 4714486; scholars.uab.edu pub2282779."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S43"
* relatedArtifact[2].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: cauda equina, without a plan.\n\nFor the patient: You need to be seen at the hospital now."
* code.text = "Emergency: possible cauda equina"

Instance: ref-neuro
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Emergency: new neurological deficit"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-neuro"
* version = "0.1.0"
* name = "RefNeuro"
* title = "Emergency: new neurological deficit"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Emergency referral now to spine surgery: a new neurological deficit is recorded. No exercise is proposed."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "IFOMPT"
* relatedArtifact[0].display = "Finucane 2020 red flags"
* relatedArtifact[0].citation = "Finucane 2020 red flags. Seen at: doi 10.2519/jospt.2020.9971."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "ACR"
* relatedArtifact[1].display = "Appropriateness Criteria VCF 2018/2022 (pain usually improves over 2-12 wk)"
* relatedArtifact[1].citation = "Appropriateness Criteria VCF 2018/2022 (pain usually improves over 2-12 wk). Seen at: docslib 4714486; scholars.uab.edu pub2282779."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S43"
* relatedArtifact[2].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: neuro red flag, without a plan.\n\nFor the patient: You need to be seen at the hospital now."
* code.text = "Emergency: new neurological deficit"

Instance: ref-unstable
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Urgent: unstable fracture"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-unstable"
* version = "0.1.0"
* name = "RefUnstable"
* title = "Urgent: unstable fracture"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Urgent referral to spine surgery: the fracture is recorded as unstable or open. No exercise is proposed."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "AO-OF"
* relatedArtifact[0].display = "AO Spine-DGOU pocket card: OF1-5, score 0-5 conservative, 6 either, > 6 surgery"
* relatedArtifact[0].citation = "AO Spine-DGOU pocket card: OF1-5, score 0-5 conservative, 6 either, > 6 surgery. Seen at: scribd 603776629; pubmed 30210960."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S43"
* relatedArtifact[1].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: unstable fracture, without a plan.\n\nFor the patient: A spine surgeon needs to see you soon."
* code.text = "Urgent: unstable fracture"

Instance: ref-nonunion
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Surgeon: fracture has not united"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-nonunion"
* version = "0.1.0"
* name = "RefNonunion"
* title = "Surgeon: fracture has not united"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Referral to the surgeon: nonunion is recorded. No exercise is proposed."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S43"
* relatedArtifact[1].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: nonunion, without a plan.\n\nFor the patient: A spine surgeon needs to see you. The fracture has not grown together."
* code.text = "Surgeon: fracture has not united"

Instance: ref-pathological
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Oncology: pathological fracture"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-pathological"
* version = "0.1.0"
* name = "RefPathological"
* title = "Oncology: pathological fracture"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Referral to oncology: the fracture is recorded as pathological. No exercise is proposed."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "IFOMPT"
* relatedArtifact[0].display = "Finucane 2020 red flags"
* relatedArtifact[0].citation = "Finucane 2020 red flags. Seen at: doi 10.2519/jospt.2020.9971."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "ACR"
* relatedArtifact[1].display = "Appropriateness Criteria VCF 2018/2022 (pain usually improves over 2-12 wk)"
* relatedArtifact[1].citation = "Appropriateness Criteria VCF 2018/2022 (pain usually improves over 2-12 wk). Seen at: docslib 4714486; scholars.uab.edu pub2282779."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S43"
* relatedArtifact[2].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: pathological fracture, without a plan.\n\nFor the patient: A specialist needs to find out why the bone broke."
* code.text = "Oncology: pathological fracture"

Instance: ref-cancer
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Oncology: active cancer"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-cancer"
* version = "0.1.0"
* name = "RefCancer"
* title = "Oncology: active cancer"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Referral to oncology: active cancer is recorded; exclude a pathological fracture first. No exercise is proposed."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "IFOMPT"
* relatedArtifact[0].display = "Finucane 2020 red flags"
* relatedArtifact[0].citation = "Finucane 2020 red flags. Seen at: doi 10.2519/jospt.2020.9971."
* relatedArtifact[1].type = #citation
* relatedArtifact[1].label = "ACR"
* relatedArtifact[1].display = "Appropriateness Criteria VCF 2018/2022 (pain usually improves over 2-12 wk)"
* relatedArtifact[1].citation = "Appropriateness Criteria VCF 2018/2022 (pain usually improves over 2-12 wk). Seen at: docslib 4714486; scholars.uab.edu pub2282779."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S43"
* relatedArtifact[2].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: active cancer, without a plan.\n\nFor the patient: Your cancer doctor needs to check your spine first."
* code.text = "Oncology: active cancer"

Instance: ref-infection
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Emergency: spinal infection"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-infection"
* version = "0.1.0"
* name = "RefInfection"
* title = "Emergency: spinal infection"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Emergency referral now: spinal infection is recorded. No exercise is proposed."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "IFOMPT"
* relatedArtifact[0].display = "Finucane 2020 red flags"
* relatedArtifact[0].citation = "Finucane 2020 red flags. Seen at: doi 10.2519/jospt.2020.9971."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S43"
* relatedArtifact[1].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: spinal infection, without a plan.\n\nFor the patient: You need to be seen at the hospital now."
* code.text = "Emergency: spinal infection"

Instance: ref-pregnancy
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Obstetric and bone care"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-pregnancy"
* version = "0.1.0"
* name = "RefPregnancy"
* title = "Obstetric and bone care"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Referral to obstetric care and a bone specialist: pregnancy is recorded. No exercise is proposed."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S43"
* relatedArtifact[1].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: pregnancy, without a plan.\n\nFor the patient: Your pregnancy team and a bone doctor need to plan with you."
* code.text = "Obstetric and bone care"

Instance: ref-child
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Paediatric care"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-child"
* version = "0.1.0"
* name = "RefChild"
* title = "Paediatric care"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Referral to paediatric care: the patient is under 18. No exercise is proposed."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S43"
* relatedArtifact[1].display = "For professionals; clinical judgement and independent verification needed."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S45"
* relatedArtifact[2].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: age under 18, without a plan.\n\nFor the patient: A children's doctor needs to plan with you."
* code.text = "Paediatric care"

Instance: ref-confirm
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Confirm the fracture"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-confirm"
* version = "0.1.0"
* name = "RefConfirm"
* title = "Confirm the fracture"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Confirm or refute the fracture first: it is recorded as unconfirmed, provisional or differential."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S43"
* relatedArtifact[1].display = "For professionals; clinical judgement and independent verification needed."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S45"
* relatedArtifact[2].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: confirm fracture, without a plan.\n\nFor the patient: We need to make sure that your spine is broken before we plan."
* code.text = "Confirm the fracture"

Instance: ref-level
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Spine or bone specialist: fracture outside the lumbar spine"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-level"
* version = "0.1.0"
* name = "RefLevel"
* title = "Spine or bone specialist: fracture outside the lumbar spine"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "The fracture is outside the lumbar spine: the source behind this app does not cover it. Refer to a spine or bone specialist or to physical therapy by usual practice."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S45"
* relatedArtifact[1].display = "Question is about a male with osteopenia and a lumbar fracture."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: level not lumbar, without a plan.\n\nFor the patient: Your doctor will plan your care. This app is for breaks in the low back only."
* code.text = "Spine or bone specialist: fracture outside the lumbar spine"

Instance: ref-hardware
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Surgeon: hardware failure"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-hardware"
* version = "0.1.0"
* name = "RefHardware"
* title = "Surgeon: hardware failure"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Referral to the spine surgeon: failure of the hardware is recorded. No exercise is proposed."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S43"
* relatedArtifact[1].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: hardware failure, without a plan.\n\nFor the patient: A spine surgeon needs to check your implant."
* code.text = "Surgeon: hardware failure"

Instance: ref-pseudarthrosis
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Surgeon: fusion has not united"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/ref-pseudarthrosis"
* version = "0.1.0"
* name = "RefPseudarthrosis"
* title = "Surgeon: fusion has not united"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Referral to the spine surgeon: pseudarthrosis is recorded. No exercise is proposed."
* relatedArtifact[0].type = #documentation
* relatedArtifact[0].label = "LOADPATH"
* relatedArtifact[0].display = "Our engineering choice: no source fixes it"
* relatedArtifact[0].citation = "Our engineering choice: no source fixes it. Seen at: docs/ of this project. Chosen on the cautious side; each waits for a clinician's decision."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S43"
* relatedArtifact[1].display = "For professionals; clinical judgement and independent verification needed."
* kind = #ServiceRequest
* intent = #proposal
* usage = "When: pseudarthrosis, without a plan.\n\nFor the patient: A spine surgeon needs to check if your spine has grown together."
* code.text = "Surgeon: fusion has not united"

Instance: physical-therapy-referral
InstanceOf: ActivityDefinition
Usage: #definition
Title: "Physical therapy: supervised exercise for a lumbar fracture with low bone density"
* meta.profile[0] = "http://hl7.org/fhir/StructureDefinition/shareableactivitydefinition"
* url = "https://loadpath.example/fhir/ActivityDefinition/physical-therapy-referral"
* version = "0.1.0"
* name = "PhysicalTherapyReferral"
* title = "Physical therapy: supervised exercise for a lumbar fracture with low bone density"
* status = #draft
* experimental = true
* publisher = "Loadpath"
* description = "Physical therapist, or exercise specialist trained in osteoporosis precautions"
* purpose = "start_within_days, split_pain_at_least, early_until_day and the seconds are ours. LIFTMOR-M worked with 30 minutes twice a week, at high intensity and without a recent vertebral fracture; the seed's 60 minutes stay the rule."
* relatedArtifact[0].type = #citation
* relatedArtifact[0].label = "SEED"
* relatedArtifact[0].display = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review)"
* relatedArtifact[0].citation = "Exercise prescription for a male patient with osteopenia and a lumbar fracture (machine-written answer, pending human review). Seen at: last updated 2026-01-09. Its disclaimer asks to verify against primary literature. The title speaks of a male; its source [1] of elderly females."
* relatedArtifact[1].type = #justification
* relatedArtifact[1].label = "S15"
* relatedArtifact[1].display = "≥ 60 min per session."
* relatedArtifact[2].type = #justification
* relatedArtifact[2].label = "S16"
* relatedArtifact[2].display = "2-3 sessions per week."
* relatedArtifact[3].type = #justification
* relatedArtifact[3].label = "S17"
* relatedArtifact[3].display = "≥ 7 months, ideally 12+."
* relatedArtifact[4].type = #justification
* relatedArtifact[4].label = "S18"
* relatedArtifact[4].display = "Alternate days (24 h+ rest)."
* relatedArtifact[5].type = #justification
* relatedArtifact[5].label = "S19"
* relatedArtifact[5].display = "< 7 months or < 2/wk gives little BMD gain."
* kind = #ServiceRequest
* intent = #proposal
* usage = "At least 7, better 12 months. Less than 7 months, fewer than 2 sessions a week or less than 60 minutes is expected to give little gain of bone density (S19).\n\nProgress when two sessions in a row reach the top repetitions with RPE at or below target and pain 3 or less out of 10.\n\nCall 911 or go to the emergency room NOW if: you cannot pass urine, or you cannot control your bladder or bowels; you feel numb between your legs or around your bottom; a leg gets weak or your foot drops; you have sudden, very bad new back pain; or you have chest pain, trouble breathing, or you pass out. Call us TODAY if: your pain is 2 points worse for more than a day; you have new back pain; you fall, even if you feel fine; new pain or tingling runs down a leg; pain wakes you and no position helps; you have fever, chills or weight loss you cannot explain; one calf swells and hurts; or your medicine makes you dizzy or very sleepy."
* code.coding[0] = http://snomed.info/sct#444831000124102 "Referral for physical therapy"
* code.coding[1] = http://snomed.info/sct#91251008 "Physical therapy procedure (regime/therapy)"
* code.text = "Referral for supervised physical therapy"
* timingTiming.repeat.frequency = 2
* timingTiming.repeat.frequencyMax = 3
* timingTiming.repeat.duration = 60
* timingTiming.repeat.durationUnit = #min
* timingTiming.repeat.period = 1
* timingTiming.repeat.periodUnit = #wk
* timingTiming.repeat.dayOfWeek[0] = #mon
* timingTiming.repeat.dayOfWeek[1] = #wed
* timingTiming.repeat.dayOfWeek[2] = #fri
* participant[0].type = #practitioner
* participant[0].role.text = "Physical therapist, or exercise specialist trained in osteoporosis precautions"
