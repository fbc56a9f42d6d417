"""The codes of the records in the field's own words: one term each, as the acts' own help gives them."""

from __future__ import annotations

import re
from functools import cache

from guicheng.portfolio.portrait.choices import BY_FIELD, PLAIN
from guicheng.regulations.base import regulation

PAIR = re.compile(r"(?:^|[\s，、；,;：:])([a-z][a-z0-9-]+)\s?(?:为|是)?\s?([\u4e00-\u9fff][^，、；,;。]*)")
MORE = {
    "development": "开发", "integration": "集成", "supply": "供货", "service": "服务", "large": "大型", "medium": "中型",
    "small": "小型", "micro": "微型", "open-tender": "公开招标", "invited-tender": "邀请招标", "negotiation": "竞争性谈判",
    "consultation": "竞争性磋商", "inquiry": "询价", "single-source": "单一来源", "framework": "框架协议",
    "own-rule": "市局采购规定", "project": "项目", "refused": "不通过", "reconsider": "需要复议", "conditional": "附条件",
    "agreed": "同意", "deferred": "缓议", "disagreed": "不同意", "risk": "信息安全风险评估", "test": "安全测试",
    "outage": "计划停机", "major": "重大", "general": "一般", "minor": "轻微", "building": "建设中", "use": "使用中",
    "acceptance": "竣工验收合格之日", "delivery": "交付之日", "signing": "签订之日", "go-live": "上线之日", "bureau": "市局",
    "supplier": "供应商", "shared": "共有", "silent": "未约定", "supervisor": "监理单位", "owner": "建设处室",
    "contractor": "承建单位", "expert": "专家", "technology": "网络信息技术处", "simulated": "模拟数据",
    "desensitised": "脱敏数据", "real": "真实数据", "excellent": "优", "good": "良", "fair": "中", "poor": "差",
    "high": "高", "medium-risk": "中", "low": "低", "rejected": "不予立项", "withdrawn": "撤回", "met": "符合",
    "blocking": "影响使用", "user": "用户", "third-party": "第三方",
}  # fmt: skip
"""Codes whose act says them only in running text, or not at all."""


@cache
def _pairs(help: str) -> dict[str, str]:
    """The codes that a field's help explains."""
    return {code: words.strip() for code, words in PAIR.findall(help)}


@cache
def _helped() -> dict[str, str]:
    """Codes explained by the help of any act's field."""
    found: dict[str, str] = {}
    for spec in regulation().acts.values():
        for info in spec.cls.model_fields.values():
            found = _pairs(info.description or "") | found
    return found


def spoken(code: str, field: str = "") -> str:
    """A code of a record in words, first as its own field means it; what is no code is shown as it is."""
    return BY_FIELD.get(field, {}).get(code) or MORE.get(code) or PLAIN.get(code) or _helped().get(code) or code
