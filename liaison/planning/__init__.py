"""Who is seen when: working days filled with the visits that are worth most, travel times, and what did not fit."""
