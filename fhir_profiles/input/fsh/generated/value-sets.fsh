// Made by python -m fhir_profiles.generate from the knowledge and the code: not to be edited here.

ValueSet: ConditionSpinalInfection
Id: condition-spinal-infection
Title: "Read as spinal infection"
Description: "Codes in Condition.code that Loadpath reads as: spinal infection. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /A18\.01.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G06\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M46\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M46\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M46\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M46\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T84\.63.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M46\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M46\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M46\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M46\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M49\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G06\.1.*/
* include http://snomed.info/sct#203241002
* include http://snomed.info/sct#203159006
* include http://snomed.info/sct#203195003
* include http://snomed.info/sct#2304001
* include http://snomed.info/sct#302935008
* include http://snomed.info/sct#444760002

ValueSet: ConditionBloodstreamInfection
Id: condition-bloodstream-infection
Title: "Read as bloodstream infection"
Description: "Codes in Condition.code that Loadpath reads as: bloodstream infection. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /A40.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /A41.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I33\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I38.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R78\.81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T80\.211.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /A40.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /A41.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I33\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I38.*/
* include http://snomed.info/sct#5758002
* include http://snomed.info/sct#91302008
* include http://snomed.info/sct#56819008
* include http://snomed.info/sct#301183007

ValueSet: ConditionImmunosuppression
Id: condition-immunosuppression
Title: "Read as immunosuppression"
Description: "Codes in Condition.code that Loadpath reads as: immunosuppression. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /B20.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D70.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D80\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D84.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z94.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /B20.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /D70.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /D80\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /D84.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z94.*/
* include http://snomed.info/sct#234532001
* include http://snomed.info/sct#86553008
* include http://snomed.info/sct#86406008
* include http://snomed.info/sct#62479008

ValueSet: ConditionWeakensBone
Id: condition-weakens-bone
Title: "Read as weakens bone"
Description: "Codes in Condition.code that Loadpath reads as: weakens bone. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /B20.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D56\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D57\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E23\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E28\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E83\.11.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E83\.31.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E89\.40.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E89\.41.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K50.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K51.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K70\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K74\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K74\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K86\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K86\.81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K90\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K91\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M05.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M06.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N25\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Q96.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Q98\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z90\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z98\.84.*/
* include http://snomed.info/sct#34000006
* include http://snomed.info/sct#64766004
* include http://snomed.info/sct#19943007
* include http://snomed.info/sct#53442002
* include http://snomed.info/sct#373717006
* include http://snomed.info/sct#111550004
* include http://snomed.info/sct#399187006
* include http://snomed.info/sct#16726004
* include http://snomed.info/sct#69896004
* include http://snomed.info/sct#38804009

ValueSet: ConditionGaitDisease
Id: condition-gait-disease
Title: "Read as gait disease"
Description: "Codes in Condition.code that Loadpath reads as: gait disease. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /B91.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G11.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G12\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G14.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G35.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G80.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /B91.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G11.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G12\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G14.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G35.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G80.*/
* include http://snomed.info/sct#24700007

ValueSet: ConditionActiveCancer
Id: condition-active-cancer
Title: "Read as active cancer"
Description: "Codes in Condition.code that Loadpath reads as: active cancer. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C7.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C8.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /C.*/
* include http://hl7.org/fhir/sid/icd-9-cm#198.5
* include http://hl7.org/fhir/sid/icd-9-cm#170.2
* include http://hl7.org/fhir/sid/icd-9-cm#203.00
* include http://snomed.info/sct#93878007
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.01 "Basal cell carcinoma of skin of lip"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.02 "Squamous cell carcinoma of skin of lip"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.111 "Basal cell carcinoma of skin of unspecified eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.1121 "Basal cell carcinoma of skin of right upper eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.1122 "Basal cell carcinoma of skin of right lower eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.1191 "Basal cell carcinoma of skin of left upper eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.1192 "Basal cell carcinoma of skin of left lower eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.121 "Squamous cell carcinoma of skin of unspecified eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.1221 "Squamous cell carcinoma of skin of right upper eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.1222 "Squamous cell carcinoma of skin of right lower eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.1291 "Squamous cell carcinoma of skin of left upper eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.1292 "Squamous cell carcinoma of skin of left lower eyelid, including canthus"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.211 "Basal cell carcinoma of skin of unspecified ear and external auricular canal"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.212 "Basal cell carcinoma of skin of right ear and external auricular canal"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.219 "Basal cell carcinoma of skin of left ear and external auricular canal"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.221 "Squamous cell carcinoma of skin of unspecified ear and external auricular canal"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.222 "Squamous cell carcinoma of skin of right ear and external auricular canal"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.229 "Squamous cell carcinoma of skin of left ear and external auricular canal"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.310 "Basal cell carcinoma of skin of unspecified parts of face"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.311 "Basal cell carcinoma of skin of nose"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.319 "Basal cell carcinoma of skin of other parts of face"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.320 "Squamous cell carcinoma of skin of unspecified parts of face"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.321 "Squamous cell carcinoma of skin of nose"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.329 "Squamous cell carcinoma of skin of other parts of face"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.41 "Basal cell carcinoma of skin of scalp and neck"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.42 "Squamous cell carcinoma of skin of scalp and neck"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.510 "Basal cell carcinoma of anal skin"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.511 "Basal cell carcinoma of skin of breast"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.519 "Basal cell carcinoma of skin of other part of trunk"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.520 "Squamous cell carcinoma of anal skin"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.521 "Squamous cell carcinoma of skin of breast"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.529 "Squamous cell carcinoma of skin of other part of trunk"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.611 "Basal cell carcinoma of skin of unspecified upper limb, including shoulder"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.612 "Basal cell carcinoma of skin of right upper limb, including shoulder"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.619 "Basal cell carcinoma of skin of left upper limb, including shoulder"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.621 "Squamous cell carcinoma of skin of unspecified upper limb, including shoulder"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.622 "Squamous cell carcinoma of skin of right upper limb, including shoulder"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.629 "Squamous cell carcinoma of skin of left upper limb, including shoulder"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.711 "Basal cell carcinoma of skin of unspecified lower limb, including hip"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.712 "Basal cell carcinoma of skin of right lower limb, including hip"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.719 "Basal cell carcinoma of skin of left lower limb, including hip"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.721 "Squamous cell carcinoma of skin of unspecified lower limb, including hip"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.722 "Squamous cell carcinoma of skin of right lower limb, including hip"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.729 "Squamous cell carcinoma of skin of left lower limb, including hip"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.81 "Basal cell carcinoma of overlapping sites of skin"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.82 "Squamous cell carcinoma of overlapping sites of skin"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.91 "Basal cell carcinoma of skin, unspecified"
* exclude http://hl7.org/fhir/sid/icd-10-cm#C44.92 "Squamous cell carcinoma of skin, unspecified"
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C90\.01.*/

ValueSet: ConditionSkinCancer
Id: condition-skin-cancer
Title: "Read as skin cancer"
Description: "Codes in Condition.code that Loadpath reads as: skin cancer. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include http://hl7.org/fhir/sid/icd-10-cm#C44.01 "Basal cell carcinoma of skin of lip"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.02 "Squamous cell carcinoma of skin of lip"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.111 "Basal cell carcinoma of skin of unspecified eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.1121 "Basal cell carcinoma of skin of right upper eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.1122 "Basal cell carcinoma of skin of right lower eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.1191 "Basal cell carcinoma of skin of left upper eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.1192 "Basal cell carcinoma of skin of left lower eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.121 "Squamous cell carcinoma of skin of unspecified eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.1221 "Squamous cell carcinoma of skin of right upper eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.1222 "Squamous cell carcinoma of skin of right lower eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.1291 "Squamous cell carcinoma of skin of left upper eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.1292 "Squamous cell carcinoma of skin of left lower eyelid, including canthus"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.211 "Basal cell carcinoma of skin of unspecified ear and external auricular canal"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.212 "Basal cell carcinoma of skin of right ear and external auricular canal"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.219 "Basal cell carcinoma of skin of left ear and external auricular canal"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.221 "Squamous cell carcinoma of skin of unspecified ear and external auricular canal"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.222 "Squamous cell carcinoma of skin of right ear and external auricular canal"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.229 "Squamous cell carcinoma of skin of left ear and external auricular canal"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.310 "Basal cell carcinoma of skin of unspecified parts of face"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.311 "Basal cell carcinoma of skin of nose"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.319 "Basal cell carcinoma of skin of other parts of face"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.320 "Squamous cell carcinoma of skin of unspecified parts of face"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.321 "Squamous cell carcinoma of skin of nose"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.329 "Squamous cell carcinoma of skin of other parts of face"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.41 "Basal cell carcinoma of skin of scalp and neck"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.42 "Squamous cell carcinoma of skin of scalp and neck"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.510 "Basal cell carcinoma of anal skin"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.511 "Basal cell carcinoma of skin of breast"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.519 "Basal cell carcinoma of skin of other part of trunk"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.520 "Squamous cell carcinoma of anal skin"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.521 "Squamous cell carcinoma of skin of breast"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.529 "Squamous cell carcinoma of skin of other part of trunk"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.611 "Basal cell carcinoma of skin of unspecified upper limb, including shoulder"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.612 "Basal cell carcinoma of skin of right upper limb, including shoulder"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.619 "Basal cell carcinoma of skin of left upper limb, including shoulder"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.621 "Squamous cell carcinoma of skin of unspecified upper limb, including shoulder"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.622 "Squamous cell carcinoma of skin of right upper limb, including shoulder"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.629 "Squamous cell carcinoma of skin of left upper limb, including shoulder"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.711 "Basal cell carcinoma of skin of unspecified lower limb, including hip"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.712 "Basal cell carcinoma of skin of right lower limb, including hip"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.719 "Basal cell carcinoma of skin of left lower limb, including hip"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.721 "Squamous cell carcinoma of skin of unspecified lower limb, including hip"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.722 "Squamous cell carcinoma of skin of right lower limb, including hip"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.729 "Squamous cell carcinoma of skin of left lower limb, including hip"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.81 "Basal cell carcinoma of overlapping sites of skin"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.82 "Squamous cell carcinoma of overlapping sites of skin"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.91 "Basal cell carcinoma of skin, unspecified"
* include http://hl7.org/fhir/sid/icd-10-cm#C44.92 "Squamous cell carcinoma of skin, unspecified"

ValueSet: ConditionMyeloma
Id: condition-myeloma
Title: "Read as myeloma"
Description: "Codes in Condition.code that Loadpath reads as: myeloma. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C90\.00.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C90\.02.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /C90\.0.*/
* include http://hl7.org/fhir/sid/icd-9-cm#203.00

ValueSet: ConditionMyelomaRemission
Id: condition-myeloma-remission
Title: "Read as myeloma remission"
Description: "Codes in Condition.code that Loadpath reads as: myeloma remission. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /C90\.01.*/
* include http://hl7.org/fhir/sid/icd-9-cm#203.01

ValueSet: ConditionMonoclonalGammopathy
Id: condition-monoclonal-gammopathy
Title: "Read as monoclonal gammopathy"
Description: "Codes in Condition.code that Loadpath reads as: monoclonal gammopathy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D47\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R77.*/
* include http://snomed.info/sct#277577000
* include http://snomed.info/sct#109983007
* include http://snomed.info/sct#58648008

ValueSet: ConditionAnemiaExplained
Id: condition-anemia-explained
Title: "Read as anemia explained"
Description: "Codes in Condition.code that Loadpath reads as: anemia explained. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D50.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D51.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D52.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D53.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D56\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D57\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D62.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D63\.1.*/

ValueSet: ConditionAnemia
Id: condition-anemia
Title: "Read as anemia"
Description: "Codes in Condition.code that Loadpath reads as: anemia. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D64\.9.*/
* include http://snomed.info/sct#271737000

ValueSet: ConditionBleedingRisk
Id: condition-bleeding-risk
Title: "Read as bleeding risk"
Description: "Codes in Condition.code that Loadpath reads as: bleeding risk. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D68\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D69\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /D68\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /D69\.6.*/

ValueSet: ConditionSarcoidosis
Id: condition-sarcoidosis
Title: "Read as sarcoidosis"
Description: "Codes in Condition.code that Loadpath reads as: sarcoidosis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /D86.*/

ValueSet: ConditionHyperthyroidism
Id: condition-hyperthyroidism
Title: "Read as hyperthyroidism"
Description: "Codes in Condition.code that Loadpath reads as: hyperthyroidism. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E05.*/

ValueSet: ConditionInsulin
Id: condition-insulin
Title: "Read as insulin"
Description: "Codes in Condition.code that Loadpath reads as: insulin. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E10.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /E10.*/
* include http://snomed.info/sct#46635009

ValueSet: ConditionNeuropathy
Id: condition-neuropathy
Title: "Read as neuropathy"
Description: "Codes in Condition.code that Loadpath reads as: neuropathy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E10\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E11\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E11\.621.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G60.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G62.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G63.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /E10\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /E11\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G60.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G62.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G63.*/
* include http://snomed.info/sct#42345000
* include http://snomed.info/sct#386033004
* include http://snomed.info/sct#424736006

ValueSet: ConditionHyperparathyroidismPrimary
Id: condition-hyperparathyroidism-primary
Title: "Read as hyperparathyroidism primary"
Description: "Codes in Condition.code that Loadpath reads as: hyperparathyroidism primary. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E21\.0.*/

ValueSet: ConditionHyperparathyroidismSecondary
Id: condition-hyperparathyroidism-secondary
Title: "Read as hyperparathyroidism secondary"
Description: "Codes in Condition.code that Loadpath reads as: hyperparathyroidism secondary. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E21\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N25\.81.*/

ValueSet: ConditionHyperparathyroidism
Id: condition-hyperparathyroidism
Title: "Read as hyperparathyroidism"
Description: "Codes in Condition.code that Loadpath reads as: hyperparathyroidism. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E21\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E21\.3.*/

ValueSet: ConditionCushing
Id: condition-cushing
Title: "Read as cushing"
Description: "Codes in Condition.code that Loadpath reads as: cushing. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E24.*/

ValueSet: ConditionGlucocorticoidUse
Id: condition-glucocorticoid-use
Title: "Read as glucocorticoid use"
Description: "Codes in Condition.code that Loadpath reads as: glucocorticoid use. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E24\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.52.*/
* include http://hl7.org/fhir/sid/icd-9-cm#V58.65
* include http://snomed.info/sct#40308000
* include http://snomed.info/sct#390833005

ValueSet: ConditionHypogonadism
Id: condition-hypogonadism
Title: "Read as hypogonadism"
Description: "Codes in Condition.code that Loadpath reads as: hypogonadism. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E29\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E89\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /E89\.5.*/
* include http://snomed.info/sct#48130008
* include http://snomed.info/sct#48723006

ValueSet: ConditionMalnutrition
Id: condition-malnutrition
Title: "Read as malnutrition"
Description: "Codes in Condition.code that Loadpath reads as: malnutrition. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E43.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E44.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E45.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E46.*/

ValueSet: ConditionVitaminDDeficiency
Id: condition-vitamin-d-deficiency
Title: "Read as vitamin d deficiency"
Description: "Codes in Condition.code that Loadpath reads as: vitamin d deficiency. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E55.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /E55.*/
* include http://hl7.org/fhir/sid/icd-9-cm#268.9
* include http://snomed.info/sct#34713006

ValueSet: ConditionObesity
Id: condition-obesity
Title: "Read as obesity"
Description: "Codes in Condition.code that Loadpath reads as: obesity. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E66.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z68\.35.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z68\.36.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z68\.37.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z68\.38.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z68\.39.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z68\.4.*/
* include http://snomed.info/sct#238136002
* include http://snomed.info/sct#83911000119104
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E66\.3.*/

ValueSet: ConditionHypocalcaemia
Id: condition-hypocalcaemia
Title: "Read as hypocalcaemia"
Description: "Codes in Condition.code that Loadpath reads as: hypocalcaemia. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E83\.51.*/

ValueSet: ConditionHypercalcaemia
Id: condition-hypercalcaemia
Title: "Read as hypercalcaemia"
Description: "Codes in Condition.code that Loadpath reads as: hypercalcaemia. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /E83\.52.*/
* include http://snomed.info/sct#166702002

ValueSet: ConditionDementia
Id: condition-dementia
Title: "Read as dementia"
Description: "Codes in Condition.code that Loadpath reads as: dementia. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F01.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F02.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F03.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G30.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G31\.83.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F01.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F02.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F03.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G30.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F00.*/
* include http://snomed.info/sct#52448006
* include http://snomed.info/sct#26929004

ValueSet: ConditionDelirium
Id: condition-delirium
Title: "Read as delirium"
Description: "Codes in Condition.code that Loadpath reads as: delirium. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F05.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F05.*/
* include http://snomed.info/sct#2776000

ValueSet: ConditionAlcoholProblem
Id: condition-alcohol-problem
Title: "Read as alcohol problem"
Description: "Codes in Condition.code that Loadpath reads as: alcohol problem. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F10.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z71\.41.*/

