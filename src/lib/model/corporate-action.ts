/** Splits and cash dividends, effective at the open of their ex-date. */

export type CorporateAction =
  | {
      readonly kind: 'split';
      readonly symbol: string;
      readonly time: number /** New shares per old share. */;
      readonly ratio: number;
    }
  | {
      readonly kind: 'dividend';
      readonly symbol: string;
      readonly time: number /** Cash per share in the instrument's currency. */;
      readonly amount: number;
    };
