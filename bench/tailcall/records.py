"""What the mock's posts and users are to us."""

from dataclasses import dataclass
from typing import Annotated

from connectors.records.base import Doc


@dataclass(kw_only=True, slots=True)
class User:
    """Who wrote something."""

    id: Annotated[int, Doc("Number of the user.")]
    name: Annotated[str, Doc("Name in full.")]
    username: Annotated[str, Doc("Name to log in with.")]
    email: Annotated[str, Doc("E-mail address.")]
    phone: Annotated[str | None, Doc("Telephone number.")] = None
    website: Annotated[str | None, Doc("Own pages.")] = None


@dataclass(kw_only=True, slots=True)
class Post:
    """What somebody wrote."""

    id: Annotated[int, Doc("Number of the post.")]
    user_id: Annotated[int, Doc("Number of the user who wrote it.")]
    title: Annotated[str, Doc("Title.")]
    body: Annotated[str, Doc("Text.")]
