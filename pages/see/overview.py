"""What changed, what needs me?"""

from liaison.ui import filters
from liaison.ui.overview import changed, lines, parts

found = parts.shown(filters.chosen())
if found:
    parts.head(found)
    changed.show(found)
    lines.show(found)
    parts.footer(found)
