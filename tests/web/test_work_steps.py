"""What can be done next: cures and steps, offered to whoever may take them, once, and not to others; what others did lately."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guicheng.accounts.entry import open_account
from guicheng.door.clock import today
from guicheng.ledger.digest import canonical
from guicheng.ledger.models import Entry
from guicheng.people.access import Holding
from guicheng.people.models import Post
from guicheng.people.roles import Role
from guicheng.portfolio.models import KeptFinding
from guicheng.portfolio.news import news
from guicheng.portfolio.sight_parts import ACTS_SEEN, DISCIPLINE_ACTS
from guicheng.portfolio.standing import refresh
from guicheng.portfolio.steps import WAYS_OUT, cures_open, steps_open
from guicheng.records.project import Project
from guicheng.records.stage import ENDED
from guicheng.regulations.base import regulation
from guicheng.web.who import whoever

pytestmark = pytest.mark.usefixtures("demo_site")
In = Callable[[str], Client]
CYBER = Holding(Role.CYBER_OFFICE, "", "")
OFFICE = Holding(Role.GENERAL_OFFICE, "", "")


def offered(*posts: Holding) -> set[tuple[str, str]]:
    return {(i.project.code, i.act.code) for i in steps_open(regulation(), posts, Q(), 500)[0] if i.act}


def recorded(project: Project, act: str, **data: object) -> int:
    """An entry as if it had been made after the last; the judgement of steps reads entries alone."""
    last = Entry.objects.filter(chain=project.code).order_by("-seq")[0].seq
    body = {"act": act, "by": "x", "role": "construction", "project": project.code, "data": data, "on": "2026-01-01"}
    Entry.objects.create(chain=project.code, seq=last + 1, body=canonical(body).decode(), hash="0" * 64)
    return last + 1


def without(project: Project, *acts: str) -> bool:
    bodies = Entry.objects.filter(chain=project.code).values_list("body", flat=True)
    return not {json.loads(b)["act"] for b in bodies} & set(acts)


def test_a_step_that_is_done_is_not_offered_again_unless_it_was_taken_back() -> None:
    project = next(p for p in Project.objects.filter(stage=20) if without(p, "hold-discussion"))
    step = (project.code, "hold-discussion")
    assert step in offered(CYBER)
    seq = recorded(project, "hold-discussion")
    assert step not in offered(CYBER)
    recorded(project, "correct", entry=seq, replacement={"held_on": "2026-01-01"})
    assert step not in offered(CYBER)
    recorded(project, "correct", entry=seq, replacement=None)
    assert step in offered(CYBER)


def test_a_step_that_leads_on_waits_for_those_before_it() -> None:
    project = next(p for p in Project.objects.filter(stage=20) if without(p, "hold-discussion", "submit-plan"))
    step = (project.code, "submit-to-party-group")
    recorded(project, "submit-plan")
    assert step not in offered(OFFICE)
    recorded(project, "hold-discussion")
    assert step in offered(OFFICE)


def test_steps_begin_anew_where_the_stage_was_entered_again() -> None:
    project = Project.objects.filter(stage=30)[0]
    group = Holding(Role.PARTY_GROUP, "", "")
    recorded(project, "decide-by-party-group")
    assert (project.code, "decide-by-party-group") not in offered(group)
    recorded(project, "submit-to-party-group")
    assert (project.code, "decide-by-party-group") in offered(group)


def test_what_is_beyond_the_list_is_found_by_narrowing_it() -> None:
    everything, _ = steps_open(regulation(), [CYBER], Q(), 500)
    last = everything[-1].project
    short, more = steps_open(regulation(), [CYBER], Q(), 2)
    assert more
    assert last.code not in {i.project.code for i in short}
    narrow, more = steps_open(regulation(), [CYBER], Q(code=last.code), 2)
    assert [i.project.code for i in narrow] == [last.code]
    assert not more


@pytest.mark.parametrize(
    ("username", "role"),
    [("sun.li", Role.CONSTRUCTION), ("zhou.mingyuan", Role.CYBER_OFFICE), ("qin.zheng", Role.DISCIPLINE)],
)
def test_a_breach_is_offered_to_whoever_can_cure_it_and_to_nobody_else(username: str, role: Role) -> None:
    refresh(today())
    law, posts = regulation(), whoever(username, today()).posts
    units = {p.unit for p in posts if p.role is Role.CONSTRUCTION}
    by_hand = set()
    for row in KeptFinding._default_manager.filter(verdict="breached").select_related("project"):
        rule, project = law.rules[row.rule], row.project
        if (
            rule.code.endswith("-late")
            or project.stage in ENDED
            or project.suspended_on is not None
            or (role is Role.CONSTRUCTION and project.unit not in units)
        ):
            continue
        acts = [law.acts[c] for c in rule.cured_by if c not in WAYS_OUT and role in law.acts[c].by]
        if acts and (acts[0].at is None or project.stage in acts[0].at):
            by_hand.add((project.code, acts[0].code))
    found, more = cures_open(law, posts, Q(), 500)
    assert {(i.project.code, i.act.code) for i in found if i.act} == by_hand
    assert len(found) == len(by_hand)
    assert not more
    assert bool(by_hand) is (role is not Role.DISCIPLINE)


def test_outside_parties_are_not_told_what_was_found() -> None:
    refresh(today())
    finding = KeptFinding._default_manager.filter(
        rule__endswith="software-unlisted", verdict="breached"
    ).select_related("project")[0]
    code = finding.project.code
    assert cures_open(regulation(), [Holding(Role.CONTRACTOR, "", code)], Q()) == ([], False)
    inside = cures_open(regulation(), [Holding(Role.CONSTRUCTION, finding.project.unit, "")], Q())[0]
    assert (code, "list-software") in {(i.project.code, i.act.code) for i in inside if i.act}


def test_each_post_shows_the_news_that_its_own_role_may_read() -> None:
    """Somebody of one office who is an expert on another office's project reads there as an expert."""
    own, other = Project.objects.filter(unit="zwfw")[0], Project.objects.exclude(unit="zwfw").filter(stage=110)[0]
    person = "sun.li"
    Post.objects.create(
        person_id=person, role="expert", project=other.code, since=date(2020, 1, 1), seq=1, day=date(2020, 1, 1)
    )
    for project in (own, other):
        recorded(project, "pay")
        recorded(project, "note-integrity")
    found = list(news(person, whoever(person, today()).posts, 0))
    acts = {code: {d["act"] for d in found if d["project"] == code} for code in (own.code, other.code)}
    assert "pay" in acts[own.code]
    assert acts[other.code] <= ACTS_SEEN[Role.EXPERT]
    assert not (acts[own.code] | acts[other.code]) & DISCIPLINE_ACTS
    assert {d["project"] for d in found} <= {
        other.code,
        *Project.objects.filter(unit="zwfw").values_list("code", flat=True),
    }
    discipline = news("qin.zheng", whoever("qin.zheng", today()).posts, 0)
    assert any(d["act"] == "note-integrity" for d in discipline[:20])


