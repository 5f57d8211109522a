"""Markets with known truth, in many kinds: what a method must hold in before it is believed.

They rank methods; they do not prove that a hospital's data look like them.
"""

from benchmarks.worlds.draw import Market, Truth, draw
from benchmarks.worlds.kinds import BY_NAME, PLAIN, RECEIVED_ONLY, WORLDS, Chosen, World

__all__ = ["BY_NAME", "PLAIN", "RECEIVED_ONLY", "WORLDS", "Chosen", "Market", "Truth", "World", "draw"]
