/**
 * Settings out of their bounds, a sentence each. `bounds` has for each setting what it `is`, and what it may be: a number `from` and `to`, in steps of `step` (1), more
 * than the setting that `above` names or no less than the one that `atLeast` names, or one of `oneOf`; `orNothing` where it may be left empty, but not
 * where the one that `together` names is set.
 */
function outOfBounds(bounds) {
  return Object.entries(bounds).flatMap(([name, bound]) => {
    const wanted = isWithin(bound, bounds) ? undefined : describe(bound, bounds);
    return wanted === undefined ? [] : [`${name} is ${JSON.stringify(bound.is)}; it has to be ${wanted}.`];
  });
}

function isWithin({ is, from, to, step = 1, oneOf, above, atLeast, orNothing, together }, bounds) {
  if (is === '') return orNothing === true && !isSet(bounds[together]);
  if (oneOf) return oneOf.some((one) => String(one) === String(is));
  const value = Number(is);
  return (
    Number.isFinite(value) &&
    isMultiple(value, step) &&
    value >= (from ?? -Infinity) &&
    value <= (to ?? Infinity) &&
    value > (above === undefined ? -Infinity : Number(bounds[above].is)) &&
    value >= (atLeast === undefined ? -Infinity : Number(bounds[atLeast].is))
  );
}

/** Of what a binary fraction cannot say exactly, too: 0.29 in steps of 0.01. */
const isMultiple = (value, step) => Math.abs(value / step - Math.round(value / step)) < 1e-6;

/** Settings that mean something only together are both set, or neither. */
const isSet = (other) => other !== undefined && other.is !== '';

function describe({ is, from, to, step = 1, oneOf, above, atLeast, orNothing, together }, bounds) {
  if (oneOf) return `one of ${oneOf.join(', ')}`;
  const isMissed = is === '' && isSet(bounds[together]);
  const words = [
    step === 1 ? 'a whole number' : `a multiple of ${step}`,
    from !== undefined && (to === undefined ? `of at least ${from}` : `from ${from} to ${to}`),
    above !== undefined && `and more than ${above} (${bounds[above].is})`,
    atLeast !== undefined && `and no less than ${atLeast} (${bounds[atLeast].is})`,
    orNothing && !isMissed && 'or empty',
  ]
    .filter(Boolean)
    .join(' ');
  return isMissed ? `${words}, since ${together} is set` : words;
}

module.exports = { outOfBounds };
