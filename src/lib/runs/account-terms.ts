/** The terms of an account that can exist: amounts in range, and a maintenance that a fully used account still meets. */
import { SigmaError } from '../core/index.ts';
import type { AccountConfig } from '../portfolio/index.ts';

/** @throws SigmaError usage/bad-option naming the option, and for leverage x maintenance of 1 or more a maintenance that fits */
export function checkedAccount(account: AccountConfig): AccountConfig {
  const { cash, leverage, maintenance, borrowRate, interestRate } = account;
  demand('--cash', cash, cash > 0, 'a number above 0');
  demand('--leverage', leverage, leverage > 0, 'a number above 0');
  demand('--maintenance', maintenance, maintenance >= 0 && maintenance < 1, 'a fraction from 0 to below 1');
  demand('--borrow-rate', borrowRate, borrowRate >= 0, 'a number of at least 0');
  demand('--interest-rate', interestRate, interestRate >= 0, 'a number of at least 0');
  if (account.kind === 'cash' || leverage * maintenance < 1) return account;
  throw new SigmaError(
    'usage/bad-option',
    `leverage ${leverage} x maintenance ${maintenance} is ${Number((leverage * maintenance).toPrecision(6))}: an account that uses its leverage would meet a margin call at once`,
    {
      where: '--leverage, --maintenance',
      hint: `keep the product below 1, for example --maintenance ${halfWay(leverage)} with --leverage ${leverage}`,
    },
  );
}

function demand(where: string, value: number, fits: boolean, range: string): void {
  if (fits && Number.isFinite(value)) return;
  throw new SigmaError('usage/bad-option', `${value} is out of range`, { where, hint: `give ${range}` });
}

/** A maintenance at which the account may lose half of its equity before the call, in two digits. */
function halfWay(leverage: number): number {
  return Number((0.5 / leverage).toPrecision(2));
}
