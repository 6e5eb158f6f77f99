"""The administrator's tool: `python -m eocif --help`.

Exits with 0, or with 2 and one plain sentence on standard error.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

from eocif import commands, due_command, export_commands
from eocif.bank_holidays import BadBankHolidays
from eocif.commands import Refused
from eocif.rules import framework
from eocif.rules.agreement import RULES, THREE_QUARTERS
from eocif.rules.working_days import observe
from eocif.settings import calendar


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Raise Refused instead of printing the usage and leaving."""
        raise Refused(f"{message[:1].upper()}{message[1:]}. Try “{self.prog} --help”.")


def main(argv: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run one command; the exit code."""
    try:
        asked = _parser().parse_args(argv)
        observe(calendar(environ))
        print(_answer(asked, environ), flush=True)
    except (Refused, BadBankHolidays) as refused:
        print(refused, file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever reads has seen enough; without this Python complains once more as it leaves.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _answer(asked: argparse.Namespace, environ: Mapping[str, str]) -> str:
    match asked.command:
        case "migrate":
            return commands.bring_up_to_date(environ)
        case "framework":
            return commands.show_framework(asked.edition, as_json=asked.json)
        case "verdict":
            return commands.show_verdict(
                asked.counts, perspectives=asked.perspectives,
                lived_experience=asked.lived_experience, rule=asked.rule, as_json=asked.json,
            )  # fmt: skip
        case "reviews":
            return commands.list_reviews(environ, as_json=asked.json)
        case "deliveries" | "due":
            return _messages(asked, environ)
        case "export" | "import-answers":
            return _files(asked, environ)
        case "audit" if asked.verify:
            return commands.verify_audit(environ, asked.review, as_json=asked.json)
        case _:
            return commands.show_audit(environ, asked.review, as_json=asked.json)


def _messages(asked: argparse.Namespace, environ: Mapping[str, str]) -> str:
    if asked.command == "due":
        return due_command.show_due(environ, asked.at, as_json=asked.json)
    return commands.list_deliveries(environ, asked.state, as_json=asked.json)


def _files(asked: argparse.Namespace, environ: Mapping[str, str]) -> str:
    if asked.command == "import-answers":
        return export_commands.import_answers(environ, asked.file)
    version, *person = asked.readers
    return export_commands.export(
        environ, asked.review, format=asked.format, version=version, person=" ".join(person),
        out=asked.out,
    )  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m eocif", description="Look after a review database.")
    each = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    each.add_parser("migrate", help="make the database, or bring its tables up to date")
    catalogue = each.add_parser("framework", help="print the framework's areas and levels")
    catalogue.add_argument("--edition", default=framework.CURRENT, metavar="ID")
    verdict = each.add_parser("verdict", help="apply the agreement rule to counts per level")
    verdict.add_argument("counts", help="four counts, lowest level first, such as 0,2,9,1")
    verdict.add_argument("--perspectives", type=int, help="how many different ones rated")
    verdict.add_argument("--lived-experience", type=int, help="how many with it rated")
    verdict.add_argument("--rule", choices=RULES, default=THREE_QUARTERS, help="a preset")
    reviews = each.add_parser("reviews", help="list the reviews")
    sent = each.add_parser("deliveries", help="list what goes out, and what became of it")
    sent.add_argument("--state", default="", help="only those in this state, such as failed")
    due = each.add_parser("due", help="say what would be sent until a moment, to whom and why")
    due.add_argument(
        "--at", default="", metavar="ISO", help="until then, such as 2027-03-16T09:00; now without"
    )
    _add_export(each.add_parser("export", help="write a worksheet, report or answer pack"))
    form = each.add_parser("import-answers", help="record an answer form that came back")
    form.add_argument("file", metavar="FILE", help="the Excel form")
    trail = each.add_parser("audit", help="print who did what in a review, and when")
    trail.add_argument("review", type=int, metavar="REVIEW", help="the review's number")
    trail.add_argument("--verify", action="store_true", help="check that nothing was changed")
    for parser_with_json in (catalogue, verdict, reviews, sent, due, trail):
        parser_with_json.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("review", type=int, metavar="REVIEW", help="the review's number")
    parser.add_argument("--format", required=True, help="docx, xlsx, csv or json")
    parser.add_argument(
        "--for", dest="readers", nargs="+", default=["group"], metavar="READERS",
        help="group (the default), board, icb, public, plan, lead, or member and a name",
    )  # fmt: skip
    parser.add_argument("--out", required=True, metavar="FILE", help="a file that is not there yet")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.environ))
