"""Being in hospital: admission and beds, stays and what they cost, deposits, caregivers, copies of case files."""
