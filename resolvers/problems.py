"""A request that this server itself refuses, with its stable code."""

from connectors.records.problems import ProblemCode


class Problem(Exception):  # the word that clients know from `ProblemCode`
    """What is wrong, in a sentence that may be shown; never quotes a value."""

    def __init__(self, code: ProblemCode, message: str, *, field: str | None = None, retryable: bool = False) -> None:
        """Take the code, the sentence and the input field that is at fault."""
        self.code = code
        self.message = message
        self.field = field
        self.retryable = retryable
        super().__init__(message)
