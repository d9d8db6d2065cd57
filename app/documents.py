"""The documents that this server runs, as the settings say."""

from app.configuration import ConfigurationError
from app.endpoint.library import DocumentRules, Library
from app.endpoint.manifest import ManifestError, read_manifest
from app.settings import Settings
from resolvers.access_control.principal import Role
from schema.build import core_schema

_WHO = {"everybody": frozenset(Role), "staff": frozenset({Role.STAFF}), "nobody": frozenset[Role]()}


def library_of(settings: Settings) -> Library:
    """Read and check the manifest. Raises ConfigurationError that names every document that does not fit."""
    documents = settings.documents
    rules = DocumentRules(documents.closed, documents.automatic, _WHO[settings.server.introspection])
    try:
        manifest = read_manifest(documents.manifest) if documents.manifest else ()
        return Library(core_schema, settings.limits.document, rules, manifest)
    except ManifestError as error:
        raise ConfigurationError([f"documents.manifest: {problem}" for problem in error.problems]) from None
