"""The knowledge and the code of the app -> FSH, examples and SUSHI's configuration: what integrators are shown.

Nothing here is written by hand twice: codes, forms, the guideline, what we ask of an EHR and the examples all come from
``smartapp``. ``python -m fhir_profiles.generate`` writes them; tests compare.
"""