ValueSet: ConditionInjectedDrugs
Id: condition-injected-drugs
Title: "Read as injected drugs"
Description: "Codes in Condition.code that Loadpath reads as: injected drugs. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F11\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F11\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F14\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F14\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F15\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F15\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F19\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F19\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F11\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F11\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F14\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F14\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F19\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F19\.2.*/
* include http://snomed.info/sct#145121000119106
* include http://snomed.info/sct#75544000
* include http://snomed.info/sct#26416006
* include http://snomed.info/sct#228372006

ValueSet: ConditionSedative
Id: condition-sedative
Title: "Read as sedative"
Description: "Codes in Condition.code that Loadpath reads as: sedative. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F11\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F13\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.891.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F11\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /F13\.2.*/
* include http://snomed.info/sct#75544000

ValueSet: ConditionTobaccoUse
Id: condition-tobacco-use
Title: "Read as tobacco use"
Description: "Codes in Condition.code that Loadpath reads as: tobacco use. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F17\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z71\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z72\.0.*/

ValueSet: ConditionEatingDisorder
Id: condition-eating-disorder
Title: "Read as eating disorder"
Description: "Codes in Condition.code that Loadpath reads as: eating disorder. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /F50.*/

ValueSet: ConditionParkinson
Id: condition-parkinson
Title: "Read as parkinson"
Description: "Codes in Condition.code that Loadpath reads as: parkinson. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G20.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G21.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G23\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G23\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G31\.83.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G20.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G21.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G23\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G23\.2.*/
* include http://snomed.info/sct#49049000
* include http://snomed.info/sct#724761004
* include http://snomed.info/sct#32798002
* include http://snomed.info/sct#230292008
* include http://snomed.info/sct#444197004

ValueSet: ConditionCognitionMild
Id: condition-cognition-mild
Title: "Read as cognition mild"
Description: "Codes in Condition.code that Loadpath reads as: cognition mild. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G31\.84.*/
* include http://snomed.info/sct#386805003

ValueSet: ConditionEpilepsy
Id: condition-epilepsy
Title: "Read as epilepsy"
Description: "Codes in Condition.code that Loadpath reads as: epilepsy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G40.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R56\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G40.*/
* include http://snomed.info/sct#84757009
* include http://snomed.info/sct#91175000

ValueSet: ConditionStroke
Id: condition-stroke
Title: "Read as stroke"
Description: "Codes in Condition.code that Loadpath reads as: stroke. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I61.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I63.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I69.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I61.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I63.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I69.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I64.*/
* include http://snomed.info/sct#230690007
* include http://snomed.info/sct#50582007
* include http://snomed.info/sct#20022000
* include http://snomed.info/sct#441991000
* include http://snomed.info/sct#442733008
* include http://snomed.info/sct#275526006

ValueSet: ConditionNeuroDeficit
Id: condition-neuro-deficit
Title: "Read as neuro deficit"
Description: "Codes in Condition.code that Loadpath reads as: neuro deficit. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G82.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G95\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G99\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M47\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M50\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M51\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N31\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S34\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S34\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S34\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S34\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S24\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S24\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /T09\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G95\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /N31\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S34\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M50\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M47\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M51\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G82.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G99\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /T91\.3.*/
* include http://hl7.org/fhir/sid/icd-9-cm#806.4
* include http://hl7.org/fhir/sid/icd-9-cm#806.5
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /344\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /952.*/
* include http://snomed.info/sct#208054001
* include http://snomed.info/sct#208061002
* include http://snomed.info/sct#208056004
* include http://snomed.info/sct#274158004
* include http://snomed.info/sct#208026008
* include http://snomed.info/sct#274157009
* include http://snomed.info/sct#1734006
* include http://snomed.info/sct#71286001
* include http://snomed.info/sct#67437007
* include http://snomed.info/sct#34139004
* include http://snomed.info/sct#16631009
* exclude codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /952\.4.*/

ValueSet: ConditionMotorDeficit
Id: condition-motor-deficit
Title: "Read as motor deficit"
Description: "Codes in Condition.code that Loadpath reads as: motor deficit. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G83\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M21\.37.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S34\.21.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S34\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G83\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S34\.4.*/
* include http://snomed.info/sct#6077001
* include http://snomed.info/sct#300948004
* include http://snomed.info/sct#309249007
* include http://snomed.info/sct#249942005
* include http://snomed.info/sct#713514005

ValueSet: ConditionCaudaEquina
Id: condition-cauda-equina
Title: "Read as cauda equina"
Description: "Codes in Condition.code that Loadpath reads as: cauda equina. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G83\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S34\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G83\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S34\.3.*/
* include http://hl7.org/fhir/sid/icd-9-cm#344.60
* include http://hl7.org/fhir/sid/icd-9-cm#344.61
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /952\.4.*/
* include http://snomed.info/sct#192970008
* include http://snomed.info/sct#12454008
* include http://snomed.info/sct#16846261000119106
* include http://snomed.info/sct#208060001
* include http://snomed.info/sct#782390002

ValueSet: ConditionCancerSign
Id: condition-cancer-sign
Title: "Read as cancer sign"
Description: "Codes in Condition.code that Loadpath reads as: cancer sign. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G89\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R61.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R63\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R64.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R97\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R61.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R63\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R64.*/
* include http://snomed.info/sct#267024001
* include http://snomed.info/sct#422868009
* include http://snomed.info/sct#448765001
* include http://snomed.info/sct#42984000
* include http://snomed.info/sct#396152005

ValueSet: ConditionOrthostaticHypotension
Id: condition-orthostatic-hypotension
Title: "Read as orthostatic hypotension"
Description: "Codes in Condition.code that Loadpath reads as: orthostatic hypotension. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G90\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I95\.1.*/
* include http://snomed.info/sct#28651003
* include http://snomed.info/sct#75181005

ValueSet: ConditionMyelopathy
Id: condition-myelopathy
Title: "Read as myelopathy"
Description: "Codes in Condition.code that Loadpath reads as: myelopathy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G95\.11.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G95\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G95\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /G99\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M47\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M50\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M51\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R26\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R26\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R29\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G95\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M50\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M47\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M51\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G99\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /G95\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R26\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R26\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R29\.2.*/
* include http://snomed.info/sct#71286001
* include http://snomed.info/sct#67437007
* include http://snomed.info/sct#34139004
* include http://snomed.info/sct#16631009

ValueSet: ConditionVisualImpairment
Id: condition-visual-impairment
Title: "Read as visual impairment"
Description: "Codes in Condition.code that Loadpath reads as: visual impairment. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /H35\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /H54.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /H35\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /H54.*/
* include http://snomed.info/sct#397540003
* include http://snomed.info/sct#397541004
* include http://snomed.info/sct#193699007
* include http://snomed.info/sct#65956007

ValueSet: ConditionVestibularDisorder
Id: condition-vestibular-disorder
Title: "Read as vestibular disorder"
Description: "Codes in Condition.code that Loadpath reads as: vestibular disorder. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /H81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /H83\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /H83\.2.*/
* include http://snomed.info/sct#399153001
* include http://snomed.info/sct#50438001
* include http://snomed.info/sct#20425006

ValueSet: ConditionAorticStenosis
Id: condition-aortic-stenosis
Title: "Read as aortic stenosis"
Description: "Codes in Condition.code that Loadpath reads as: aortic stenosis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I06\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I35\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I35\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I06\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I35\.2.*/
* include http://snomed.info/sct#60573004
* include http://snomed.info/sct#72011007

ValueSet: ConditionHypertension
Id: condition-hypertension
Title: "Read as hypertension"
Description: "Codes in Condition.code that Loadpath reads as: hypertension. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I10.*/

ValueSet: ConditionHypertensionUncontrolled
Id: condition-hypertension-uncontrolled
Title: "Read as hypertension uncontrolled"
Description: "Codes in Condition.code that Loadpath reads as: hypertension uncontrolled. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I16.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I1A\.0.*/
* include http://snomed.info/sct#443482000

ValueSet: ConditionAngina
Id: condition-angina
Title: "Read as angina"
Description: "Codes in Condition.code that Loadpath reads as: angina. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I20.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.11.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.7.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I20\.0.*/
* include http://snomed.info/sct#194828000
* include http://snomed.info/sct#4557003

ValueSet: ConditionHeartUnstable
Id: condition-heart-unstable
Title: "Read as heart unstable"
Description: "Codes in Condition.code that Loadpath reads as: heart unstable. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I20\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.110.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.700.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.710.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.720.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.730.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.750.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.760.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I25\.790.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I30.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I40.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I47\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I50\.21.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I50\.23.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I50\.31.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I50\.33.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I50\.41.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I50\.43.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I50\.811.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I50\.813.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I20\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I30.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I40.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I47\.2.*/
* include http://snomed.info/sct#4557003

ValueSet: ConditionMyocardialInfarction
Id: condition-myocardial-infarction
Title: "Read as myocardial infarction"
Description: "Codes in Condition.code that Loadpath reads as: myocardial infarction. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I21.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I22.*/

ValueSet: ConditionVte
Id: condition-vte
Title: "Read as vte"
Description: "Codes in Condition.code that Loadpath reads as: vte. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I26.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I80\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I82\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I26.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I80\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I80\.2.*/
* include http://snomed.info/sct#128053003
* include http://snomed.info/sct#404223003
* include http://snomed.info/sct#132281000119108
* include http://snomed.info/sct#59282003
* include http://snomed.info/sct#706870000

ValueSet: ConditionLungDisease
Id: condition-lung-disease
Title: "Read as lung disease"
Description: "Codes in Condition.code that Loadpath reads as: lung disease. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I27\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /J43.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /J44.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /J84.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /J96\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z99\.11.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z99\.81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I27\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /J43.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /J44.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /J84.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /J96\.1.*/
* include http://snomed.info/sct#13645005
* include http://snomed.info/sct#931000119107
* include http://snomed.info/sct#426990007
* include http://snomed.info/sct#409622000

ValueSet: ConditionHeartDisease
Id: condition-heart-disease
Title: "Read as heart disease"
Description: "Codes in Condition.code that Loadpath reads as: heart disease. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I42\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I42\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I44\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I42\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I42\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I44\.2.*/

ValueSet: ConditionHeartFailure
Id: condition-heart-failure
Title: "Read as heart failure"
Description: "Codes in Condition.code that Loadpath reads as: heart failure. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I50.*/
* include http://snomed.info/sct#84114007
* include http://snomed.info/sct#42343007

ValueSet: ConditionAorticAneurysm
Id: condition-aortic-aneurysm
Title: "Read as aortic aneurysm"
Description: "Codes in Condition.code that Loadpath reads as: aortic aneurysm. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I71.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.8.*/
* include http://snomed.info/sct#67362008
* include http://snomed.info/sct#233985008
* include http://snomed.info/sct#75878002
* include http://snomed.info/sct#74883004
* include http://snomed.info/sct#308546005
* include http://snomed.info/sct#14336007

ValueSet: ConditionAorticEmergency
Id: condition-aortic-emergency
Title: "Read as aortic emergency"
Description: "Codes in Condition.code that Loadpath reads as: aortic emergency. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I71\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I71\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I71\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I71\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /I71\.8.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /I71\.8.*/
* include http://snomed.info/sct#308546005
* include http://snomed.info/sct#14336007

ValueSet: ConditionCopd
Id: condition-copd
Title: "Read as copd"
Description: "Codes in Condition.code that Loadpath reads as: copd. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /J44.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /J44.*/
* include http://snomed.info/sct#13645005

ValueSet: ConditionOxygen
Id: condition-oxygen
Title: "Read as oxygen"
Description: "Codes in Condition.code that Loadpath reads as: oxygen. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /J96\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z99\.11.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z99\.81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /J96\.1.*/
* include http://snomed.info/sct#931000119107
* include http://snomed.info/sct#426990007

ValueSet: ConditionHernia
Id: condition-hernia
Title: "Read as hernia"
Description: "Codes in Condition.code that Loadpath reads as: hernia. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K40.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K41.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K42.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K43.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K44.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /K40.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /K41.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /K42.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /K43.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /K44.*/
* include http://snomed.info/sct#396232000
* include http://snomed.info/sct#396347007
* include http://snomed.info/sct#236037000
* include http://snomed.info/sct#84089009
* include http://snomed.info/sct#236048007

ValueSet: ConditionBladderBowel
Id: condition-bladder-bowel
Title: "Read as bladder bowel"
Description: "Codes in Condition.code that Loadpath reads as: bladder bowel. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K59\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N31.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R15.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R32.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R33.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R39\.14.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R33.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R15.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /N31.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /K59\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R32.*/
* include http://snomed.info/sct#267064002
* include http://snomed.info/sct#236648008
* include http://snomed.info/sct#236650000
* include http://snomed.info/sct#72042002
* include http://snomed.info/sct#165232002

ValueSet: ConditionPelvicFloor
Id: condition-pelvic-floor
Title: "Read as pelvic floor"
Description: "Codes in Condition.code that Loadpath reads as: pelvic floor. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K62\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N39\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N39\.46.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /K62\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /N39\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /N81.*/
* include http://snomed.info/sct#24976005
* include http://snomed.info/sct#18973006
* include http://snomed.info/sct#398022005
* include http://snomed.info/sct#60241006
* include http://snomed.info/sct#444735002

ValueSet: ConditionCoeliac
Id: condition-coeliac
Title: "Read as coeliac"
Description: "Codes in Condition.code that Loadpath reads as: coeliac. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /K90\.0.*/

ValueSet: ConditionPressureInjury
Id: condition-pressure-injury
Title: "Read as pressure injury"
Description: "Codes in Condition.code that Loadpath reads as: pressure injury. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /L89.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /L89.*/
* include http://snomed.info/sct#1163220007
* include http://snomed.info/sct#1163222004
* include http://snomed.info/sct#1163224003
* include http://snomed.info/sct#1163226001
* include http://snomed.info/sct#225563000

ValueSet: ConditionHipProblem
Id: condition-hip-problem
Title: "Read as hip problem"
Description: "Codes in Condition.code that Loadpath reads as: hip problem. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M16.*/
* include http://snomed.info/sct#239872002

ValueSet: ConditionKneeOsteoarthritis
Id: condition-knee-osteoarthritis
Title: "Read as knee osteoarthritis"
Description: "Codes in Condition.code that Loadpath reads as: knee osteoarthritis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M17.*/
* include http://snomed.info/sct#239873007

ValueSet: ConditionNeuroSign
Id: condition-neuro-sign
Title: "Read as neuro sign"
Description: "Codes in Condition.code that Loadpath reads as: neuro sign. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M21\.37.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R15.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R20\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R33.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R33.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R15.*/
* include http://snomed.info/sct#6077001
* include http://snomed.info/sct#267064002
* include http://snomed.info/sct#236648008
* include http://snomed.info/sct#236650000
* include http://snomed.info/sct#449813001
* include http://snomed.info/sct#72042002
* include http://snomed.info/sct#782390002

ValueSet: ConditionShoulderProblem
Id: condition-shoulder-problem
Title: "Read as shoulder problem"
Description: "Codes in Condition.code that Loadpath reads as: shoulder problem. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M25\.51.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M75.*/
* include http://snomed.info/sct#373623009
* include http://snomed.info/sct#399114005
* include http://snomed.info/sct#414033006
* include http://snomed.info/sct#202843000

ValueSet: ConditionWristProblem
Id: condition-wrist-problem
Title: "Read as wrist problem"
Description: "Codes in Condition.code that Loadpath reads as: wrist problem. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M25\.53.*/

ValueSet: ConditionJawInflammation
Id: condition-jaw-inflammation
Title: "Read as jaw inflammation"
Description: "Codes in Condition.code that Loadpath reads as: jaw inflammation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M27\.2.*/

ValueSet: ConditionKyphosis
Id: condition-kyphosis
Title: "Read as kyphosis"
Description: "Codes in Condition.code that Loadpath reads as: kyphosis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M40.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M96\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M96\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M96\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M96\.3.*/
* include http://snomed.info/sct#414564002
* include http://snomed.info/sct#413428007
* include http://snomed.info/sct#203657009

ValueSet: ConditionSpondylolysis
Id: condition-spondylolysis
Title: "Read as spondylolysis"
Description: "Codes in Condition.code that Loadpath reads as: spondylolysis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M43\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Q76\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M43\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Q76\.2.*/
* include http://snomed.info/sct#245867000
* include http://snomed.info/sct#80712009

ValueSet: ConditionSpondylolisthesis
Id: condition-spondylolisthesis
Title: "Read as spondylolisthesis"
Description: "Codes in Condition.code that Loadpath reads as: spondylolisthesis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M43\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Q76\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Q76\.2.*/

ValueSet: ConditionFusedSegment
Id: condition-fused-segment
Title: "Read as fused segment"
Description: "Codes in Condition.code that Loadpath reads as: fused segment. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M43\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M43\.2.*/

ValueSet: ConditionAnkylosedSpine
Id: condition-ankylosed-spine
Title: "Read as ankylosed spine"
Description: "Codes in Condition.code that Loadpath reads as: ankylosed spine. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M45.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M45.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.1.*/
* include http://snomed.info/sct#9631008
* include http://snomed.info/sct#31487001
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M45\.A.*/

ValueSet: ConditionAxialSpondyloarthritis
Id: condition-axial-spondyloarthritis
Title: "Read as axial spondyloarthritis"
Description: "Codes in Condition.code that Loadpath reads as: axial spondyloarthritis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M45\.A.*/

