"""Everybody has a today."""

from app.kernel.permissions import EVERYBODY, Permission

SEE_TODAY = Permission("home.see_today", EVERYBODY)
