"""`make crash`: a thousand bookings for two hundred seats, while everything is killed again and again.

The exit code is 1 when a bar is missed.
"""

import random
import sys
import time
from threading import Event, Thread

import click

from app.factory import create_app
from tests.crash.clients import Answers, press_all
from tests.crash.installation import Installation, installed
from tests.crash.judgement import Bar, judge, look, wait_for_mails
from tests.crash.seats import TRIES_FOR_A_SEAT, lay_out

VICTIMS = ("web", "worker", "database")
LONGEST_WAIT = 0.5
"""Seconds until a blow falls, so that it comes at any moment of a request."""


@click.command()
@click.option(
    "--bookings", default=1000, show_default=True, type=click.IntRange(200), help="In multiples of 200."
)
@click.option("--clients", default=16, show_default=True)
@click.option("--kills", default=5, show_default=True, help="Of each: web server, worker, database.")
@click.option("--seed", default=1, show_default=True)
def main(bookings: int, clients: int, kills: int, seed: int) -> None:
    """Book seats from many clients while web server, worker and database are killed, and count what is left."""
    with installed() as installation:
        click.echo("Building an installation of its own …")
        app = create_app(installation.build())
        field = lay_out(app, bookings, seed)
        installation.start()
        seats = bookings // TRIES_FOR_A_SEAT
        click.echo(f"{len(field.tries)} bookings for {seats} seats from {clients} clients …")
        answers, started = Answers(), time.monotonic()
        blows = [what for _ in range(kills) for what in VICTIMS]
        with Killing(installation, answers, blows, len(field.tries), seed) as dealt:
            press_all(installation.port, field.tries, clients, answers)
        pressed = time.monotonic() - started
        click.echo("Waiting for the mails …")
        drained = wait_for_mails(app)
        bars = judge(answers, look(app, field.network), bookings, seats)
        app.database.engine.dispose()
    _tell(bars, answers, dealt, pressed, drained)
    sys.exit(0 if all(bar.is_met for bar in bars) and len(dealt) == len(blows) else 1)


class Killing:
    """Deals each blow once its part of the tries is answered, until all are dealt."""

    def __init__(
        self, installation: Installation, answers: Answers, blows: list[str], tries: int, seed: int
    ) -> None:
        self._installation = installation
        self._answers = answers
        self._blows = blows
        self._tries = tries
        self._chance = random.Random(seed)
        self._dealt: list[str] = []
        self._is_over = Event()
        self._thread = Thread(target=self._deal)

    def __enter__(self) -> list[str]:
        self._thread.start()
        return self._dealt

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _deal(self) -> None:
        for number, what in enumerate(self._blows, start=1):
            due = number * self._tries // (len(self._blows) + 1)
            while self._answers.answered < due and not self._is_over.wait(0.01):
                pass
            time.sleep(self._chance.random() * LONGEST_WAIT)
            self._installation.kill(what)
            self._dealt.append(what)


def _tell(bars: list[Bar], answers: Answers, dealt: list[str], pressed: float, drained: float) -> None:
    click.echo()
    for victim in VICTIMS:
        click.echo(f"{'killed: ' + victim:<42}{dealt.count(victim):>6}")
    click.echo(f"{'told that every seat was taken':<42}{answers.full:>6}")
    click.echo(f"{'presses that had to be made again':<42}{answers.again:>6}")
    click.echo(f"{'seconds of pressing':<42}{pressed:>6.0f}")
    click.echo(f"{'seconds until the last mail':<42}{drained:>6.0f}")
    for bar in bars:
        mark = "" if bar.is_met else f"   MISSED: must be {bar.wanted}"
        click.secho(f"{bar.label:<42}{bar.value:>6}{mark}", fg=None if bar.is_met else "red")
    for what, number in answers.wrong.items():
        click.secho(f"  {what}: {number}", fg="red")


if __name__ == "__main__":
    main()
