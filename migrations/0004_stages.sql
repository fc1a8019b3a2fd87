-- How the books carry a loan (its stage), what was borrowed on it, and fees paid before they are earned.

alter table ledger.loan
    drop constraint loan_fee_check,
    add column stage text not null default 'performing',
    add column borrowing bigint not null default 0,
    add column adjustment bigint not null default 0;

-- What a line accrues in one night.
create function ledger.night(
    base numeric, slope numeric, denominator numeric, days int, half_even boolean
) returns bigint language sql immutable parallel safe as $$
    select ledger.line_at(base, slope, denominator, days + 1, half_even)
        - ledger.line_at(base, slope, denominator, days, half_even)
$$;

-- The component that a loan's accrual goes to: off the balance sheet unless the loan performs.
create function ledger.accrued_to(stage text, component text) returns text
language sql immutable parallel safe as $$
    select case stage when 'performing' then component when 'suspended' then 'suspended' else 'written_off' end
$$;
