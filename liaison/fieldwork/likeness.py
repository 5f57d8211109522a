"""How alike two names are. Only ever good for a proposal: what decides is equality or a person."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from heapq import nlargest

from liaison.vocabulary import comparison_key

# Words that say nothing about which place it is, and the short forms in which names are typed.
EMPTY = frozenset("the of and at a an for inc llc llp pllc pc pa md do dba".split())
LONG_FORMS = {
    **{"assoc": "associates", "assocs": "associates", "centre": "center", "clin": "clinic", "ctr": "center"},
    **{"cntr": "center", "fam": "family", "grp": "group", "hosp": "hospital", "intl": "internal", "med": "medical"},
    **{
        "medicine": "medical",
        "mt": "mount",
        "ortho": "orthopedics",
        "peds": "pediatrics",
        "phys": "physicians",
        "st": "saint",
    },
    **{"univ": "university", "vamc": "veterans", "natl": "national", "dept": "department"},
}
WORTH_A_LOOK = 0.78
LOOKED_AT = 20
MISSPELT = 0.8  # letters in common from which the words that differ count as one word typed in two ways


def words(name: str) -> tuple[str, ...]:
    """The telling words of a name, long forms in place of short ones."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower().replace("'", "")
    found = (LONG_FORMS.get(w, w) for w in re.findall(r"[a-z0-9]+", plain))
    return tuple(dict.fromkeys(w for w in found if w not in EMPTY))


class Likeness:
    """Finds, for a name, the most alike of many known names (id -> name)."""

    def __init__(self, known: Mapping[str, Iterable[str]]) -> None:
        self._names = [(id_, name, words(name)) for id_, names in known.items() for name in names if name]
        frequency = Counter(w for _, _, said in self._names for w in said)
        # A rare word says more: "Riverbend" weighs more than "Family".
        self._weight = {w: 1 + math.log(len(self._names) / n) for w, n in frequency.items()}
        self._unseen = 1 + math.log(max(len(self._names), 1))
        self._with_word: dict[str, list[int]] = defaultdict(list)
        for i, (_, name, said) in enumerate(self._names):
            for word in (*said, self._beginning(name)):
                self._with_word[word].append(i)

    @staticmethod
    def _beginning(name: str) -> str:
        return f"^{comparison_key(name)[:4]}"

    def best(self, name: str) -> tuple[str, str, float] | None:
        """(id, its name, likeness 0-1) of the most alike name, if one is worth a look."""
        said = words(name)
        shared: dict[int, float] = defaultdict(float)
        for word in said:
            for i in self._with_word.get(word, ()):
                shared[i] += self._weight[word]
        # Letters are dear to compare: only where words already point, or the names begin alike.
        near = {*nlargest(LOOKED_AT, shared, key=lambda i: shared[i])} | {
            *self._with_word.get(self._beginning(name), ())
        }
        scored = [(self._score(said, self._names[i][2]), self._names[i][0], self._names[i][1]) for i in near]
        score, id_, other = max(scored, default=(0.0, "", ""))
        return (id_, other, round(score, 3)) if score >= WORTH_A_LOOK else None

    def _score(self, said: tuple[str, ...], others: tuple[str, ...]) -> float:
        """The weight of the words in common over that of all; what differs counts by its letters if nearly equal."""
        shared = self._weigh(w for w in said if w in others)
        mine, theirs = [w for w in said if w not in others], [w for w in others if w not in said]
        differing = self._weigh(mine) + self._weigh(theirs)
        close = _letters(mine, theirs) * differing
        return (2 * shared + close) / (2 * shared + differing) if said and others else 0.0

    def _weigh(self, said: Iterable[str]) -> float:
        return sum(self._weight.get(word, self._unseen) for word in said)


def _letters(mine: Iterable[str], theirs: Iterable[str]) -> float:
    """How nearly two runs of words are one, 0 below `MISSPELT`; cheap bounds first."""
    matcher = SequenceMatcher(None, "".join(mine), "".join(theirs), autojunk=False)
    if matcher.real_quick_ratio() < MISSPELT or matcher.quick_ratio() < MISSPELT:
        return 0.0
    alike = matcher.ratio()
    return alike if alike >= MISSPELT else 0.0
