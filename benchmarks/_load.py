"""Only the loading of a CSV: read, checked, written as facts. Run as a process so that its CPU can be told apart."""

import json
import sys
from pathlib import Path

from liaison.config import Settings
from liaison.facts.home import Home
from liaison.ingest.run import import_files


def main() -> None:
    source, folder = sys.argv[1:]
    home = Home.open(Settings(home=Path(folder)))
    result = import_files(home, "referrals", [Path(source)], dry_run=True)
    json.dump(result.as_json(), sys.stdout)


if __name__ == "__main__":
    main()
