"""What a person keeps for oneself: watched projects and saved views. Never part of the record."""

from django.db import models


class Watch(models.Model):
    """A project that a person keeps an eye on."""

    person = models.CharField(max_length=64)
    project = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "project"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.project}"


class SavedView(models.Model):
    """A person's question to the list of projects, under a name."""

    person = models.CharField(max_length=64)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="view_once")]

    def __str__(self) -> str:
        return self.name
