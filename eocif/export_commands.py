"""`python -m eocif export` and `import-answers`: files out, and answer forms back in.

Both read the clock that the installation keeps, which only local mode can move.
"""

from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from eocif import exports, imports, packs
from eocif.clock import system_clock
from eocif.commands import Environ, Refused, ready
from eocif.errors import EocifError, NotFound
from eocif.files import Wanted, exported
from eocif.local_clock import stored_offset
from eocif.reports.filled_form import LARGEST
from eocif.rules.phrases import areas

_PRIVATE = 0o600


def export(
    environ: Environ, review_id: int, *, format: str, version: str, person: str, out: str
) -> str:
    """Write a file of a review to `out`, which must not be there yet; `person` is for a pack.

    Raises Refused with one sentence; then there is no file.
    """
    path = _free(out)
    try:
        exports.check(format, version)
        _check_person(version, person)
        with ready(environ) as database:
            gathered = database.now(
                _gathered, review_id=review_id, format=format, version=version, person=person
            )
        file = exports.write(gathered)
    except NotFound:
        raise Refused(f"There is no review {review_id}.") from None
    except EocifError as error:
        raise Refused(error.sentence) from None
    _write(path, file.content)
    return f"{file.description} is in {path}."


def _check_person(version: str, person: str) -> None:
    if version == exports.MEMBER and not person:
        raise Refused("Say whose pack it is: --for member, and then their name or number.")
    if version != exports.MEMBER and person:
        raise Refused(f"Only a pack is for one person: leave out “{person}”, or say --for member.")


def _gathered(
    session: Session, *, review_id: int, format: str, version: str, person: str
) -> exports.Gathered:
    now, review, member = _now(session), packs.review_of(session, review_id), 0
    if person:
        member = packs.member_called(session, review_id=review_id, person=person)
    wanted = Wanted(review_id, format, version, member)
    exported(session, tenant_id=review.tenant_id, wanted=wanted, now=now)
    return exports.gather(
        session, review_id=review_id, format=format, version=version, member=member, now=now
    )


def _now(session: Session) -> datetime:
    return system_clock() + stored_offset(session)


def _free(out: str) -> Path:
    path = Path(out)
    try:
        if not path.parent.is_dir():
            raise Refused(f"There is no folder {path.parent}.")
        if path.exists():
            raise Refused(f"{path} is there already: name another file.")
    except (OSError, ValueError):
        raise Refused(f"We could not write {path}.") from None
    return path


def _write(path: Path, content: bytes) -> None:
    """Only its owner may read it: reports hold what people said."""
    try:
        path.touch(_PRIVATE, exist_ok=False)
        path.write_bytes(content)
    except OSError:
        raise Refused(f"We could not write {path}.") from None


def import_answers(environ: Environ, path: str) -> str:
    """Record a form's answers. Raises Refused with one sentence that names every mistake."""
    content = _read(Path(path))
    try:
        with ready(environ) as database:
            done = database.now(_imported, content=content)
    except EocifError as error:
        raise Refused(error.sentence) from None
    if not done.areas:
        return f"Nothing was filled in for {done.name}, so nothing was changed."
    said = f"We recorded what {done.name} said about {areas(done.areas, opening=False)}."
    if not done.unfinished:
        return said
    return f"{said} Something is still to be answered in {areas(done.unfinished, opening=False)}."


def _imported(session: Session, *, content: bytes) -> imports.Imported:
    return imports.import_answers(session, content=content, now=_now(session))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError):
        raise Refused(f"We could not read {path}.") from None
