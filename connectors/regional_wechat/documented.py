"""The fields of the answers, as the document's tables and examples name them: for the comparison with what comes."""

from importlib import resources

import orjson

from connectors.core.drift import Fields

# By interface number; in the notation of `Fields`. Required is what the table requires and the example does not lack.
FIELDS: dict[str, Fields] = orjson.loads(resources.files(__package__).joinpath("fields.json").read_bytes())
# Around every answer; `data` also where the document says nothing of it.
AROUND = frozenset({"success", "code", "msg", "data"})
