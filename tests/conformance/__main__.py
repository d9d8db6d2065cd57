"""`python -m tests.conformance`: what npm's graphql-http finds wrong with the server that `make run` starts."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console

from app.graphiql.build import Node, find_node

HERE = Path(__file__).parent
AUDITS = 61
_START_LINES = 40
_STOP_SECONDS = 15
_AUDIT_SECONDS = 60
_API = re.compile(r"API\s+(http://\S+)")
_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")


def main() -> int:
    """Run all audits; 0 when each of them is ok."""
    node = _node_with_packages()
    with _server() as (url, token):
        results = _audits(node, url, token)
    console = Console(highlight=False, markup=False)
    failed = [result for result in results if result["status"] != "ok"]
    for result in failed:
        console.print(f"{result['status']:7} {result['id']}  {result['name']}\n        {result['reason']}")
    console.print(f"{len(results) - len(failed)} of {AUDITS} audits of GraphQL over HTTP are ok")
    return 0 if len(results) == AUDITS and not failed else 1


def _node_with_packages() -> Node:
    node = find_node()
    lock, installed = HERE / "package-lock.json", HERE / "node_modules" / ".package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        node.install(HERE)
    return node


@contextmanager
def _server() -> Iterator[tuple[str, str]]:
    """The server's address and a patient's token, as `make run` prints them."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(  # noqa: S603 # our own command
            [Path(sys.executable).with_name("patient-graph"), "demo", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
        try:
            yield _announced(process)
        except EOFError:
            log.seek(0)
            sys.stderr.write(log.read())
            raise SystemExit("The server did not start; its log is above.") from None
        finally:
            process.terminate()
            process.wait(_STOP_SECONDS)
            assert process.stdout is not None
            process.stdout.close()


def _announced(process: "subprocess.Popen[str]") -> tuple[str, str]:
    assert process.stdout is not None
    url = ""
    for line, _ in zip(process.stdout, range(_START_LINES), strict=False):
        if found := _API.search(line):
            url = found[1]
        elif url and _TOKEN.fullmatch(line.strip()):
            return url, line.strip()
    raise EOFError


def _audits(node: Node, url: str, token: str) -> list[dict[str, Any]]:
    done = subprocess.run(  # noqa: S603 # our own script
        [str(node.node), "audits.mjs", url, token],
        cwd=HERE,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=_AUDIT_SECONDS,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    sys.exit(main())
