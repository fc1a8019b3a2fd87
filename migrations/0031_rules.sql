-- Rules as data: versions of a book's rulebook, the facts that people record, contacts with borrowers, and refusals. A stripe
-- tells under its lock how many versions of the rulebook there are, so that nobody decides by an older one.

create table ledger.rulebook (
    book int not null references ledger.book,
    version int not null,
    effective_from date not null,
    policy text not null,
    booked_at bigint not null,
    primary key (book, version)
);
alter table ledger.stripe add column rulebook int not null default 0;

-- The newest row of a fact holds; an empty value takes it back. Of the book itself, the subject is 0 in its first stripe.
create table ledger.fact (
    stripe int not null,
    about text not null check (about in ('party', 'loan', 'book')),
    subject bigint not null,
    name text not null,
    number bigint not null,
    value text not null,
    booked_at bigint not null,
    actor text not null,
    reason text not null,
    primary key (stripe, about, subject, name, number)
);
create index fact_group on ledger.fact (value, stripe, subject) where about = 'party' and name = 'group';

create table ledger.contact (
    stripe int not null,
    loan bigint not null,
    number bigint not null,
    channel text not null,
    purpose text not null,
    contacted_at bigint not null,
    local_time text not null,
    booked_at bigint not null,
    actor text not null,
    reason text not null,
    primary key (stripe, loan, number)
);

create table ledger.refusal (
    stripe int not null,
    refusal bigint not null,
    number bigint not null,
    subject text not null,
    content text not null,
    booked_at bigint not null,
    actor text not null,
    primary key (stripe, refusal, number)
);

do $$
declare
    item record;
    mine text;
begin
    for item in
        select * from (values ('rulebook', 'book'), ('fact', 'stripe / 1000'), ('contact', 'stripe / 1000'),
            ('refusal', 'stripe / 1000')) as t (name, book)
    loop
        execute format(
            'create trigger %I before update or delete or truncate on ledger.%I '
            'for each statement execute function ledger.refuse_change()',
            item.name || '_append_only', item.name);
        execute format('alter table ledger.%I owner to loanledger_owner', item.name);
        execute format('grant select, insert on ledger.%I to loanledger_app', item.name);
        execute format('grant select on ledger.%I to loanledger_auditor', item.name);
        execute format('alter table ledger.%I enable row level security', item.name);
        mine := format('(case when %s = (select coalesce(nullif(current_setting(''loanledger.book'', true), '''')::int, '
            'ledger.only_book())) then 1 end) is not null', item.book);
        execute format('create policy app on ledger.%I to loanledger_app using (%s) with check (%s)', item.name, mine, mine);
        execute format(
            'create policy auditor on ledger.%I for select to loanledger_auditor '
            'using ((select ledger.may_read(%s)))', item.name, item.book);
    end loop;
end $$;