ValueSet: ConditionRadiculopathy
Id: condition-radiculopathy
Title: "Read as radiculopathy"
Description: "Codes in Condition.code that Loadpath reads as: radiculopathy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M47\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M51\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M54\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M54\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M54\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M54\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M47\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M51\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M54\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M54\.4.*/
* include http://snomed.info/sct#128196005
* include http://snomed.info/sct#2415007
* include http://snomed.info/sct#46578006
* include http://snomed.info/sct#23056005
* include http://snomed.info/sct#202735001

ValueSet: ConditionSpinalStenosis
Id: condition-spinal-stenosis
Title: "Read as spinal stenosis"
Description: "Codes in Condition.code that Loadpath reads as: spinal stenosis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.06.*/

ValueSet: ConditionFatigueFractureUnspecified
Id: condition-fatigue-fracture-unspecified
Title: "Read as fatigue fracture, unspecified"
Description: "Codes in Condition.code that Loadpath reads as: fatigue fracture, unspecified. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.4.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.40XA "Fatigue fracture of vertebra, site unspecified, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.40XD "Fatigue fracture of vertebra, site unspecified, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.40XG "Fatigue fracture of vertebra, site unspecified, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.40XS "Fatigue fracture of vertebra, site unspecified, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.4.*/
* include http://snomed.info/sct#202831001
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.41.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.42.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.43.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.44.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.45.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.46.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.47.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.48.*/

ValueSet: ConditionFatigueFractureCervical
Id: condition-fatigue-fracture-cervical
Title: "Read as fatigue fracture, cervical"
Description: "Codes in Condition.code that Loadpath reads as: fatigue fracture, cervical. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.41.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.41XA "Fatigue fracture of vertebra, occipito-atlanto-axial region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.41XD "Fatigue fracture of vertebra, occipito-atlanto-axial region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.41XG "Fatigue fracture of vertebra, occipito-atlanto-axial region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.41XS "Fatigue fracture of vertebra, occipito-atlanto-axial region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.42.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.42XA "Fatigue fracture of vertebra, cervical region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.42XD "Fatigue fracture of vertebra, cervical region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.42XG "Fatigue fracture of vertebra, cervical region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.42XS "Fatigue fracture of vertebra, cervical region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.43.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.43XA "Fatigue fracture of vertebra, cervicothoracic region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.43XD "Fatigue fracture of vertebra, cervicothoracic region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.43XG "Fatigue fracture of vertebra, cervicothoracic region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.43XS "Fatigue fracture of vertebra, cervicothoracic region, sequela of fracture"

ValueSet: ConditionFatigueFractureThoracic
Id: condition-fatigue-fracture-thoracic
Title: "Read as fatigue fracture, thoracic"
Description: "Codes in Condition.code that Loadpath reads as: fatigue fracture, thoracic. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.44.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.44XA "Fatigue fracture of vertebra, thoracic region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.44XD "Fatigue fracture of vertebra, thoracic region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.44XG "Fatigue fracture of vertebra, thoracic region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.44XS "Fatigue fracture of vertebra, thoracic region, sequela of fracture"

ValueSet: ConditionFatigueFractureThoracolumbar
Id: condition-fatigue-fracture-thoracolumbar
Title: "Read as fatigue fracture, thoracolumbar"
Description: "Codes in Condition.code that Loadpath reads as: fatigue fracture, thoracolumbar. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.45.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.45XA "Fatigue fracture of vertebra, thoracolumbar region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.45XD "Fatigue fracture of vertebra, thoracolumbar region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.45XG "Fatigue fracture of vertebra, thoracolumbar region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.45XS "Fatigue fracture of vertebra, thoracolumbar region, sequela of fracture"

ValueSet: ConditionFatigueFractureLumbar
Id: condition-fatigue-fracture-lumbar
Title: "Read as fatigue fracture, lumbar"
Description: "Codes in Condition.code that Loadpath reads as: fatigue fracture, lumbar. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.46.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.46XA "Fatigue fracture of vertebra, lumbar region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.46XD "Fatigue fracture of vertebra, lumbar region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.46XG "Fatigue fracture of vertebra, lumbar region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.46XS "Fatigue fracture of vertebra, lumbar region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.47.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.47XA "Fatigue fracture of vertebra, lumbosacral region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.47XD "Fatigue fracture of vertebra, lumbosacral region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.47XG "Fatigue fracture of vertebra, lumbosacral region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.47XS "Fatigue fracture of vertebra, lumbosacral region, sequela of fracture"

ValueSet: ConditionFatigueFractureSacral
Id: condition-fatigue-fracture-sacral
Title: "Read as fatigue fracture, sacral"
Description: "Codes in Condition.code that Loadpath reads as: fatigue fracture, sacral. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.48.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.48XA "Fatigue fracture of vertebra, sacral and sacrococcygeal region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.48XD "Fatigue fracture of vertebra, sacral and sacrococcygeal region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.48XG "Fatigue fracture of vertebra, sacral and sacrococcygeal region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.48XS "Fatigue fracture of vertebra, sacral and sacrococcygeal region, sequela of fracture"

ValueSet: ConditionFracturePelvis
Id: condition-fracture-pelvis
Title: "Read as fracture pelvis"
Description: "Codes in Condition.code that Loadpath reads as: fracture pelvis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.48.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.48XA "Fatigue fracture of vertebra, sacral and sacrococcygeal region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.48XD "Fatigue fracture of vertebra, sacral and sacrococcygeal region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.48XG "Fatigue fracture of vertebra, sacral and sacrococcygeal region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.48XS "Fatigue fracture of vertebra, sacral and sacrococcygeal region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.0B.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.8B.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.350.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.454.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.550.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.650.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.8.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.5.*/
* include http://hl7.org/fhir/sid/icd-9-cm#805.6
* include http://hl7.org/fhir/sid/icd-9-cm#805.7
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.7.*/
* include http://snomed.info/sct#11311641000119106
* include http://snomed.info/sct#11311841000119107
* include http://snomed.info/sct#77493009
* include http://snomed.info/sct#91037003
* include http://snomed.info/sct#64455005
* include http://snomed.info/sct#33118001
* include http://snomed.info/sct#36127009
* include http://snomed.info/sct#13695006
* include http://snomed.info/sct#208164008
* include http://snomed.info/sct#441499007

ValueSet: ConditionVertebralFractureUnspecified
Id: condition-vertebral-fracture-unspecified
Title: "Read as vertebral fracture, unspecified"
Description: "Codes in Condition.code that Loadpath reads as: vertebral fracture, unspecified. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.5.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.50XA "Collapsed vertebra, not elsewhere classified, site unspecified, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.50XD "Collapsed vertebra, not elsewhere classified, site unspecified, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.50XG "Collapsed vertebra, not elsewhere classified, site unspecified, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.50XS "Collapsed vertebra, not elsewhere classified, site unspecified, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.08.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XA "Age-related osteoporosis with current pathological fracture, vertebra(e), initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XD "Age-related osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XG "Age-related osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XK "Age-related osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XP "Age-related osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XS "Age-related osteoporosis with current pathological fracture, vertebra(e), sequela"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.88.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XA "Other osteoporosis with current pathological fracture, vertebra(e), initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XD "Other osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XG "Other osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XK "Other osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XP "Other osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XS "Other osteoporosis with current pathological fracture, vertebra(e), sequela"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /T08.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M49\.5.*/
* include http://hl7.org/fhir/sid/icd-9-cm#805.8
* include http://hl7.org/fhir/sid/icd-9-cm#805.9
* include http://hl7.org/fhir/sid/icd-9-cm#733.13
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /805.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806.*/
* include http://snomed.info/sct#50448004
* include http://snomed.info/sct#42157000
* include http://snomed.info/sct#42942008
* include http://snomed.info/sct#84138006
* include http://snomed.info/sct#274146004
* include http://snomed.info/sct#240198002
* include http://snomed.info/sct#11311601000119109
* include http://snomed.info/sct#208060001
* include http://snomed.info/sct#269061001
* include http://snomed.info/sct#82419009
* include http://snomed.info/sct#314668006
* include http://snomed.info/sct#314667001
* include http://snomed.info/sct#307137009
* include http://snomed.info/sct#1734006
* include http://snomed.info/sct#15724005
* include http://snomed.info/sct#11311801000119105
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.51.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.52.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.53.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.54.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.55.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.56.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.57.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.58.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.55.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.56.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.57.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.54.*/
* exclude http://hl7.org/fhir/sid/icd-9-cm#805.4
* exclude http://hl7.org/fhir/sid/icd-9-cm#805.5
* exclude http://hl7.org/fhir/sid/icd-9-cm#806.4
* exclude http://hl7.org/fhir/sid/icd-9-cm#806.5
* exclude http://hl7.org/fhir/sid/icd-9-cm#805.2
* exclude http://hl7.org/fhir/sid/icd-9-cm#805.3
* exclude http://hl7.org/fhir/sid/icd-9-cm#805.6
* exclude http://hl7.org/fhir/sid/icd-9-cm#805.7
* exclude codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /805\.0.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /805\.1.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.0.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.1.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.2.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.3.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.6.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.7.*/

ValueSet: ConditionVertebralFractureCervical
Id: condition-vertebral-fracture-cervical
Title: "Read as vertebral fracture, cervical"
Description: "Codes in Condition.code that Loadpath reads as: vertebral fracture, cervical. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.51.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.51XA "Collapsed vertebra, not elsewhere classified, occipito-atlanto-axial region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.51XD "Collapsed vertebra, not elsewhere classified, occipito-atlanto-axial region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.51XG "Collapsed vertebra, not elsewhere classified, occipito-atlanto-axial region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.51XS "Collapsed vertebra, not elsewhere classified, occipito-atlanto-axial region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.52.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.52XA "Collapsed vertebra, not elsewhere classified, cervical region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.52XD "Collapsed vertebra, not elsewhere classified, cervical region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.52XG "Collapsed vertebra, not elsewhere classified, cervical region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.52XS "Collapsed vertebra, not elsewhere classified, cervical region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.53.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.53XA "Collapsed vertebra, not elsewhere classified, cervicothoracic region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.53XD "Collapsed vertebra, not elsewhere classified, cervicothoracic region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.53XG "Collapsed vertebra, not elsewhere classified, cervicothoracic region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.53XS "Collapsed vertebra, not elsewhere classified, cervicothoracic region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S12.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S12.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /805\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /805\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.1.*/
* include http://snomed.info/sct#125606003
* include http://snomed.info/sct#269062008
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S12\.8.*/

