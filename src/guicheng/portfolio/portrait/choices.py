"""What each value of a choice is called, on a form and in the history.

First by act or row and field, then by field, then the word's own meaning."""

from enum import StrEnum
from functools import cache
from itertools import chain
from typing import Any, Literal, get_args, get_origin

from guicheng.people.roles import ROLE_ZH, Role

Words = dict[str, str]

OWN: dict[str, Words] = {
    "erase-personal.ground": {"request": "本人请求", "expired": "保存期限届满", "mistake": "误录"},
    "publish-planning.kind": {"plan": "发展规划", "decision": "重大决策"},
    "publish-regulation-draft.kind": {
        "plan": "发展规划",
        "rule": "规章制度",
        "standard": "技术标准",
        "procedure": "办事规程",
    },
    "review-contract-legality.outcome": {"passed": "审查通过", "failed": "审查不通过"},
    "review-process-legality.outcome": {"passed": "合法", "failed": "存在问题"},
    "record-review.outcome": {"passed": "通过", "conditional": "有条件通过", "refused": "不通过"},
    "accept-trial-run.outcome": {"passed": "准予试运行", "failed": "不准予"},
    "conclude-acceptance.outcome": {"passed": "通过验收", "reconsider": "需要复议", "failed": "不通过验收"},
    "submit-security-chapter.carrier": {"feasibility": "可行性研究报告", "plan": "建设方案"},
    "request-operation-budget.kind": {"om": "运行维护经费", "project": "项目预算"},
    "claim-warranty.severity": {"general": "一般"},
    "report-supervision.kind": {"plan": "监理规划", "resume": "复工令", "special": "专题报告", "notice": "监理通知单"},
    "divide-duties.pieces.task": {"security": "安全", "acceptance": "评估验收"},
    "record-assessment.kind": {"test": "安全测试", "risk": "风险评估"},
    "submit-feasibility.conclusion": {"conditional": "附条件可行"},
    "decide-by-party-group.conclusion": {"conditional": "原则同意并附条件"},
    "plan-change.category": {"crypto": "密码"},
    "log-trial-event.kind": {"outage": "计划停机"},
    "record-incident.kind": {"outage": "中断"},
    "dispatch-review.sender": {"bureau": "市局", "general-office": "市局办公室"},
    "record-upkeep.kind": {"patch": "补丁"},
    "hand-over-results.items.kind": {"data": "数据"},
    "conclude-acceptance.checks.source": {
        "plan": "建设方案",
        "process": "过程文档",
        "tender": "标书",
        "change": "变更",
    },
    "conclude-acceptance.checks.category": {"service": "服务"},
    "conclude-acceptance.checks.method": {"inspection": "查检", "test": "测试"},
    "give-guidance.occasion": {"plan": "方案", "tender": "采购文件", "trial": "试运行", "acceptance": "验收"},
    "check-budget.last_grade": {"none": "没有上年评价"},
    "check-budget.funds": {"special": "专项资金", "other": "其他资金"},
    "retire-system.data_fate": {"none": "没有业务数据"},
    "list-software.items.origin": {"free": "免费"},
}
"""By act and field, where one word means different things."""

BY_FIELD: dict[str, Words] = {
    "criterion": {
        "amount": "金额达到标准", "public-facing": "面向公众", "critical": "关键信息基础设施", "data-scale": "数据规模",
        "manual": "逐项认定",
    },
    "conclusion": {
        "agreed": "同意", "deferred": "缓议", "disagreed": "不同意", "conditional": "附条件同意", "feasible": "可行",
        "infeasible": "不可行", "proceed": "修改完善后继续", "revise": "重新研讨",
    },
    "status": {"draft": "起草", "consulting": "征求意见", "issued": "印发"},
    "supplier_size": {"large": "大型", "medium": "中型", "small": "小型", "micro": "微型", "none": "非企业"},
    "tag": {"none": "无标签"},
    "classified": {"no": "不涉密", "yes": "涉密", "unsure": "不能确定"},
    "outcome": {"adopted": "采纳", "partly": "部分采纳", "not": "不采纳"},
    "how": {"rectified": "已整改", "accepted": "接受残余风险"},
    "ground": {"level-1": "定级为第一级", "crypto-view": "密码管理部门书面意见", "cited-rule": "引用的规定"},
    "severity": {"high": "高", "medium": "中", "low": "低", "major": "重大", "general": "一般", "minor": "轻微"},
    "grade": {"extraordinary": "特别重大", "serious": "重大", "considerable": "较大", "general": "一般"},
    "last_grade": {"excellent": "优", "good": "良", "fair": "中", "poor": "差"},
    "to": {"supervisor": "监理单位", "owner": "建设处室（未引入监理）"},
    "capacity": {
        "owner": "建设处室", "technology": "网络信息技术处", "expert": "专家", "contractor": "承建单位",
        "supervisor": "监理单位", "other": "其他",
    },
    "body": {"expert": "专家"},
    "result": {"met": "符合", "minor": "有不影响使用的差异", "blocking": "影响使用"},
    "unit": {"days": "日", "months": "个月"},
    "scope": {"initiation": "立项", "procurement": "采购"},
    "cause": {"small": "金额较小", "om": "纯运行维护", "hardware": "纯标准硬件采购", "covered": "市级可研已覆盖"},
    "department": {
        "data": "大数据", "development": "发展改革", "cryptography": "密码", "cyberspace": "网信", "secrecy": "保密",
        "finance": "财政", "archives": "档案", "other": "其他",
    },
    "phase": {"building": "建设中", "use": "使用中"},
    "dimension": {"building": "建设情况", "funds": "资金使用", "efficiency": "运行效率", "effect": "应用效果"},
    "method": {
        "open-tender": "公开招标", "invited-tender": "邀请招标", "negotiation": "竞争性谈判", "consultation": "竞争性磋商",
        "inquiry": "询价", "single-source": "单一来源", "framework": "框架协议", "own-rule": "按市局采购规定",
        "meeting": "会议评审", "written": "书面评审", "online": "线上评审", "site": "现场评审",
    },
    "route": {"procurement-law": "政府采购法", "tender-law": "招标投标法（工程）", "own-rule": "限额以下，按市局采购规定"},
    "refusal": {"refused": "不予支付", "incomplete": "退回补正"},
    "opinion": {"agreed": "同意", "disagreed": "不同意", "agree": "同意", "advise": "建议", "object": "不同意"},
    "origin": {
        "commercial": "商业", "open-source": "开源", "custom": "定制", "annual": "本年预算", "carried-over": "上年结转",
        "adjusted": "调剂追加",
    },
    "disposal": {"scrapped": "报废", "transferred": "调拨", "reused": "留用", "sold": "出让"},
    "data_fate": {"migrated": "迁移", "archived": "封存", "destroyed": "销毁"},
    "data_nature": {"simulated": "模拟数据", "desensitised": "脱敏数据", "real": "真实数据"},
    "relation": {
        "kinship": "亲属", "shareholding": "持股", "employment": "任职", "former-employment": "曾任职", "teaching": "师生",
        "economic": "经济往来", "other": "其他",
    },
    "warranty_from": {"acceptance": "自验收", "delivery": "自交付", "signing": "自签订", "go-live": "自上线"},
    "ip_owner": {"bureau": "归市局", "supplier": "归供应商", "shared": "共有", "silent": "合同未约定"},
    "subject_matter": {"development": "开发", "integration": "集成", "supply": "供货", "service": "服务"},
}  # fmt: skip
"""By field, wherever it stands."""

