"""The practice on one sheet of paper: its brief for today, made when it is asked for."""

from collections.abc import Callable

from liaison.ui import homes
from liaison.ui.ask import viewer
from liaison.ui.clock import today


def maker(practice_id: str) -> Callable[[], bytes]:
    """What a download button calls. It runs outside of the page's run, so it keeps whose home and for whom."""
    home, who, on = homes.home(), viewer(), today()

    def pdf() -> bytes:
        from liaison.reports.brief import brief
        from liaison.reports.brief_paper import practice_pdf

        return practice_pdf(brief(home, who, practice_id, on))

    return pdf
