"""Files that commands write beside what they print."""

from pathlib import Path

from liaison.errors import LiaisonError


def write_file(file: Path, content: bytes) -> Path:
    """The file whole under its name, or as it was; LiaisonError where it cannot be written. Returns where it lies."""
    from liaison.facts.files import written_whole

    try:
        return written_whole(file, content)
    except OSError as error:
        reason = error.strerror or "no reason given"
        raise LiaisonError(f"{file} cannot be written: {reason}.", remedy="Name another file.") from error
