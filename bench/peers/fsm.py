"""django-fsm-2 with django-simple-history: one transition of one record, with its history row."""

from collections.abc import Callable, Iterator
from typing import Any

from bench.peers.line import address, django_on, serve

django_on(address(), "simple_history")

from django.db import connection, models, transaction  # noqa: E402  # Django is set up first
from django_fsm import FSMField, transition  # noqa: E402
from simple_history.models import HistoricalRecords  # noqa: E402


class Project(models.Model):
    """A project that goes to and fro between two states."""

    title = models.CharField(max_length=200)
    by = models.CharField(max_length=64)
    state = FSMField(default="filed", protected=True)
    history = HistoricalRecords()

    class Meta:
        app_label = "peers"  # no migrations: the tables are made below

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source="filed", target="checked")
    def check_it(self) -> None: ...

    @transition(field=state, source="checked", target="filed")
    def take_back(self) -> None: ...


with connection.schema_editor() as schema:
    schema.create_model(Project)
    schema.create_model(Project.history.model)
key = Project.objects.create(title="例").pk


def step() -> None:
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=key)
        project.by = "sun.li"
        (project.check_it if project.state == "filed" else project.take_back)()
        project.save()


def ready(number: int) -> Iterator[Callable[[], Any]]:
    return iter([step] * number)


serve("django-fsm-2 django-simple-history django", ready)