ValueSet: ConditionVertebralFractureThoracic
Id: condition-vertebral-fracture-thoracic
Title: "Read as vertebral fracture, thoracic"
Description: "Codes in Condition.code that Loadpath reads as: vertebral fracture, thoracic. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.54.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.54XA "Collapsed vertebra, not elsewhere classified, thoracic region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.54XD "Collapsed vertebra, not elsewhere classified, thoracic region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.54XG "Collapsed vertebra, not elsewhere classified, thoracic region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.54XS "Collapsed vertebra, not elsewhere classified, thoracic region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S22\.0.*/
* include http://hl7.org/fhir/sid/icd-10-cm#S22.000A "Wedge compression fracture of unspecified thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.000B "Wedge compression fracture of unspecified thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.000D "Wedge compression fracture of unspecified thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.000G "Wedge compression fracture of unspecified thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.000K "Wedge compression fracture of unspecified thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.000S "Wedge compression fracture of unspecified thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.001A "Stable burst fracture of unspecified thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.001B "Stable burst fracture of unspecified thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.001D "Stable burst fracture of unspecified thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.001G "Stable burst fracture of unspecified thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.001K "Stable burst fracture of unspecified thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.001S "Stable burst fracture of unspecified thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.002A "Unstable burst fracture of unspecified thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.002B "Unstable burst fracture of unspecified thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.002D "Unstable burst fracture of unspecified thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.002G "Unstable burst fracture of unspecified thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.002K "Unstable burst fracture of unspecified thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.002S "Unstable burst fracture of unspecified thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.008A "Other fracture of unspecified thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.008B "Other fracture of unspecified thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.008D "Other fracture of unspecified thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.008G "Other fracture of unspecified thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.008K "Other fracture of unspecified thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.008S "Other fracture of unspecified thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.009A "Unspecified fracture of unspecified thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.009B "Unspecified fracture of unspecified thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.009D "Unspecified fracture of unspecified thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.009G "Unspecified fracture of unspecified thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.009K "Unspecified fracture of unspecified thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.009S "Unspecified fracture of unspecified thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.010A "Wedge compression fracture of first thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.010B "Wedge compression fracture of first thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.010D "Wedge compression fracture of first thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.010G "Wedge compression fracture of first thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.010K "Wedge compression fracture of first thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.010S "Wedge compression fracture of first thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.011A "Stable burst fracture of first thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.011B "Stable burst fracture of first thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.011D "Stable burst fracture of first thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.011G "Stable burst fracture of first thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.011K "Stable burst fracture of first thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.011S "Stable burst fracture of first thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.012A "Unstable burst fracture of first thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.012B "Unstable burst fracture of first thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.012D "Unstable burst fracture of first thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.012G "Unstable burst fracture of first thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.012K "Unstable burst fracture of first thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.012S "Unstable burst fracture of first thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.018A "Other fracture of first thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.018B "Other fracture of first thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.018D "Other fracture of first thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.018G "Other fracture of first thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.018K "Other fracture of first thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.018S "Other fracture of first thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.019A "Unspecified fracture of first thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.019B "Unspecified fracture of first thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.019D "Unspecified fracture of first thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.019G "Unspecified fracture of first thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.019K "Unspecified fracture of first thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.019S "Unspecified fracture of first thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.020A "Wedge compression fracture of second thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.020B "Wedge compression fracture of second thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.020D "Wedge compression fracture of second thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.020G "Wedge compression fracture of second thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.020K "Wedge compression fracture of second thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.020S "Wedge compression fracture of second thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.021A "Stable burst fracture of second thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.021B "Stable burst fracture of second thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.021D "Stable burst fracture of second thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.021G "Stable burst fracture of second thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.021K "Stable burst fracture of second thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.021S "Stable burst fracture of second thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.022A "Unstable burst fracture of second thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.022B "Unstable burst fracture of second thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.022D "Unstable burst fracture of second thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.022G "Unstable burst fracture of second thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.022K "Unstable burst fracture of second thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.022S "Unstable burst fracture of second thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.028A "Other fracture of second thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.028B "Other fracture of second thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.028D "Other fracture of second thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.028G "Other fracture of second thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.028K "Other fracture of second thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.028S "Other fracture of second thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.029A "Unspecified fracture of second thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.029B "Unspecified fracture of second thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.029D "Unspecified fracture of second thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.029G "Unspecified fracture of second thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.029K "Unspecified fracture of second thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.029S "Unspecified fracture of second thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.030A "Wedge compression fracture of third thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.030B "Wedge compression fracture of third thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.030D "Wedge compression fracture of third thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.030G "Wedge compression fracture of third thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.030K "Wedge compression fracture of third thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.030S "Wedge compression fracture of third thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.031A "Stable burst fracture of third thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.031B "Stable burst fracture of third thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.031D "Stable burst fracture of third thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.031G "Stable burst fracture of third thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.031K "Stable burst fracture of third thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.031S "Stable burst fracture of third thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.032A "Unstable burst fracture of third thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.032B "Unstable burst fracture of third thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.032D "Unstable burst fracture of third thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.032G "Unstable burst fracture of third thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.032K "Unstable burst fracture of third thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.032S "Unstable burst fracture of third thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.038A "Other fracture of third thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.038B "Other fracture of third thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.038D "Other fracture of third thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.038G "Other fracture of third thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.038K "Other fracture of third thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.038S "Other fracture of third thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.039A "Unspecified fracture of third thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.039B "Unspecified fracture of third thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.039D "Unspecified fracture of third thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.039G "Unspecified fracture of third thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.039K "Unspecified fracture of third thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.039S "Unspecified fracture of third thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.040A "Wedge compression fracture of fourth thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.040B "Wedge compression fracture of fourth thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.040D "Wedge compression fracture of fourth thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.040G "Wedge compression fracture of fourth thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.040K "Wedge compression fracture of fourth thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.040S "Wedge compression fracture of fourth thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.041A "Stable burst fracture of fourth thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.041B "Stable burst fracture of fourth thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.041D "Stable burst fracture of fourth thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.041G "Stable burst fracture of fourth thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.041K "Stable burst fracture of fourth thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.041S "Stable burst fracture of fourth thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.042A "Unstable burst fracture of fourth thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.042B "Unstable burst fracture of fourth thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.042D "Unstable burst fracture of fourth thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.042G "Unstable burst fracture of fourth thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.042K "Unstable burst fracture of fourth thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.042S "Unstable burst fracture of fourth thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.048A "Other fracture of fourth thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.048B "Other fracture of fourth thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.048D "Other fracture of fourth thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.048G "Other fracture of fourth thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.048K "Other fracture of fourth thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.048S "Other fracture of fourth thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.049A "Unspecified fracture of fourth thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.049B "Unspecified fracture of fourth thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.049D "Unspecified fracture of fourth thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.049G "Unspecified fracture of fourth thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.049K "Unspecified fracture of fourth thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.049S "Unspecified fracture of fourth thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.050A "Wedge compression fracture of T5-T6 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.050B "Wedge compression fracture of T5-T6 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.050D "Wedge compression fracture of T5-T6 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.050G "Wedge compression fracture of T5-T6 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.050K "Wedge compression fracture of T5-T6 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.050S "Wedge compression fracture of T5-T6 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.051A "Stable burst fracture of T5-T6 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.051B "Stable burst fracture of T5-T6 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.051D "Stable burst fracture of T5-T6 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.051G "Stable burst fracture of T5-T6 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.051K "Stable burst fracture of T5-T6 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.051S "Stable burst fracture of T5-T6 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.052A "Unstable burst fracture of T5-T6 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.052B "Unstable burst fracture of T5-T6 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.052D "Unstable burst fracture of T5-T6 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.052G "Unstable burst fracture of T5-T6 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.052K "Unstable burst fracture of T5-T6 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.052S "Unstable burst fracture of T5-T6 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.058A "Other fracture of T5-T6 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.058B "Other fracture of T5-T6 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.058D "Other fracture of T5-T6 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.058G "Other fracture of T5-T6 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.058K "Other fracture of T5-T6 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.058S "Other fracture of T5-T6 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.059A "Unspecified fracture of T5-T6 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.059B "Unspecified fracture of T5-T6 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.059D "Unspecified fracture of T5-T6 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.059G "Unspecified fracture of T5-T6 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.059K "Unspecified fracture of T5-T6 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.059S "Unspecified fracture of T5-T6 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.060A "Wedge compression fracture of T7-T8 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.060B "Wedge compression fracture of T7-T8 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.060D "Wedge compression fracture of T7-T8 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.060G "Wedge compression fracture of T7-T8 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.060K "Wedge compression fracture of T7-T8 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.060S "Wedge compression fracture of T7-T8 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.061A "Stable burst fracture of T7-T8 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.061B "Stable burst fracture of T7-T8 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.061D "Stable burst fracture of T7-T8 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.061G "Stable burst fracture of T7-T8 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.061K "Stable burst fracture of T7-T8 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.061S "Stable burst fracture of T7-T8 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.062A "Unstable burst fracture of T7-T8 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.062B "Unstable burst fracture of T7-T8 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.062D "Unstable burst fracture of T7-T8 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.062G "Unstable burst fracture of T7-T8 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.062K "Unstable burst fracture of T7-T8 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.062S "Unstable burst fracture of T7-T8 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.068A "Other fracture of T7-T8 thoracic vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.068B "Other fracture of T7-T8 thoracic vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.068D "Other fracture of T7-T8 thoracic vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.068G "Other fracture of T7-T8 thoracic vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.068K "Other fracture of T7-T8 thoracic vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.068S "Other fracture of T7-T8 thoracic vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.069A "Unspecified fracture of T7-T8 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.069B "Unspecified fracture of T7-T8 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.069D "Unspecified fracture of T7-T8 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.069G "Unspecified fracture of T7-T8 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.069K "Unspecified fracture of T7-T8 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.069S "Unspecified fracture of T7-T8 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.070A "Wedge compression fracture of T9-T10 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.070B "Wedge compression fracture of T9-T10 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.070D "Wedge compression fracture of T9-T10 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.070G "Wedge compression fracture of T9-T10 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.070K "Wedge compression fracture of T9-T10 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.070S "Wedge compression fracture of T9-T10 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.071A "Stable burst fracture of T9-T10 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.071B "Stable burst fracture of T9-T10 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.071D "Stable burst fracture of T9-T10 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.071G "Stable burst fracture of T9-T10 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.071K "Stable burst fracture of T9-T10 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.071S "Stable burst fracture of T9-T10 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.072A "Unstable burst fracture of T9-T10 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.072B "Unstable burst fracture of T9-T10 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.072D "Unstable burst fracture of T9-T10 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.072G "Unstable burst fracture of T9-T10 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.072K "Unstable burst fracture of T9-T10 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.072S "Unstable burst fracture of T9-T10 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.078A "Other fracture of T9-T10 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.078B "Other fracture of T9-T10 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.078D "Other fracture of T9-T10 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.078G "Other fracture of T9-T10 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.078K "Other fracture of T9-T10 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.078S "Other fracture of T9-T10 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.079A "Unspecified fracture of T9-T10 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.079B "Unspecified fracture of T9-T10 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.079D "Unspecified fracture of T9-T10 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.079G "Unspecified fracture of T9-T10 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.079K "Unspecified fracture of T9-T10 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.079S "Unspecified fracture of T9-T10 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.080A "Wedge compression fracture of T11-T12 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.080B "Wedge compression fracture of T11-T12 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.080D "Wedge compression fracture of T11-T12 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.080G "Wedge compression fracture of T11-T12 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.080K "Wedge compression fracture of T11-T12 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.080S "Wedge compression fracture of T11-T12 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.081A "Stable burst fracture of T11-T12 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.081B "Stable burst fracture of T11-T12 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.081D "Stable burst fracture of T11-T12 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.081G "Stable burst fracture of T11-T12 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.081K "Stable burst fracture of T11-T12 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.081S "Stable burst fracture of T11-T12 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.082A "Unstable burst fracture of T11-T12 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.082B "Unstable burst fracture of T11-T12 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.082D "Unstable burst fracture of T11-T12 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.082G "Unstable burst fracture of T11-T12 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.082K "Unstable burst fracture of T11-T12 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.082S "Unstable burst fracture of T11-T12 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.088A "Other fracture of T11-T12 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.088B "Other fracture of T11-T12 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.088D "Other fracture of T11-T12 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.088G "Other fracture of T11-T12 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.088K "Other fracture of T11-T12 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.088S "Other fracture of T11-T12 vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.089A "Unspecified fracture of T11-T12 vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.089B "Unspecified fracture of T11-T12 vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.089D "Unspecified fracture of T11-T12 vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.089G "Unspecified fracture of T11-T12 vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.089K "Unspecified fracture of T11-T12 vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S22.089S "Unspecified fracture of T11-T12 vertebra, sequela"
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S22\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.54.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S22\.1.*/
* include http://hl7.org/fhir/sid/icd-9-cm#805.2
* include http://hl7.org/fhir/sid/icd-9-cm#805.3
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.3.*/
* include http://snomed.info/sct#207938004
* include http://snomed.info/sct#125607007
* include http://snomed.info/sct#203451004
* include http://snomed.info/sct#207939007
* include http://snomed.info/sct#207940009
* include http://snomed.info/sct#281922000
* include http://snomed.info/sct#281923005
* include http://snomed.info/sct#281924004
* include http://snomed.info/sct#308756007
* include http://snomed.info/sct#311891006
* include http://snomed.info/sct#208215006
* include http://snomed.info/sct#207949005
* include http://snomed.info/sct#208026008
* include http://snomed.info/sct#274157009
* include http://snomed.info/sct#270507001

ValueSet: ConditionVertebralFractureThoracolumbar
Id: condition-vertebral-fracture-thoracolumbar
Title: "Read as vertebral fracture, thoracolumbar"
Description: "Codes in Condition.code that Loadpath reads as: vertebral fracture, thoracolumbar. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.55.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.55XA "Collapsed vertebra, not elsewhere classified, thoracolumbar region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.55XD "Collapsed vertebra, not elsewhere classified, thoracolumbar region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.55XG "Collapsed vertebra, not elsewhere classified, thoracolumbar region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.55XS "Collapsed vertebra, not elsewhere classified, thoracolumbar region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.55.*/

ValueSet: ConditionVertebralFractureLumbar
Id: condition-vertebral-fracture-lumbar
Title: "Read as vertebral fracture, lumbar"
Description: "Codes in Condition.code that Loadpath reads as: vertebral fracture, lumbar. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.56.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.56XA "Collapsed vertebra, not elsewhere classified, lumbar region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.56XD "Collapsed vertebra, not elsewhere classified, lumbar region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.56XG "Collapsed vertebra, not elsewhere classified, lumbar region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.56XS "Collapsed vertebra, not elsewhere classified, lumbar region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.57.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.57XA "Collapsed vertebra, not elsewhere classified, lumbosacral region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.57XD "Collapsed vertebra, not elsewhere classified, lumbosacral region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.57XG "Collapsed vertebra, not elsewhere classified, lumbosacral region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.57XS "Collapsed vertebra, not elsewhere classified, lumbosacral region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.0.*/
* include http://hl7.org/fhir/sid/icd-10-cm#S32.000A "Wedge compression fracture of unspecified lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.000B "Wedge compression fracture of unspecified lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.000D "Wedge compression fracture of unspecified lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.000G "Wedge compression fracture of unspecified lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.000K "Wedge compression fracture of unspecified lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.000S "Wedge compression fracture of unspecified lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.001A "Stable burst fracture of unspecified lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.001B "Stable burst fracture of unspecified lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.001D "Stable burst fracture of unspecified lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.001G "Stable burst fracture of unspecified lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.001K "Stable burst fracture of unspecified lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.001S "Stable burst fracture of unspecified lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.002A "Unstable burst fracture of unspecified lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.002B "Unstable burst fracture of unspecified lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.002D "Unstable burst fracture of unspecified lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.002G "Unstable burst fracture of unspecified lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.002K "Unstable burst fracture of unspecified lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.002S "Unstable burst fracture of unspecified lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.008A "Other fracture of unspecified lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.008B "Other fracture of unspecified lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.008D "Other fracture of unspecified lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.008G "Other fracture of unspecified lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.008K "Other fracture of unspecified lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.008S "Other fracture of unspecified lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.009A "Unspecified fracture of unspecified lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.009B "Unspecified fracture of unspecified lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.009D "Unspecified fracture of unspecified lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.009G "Unspecified fracture of unspecified lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.009K "Unspecified fracture of unspecified lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.009S "Unspecified fracture of unspecified lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.010A "Wedge compression fracture of first lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.010B "Wedge compression fracture of first lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.010D "Wedge compression fracture of first lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.010G "Wedge compression fracture of first lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.010K "Wedge compression fracture of first lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.010S "Wedge compression fracture of first lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.011A "Stable burst fracture of first lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.011B "Stable burst fracture of first lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.011D "Stable burst fracture of first lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.011G "Stable burst fracture of first lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.011K "Stable burst fracture of first lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.011S "Stable burst fracture of first lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.012A "Unstable burst fracture of first lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.012B "Unstable burst fracture of first lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.012D "Unstable burst fracture of first lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.012G "Unstable burst fracture of first lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.012K "Unstable burst fracture of first lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.012S "Unstable burst fracture of first lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.018A "Other fracture of first lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.018B "Other fracture of first lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.018D "Other fracture of first lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.018G "Other fracture of first lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.018K "Other fracture of first lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.018S "Other fracture of first lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.019A "Unspecified fracture of first lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.019B "Unspecified fracture of first lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.019D "Unspecified fracture of first lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.019G "Unspecified fracture of first lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.019K "Unspecified fracture of first lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.019S "Unspecified fracture of first lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.020A "Wedge compression fracture of second lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.020B "Wedge compression fracture of second lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.020D "Wedge compression fracture of second lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.020G "Wedge compression fracture of second lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.020K "Wedge compression fracture of second lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.020S "Wedge compression fracture of second lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.021A "Stable burst fracture of second lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.021B "Stable burst fracture of second lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.021D "Stable burst fracture of second lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.021G "Stable burst fracture of second lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.021K "Stable burst fracture of second lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.021S "Stable burst fracture of second lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.022A "Unstable burst fracture of second lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.022B "Unstable burst fracture of second lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.022D "Unstable burst fracture of second lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.022G "Unstable burst fracture of second lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.022K "Unstable burst fracture of second lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.022S "Unstable burst fracture of second lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.028A "Other fracture of second lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.028B "Other fracture of second lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.028D "Other fracture of second lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.028G "Other fracture of second lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.028K "Other fracture of second lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.028S "Other fracture of second lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.029A "Unspecified fracture of second lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.029B "Unspecified fracture of second lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.029D "Unspecified fracture of second lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.029G "Unspecified fracture of second lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.029K "Unspecified fracture of second lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.029S "Unspecified fracture of second lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.030A "Wedge compression fracture of third lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.030B "Wedge compression fracture of third lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.030D "Wedge compression fracture of third lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.030G "Wedge compression fracture of third lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.030K "Wedge compression fracture of third lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.030S "Wedge compression fracture of third lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.031A "Stable burst fracture of third lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.031B "Stable burst fracture of third lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.031D "Stable burst fracture of third lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.031G "Stable burst fracture of third lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.031K "Stable burst fracture of third lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.031S "Stable burst fracture of third lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.032A "Unstable burst fracture of third lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.032B "Unstable burst fracture of third lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.032D "Unstable burst fracture of third lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.032G "Unstable burst fracture of third lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.032K "Unstable burst fracture of third lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.032S "Unstable burst fracture of third lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.038A "Other fracture of third lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.038B "Other fracture of third lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.038D "Other fracture of third lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.038G "Other fracture of third lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.038K "Other fracture of third lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.038S "Other fracture of third lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.039A "Unspecified fracture of third lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.039B "Unspecified fracture of third lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.039D "Unspecified fracture of third lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.039G "Unspecified fracture of third lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.039K "Unspecified fracture of third lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.039S "Unspecified fracture of third lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.040A "Wedge compression fracture of fourth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.040B "Wedge compression fracture of fourth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.040D "Wedge compression fracture of fourth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.040G "Wedge compression fracture of fourth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.040K "Wedge compression fracture of fourth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.040S "Wedge compression fracture of fourth lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.041A "Stable burst fracture of fourth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.041B "Stable burst fracture of fourth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.041D "Stable burst fracture of fourth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.041G "Stable burst fracture of fourth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.041K "Stable burst fracture of fourth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.041S "Stable burst fracture of fourth lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.042A "Unstable burst fracture of fourth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.042B "Unstable burst fracture of fourth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.042D "Unstable burst fracture of fourth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.042G "Unstable burst fracture of fourth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.042K "Unstable burst fracture of fourth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.042S "Unstable burst fracture of fourth lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.048A "Other fracture of fourth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.048B "Other fracture of fourth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.048D "Other fracture of fourth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.048G "Other fracture of fourth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.048K "Other fracture of fourth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.048S "Other fracture of fourth lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.049A "Unspecified fracture of fourth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.049B "Unspecified fracture of fourth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.049D "Unspecified fracture of fourth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.049G "Unspecified fracture of fourth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.049K "Unspecified fracture of fourth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.049S "Unspecified fracture of fourth lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.050A "Wedge compression fracture of fifth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.050B "Wedge compression fracture of fifth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.050D "Wedge compression fracture of fifth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.050G "Wedge compression fracture of fifth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.050K "Wedge compression fracture of fifth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.050S "Wedge compression fracture of fifth lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.051A "Stable burst fracture of fifth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.051B "Stable burst fracture of fifth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.051D "Stable burst fracture of fifth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.051G "Stable burst fracture of fifth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.051K "Stable burst fracture of fifth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.051S "Stable burst fracture of fifth lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.052A "Unstable burst fracture of fifth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.052B "Unstable burst fracture of fifth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.052D "Unstable burst fracture of fifth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.052G "Unstable burst fracture of fifth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.052K "Unstable burst fracture of fifth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.052S "Unstable burst fracture of fifth lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.058A "Other fracture of fifth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.058B "Other fracture of fifth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.058D "Other fracture of fifth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.058G "Other fracture of fifth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.058K "Other fracture of fifth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.058S "Other fracture of fifth lumbar vertebra, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.059A "Unspecified fracture of fifth lumbar vertebra, initial encounter for closed fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.059B "Unspecified fracture of fifth lumbar vertebra, initial encounter for open fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.059D "Unspecified fracture of fifth lumbar vertebra, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.059G "Unspecified fracture of fifth lumbar vertebra, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.059K "Unspecified fracture of fifth lumbar vertebra, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#S32.059S "Unspecified fracture of fifth lumbar vertebra, sequela"
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.56.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M48\.57.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/icd-10-gm where code regex /S32\.01.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/icd-10-gm where code regex /S32\.02.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/icd-10-gm where code regex /S32\.03.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/icd-10-gm where code regex /S32\.04.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/icd-10-gm where code regex /S32\.05.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/icd-10-gm where code regex /S32\.00.*/
* include http://hl7.org/fhir/sid/icd-9-cm#805.4
* include http://hl7.org/fhir/sid/icd-9-cm#805.5
* include http://hl7.org/fhir/sid/icd-9-cm#806.4
* include http://hl7.org/fhir/sid/icd-9-cm#806.5
* include http://snomed.info/sct#125608002
* include http://snomed.info/sct#426646004
* include http://snomed.info/sct#207957008
* include http://snomed.info/sct#203450003
* include http://snomed.info/sct#311890007
* include http://snomed.info/sct#11311441000119109
* include http://snomed.info/sct#281932007
* include http://snomed.info/sct#281933002
* include http://snomed.info/sct#207959006
* include http://snomed.info/sct#274155001
* include http://snomed.info/sct#308758008
* include http://snomed.info/sct#207986006
* include http://snomed.info/sct#207993005
* include http://snomed.info/sct#207958003
* include http://snomed.info/sct#207964005
* include http://snomed.info/sct#207965006
* include http://snomed.info/sct#207966007
* include http://snomed.info/sct#207967003
* include http://snomed.info/sct#208054001
* include http://snomed.info/sct#208061002
* include http://snomed.info/sct#208056004
* include http://snomed.info/sct#274158004
* include http://snomed.info/sct#270508006
* exclude codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.1.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.2.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.3.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.4.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.5.*/

