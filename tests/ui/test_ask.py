"""The cached door: one count for a question, a new one for another version, never more than it may keep."""

import threading
import time

import pytest

from liaison.ui.ask import Kept


class Counter:
    """Makes an answer and remembers how often it was asked to."""

    def __init__(self, answer: object) -> None:
        self.answer, self.made = answer, 0

    def __call__(self) -> object:
        self.made += 1
        return self.answer


def test_an_answer_is_made_once_and_handed_out_as_it_is() -> None:
    kept, once, again = Kept(), Counter({"a": 1}), Counter({"a": 2})
    first = kept.get(("leakage", "v1"), once)
    assert kept.get(("leakage", "v1"), again) is first
    assert (once.made, again.made) == (1, 0)


def test_another_version_of_the_data_is_another_answer() -> None:
    kept = Kept()
    assert [kept.get(("leakage", v), Counter(v)) for v in ("v1", "v2", "v1")] == ["v1", "v2", "v1"]


def test_two_who_ask_at_once_cause_one_count() -> None:
    kept, made = Kept(), list[int]()

    def slow() -> int:
        made.append(1)
        time.sleep(0.05)
        return 7

    askers = [threading.Thread(target=lambda: kept.get("same", slow)) for _ in range(8)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert made == [1]


def test_an_error_is_not_kept() -> None:
    kept = Kept()

    def refuse() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError):
        kept.get("same", refuse)
    assert kept.get("same", lambda: 3) == 3


def test_the_answers_asked_for_longest_ago_go_first() -> None:
    kept = Kept(most=2)
    for key in ("a", "b", "a", "c"):
        kept.get(key, Counter(f"first {key}"))
    assert kept.get("a", lambda: "again") == "first a"
    assert kept.get("b", lambda: "again") == "again"
