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
        # 6 rules on construction plans: 157 to 26 ms of processor over 64,000 plans
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
        # 13 rules on applications for acceptance (第十三条): 234 to 199 ms over 10,600
        CoverOnSQLite(
            "application",
            "cover_application",
            ("applied_on", "attempt", "endorsed_on", "file_list", "owner_reason", "ref", "sent_to", "summary"),
        ),
        # 4 rules on who decides at an acceptance: 129 to 109 ms over 84,000 members
        CoverOnSQLite(
            "member", "cover_member", ("capacity", "day", "person", "recused", "signed", "tie", "unit", "votes")
        ),
        # 5 rules on beginning the works: 189 to 161 ms over 14,800
        CoverOnSQLite("start", "cover_start", ("contract", "started_on")),
        # 3 rules on filings: 94 to 41 ms over 100,000
        CoverOnSQLite("filing", "cover_filing", ("open_matter", "plan_line", "planned", "unplanned_reason")),
    ]
