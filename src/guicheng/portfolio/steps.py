"""What a person can do next: cure what is in breach, and take the step that leads a project on. A fixed number of queries."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, F, Q, TextField, When
from django.db.models.functions import Substr

from guicheng.door.check import Standing, wrong_stage
from guicheng.law.declare import ActSpec, Rule
from guicheng.law.regulation import Regulation
from guicheng.ledger.models import Entry
from guicheng.people.access import Holding
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND
from guicheng.portfolio.agenda import MOST, PROJECT, Item, any_of, reach
from guicheng.portfolio.models import RULE_READ, KeptFinding
from guicheng.portfolio.owed import Part, rows_of
from guicheng.portfolio.sight import reach_of, sees_everywhere
from guicheng.portfolio.urgent import urgent
from guicheng.records.project import Project
from guicheng.records.stage import ENDED, Stage

STEPS: dict[int, tuple[str, ...]] = {
    Stage.FILED: ("acknowledge-filing",),
    Stage.PREPARATION: ("submit-plan", "hold-discussion", "submit-to-party-group"),
    Stage.REVIEW: ("decide-by-party-group", "approve-project"),
    Stage.APPROVED: ("file-procurement-plan",),
    Stage.PROCUREMENT: ("record-award", "sign-contract"),
    Stage.CONTRACTED: ("start-implementation",),
    Stage.IMPLEMENTATION: ("accept-trial-run", "start-trial", "report-progress"),
    Stage.TRIAL: ("apply-for-acceptance",),
    Stage.ACCEPTANCE: ("endorse-application", "conclude-acceptance"),
    Stage.RECONSIDERATION: ("apply-for-acceptance",),
    Stage.RECTIFICATION: ("report-rectification",),
    Stage.ACCEPTED: ("put-into-operation",),
}
"""The acts that lead on from each stage, in their order; a person is offered the first that is theirs and not done yet."""

REPEATED = frozenset({"report-progress"})
"""Done again and again: never done with."""

ROUNDS = frozenset({"conclude-acceptance", "order-rectification"})
"""Acts after which the steps of acceptance begin anew."""

WAYS_OUT = frozenset({"grant-exemption", "explain", "correct", "terminate", "retire-system", "withdraw-project"})
"""These also end a breach, but nobody is invited to them: they stand on the project's page."""

HEAD = '{"act":"'
"""How the body of every entry begins: its keys are sorted."""
LONGEST = 80
"""No act has a longer code."""

Found = tuple[list[Item], bool]


class Place(NamedTuple):
    """What of a project decides whose it is to act on it, and whether now."""

    pk: int
    code: str
    unit: str
    stage: int
    suspended_on: date | None


def cures_open(law: Regulation, posts: Sequence[Holding], fits: Q, limit: int = MOST) -> Found:
    """What is in breach and these posts can cure, one line for each project and act, the worst first; and whether there is more.

    Late duties are left out: they stand on the list by themselves."""
    posts = [p for p in posts if sees_everywhere([p.role], "findings")]
    cures = [(p, _cures(law, p)) for p in posts]
    curable = frozenset(rule for _, own in cures for rule in own)
    found: dict[tuple[int, str], tuple[Rule, ActSpec]] = {}
    for keys in urgent(reach_of(posts), fits) if curable else ():
        for place, rule in _breached(keys, curable):
            mine = (own[rule] for p, own in cures if rule in own and reaches(p, place))
            if act := next((a for a in mine if _now(a, place)), None):
                found.setdefault((place.pk, act.code), (law.rules[rule], act))
        if len(found) > limit:
            break
    shown = list(found.items())[:limit]
    projects = Project.objects.in_bulk({key for (key, _), _ in shown})
    items = [Item(projects[key], act.title, rule.clause, None, act, why=rule.cure) for (key, _), (rule, act) in shown]
    return items, len(found) > limit


def _breached(keys: list[int], rules: frozenset[str]) -> Iterator[tuple[Place, str]]:
    """Which of these rules are in breach on these projects while they are under way, those entered last first. Not every row is
    to be cured now: no more is read of it than tells that."""
    found = KeptFinding._default_manager.alias(name=RULE_READ)
    breached = found.filter(verdict="breached", project__among=set(keys), name__among=rules)
    rows = breached.exclude(project__stage__in=ENDED).order_by("-project_id", "pk")
    told = rows.values_list(
        "project_id", "project__code", "project__unit", "project__stage", "project__suspended_on", "rule"
    )
    for key, code, unit, stage, suspended_on, rule in told:
        yield Place(key, code, unit, stage, suspended_on), rule


def steps_open(law: Regulation, posts: Sequence[Holding], fits: Q, limit: int = MOST) -> Found:
    """The next step of each project under way that is these posts' to take, by code, the last first; and whether there is more."""
    read = _awaiting(law, posts, fits, limit + 1)
    done, found = _done(law, read[:limit]), []
    for project in read[:limit]:
        held = [p for p in posts if reaches(p, project)]
        act = _next(law, STEPS[project.stage], held, done.get(project.code, set()))
        if act:
            found.append(Item(project, act.title, act.clause, None, act))
    return found, len(read) > limit


