"""Addresses of files on this server: sealed texts that say who may fetch which file until when.

What fetches a file often cannot send a token (an image on a page, a viewer). So an address is a small piece of its
asker's access, of use for minutes: to read one report of one card, under the same rules.
"""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from connectors.records.base import SHANGHAI, CardRef, Doc
from connectors.records.reports import ReportKind
from resolvers.access_control.principal import BoundPerson, Emergency, Principal, PurposeOfUse, Relation, Role
from resolvers.access_control.scopes import Action, Resource, Scopes
from resolvers.opaque import decoded, encoded

PREFIX = "/files/"
_LONGEST = 8192
_USE = b"file-address"
_KINDS = {kind.value: kind for kind in ReportKind}
_RELATIONS = {relation.value: relation for relation in Relation}
_ROLES = {role.value: role for role in Role}
_PURPOSES = {purpose.value: purpose for purpose in PurposeOfUse}
_ONLY_REPORTS = Scopes(frozenset({(Resource.DIAGNOSTIC_REPORT, Action.READ)}))


class FileSource(Enum):
    """How a hospital is asked for a file."""

    ADDRESS = "address"
    IMAGE = "image"
    LAB_FILE = "lab"
    ECG_IMAGE = "ecg"
    PATHOLOGY_FILE = "pathology"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportFile:
    """A file of a report; `place` is its address at the hospital, or its key there."""

    card: CardRef
    kind: ReportKind
    report_id: str
    source: FileSource
    place: str = ""


@dataclass(kw_only=True, slots=True)
class FileLink:
    """Where a file can be fetched for a few minutes (文件链接)."""

    path: Annotated[str, Doc("Path on this server, for GET, whole or in ranges; whoever has it can use it (文件地址).")]
    expires_at: Annotated[dt.datetime, Doc("Until when; ask again after that (失效时间).")]


class InvalidAddress(Exception):
    """An address that this server did not make."""


class ExpiredAddress(Exception):
    """An address whose time is over."""


class FileAddresses:
    """Makes addresses and reads them; nothing has to be kept."""

    def __init__(self, secret: bytes, seconds: float) -> None:
        """Take the secret (32 bytes or more), and how long an address is of use."""
        self._seal = AESSIV(hashlib.blake2b(secret, person=_USE, digest_size=64).digest())
        self._seconds = seconds

    def make(self, principal: Principal, file: ReportFile, now: dt.datetime) -> FileLink:
        """Make an address, of use no longer than the principal's token is."""
        until = int(min(now.timestamp() + self._seconds, principal.expires_at))
        content = [until, _asker(principal, file.card), _named(file)]
        sealed = self._seal.encrypt(json.dumps(content, ensure_ascii=False).encode(), [_USE])
        return FileLink(path=PREFIX + encoded(sealed), expires_at=dt.datetime.fromtimestamp(until, SHANGHAI))

    def read(self, sealed: str, now: dt.datetime) -> tuple[Principal, ReportFile]:
        """Read whose address it is, reduced to what it is for, and the file.

        Raises InvalidAddress, ExpiredAddress.
        """
        if len(sealed) > _LONGEST:
            raise InvalidAddress
        try:
            until, asker, named = json.loads(self._seal.decrypt(decoded(sealed), [_USE]))
        except (ValueError, InvalidTag):
            raise InvalidAddress from None
        if now.timestamp() >= until:
            raise ExpiredAddress
        file = _file(*named)
        return _principal(file.card, until, *asker), file


def _named(file: ReportFile) -> list[str | None]:
    card = file.card
    named = [card.hospital_id, card.number, card.patient_id]
    return [*named, file.kind.value, file.report_id, file.source.value, file.place]


def _file(
    hospital_id: str, number: str, patient_id: str | None, kind: str, report_id: str, source: str, place: str
) -> ReportFile:
    card = CardRef(hospital_id, number, patient_id)
    return ReportFile(card=card, kind=_KINDS[kind], report_id=report_id, source=FileSource(source), place=place)


def _asker(principal: Principal, card: CardRef) -> list[str | float | None]:
    person = principal.holder_of(card)
    return [
        principal.role.value,
        principal.issuer,
        principal.subject,
        principal.token_id,
        principal.session_id,
        principal.issued_at,
        principal.purpose.value,
        person.id if person else None,
        person.relation.value if person else None,
        principal.emergency.reason if principal.emergency else None,
    ]


def _principal(
    card: CardRef,
    until: float,
    role: str,
    issuer: str,
    subject: str,
    token_id: str | None,
    session_id: str | None,
    issued_at: float,
    purpose: str,
    person_id: str | None,
    relation: str | None,
    reason: str | None,
) -> Principal:
    people = {}
    if person_id is not None and relation is not None:
        people[person_id] = BoundPerson(id=person_id, relation=_RELATIONS[relation], cards=(card,))
    known_role = _ROLES[role]
    return Principal(
        role=known_role,
        issuer=issuer,
        subject=subject,
        token_id=token_id,
        session_id=session_id,
        issued_at=issued_at,
        expires_at=until,
        people=people,
        hospital_ids=frozenset() if known_role is Role.PATIENT else frozenset({card.hospital_id}),
        scopes=_ONLY_REPORTS,
        purpose=_PURPOSES[purpose],
        emergency=None if reason is None else Emergency(card=card, reason=reason),
    )
