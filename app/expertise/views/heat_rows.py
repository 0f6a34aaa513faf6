"""The map as a table of counts: a row for each school, a column for each domain or item, totals below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from app.expertise.labels import kilometres_in_words
from app.expertise.queries import Domain, Taxonomy
from app.expertise.queries.counts import Counts, ItemTotal, counts_by_domain, counts_by_item, item_totals
from app.expertise.queries.map_schools import MapFilter, MapSchool, map_schools
from app.expertise.views.map_page import ids_of, items_of
from app.kernel.actor import Actor


class Column(NamedTuple):
    """A domain or an item."""

    id: int
    label: str
    url: str
    """What is behind its total."""


@dataclass(frozen=True)
class HeatMap:
    """All that the map shows of what was asked, for one actor."""

    actor: Actor
    taxonomy: Taxonomy
    domain: Domain | None
    narrowed: MapFilter
    since: date | None
    asked: Mapping[str, Any]
    """What the address says of school year and filters, to go on with."""

    @cached_property
    def all_schools(self) -> Sequence[MapSchool]:
        """Every school of the map."""
        return map_schools(self.actor, self.narrowed.words)

    @cached_property
    def schools(self) -> Sequence[MapSchool]:
        """The schools that fit the filter."""
        return [school for school in self.all_schools if self.narrowed.fits(school)]

    @cached_property
    def counts(self) -> Counts:
        """People by school and column."""
        schools = [school.id for school in self.schools] if self.narrowed else None
        if self.domain:
            return counts_by_item(self.actor, ids_of(self.domain.items), schools, self.since)
        domains = {item.id: item.domain_id for item in items_of(self.taxonomy)}
        return counts_by_domain(self.actor, domains, schools, self.since)

    @cached_property
    def of_network(self) -> Mapping[int, ItemTotal]:
        """Each item in the whole network, whatever was asked."""
        return item_totals(self.actor, ids_of(items_of(self.taxonomy)))

    @cached_property
    def columns(self) -> Sequence[Column]:
        """Domains, or the items of one."""
        if self.domain:
            return [Column(item.id, item.name, self._item_url(item.id)) for item in self.domain.items]
        return [
            Column(
                domain.id, domain.name, url_for("expertise.show_map", **{**self.asked, "domein": domain.id})
            )
            for domain in self.taxonomy.domains
        ]

    @property
    def is_narrowed(self) -> bool:
        """Whether the totals of what is shown are other ones than those of the whole network today."""
        return bool(self.narrowed) or self.since is not None

    @property
    def legend(self) -> list[tuple[str, str]]:
        """What the colours mean; a gap only for who has a school of her own."""
        gap = [("gap", _("gap: nobody in my team"))] if self.actor.schools else []
        return [
            *gap,
            ("none", _("nobody to be seen")),
            ("1", _("1 person")),
            ("2", _("2 people")),
            ("3", _("3 people")),
            ("4", _("4 or more")),
        ]

    @property
    def caption(self) -> str:
        """What the table tells, for who hears it."""
        if self.domain:
            return _("People who can help others, by school and item of %(domain)s", domain=self.domain.name)
        return _("People who can help others, by school and domain")

    @property
    def all_domains_url(self) -> str:
        """Back from one domain to all, with the same filter."""
        return url_for(
            "expertise.show_map", **{name: value for name, value in self.asked.items() if name != "domein"}
        )

    def rows(self, schools: Sequence[MapSchool]) -> list[dict[str, Any]]:
        """These schools as rows of the table."""
        return [self._row(school) for school in schools]

    def feet(self) -> list[dict[str, Any]]:
        """Totals: of what was asked, of the whole network, and what others keep within their own school."""
        asked = {
            "title": self.title_of_total,
            "cells": [
                {"count": self.counts.total(column.id), "url": column.url, "label": column.label}
                for column in self.columns
            ],
        }
        if self.domain is None:
            return [asked]
        whole = {
            "title": _("Whole network, today"),
            "cells": [
                {
                    "count": self.total_of(column.id).seen,
                    "url": url_for("expertise.show_item_names", item_id=column.id),
                    "label": column.label,
                }
                for column in self.columns
            ],
        }
        others = {
            "title": _("And at least"),
            "text": _("only for their own school"),
            "cells": [{"count": self.total_of(column.id).others_at_least or "–"} for column in self.columns],
        }
        return [asked, whole, others] if self.is_narrowed else [whole, others]

    def total_of(self, item_id: int) -> ItemTotal:
        """An item in the whole network."""
        return self.of_network.get(item_id, ItemTotal())

    @property
    def title_of_total(self) -> str:
        """What the first total is of."""
        if not self.narrowed:
            return _("Whole network, back then") if self.since else _("Whole network")
        count = len(self.schools)
        return ngettext(
            "This %(count)s school", "These %(count)s schools", count, count=format_decimal(count)
        )

    def _row(self, school: MapSchool) -> dict[str, Any]:
        names = url_for("expertise.show_school_names", school_id=school.id)
        asks = "onderwerp" if self.domain else "domein"
        year = f"&sinds={self.since.year}" if self.since else ""
        cells = []
        for column in self.columns:
            count = self.counts.at(school.id, column.id)
            is_gap = school.is_own and not count
            url = f"{names}?{asks}={column.id}{year}" if count or school.is_own else None
            cells.append({"count": count, "url": url, "is_gap": is_gap})
        return {
            "title": school.name,
            "text": where(school),
            "url": names,
            "is_own": school.is_own,
            "cells": cells,
        }

    def _item_url(self, item_id: int) -> str:
        kept = {name: value for name, value in self.asked.items() if name != "domein"}
        return url_for("expertise.show_item_names", item_id=item_id, **kept)


def where(school: MapSchool) -> str:
    """That it is one's own, or where it is and how far."""
    if school.is_own:
        return _("my school")
    if school.kilometres is None:
        return school.city
    return f"{school.city} · {kilometres_in_words(school.kilometres)}"
