"""The town: its people, its hospitals, and what happened between them."""
