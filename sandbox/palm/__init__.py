"""The palm-hospital system of hospital 501: another HIS vendor, with other words and other envelopes."""
