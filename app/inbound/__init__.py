"""The doors that hospitals' systems come in by, to tell something unasked."""
