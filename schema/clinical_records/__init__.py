"""What was done for a person: visits, consultations, prescriptions, and what goes with them."""
