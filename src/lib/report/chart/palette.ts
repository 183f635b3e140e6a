/** Colours and rules of charts: with custom properties in a page, with fixed colours in an image. */

export const light = {
  bg: '#f6f7f9',
  card: '#fff',
  ink: '#1b2330',
  soft: '#5d6878',
  line: '#e2e6ec',
  grid: '#edf0f4',
  accent: '#2563c9',
  muted: '#8d99a8',
  gain: '#12805c',
  loss: '#c0392f',
  warn: '#a86400',
  violet: '#7653c4',
  'warn-bg': '#fff6e3',
  shade: '#f1f4f8',
} as const;

export type Palette = Readonly<Record<keyof typeof light, string>>;

export const dark: Palette = {
  bg: '#12161c',
  card: '#191f27',
  ink: '#e4e8ee',
  soft: '#98a4b3',
  line: '#2a323d',
  grid: '#242c36',
  accent: '#6ea3ff',
  muted: '#7c8898',
  gain: '#45b98d',
  loss: '#ee7468',
  warn: '#e3a845',
  violet: '#a78bfa',
  'warn-bg': '#2b2417',
  shade: '#202731',
};

/** As CSS custom properties. */
export function variables(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, value]) => `--${name}:${value}`)
    .join(';');
}

/** Rules by class; colours are custom properties. */
export const chartRules = `
svg text{font:11px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif;fill:var(--soft)}
.grid{stroke:var(--grid)}.axis{stroke:var(--line)}.reference{stroke:var(--muted);stroke-dasharray:3 3}
path.line{fill:none;stroke-width:1.5;stroke-linejoin:round}
path.line.muted{stroke-width:1.2}
path.area{opacity:.16;stroke:none}
path.line.accent,.mark.accent{stroke:var(--accent)}path.line.muted,.mark.muted{stroke:var(--muted)}path.line.gain,.mark.gain{stroke:var(--gain)}path.line.loss,.mark.loss{stroke:var(--loss)}path.line.warn,.mark.warn{stroke:var(--warn)}path.line.violet,.mark.violet{stroke:var(--violet)}path.line.plain{stroke:var(--ink);stroke-width:1.1}
path.area.accent,rect.accent{fill:var(--accent)}path.area.muted,rect.muted{fill:var(--muted)}path.area.loss,rect.loss{fill:var(--loss)}path.area.gain,rect.gain{fill:var(--gain)}path.area.violet,rect.violet{fill:var(--violet)}rect.warn{fill:var(--warn)}
rect.column{opacity:.85}
.mark{stroke-dasharray:4 3}text.mark-label.loss{fill:var(--loss)}text.mark-label.warn{fill:var(--warn)}
path.candle{stroke-width:1}path.candle.gain{stroke:var(--gain);fill:var(--gain);opacity:.75}path.candle.loss{stroke:var(--loss);fill:var(--loss);opacity:.75}
path.trade{fill:none;stroke-width:1.2;stroke-dasharray:2 2;opacity:.8}path.trade.gain{stroke:var(--gain)}path.trade.loss{stroke:var(--loss)}
path.entry{fill:var(--accent);stroke:var(--card);stroke-width:.6}path.entry.short{fill:var(--violet)}
circle.exit{fill:var(--card);stroke-width:1.8}circle.exit.gain{stroke:var(--gain)}circle.exit.loss{stroke:var(--loss)}
`;

/** The rules with a palette's colours in place, for images: their renderers know no custom properties. */
export function fixedRules(palette: Palette): string {
  return Object.entries(palette)
    .reduce((rules, [name, value]) => rules.replaceAll(`var(--${name})`, value), chartRules)
    .replaceAll('\n', '');
}
