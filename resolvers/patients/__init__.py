"""People and their cards, with the money on these."""
