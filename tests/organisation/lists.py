"""Lists of people for tests: make one, send it, and take it to where it is applied."""

import io
import re

HEADER = ("Voornaam", "Tussenvoegsel", "Achternaam", "E-mail", "School", "Rol", "Vanaf", "Tot")
ANNA = ("Anna", "de", "Vries", "anna@wilgen.example", "01AA00", "IB'er", "1-8-2026", "")
BEA = ("Bea", "", "Bakker", "bea@linde.example", "De Linde", "leerkracht", "", "")
CARLA = ("Carla", "", "Coster", "carla@coach.example", "", "coach", "1-9-2026", "31-7-2027")
FATIMA = ("Fatima", "", "el Amrani", "ib@waterland.example", "01AA00", "ib", "1-8-2020", "")
WRONG = ("Dirk", "", "Dam", "dirk@linde.example", "De Eik", "leerkracht", "", "")


def csv_of(*rows, header=HEADER, delimiter=";", encoding="utf-8-sig"):
    """A list as Excel writes it in the Netherlands."""
    lines = [delimiter.join(row) for row in (header, *rows)]
    return "\r\n".join(lines).encode(encoding)


def send(client, content, name="mensen.csv", **form):
    """Send a list; gives the answer."""
    return client.post("/waterland/mensen/imports", data={"file": (io.BytesIO(content), name), **form})


def id_in(answer):
    """The id of the import that an answer leads to."""
    assert answer.status_code == 302, answer.text
    return int(re.search(r"/imports/(\d+)", answer.location).group(1))


class Desk:
    """A coordinator with lists, and a worker that does what she asks."""

    def __init__(self, client, work):
        self.client = client
        self.work = work

    def checked(self, *rows, **form):
        """Send these rows and have them checked; gives the id of the import."""
        return self.checked_file(csv_of(*rows), **form)

    def checked_file(self, content, name="mensen.csv", **form):
        import_id = id_in(send(self.client, content, name, **form))
        self.work()
        return import_id

    def applied(self, *rows, **form):
        """Send these rows and apply them; gives the id of the import."""
        import_id = self.checked(*rows, **form)
        assert self.apply(import_id).status_code == 302
        return import_id

    def apply(self, import_id, **form):
        answer = self.client.post(f"/waterland/mensen/imports/{import_id}/toepassing", data=form)
        self.work()
        return answer

    def undo(self, import_id):
        answer = self.client.post(f"/waterland/mensen/imports/{import_id}/herstel")
        assert answer.status_code < 500
        self.work()
        return answer

    def page(self, import_id, query=""):
        return self.client.get(f"/waterland/mensen/imports/{import_id}{query}", follow_redirects=True)

    def rows(self, import_id):
        """What the preview says of each row, in order: state, name and the rest."""
        page = self.page(import_id).text
        found = re.findall(r'<tr role="row">(.*?)</tr>', page, re.DOTALL)[1:]
        return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]
