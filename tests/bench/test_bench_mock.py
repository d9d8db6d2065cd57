import httpx

from bench.mock import Route
from tests.bench.mocked import Serving

ROUTES = [
    Route("/list", b'{"hospital":"1"}', ('"hospitalId":"1"',)),
    Route("/list", b'{"hospital":"2"}', ('"hospitalId":"2"', '"id":"7"')),
    Route("/person", '{"patient":"PID000001","name":"样例"}'.encode()),
    Route("/long", b'"' + b"x" * 200_000 + b'"'),
]


def post(url: str, body: str) -> httpx.Response:
    return httpx.post(url, content=body, trust_env=False)


def get(url: str) -> httpx.Response:
    return httpx.get(url, trust_env=False)


def test_the_first_route_whose_keys_all_stand_in_the_body_answers(serving: Serving) -> None:
    with serving(ROUTES) as url:
        first = post(f"{url}/list", '{"hospitalId":"1","id":"7"}')
        second = post(f"{url}/list", '{"id":"7","hospitalId":"2"}')
        neither = post(f"{url}/list", '{"hospitalId":"2"}')
    assert (first.json(), second.json()) == ({"hospital": "1"}, {"hospital": "2"})
    assert neither.status_code == 404


def test_the_patient_who_is_asked_about_is_the_one_in_the_answer(serving: Serving) -> None:
    with serving(ROUTES) as url:
        assert post(f"{url}/person", '{"patient_id":"PID000042"}').json() == {"patient": "PID000042", "name": "样例"}
        assert post(f"{url}/person", "{}").json() == {"patient": "PID000001", "name": "样例"}


def test_get_is_answered_like_post(serving: Serving) -> None:
    with serving(ROUTES) as url:
        assert get(f"{url}/person").content == post(f"{url}/person", "").content


def test_an_answer_may_be_long(serving: Serving) -> None:
    with serving(ROUTES) as url:
        assert len(get(f"{url}/long").json()) == 200_000


def test_calls_are_counted_but_not_the_questions_about_them(serving: Serving) -> None:
    with serving(ROUTES) as url:
        before = int(get(f"{url}/count").text)
        post(f"{url}/person", "")
        get(f"{url}/nowhere")
        assert (before, int(get(f"{url}/count").text)) == (0, 2)


def test_delayed_answers_come_all_the_same_and_in_the_right_form(serving: Serving) -> None:
    with serving(ROUTES) as url:
        get(f"{url}/delay/2000")
        assert post(f"{url}/person", '{"patient_id":"PID000042"}').json()["patient"] == "PID000042"
