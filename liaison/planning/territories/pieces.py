"""Whether areas hang together: from every area of a liaison one comes to every other without leaving it."""

from collections.abc import Collection, Mapping, Sequence


def pieces(borders: Sequence[frozenset[int]], areas: Collection[int]) -> list[set[int]]:
    """The parts into which these areas fall, the largest first, then in the order of their first area."""
    left, found = set(areas), list[set[int]]()
    for start in sorted(areas):
        if start not in left:
            continue
        left.discard(start)
        piece, waiting = {start}, [start]
        while waiting:
            near = borders[waiting.pop()] & left
            left -= near
            piece |= near
            waiting += near
        found.append(piece)
    return sorted(found, key=lambda piece: (-len(piece), min(piece)))


def apart(borders: Sequence[frozenset[int]], of: Sequence[int]) -> Mapping[int, list[set[int]]]:
    """Liaison -> the pieces of their areas that do not hang together with the largest one; empty where all do.

    `of`: [area]: the liaison (position); below 0: nobody's.
    """
    mine: dict[int, set[int]] = {}
    for area, who in enumerate(of):
        if who >= 0:
            mine.setdefault(who, set()).add(area)
    broken = {who: pieces(borders, areas)[1:] for who, areas in sorted(mine.items())}
    return {who: rest for who, rest in broken.items() if rest}


def stays_whole(borders: Sequence[frozenset[int]], areas: Collection[int], without: int) -> bool:
    """Whether these areas still hang together when one of them goes."""
    rest = set(areas) - {without}
    if not rest:
        return True
    near = borders[without] & rest
    if len(near) <= 1:
        return True if near else len(pieces(borders, rest)) == 1
    start = next(iter(near))
    seen, waiting = {start}, [start]
    while waiting and not near <= seen:
        more = (borders[waiting.pop()] & rest) - seen
        seen |= more
        waiting += more
    return near <= seen


def joined(borders: Sequence[frozenset[int]], minutes: Sequence[Sequence[float]]) -> list[frozenset[int]]:
    """The same borders and, where the areas fall into parts that do not touch (an island, a county apart), a way from
    each part to the nearest other one, so that they can be divided at all."""
    found = [set(near) for near in borders]
    while len(parts := pieces([frozenset(near) for near in found], range(len(found)))) > 1:
        small = parts[-1]
        others = set(range(len(found))) - small
        _, a, b = min((minutes[a][b], a, b) for a in small for b in others)
        found[a].add(b)
        found[b].add(a)
    return [frozenset(near) for near in found]
