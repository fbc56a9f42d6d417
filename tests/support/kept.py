"""One project as the keeper of an act keeps it, judged anew."""

from django.db import transaction

from guicheng.door.clock import today
from guicheng.judge.verdict import judge
from guicheng.portfolio.standing import keep_one
from guicheng.portfolio.sweep import figures_now
from guicheng.records.project import Project
from guicheng.regulations.base import regulation


def refresh_one(code: str) -> None:
    law = regulation()
    with transaction.atomic():
        project = Project.objects.select_for_update(no_key=True).get(code=code)
        keep_one(project, judge(law, project, today(), figures_now(law, project.edition)), today())