PLAIN: Words = {
    "other": "其他", "none": "无", "software": "软件", "hardware": "硬件", "security": "安全", "om": "运行维护",
    "main": "主合同", "supervision": "监理", "audit": "审计", "assessment": "测评", "study": "前期研究",
    "supplementary": "补充合同", "change": "变更", "preliminary": "前期费用", "contingency": "预备费", "fiscal": "财政预算",
    "special": "专项", "superior": "上级补助", "self-raised": "单位自有", "goods": "货物", "services": "服务", "works": "工程",
    "implementation": "实施", "trial": "试运行", "operation": "运行", "risk": "风险提示", "talk": "谈话提醒",
    "finding": "发现问题", "recusal": "要求回避", "feasibility": "可行性研究", "design": "设计", "survey": "调研",
    "expert-review": "专家评审", "security-plan": "安全方案", "tender-papers": "标书制作", "procurement": "政府采购",
    "finance": "资金", "weekly": "周报", "monthly": "月报", "stop": "停工令", "witness": "测试见证", "summary": "监理总结",
    "mlps": "等级保护测评", "crypto": "密码应用安全性评估", "passed": "通过", "failed": "不通过", "fault": "故障",
    "release": "版本发布", "function": "功能", "performance": "性能", "user": "用户测试",
    "third-party": "第三方测试", "contract": "合同", "technical": "技术", "business": "商务", "demonstration": "演示",
    "document": "文档", "patrol": "巡检", "ticket": "工单", "backup": "备份", "restore-test": "恢复演练",
    "account-review": "账号核查", "attack": "攻击", "leak": "数据泄露", "data-damage": "数据损毁", "equipment": "设备故障",
    "training": "培训", "promotion": "宣传推广", "guide": "操作指南", "fixed": "固定资产", "intangible": "无形资产",
    "low-value": "低值品", "ledger": "仅登记备查", "source": "源代码", "build": "构建与部署脚本", "data": "数据",
    "account": "账号", "licence": "许可", "device": "设备", "copyright": "著作权", "patent": "专利权", "trademark": "商标权",
    "interface": "接口", "deployment": "部署", "优": "优", "良": "良", "中": "中", "差": "差", "True": "是，经核对相符",
    "1": "第一级", "2": "第二级", "3": "第三级", "4": "第四级", "5": "第五级",
}  # fmt: skip


IN_ENGLISH = {
    "om": "Operation and maintenance", "mlps": "MLPS assessment", "crypto": "Cryptography assessment", "优": "Excellent",
    "良": "Good", "中": "Fair", "差": "Poor", "True": "Yes, checked", "1": "Level 1", "2": "Level 2", "3": "Level 3",
    "4": "Level 4", "5": "Level 5", "not": "Not adopted", "met": "Met",
}  # fmt: skip


def in_english(code: str) -> str:
    """A code as a reader of English meets it: open-tender is Open tender."""
    return IN_ENGLISH.get(code) or code.replace("-", " ").capitalize()


def label(path: str, value: Any, english: bool = False) -> str:
    """The words for one value of the choice at a path such as hold-discussion.comments.body. Raises KeyError for none."""
    if english:
        return in_english(str(value))
    name = path.rsplit(".", 1)[-1]
    for table in (OWN.get(path, {}), BY_FIELD.get(name, {})):
        if str(value) in table:
            return table[str(value)]
    if isinstance(value, StrEnum) or (name in ("body", "sender") and value in set(Role)):
        return ROLE_ZH[Role(value)]
    return PLAIN[str(value)]


def chosen(annotation: Any, value: Any) -> bool:
    """Whether a field of this type offers the value as one of its choices; free text offers nothing."""
    return isinstance(value, str | int) and value in _offered(annotation)


@cache
def _offered(annotation: Any) -> frozenset[Any]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return frozenset(annotation)
    args = get_args(annotation)
    return frozenset(args if get_origin(annotation) is Literal else chain.from_iterable(map(_offered, args)))
