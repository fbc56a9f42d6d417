"""Which papers are kept, who handed each one in, which were held before anything was stored, and which projects name them."""

from django.db import models


class Stored(models.Model):
    """The bytes under one digest, kept once."""

    digest = models.CharField(primary_key=True, max_length=80)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=16)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class HandedIn(models.Model):
    """Someone handed a paper in under a name, and declared that it holds no state secret."""

    paper = models.ForeignKey(Stored, on_delete=models.PROTECT, related_name="handed_in")
    name = models.CharField(max_length=200)
    by = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["by", "-at"], name="handedin_by")]

    def __str__(self) -> str:
        return self.name


class Held(models.Model):
    """An upload that was held because of a mark of classification: who and when. Neither its bytes nor its name are kept."""

    by = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)
    where = models.CharField(max_length=16)

    def __str__(self) -> str:
        return f"{self.by} {self.at}"


class PaperRead(models.Model):
    """Someone opened a paper."""

    digest = models.CharField(max_length=80)
    by = models.CharField(max_length=64)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="paperread_at")]

    def __str__(self) -> str:
        return f"{self.by} {self.digest}"
