"""Words that would act if they could: in a spreadsheet, a card, a mention, a document.

Each field's words begin with a mark of its own, after what a spreadsheet would take for a formula.
"""

from eocif.rules.text import clean

_TAIL = (
    "|' /C calc'!A0 \x00\x0b\ud800\u202e<at>Everyone</at> @team [free](https://evil.example) "
    "![x](https://evil.example/x.png) **bold** `code` | a | b |\n# Heading\n- item\n"
    "{{DATE(2027-01-01)}} <script>alert(1)</script> ]]> &lt; \u2066x\u2069 "
)
LONG = "😀" * 1500
SHORT = "=1+1<at>Everyone</at> {{DATE(2027-01-01)}} [x](https://evil.example) \u202e"


def nasty(mark: str) -> str:
    """Hostile words of a field, as they are stored."""
    return clean(f"=Z{mark}Z{_TAIL}{LONG}")


def brief(mark: str) -> str:
    """The same without the emoji: programs take seconds to draw thousands of them."""
    return clean(f"=Z{mark}Z{_TAIL}")


def line(mark: str) -> str:
    """The same for a field of one line."""
    return clean(f"@Z{mark}Z{SHORT}")
