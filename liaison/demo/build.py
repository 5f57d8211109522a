"""Build the demo market into a home, by the same door as everybody's files."""

import re
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from liaison.demo.field.scene import Scene
from liaison.demo.field.written import write_events, write_field
from liaison.demo.files import NAMES, write_files
from liaison.demo.options import SOURCE, UNTIL, Options
from liaison.demo.referrals import Progress
from liaison.demo.truth import write_truth
from liaison.demo.volume import build_world
from liaison.errors import LiaisonError
from liaison.facts.home import Home
from liaison.fieldwork.records import known_ids
from liaison.ingest.run import import_files
from liaison.store import reading

ACTOR = "demo"
_LABEL = re.compile(
    r"demo (?P<metro>\S+), seed (?P<seed>\d+), (?P<practices>\d+) practices, (?P<referrals>\d+) referrals, "
    r"(?P<months>\d+) months to (?P<until>\d{4}-\d{2})"
)
WRITTEN = 0.25  # of the progress bar: writing the files; the rest is importing them


@dataclass(frozen=True)
class DemoBuilt:
    """What the command `demo` says."""

    data_version: int
    practices: int
    referrals: int
    seconds: float

    def as_json(self) -> dict[str, int | float]:
        return asdict(self)


def build(
    home: Home,
    *,
    seed: int = 1,
    practices: int = 400,
    referrals: int = 200_000,
    months: int = 36,
    until: str | None = None,
    metro: str = "asheville",
    truth: Path | str | None = None,
    progress: Progress | None = None,
) -> DemoBuilt:
    """Make the market, write its files aside, import them, forget the files.

    `until` is the last month, 2026-10 unless said otherwise, so that the same options give the same bytes on any day.
    `truth` names a JSON file for what is true of the market. `progress` is called with a share from 0 to 1 and words.
    Raises LiaisonError where an option is out of range or the home already holds other data; a build that was
    interrupted goes on where it stopped.
    """
    began = time.perf_counter()
    options = Options(seed, practices, referrals, months, until or UNTIL, metro)
    label = market_label(options)
    _refuse_other_data(home, label)
    say = _onward(progress or (lambda share, words: None))
    say(0.0, "Inventing a market")
    world = build_world(options)
    with tempfile.TemporaryDirectory(prefix="demo", dir=home.spill_path) as folder:
        tally = write_files(world, Path(folder), lambda share, words: say(share * WRITTEN, words))
        if truth is not None:
            write_truth(world, tally, Path(truth))
        version = _import(home, Path(folder), Scene(world), label, say)
    return DemoBuilt(version, practices, tally.rows, round(time.perf_counter() - began, 2))


def _onward(progress: Progress) -> Progress:
    """An import that waits for another begins anew; the bar does not go back."""
    reached = 0.0

    def say(share: float, words: str) -> None:
        nonlocal reached
        reached = max(reached, share)
        progress(reached, words)

    return say


def market_label(options: Options) -> str:
    """The source of everything but the referrals: says which market this is."""
    return (
        f"demo {options.metro}, seed {options.seed}, {options.practices} practices, {options.referrals} referrals, "
        f"{options.months} months to {options.until}"
    )


def options_of(home: Home) -> Options | None:
    """The options that a home's demo market was built from, read of its label; None in any other home."""
    sources = home.live().manifest.batches["source"]
    found = next((match for source in sources if (match := _LABEL.fullmatch(str(source)))), None)
    if found is None:
        return None
    numbers = {name: int(found[name]) for name in ("seed", "practices", "referrals", "months")}
    return Options(**numbers, until=found["until"], metro=found["metro"])


def _refuse_other_data(home: Home, label: str) -> None:
    """Facts, files of another origin, or records that somebody typed in."""
    live = home.live()
    ours = live.manifest.batches["source"] == label
    with reading(home.store) as connection:
        typed_in = not ours.any() and any(known_ids(connection).values())
    if not live.empty or not ours.all() or typed_in:
        raise LiaisonError(
            "This home already holds data, and fiction must not be mixed with it.",
            remedy="Name an empty folder in LIAISON_HOME, and build the demo market there.",
        )


def _import(home: Home, folder: Path, scene: Scene, label: str, say: Progress) -> int:
    """Each file through `import_files`, what the field wrote before the referrals, which come last and take most of the
    time: where they are in, everything is."""
    version = 0
    for position, (name, file) in enumerate(NAMES.items()):
        last = name == "referrals"
        if name == "visits":
            write_events(home, scene, ACTOR)
        elif last:
            write_field(home, scene, ACTOR)
        begin, wide = WRITTEN + 0.015 * position, 0.6 if last else 0.015
        result = import_files(
            home,
            name,
            [folder / file],
            source=SOURCE if last else label,
            as_of=scene.options.as_of,
            actor=ACTOR,
            progress=_part(say, begin, wide),
        )
        version = result.data_version
    say(1.0, "The demo market is ready")
    return version


def _part(say: Progress, begin: float, wide: float) -> Progress:
    return lambda share, words: say(begin + wide * share, words)
