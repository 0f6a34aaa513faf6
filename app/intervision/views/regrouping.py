"""Change a group that is known: the ways to do it, each with what it would do, and the button that does it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.intervision.policy import RUN_SEASONS
from app.intervision.regrouping import (
    joining,
    leaving,
    mended_leaving,
    merging,
    replacing,
    splitting,
)
from app.intervision.rule_words import breach_words
from app.intervision.schemas import (
    ChangeFilterSchema,
    JoiningSchema,
    LeavingSchema,
    MergingSchema,
    ReplacingSchema,
    SplittingSchema,
)
from app.intervision.services.regrouping import (
    changeable_group,
    let_join,
    let_leave,
    merge_groups,
    replace_member,
)
from app.intervision.services.regrouping import split_group as split
from app.intervision.views.blueprint import blueprint
from app.intervision.views.regrouping_page import Option, RegroupingPage, effect_words, regrouping_page
from app.kernel.errors import NotFound
from app.organisation.labels import listed
from app.web.forms import read_form, read_query
from app.web.guard import acting, requires


@blueprint.get("/intervisie/groepen/<int:group_id>/wijziging")
@requires(RUN_SEASONS)
def show_changes(group_id: int) -> ResponseReturnValue:
    """The members with what can be done, and what can be done with the group."""
    return render_template("intervision/changes.html", **_page(group_id).values)


@blueprint.get("/intervisie/groepen/<int:group_id>/wijziging/leden/<int:person_id>/vertrek")
@requires(RUN_SEASONS)
def show_leaving(group_id: int, person_id: int) -> ResponseReturnValue:
    """What it does when somebody leaves; where the group becomes too small also with the smallest change."""
    page = _page(group_id)
    _refuse_stranger(page, person_id)
    alone = leaving(page.facts, page.members, group_id, person_id)
    mended = mended_leaving(page.facts, page.members, group_id, person_id) if alone.leaves_too_small else None
    return render_template(
        "intervision/change_leaving.html",
        **page.values,
        person_id=person_id,
        alone=page.shown(alone),
        mended=page.shown(mended) if mended and mended.moves != alone.moves else None,
        comers=page.comers(person_id)[0][:3] if alone.leaves_too_small else [],
    )


@blueprint.post("/intervisie/groepen/<int:group_id>/wijziging/leden/<int:person_id>/vertrek")
@requires(RUN_SEASONS)
def create_leaving(group_id: int, person_id: int) -> ResponseReturnValue:
    """Take somebody out of her group."""
    let_leave(acting(), group_id, person_id, **read_form(LeavingSchema()))
    return _done(group_id, _("Done. Whom it concerns gets a message."))


@blueprint.get("/intervisie/groepen/<int:group_id>/wijziging/komst")
@requires(RUN_SEASONS)
def show_joining(group_id: int) -> ResponseReturnValue:
    """Who could come into the group; or what it does when one of them comes."""
    page, person_id = _page(group_id), read_query(ChangeFilterSchema())["persoon"]
    if person_id is None:
        possible, impossible = page.comers(None)
        return _choice("change_comers.html", page, possible, impossible, leaver_id=None)
    plan = joining(page.facts, page.members, group_id, _comer(page, person_id))
    return render_template(
        "intervision/change_plan.html",
        **page.values,
        plan=page.shown(plan),
        heading=_("%(name)s comes into %(group)s", name=page.names[person_id], group=page.group.name),
        url=url_for("intervision.create_joining", group_id=group_id),
        fields={"person_id": person_id},
        label=_("Put in the group"),
    )


@blueprint.post("/intervisie/groepen/<int:group_id>/wijziging/komst")
@requires(RUN_SEASONS)
def create_joining(group_id: int) -> ResponseReturnValue:
    """Put somebody in the group."""
    let_join(acting(), group_id, **read_form(JoiningSchema()))
    return _done(group_id, _("Done. The newcomer sees the group and its sessions, and gets a message."))


@blueprint.get("/intervisie/groepen/<int:group_id>/wijziging/leden/<int:person_id>/vervanging")
@requires(RUN_SEASONS)
def show_replacing(group_id: int, person_id: int) -> ResponseReturnValue:
    """Who could come in the place of somebody; or what it does."""
    page, comer_id = _page(group_id), read_query(ChangeFilterSchema())["persoon"]
    _refuse_stranger(page, person_id)
    if comer_id is None:
        possible, impossible = page.comers(person_id)
        return _choice("change_comers.html", page, possible, impossible, leaver_id=person_id)
    plan = replacing(page.facts, page.members, group_id, person_id, _comer(page, comer_id))
    return render_template(
        "intervision/change_plan.html",
        **page.values,
        plan=page.shown(plan),
        heading=_(
            "%(comer)s in the place of %(leaver)s", comer=page.names[comer_id], leaver=page.names[person_id]
        ),
        url=url_for("intervision.create_replacing", group_id=group_id, person_id=person_id),
        fields={"comer_id": comer_id},
        label=_("Replace"),
    )


@blueprint.post("/intervisie/groepen/<int:group_id>/wijziging/leden/<int:person_id>/vervanging")
@requires(RUN_SEASONS)
def create_replacing(group_id: int, person_id: int) -> ResponseReturnValue:
    """Let somebody come in the place of somebody else."""
    replace_member(acting(), group_id, person_id, **read_form(ReplacingSchema()))
    return _done(group_id, _("Done. The newcomer sees the group and its sessions, and gets a message."))


@blueprint.get("/intervisie/groepen/<int:group_id>/wijziging/samenvoeging")
@requires(RUN_SEASONS)
def show_merging(group_id: int) -> ResponseReturnValue:
    """With which group this one could be merged; or what it does."""
    page, other_id = _page(group_id), read_query(ChangeFilterSchema())["met"]
    if other_id is None:
        return _choice("change_merging.html", page, *_others(page))
    if other_id == group_id or other_id not in page.members:
        raise NotFound
    plan = merging(page.facts, page.members, group_id, other_id)
    return render_template(
        "intervision/change_plan.html",
        **page.values,
        plan=page.shown(plan),
        heading=_("%(group)s goes up in %(other)s", group=page.group.name, other=page.groups[other_id]),
        url=url_for("intervision.create_merging", group_id=group_id),
        fields={"other_id": other_id},
        label=_("Merge the groups"),
    )


@blueprint.post("/intervisie/groepen/<int:group_id>/wijziging/samenvoeging")
@requires(RUN_SEASONS)
def create_merging(group_id: int) -> ResponseReturnValue:
    """Let the group go up in another."""
    data = read_form(MergingSchema())
    merge_groups(acting(), group_id, **data)
    return _done(data["other_id"], _("The groups have been merged. Everybody gets a message."))


@blueprint.get("/intervisie/groepen/<int:group_id>/wijziging/splitsing")
@requires(RUN_SEASONS)
def show_splitting(group_id: int) -> ResponseReturnValue:
    """The two groups that this one can best become, if it can."""
    page = _page(group_id)
    plan = splitting(page.facts, page.members, group_id)
    return render_template(
        "intervision/change_splitting.html",
        **page.values,
        plan=page.shown(plan) if plan else None,
    )


@blueprint.post("/intervisie/groepen/<int:group_id>/wijziging/splitsing")
@requires(RUN_SEASONS)
def create_splitting(group_id: int) -> ResponseReturnValue:
    """Make two groups of one."""
    new_id = split(acting(), group_id, **read_form(SplittingSchema()))
    flash(_("There are two groups now. Here you plan the dates of the new one."), "good")
    return redirect(url_for("intervision.index_dates", group_id=new_id))


def _page(group_id: int) -> RegroupingPage:
    return regrouping_page(*changeable_group(acting(), group_id))


def _choice(
    template: str, page: RegroupingPage, possible: list[Option], impossible: list[Option], **more: object
) -> str:
    return render_template(
        f"intervision/{template}", **page.values, possible=possible, impossible=impossible, **more
    )


def _others(page: RegroupingPage) -> tuple[list[Option], list[Option]]:
    """The groups with which this one can be merged, the best first; and those with which it can't."""
    options: list[tuple[int, Option]] = []
    for other_id in page.members:
        if other_id == page.group.id:
            continue
        plan = merging(page.facts, page.members, page.group.id, other_id)
        obstacles = [breach_words(breach, page.names) for breach in plan.obstacles]
        people = listed(sorted(page.names[one] for one in page.members[other_id]))
        options.append(
            (plan.gain, Option(other_id, page.groups[other_id], people, effect_words(plan.gain), obstacles))
        )
    ranked = [option for _gain, option in sorted(options, key=lambda one: -one[0])]
    return [one for one in ranked if not one.obstacles], [one for one in ranked if one.obstacles]


def _refuse_stranger(page: RegroupingPage, person_id: int) -> None:
    """Only of somebody in the group there is something to show."""
    if person_id not in page.members[page.group.id]:
        raise NotFound


def _comer(page: RegroupingPage, person_id: int) -> int:
    """Somebody who takes part and is not in the group. Raises NotFound."""
    if person_id not in page.facts.by_id or person_id in page.members[page.group.id]:
        raise NotFound
    return person_id


def _done(group_id: int, message: str) -> ResponseReturnValue:
    flash(message, "good")
    return redirect(url_for("intervision.show_changes", group_id=group_id))
