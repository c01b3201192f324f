/**
 * `1,234.5`: a number as English writes it, with at most `most` digits behind the point and at least `least`. By hand, because the first call of
 * `toLocaleString` loads the browser's tables of languages: a sixth of the processor time before the page shows its first answer.
 */
export function grouped(value: number, { most = 0, least = 0 } = {}): string {
  const [whole = '', part = ''] = Math.abs(value).toFixed(most).split('.');
  const kept = part.slice(0, least) + part.slice(least).replace(/0+$/, '');
  const written = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (kept === '' ? '' : `.${kept}`);
  return value < 0 && /[1-9]/.test(written) ? `-${written}` : written;
}
