/** Risk limits on the command line. */
import { SigmaError } from '../../lib/core/index.ts';
import type { KillAction } from '../../lib/risk/index.ts';
import { choiceOption, numberOption } from './numbers.ts';

/** `0.2` or `0.2:flatten`; the action is `flatten` when it is left out. */
export function lossLimit(flag: string): (text: string) => { readonly fraction: number; readonly action: KillAction } {
  const fraction = numberOption(flag, { above: 0, max: 1 });
  const action = choiceOption<KillAction>(flag, ['block', 'flatten', 'stop']);
  return (text) => {
    const [share = '', what = 'flatten'] = text.split(':');
    return { fraction: fraction(share), action: action(what) };
  };
}

/** `0.1:0.3`: orders shrink from the first drawdown to nothing at the second. */
export function drawdownScaling(text: string): { readonly from: number; readonly to: number } {
  const flag = '--drawdown-scaling';
  const number = numberOption(flag, { min: 0, max: 1 });
  const [from = '', to = ''] = text.split(':');
  const scaling = { from: number(from), to: number(to) };
  if (scaling.from >= scaling.to) {
    throw new SigmaError('usage/bad-option', `${text} does not rise`, {
      where: flag,
      hint: 'give two drawdowns such as 0.1:0.3',
    });
  }
  return scaling;
}
