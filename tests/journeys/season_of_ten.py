"""Who takes part in the season of `test_a_whole_season`, and what the worker does for them meanwhile."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from playwright.sync_api import Page

from app.intervision.models import IntervisionSession
from app.intervision.queries import session_by_id
from app.jobs.queue import enqueue
from app.kernel.mail import KeptMail
from app.kernel.permissions import Role
from app.organisation.models import Board, School
from tenants.provision import create_network
from tests.conftest import MASTER_KEY, work_through
from tests.journeys.conftest import LiveServer
from tests.walls.places import kept
from tests.world import Member, add_member, add_role

HOME = "/seizoen/"
TUESDAY, THURSDAY, FRIDAY = 3, 6, 8
"""Tuesday afternoon, Thursday morning, Friday morning."""
BY_THEMSELVES = ("Sanne", "Hind", "Amir", "Roos")
"""IB'ers who answer in their own browsers; the others told the coordinator."""
NAMES = {
    "Vera": "Prins", "Ans": "Kok", "Sanne": "Vos", "Hind": "Bakri", "Amir": "Yilmaz", "Roos": "Bakker",
    "Lotte": "Smit", "Bas": "Mulder", "Jur": "de Wit", "Eva": "Haddad", "Tom": "Visser",
}  # fmt: skip
CAN_COME = {
    "Sanne": (TUESDAY,), "Hind": (TUESDAY,), "Lotte": (TUESDAY,), "Bas": (TUESDAY,),
    "Jur": (TUESDAY, THURSDAY), "Amir": (THURSDAY,), "Eva": (THURSDAY,), "Tom": (THURSDAY,), "Roos": (FRIDAY,),
}  # fmt: skip
"""When each IB'er can: two groups, one person who fits in both, and one who fits in none."""


@dataclass
class Ten:
    """A network of its own with a coordinator, nine IB'ers of nine schools, and the leader of one of those."""

    live: LiveServer
    people: dict[str, Member]
    read: int = field(default=0)

    def __getitem__(self, first_name: str) -> Member:
        return self.people[first_name]

    def mails(self) -> dict[str, list[str]]:
        """What came in since the last time that this was asked: subjects, by first name."""
        first_names = {member.email: name for name, member in self.people.items()}
        came: dict[str, list[str]] = {}
        with self.live.app.database.global_unit() as unit:
            for mail in unit.query(KeptMail).filter(KeptMail.id > self.read).order_by(KeptMail.id):
                self.read = mail.id
                if mail.recipient in first_names:
                    came.setdefault(mail.subject, []).append(first_names[mail.recipient])
        return {subject: sorted(names) for subject, names in came.items()}

    def worked(self) -> dict[str, list[str]]:
        """Let the worker do what waits; gives the mails that came of it."""
        work_through(self.live.app)
        return self.mails()

    def hour_passes(self) -> dict[str, list[str]]:
        """What is done by itself each hour; gives the mails that came of it."""
        with self.live.app.database.unit_of_work(self["Vera"].network):
            enqueue("intervision.follow_up")
        return self.worked()

    def sessions(self) -> list[str]:
        """The addresses of the sessions that were made, in their order."""
        with self.live.app.database.unit_of_work(self["Vera"].network) as unit:
            made = unit.query(IntervisionSession).order_by(IntervisionSession.number)
            return [f"{HOME}intervisie/bijeenkomsten/{one.id}" for one in made]

    def begin_of(self, url: str) -> datetime:
        """When a session begins, by its address."""
        with self.live.app.database.unit_of_work(self["Vera"].network):
            return session_by_id(int(url.rsplit("/", 1)[1])).appointment.starts_at


def a_network_of_ten(live: LiveServer) -> Ten:
    """Make the network and its people."""
    database, called = live.app.database, {"slug": "seizoen", "code": "PO2798", "name": "Netwerk Seizoen"}
    network = create_network(database, MASTER_KEY, **called).opened(MASTER_KEY)
    with database.unit_of_work(network, with_identities=True):
        board = kept(Board(number="44444"))
        made = {first: add_member(network, first.lower(), first, last) for first, last in NAMES.items()}
        add_role(made["Vera"].person_id, Role.COORDINATOR, None)
        for number, first in enumerate(CAN_COME):
            school = School(board_id=board, code=f"03A{number}00", name=f"De Brug {number}", kinds=["bo"])
            school.city, school.latitude, school.longitude = "Edam", 52.51 + number / 100, 5.05
            add_role(made[first].person_id, Role.IB, kept(school))
            if first == "Hind":
                add_role(made["Ans"].person_id, Role.LEADER, school.id)
    return Ten(live, made)


def read_every_page(page: Page, unsaid: Collection[str]) -> set[str]:
    """Follow every link from the first page on; no page says any of these. Gives where that led.

    Pages of methods are left out: they are many, and the same for everybody.
    """
    seen, waiting = set[str](), {HOME}
    while waiting - seen:
        path = (waiting - seen).pop()
        seen.add(path)
        html = page.request.get(path, fail_on_status_code=True).body().decode(errors="replace")
        assert [text for text in unsaid if text in html] == [], path
        waiting |= {one for one in re.findall(rf'href="({HOME}[^"?#]*)', html) if "/werkvormen/" not in one}
    return seen
