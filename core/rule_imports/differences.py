"""What an import would change of one rule, in words."""

from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from core.models import Rule

FIELDS = ["section", "topic", "text", "text_is_complete", "note"]


def differences(before: dict, rule: Rule) -> list[tuple[str, str, str]]:
    """(label, old, new) of what changes; of a text only the paragraphs that change."""
    found = []
    for name in FIELDS:
        old, new = before.get(name, ""), getattr(rule, name)
        if old == new or (not before and not new):
            continue
        label = str(Rule._meta.get_field(name).verbose_name)
        if name == "text":
            found += [(label, *pair) for pair in changed_lines(old, new)]
        elif isinstance(new, bool):
            found.append((label, yes_no(old) if before else "", yes_no(new)))
        else:
            found.append((label, old, new))
    return found


def changed_lines(old: str, new: str) -> list[tuple[str, str]]:
    old_lines, new_lines = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, old_lines, new_lines, autojunk=False)
    return [
        ("\n".join(old_lines[a:b]), "\n".join(new_lines[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
        if kind != "equal"
    ]


def yes_no(value: bool) -> str:
    return _("yes") if value else _("no")
