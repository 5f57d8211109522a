"""Colours by role, for charts and the few hand-made marks: blue is us, orange is leakage, grey is unknown."""

from dataclasses import dataclass

WHITE = "#FFFFFF"
DEEP = "#05080C"  # the text colour is too light for words on the middle of a ramp (4.2 to 1)
SMALL = 0.6  # how far a figure from few referrals is mixed into the ground


@dataclass(frozen=True)
class Tokens:
    """One theme's colours. Ramps have ten steps, from nothing to most."""

    name: str
    us: str
    out: str
    out_words: str  # the orange that carries text
    unknown: str
    alarm: str  # a person is needed now; nothing else is red
    text: str
    quiet: str
    ground: str
    raised: str
    line: str
    leakage: tuple[str, ...]
    volume: tuple[str, ...]

    def role(self, name: str) -> str:
        """The colour of 'us', 'out' or 'unknown'."""
        return {"us": self.us, "out": self.out, "unknown": self.unknown}[name]


def _ramp(colours: str) -> tuple[str, ...]:
    return tuple(f"#{colour}" for colour in colours.split())


LIGHT = Tokens(
    name="light",
    us="#1F6AA5",
    out="#D2691E",
    out_words="#A94E10",
    unknown="#8A939C",
    alarm="#B3261E",
    text="#17212B",
    quiet="#5B6672",
    ground=WHITE,
    raised="#F4F6F8",
    line="#E3E8EC",
    leakage=_ramp("FFF3E8 F6DBC6 EDC3A6 E4AA88 DA916A D0784D C55D2F B04922 983A1F 842512"),
    volume=_ramp("ECF7FE CCE3F3 ADCFE7 8EBBDC 70A7D1 5292C6 337DBB 2269A7 0F5592 00417E"),
)
# Dark ramps start at the ground: a light ramp turned round paints 6% in alarm red.
DARK = Tokens(
    name="dark",
    us="#6DB3E8",
    out="#F0A05A",
    out_words="#F0A05A",
    unknown="#8E99A5",
    alarm="#FF8A80",
    text="#E6EDF3",
    quiet="#9FB0BF",
    ground="#10171E",
    raised="#18222C",
    line="#2A3642",
    leakage=_ramp("261E1B 452D20 673B22 8A4A22 A75F2B C67435 E58A3F EEA263 F7BA84 FFD2A3"),
    volume=_ramp("172430 1C374F 204A6F 235F92 3676AB 498DC4 5CA5DE 80BAE8 A2CFF2 C4E4FB"),
)
BY_NAME = {"light": LIGHT, "dark": DARK}


def rgb(colour: str) -> tuple[int, int, int]:
    """'#1F6AA5' as (31, 106, 165)."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(colour: str, into: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `into`: how a thing is dimmed, since alpha turns grey in the dark theme."""
    pairs = zip(rgb(colour), rgb(into), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it, 0 to 1."""
    red, green, blue = (_linear(part / 255) for part in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def ink_on(fill: str) -> str:
    """White or nearly black, whichever reads better on `fill`: at least 4.5 to 1 on every step of every ramp."""
    light = luminance(fill) + 0.05
    return WHITE if 1.05 / light > light / (luminance(DEEP) + 0.05) else DEEP


def step(ramp: tuple[str, ...], value: float, top: float) -> str:
    """The ramp's colour for `value` between 0 and `top`; more than `top` takes the last step."""
    place = int(value / top * len(ramp)) if top > 0 else 0
    return ramp[max(0, min(place, len(ramp) - 1))]
