"""Links that dial and write: what a phone gets of a number as people write it down."""

import pytest

from liaison.ui import reach


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("(828) 555-0110", "tel:8285550110"),
        ("+1 828.555.0110", "tel:+18285550110"),
        ("828-555-0110 ext. 12", "tel:8285550110,12"),
        ("828 555 0110 x7", "tel:8285550110,7"),
        ("828-555-0110;34", "tel:8285550110,34"),
    ],
)
def test_a_number_is_dialled_without_its_extension_run_into_it(written: str, dialled: str) -> None:
    assert reach.tel(written) == dialled


def test_an_address_cannot_smuggle_a_header_or_markup_into_a_link() -> None:
    made = reach.mail('a@b.example?bcc=c@d.example" onclick="x', "<Ann>")
    assert 'href="mailto:a@b.example%3Fbcc%3Dc@d.example%22%20onclick%3D%22x"' in made
    assert "&lt;Ann&gt;" in made
