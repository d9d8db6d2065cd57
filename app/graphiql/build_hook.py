"""Hatch build hook: a wheel carries the built GraphiQL page."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class GraphiQLBuildHook(BuildHookInterface[Any]):
    """Builds the page before a wheel is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's signature
        """Build, except for an editable install, which must not need Node.js."""
        if version == "editable":
            return
        script = Path(self.root, "app", "graphiql", "build.py")
        subprocess.run([sys.executable, str(script)], check=True)  # noqa: S603 - this project's own file
