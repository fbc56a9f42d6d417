"""Trial operation (第十三条(一)): its admission, one trial per component, and what happened in it."""

from guicheng.records.base import Record, fact_bool, fact_day, line, listing, words


class TrialAcceptance(Record):
    """试运行验收 of one component: passed or failed."""

    component = line()
    held_on = fact_day()
    outcome = line()
    deployed = words()
    function_check = words()
    documents_check = words()
    issues = words()
    minutes = line()
    papers = listing()


class Trial(Record):
    """The trial of one component; ref is the component's. `kind` is the component's kind when it began."""

    component = line()
    kind = line()
    system = line()
    scope = words()
    users = words()
    data_nature = line()
    public = fact_bool()
    real_data = fact_bool()
    started_on = fact_day()
    plan = line()
    rollback = words()
    papers = listing()


class TrialEvent(Record):
    """Something in a trial. kind: fault (severity major, general, minor), release, outage.

    `restarts` is empty until 建设处室 has decided; when true, the component's clock starts again on `restart_on`."""

    trial = line()
    kind = line()
    severity = line()
    changes_functions = fact_bool()
    happened_on = fact_day()
    ended_on = fact_day()
    version = line()
    cause = words()
    handling = words()
    restarts = fact_bool()
    restart_on = fact_day()
    decided_on = fact_day()
    decided_by = line()
    decided_reason = words()
    papers = listing()
