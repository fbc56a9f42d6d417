"""The pages, one file or folder each; every one gives its `urlpatterns`."""
