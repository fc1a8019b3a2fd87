-- A title in Chinese, and the business date from which new loans may use a version; null is at once.

alter table ledger.product
    add column title_zh text not null default '',
    add column effective_from date;
