-- Transfers of a month's result are looked up by their month.

create index event_result on ledger.event (stripe, subject) where kind = 'result_transferred';
