-- A night's accrual by whole numbers of 64 bits, wherever they hold it, read from an index alone.

-- A line rounds half up as floor((2 * base + denominator + 2 * slope * days) / (2 * denominator)): its offset, step and
-- divisor. A loan's row has them where this tells that they fit, else null; then the figures of any size are evaluated.
--
-- Nothing can overflow: the offset and the divisor are at most 2^62, the step is at most 2^47, and ledger.plain_night answers
-- for days below 2^14 - 1 only, so that its largest figure, offset + step * (days + 1), is at most 2^62 + 2^61 < 2^63.
create function ledger.line_fits(base numeric, slope numeric, denominator numeric) returns boolean
language sql immutable parallel safe as $$
    select base >= 0 and slope >= 0 and denominator > 0
        and 2 * base + denominator <= 4611686018427387904 and 2 * denominator <= 4611686018427387904
        and 2 * slope <= 140737488355328
        and scale(base) = 0 and scale(slope) = 0 and scale(denominator) = 0
$$;
alter function ledger.line_fits(numeric, numeric, numeric) owner to loanledger_owner;

-- What such a line accrues in the night after so many days: ledger.night, or null where nobody proved that it fits.
create function ledger.plain_night(first bigint, step bigint, divisor bigint, days int, half_even boolean)
returns bigint language sql immutable parallel safe as $$
    select case
        when days < 0 or days >= 16383 then null
        when half_even then
            (first + step * (days + 1)) / divisor - (first + step * days) / divisor
            - case when (first + step * (days + 1)) % divisor = 0 and (first + step * (days + 1)) / divisor % 2 = 1
                then 1 else 0 end
            + case when (first + step * days) % divisor = 0 and (first + step * days) / divisor % 2 = 1
                then 1 else 0 end
        else ((first + step * days) % divisor + step) / divisor
    end
$$;
alter function ledger.plain_night(bigint, bigint, bigint, int, boolean) owner to loanledger_owner;

alter table ledger.loan
    add column interest_offset bigint generated always as (
        case when ledger.line_fits(interest_base, interest_slope, interest_denominator)
        then 2 * interest_base + interest_denominator end) stored,
    add column interest_step bigint generated always as (
        case when ledger.line_fits(interest_base, interest_slope, interest_denominator)
        then 2 * interest_slope end) stored,
    add column interest_divisor bigint generated always as (
        case when ledger.line_fits(interest_base, interest_slope, interest_denominator)
        then 2 * interest_denominator end) stored,
    add column penalty_offset bigint generated always as (
        case when ledger.line_fits(penalty_base, penalty_slope, penalty_denominator)
        then 2 * penalty_base + penalty_denominator end) stored,
    add column penalty_step bigint generated always as (
        case when ledger.line_fits(penalty_base, penalty_slope, penalty_denominator)
        then 2 * penalty_slope end) stored,
    add column penalty_divisor bigint generated always as (
        case when ledger.line_fits(penalty_base, penalty_slope, penalty_denominator)
        then 2 * penalty_denominator end) stored;

-- All that a night reads of a loan, in the order of its lines: the rows themselves are wide, and those of a stripe scattered.
create index loan_accruing on ledger.loan (stripe, loan) include (
    id, product, version, currency, stage, half_even, interest_from, interest_offset, interest_step, interest_divisor,
    penalty_from, penalty_offset, penalty_step, penalty_divisor
) where interest_slope <> 0 or penalty_slope <> 0;
