"""The platform's interfaces (regional document, version 1.6.68): number to path, as printed."""

PATHS = {"1.3.1": "prefront/patient/getPatientInfo"}
