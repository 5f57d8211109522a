"""Who asks. No figure is made without a `Viewer`; scope is applied where statements are built."""

from liaison.access.scope import within_scope
from liaison.access.viewer import Viewer, owner

__all__ = ["Viewer", "owner", "within_scope"]
