"""Covering indexes on the embedded database for what rules read of the whole book, each with the rules it serves and what it saved.

That each of the rules uses its index, and that no column is carried in vain, is held by tests/test_rule_indexes.py; which tables have none, and
why, is said in docs/decisions/0025-covering-indexes-on-the-embedded-database.md."""

from django.db import migrations

from guicheng.config.indexes import CoverOnSQLite


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_rules"),
    ]

    operations = [
        # 21 rules of 第六条, 第十二条, 第十四条, 第十八条 and 第十九条; 2.1 s to 1.2 s of processor over 49,000 contracts
        CoverOnSQLite(
            "contract",
            "cover_contract",
            (
                "acceptance_days",
                "acceptance_terms",
                "amends",
                "amount",
                "award",
                "confidentiality",
                "custom_software",
                "digest",
                "ip_exception",
                "ip_exception_agreed_by",
                "ip_owner",
                "kind",
                "pay_days",
                "performance_bond",
                "plan",
                "ref",
                "related_to",
                "signed_on",
                "subject",
                "supplier",
                "supplier_size",
                "warranty_from",
                "warranty_months",
                "warranty_repair_hours",
                "warranty_response_hours",
                "warranty_terms",
            ),
        ),
        # 23 rules on what must come before approval (第十一条); 1.5 s to 1.1 s over 18,000 approvals
        CoverOnSQLite("approval", "cover_approval", ("amount", "by", "day", "kind", "revoked_on")),
        # 6 rules on construction plans; 0.22 s to 0.03 s over 64,000 plans
        CoverOnSQLite(
            "plan",
            "cover_plan",
            (
                "reuse_checked",
                "secrecy_met",
                "security_met",
                "security_synchronous",
                "sharing_planned",
                "standards",
                "title",
                "uses_data",
            ),
        ),
        # 13 rules on applications for acceptance (第十三条); 0.41 s to 0.25 s over 10,600
        CoverOnSQLite(
            "application",
            "cover_application",
            ("applied_on", "attempt", "endorsed_on", "file_list", "owner_reason", "ref", "sent_to", "summary"),
        ),
        # 4 rules on who decides at an acceptance; 0.28 s to 0.13 s over 84,000 members
        CoverOnSQLite(
            "member", "cover_member", ("capacity", "day", "person", "recused", "signed", "tie", "unit", "votes")
        ),
        # 5 rules on beginning the works; 0.31 s to 0.21 s over 14,800
        CoverOnSQLite("start", "cover_start", ("contract", "started_on")),
        # 3 rules on filings; 0.18 s to 0.08 s over 100,000
        CoverOnSQLite("filing", "cover_filing", ("open_matter", "plan_line", "planned", "unplanned_reason")),
        # 2 rules on the discussion of plans; 0.28 s to 0.19 s over 27,700
        CoverOnSQLite("discussion", "cover_discussion", ("held_on", "plan", "ref")),
    ]
