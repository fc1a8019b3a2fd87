-- Components that loans came to have, and the accounts of the default chart that books opened before lack.
-- An account of the same code that finance made before stays as it is.
-- The version before cannot read the new components from the chart: stop its servers first.

alter table ledger.account
    drop constraint account_control_check,
    add constraint account_control_check check (control in (
        'principal', 'interest', 'fee', 'penalty', 'credit', 'written_off', 'adjustment', 'deferred', 'impaired',
        'suspended', 'tax_deferred', 'borrowing'
    ));

insert into ledger.account (book, code, title, title_zh, type, control)
select b.book, a.code, a.title, a.title_zh, a.type, a.control
from ledger.book b
cross join (values
    ('1132R', 'Interest receivable, revaluation', '应收利息——汇兑调整', 'asset', null),
    ('1303A', 'Loans, interest adjustment', '贷款——利息调整', 'asset', 'adjustment'),
    ('1303I', 'Loans, impaired', '贷款——已减值', 'asset', 'impaired'),
    ('1303R', 'Loans, revaluation', '贷款——汇兑调整', 'asset', null),
    ('1304-S1', 'Loan loss allowance, stage 1', '贷款损失准备——第一阶段', 'asset', null),
    ('1304-S2', 'Loan loss allowance, stage 2', '贷款损失准备——第二阶段', 'asset', null),
    ('1304-S3', 'Loan loss allowance, stage 3', '贷款损失准备——第三阶段', 'asset', null),
    ('1306', 'Loans in refinancing', '贷款置换清算', 'asset', null),
    ('1441', 'Repossessed collateral', '抵债资产', 'asset', null),
    ('1442', 'Repossessed collateral, allowance', '抵债资产跌价准备', 'asset', null),
    ('2221', 'VAT payable', '应交税费——应交增值税(销项税额)', 'liability', null),
    ('2240', 'VAT deferred', '应交税费——待转销项税额', 'liability', 'tax_deferred'),
    ('2243', 'Secured borrowing', '其他金融负债', 'liability', 'borrowing'),
    ('2244', 'Recourse and servicing liability', '预计负债', 'liability', null),
    ('2401', 'Deferred income', '递延收益', 'liability', 'deferred'),
    ('3002', 'Currency exchange', '货币兑换', 'asset', null),
    ('6061', 'Exchange gains and losses', '汇兑损益', 'income', null),
    ('6111', 'Gains and losses on derecognition', '投资收益', 'income', null),
    ('6711', 'Fraud loss', '营业外支出——欺诈损失', 'expense', null),
    ('6712', 'Goodwill to customers', '客户补偿支出', 'expense', null),
    ('9003', 'Interest not accrued (memo)', '应收未收利息', 'memo', 'suspended'),
    ('9004', 'Interest not accrued, contra (memo)', '应收未收利息对方', 'memo', null),
    ('9011', 'Interest not received (memo)', '待收利息', 'memo', 'interest'),
    ('9012', 'Interest not received, contra (memo)', '待收利息对方', 'memo', null),
    ('9013', 'Fees not received (memo)', '待收手续费', 'memo', 'fee'),
    ('9014', 'Fees not received, contra (memo)', '待收手续费对方', 'memo', null),
    ('9015', 'Penalties not received (memo)', '待收罚息', 'memo', 'penalty'),
    ('9016', 'Penalties not received, contra (memo)', '待收罚息对方', 'memo', null)
) as a (code, title, title_zh, type, control)
on conflict (book, code) do nothing;
