"""Keeps other web sites from having a visitor's browser ask for them.

A post of JSON is announced by a browser first (CORS preflight), and no other site is let in. A GET is not announced.
"""

from collections.abc import Set as AbstractSet

from app.endpoint.headers import Headers
from app.endpoint.requests import BadRequest

# A browser says so by itself; no page can change it.
_FOREIGN = {b"cross-site", b"same-site"}


def refuse_other_sites(headers: Headers, welcome: AbstractSet[bytes]) -> None:
    """Raise BadRequest for what a page of another origin has made a browser ask, but for the welcome origins."""
    if headers.get(b"sec-fetch-site") in _FOREIGN and headers.get(b"origin") not in welcome:
        raise BadRequest(403, "CROSS_SITE", "Requests that another site makes a browser send are not answered")
