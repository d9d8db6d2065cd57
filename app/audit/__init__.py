"""The audit log: every access to patient data, in chained rows that nobody can change unseen."""
