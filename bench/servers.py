"""The servers of the runs: ours in several forms, and the peers."""

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


def _python(module: str, *more: str) -> tuple[str, ...]:
    return (sys.executable, "-m", module, "{port}", "{upstream}", "{scene}", *more)


def _ours(kind: str) -> tuple[str, ...]:
    return _python("bench.server", kind)


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
        _python("bench.peers.strawberry_manual"),
        _UNGUARDED,
    ),
    Server("ariadne", "Ariadne, aiohttp, aiodataloader", _python("bench.peers.ariadne_hospitals"), _UNGUARDED),
)
HOME_SCREEN_SERVERS = (OURS, BARE, WARM, *PEER_SERVERS)

POSTS_SERVERS = (
    Server("ours", "patient-graph's machinery", _python("bench.tailcall.server", "joined")),
    Server("apart", "the same, each query run for itself", _python("bench.tailcall.server", "apart")),
    Server("mercurius", "mercurius, JIT, undici.request", _node("posts/mercurius.js"), folder=PEERS),
    Server("apollo", "Apollo Server on Fastify, undici.request", _node("posts/apollo.js"), folder=PEERS),
    Server("yoga", "GraphQL Yoga, undici.request", _node("posts/yoga.js"), folder=PEERS),
    Server("hive", "Hive Gateway, JSON schema handler, @resolveTo", _node("posts/hive.js"), folder=PEERS),
    Server("ariadne", "Ariadne, aiohttp, aiodataloader", _python("bench.peers.ariadne_posts")),
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