ValueSet: ConditionVertebralFractureSacral
Id: condition-vertebral-fracture-sacral
Title: "Read as vertebral fracture, sacral"
Description: "Codes in Condition.code that Loadpath reads as: vertebral fracture, sacral. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M48\.58.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M48.58XA "Collapsed vertebra, not elsewhere classified, sacral and sacrococcygeal region, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.58XD "Collapsed vertebra, not elsewhere classified, sacral and sacrococcygeal region, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.58XG "Collapsed vertebra, not elsewhere classified, sacral and sacrococcygeal region, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M48.58XS "Collapsed vertebra, not elsewhere classified, sacral and sacrococcygeal region, sequela of fracture"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.2.*/
* include http://hl7.org/fhir/sid/icd-9-cm#805.6
* include http://hl7.org/fhir/sid/icd-9-cm#805.7
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.7.*/
* include http://snomed.info/sct#11311641000119106
* include http://snomed.info/sct#11311841000119107

ValueSet: ConditionSpinalInstability
Id: condition-spinal-instability
Title: "Read as spinal instability"
Description: "Codes in Condition.code that Loadpath reads as: spinal instability. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M53\.2X5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M53\.2X6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M53\.2X7.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.100.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.110.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.120.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.130.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.140.*/

ValueSet: ConditionBackPain
Id: condition-back-pain
Title: "Read as back pain"
Description: "Codes in Condition.code that Loadpath reads as: back pain. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M54\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M54\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M54\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M54\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M54\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M54\.9.*/
* include http://snomed.info/sct#279039007
* include http://snomed.info/sct#278862001
* include http://snomed.info/sct#279038004
* include http://snomed.info/sct#134407002

ValueSet: ConditionMuscleWeakness
Id: condition-muscle-weakness
Title: "Read as muscle weakness"
Description: "Codes in Condition.code that Loadpath reads as: muscle weakness. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M62\.81.*/

ValueSet: ConditionSarcopenia
Id: condition-sarcopenia
Title: "Read as sarcopenia"
Description: "Codes in Condition.code that Loadpath reads as: sarcopenia. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M62\.84.*/

ValueSet: ConditionHipBursitis
Id: condition-hip-bursitis
Title: "Read as hip bursitis"
Description: "Codes in Condition.code that Loadpath reads as: hip bursitis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M70\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M70\.7.*/

ValueSet: ConditionThighPain
Id: condition-thigh-pain
Title: "Read as thigh pain"
Description: "Codes in Condition.code that Loadpath reads as: thigh pain. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M79\.65.*/

ValueSet: ConditionOsteoporosis
Id: condition-osteoporosis
Title: "Read as osteoporosis"
Description: "Codes in Condition.code that Loadpath reads as: osteoporosis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XA "Age-related osteoporosis with current pathological fracture, vertebra(e), initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XD "Age-related osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XG "Age-related osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XK "Age-related osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XP "Age-related osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.08XS "Age-related osteoporosis with current pathological fracture, vertebra(e), sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XA "Other osteoporosis with current pathological fracture, vertebra(e), initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XD "Other osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XG "Other osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XK "Other osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XP "Other osteoporosis with current pathological fracture, vertebra(e), subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M80.88XS "Other osteoporosis with current pathological fracture, vertebra(e), sequela"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M80.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M82.*/
* include http://hl7.org/fhir/sid/icd-9-cm#733.00
* include http://hl7.org/fhir/sid/icd-9-cm#733.01
* include http://hl7.org/fhir/sid/icd-9-cm#733.02
* include http://hl7.org/fhir/sid/icd-9-cm#733.03
* include http://hl7.org/fhir/sid/icd-9-cm#733.09
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /733\.0.*/
* include http://snomed.info/sct#64859006
* include http://snomed.info/sct#18040001
* include http://snomed.info/sct#3345002
* include http://snomed.info/sct#203438009
* include http://snomed.info/sct#390833005
* include http://snomed.info/sct#203450003
* include http://snomed.info/sct#311890007
* include http://snomed.info/sct#11311441000119109
* include http://snomed.info/sct#240198002
* include http://snomed.info/sct#11311601000119109
* include http://snomed.info/sct#443165006
* include http://snomed.info/sct#203451004
* include http://snomed.info/sct#311891006
* include http://snomed.info/sct#102447009
* include http://snomed.info/sct#32369003
* include http://snomed.info/sct#14651005
* include http://snomed.info/sct#53174001
* include http://snomed.info/sct#203429007
* include http://snomed.info/sct#203433000
* include http://snomed.info/sct#203434006
* include http://snomed.info/sct#203437004
* include http://snomed.info/sct#309745002
* include http://snomed.info/sct#276661002
* include http://snomed.info/sct#240155001
* include http://snomed.info/sct#240157009
* include http://snomed.info/sct#203444008
* include http://snomed.info/sct#203447001
* include http://snomed.info/sct#203448006
* include http://snomed.info/sct#203453001
* include http://snomed.info/sct#203657009
* include http://snomed.info/sct#11311801000119105
* include http://snomed.info/sct#11311641000119106
* include http://snomed.info/sct#11311841000119107

ValueSet: ConditionOsteoporoticFractureSiteUnnamed
Id: condition-osteoporotic-fracture-site-unnamed
Title: "Read as osteoporotic fracture site unnamed"
Description: "Codes in Condition.code that Loadpath reads as: osteoporotic fracture site unnamed. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.00.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.80.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M80.*/
* include http://snomed.info/sct#443165006
* include http://snomed.info/sct#306171000000106
* include http://snomed.info/sct#203444008
* include http://snomed.info/sct#203447001
* include http://snomed.info/sct#203448006
* include http://snomed.info/sct#203453001

ValueSet: ConditionFractureUpperLimb
Id: condition-fracture-upper-limb
Title: "Read as fracture upper limb"
Description: "Codes in Condition.code that Loadpath reads as: fracture upper limb. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.01.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.02.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.03.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.04.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.82.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.83.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.84.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.31.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.32.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.33.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.34.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.41.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.42.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.43.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.44.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.51.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.52.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.53.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.54.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.61.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.62.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.63.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.64.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S42.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S49\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S49\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S52.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S59\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S59\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S59\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S62.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S42.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S52.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S62.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /T10.*/
* include http://snomed.info/sct#12676007
* include http://snomed.info/sct#263199001
* include http://snomed.info/sct#17222009
* include http://snomed.info/sct#263208005
* include http://snomed.info/sct#66308002
* include http://snomed.info/sct#43295006
* include http://snomed.info/sct#42636007
* include http://snomed.info/sct#58150001
* include http://snomed.info/sct#33173003
* include http://snomed.info/sct#42818005

ValueSet: ConditionFractureHipFemur
Id: condition-fracture-hip-femur
Title: "Read as fracture hip femur"
Description: "Codes in Condition.code that Loadpath reads as: fracture hip femur. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.05.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.85.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.35.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.45.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.55.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.65.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.75.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M97\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S72.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S79\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S79\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S72.*/
* include http://snomed.info/sct#71620000
* include http://snomed.info/sct#5913000
* include http://snomed.info/sct#359820003
* include http://snomed.info/sct#359817006
* include http://snomed.info/sct#263225007
* include http://snomed.info/sct#263229001
* include http://snomed.info/sct#54441004
* include http://snomed.info/sct#409667007
* include http://snomed.info/sct#704067000
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.350.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.454.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.550.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.650.*/

ValueSet: ConditionFractureLowerLegFoot
Id: condition-fracture-lower-leg-foot
Title: "Read as fracture lower leg foot"
Description: "Codes in Condition.code that Loadpath reads as: fracture lower leg foot. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.06.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.07.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.86.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M80\.87.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.36.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.37.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.46.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.47.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.56.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.57.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.66.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.67.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M97\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S82.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S89\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S89\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S89\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S89\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S92.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S99\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S99\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S99\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S82.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S92.*/
* include http://snomed.info/sct#31978002
* include http://snomed.info/sct#6990005
* include http://snomed.info/sct#28012007
* include http://snomed.info/sct#428257007
* include http://snomed.info/sct#75591007
* include http://snomed.info/sct#16114001
* include http://snomed.info/sct#42188001
* include http://snomed.info/sct#263244000
* include http://snomed.info/sct#15574005
* include http://snomed.info/sct#263251009
* include http://snomed.info/sct#263247007
* include http://snomed.info/sct#442205007

ValueSet: ConditionOsteomalacia
Id: condition-osteomalacia
Title: "Read as osteomalacia"
Description: "Codes in Condition.code that Loadpath reads as: osteomalacia. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M83.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M83.*/

ValueSet: ConditionFractureOther
Id: condition-fracture-other
Title: "Read as fracture other"
Description: "Codes in Condition.code that Loadpath reads as: fracture other. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M96\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M97.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S02.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S02.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M84\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M96\.6.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.31.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.32.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.33.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.34.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.35.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.36.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.37.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M96\.69.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M97\.0.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M97\.1.*/

ValueSet: ConditionPathologicalFracture
Id: condition-pathological-fracture
Title: "Read as pathological fracture"
Description: "Codes in Condition.code that Loadpath reads as: pathological fracture. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.4.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M84.40XA "Pathological fracture, unspecified site, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.40XD "Pathological fracture, unspecified site, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.40XG "Pathological fracture, unspecified site, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.40XK "Pathological fracture, unspecified site, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.40XP "Pathological fracture, unspecified site, subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.40XS "Pathological fracture, unspecified site, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.48XA "Pathological fracture, other site, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.48XD "Pathological fracture, other site, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.48XG "Pathological fracture, other site, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.48XK "Pathological fracture, other site, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.48XP "Pathological fracture, other site, subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.48XS "Pathological fracture, other site, sequela"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.5.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XA "Pathological fracture in neoplastic disease, unspecified site, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XD "Pathological fracture in neoplastic disease, unspecified site, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XG "Pathological fracture in neoplastic disease, unspecified site, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XK "Pathological fracture in neoplastic disease, unspecified site, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XP "Pathological fracture in neoplastic disease, unspecified site, subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XS "Pathological fracture in neoplastic disease, unspecified site, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XA "Pathological fracture in neoplastic disease, other specified site, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XD "Pathological fracture in neoplastic disease, other specified site, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XG "Pathological fracture in neoplastic disease, other specified site, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XK "Pathological fracture in neoplastic disease, other specified site, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XP "Pathological fracture in neoplastic disease, other specified site, subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XS "Pathological fracture in neoplastic disease, other specified site, sequela"
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.6.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M84.60XA "Pathological fracture in other disease, unspecified site, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.60XD "Pathological fracture in other disease, unspecified site, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.60XG "Pathological fracture in other disease, unspecified site, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.60XK "Pathological fracture in other disease, unspecified site, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.60XP "Pathological fracture in other disease, unspecified site, subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.60XS "Pathological fracture in other disease, unspecified site, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.68XA "Pathological fracture in other disease, other site, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.68XD "Pathological fracture in other disease, other site, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.68XG "Pathological fracture in other disease, other site, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.68XK "Pathological fracture in other disease, other site, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.68XP "Pathological fracture in other disease, other site, subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.68XS "Pathological fracture in other disease, other site, sequela"
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M49\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M90\.7.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M84\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /733\.1.*/
* include http://snomed.info/sct#866087009
* include http://snomed.info/sct#270508006
* include http://snomed.info/sct#270507001
* include http://snomed.info/sct#409667007
* exclude http://hl7.org/fhir/sid/icd-9-cm#733.13

ValueSet: ConditionPathologicalFractureNeoplastic
Id: condition-pathological-fracture-neoplastic
Title: "Read as pathological fracture neoplastic"
Description: "Codes in Condition.code that Loadpath reads as: pathological fracture neoplastic. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.5.*/
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XA "Pathological fracture in neoplastic disease, unspecified site, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XD "Pathological fracture in neoplastic disease, unspecified site, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XG "Pathological fracture in neoplastic disease, unspecified site, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XK "Pathological fracture in neoplastic disease, unspecified site, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XP "Pathological fracture in neoplastic disease, unspecified site, subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.50XS "Pathological fracture in neoplastic disease, unspecified site, sequela"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XA "Pathological fracture in neoplastic disease, other specified site, initial encounter for fracture"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XD "Pathological fracture in neoplastic disease, other specified site, subsequent encounter for fracture with routine healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XG "Pathological fracture in neoplastic disease, other specified site, subsequent encounter for fracture with delayed healing"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XK "Pathological fracture in neoplastic disease, other specified site, subsequent encounter for fracture with nonunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XP "Pathological fracture in neoplastic disease, other specified site, subsequent encounter for fracture with malunion"
* include http://hl7.org/fhir/sid/icd-10-cm#M84.58XS "Pathological fracture in neoplastic disease, other specified site, sequela"
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M90\.7.*/
* include http://snomed.info/sct#866087009

ValueSet: ConditionAtypicalFemurFracture
Id: condition-atypical-femur-fracture
Title: "Read as atypical femur fracture"
Description: "Codes in Condition.code that Loadpath reads as: atypical femur fracture. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M84\.75.*/

ValueSet: ConditionOsteopenia
Id: condition-osteopenia
Title: "Read as osteopenia"
Description: "Codes in Condition.code that Loadpath reads as: osteopenia. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M85\.8.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M85\.8.*/
* include http://snomed.info/sct#312894000
* include http://snomed.info/sct#37605006
* include http://snomed.info/sct#40308000
* include http://snomed.info/sct#735616007
* include http://snomed.info/sct#735615006
* include http://snomed.info/sct#735613004
* include http://snomed.info/sct#735614005
* include http://snomed.info/sct#391076004

ValueSet: ConditionBoneDensityDisorderUnspecified
Id: condition-bone-density-disorder-unspecified
Title: "Read as bone density disorder unspecified"
Description: "Codes in Condition.code that Loadpath reads as: bone density disorder unspecified. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M85\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M85\.9.*/
* include http://hl7.org/fhir/sid/icd-9-cm#733.90
* include http://snomed.info/sct#310254004

ValueSet: ConditionInfectionElsewhere
Id: condition-infection-elsewhere
Title: "Read as infection elsewhere"
Description: "Codes in Condition.code that Loadpath reads as: infection elsewhere. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M86.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M86.*/
* include http://snomed.info/sct#60168000

ValueSet: ConditionJawNecrosis
Id: condition-jaw-necrosis
Title: "Read as jaw necrosis"
Description: "Codes in Condition.code that Loadpath reads as: jaw necrosis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M87\.180.*/

ValueSet: ConditionPagetSpine
Id: condition-paget-spine
Title: "Read as paget spine"
Description: "Codes in Condition.code that Loadpath reads as: paget spine. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M88\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M88\.9.*/
* include http://snomed.info/sct#2089002

ValueSet: ConditionPseudarthrosis
Id: condition-pseudarthrosis
Title: "Read as pseudarthrosis"
Description: "Codes in Condition.code that Loadpath reads as: pseudarthrosis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M96\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /M96\.0.*/

ValueSet: ConditionHardwareFailure
Id: condition-hardware-failure
Title: "Read as hardware failure"
Description: "Codes in Condition.code that Loadpath reads as: hardware failure. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /M96\.69.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T84\.216.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T84\.226.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T84\.296.*/

ValueSet: ConditionCkd3
Id: condition-ckd-3
Title: "Read as ckd 3"
Description: "Codes in Condition.code that Loadpath reads as: ckd 3. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N18\.3.*/

ValueSet: ConditionCkd45
Id: condition-ckd-4-5
Title: "Read as ckd 4 5"
Description: "Codes in Condition.code that Loadpath reads as: ckd 4 5. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N18\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N18\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N18\.6.*/

ValueSet: ConditionDialysis
Id: condition-dialysis
Title: "Read as dialysis"
Description: "Codes in Condition.code that Loadpath reads as: dialysis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N18\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z99\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z99\.2.*/
* include http://snomed.info/sct#265764009
* include http://snomed.info/sct#302497006
* include http://snomed.info/sct#71192002

ValueSet: ConditionKidneyStones
Id: condition-kidney-stones
Title: "Read as kidney stones"
Description: "Codes in Condition.code that Loadpath reads as: kidney stones. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /N20.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z87\.442.*/

ValueSet: ConditionPregnancy
Id: condition-pregnancy
Title: "Read as pregnancy"
Description: "Codes in Condition.code that Loadpath reads as: pregnancy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /O0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /O1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /O2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /O3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /O4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /O6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /O7.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /O8.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /O9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z33.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z34.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /O.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z33.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z34.*/

ValueSet: ConditionOsteogenesisImperfecta
Id: condition-osteogenesis-imperfecta
Title: "Read as osteogenesis imperfecta"
Description: "Codes in Condition.code that Loadpath reads as: osteogenesis imperfecta. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Q78\.0.*/
* include http://snomed.info/sct#78314001

