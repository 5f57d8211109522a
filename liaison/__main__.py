"""`python -m liaison COMMAND`."""

import sys

from liaison.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
