"""The vocabulary that clients see."""
