"""Who has an agenda. Everybody sees but her own: `queries` asks for the person who acts."""

from app.kernel.permissions import Role, permission

SEE_AGENDA = permission("agenda.see_agenda", Role.IB, Role.COACH)