ValueSet: ConditionOrthopnoea
Id: condition-orthopnoea
Title: "Read as orthopnoea"
Description: "Codes in Condition.code that Loadpath reads as: orthopnoea. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R06\.01.*/

ValueSet: ConditionGaitProblem
Id: condition-gait-problem
Title: "Read as gait problem"
Description: "Codes in Condition.code that Loadpath reads as: gait problem. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R26\.81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R26\.89.*/

ValueSet: ConditionFalls
Id: condition-falls
Title: "Read as falls"
Description: "Codes in Condition.code that Loadpath reads as: falls. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R29\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z91\.81.*/
* include http://snomed.info/sct#428942009
* include http://snomed.info/sct#279992002
* include http://snomed.info/sct#161898004
* include http://snomed.info/sct#1912002
* include http://snomed.info/sct#404912005

ValueSet: ConditionDizziness
Id: condition-dizziness
Title: "Read as dizziness"
Description: "Codes in Condition.code that Loadpath reads as: dizziness. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R42.*/

ValueSet: ConditionFever
Id: condition-fever
Title: "Read as fever"
Description: "Codes in Condition.code that Loadpath reads as: fever. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R50\.9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R50\.9.*/
* include http://snomed.info/sct#386661006
* include http://snomed.info/sct#7520000

ValueSet: ConditionFrailty
Id: condition-frailty
Title: "Read as frailty"
Description: "Codes in Condition.code that Loadpath reads as: frailty. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R54.*/
* include http://snomed.info/sct#248279007
* include http://snomed.info/sct#404904002

ValueSet: ConditionSyncope
Id: condition-syncope
Title: "Read as syncope"
Description: "Codes in Condition.code that Loadpath reads as: syncope. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R55.*/

ValueSet: ConditionWeightLoss
Id: condition-weight-loss
Title: "Read as weight loss"
Description: "Codes in Condition.code that Loadpath reads as: weight loss. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R63\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R63\.4.*/
* include http://snomed.info/sct#267024001
* include http://snomed.info/sct#422868009
* include http://snomed.info/sct#448765001

ValueSet: ConditionUnderweight
Id: condition-underweight
Title: "Read as underweight"
Description: "Codes in Condition.code that Loadpath reads as: underweight. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R63\.6.*/

ValueSet: ConditionInflammation
Id: condition-inflammation
Title: "Read as inflammation"
Description: "Codes in Condition.code that Loadpath reads as: inflammation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R70\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /R79\.82.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /R70\.0.*/
* include http://snomed.info/sct#165468009

ValueSet: ConditionFractureNeck
Id: condition-fracture-neck
Title: "Read as fracture neck"
Description: "Codes in Condition.code that Loadpath reads as: fracture neck. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S12.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S12.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /805\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /805\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /806\.1.*/
* include http://snomed.info/sct#125606003
* include http://snomed.info/sct#269062008
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S12\.8.*/

ValueSet: ConditionFractureRibSternum
Id: condition-fracture-rib-sternum
Title: "Read as fracture rib sternum"
Description: "Codes in Condition.code that Loadpath reads as: fracture rib sternum. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S22\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S22\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S22\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S22\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S22\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S22\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S22\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S22\.5.*/
* include http://snomed.info/sct#33737001
* include http://snomed.info/sct#60667009
* include http://snomed.info/sct#1261007
* include http://snomed.info/sct#12204004
* include http://snomed.info/sct#66112004

ValueSet: ConditionCoccyxFracture
Id: condition-coccyx-fracture
Title: "Read as coccyx fracture"
Description: "Codes in Condition.code that Loadpath reads as: coccyx fracture. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.2.*/

ValueSet: ConditionVertebralFracturePelvic
Id: condition-vertebral-fracture-pelvic
Title: "Read as vertebral fracture, pelvic"
Description: "Codes in Condition.code that Loadpath reads as: vertebral fracture, pelvic. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S32\.8.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S32\.5.*/

ValueSet: ConditionVertebralDislocation
Id: condition-vertebral-dislocation
Title: "Read as vertebral dislocation"
Description: "Codes in Condition.code that Loadpath reads as: vertebral dislocation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /S33\.1.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.100.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.110.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.120.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.130.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /S33\.140.*/

ValueSet: ConditionHipReplacement
Id: condition-hip-replacement
Title: "Read as hip replacement"
Description: "Codes in Condition.code that Loadpath reads as: hip replacement. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T84\.02.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.64.*/
* include http://snomed.info/sct#304120007
* include http://snomed.info/sct#67270000
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T84\.022.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T84\.023.*/

ValueSet: ConditionKneeReplacement
Id: condition-knee-replacement
Title: "Read as knee replacement"
Description: "Codes in Condition.code that Loadpath reads as: knee replacement. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T84\.022.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /T84\.023.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.65.*/

ValueSet: ConditionHighEnergyMechanism
Id: condition-high-energy-mechanism
Title: "Read as high energy mechanism"
Description: "Codes in Condition.code that Loadpath reads as: high energy mechanism. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V4.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V7.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V8.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /V9.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W11.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W12.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W13.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W14.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W15.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W16.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W17.*/

ValueSet: ConditionLowEnergyMechanism
Id: condition-low-energy-mechanism
Title: "Read as low energy mechanism"
Description: "Codes in Condition.code that Loadpath reads as: low energy mechanism. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W01.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W06.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W07.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W10.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W18.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /W19.*/

ValueSet: ConditionPostpartum
Id: condition-postpartum
Title: "Read as postpartum"
Description: "Codes in Condition.code that Loadpath reads as: postpartum. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z39.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z39\.1.*/

ValueSet: ConditionLactation
Id: condition-lactation
Title: "Read as lactation"
Description: "Codes in Condition.code that Loadpath reads as: lactation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z39\.1.*/

ValueSet: ConditionNeurostimulator
Id: condition-neurostimulator
Title: "Read as neurostimulator"
Description: "Codes in Condition.code that Loadpath reads as: neurostimulator. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z45\.42.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.82.*/

ValueSet: ConditionAftercare
Id: condition-aftercare
Title: "Read as aftercare"
Description: "Codes in Condition.code that Loadpath reads as: aftercare. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z48.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.1.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.2.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.81.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.82.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.89.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z48\.3.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z48\.811.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z48\.812.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z48\.815.*/

ValueSet: ConditionJointAftercare
Id: condition-joint-aftercare
Title: "Read as joint aftercare"
Description: "Codes in Condition.code that Loadpath reads as: joint aftercare. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.1.*/

ValueSet: ConditionOrthopaedicAftercare
Id: condition-orthopaedic-aftercare
Title: "Read as orthopaedic aftercare"
Description: "Codes in Condition.code that Loadpath reads as: orthopaedic aftercare. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.89.*/
* include http://hl7.org/fhir/sid/icd-9-cm#V54.17
* include http://hl7.org/fhir/sid/icd-9-cm#V54.27

ValueSet: ConditionSurgeryImplied
Id: condition-surgery-implied
Title: "Read as surgery implied"
Description: "Codes in Condition.code that Loadpath reads as: surgery implied. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.82.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z47\.89.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z48\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z48\.811.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z48\.812.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z48\.815.*/

ValueSet: ConditionCancerTreatment
Id: condition-cancer-treatment
Title: "Read as cancer treatment"
Description: "Codes in Condition.code that Loadpath reads as: cancer treatment. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z51\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z51\.11.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.63.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.811.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.818.*/
* include http://snomed.info/sct#707266006

ValueSet: ConditionPalliative
Id: condition-palliative
Title: "Read as palliative"
Description: "Codes in Condition.code that Loadpath reads as: palliative. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z51\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z66.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z51\.5.*/
* include http://snomed.info/sct#103735009
* include http://snomed.info/sct#385763009
* include http://snomed.info/sct#170935008
* include http://snomed.info/sct#305336008
* include http://snomed.info/sct#300936002
* include http://snomed.info/sct#182964004
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#Q5003
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#Q5004
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#Q5005
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#Q5006
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#Q5007
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#Q5008
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#Q5010
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#G0182
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#M1017

ValueSet: ConditionNursingHome
Id: condition-nursing-home
Title: "Read as nursing home"
Description: "Codes in Condition.code that Loadpath reads as: nursing home. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z59\.3.*/
* include http://snomed.info/sct#160734000

ValueSet: ConditionLivesAlone
Id: condition-lives-alone
Title: "Read as lives alone"
Description: "Codes in Condition.code that Loadpath reads as: lives alone. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z60\.2.*/

ValueSet: ConditionBedBound
Id: condition-bed-bound
Title: "Read as bed bound"
Description: "Codes in Condition.code that Loadpath reads as: bed bound. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z74\.01.*/
* include http://snomed.info/sct#160685001

ValueSet: ConditionHomebound
Id: condition-homebound
Title: "Read as homebound"
Description: "Codes in Condition.code that Loadpath reads as: homebound. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z74\.09.*/

ValueSet: ConditionNeedsHelp
Id: condition-needs-help
Title: "Read as needs help"
Description: "Codes in Condition.code that Loadpath reads as: needs help. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z74\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z74\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z74\.3.*/

ValueSet: ConditionPostmenopausal
Id: condition-postmenopausal
Title: "Read as postmenopausal"
Description: "Codes in Condition.code that Loadpath reads as: postmenopausal. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z78\.0.*/
* include http://snomed.info/sct#735614005

ValueSet: ConditionAnticoagulant
Id: condition-anticoagulant
Title: "Read as anticoagulant"
Description: "Codes in Condition.code that Loadpath reads as: anticoagulant. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.01.*/
* include http://snomed.info/sct#182764009

ValueSet: ConditionGlucocorticoidInhaled
Id: condition-glucocorticoid-inhaled
Title: "Read as glucocorticoid inhaled"
Description: "Codes in Condition.code that Loadpath reads as: glucocorticoid inhaled. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.51.*/

ValueSet: ConditionSerm
Id: condition-serm
Title: "Read as serm"
Description: "Codes in Condition.code that Loadpath reads as: serm. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.810.*/

ValueSet: ConditionHormoneModulatorUse
Id: condition-hormone-modulator-use
Title: "Read as hormone modulator use"
Description: "Codes in Condition.code that Loadpath reads as: hormone modulator use. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.818.*/

ValueSet: ConditionAntiresorptiveTherapy
Id: condition-antiresorptive-therapy
Title: "Read as antiresorptive therapy"
Description: "Codes in Condition.code that Loadpath reads as: antiresorptive therapy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z79\.83.*/

ValueSet: ConditionCancerHistory
Id: condition-cancer-history
Title: "Read as cancer history"
Description: "Codes in Condition.code that Loadpath reads as: cancer history. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z85.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z85.*/

ValueSet: ConditionVteHistory
Id: condition-vte-history
Title: "Read as vte history"
Description: "Codes in Condition.code that Loadpath reads as: vte history. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z86\.711.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z86\.718.*/
* include http://snomed.info/sct#161508001
* include http://snomed.info/sct#161512007

ValueSet: ConditionFractureHistory
Id: condition-fracture-history
Title: "Read as fracture history"
Description: "Codes in Condition.code that Loadpath reads as: fracture history. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z87\.310.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z87\.311.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z87\.312.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z87\.81.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /T91\.1.*/
* include http://hl7.org/fhir/sid/icd-9-cm#V13.51
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /905\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-9-cm where code regex /V15\.51.*/
* include http://snomed.info/sct#391094005
* include http://snomed.info/sct#391092009

ValueSet: ConditionFormerTobacco
Id: condition-former-tobacco
Title: "Read as former tobacco"
Description: "Codes in Condition.code that Loadpath reads as: former tobacco. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z87\.891.*/

ValueSet: ConditionAmputation
Id: condition-amputation
Title: "Read as amputation"
Description: "Codes in Condition.code that Loadpath reads as: amputation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z89\.5.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z89\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z97\.1.*/

ValueSet: ConditionIrradiationHistory
Id: condition-irradiation-history
Title: "Read as irradiation history"
Description: "Codes in Condition.code that Loadpath reads as: irradiation history. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z92\.3.*/

ValueSet: ConditionStoma
Id: condition-stoma
Title: "Read as stoma"
Description: "Codes in Condition.code that Loadpath reads as: stoma. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z93\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z93\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z93\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z93\.3.*/

ValueSet: ConditionImplant
Id: condition-implant
Title: "Read as implant"
Description: "Codes in Condition.code that Loadpath reads as: implant. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z95.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.6.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.7.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.8.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z95\.0.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z95\.1.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z95\.2.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z95\.810.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.61.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.64.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.65.*/
* exclude codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.82.*/

ValueSet: ConditionCardiacDevice
Id: condition-cardiac-device
Title: "Read as cardiac device"
Description: "Codes in Condition.code that Loadpath reads as: cardiac device. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z95\.0.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z95\.810.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z95\.0.*/
* include http://snomed.info/sct#441509002
* include http://snomed.info/sct#72506001

ValueSet: ConditionSternotomy
Id: condition-sternotomy
Title: "Read as sternotomy"
Description: "Codes in Condition.code that Loadpath reads as: sternotomy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z95\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z95\.2.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z95\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z95\.2.*/

ValueSet: ConditionShoulderReplacement
Id: condition-shoulder-replacement
Title: "Read as shoulder replacement"
Description: "Codes in Condition.code that Loadpath reads as: shoulder replacement. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z96\.61.*/

ValueSet: ConditionArthrodesisStatus
Id: condition-arthrodesis-status
Title: "Read as arthrodesis status"
Description: "Codes in Condition.code that Loadpath reads as: arthrodesis status. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z98\.1.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z98\.1.*/

ValueSet: ConditionEyeSurgery
Id: condition-eye-surgery
Title: "Read as eye surgery"
Description: "Codes in Condition.code that Loadpath reads as: eye surgery. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z98\.41.*/
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z98\.42.*/

ValueSet: ConditionWheelchair
Id: condition-wheelchair
Title: "Read as wheelchair"
Description: "Codes in Condition.code that Loadpath reads as: wheelchair. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include codes from system http://hl7.org/fhir/sid/icd-10-cm where code regex /Z99\.3.*/
* include codes from system http://hl7.org/fhir/sid/icd-10 where code regex /Z99\.3.*/
* include http://snomed.info/sct#105503008
* include http://snomed.info/sct#160684002
* include http://snomed.info/sct#413121008
* include http://snomed.info/sct#165244004
* include http://snomed.info/sct#228869008

ValueSet: ConditionSpinalMetastasis
Id: condition-spinal-metastasis
Title: "Read as spinal metastasis"
Description: "Codes in Condition.code that Loadpath reads as: spinal metastasis. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#866087009
* include http://snomed.info/sct#94602001
* include http://snomed.info/sct#94389000

ValueSet: ConditionFallRisk
Id: condition-fall-risk
Title: "Read as fall risk"
Description: "Codes in Condition.code that Loadpath reads as: fall risk. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#129839007

ValueSet: ConditionFractureNonunion
Id: condition-fracture-nonunion
Title: "Read as fracture nonunion"
Description: "Codes in Condition.code that Loadpath reads as: fracture nonunion. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#302941001

ValueSet: BodySiteLevel
Id: body-site-level
Title: "Read as level"
Description: "Codes in bodySite that Loadpath reads as: level. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#66794005
* include http://snomed.info/sct#14293000
* include http://snomed.info/sct#36470004
* include http://snomed.info/sct#11994002
* include http://snomed.info/sct#49668003
* include http://snomed.info/sct#23215003

ValueSet: BodySiteRegion
Id: body-site-region
Title: "Read as region"
Description: "Codes in bodySite that Loadpath reads as: region. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#51282000

ValueSet: BodySiteSite
Id: body-site-site
Title: "Read as site"
Description: "Codes in bodySite that Loadpath reads as: site. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#29627003

ValueSet: ProcedureFusion
Id: procedure-fusion
Title: "Read as fusion"
Description: "Codes in Procedure.code that Loadpath reads as: fusion. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#50172003
* include http://snomed.info/sct#277764006
* include http://snomed.info/sct#34238000
* include http://snomed.info/sct#448942003
* include http://snomed.info/sct#449048009
* include http://snomed.info/sct#448943008
* include http://snomed.info/sct#448944002
* include http://snomed.info/sct#55705006
* include http://snomed.info/sct#359586003
* include http://www.ama-assn.org/go/cpt#22533
* include http://www.ama-assn.org/go/cpt#22558
* include http://www.ama-assn.org/go/cpt#22612
* include http://www.ama-assn.org/go/cpt#22630
* include http://www.ama-assn.org/go/cpt#22633
* include http://www.ama-assn.org/go/cpt#22614
* include http://www.ama-assn.org/go/cpt#22632
* include http://www.ama-assn.org/go/cpt#22634
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SG0.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SG1.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SG3.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RGA.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /XRGA.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /XRGB.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /XRGC.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /XRGD.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RG6.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RG7.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RG8.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/ops where code regex /5\-836.*/
* include http://www.ama-assn.org/go/cpt#27279
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SG7.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SG8.*/

