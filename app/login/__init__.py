"""Logs people in, where this server does that itself: own tokens, renewed and ended."""
