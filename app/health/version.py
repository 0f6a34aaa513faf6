"""Which version of the software this is."""

import tomllib

from config.settings import ROOT

VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
