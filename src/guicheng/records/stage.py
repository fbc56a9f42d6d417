"""The way of a project through the regulation. Numbers only give the order; gaps leave room."""

from enum import IntEnum


class Stage(IntEnum):
    FILED = 10
    PREPARATION = 20
    REVIEW = 30
    APPROVED = 40
    PROCUREMENT = 50
    CONTRACTED = 60
    IMPLEMENTATION = 70
    TRIAL = 80
    ACCEPTANCE = 90
    RECONSIDERATION = 92
    RECTIFICATION = 94
    ACCEPTED = 100
    OPERATION = 110
    RETIRED = 120
    TERMINATED = 200
    WITHDRAWN = 210
    REJECTED = 220


STAGE_ZH = {
    Stage.FILED: "已报备",
    Stage.PREPARATION: "前期研究",
    Stage.REVIEW: "审定评审",
    Stage.APPROVED: "已立项",
    Stage.PROCUREMENT: "采购",
    Stage.CONTRACTED: "已签约",
    Stage.IMPLEMENTATION: "实施",
    Stage.TRIAL: "试运行",
    Stage.ACCEPTANCE: "竣工验收",
    Stage.RECONSIDERATION: "待复议",
    Stage.RECTIFICATION: "限期整改",
    Stage.ACCEPTED: "通过验收",
    Stage.OPERATION: "投入使用",
    Stage.RETIRED: "已下线",
    Stage.TERMINATED: "已终止",
    Stage.WITHDRAWN: "已撤回",
    Stage.REJECTED: "不予立项",
}

ENDED = (Stage.RETIRED, Stage.TERMINATED, Stage.WITHDRAWN, Stage.REJECTED)
"""The project is at an end: only papers, archives, corrections and audits follow."""


def between(first: Stage, final: Stage) -> tuple[Stage, ...]:
    """The stages from one to another, both included."""
    return tuple(s for s in Stage if first <= s <= final)


BEFORE_APPROVAL = between(Stage.FILED, Stage.REVIEW)
ONGOING = between(Stage.FILED, Stage.OPERATION)
