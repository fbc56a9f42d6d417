"""People, units and posts: written only by acts on the bureau's chain, so that every change of authority is on the ledger."""

from django.db import models


class Unit(models.Model):
    """An office of the bureau, or an outside body. `seq` is the entry of the bureau's chain that wrote it."""

    code = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=200)
    outside = models.BooleanField(default=False)
    kind = models.CharField(max_length=32, default="", blank=True)
    seq = models.PositiveIntegerField()
    day = models.DateField()

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Someone who may act. An outsider's `name` is the token of an erasable value; credentials are kept elsewhere."""

    username = models.CharField(primary_key=True, max_length=64)
    name = models.CharField(max_length=200)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True)
    seq = models.PositiveIntegerField()
    day = models.DateField()

    def __str__(self) -> str:
        return self.username


class Post(models.Model):
    """A role that a person holds from a day to a day (`until` is the last day; open when null)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=32)
    unit = models.CharField(max_length=64, default="", blank=True)
    project = models.CharField(max_length=64, default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    seq = models.PositiveIntegerField()
    day = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["person", "role", "project"], name="post_who"),
            models.Index(fields=["project", "role", "unit"], name="post_on"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.project or self.unit}"
