"""`python -m liaison.jobs`: the worker of the home that the variables name; `JOB ATTEMPT WORKER`: one job of it."""

import sys

from liaison.config import Settings


def main() -> None:
    settings = Settings()
    if len(sys.argv) == 4:
        from liaison.jobs import child

        job, attempt, watcher = sys.argv[1:]
        child.run(settings, job, int(attempt), int(watcher))
        return
    from liaison.jobs import log, worker

    try:
        worker.run(settings)
    except Exception as error:
        log.fault(settings.home, "the worker's own work", error)
        raise


if __name__ == "__main__":
    main()
