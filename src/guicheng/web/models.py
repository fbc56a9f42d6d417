"""The tables of the site itself: nothing of them is part of the record."""

from guicheng.web.choices import SavedView, Watch
from guicheng.web.drafts import Draft

__all__ = ["Draft", "SavedView", "Watch"]
