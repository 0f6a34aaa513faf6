"""The list of commands, and the start: `python -m app.cli`."""

from importlib import import_module

import click

from config.logging import configure_logging

COMMANDS = {
    "backup": "app.cli.backups",
    "demo": "app.cli.demo",
    "drill": "app.cli.backups",
    "groups": "app.cli.groups",
    "key": "app.cli.keys",
    "mails": "app.cli.mails",
    "match": "app.cli.match",
    "migrate": "app.cli.installation",
    "networks": "app.cli.networks",
    "operators": "app.cli.operators",
    "register": "app.cli.register",
    "restore": "app.cli.backups",
    "serve": "app.cli.processes",
    "worker": "app.cli.processes",
}
"""Where each command is defined, under its own name."""


class LateGroup(click.Group):
    """A group that imports a command when it is called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click gives it
        """The names, for the help."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click gives it
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        return getattr(import_module(COMMANDS[cmd_name]), cmd_name)


@click.group(cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Vreemde Ogen: outside coaches for every IB'er of a school network.

    Settings are read from the environment (see the README); `demo`, `groups`, `key` and `match` need none.
    """
    configure_logging("WARNING")


if __name__ == "__main__":
    main(prog_name="vreemdeogen")
