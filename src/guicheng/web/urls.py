"""Every address of the site."""

from importlib import import_module

from django.urls import URLPattern, URLResolver

PAGES = ("sign", "work", "projects", "portrait", "acts", "papers", "regulation", "help", "bureau")

urlpatterns: list[URLPattern | URLResolver] = [
    pattern for page in PAGES for pattern in import_module(f"guicheng.web.pages.{page}").urlpatterns
]