def _awaiting(law: Regulation, posts: Sequence[Holding], fits: Q, most: int) -> list[Project]:
    """The projects that stand at a stage whose step is one of these posts' to take. Of each stage and office one range of an index
    is read, no further than is wanted."""
    offered = [(stage, p) for stage, codes in STEPS.items() for p in posts if _offers(law, codes, p)]
    if fits:
        wanted = any_of(Q(stage=stage) & reach(p) for stage, p in offered)
        found = Project.objects.filter(wanted, fits, suspended_on__isnull=True)
    else:
        found = Project.objects.filter(pk__among=set(_first_of({_range(stage, p) for stage, p in offered}, most)))
    return list(found.order_by("-code")[:most])


def _range(stage: int, post: Holding) -> Part:
    at = Part("p.stage = %s", (int(stage),))
    if post.role in PROJECT_BOUND:
        return at & Part("p.code = %s", (post.project,))
    return at & Part("p.unit = %s", (post.unit,)) if post.role in UNIT_BOUND else at


def _first_of(ranges: Iterable[Part], most: int) -> list[int]:
    """The keys of the last so many codes in each range. One statement."""
    parts, values = list[str](), list[Any]()
    for n, one in enumerate(sorted(ranges, key=str)):
        kept = f"SELECT p.id FROM {PROJECT} p WHERE {one.where} AND p.suspended_on IS NULL ORDER BY p.code DESC LIMIT {most}"
        parts.append(f"SELECT id FROM ({kept}) r{n}")
        values += one.values
    return [key for (key,) in rows_of(Part(" UNION ALL ".join(parts), tuple(values)))] if parts else []


def reaches(post: Holding, project: Project | Place) -> bool:
    """The post reaches the project: its own for outside parties, its unit's, or bureau-wide."""
    if post.role in PROJECT_BOUND:
        return post.project == project.code
    return post.role not in UNIT_BOUND or post.unit == project.unit


def _cures(law: Regulation, post: Holding) -> dict[str, ActSpec]:
    """By rule, the act by which this post cures it."""
    found = ((r.id, _cure(law, r, post)) for r in law.rules.values() if not r.code.endswith("-late"))
    return {id: act for id, act in found if act}


def _cure(law: Regulation, rule: Rule, post: Holding) -> ActSpec | None:
    """The first act that cures the rule and is this post's."""
    acts = (law.acts[code] for code in rule.cured_by if code in law.acts and code not in WAYS_OUT)
    return next((a for a in acts if post.role in a.by), None)


def _now(act: ActSpec, place: Standing) -> bool:
    """The door would take it at this stage, and on a project that stands still."""
    return wrong_stage(act, place) is None


def _offers(law: Regulation, codes: Iterable[str], post: Holding) -> bool:
    return any(post.role in law.acts[code].by for code in codes)


def _next(law: Regulation, codes: tuple[str, ...], held: Sequence[Holding], done: set[str]) -> ActSpec | None:
    """The first step not done that one of these posts may take. One that leads to the next stage waits for those before it."""
    for i, code in enumerate(codes):
        act = law.acts[code]
        waits = act.to is not None and not done.issuperset(codes[:i])
        if code not in done and not waits and any(p.role in act.by for p in held):
            return act
    return None


def _done(law: Regulation, projects: Sequence[Project]) -> dict[str, set[str]]:
    """What was already done at the stage where each project stands; what was taken back counts as not done."""
    steps = {code for codes in STEPS.values() for code in codes if law.acts[code].to is None} - REPEATED
    moves = {a.code: a.to for a in law.acts.values() if a.to is not None}
    stages = {p.code: p.stage for p in projects}
    found: dict[str, dict[int, str]] = {code: {} for code in stages}
    for chain, seq, act, undone in _entries(stages):
        if act == "correct":
            found[chain].pop(undone, None)
        elif act in ROUNDS or moves.get(act) == stages[chain]:
            found[chain].clear()
        elif act in steps:
            found[chain][seq] = act
    return {chain: set(acts.values()) for chain, acts in found.items()}


def _entries(chains: Iterable[str]) -> Iterator[tuple[str, int, str, int]]:
    """The acts done on these projects in their order; of a correction that took one back its number, of others nought. Of the
    other bodies only the beginning is read, where the act stands."""
    correct = When(body__startswith=f'{HEAD}correct"', then=F("body"))
    read = Case(correct, default=Substr("body", len(HEAD) + 1, LONGEST), output_field=TextField())
    entries = Entry.objects.filter(chain__in=list(chains)).order_by("chain", "seq")
    for chain, seq, text in entries.values_list("chain", "seq", read):
        if not text.startswith(HEAD):
            yield chain, seq, text.partition('"')[0], 0
        elif (data := json.loads(text)["data"]).get("replacement") is None:
            yield chain, seq, "correct", data["entry"]
