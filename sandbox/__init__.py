"""The hospital systems of a small synthetic town, simulated over real HTTP."""
