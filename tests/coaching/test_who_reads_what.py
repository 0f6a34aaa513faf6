"""Who reads notes, check-ins and evaluations, as truth tables over the cast: DOMAIN 5."""

import pytest

from app.coaching.models import NoteKind, Outcome
from app.coaching.queries import (
    check_in_state,
    notes_in,
    own_evaluation,
    own_note,
    released_evaluation,
)
from app.coaching.services.check_ins import answer_check_in
from app.coaching.services.closures import close_trajectory
from app.coaching.services.evaluations import release_evaluation, save_evaluation, withhold_evaluation
from app.coaching.services.notes import create_note, destroy_note, restore_note, update_note
from app.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from tests.coaching.trajectories import actors_of, small_trajectory

EVERYBODY = ("coordinator", "ib", "coach", "colleague", "leader", "other_leader", "teacher", "billing")
OUTSIDE = set(EVERYBODY) - {"ib", "coach"}
SCORES = {"practice": 4, "noticed": 2, "outside": 5, "worthwhile": 4}


@pytest.fixture
def actors(app, cast):
    return actors_of(app, cast, *EVERYBODY)


@pytest.fixture
def trajectory(unit, cast):
    return small_trajectory(cast)


def said(text="Een gedachte", **more):
    return {"text": text, "not_about_pupil": False, **more}


def refusals(actors, see):
    """Who is told that it does not exist, and who that it is not hers."""
    refused = {NotFound: set(), Forbidden: set()}
    for key, actor in actors.items():
        try:
            see(actor)
        except (NotFound, Forbidden) as refusal:
            refused[type(refusal)].add(key)
    return refused[NotFound], refused[Forbidden]


@pytest.mark.parametrize(
    "see",
    [notes_in, check_in_state, own_evaluation, released_evaluation],
    ids=["notes", "check-in", "own evaluation", "evaluation of the other"],
)
def test_nobody_outside_reads_any_of_it(actors, trajectory, see):
    unknown, refused = refusals(actors, lambda actor: see(actor, trajectory.id))
    assert refused == {"coordinator"}  # who knows that the trajectory is, and not what is in it
    assert unknown == OUTSIDE - refused


@pytest.mark.parametrize(
    ("writer", "kind", "readers"),
    [
        ("ib", NoteKind.OWN, {"ib"}),
        ("coach", NoteKind.OWN, {"coach"}),
        ("ib", NoteKind.SHARED, {"ib", "coach"}),
        ("coach", NoteKind.SHARED, {"ib", "coach"}),
    ],
)
def test_a_note_is_read_by(actors, trajectory, writer, kind, readers):
    create_note(actors[writer], trajectory.id, said(kind=kind))
    assert {who for who in ("ib", "coach") if notes_in(actors[who], trajectory.id)} == readers


def test_only_its_author_changes_a_note(actors, trajectory):
    shared = create_note(actors["ib"], trajectory.id, said(kind=NoteKind.SHARED))
    own = create_note(actors["ib"], trajectory.id, said(kind=NoteKind.OWN))
    change = said("Anders", kind=NoteKind.SHARED)
    with pytest.raises(Forbidden):
        update_note(actors["coach"], trajectory.id, shared, change)
    with pytest.raises(Forbidden):
        destroy_note(actors["coach"], trajectory.id, shared)
    with pytest.raises(NotFound):
        update_note(actors["coach"], trajectory.id, own, change)
    update_note(actors["ib"], trajectory.id, own, change)
    assert [note.text for note in notes_in(actors["coach"], trajectory.id)] == ["Anders", "Een gedachte"]


def test_a_note_that_was_thrown_away_is_gone_for_both_and_comes_back_for_its_author(actors, trajectory):
    note = create_note(actors["ib"], trajectory.id, said(kind=NoteKind.SHARED))
    destroy_note(actors["ib"], trajectory.id, note)
    for who in ("ib", "coach"):
        assert notes_in(actors[who], trajectory.id) == []
        with pytest.raises(NotFound):
            own_note(actors[who], trajectory.id, note)
    with pytest.raises(NotFound):
        restore_note(actors["coach"], trajectory.id, note)
    restore_note(actors["ib"], trajectory.id, note)
    assert len(notes_in(actors["coach"], trajectory.id)) == 1


def test_a_note_of_another_trajectory_is_not_found(cast, actors, trajectory):
    note = create_note(actors["ib"], trajectory.id, said(kind=NoteKind.OWN))
    other = small_trajectory(cast, "2027–2028")
    with pytest.raises(NotFound):
        own_note(actors["ib"], other.id, note)


