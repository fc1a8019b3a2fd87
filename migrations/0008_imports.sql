-- The clearing account of loans that are brought over from another system, for books opened before.
-- An account of the same code that finance made before stays as it is.

insert into ledger.account (book, code, title, title_zh, type, control)
select b.book, '1307', 'Loans brought over, clearing', '贷款迁入清算', 'asset', null
from ledger.book b
on conflict (book, code) do nothing;