def test_what_was_done_between_two_visits_is_new_until_the_next(client: Client) -> None:
    """Counted from the visit before this one: what came after it is shown during all of this visit, and no longer in the next."""
    project = Project.objects.filter(unit="zwfw")[0]
    open_account("sun.li", "Long-enough-7", must_change=False)
    signing = {"username": "sun.li", "password": "Long-enough-7"}

    def shown() -> str:
        return client.get("/").content.decode().split("上次来过之后</h2>")[1]

    assert client.post("/sign-in/", signing).status_code == 302
    assert "没有别人的办理" not in shown()  # the first visit: the latest of all
    recorded(project, "pay")
    assert client.post("/sign-in/", signing).status_code == 302
    assert shown().count("<li>") == 1 and project.title in shown()
    recorded(project, "note-integrity")  # not for an office to read
    assert client.post("/sign-in/", signing).status_code == 302
    assert "没有别人的办理" in shown()


def test_more_projects_ask_no_more_queries(sign_in: In) -> None:
    refresh(today())
    found = []
    for limit in (1, 60):
        with CaptureQueriesContext(connection) as asked:
            cures_open(regulation(), [CYBER], Q(), limit)
            steps_open(regulation(), [CYBER], Q(), limit)
        found.append(len(asked))
    assert found == [6, 8]  # projects with reminders are looked at where those in breach do not fill the list
    client = sign_in("zhou.mingyuan")
    html = client.get("/").content.decode()
    assert "由网信办先组织职责分工" in html
    assert html.index("divide-duties") < html.index("acknowledge-filing")
