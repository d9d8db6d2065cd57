"""Who asks, what they may see and do, and what is on record of it."""
