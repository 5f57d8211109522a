"""Next and previous in the list one came from."""

from liaison.ui.lists import Place, place


def test_in_the_middle_there_is_one_before_and_one_after() -> None:
    assert place(["a", "b", "c"], "b") == Place("a", "c", 2, 3)


def test_the_ends_of_a_list_have_one_neighbour() -> None:
    assert place(["a", "b"], "a") == Place(None, "b", 1, 2)
    assert place(["a", "b"], "b") == Place("a", None, 2, 2)


def test_what_is_not_in_the_list_has_no_place() -> None:
    assert place(["a", "b"], "z") is None
    assert place([], "a") is None
