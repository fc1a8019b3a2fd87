-- Books apart: on a connection that says which book it serves (`loanledger.book`), the server's role reads and writes rows of
-- that book only, so that a check which somebody forgot does no harm.

-- For a server of the version before, which does not say it: the only book that there is. With several, none.
create function ledger.only_book() returns int
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
    select case when count(*) = 1 then max(b.book) end from ledger.book b
$$;
alter function ledger.only_book() owner to loanledger_owner;
revoke all on function ledger.only_book() from public;
grant execute on function ledger.only_book() to loanledger_app;

-- All books by number and name, to find the one to serve and to open a further one. Nothing else of them is to be seen.
create function ledger.books() returns table (book int, code text, lender text, currency text, stripes int)
language sql stable parallel safe security definer set search_path = pg_catalog, pg_temp as $$
    select b.book, b.code, b.lender, b.currency, b.stripes from ledger.book b
$$;
alter function ledger.books() owner to loanledger_owner;
revoke all on function ledger.books() from public;
grant execute on function ledger.books() to loanledger_app;

-- The book is asked for once a statement. The form of the condition matters: it is no condition for an index, so that none
-- is chosen for its sake, and the planner takes "is not null" for nearly all rows, so that it expects as many as before.
do $$
declare
    item record;
    mine text;
begin
    for item in
        select c.relname as name, p.cmd,
            case when bool_or(a.attname = 'book') then 'book' else 'stripe / 1000' end as book
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname in ('book', 'stripe') and not a.attisdropped
        left join pg_policies p on p.schemaname = 'ledger' and p.tablename = c.relname and p.policyname = 'app'
        where c.relnamespace = 'ledger'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        group by 1, 2
        order by 1
    loop
        mine := format('(case when %s = (select coalesce(nullif(current_setting(''loanledger.book'', true), '''')::int, '
            'ledger.only_book())) then 1 end) is not null', item.book);
        execute format('alter table ledger.%I enable row level security', item.name);
        if item.cmd is not null then
            execute format('drop policy app on ledger.%I', item.name);
        end if;
        if item.cmd = 'SELECT' then
            execute format('create policy app on ledger.%I for select to loanledger_app using (%s)', item.name, mine);
        else
            execute format(
                'create policy app on ledger.%I to loanledger_app using (%s) with check (%s)', item.name, mine, mine);
        end if;
    end loop;
end $$;

-- Tokens that are good no more: the events say it, and every server asks for new ones each second.
create index event_revocation on ledger.event (stripe, number) where kind = 'tokens_revoked';
