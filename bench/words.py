"""Paragraphs of the page that do not depend on figures."""

HIVE = (
    "- Hive Gateway: the home screen. Its JSON schema handler maps a call to a field, and `@resolveTo` joins them. "
    "Merging, filtering and sorting the lists of two vendors, cutting them to a page, and asking with "
    "what another call answered would be resolvers written by hand, and no longer the gateway's work. "
    "It takes part in posts with users."
)

HOW = (
    "## How\n\n"
    "`bench/mock` answers with what the sandbox's town answers, recorded at the start of each run. Every server gives "
    "the same data for the same operation before it is measured. Each connection asks for a person of its own, so that "
    "no call is shared between requests. With posts all ask the same: there ours runs equal queries that are under "
    "way once, as in the application (one row says what it does without that), and shares calls that are under way, as "
    "Hive Gateway does with its plugin; nobody keeps an answer. CPU is user and system time "
    "of the server's process and its children. Ours is the real application on uvicorn: token check, access rules, "
    "mapping and request log on; with posts, no token. Its and the peers' pools hold up to 256 connections; "
    "strawberry's is httpx's default. The bare calls are the same requests, level by level, with the application's own "
    "client, decoded and answered with a ready body. Ratios are medians of the rounds' ratios.\n\n"
    "Peers have their documented fast settings: mercurius its JIT, Apollo Server its Fastify integration, Yoga its "
    "caches, Ariadne parsed and validated documents kept, aiohttp, and answers written by orjson, Hive Gateway a "
    "keep-alive agent and its plugin for de-duplication. strawberry is put together as its manual shows.\n\n"
    "Memory is what is resident of the server's process, the shared part included. Caches are on, and turn over: "
    "entries end while it runs, and there are more documents than are kept."
)
