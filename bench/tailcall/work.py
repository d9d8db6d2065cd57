"""A hundred posts by ten users, as the mock tells them and as the answer should be."""

import json
from typing import Any

from bench.mock import Route
from bench.work import Work, message

OPERATION = "{ posts { id userId title user { id name email } } }"
_POSTS, _USERS = 100, 10


def work() -> Work:
    """Put together the mock's answers, the request and the right answer."""
    posts, users = _posts(), _users()
    routes = [_route("/posts", posts), *(_route(f"/users/{user['id']}", user) for user in users)]
    return Work(
        routes=routes,
        requests=[message(json.dumps({"query": OPERATION}).encode())],
        right=[{"posts": [_right(post, users) for post in posts]}],
        facts="{}",
    )


def _posts() -> list[dict[str, Any]]:
    return [
        {
            "userId": (number - 1) // _USERS + 1,
            "id": number,
            "title": f"title of post number {number}",
            "body": f"what there is to say in post number {number}\n" * 4,
        }
        for number in range(1, _POSTS + 1)
    ]


def _users() -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "name": f"Example Person {number}",
            "username": f"person{number}",
            "email": f"person{number}@example.org",
            "address": {"street": f"Sample Street {number}", "city": "Sampleton", "zipcode": f"{number:05d}"},
            "phone": f"0-000-{number:04d}",
            "website": "example.org",
            "company": {"name": f"Example Company {number}", "catchPhrase": "Everything made up"},
        }
        for number in range(1, _USERS + 1)
    ]


def _right(post: dict[str, Any], users: list[dict[str, Any]]) -> dict[str, Any]:
    user = users[post["userId"] - 1]
    return {
        "id": post["id"],
        "userId": post["userId"],
        "title": post["title"],
        "user": {name: user[name] for name in ("id", "name", "email")},
    }


def _route(path: str, answer: Any) -> Route:
    return Route(path, json.dumps(answer).encode())
