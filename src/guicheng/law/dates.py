"""Terms over dates: the only places where engines count days and months, each in its own words."""

from guicheng.law.lists import NESTED
from guicheng.law.terms import Render, Term


class MonthsAfter(Term):
    """The last day of a period of calendar months after a date, clamped to the month's end (民法典 202)."""

    def __init__(self, start: Term, months: Term):
        self.start, self.months = start, months

    def sql(self, r: Render) -> str:
        start, months = self.start.sql(r), self.months.sql(r)
        if r.dialect == "sqlite":
            return (
                f"min(date({start}, '+' || {months} || ' months'),"
                f" date({start}, 'start of month', '+' || ({months} + 1) || ' months', '-1 day'))"
            )
        if r.nested:
            return NESTED[r.dialect].months.format(start, months)
        return f"({start} + make_interval(months => ({months})::int))::date"


class DaysAfter(Term):
    """A date so many days later; a negative number is earlier."""

    def __init__(self, start: Term, days: Term):
        self.start, self.days = start, days

    def sql(self, r: Render) -> str:
        start, days = self.start.sql(r), self.days.sql(r)
        if r.dialect == "sqlite":
            return f"date({start}, ({days}) || ' days')"
        if r.nested:
            return NESTED[r.dialect].days.format(start, days)
        return f"({start} + ({days})::int)"
