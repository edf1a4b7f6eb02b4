"""Typed readers for settings from the environment.

Every reader also looks at `<NAME>_FILE`, a file that holds the value, so that
secrets need not stand in the environment.  A wrong value raises `SettingError`,
whose text is one line that names the setting: the start stops there.
"""

import os
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import available_timezones


class SettingError(SystemExit):
    """A setting is missing or wrong; its one-line message ends the start."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name}: {problem}")


def text(name: str, default: str = "") -> str:
    """The value of `name`, stripped; from `<NAME>_FILE` where that is set."""
    file_name = os.environ.get(f"{name}_FILE", "")
    if not file_name:
        return os.environ.get(name, default).strip()
    if name in os.environ:
        raise SettingError(name, f"set either {name} or {name}_FILE, not both.")
    try:
        return Path(file_name).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{name}_FILE", f"cannot read {file_name} ({error}).") from None


def flag(name: str, default: bool) -> bool:
    """A yes/no value: `1 true yes on` or `0 false no off`."""
    value = text(name).lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise SettingError(name, f"{value!r} is neither yes nor no.")


def number(name: str, default: int, *, lowest: int, highest: int) -> int:
    """A whole number between two bounds, both included."""
    value = text(name, str(default))
    if not value.isdigit() or not lowest <= int(value) <= highest:
        raise SettingError(name, f"must be a whole number from {lowest} to {highest}.")
    return int(value)


def port(name: str, default: int) -> int:
    """A TCP port."""
    return number(name, default, lowest=1, highest=65_535)


def words(name: str, default: list[str]) -> list[str]:
    """A list separated by commas."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def time_zone(name: str, default: str) -> str:
    """A time zone name of the IANA database, such as `Europe/Tirane`."""
    value = text(name, default)
    if value not in available_timezones():
        raise SettingError(name, f"{value!r} is not a time zone (try Europe/Tirane).")
    return value


def language_codes(name: str, known: dict[str, Any]) -> list[tuple[str, Any]]:
    """The languages offered, as Django's LANGUAGES; every one must be among `known`."""
    chosen = words(name, list(known))
    for code in chosen:
        if code not in known:
            raise SettingError(name, f"{code!r} is not one of {', '.join(known)}.")
    return [(code, known[code]) for code in chosen]


def url(name: str, schemes: set[str], default: str = "") -> SplitResult | None:
    """An address with one of `schemes`, or None where the setting is empty."""
    value = text(name, default)
    if not value:
        return None
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError as error:
        raise SettingError(name, f"is not an address ({error}).") from None
    if parts.scheme not in schemes:
        raise SettingError(name, f"must begin with {' or '.join(sorted(schemes))}://.")
    return parts


def unquoted(value: str | None) -> str:
    """The plain form of one part of an address (user name, password)."""
    return unquote(value or "")


def refuse_unknown(prefix: str, known: set[str]) -> None:
    """Stop the start where a variable with our prefix is not one of ours: a typing slip."""
    allowed = known | {f"{name}_FILE" for name in known}
    for name in os.environ:
        if name.startswith(prefix) and name not in allowed:
            names = ", ".join(sorted(known))
            raise SettingError(name, f"is not a setting of the hub. Known: {names}.")
