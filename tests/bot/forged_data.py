"""What no card of ours posts: data of wrong kinds, numbers too large, words where none belong."""

from collections.abc import Mapping
from typing import Any

HUGE = 10**30
ODD: list[Any] = [
    {},
    {"review": 1},
    {"review": 2},
    {"review": "x"},
    {"review": HUGE, "area": HUGE, "member": HUGE},
    [],
    "words",
    None,
]
FORGED: list[Any] = [
    *ODD,
    {"review": None, "area": []},
    {"review": 1, "area": 99, "member": 99, "areas": "7,x", "nonce": "0" * 16},
    {"review": 1, "area": HUGE, "member": HUGE, "page": HUGE, "areas": [HUGE]},
    {"review": 1, "area": 1, "areas": [1], "levels": {"1a": 5}, "level_1a": "top", "shown": []},
    {"review": 1, "area": 1, "what": "level_9z,evidence_999999999999999999999,where_now,_"},
    {"review": 1, "perspective": "nobody", "nonce": "0" * 16, "name": "\x00\ud7ff<at>x</at>"},
    {"review": 1, "perspective": "healthwatch", "people": "x," * 300, "picked": [HUGE, -1]},
    {"review": 1, "leads": 3, "lead_1": "99999999999999999999", "section_1": "1,2,999"},
    {"review": 1, "member": 1, "speaks_from": "x", "also": "y", "named_function": "z"},
    {"review": 1, "pace": "²", "answer_days": "-1", "start_on": "2027-13-45", "finish_by": "x"},
    {"review": 1, "area": 1, "until": "0000-00-00", "reason": "x" * 99_000, "step": "levels"},
    {"review": -1, "go": "away", "view": "all", "by": "force", "step": "started"},
]
FORGED_OF_PLANS: Mapping[str, list[Any]] = {
    # By how a verb begins.
    "": ODD,
    "action.": [
        *({"action": number} for number in (1, 99, -1, 0, HUGE, "²", [1])),
        {"action": 1, "view": "note", "page": 999, "nonce": "\x00", "link": "javascript:alert(1)"},
        {"action": 1, "view": "all", "page": HUGE},
        {"action": 2, "note": "x" * 99_000, "evidence": "\ud7ff", "reason": "\x00", "changed": ""},
        {"action": 4, "answer": "agree", "wanted_on": "2027-13-45", "reason": "x"},
        {"action": 4, "answer": "refuse", "wanted_on": "0000-00-00", "reason": "x" * 99_000},
        {"action": 4, "answer": "perhaps", "wanted_on": "²"},
    ],
    "action.save": [
        {"review": 1, "area": 2, "nonce": "0" * 16, "title": "T", "owner": "99999999999999999999"},
        {"review": 1, "area": 2, "nonce": "1" * 16, "title": "T", "owner_name": "x" * 9_000},
        {"review": 1, "area": 2, "nonce": "2" * 16, "title": "T", "deadline": "0000-00-00"},
        {"review": 1, "area": 2, "nonce": "3" * 16, "title": "T", "tags_1": "x,y", "tags_9": "z"},
        {"review": 1, "area": 99, "action": 1, "nonce": "4" * 16, "shown": {"title": 5}},
        {"review": 2, "area": 2, "action": 1, "nonce": "5" * 16, "collects_data": "maybe"},
    ],
    "actions.": [
        {"by": "all", "review": 99, "section": 99, "owner": HUGE, "tag": "x", "only": "late"},
        {"by": "mine", "owner": 99, "area": 99, "tag": "x" * 40, "only": "overdue", "page": 9**9},
    ],
    "reminders.": [
        {"ids": [HUGE, -1], "later": "action:1", "subject": "action:99999999999999999999"},
        {"ids": list(range(1, 201)), "later": "area:x", "subject": "x:y", "until": "2027-02-12"},
        {"ids": "1,2", "subject": "x" * 99, "until": "2099-01-01"},
    ],
    "habits.": [
        {"how_often": "never", "from_hour": "²", "until_hour": "-1", "deputy": "9" * 20},
        {"away_from": "9999-12-31", "away_until": "0000-00-00", "shown": {"x": "y"}},
        {"subject": "action:x"},
    ],
    "dates.": [
        {"review": 1, "digest_day": "9", "digest_hour": "99", "readers": "x," * 300},
        {"review": 1, "more_readers": ["\x00", "y"], "readers": ["none"], "view": "digest"},
    ],
    "meeting.": [
        {"review": 1, "nonce": "6" * 16, "name": "\x00\ud7ff", "meets_on": "x", "papers_days": "²"},
        {"review": 1, "nonce": "x" * 99, "name": "x" * 9_000, "meeting": HUGE},
        {"review": 1, "meeting": 99},
    ],
    "next.": [{"review": 1, "nonce": "x" * 99}],
    "rerate.": [
        {"review": 1, "area": 4, "nonce": "7" * 16}, {"review": 1, "area": 99, "nonce": "8" * 16},
    ],
}  # fmt: skip
