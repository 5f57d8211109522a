"""Where a demo market may lie: real counties, with who would cover them."""

from dataclasses import dataclass

from liaison.errors import LiaisonError


@dataclass(frozen=True)
class Metro:
    """One metropolitan area. County codes are five-digit FIPS; `territories` are the four outside the hub county,
    which two more share, north and south, by ZIP."""

    id: str
    name: str
    zone: str
    area_code: str
    hub_zip: str
    hub_county: str
    territories: tuple[tuple[str, tuple[str, ...]], ...]
    opening_counties: tuple[str, ...]  # where a competitor opens mid-way
    moved_county: str  # changes hands mid-way,
    moved_from: int  # from this territory (position in `territories`)
    moved_to: int  # to this one

    @property
    def counties(self) -> tuple[str, ...]:
        return (self.hub_county, *(code for _, codes in self.territories for code in codes))


METROS = {
    metro.id: metro
    for metro in (
        Metro(
            "asheville", "Asheville", "America/New_York", "828", "28801", "37021",
            (
                ("Hendersonville and Polk", ("37089", "37149")),
                ("Haywood and Madison", ("37087", "37115")),
                ("Western counties", ("37175", "37099", "37173", "37113")),
                ("Foothills", ("37111", "37023", "37161", "37199", "37121")),
            ),
            ("37089", "37149", "37175"), "37199", 3, 1,
        ),
        Metro(
            "chattanooga", "Chattanooga", "America/New_York", "423", "37402", "47065",
            (
                ("Cleveland and Ocoee", ("47011", "47139")),
                ("Dalton", ("13047", "13313", "13213")),
                ("Lookout Valley", ("13295", "13083", "13055")),
                ("Sequatchie Valley", ("47115", "47153", "47143", "47121")),
            ),
            ("13047", "13313", "13213"), "47121", 3, 0,
        ),
        Metro(
            "knoxville", "Knoxville", "America/New_York", "865", "37902", "47093",
            (
                ("Maryville and Loudon", ("47009", "47105", "47123")),
                ("Oak Ridge and Norris", ("47001", "47013", "47173")),
                ("Smoky foothills", ("47155", "47089", "47029")),
                ("Cumberland edge", ("47145", "47129", "47035")),
            ),
            ("47155", "47089", "47029"), "47105", 0, 3,
        ),
    )
}  # fmt: skip


def metro_named(name: str) -> Metro:
    if name not in METROS:
        raise LiaisonError(f"There is no demo market called {name}.", remedy=f"Choose one of {', '.join(METROS)}.")
    return METROS[name]
