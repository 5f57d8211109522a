"""What do practices run into, who sees to it, and has the practice heard?"""

from liaison.ui.barriers import layout

layout.show()
