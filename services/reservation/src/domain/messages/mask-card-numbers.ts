const SHORTEST_CARD = 8;

/** The last four digits of a card number, or '' where there is none: all that leaves the extractor. */
export function lastFourDigits(cardNumber: string): string {
  const compact = cardNumber.replace(/[\s-]/g, '');
  return compact.length >= SHORTEST_CARD && /^[\dXx*•]*\d{4}$/.test(compact) ? compact.slice(-4) : '';
}

/** ISO/IEC 7812: 12 to 19 digits, in groups or not. */
const DIGIT_RUN = /\d(?:[ .\-/]?\d){11,18}/g;

/** Free text without the card numbers that agents write into it: all but their last four digits become asterisks. */
export function maskCardNumbers(text: string): string {
  return text.replace(DIGIT_RUN, (run) => {
    const digits = run.replace(/\D/g, '');
    return isLuhn(digits) ? `${'*'.repeat(digits.length - 4)}${digits.slice(-4)}` : run;
  });
}

/** The check digit of ISO/IEC 7812-1, annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
