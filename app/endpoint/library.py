"""Which document a request means, and whether it is run for who asks."""

from collections.abc import Iterable
from dataclasses import dataclass

from cachetools import LRUCache
from graphql import GraphQLError, GraphQLSchema

from app.endpoint.complexity import DocumentLimits
from app.endpoint.documents import LONGEST_KEPT, Document, Documents, InvalidDocument
from app.endpoint.manifest import Listed, ManifestError, digest_of
from app.endpoint.requests import BadRequest, GraphRequest
from resolvers.access_control.principal import Role

_REGISTERED = 1000
_STAFF = frozenset({Role.STAFF})


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """What is run, and for whom.

    `only_trusted`: documents of the manifest, and what staff post. `automatic`: what a client has sent once may be
    named by its digest from then on. `introspection`: who may ask for the schema, but for the manifest's documents.
    """

    only_trusted: bool = False
    automatic: bool = False
    introspection: frozenset[Role] = _STAFF


class Library:
    """The trusted documents, which are kept for ever, and the others, within limits."""

    def __init__(
        self,
        schema: GraphQLSchema,
        limits: DocumentLimits,
        rules: DocumentRules = DocumentRules(),
        manifest: Iterable[Listed] = (),
    ) -> None:
        """Check the manifest's documents against the schema. Raises ManifestError that names all that do not fit."""
        self._documents = Documents(schema, limits)
        self._rules = rules
        self._by_id = _trusted(self._documents, manifest)
        self._by_text = {document.text: document for document in self._by_id.values()}
        self._registered: LRUCache[str, Document] = LRUCache(_REGISTERED)

    def find(self, asked: GraphRequest, role: Role) -> Document:
        """Return the document to run. Raises BadRequest, or InvalidDocument with the reasons why it is not run."""
        if not asked.query:
            return self._by_id.get(asked.document_id) or self._registered_as(asked.document_id, role)
        if asked.document_id and asked.document_id != digest_of(asked.query):
            raise BadRequest(400, "BAD_REQUEST", "The digest is not that of the document")
        return self._by_text.get(asked.query) or self._untrusted(asked, role)

    def _untrusted(self, asked: GraphRequest, role: Role) -> Document:
        staff = role is Role.STAFF
        if self._rules.only_trusted and not (staff and asked.may_write):
            raise _refusal("PERSISTED_QUERY_REQUIRED", "Only trusted documents are run here; name one by its id")
        document = self._documents.read(asked.query, suggestions=staff)
        if asked.document_id and self._rules.automatic and len(asked.query) <= LONGEST_KEPT:
            self._registered[asked.document_id] = document
        return self._shown(document, role)

    def _registered_as(self, digest: str, role: Role) -> Document:
        document = self._registered.get(digest)
        if document is None:
            raise self._unknown()
        return self._shown(document, role)

    def _shown(self, document: Document, role: Role) -> Document:
        if document.introspection and role not in self._rules.introspection:
            raise InvalidDocument(list(document.introspection))
        return document

    def _unknown(self) -> InvalidDocument:
        """Say it in the words that Apollo Client and urql compare: by them they send the text, or no more digests."""
        if self._rules.only_trusted:
            return _refusal("PERSISTED_QUERY_UNKNOWN", "There is no trusted document of this id")
        if self._by_id or self._rules.automatic:
            return _refusal("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
        return _refusal("PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported")


def _trusted(documents: Documents, manifest: Iterable[Listed]) -> dict[str, Document]:
    by_id: dict[str, Document] = {}
    problems: list[str] = []
    for listed in manifest:
        try:
            by_id[listed.id] = documents.trusted(listed.text)
        except InvalidDocument as invalid:
            problems += [f"{listed.name}: {error.message}" for error in invalid.errors]
    if problems:
        raise ManifestError(problems)
    return by_id


def _refusal(code: str, message: str) -> InvalidDocument:
    return InvalidDocument([GraphQLError(message, extensions={"code": code})])