ValueSet: ProcedureDecompression
Id: procedure-decompression
Title: "Read as decompression"
Description: "Codes in Procedure.code that Loadpath reads as: decompression. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#427752004
* include http://www.cms.gov/Medicare/Coding/ICD10#00NY0ZZ
* include http://www.cms.gov/Medicare/Coding/ICD10#00NY4ZZ
* include http://www.cms.gov/Medicare/Coding/ICD10#01NB0ZZ
* include http://www.cms.gov/Medicare/Coding/ICD10#01NB4ZZ
* include http://snomed.info/sct#178674000
* include http://snomed.info/sct#178675004
* include http://snomed.info/sct#178676003
* include http://snomed.info/sct#178677007
* include http://snomed.info/sct#3418002
* include http://snomed.info/sct#89355001
* include http://snomed.info/sct#442118009
* include http://snomed.info/sct#442058009
* include http://snomed.info/sct#387731002
* include http://www.ama-assn.org/go/cpt#63005
* include http://www.ama-assn.org/go/cpt#63030
* include http://www.ama-assn.org/go/cpt#63042
* include http://www.ama-assn.org/go/cpt#63044
* include http://www.ama-assn.org/go/cpt#63047
* include http://www.ama-assn.org/go/cpt#63048
* include http://www.ama-assn.org/go/cpt#63052
* include http://www.ama-assn.org/go/cpt#63053
* include http://www.ama-assn.org/go/cpt#63056
* include https://fhir.hl7.org.uk/Id/opcs-4#V44.1
* include https://fhir.hl7.org.uk/Id/opcs-4#V44.2
* include https://fhir.hl7.org.uk/Id/opcs-4#V44.3
* include https://fhir.hl7.org.uk/Id/opcs-4#V44.8
* include https://fhir.hl7.org.uk/Id/opcs-4#V44.9
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SB2.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0ST2.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SB4.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0ST4.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /00NY.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /01NB.*/
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SB20ZX
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SB23ZX
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SB24ZX
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SB40ZX
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SB43ZX
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SB44ZX

ValueSet: ProcedureHardwareRemoval
Id: procedure-hardware-removal
Title: "Read as hardware removal"
Description: "Codes in Procedure.code that Loadpath reads as: hardware removal. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#86782006
* include http://snomed.info/sct#608884004
* include http://www.ama-assn.org/go/cpt#22850
* include http://www.ama-assn.org/go/cpt#22852
* include http://www.ama-assn.org/go/cpt#22855
* include http://www.cms.gov/Medicare/Coding/ICD10#0QP004Z
* include http://www.cms.gov/Medicare/Coding/ICD10#0QP034Z
* include http://www.cms.gov/Medicare/Coding/ICD10#0QP044Z
* include http://www.cms.gov/Medicare/Coding/ICD10#0QP0X4Z
* include http://snomed.info/sct#760471000000101

ValueSet: ProcedureDensitometry
Id: procedure-densitometry
Title: "Read as densitometry"
Description: "Codes in Procedure.code that Loadpath reads as: densitometry. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#312681000
* include http://www.ama-assn.org/go/cpt#77080
* include http://snomed.info/sct#82066000
* include http://www.cms.gov/Medicare/Coding/ICD10#BR09ZZ1
* include http://www.cms.gov/Medicare/Coding/ICD10#BQ00ZZ1
* include http://www.cms.gov/Medicare/Coding/ICD10#BQ01ZZ1
* include http://www.cms.gov/Medicare/Coding/ICD10#BQ03ZZ1
* include http://www.cms.gov/Medicare/Coding/ICD10#BQ04ZZ1

ValueSet: AnswerCurrent
Id: answer-current
Title: "Read as current"
Description: "Codes in Observation.value that Loadpath reads as: current. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://snomed.info/sct#449868002
* include http://snomed.info/sct#428041000124106
* include http://snomed.info/sct#77176002
* include http://snomed.info/sct#428071000124103
* include http://snomed.info/sct#428061000124105
* include http://loinc.org#LA18976-3
* include http://loinc.org#LA18977-1

ValueSet: AnswerFormer
Id: answer-former
Title: "Read as former"
Description: "Codes in Observation.value that Loadpath reads as: former. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://snomed.info/sct#8517006
* include http://loinc.org#LA15920-4

ValueSet: AnswerNever
Id: answer-never
Title: "Read as never"
Description: "Codes in Observation.value that Loadpath reads as: never. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://snomed.info/sct#266919005
* include http://loinc.org#LA18978-9

ValueSet: AnswerUnknown
Id: answer-unknown
Title: "Read as unknown"
Description: "Codes in Observation.value that Loadpath reads as: unknown. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#266927001

ValueSet: AnswerNonDrinker
Id: answer-non-drinker
Title: "Read as non drinker"
Description: "Codes in Observation.value that Loadpath reads as: non drinker. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#105542008

ValueSet: ObservationTScore
Id: observation-t-score
Title: "Read as t score"
Description: "Codes in Observation.code that Loadpath reads as: t score. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#38267-1
* include http://loinc.org#38264-8
* include http://loinc.org#38263-0
* include http://loinc.org#38265-5
* include http://loinc.org#80946-7
* include http://loinc.org#80945-9
* include http://loinc.org#80948-3
* include http://loinc.org#80947-5
* include http://loinc.org#80944-2
* include http://loinc.org#80943-4
* include http://read.info/readv2#58EE.00
* include http://read.info/readv2#58EE.
* include http://read.info/readv2#58EK.00
* include http://read.info/readv2#58EK.
* include http://read.info/readv2#58ES.00
* include http://read.info/readv2#58ES.
* include http://read.info/ctv3#XaITU

ValueSet: ObservationZScore
Id: observation-z-score
Title: "Read as z score"
Description: "Codes in Observation.code that Loadpath reads as: z score. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#85394-5
* include http://loinc.org#80933-5
* include http://loinc.org#80934-3
* include http://loinc.org#80932-7
* include http://loinc.org#80938-4
* include http://loinc.org#80937-6
* include http://loinc.org#80940-0
* include http://loinc.org#80939-2
* include http://loinc.org#80936-8
* include http://loinc.org#80935-0

ValueSet: ObservationArealBmd
Id: observation-areal-bmd
Title: "Read as areal bmd"
Description: "Codes in Observation.code that Loadpath reads as: areal bmd. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#24966-4
* include http://loinc.org#38261-4
* include http://loinc.org#24701-5
* include http://loinc.org#24890-6
* include http://loinc.org#46278-8
* include http://loinc.org#46279-6
* include http://loinc.org#80954-1
* include http://loinc.org#80953-3
* include http://loinc.org#80952-5
* include http://loinc.org#80951-7

ValueSet: ObservationDxaPanel
Id: observation-dxa-panel
Title: "Read as dxa panel"
Description: "Codes in Observation.code that Loadpath reads as: dxa panel. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#83311-1

ValueSet: ObservationDxaReport
Id: observation-dxa-report
Title: "Read as dxa report"
Description: "Codes in Observation.code that Loadpath reads as: dxa report. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#38269-7
* include http://loinc.org#38268-9
* include http://loinc.org#26121-4

ValueSet: Observation25OhVitaminD
Id: observation-25-oh-vitamin-d
Title: "Read as 25 oh vitamin d"
Description: "Codes in Observation.code that Loadpath reads as: 25 oh vitamin d. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license. This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://loinc.org#62292-8
* include http://loinc.org#1989-3
* include http://loinc.org#49054-0
* include http://loinc.org#14635-7
* include http://loinc.org#68438-1
* include http://loinc.org#35365-6
* include http://snomed.info/sct#1007991000000105
* include http://snomed.info/sct#1029801000000105
* include http://snomed.info/sct#996641000000102

ValueSet: ObservationCalcium
Id: observation-calcium
Title: "Read as calcium"
Description: "Codes in Observation.code that Loadpath reads as: calcium. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#17861-6
* include http://loinc.org#2000-8

ValueSet: ObservationHemoglobin
Id: observation-hemoglobin
Title: "Read as hemoglobin"
Description: "Codes in Observation.code that Loadpath reads as: hemoglobin. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#718-7

ValueSet: ObservationEsr
Id: observation-esr
Title: "Read as esr"
Description: "Codes in Observation.code that Loadpath reads as: esr. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#4537-7
* include http://loinc.org#30341-2

ValueSet: ObservationCrp
Id: observation-crp
Title: "Read as crp"
Description: "Codes in Observation.code that Loadpath reads as: crp. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#1988-5
* include http://loinc.org#30522-7

ValueSet: ObservationAlkalinePhosphatase
Id: observation-alkaline-phosphatase
Title: "Read as alkaline phosphatase"
Description: "Codes in Observation.code that Loadpath reads as: alkaline phosphatase. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#6768-6

ValueSet: ObservationPhosphate
Id: observation-phosphate
Title: "Read as phosphate"
Description: "Codes in Observation.code that Loadpath reads as: phosphate. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#2777-1

ValueSet: ObservationAlbumin
Id: observation-albumin
Title: "Read as albumin"
Description: "Codes in Observation.code that Loadpath reads as: albumin. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#1751-7

ValueSet: ObservationCreatinine
Id: observation-creatinine
Title: "Read as creatinine"
Description: "Codes in Observation.code that Loadpath reads as: creatinine. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#2160-0

ValueSet: ObservationPth
Id: observation-pth
Title: "Read as pth"
Description: "Codes in Observation.code that Loadpath reads as: pth. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#2731-8

ValueSet: ObservationTsh
Id: observation-tsh
Title: "Read as tsh"
Description: "Codes in Observation.code that Loadpath reads as: tsh. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#3016-3

ValueSet: ObservationTestosterone
Id: observation-testosterone
Title: "Read as testosterone"
Description: "Codes in Observation.code that Loadpath reads as: testosterone. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#2986-8

ValueSet: ObservationMProtein
Id: observation-m-protein
Title: "Read as m protein"
Description: "Codes in Observation.code that Loadpath reads as: m protein. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#33358-3
* include http://loinc.org#51435-6

ValueSet: ObservationLightChainRatio
Id: observation-light-chain-ratio
Title: "Read as light chain ratio"
Description: "Codes in Observation.code that Loadpath reads as: light chain ratio. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#48378-4

ValueSet: ObservationPsa
Id: observation-psa
Title: "Read as psa"
Description: "Codes in Observation.code that Loadpath reads as: psa. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#2857-1

ValueSet: ObservationTissueTransglutaminase
Id: observation-tissue-transglutaminase
Title: "Read as tissue transglutaminase"
Description: "Codes in Observation.code that Loadpath reads as: tissue transglutaminase. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#46128-5

ValueSet: ObservationEgfr
Id: observation-egfr
Title: "Read as egfr"
Description: "Codes in Observation.code that Loadpath reads as: egfr. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#98979-8
* include http://loinc.org#62238-1
* include http://loinc.org#69405-9
* include http://loinc.org#48642-3
* include http://loinc.org#48643-1

ValueSet: ObservationPain
Id: observation-pain
Title: "Read as pain"
Description: "Codes in Observation.code that Loadpath reads as: pain. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#72514-3
* include http://loinc.org#38208-5
* include http://loinc.org#75893-8
* include http://loinc.org#38214-3

ValueSet: ObservationSmoking
Id: observation-smoking
Title: "Read as smoking"
Description: "Codes in Observation.code that Loadpath reads as: smoking. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#72166-2

ValueSet: ObservationAlcohol
Id: observation-alcohol
Title: "Read as alcohol"
Description: "Codes in Observation.code that Loadpath reads as: alcohol. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#74013-4
* include http://loinc.org#11287-0

ValueSet: ObservationAuditC
Id: observation-audit-c
Title: "Read as audit c"
Description: "Codes in Observation.code that Loadpath reads as: audit c. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#72109-2

ValueSet: ObservationBmi
Id: observation-bmi
Title: "Read as bmi"
Description: "Codes in Observation.code that Loadpath reads as: bmi. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#39156-5

ValueSet: ObservationFallRisk
Id: observation-fall-risk
Title: "Read as fall risk"
Description: "Codes in Observation.code that Loadpath reads as: fall risk. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#73830-2
* include http://loinc.org#57254-5

ValueSet: ObservationFallHistory
Id: observation-fall-history
Title: "Read as fall history"
Description: "Codes in Observation.code that Loadpath reads as: fall history. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#59454-9

ValueSet: ObservationStayIndependent
Id: observation-stay-independent
Title: "Read as stay independent"
Description: "Codes in Observation.code that Loadpath reads as: stay independent. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#97874-2

ValueSet: ObservationPlatelets
Id: observation-platelets
Title: "Read as platelets"
Description: "Codes in Observation.code that Loadpath reads as: platelets. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#777-3

ValueSet: ObservationFalls
Id: observation-falls
Title: "Read as falls"
Description: "Codes in Observation.code that Loadpath reads as: falls. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#52552-7
* include http://loinc.org#75856-5

ValueSet: ObservationMorseFallScale
Id: observation-morse-fall-scale
Title: "Read as morse fall scale"
Description: "Codes in Observation.code that Loadpath reads as: morse fall scale. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#59460-6

ValueSet: ObservationBloodPressure
Id: observation-blood-pressure
Title: "Read as blood pressure"
Description: "Codes in Observation.code that Loadpath reads as: blood pressure. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#85354-9

ValueSet: ObservationSystolic
Id: observation-systolic
Title: "Read as systolic"
Description: "Codes in Observation.code that Loadpath reads as: systolic. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#8480-6
* include http://loinc.org#8459-0

ValueSet: ObservationSystolicLying
Id: observation-systolic-lying
Title: "Read as systolic lying"
Description: "Codes in Observation.code that Loadpath reads as: systolic lying. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#8461-6

ValueSet: ObservationSystolicStanding
Id: observation-systolic-standing
Title: "Read as systolic standing"
Description: "Codes in Observation.code that Loadpath reads as: systolic standing. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#8460-8

ValueSet: ObservationDiastolic
Id: observation-diastolic
Title: "Read as diastolic"
Description: "Codes in Observation.code that Loadpath reads as: diastolic. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#8462-4

ValueSet: ObservationOxygenSaturation
Id: observation-oxygen-saturation
Title: "Read as oxygen saturation"
Description: "Codes in Observation.code that Loadpath reads as: oxygen saturation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#59408-5
* include http://loinc.org#2708-6

ValueSet: ObservationTemperature
Id: observation-temperature
Title: "Read as temperature"
Description: "Codes in Observation.code that Loadpath reads as: temperature. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#8310-5

ValueSet: ObservationClinicalFrailty
Id: observation-clinical-frailty
Title: "Read as clinical frailty"
Description: "Codes in Observation.code that Loadpath reads as: clinical frailty. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#763228001

ValueSet: ObservationFractureProbability
Id: observation-fracture-probability
Title: "Read as fracture probability"
Description: "Codes in Observation.code that Loadpath reads as: fracture probability. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#90265-0

ValueSet: DocumentPtNote
Id: document-pt-note
Title: "Read as pt note"
Description: "Codes in DocumentReference.type that Loadpath reads as: pt note. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#34824-3
* include http://loinc.org#11508-9
* include http://loinc.org#18735-1
* include http://loinc.org#28579-1
* include http://loinc.org#68590-9
* include http://loinc.org#84321-9
* include http://loinc.org#100519-8
* include http://loinc.org#84330-0

ValueSet: ProcedureAugmentation
Id: procedure-augmentation
Title: "Read as augmentation"
Description: "Codes in Procedure.code that Loadpath reads as: augmentation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence. This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://www.ama-assn.org/go/cpt#22510
* include http://www.ama-assn.org/go/cpt#22511
* include http://www.ama-assn.org/go/cpt#22512
* include http://www.ama-assn.org/go/cpt#22513
* include http://www.ama-assn.org/go/cpt#22514
* include http://www.ama-assn.org/go/cpt#22515
* include http://www.ama-assn.org/go/cpt#22520
* include http://www.ama-assn.org/go/cpt#22521
* include http://www.ama-assn.org/go/cpt#22522
* include http://www.ama-assn.org/go/cpt#22523
* include http://www.ama-assn.org/go/cpt#22524
* include http://www.ama-assn.org/go/cpt#22525
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QU0.*/
* include http://www.cms.gov/Medicare/Coding/ICD10#XNU0356
* include http://www.cms.gov/Medicare/Coding/ICD10#0QS03ZZ
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0PU4.*/
* include http://www.cms.gov/Medicare/Coding/ICD10#0PS43ZZ
* include http://www.cms.gov/Medicare/Coding/ICD10#XNU4356
* include http://snomed.info/sct#426243004
* include http://snomed.info/sct#230411000000106
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#C7504
* include http://hl7.org/fhir/sid/icd-9-cm#81.65
* include http://hl7.org/fhir/sid/icd-9-cm#81.66
* include https://fhir.hl7.org.uk/Id/opcs-4#V44.4
* include https://fhir.hl7.org.uk/Id/opcs-4#V44.5
* include codes from system http://fhir.de/CodeSystem/bfarm/ops where code regex /5\-839\.9.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/ops where code regex /5\-839\.a.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/ops where code regex /5\-839\.A.*/

