"""What do referrers think of us, and what do they mention?"""

from liaison.ui import filters
from liaison.ui.feedback import layout

layout.show(filters.chosen())
