"""The classes whose instances are just values: no errors, nothing to await."""

from types import GeneratorType

from graphql.pyutils import Undefined


class OrdinaryClasses(set[type]):
    """Learns classes one by one, so that the question is one look-up; those that are unusual are asked each time."""

    def learn(self, kind: type) -> bool:
        """Tell whether the class is ordinary, and keep it if so."""
        unusual = issubclass(kind, Exception) or hasattr(kind, "__await__") or kind in _SPECIAL
        if not unusual:
            self.add(kind)
        return not unusual


_SPECIAL = {type(None), type(Undefined), GeneratorType}

# One for the process: a class is what it is whatever the schema, and there are only so many that resolvers return.
ORDINARY = OrdinaryClasses()
