"""Walk through the parts of a list, and count the queries that a page takes."""

import re

from sqlalchemy import event

ROW = re.compile(r'<th scope="row" role="rowheader">\s*<a href="/waterland/(?:scholen|mensen)/(\d+)"')
LINK = re.compile(r'<a [^>]*href="([^"]+)"[^>]*rel="(next|prev)"')


def rows_in(page):
    """The ids of the rows of a list, in order."""
    return [int(row) for row in ROW.findall(page)]


def walk(client, url, direction):
    """The rows of each part up to the end, and the address of the last part."""
    parts = []
    while True:
        page = client.get(url).text
        parts.append(rows_in(page))
        links = {rel: link for link, rel in LINK.findall(page)}
        if direction not in links:
            return parts, url
        url = links[direction].replace("&amp;", "&")


def queries_of(app, work):
    """How many statements the database gets while something is done."""
    counted = []

    def count(*call):
        counted.append(call[2])

    connection = app.database.connection
    event.listen(connection, "before_cursor_execute", count)
    work()
    event.remove(connection, "before_cursor_execute", count)
    return len(counted)
