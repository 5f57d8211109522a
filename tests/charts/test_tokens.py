"""Colours: every ink can be read on every fill that it may stand on."""

import pytest

from liaison.charts.tokens import DARK, DEEP, LIGHT, SMALL, WHITE, Tokens, ink_on, mix, rgb, step

THEMES = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]


def contrast(a: str, b: str) -> float:
    """WCAG 2.2 contrast ratio, worked here from the text of the standard, not from the code under test."""

    def relative(colour: str) -> float:
        weights = (0.2126, 0.7152, 0.0722)
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        return sum(
            w * (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
            for w, c in zip(weights, channels, strict=True)
        )

    high, low = sorted((relative(a), relative(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_ruler_itself_is_right() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)  # WCAG's well-known near miss


@pytest.mark.parametrize("t", THEMES)
def test_words_on_every_step_of_both_ramps_can_be_read(t: Tokens) -> None:
    low = {fill: contrast(fill, ink_on(fill)) for fill in (*t.leakage, *t.volume)}
    assert min(low.values()) >= 4.5, low


@pytest.mark.parametrize("t", THEMES)
def test_words_on_pale_cells_and_on_the_unknown_band_can_be_read(t: Tokens) -> None:
    pale = [mix(fill, t.ground, SMALL) for fill in (*t.leakage, *t.volume)]
    band = [mix(t.raised, t.unknown, share / 100 * 0.6) for share in range(101)]
    assert min(contrast(fill, ink_on(fill)) for fill in pale + band) >= 4.5


@pytest.mark.parametrize("t", THEMES)
def test_text_colours_can_be_read_on_both_grounds(t: Tokens) -> None:
    inks = (t.text, t.quiet, t.us, t.out_words, t.alarm)
    assert min(contrast(ink, ground) for ink in inks for ground in (t.ground, t.raised)) >= 4.5


@pytest.mark.parametrize("t", THEMES)
def test_marks_stand_out_from_the_ground(t: Tokens) -> None:
    assert min(contrast(mark, t.ground) for mark in (t.us, t.out, t.unknown)) >= 3


@pytest.mark.parametrize("t", THEMES)
def test_ramps_run_one_way_from_the_ground(t: Tokens) -> None:
    for ramp in (t.leakage, t.volume):
        away = [contrast(fill, t.ground) for fill in ramp]
        assert len(ramp) == 10
        assert away == sorted(away)


def test_dimming_mixes_and_never_uses_alpha() -> None:
    assert mix("#000000", "#FFFFFF", 0.5) == "#808080"
    assert mix("#1F6AA5", "#FFFFFF", 0) == "#1F6AA5"
    assert rgb("#1F6AA5") == (31, 106, 165)


@pytest.mark.parametrize(("value", "place"), [(0.0, 0), (0.069, 0), (0.07, 1), (0.35, 5), (0.7, 9), (1.0, 9)])
def test_a_share_takes_its_step_and_the_top_keeps_the_rest(value: float, place: int) -> None:
    assert step(LIGHT.leakage, value, 0.7) == LIGHT.leakage[place]


def test_ink_is_ours_or_white() -> None:
    assert ink_on("#FFFFFF") == DEEP
    assert ink_on("#842512") == WHITE
