"""django-viewflow: one user task of one process, started and executed by its owner; the next task is made and assigned."""

from collections.abc import Callable, Iterator
from typing import Any

from bench.peers.line import address, django_on, serve

django_on(address(), "viewflow", "viewflow.workflow")

from django.contrib.auth.models import User  # noqa: E402  # Django is set up first
from django.db import transaction  # noqa: E402
from viewflow import this  # noqa: E402
from viewflow.workflow import flow  # noqa: E402
from viewflow.workflow.models import Process, Task  # noqa: E402


class Filing(flow.Flow):
    """Papers are attached one after another."""

    process_class = Process
    begin = flow.StartHandle().Next(this.attach)
    attach = flow.View(lambda request: None).Assign(username="sun.li").Next(this.attach)


User.objects.create(username="sun.li")
Filing.begin.run()


def step() -> None:
    with transaction.atomic():
        task = Task.objects.select_for_update().get(process__flow_class=Filing, finished__isnull=True)
        with task.activation() as activation:
            activation.process.data = {"title": "会议纪要", "kind": "纪要"}
            activation.process.save()
            activation.start(None)
            activation.execute()


def ready(number: int) -> Iterator[Callable[[], Any]]:
    return iter([step] * number)


serve("django-viewflow django", ready)
