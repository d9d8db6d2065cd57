"""The schema, put together once; `schema.graphql` beside this file is its committed print."""

from pathlib import Path

import strawberry
from strawberry.schema.config import StrawberryConfig

from schema.diagnostic_reports.report import ImagingReport, LabReport
from schema.info import ReadyInfo
from schema.mutation import Mutation
from schema.query import Query

SDL_FILE = Path(__file__).parent / "schema.graphql"

schema = strawberry.Schema(
    query=Query,
    mutation=Mutation,
    # Reached only through the Report interface, so named here.
    types=[LabReport, ImagingReport],
    config=StrawberryConfig(auto_camel_case=True, disable_field_suggestions=True, info_class=ReadyInfo),
)

# What executes: strawberry's definitions as graphql-core knows them.
core_schema = schema._schema  # noqa: SLF001 # strawberry has no public name for it


def sdl() -> str:
    """Print the schema as it is committed."""
    return schema.as_str().strip() + "\n"
