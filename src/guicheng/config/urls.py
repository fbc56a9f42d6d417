"""The addresses of the site; those of the programs' interface will stand beside them."""

from guicheng.web.urls import urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

handler400 = "guicheng.web.pages.errors.bad_request"
handler403 = "guicheng.web.pages.errors.forbidden"
handler404 = "guicheng.web.pages.errors.not_found"
handler500 = "guicheng.web.pages.errors.broken"
