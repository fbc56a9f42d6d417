"""A project's page and a filtered list over HTTP, beside Redmine's page of an issue and its filtered list, by turns.

    python -m bench.reading sqlite|postgresql [rounds]

Both books hold a thousand; Redmine must run here and be named (`bench.peers.redmine`), since processor time is compared, the
databases' with it. Both are read by somebody signed in who sees everything, fifty rows to a list; the issue has as many notes
as a page of the project's history shows acts, and Redmine shows them on the page of the issue itself.
What is printed is what a page costs, and how many of ours cost as much as one of Redmine's."""

import sys
from math import isnan
from statistics import median

from bench.door import spread
from bench.pages import PAGES, SMALL, Served, first_project
from bench.peers.child import Absent
from bench.peers.redmine import Redmine
from bench.place import aim, judged, machine

LEAST = 8
HISTORY = 30
"""Acts on a page of a project's history."""
PAGES_A_ROUND = 10
ROWS = 50
"""To a list, of theirs as of ours."""
LIST = f"/issues?set_filter=1&status_id=o&tracker_id=1&priority_id=2&sort=updated_on:desc&per_page={ROWS}"
"""Three conditions and an order: open, of one tracker and of one priority."""


def beside(name: str, ours: Served, address: str, peer: Redmine, theirs: str, rounds: int) -> None:
    person = PAGES[name][0]

    def we() -> float:
        found = [ours.get(person, address) for _ in range(PAGES_A_ROUND)]
        assert all(status == 200 for _, _, status, _ in found), name
        return median(processor for _, processor, _, _ in found)

    we(), peer.read(theirs, PAGES_A_ROUND)
    times = [(we() * 1000, peer.read(theirs, PAGES_A_ROUND) * 1000) for _ in range(rounds)]
    shares = [they / own for own, they in times]
    print(f"{name:24} processor ms {spread([own for own, _ in times])}   Redmine {spread([they for _, they in times])}")
    print(f"{'':24} so many of ours to one of Redmine's {spread(shares)}")
    aim(f"{name}, beside Redmine's", f"≤ 1/{LEAST}", f"1/{median(shares):.1f}", median(shares) >= LEAST)


def answering() -> Redmine:
    """It, signed in on a connection just opened. Raises Absent, also where its list would be cheaper than ours for want of rows."""
    peer = Redmine()
    peer.sign_in()
    if (rows := peer.rows(LIST)) < ROWS:
        raise Absent(
            f"its list {LIST} shows {rows} issues, and takes {ROWS}: make them open, of tracker 1 and priority 2"
        )
    if isnan(peer.read("/my/page", 1)):
        raise Absent("its processor time is not seen: REDMINE_PID is not set")
    return peer


def main(engine: str, rounds: int) -> None:
    try:
        answering().end()
    except Absent as why:
        print(f"Redmine: absent ({why}); pages are not held against it")
        return
    place = judged(engine, SMALL)
    ours, peer = Served(place), answering()  # it hangs up on those who have not asked for long
    code, acts = first_project(place)
    print(f"{engine} · {machine()} · a project with {acts} acts")
    issue = peer.page(min(acts, HISTORY))
    for name in ("a project", "a project's history"):
        beside(name, ours, PAGES[name][1].replace("{code}", code), peer, issue, rounds)
    for name in ("projects, three filters", "projects, unit and stage"):
        beside(name, ours, PAGES[name][1], peer, LIST, rounds)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "sqlite", int(sys.argv[2]) if len(sys.argv) > 2 else 5)
