from datetime import datetime
from eocif.database import Database
from eocif.rules.dates import at
from tests import builders

def test_smoke(database: Database, now: datetime) -> None:
    world = builders.opened(database, now)
    print(world.members)
    print([ (d.kind,d.recipient,d.params) for d in world.rows(builders.Delivery)])
    world.rate("tom", 1, "achieving", at(builders.MONDAY, 10))
    print(world.form("tom", 1, at(builders.MONDAY, 11)))
