"""The work of a scene: each person asks the same, and is answered with the own card numbers."""

from bench.routes import routes_of
from bench.scene import Scene
from bench.work import Work, message


def work_of(scene: Scene) -> Work:
    """Put the scene into what a bed needs."""
    return Work(
        routes=routes_of(scene.calls),
        requests=[message(scene.request(person), person.token) for person in scene.people],
        right=[scene.answer(person) for person in scene.people],
        facts=scene.text(),
    )
