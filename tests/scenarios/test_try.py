import time as t
from tests.scenarios.scenes import *
def test_try(cast):
    a=t.time()
    amina=a_review_is_ready(cast)
    print(amina.reads())
    print(t.time()-a)
    amina.presses("Start the review")
    cast.time.goes_to("2026-11-30 09:00")
    print(cast.hears())
    print(t.time()-a)
    for k in cast():
        if k.key in ("des","tom"): print(k.reads())
        if k.key=="joan": continue
        k.answers(1,"achieving")
        if k.key=="des": print(k.reads())
    print(t.time()-a)
    cast.time.goes_to("2026-12-15 09:00")
    print(t.time()-a)
    print(cast.hears())
    des,=cast("des")
    for m in des.messages(): print("=======",m['at'],m['id']); print(des.reads(m["id"]))
