"""第二条 适用范围: every project of the bureau and its units, by kind of component; no lower limit of money."""

from typing import Any

from guicheng.law.declare import HARD, Breach, breach
from guicheng.law.words import here, lacks
from guicheng.records.initiation import Component, Filing
from guicheng.regulations.huaian2023.articles import A2, R


@R.rule(
    A2, row=(2, 3), force=HARD, over=Filing, cured_by="correct",
    says="项目“{title}”没有列出建设内容的类别", cure="按软件、硬件、安全、运维、其他分项列出建设内容",
)  # fmt: skip
def components_missing(p: Any, f: Any) -> Breach:
    """本办法所指信息化项目建设是指市局及下属单位以现代信息技术为主要手段而进行的各类信息化项目建设，主要包括：应用系统软件开发、网络、安全、数据库、存储等信息基础设施建设项目，运行维护建设项目及其他信息化建设项目。

    Components, not the project, are classified: later periods differ by kind.
    """
    return breach(lacks(Component), title=here.title)
