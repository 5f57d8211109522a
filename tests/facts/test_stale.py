"""A home whose figures another version counted says so instead of showing less."""

import pytest
from sqlalchemy import delete, update

from liaison.facts.home import Home
from liaison.facts.live import StaleRollupsError
from liaison.metrics.recount import recount_all
from liaison.store import writing
from liaison.store.tables import rollup_file, version
from tests.facts.staged import cells, enter


def test_rollup_that_this_version_added_is_missed_and_a_recount_brings_it(home: Home) -> None:
    enter(home, "b", "2026-04-02", [{"referral_id": "1", "created_on": "2026-03-02"}])
    before = cells(home)
    with writing(home.store) as connection:
        connection.execute(delete(rollup_file).where(rollup_file.c.rollup == "payer_stage_day"))
        connection.execute(update(version).values(data_id="as an older version left it"))
    with pytest.raises(StaleRollupsError, match="recount"):
        home.live()
    recount_all(home)
    assert cells(home) == before
