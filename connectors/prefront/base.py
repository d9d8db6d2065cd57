"""What all domains of the platform share: the call and its addresses."""

from collections.abc import Mapping
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, SecretStr

from connectors.core.config import SystemConfig
from connectors.core.kinds import CallKind, Read, scope_of
from connectors.core.readers import Reader
from connectors.core.upstream import Request, Upstream
from connectors.prefront.interfaces import PATHS
from connectors.records.base import CardRef
from connectors.regional_wechat.codes import ENVELOPE

T = TypeVar("T")

_HEADERS = {"Content-Type": "application/json;charset=UTF-8"}


class Options(BaseModel):
    """Where the platform is.

    `base_url` stands before the documented paths (`prefront/...`). `bindings_url` is the whole address of the look-up
    of bindings, which no document describes; `bindings_token` is the bearer token that it wants. `hospital_ids` maps
    our hospital id to the platform's, where it differs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: str
    bindings_url: str
    bindings_token: SecretStr
    hospital_ids: dict[str, str] = {}


class Prefront:
    """The platform: makes calls."""

    def __init__(self, config: SystemConfig, upstream: Upstream) -> None:
        """Take the configuration and the way to it."""
        options: Options = config.options
        self.options = options
        self._name = config.name
        self._upstream = upstream
        self._ours = {theirs: ours for ours, theirs in self.options.hospital_ids.items()}

    async def call(self, interface: str, body: Mapping[str, Any], reader: Reader[T], kind: CallKind) -> T:
        """Call a documented interface by its number."""
        url = f"{self.options.base_url}/{PATHS[interface]}"
        return await self._send(interface, url, body, reader, kind, _HEADERS)

    async def ask_bindings(self, body: Mapping[str, Any], reader: Reader[T], kind: CallKind) -> T:
        """Call the look-up of bindings."""
        headers = {**_HEADERS, "Authorization": f"Bearer {self.options.bindings_token.get_secret_value()}"}
        return await self._send("bindings", self.options.bindings_url, body, reader, kind, headers)

    def hospital_id(self, theirs: str) -> str:
        """Return what we call a hospital."""
        return self._ours.get(theirs, theirs)

    def read(self, about: CardRef | str) -> Read:
        """A read; kept for nobody, since it decides who sees what."""
        return Read(scope_of(self._name, about))

    async def close(self) -> None:
        """Close the connections."""
        await self._upstream.close()

    async def _send(
        self,
        interface: str,
        url: str,
        body: Mapping[str, Any],
        reader: Reader[T],
        kind: CallKind,
        headers: Mapping[str, str],
    ) -> T:
        request = Request(interface=interface, url=url, body=orjson.dumps(body), envelope=ENVELOPE, headers=headers)
        return await self._upstream.send(request, reader, kind)