ValueSet: ProcedureClosedTreatment
Id: procedure-closed-treatment
Title: "Read as closed treatment"
Description: "Codes in Procedure.code that Loadpath reads as: closed treatment. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence. This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://www.ama-assn.org/go/cpt#22310
* include http://www.ama-assn.org/go/cpt#22315
* include http://www.cms.gov/Medicare/Coding/ICD10#0QS0XZZ
* include http://www.cms.gov/Medicare/Coding/ICD10#0PS4XZZ
* include http://snomed.info/sct#178684004
* include http://snomed.info/sct#311488002

ValueSet: ProcedureFixation
Id: procedure-fixation
Title: "Read as fixation"
Description: "Codes in Procedure.code that Loadpath reads as: fixation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence. This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://www.ama-assn.org/go/cpt#22325
* include http://www.ama-assn.org/go/cpt#22840
* include http://www.ama-assn.org/go/cpt#22842
* include http://www.ama-assn.org/go/cpt#22843
* include http://www.ama-assn.org/go/cpt#22844
* include http://www.ama-assn.org/go/cpt#22845
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QS0.*/
* include http://www.cms.gov/Medicare/Coding/ICD10#0QH004Z
* include http://www.cms.gov/Medicare/Coding/ICD10#0QH034Z
* include http://www.cms.gov/Medicare/Coding/ICD10#0QH044Z
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SH0.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SH3.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0PS4.*/
* include http://snomed.info/sct#19688005
* include http://snomed.info/sct#265721002
* include http://snomed.info/sct#275093002
* include http://snomed.info/sct#178733008
* include http://snomed.info/sct#178734002
* include http://snomed.info/sct#178736000
* include http://snomed.info/sct#178737009
* include codes from system http://fhir.de/CodeSystem/bfarm/ops where code regex /5\-83b.*/
* include codes from system http://fhir.de/CodeSystem/bfarm/ops where code regex /5\-83B.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SR2.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SR4.*/
* include http://www.ama-assn.org/go/cpt#22867
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0QS03ZZ
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0QS0XZZ
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SH003Z
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SH033Z
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SH043Z
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SH303Z
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SH333Z
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0SH343Z
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0PS43ZZ
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0PS4XZZ

ValueSet: ProcedurePtEvaluation
Id: procedure-pt-evaluation
Title: "Read as pt evaluation"
Description: "Codes in Procedure.code that Loadpath reads as: pt evaluation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://www.ama-assn.org/go/cpt#97161
* include http://www.ama-assn.org/go/cpt#97162
* include http://www.ama-assn.org/go/cpt#97163
* include http://www.ama-assn.org/go/cpt#97164

ValueSet: MedicationGlucocorticoidUse
Id: medication-glucocorticoid-use
Title: "Read as glucocorticoid use"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: glucocorticoid use. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include http://www.nlm.nih.gov/research/umls/rxnorm#8640
* include http://www.nlm.nih.gov/research/umls/rxnorm#8638
* include http://www.nlm.nih.gov/research/umls/rxnorm#6902
* include http://www.nlm.nih.gov/research/umls/rxnorm#3264
* include http://www.nlm.nih.gov/research/umls/rxnorm#5492
* include http://www.nlm.nih.gov/research/umls/rxnorm#1514
* include http://www.nlm.nih.gov/research/umls/rxnorm#2878
* include http://www.nlm.nih.gov/research/umls/rxnorm#22396

ValueSet: ProcedureHipReplacement
Id: procedure-hip-replacement
Title: "Read as hip replacement"
Description: "Codes in Procedure.code that Loadpath reads as: hip replacement. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#398010007
* include http://snomed.info/sct#430688009
* include http://snomed.info/sct#430694001
* include http://snomed.info/sct#450813004
* include http://www.ama-assn.org/go/cpt#27130
* include http://www.ama-assn.org/go/cpt#27132
* include http://www.ama-assn.org/go/cpt#27134
* include http://www.ama-assn.org/go/cpt#27125
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SR9.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SRB.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SRA.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SRE.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SRR.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SRS.*/

ValueSet: ProcedureKneeReplacement
Id: procedure-knee-replacement
Title: "Read as knee replacement"
Description: "Codes in Procedure.code that Loadpath reads as: knee replacement. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#609588000
* include http://snomed.info/sct#450818008
* include http://www.ama-assn.org/go/cpt#27447
* include http://www.ama-assn.org/go/cpt#27446
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SRC.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0SRD.*/

ValueSet: ProcedureShoulderReplacement
Id: procedure-shoulder-replacement
Title: "Read as shoulder replacement"
Description: "Codes in Procedure.code that Loadpath reads as: shoulder replacement. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#42262007
* include http://snomed.info/sct#308681004
* include http://www.ama-assn.org/go/cpt#23472
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RRJ.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RRK.*/

ValueSet: ProcedureFemurFixation
Id: procedure-femur-fixation
Title: "Read as femur fixation"
Description: "Codes in Procedure.code that Loadpath reads as: femur fixation. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#57470004
* include http://snomed.info/sct#272300006
* include http://www.ama-assn.org/go/cpt#27236
* include http://www.ama-assn.org/go/cpt#27245
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QS6.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QS7.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QS8.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QS9.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QH6.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QH7.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QH8.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0QH9.*/

ValueSet: ProcedureCervicalSurgery
Id: procedure-cervical-surgery
Title: "Read as cervical surgery"
Description: "Codes in Procedure.code that Loadpath reads as: cervical surgery. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#81099000
* include http://snomed.info/sct#59703009
* include http://snomed.info/sct#53976000
* include http://snomed.info/sct#445429009
* include http://snomed.info/sct#6976007
* include http://www.ama-assn.org/go/cpt#22551
* include http://www.ama-assn.org/go/cpt#22552
* include http://www.ama-assn.org/go/cpt#22600
* include http://www.ama-assn.org/go/cpt#22856
* include http://www.ama-assn.org/go/cpt#63045
* include http://www.ama-assn.org/go/cpt#63050
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RG0.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RG1.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RG2.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RG4.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RR3.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RB3.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0RT3.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /00NW.*/
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0RB30ZX
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0RB33ZX
* exclude http://www.cms.gov/Medicare/Coding/ICD10#0RB34ZX

ValueSet: ProcedureSpinalInjection
Id: procedure-spinal-injection
Title: "Read as spinal injection"
Description: "Codes in Procedure.code that Loadpath reads as: spinal injection. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://www.ama-assn.org/go/cpt#62323

ValueSet: ProcedureNeurostimulator
Id: procedure-neurostimulator
Title: "Read as neurostimulator"
Description: "Codes in Procedure.code that Loadpath reads as: neurostimulator. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://www.ama-assn.org/go/cpt#63650
* include http://www.ama-assn.org/go/cpt#63685

ValueSet: ProcedureSternotomy
Id: procedure-sternotomy
Title: "Read as sternotomy"
Description: "Codes in Procedure.code that Loadpath reads as: sternotomy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#232717009
* include http://snomed.info/sct#27779004
* include http://snomed.info/sct#359672006
* include http://www.ama-assn.org/go/cpt#33510
* include http://www.ama-assn.org/go/cpt#33511
* include http://www.ama-assn.org/go/cpt#33512
* include http://www.ama-assn.org/go/cpt#33513
* include http://www.ama-assn.org/go/cpt#33514
* include http://www.ama-assn.org/go/cpt#33516
* include http://www.ama-assn.org/go/cpt#33533
* include http://www.ama-assn.org/go/cpt#33534
* include http://www.ama-assn.org/go/cpt#33535
* include http://www.ama-assn.org/go/cpt#33536
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0210.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0211.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0212.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0213.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0P80.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0PS0.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /02RF.*/

ValueSet: ProcedureAbdominalSurgery
Id: procedure-abdominal-surgery
Title: "Read as abdominal surgery"
Description: "Codes in Procedure.code that Loadpath reads as: abdominal surgery. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#86481000
* include http://snomed.info/sct#26390003
* include http://snomed.info/sct#44558001
* include http://snomed.info/sct#50465008
* include http://snomed.info/sct#236886002
* include http://www.ama-assn.org/go/cpt#49505
* include http://www.ama-assn.org/go/cpt#58150
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0DTF.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0DTG.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0UT9.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0WQF.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0YQ5.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0YQ6.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0YU5.*/
* include codes from system http://www.cms.gov/Medicare/Coding/ICD10 where code regex /0YU6.*/

ValueSet: ProcedureEyeSurgery
Id: procedure-eye-surgery
Title: "Read as eye surgery"
Description: "Codes in Procedure.code that Loadpath reads as: eye surgery. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member. This value set names CPT codes without their words; CPT is copyright of the American Medical Association, and its use needs a licence."
* include http://snomed.info/sct#110473004
* include http://snomed.info/sct#75732000
* include http://www.ama-assn.org/go/cpt#66984
* include http://www.cms.gov/Medicare/Coding/ICD10#08RJ3JZ
* include http://www.cms.gov/Medicare/Coding/ICD10#08RK3JZ

ValueSet: ProcedureBreastSurgery
Id: procedure-breast-surgery
Title: "Read as breast surgery"
Description: "Codes in Procedure.code that Loadpath reads as: breast surgery. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#384723003
* include http://snomed.info/sct#172043006

ValueSet: OrderBrace
Id: order-brace
Title: "Read as brace"
Description: "Codes in DeviceRequest.code that Loadpath reads as: brace. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#77476009
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0450
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0452
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0454
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0455
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0456
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0457
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0458
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0460
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0462
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0464
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0466
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0467
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0468
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0469
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0470
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0472
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0480
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0482
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0484
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0486
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0488
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0490
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0491
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0492
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0621
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0623
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0625
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0626
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0627
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0628
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0629
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0630
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0631
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0632
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0633
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0634
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0635
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0636
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0637
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0638
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0639
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0640
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0641
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0642
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0643
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0648
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0649
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0650
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#L0651
* include http://www.cms.gov/Medicare/Coding/ICD10#2W35X3Z

ValueSet: MedicationAnticoagulant
Id: medication-anticoagulant
Title: "Read as anticoagulant"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: anticoagulant. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /B01AA.*/
* include codes from system http://www.whocc.no/atc where code regex /B01AB.*/
* include http://www.whocc.no/atc#B01AE07
* include codes from system http://www.whocc.no/atc where code regex /B01AF.*/
* include http://www.nlm.nih.gov/research/umls/rxnorm#1364430
* include http://www.nlm.nih.gov/research/umls/rxnorm#11289
* include http://www.nlm.nih.gov/research/umls/rxnorm#1114195

ValueSet: MedicationSedative
Id: medication-sedative
Title: "Read as sedative"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: sedative. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /N02A.*/
* include codes from system http://www.whocc.no/atc where code regex /N05B.*/
* include codes from system http://www.whocc.no/atc where code regex /N05C.*/
* include codes from system http://www.whocc.no/atc where code regex /N05A.*/
* include codes from system http://www.whocc.no/atc where code regex /N03A.*/

ValueSet: MedicationOpioid
Id: medication-opioid
Title: "Read as opioid"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: opioid. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /N02A.*/

ValueSet: MedicationImmunosuppression
Id: medication-immunosuppression
Title: "Read as immunosuppression"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: immunosuppression. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /L04A.*/
* include codes from system http://www.whocc.no/atc where code regex /L01.*/

ValueSet: MedicationCancerTreatment
Id: medication-cancer-treatment
Title: "Read as cancer treatment"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: cancer treatment. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /L02AE.*/
* include codes from system http://www.whocc.no/atc where code regex /L02BB.*/
* include http://www.whocc.no/atc#L02BG03
* include http://www.whocc.no/atc#L02BG04
* include http://www.whocc.no/atc#L02BG06
* include http://www.whocc.no/atc#L02BX02
* include http://www.whocc.no/atc#L02BX03
* include http://www.whocc.no/atc#L02BX04

ValueSet: MedicationSerm
Id: medication-serm
Title: "Read as serm"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: serm. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include http://www.whocc.no/atc#L02BA01
* include http://www.whocc.no/atc#G03XC01
* include http://www.nlm.nih.gov/research/umls/rxnorm#10324
* include http://www.nlm.nih.gov/research/umls/rxnorm#72143

ValueSet: MedicationAntiresorptiveTherapy
Id: medication-antiresorptive-therapy
Title: "Read as antiresorptive therapy"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: antiresorptive therapy. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /M05BA.*/
* include codes from system http://www.whocc.no/atc where code regex /M05BB.*/
* include http://www.nlm.nih.gov/research/umls/rxnorm#46041
* include http://www.nlm.nih.gov/research/umls/rxnorm#73056
* include http://www.nlm.nih.gov/research/umls/rxnorm#115264
* include http://www.nlm.nih.gov/research/umls/rxnorm#77655
* include http://www.whocc.no/atc#M05BX04
* include http://www.nlm.nih.gov/research/umls/rxnorm#993452
* include http://terminology.hl7.org/CodeSystem/hcpcs-all-codes#J0897
* include http://www.whocc.no/atc#H05AA02
* include http://www.whocc.no/atc#H05AA04
* include http://www.whocc.no/atc#M05BX06

ValueSet: MedicationDenosumab
Id: medication-denosumab
Title: "Read as denosumab"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: denosumab. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include http://www.nlm.nih.gov/research/umls/rxnorm#993452

ValueSet: MedicationBoneAnabolic
Id: medication-bone-anabolic
Title: "Read as bone anabolic"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: bone anabolic. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include http://www.whocc.no/atc#H05AA02
* include http://www.whocc.no/atc#H05AA04
* include http://www.whocc.no/atc#M05BX06

ValueSet: MedicationRomosozumab
Id: medication-romosozumab
Title: "Read as romosozumab"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: romosozumab. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include http://www.whocc.no/atc#M05BX06

ValueSet: ConditionFamilyHipFracture
Id: condition-family-hip-fracture
Title: "Read as family hip fracture"
Description: "Codes in Condition.code that Loadpath reads as: family hip fracture. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://snomed.info/sct#416072008
* include http://snomed.info/sct#445501000124107
* include http://snomed.info/sct#445121000124105
* include http://snomed.info/sct#391096007

ValueSet: MedicationBloodPressureDrug
Id: medication-blood-pressure-drug
Title: "Read as blood pressure drug"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: blood pressure drug. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /C02.*/
* include codes from system http://www.whocc.no/atc where code regex /C03.*/
* include codes from system http://www.whocc.no/atc where code regex /C07.*/
* include codes from system http://www.whocc.no/atc where code regex /C08.*/
* include codes from system http://www.whocc.no/atc where code regex /C09.*/

ValueSet: MedicationBoneNotedDrug
Id: medication-bone-noted-drug
Title: "Read as bone noted drug"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: bone noted drug. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /N06AB.*/
* include codes from system http://www.whocc.no/atc where code regex /A02BC.*/

ValueSet: MedicationNsaid
Id: medication-nsaid
Title: "Read as nsaid"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: nsaid. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /M01A.*/

ValueSet: MedicationAnalgesic
Id: medication-analgesic
Title: "Read as analgesic"
Description: "Codes in MedicationRequest.medication that Loadpath reads as: analgesic. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* include codes from system http://www.whocc.no/atc where code regex /N02B.*/

ValueSet: ObservationTimedUpAndGo
Id: observation-timed-up-and-go
Title: "Read as timed up and go"
Description: "Codes in Observation.code that Loadpath reads as: timed up and go. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#89423-8

ValueSet: ObservationChairStands
Id: observation-chair-stands
Title: "Read as chair stands"
Description: "Codes in Observation.code that Loadpath reads as: chair stands. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license. This value set includes content from SNOMED CT, copyright of SNOMED International; its use needs a licence where the country is not a member."
* include http://loinc.org#66247-8
* include http://snomed.info/sct#450738001

ValueSet: ObservationChairStandsWithArms
Id: observation-chair-stands-with-arms
Title: "Read as chair stands with arms"
Description: "Codes in Observation.code that Loadpath reads as: chair stands with arms. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#93125-3

ValueSet: ObservationGaitSpeed
Id: observation-gait-speed
Title: "Read as gait speed"
Description: "Codes in Observation.code that Loadpath reads as: gait speed. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#83172-7

ValueSet: ObservationOneLegStand
Id: observation-one-leg-stand
Title: "Read as one leg stand"
Description: "Codes in Observation.code that Loadpath reads as: one leg stand. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#66569-5

ValueSet: ObservationOswestry
Id: observation-oswestry
Title: "Read as oswestry"
Description: "Codes in Observation.code that Loadpath reads as: oswestry. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#97909-6

ValueSet: ObservationHeight
Id: observation-height
Title: "Read as height"
Description: "Codes in Observation.code that Loadpath reads as: height. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#8302-2

ValueSet: ObservationHipFractureProbability
Id: observation-hip-fracture-probability
Title: "Read as hip fracture probability"
Description: "Codes in Observation.code that Loadpath reads as: hip fracture probability. Where a code of the chart fits a range and a longer entry of the table, the longer one counts."
* ^meta.profile[+] = "http://hl7.org/fhir/StructureDefinition/shareablevalueset"
* ^version = "0.1.0"
* ^publisher = "Loadpath"
* ^experimental = false
* ^copyright = "This value set includes LOINC codes, copyright of Regenstrief Institute, Inc., and the LOINC Committee; available at no cost under the licence at https://loinc.org/license."
* include http://loinc.org#90266-8