def test_after_the_closure_notes_are_read_and_not_written(actors, trajectory):
    note = create_note(actors["ib"], trajectory.id, said(kind=NoteKind.SHARED))
    close_trajectory(actors["coach"], trajectory.id, Outcome.COMPLETED)
    assert len(notes_in(actors["coach"], trajectory.id)) == 1
    with pytest.raises(Conflict):
        create_note(actors["ib"], trajectory.id, said(kind=NoteKind.OWN))
    with pytest.raises(Conflict):
        update_note(actors["ib"], trajectory.id, note, said(kind=NoteKind.OWN))
    destroy_note(actors["ib"], trajectory.id, note)


@pytest.mark.parametrize("first", ["ib", "coach"])
def test_a_check_in_opens_when_both_have_answered(actors, trajectory, first):
    second = "coach" if first == "ib" else "ib"
    answer_check_in(actors[first], trajectory.id, said("Meer rust", score=3))
    mine, theirs = (check_in_state(actors[who], trajectory.id) for who in (first, second))
    assert mine.mine.text == "Meer rust"
    assert (mine.theirs, theirs.mine, theirs.theirs) == (None, None, None)
    assert theirs.other_has_answered
    assert theirs.waits_for_me
    answer_check_in(actors[second], trajectory.id, said("Niets", score=5))
    for who, other in ((first, "Niets"), (second, "Meer rust")):
        assert check_in_state(actors[who], trajectory.id).theirs.text == other


def test_an_answer_is_changed_until_the_other_has_read_it(actors, trajectory):
    answer_check_in(actors["ib"], trajectory.id, said("Meer rust", score=3))
    answer_check_in(actors["ib"], trajectory.id, said("Minder haast", score=2))
    answer_check_in(actors["coach"], trajectory.id, said(None, score=5))
    assert check_in_state(actors["coach"], trajectory.id).theirs.text == "Minder haast"
    with pytest.raises(Conflict):
        answer_check_in(actors["ib"], trajectory.id, said("Toch niet", score=1))


def test_an_evaluation_is_read_by_the_other_while_it_is_released(actors, trajectory):
    close_trajectory(actors["coach"], trajectory.id, Outcome.COMPLETED)
    save_evaluation(actors["ib"], trajectory.id, said("Het hielp", **SCORES))
    assert own_evaluation(actors["ib"], trajectory.id).text == "Het hielp"
    assert own_evaluation(actors["coach"], trajectory.id) is None
    assert released_evaluation(actors["coach"], trajectory.id) is None
    release_evaluation(actors["ib"], trajectory.id)
    assert released_evaluation(actors["coach"], trajectory.id).text == "Het hielp"
    assert released_evaluation(actors["ib"], trajectory.id) is None
    withhold_evaluation(actors["ib"], trajectory.id)
    assert released_evaluation(actors["coach"], trajectory.id) is None


def test_nothing_is_evaluated_before_the_closure_or_released_before_it_is_written(actors, trajectory):
    with pytest.raises(Conflict):
        save_evaluation(actors["ib"], trajectory.id, said(**SCORES))
    close_trajectory(actors["ib"], trajectory.id, Outcome.COMPLETED)
    with pytest.raises(Conflict):
        release_evaluation(actors["ib"], trajectory.id)


@pytest.mark.parametrize(
    "write",
    [
        lambda actor, id_, data: create_note(actor, id_, data | {"kind": NoteKind.OWN}),
        lambda actor, id_, data: answer_check_in(actor, id_, data | {"score": 3}),
    ],
    ids=["note", "check-in"],
)
def test_what_looks_like_data_of_a_pupil_is_asked_about(actors, trajectory, write):
    with pytest.raises(Invalid) as refused:
        write(actors["ib"], trajectory.id, said("geboren op 12-03-2016"))
    assert set(refused.value.fields) == {"text"}
    write(actors["ib"], trajectory.id, said("geboren op 12-03-2016") | {"not_about_pupil": True})


@pytest.mark.parametrize("who", sorted(OUTSIDE))
def test_nobody_outside_writes_in_it(actors, trajectory, who):
    for write in (
        lambda actor: create_note(actor, trajectory.id, said(kind=NoteKind.OWN)),
        lambda actor: answer_check_in(actor, trajectory.id, said(score=3)),
        lambda actor: close_trajectory(actor, trajectory.id, Outcome.STOPPED),
        lambda actor: save_evaluation(actor, trajectory.id, said(**SCORES)),
    ):
        with pytest.raises((NotFound, Forbidden)):
            write(actors[who])
