"""Check-ups: the packages that are offered, and booking them."""
