"""A breach that was there already does not stop other acts, and does not let another of its kind in."""

from datetime import date
from typing import Any

import pytest

from guicheng.door.outcome import Outcome
from guicheng.records.procurement import Contract
from tests.support.cases import outcome_of

OLD = {"kind": "main", "ref": "旧HT", "signed_on": date(2025, 1, 6), "warranty_months": 12, "warranty_terms": True}
"""A contract taken over with half the warranty it should have."""


def acted(act: str, by: str, data: dict[str, Any], **records: Any) -> Outcome:
    rows = {"contract": [OLD]} | records
    case = {"regulation": "huaian2023", "act": act, "by": by, "data": data, "records": rows}
    return outcome_of(case | {"project": {"stage": "IMPLEMENTATION", "budget": 10**9}})


@pytest.mark.django_db
def test_an_old_breach_does_not_stop_an_act_that_has_nothing_to_do_with_it() -> None:
    paper = {"title": "会议纪要", "kind": "纪要", "digest": "sm3:" + "0" * 64}
    assert acted("attach-paper", "technology", paper).outcome == "accepted"


@pytest.mark.django_db
@pytest.mark.parametrize(("months", "refused"), [(24, False), (23, True)])
def test_a_second_contract_is_judged_although_the_first_is_in_breach(months: int, refused: bool) -> None:
    digest = "sm3:" + "1" * 64
    data = {
        "ref": "HT-2", "kind": "main", "title": "第二份合同", "subject_matter": "development", "supplier": "乙（虚构）",
        "supplier_size": "large", "amount": 100, "digest": digest, "milestones": [], "pay_days": 30, "acceptance_terms": True,
        "warranty_terms": True, "warranty_months": months, "warranty_from": "acceptance", "ip_owner": "bureau",
        "confidentiality": True,
    }  # fmt: skip
    draft = {"contract": "HT-2", "digest": digest, "kind": "main", "title": "第二份合同", "by": "drafter"}
    outcome = acted("sign-contract", "construction", data, contractdraft=[draft])
    assert ("huaian2023:14.warranty-too-short" in [b["rule"] for b in outcome.breaches]) is refused
    assert Contract.objects.filter(ref="HT-2").exists() is (outcome.outcome == "accepted")
