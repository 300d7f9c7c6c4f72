"""The whole knowledge as a document a clinician can sign off without reading code: HTML, CSV, and the signature."""
