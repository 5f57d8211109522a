"""An entry: a gift, a shared meal, a benefit on the campus, a repayment. It says first what it comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from liaison.fieldwork.gift_ledger import Audited, give, meal, share_of, with_more
from liaison.fieldwork.gift_words import preview
from liaison.fieldwork.gifts import COUNTED, cents
from liaison.ui import homes, parts
from liaison.ui.ask import viewer
from liaison.ui.clock import today
from liaison.ui.gifts import asked
from liaison.ui.states import guarded
from liaison.vocabulary import GiftKind

_TURN, _SAID = "lz-gift-turn", "lz-gift-said"
MOST = 2_000.0  # dollars of one entry, so that a slip of the finger is seen


@dataclass(frozen=True)
class Draft:
    """What stands in the fields. `dollars` is the whole meal's, or one physician's."""

    kind: GiftKind
    on: date
    physicians: tuple[str, ...]
    dollars: float
    ate: int
    occasion: str
    by: str | None
    override: str

    @property
    def share(self) -> int:
        """Cents for one physician."""
        return share_of(self.dollars, self.ate) if self.kind is GiftKind.meal else cents(self.dollars)

    @property
    def complete(self) -> bool:
        return bool(self.physicians and self.dollars and self.occasion.strip())


def show(told: Audited) -> None:
    """The fields, what the entry would come to, and the button."""
    if said := st.session_state.pop(_SAID, None):
        parts.band(said)
    with st.container(border=True, key="gift-entry"):
        parts.picture(
            "Enter a gift or a meal", "Whatever is of value and goes to a physician or close family, by its day."
        )
        draft = _fields(told.year)
        over = draft.kind.value in COUNTED and _preview(told, draft)
        override = _override() if over else ""
        fine = st.checkbox("Nobody asked for it, and it is neither cash nor a gift card", key=_key("fine"))
        st.button(
            "Enter",
            type="primary",
            key="gift-enter",
            disabled=not (fine and draft.complete and (override or not over)),
            on_click=_enter,
            args=(draft, override),
        )


def _fields(year: str) -> Draft:
    physicians, people = asked.names()
    now = date.fromisoformat(today())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = {each.value: each for each in GiftKind}
        said = st.selectbox("What", list(kinds), format_func=lambda k: kinds[k].label, key=_key("kind"), width=210)
        kind = kinds[said]
        first, last = date(int(year), 1, 1), min(now, date(int(year), 12, 31))
        on = st.date_input("Day", value=last, min_value=first, max_value=last, key=_key("on"), width=150)
        occasion = st.text_input("Occasion", key=_key("occasion"), max_chars=200, width=300)
        by = st.selectbox(
            "Given by", list(people), index=None, format_func=people.__getitem__, key=_key("by"), width=200
        )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        who = _who(kind, physicians)
        money = "Dollars for all" if kind is GiftKind.meal else "Dollars"
        dollars = st.number_input(
            money, min_value=0.0, max_value=MOST, value=None, format="%.2f", key=_key("dollars"), width=150
        )
        ate = 1
        if kind is GiftKind.meal:
            least = max(len(who), 1)
            ate = st.number_input(
                "How many ate", min_value=least, max_value=500, value=least, key=_key(f"ate-{least}"), width=150
            )
    return Draft(kind, on, who, dollars or 0.0, int(ate), occasion, by, "")


def _who(kind: GiftKind, physicians: dict[str, str]) -> tuple[str, ...]:
    def label(npi: str) -> str:
        return f"{physicians[npi]}, {npi}"

    if kind is GiftKind.meal:
        return tuple(
            st.multiselect("Physicians who ate", list(physicians), format_func=label, key=_key("ate-who"), width=460)
        )
    one = st.selectbox("Physician", list(physicians), index=None, format_func=label, key=_key("who"), width=460)
    return (one,) if one else ()


def _preview(told: Audited, draft: Draft) -> bool:
    """Says for each physician what the entry comes to; whether one of them would pass the limit."""
    if not draft.share:
        return False
    names = asked.names()[0]
    after = [with_more(told, npi, names[npi], draft.share) for npi in draft.physicians]
    parts.say(*(preview(each, draft.share) for each in after))
    return any(each.over for each in after)


def _override() -> str:
    said = st.text_input(
        "Why may it pass the limit? Who decided?",
        key=_key("override"),
        max_chars=2_000,
        placeholder="Kept with the entry",
    )
    return said.strip()


def _enter(draft: Draft, override: str) -> None:
    guarded(_write, draft, override)


def _write(draft: Draft, override: str) -> None:
    values = {
        "given_on": draft.on.isoformat(),
        "kind": draft.kind.value,
        "occasion": draft.occasion.strip(),
        "person_id": draft.by,
        "override": override or None,
    }
    store, actor = homes.home().store, viewer().name
    if draft.kind is GiftKind.meal:
        meal(store, draft.physicians, draft.dollars, draft.ate, values, actor=actor)
    else:
        give(store, {**values, "npi": draft.physicians[0], "amount": draft.dollars}, actor=actor)
    st.session_state[_SAID] = f"**Entered: {_named(draft.physicians)}.**"
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def _named(npis: Sequence[str]) -> str:
    names = asked.names()[0]
    return ", ".join(names.get(npi, npi) for npi in npis)


def _key(name: str) -> str:
    """Fields are empty again after an entry."""
    return f"gift-{name}-{st.session_state.get(_TURN, 0)}"
