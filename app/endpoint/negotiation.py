"""Which media type the client wants and which it sends."""

RESPONSE_JSON = "application/graphql-response+json"
JSON = "application/json"


def accepted(header: str) -> str | None:
    """Return the better of the two media types for an Accept header; None when neither is welcome."""
    best: dict[str, tuple[float, int]] = {}
    for part in (header or "*/*").split(","):
        name, *parameters = [piece.strip().lower() for piece in part.split(";")]
        weight = _weight(parameters)
        for kind, wildcard_rank in ((RESPONSE_JSON, 0), (JSON, 1)):
            if name == kind:
                best[kind] = (weight, 2)
            elif name in {"*/*", "application/*"}:
                # Clients that do not say get plain JSON, which older ones expect.
                best.setdefault(kind, (weight, wildcard_rank))
    welcome = {kind: rank for kind, rank in best.items() if rank[0] > 0}
    return max(welcome, key=lambda kind: welcome[kind]) if welcome else None


def is_json(header: str) -> bool:
    """Say whether a Content-Type header names JSON in UTF-8."""
    name, *parameters = [piece.strip().lower() for piece in header.split(";")]
    charsets = [piece.partition("=")[2].strip('"') for piece in parameters if piece.startswith("charset")]
    return name == JSON and all(charset in {"utf-8", "utf8"} for charset in charsets)


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return float(parameter[2:])
            except ValueError:
                return 0.0
    return 1.0
