"""What jobs keep of the work that they did."""

import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from liaison.access import owner
from liaison.facts.home import Home
from liaison.jobs import queue, uploads, worker
from liaison.jobs.queue import Job, State
from liaison.jobs.work import work
from liaison.metrics.filters import Filters
from liaison.metrics.leakage import leakage
from liaison.vocabulary import Audience
from tests.jobs.conftest import wait_for

pytestmark = pytest.mark.parametrize("home", ["sqlite"], indirect=True)
ROWS = "referral_id,created_on,referring_practice,network_status\n" + "".join(
    f"{n},2026-01-10,Elm Street,{'out' if n % 4 == 0 else 'in'}\n" for n in range(40)
)


def done(home: Home, kind: str, arguments: Mapping[str, object]) -> Job:
    job_id = queue.enqueue(home, kind, arguments, asked_by="ann")
    worker.ensure(home)
    wait_for(lambda: queue.get(home, job_id).over, 90)
    return queue.get(home, job_id)


def upload(home: Home, text: str) -> Path:
    return uploads.keep(home, "extract.csv", io.BytesIO(text.encode()))


def denominator(home: Home) -> int | None:
    return leakage(home.live(), owner(), Audience.inside, Filters()).total.denominator


def test_an_upload_is_imported_and_forgotten_by_jobs(worked: Home) -> None:
    path = upload(worked, ROWS)
    asked = {"format": "referrals", "paths": [str(path)], "source": "clinic", "as_of": "2026-02-01"}
    imported = done(worked, "import", asked)
    assert imported.state is State.done, imported.error
    assert imported.result
    assert (imported.result["rows_new"], denominator(worked)) == (40, 40)
    assert list(worked.live().manifest.batches["imported_by"]) == ["ann"]
    wait_for(lambda: not path.exists())

    forgotten = done(worked, "forget", {"batch": imported.result["batch"]})
    assert forgotten.state is State.done
    assert denominator(worked) == 0
    # A second attempt, after a crash between the doing and the telling, finds it done.
    again = Job(**{**forgotten.__dict__, "attempts": 2})
    assert work(worked, again, lambda share, words: None) == forgotten.result


def test_a_refused_import_keeps_its_rejects(worked: Home) -> None:
    path = upload(worked, ROWS.replace("2026-01-10", "soon"))
    refused = done(worked, "import", {"format": "referrals", "paths": [str(path)], "keep_uploads": True})
    assert refused.state is State.failed
    assert refused.error
    assert (refused.error["rows_read"], refused.error["rows_rejected"]) == (40, 40)
    assert refused.error["rejects"][0]["row"] == 2
    assert path.exists()  # the page will offer to import it all the same


def test_a_mapping_may_come_as_text(worked: Home) -> None:
    path = upload(worked, "id,day,who\n1,2026-01-10,Elm Street\n")
    mapping = 'format = "referrals"\n[columns]\nreferral_id = "id"\ncreated_on = "day"\nreferring_practice = "who"\n'
    imported = done(worked, "import", {"format": "referrals", "paths": [str(path)], "mapping": mapping})
    assert imported.result, imported.error
    assert imported.result["rows_accepted"] == 1


def test_a_backup_can_be_asked_for(worked: Home) -> None:
    target = worked.path.parent / "backup.zip"
    kept = done(worked, "backup", {"file": str(target)})
    assert kept.result
    assert (kept.result["ok"], kept.result["bytes"]) == (True, target.stat().st_size)
