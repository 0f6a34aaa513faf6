"""The timer of a step: it runs until a moment, or stands still with seconds left. Pure; the clock is an argument."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Timer:
    """Either `ends_at` or `seconds_left` is known: it runs, or was paused. Neither once all is over."""

    ends_at: datetime | None = None
    seconds_left: int | None = None

    @classmethod
    def started(cls, seconds: int, at: datetime) -> "Timer":
        """One that runs from now."""
        return cls(ends_at=at + timedelta(seconds=seconds))

    @property
    def is_paused(self) -> bool:
        """Whether it stands still."""
        return self.seconds_left is not None

    def left(self, at: datetime) -> int:
        """How many seconds are left; below 0 when it took longer."""
        if self.seconds_left is not None:
            return self.seconds_left
        # Rounded up, so that what is shown as 0:00 is really over.
        return -((at - self.ends_at) // timedelta(seconds=1)) if self.ends_at else 0

    def paused(self, at: datetime) -> "Timer":
        """The same, standing still."""
        return Timer(seconds_left=self.left(at))

    def resumed(self, at: datetime) -> "Timer":
        """The same, running on."""
        return Timer.started(self.left(at), at) if self.is_paused else self

    def prolonged(self, seconds: int, at: datetime) -> "Timer":
        """With more time; once it is over that is counted from now."""
        left = max(self.left(at), 0) + seconds
        return Timer(seconds_left=left) if self.is_paused else Timer.started(left, at)
