import time
from tests.server.desk import *
from loanledger import *
def test_x(desk):
    t=time.time()
    p=desk.publish(); l=desk.lent(p,"12000"); print('lent',time.time()-t); t=time.time()
    desk.go_to('2024-02-15'); print('31 days',time.time()-t); t=time.time()
    print(desk.client.loans.get_loan(name=l)); print(desk.tied(), desk.written(), time.time()-t)
