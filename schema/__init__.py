"""The vocabulary that clients see: a folder for each domain, beside them what all share."""
