"""What is true of the bureau as a whole: editions of the regulation, and interpretations by 网信办 (第二十二条)."""

from django.db import models

from guicheng.records.base import line, words


class BureauRecord(models.Model):
    """A row that an act on the bureau's own chain wrote."""

    seq = models.PositiveIntegerField()
    ref = models.CharField(max_length=64, unique=True)
    day = models.DateField()
    by = models.CharField(max_length=64)
    role = models.CharField(max_length=32)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.ref


class EditionOf(BureauRecord):
    """A later edition of a regulation: from a day, for projects filed from then on, with other figures."""

    starts = models.DateField()
    number = line()
    title = line()
    figures = models.JSONField(default=dict)


class Interpretation(BureauRecord):
    """A written interpretation: its text against an article; `sets` gives figures or readings from a day on."""

    number = line()
    article = models.PositiveSmallIntegerField()
    item = models.PositiveSmallIntegerField(null=True)
    text = words()
    starts = models.DateField()
    sets = models.JSONField(default=dict)


class Erasure(BureauRecord):
    """Personal data of an outsider that was erased: `ref` is the token without its prefix."""

    ground = line()
    reason = words()
