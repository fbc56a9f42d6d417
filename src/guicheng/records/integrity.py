"""Integrity (第十条): what the discipline office looked at, that it made a note, and the ties that people declared."""

from guicheng.records.base import Record, fact_bool, fact_day, line, listing, words


class IntegrityNote(Record):
    """A note of the discipline office. Its words lie in the sealed room; here is their digest, and what it asks for."""

    kind = line()
    note = line()
    about = line()
    asks = words()
    answer_by = fact_day()


class IntegrityRead(Record):
    """One reading of the project by the discipline office: of what, and on what ground."""

    what = line()
    ground = line()


class Interest(Record):
    """A declared tie: `person` (a user name) and a `party` (a supplier as named in its contract). `until`: the tie's end."""

    person = line()
    party = line()
    relation = line()
    detail = words()
    recused = fact_bool()
    until = fact_day()


class Assistance(Record):
    """What another office, asked in by the project, said or did (协办、会签). opinion: agree, advise or object."""

    subject = line()
    opinion = line()
    text = words()
    papers = listing()
