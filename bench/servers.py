"""The servers of a run: ours in three forms, and the peers."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PEERS = Path(__file__).with_name("peers")
_ROOT = PEERS.parent.parent
_INSTALL_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Server:
    """How one server is started, and what the table says of it. `{...}` in the command is filled in."""

    key: str
    title: str
    command: tuple[str, ...]
    lacks: str = ""
    folder: Path = _ROOT

    def line(self, port: int, upstream: str, scene: Path) -> list[str]:
        """The command with its values."""
        return [part.format(port=port, upstream=upstream, scene=scene) for part in self.command]


def _ours(kind: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "bench.server", "{port}", "{upstream}", "{scene}", kind)


def _node(program: str) -> tuple[str, ...]:
    return ("node", program, "{port}", "{upstream}", "{scene}")


_UNGUARDED = "no token check, access rules, request log, deadlines, retries or tolerant decoding"

OURS = Server("ours", "patient-graph, caches off", _ours("cold"))
BARE = Server("bare", "our client: the same calls, no GraphQL", _ours("bare"), "GraphQL, mapping, identity")
WARM = Server("warm", "patient-graph, caches warm", _ours("warm"))
PEER_SERVERS = (
    Server("mercurius", "mercurius, JIT, undici.request", _node("mercurius.js"), _UNGUARDED, PEERS),
    Server("apollo", "Apollo Server on Fastify, undici.request", _node("apollo.js"), _UNGUARDED, PEERS),
    Server("yoga", "GraphQL Yoga, undici.request", _node("yoga.js"), _UNGUARDED, PEERS),
    Server(
        "strawberry",
        "strawberry.asgi, httpx, aiodataloader (as in the manuals)",
        (sys.executable, "-m", "bench.peers.strawberry_manual", "{port}", "{upstream}", "{scene}"),
        _UNGUARDED,
    ),
)


def install_peers() -> None:
    """Install the peers from the lock file, unless they are there."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is needed for the peers")
    stamp = PEERS / "node_modules" / ".package-lock.json"
    if stamp.exists() and stamp.stat().st_mtime >= (PEERS / "package-lock.json").stat().st_mtime:
        return
    subprocess.run(  # noqa: S603 # no input but our own
        [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"],
        cwd=PEERS,
        check=True,
        timeout=_INSTALL_SECONDS,
    )
