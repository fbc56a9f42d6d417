"""What a person can do next: cure what is in breach, and take the step that leads a project on. A fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import JSONField, Q
from django.db.models.functions import Cast

from guicheng.door.check import wrong_stage
from guicheng.law.declare import ActSpec, Rule
from guicheng.law.regulation import Regulation
from guicheng.ledger.models import Entry
from guicheng.people.access import Holding
from guicheng.people.roles import PROJECT_BOUND, UNIT_BOUND
from guicheng.portfolio.agenda import MOST, Item, any_of, reach
from guicheng.portfolio.models import KeptFinding
from guicheng.portfolio.paging import newest
from guicheng.portfolio.sight import reach_of, sees_everywhere
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

Found = tuple[list[Item], bool]


def cures_open(law: Regulation, posts: Sequence[Holding], fits: Q, limit: int = MOST) -> Found:
    """What is in breach and these posts can cure, one line for each project and act; and whether there is more.

    Late duties are left out: they stand on the list by themselves."""
    posts = [p for p in posts if sees_everywhere([p.role], "findings")]
    curable = {rule for post in posts for rule in _curable(law, post)}
    found: dict[tuple[str, str], Item] = {}
    for keys in newest(reach_of(posts), fits) if posts else ():
        breached = KeptFinding._default_manager.filter(verdict="breached", project__in=keys)
        rows = breached.exclude(project__stage__in=ENDED).select_related("project")
        for row in rows.order_by("-project__filed_on", "-project__code", "pk"):
            item = _item_of(law, posts, row) if row.rule in curable else None
            if item and item.act:
                found.setdefault((row.project.code, item.act.code), item)
        if len(found) > limit:
            break
    return list(found.values())[:limit], len(found) > limit


def _item_of(law: Regulation, posts: Sequence[Holding], row: KeptFinding) -> Item | None:
    """What these posts can do now about one breach."""
    rule = law.rules[row.rule]
    held = (p for p in posts if reaches(p, row.project))
    act = next((a for p in held if (a := _cure(law, rule, p)) and _now(a, row.project)), None)
    return Item(row.project, act.title, rule.clause, None, act, why=rule.cure) if act else None


def steps_open(law: Regulation, posts: Sequence[Holding], fits: Q, limit: int = MOST) -> Found:
    """The next step of each project under way that is these posts' to take, newest first; and whether there is more."""
    wanted = any_of(Q(stage=s) & reach(p) for s, codes in STEPS.items() for p in posts if _offers(law, codes, p))
    read: list[Project] = []
    for keys in newest(reach_of(posts), fits):
        going = Project.objects.filter(wanted, pk__in=keys, suspended_on__isnull=True)
        read += going.order_by("-filed_on", "-code")[: limit + 1 - len(read)]
        if len(read) > limit:
            break
    done, found = _done(law, read[:limit]), []
    for project in read[:limit]:
        held = [p for p in posts if reaches(p, project)]
        act = _next(law, STEPS[project.stage], held, done.get(project.code, set()))
        if act:
            found.append(Item(project, act.title, act.clause, None, act))
    return found, len(read) > limit


def reaches(post: Holding, project: Project) -> bool:
    """The post reaches the project: its own for outside parties, its unit's, or bureau-wide."""
    if post.role in PROJECT_BOUND:
        return post.project == project.code
    return post.role not in UNIT_BOUND or post.unit == project.unit


def _curable(law: Regulation, post: Holding) -> list[str]:
    return [r.id for r in law.rules.values() if not r.code.endswith("-late") and _cure(law, r, post)]


def _cure(law: Regulation, rule: Rule, post: Holding) -> ActSpec | None:
    """The first act that cures the rule and is this post's."""
    acts = (law.acts[code] for code in rule.cured_by if code in law.acts and code not in WAYS_OUT)
    return next((a for a in acts if post.role in a.by), None)


def _now(act: ActSpec, project: Project) -> bool:
    """The door would take it at this stage, and on a project that stands still."""
    return wrong_stage(act, project) is None


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
    for chain, seq, act, undone in _entries(stages, steps | set(moves) | ROUNDS):
        if act == "correct":
            found[chain].pop(undone, None)
        elif act in ROUNDS or moves.get(act) == stages[chain]:
            found[chain].clear()
        else:
            found[chain][seq] = act
    return {chain: set(acts.values()) & steps for chain, acts in found.items()}


def _entries(chains: Iterable[str], acts: Iterable[str]) -> Iterator[tuple[str, int, str, int]]:
    """The entries of these acts, and the corrections that took one back (with its number), in order."""
    entries = Entry.objects.filter(chain__in=list(chains)).annotate(doc=Cast("body", JSONField()))
    taken_back = Q(doc__act="correct") & (Q(doc__data__replacement__isnull=True) | Q(doc__data__replacement=None))
    chosen = entries.filter(Q(doc__act__in=sorted(acts)) | taken_back).order_by("chain", "seq")
    for chain, seq, doc in chosen.values_list("chain", "seq", "doc"):
        yield chain, seq, doc["act"], doc["data"].get("entry", 0)
