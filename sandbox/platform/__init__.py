"""The platform behind the region's public account: people by card, and who is bound to an account."""
