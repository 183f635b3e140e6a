/** Stands where tslab's `display` stands when cells run without Jupyter: keeps what they show. */

export const shown: { readonly type: 'html' | 'svg'; readonly text: string }[] = [];

export const display = {
  html: (text: string): void => void shown.push({ type: 'html', text }),
  svg: (text: string): void => void shown.push({ type: 'svg', text }),
};
