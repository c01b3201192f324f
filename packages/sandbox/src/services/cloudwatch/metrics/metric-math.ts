import { ApiError } from '../../../core/service.ts';

/** A number, or a value per period. */
export type MathSeries = number | ReadonlyMap<number, number>;

type Known = ReadonlyMap<string, MathSeries>;

const TOKEN = /\s*(\d+\.?\d*|[A-Za-z_]\w*|[-+*/(),[\]])/y;

const FOLDS: Readonly<Record<string, (values: readonly number[]) => number>> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};

/**
 * Evaluates metric math: `+ - * /`, parentheses, numbers, ids, `FILL(m, n)`, and SUM, AVG, MIN, MAX of `METRICS()` or of `[m1, m2]`.
 * Any other function is refused by name (`ValidationError`).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluateMath(expression: string, known: Known, metrics: readonly MathSeries[]): MathSeries {
  const parser = new MathParser(expression, known, metrics);
  return parser.parse();
}

class MathParser {
  readonly #expression: string;
  readonly #tokens: string[];
  readonly #known: Known;
  readonly #metrics: readonly MathSeries[];

  constructor(expression: string, known: Known, metrics: readonly MathSeries[]) {
    this.#expression = expression;
    this.#known = known;
    this.#metrics = metrics;
    this.#tokens = this.#tokenize();
  }

  parse(): MathSeries {
    const value = this.#sum();
    if (this.#tokens.length > 0) throw this.#invalid(`Unexpected ${this.#tokens[0]}`);
    return value;
  }

  #tokenize(): string[] {
    const tokens: string[] = [];
    TOKEN.lastIndex = 0;
    while (TOKEN.lastIndex < this.#expression.trimEnd().length) {
      const token = TOKEN.exec(this.#expression)?.[1];
      if (token === undefined) throw this.#invalid('The sandbox does not emulate this expression');
      tokens.push(token);
    }
    return tokens;
  }

  #sum(): MathSeries {
    let left = this.#product();
    for (let sign = this.#tokens[0]; sign === '+' || sign === '-'; sign = this.#tokens[0]) {
      this.#tokens.shift();
      left = combine(left, this.#product(), sign === '+' ? (a, b) => a + b : (a, b) => a - b);
    }
    return left;
  }

  #product(): MathSeries {
    let left = this.#factor();
    for (let sign = this.#tokens[0]; sign === '*' || sign === '/'; sign = this.#tokens[0]) {
      this.#tokens.shift();
      left = combine(left, this.#factor(), sign === '*' ? (a, b) => a * b : (a, b) => a / b);
    }
    return left;
  }

  #factor(): MathSeries {
    const token = this.#tokens.shift();
    if (token === undefined) throw this.#invalid('The expression ends too early');
    if (token === '-') return combine(0, this.#factor(), (a, b) => a - b);
    if (token === '(') {
      const inner = this.#sum();
      this.#expect(')');
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    if (this.#tokens[0] === '(') return this.#call(token);
    const series = this.#known.get(token);
    if (series === undefined) throw this.#invalid(`Unknown id ${token}`);
    return series;
  }

  #call(name: string): MathSeries {
    this.#expect('(');
    const fold = Object.hasOwn(FOLDS, name) ? FOLDS[name] : undefined;
    if (!fold && name !== 'FILL') throw this.#invalid(`The sandbox does not emulate the function ${name}`);
    const value = fold ? this.#fold(fold) : this.#fill();
    this.#expect(')');
    return value;
  }

  /** SUM and its like take a list of series, and give a series; of a single series they give a number. */
  #fold(fold: (values: readonly number[]) => number): MathSeries {
    if (this.#tokens[0] !== 'METRICS' && this.#tokens[0] !== '[') {
      const value = this.#sum();
      return typeof value === 'number' ? value : fold([...value.values()]);
    }
    const list = this.#tokens.shift() === '[' ? this.#list() : this.#allMetrics();
    const series = list.filter((member) => typeof member !== 'number');
    const times = [...new Set(series.flatMap((member) => [...member.keys()]))].sort((a, b) => a - b);
    return new Map(
      times.map((time) => [
        time,
        fold(series.map((member) => member.get(time)).filter((value) => value !== undefined)),
      ]),
    );
  }

  #allMetrics(): readonly MathSeries[] {
    this.#expect('(');
    this.#expect(')');
    return this.#metrics;
  }

  #list(): readonly MathSeries[] {
    const members = [this.#sum()];
    while (this.#tokens[0] === ',') {
      this.#tokens.shift();
      members.push(this.#sum());
    }
    this.#expect(']');
    return members;
  }

  /** Fills the periods that other metrics have and this one lacks. */
  #fill(): MathSeries {
    const series = this.#sum();
    this.#expect(',');
    const filler = this.#sum();
    if (typeof series === 'number' || typeof filler !== 'number')
      throw this.#invalid('FILL takes a metric and a number');
    const times = this.#metrics.flatMap((metric) => (typeof metric === 'number' ? [] : [...metric.keys()]));
    return new Map([...new Set(times)].sort((a, b) => a - b).map((time) => [time, series.get(time) ?? filler]));
  }

  #expect(token: string): void {
    if (this.#tokens.shift() !== token) throw this.#invalid(`${token} is missing`);
  }

  #invalid(reason: string): ApiError {
    return new ApiError('ValidationError', `Error in expression '${this.#expression}' [${reason}]`);
  }
}

/** A period that one side lacks, or a division by zero, gives no value. */
function combine(left: MathSeries, right: MathSeries, operate: (a: number, b: number) => number): MathSeries {
  if (typeof left === 'number' && typeof right === 'number') return operate(left, right);
  const times = typeof left === 'number' ? (right as ReadonlyMap<number, number>).keys() : left.keys();
  const at = (series: MathSeries, time: number) => (typeof series === 'number' ? series : series.get(time));
  const combined = new Map<number, number>();
  for (const time of times) {
    const [a, b] = [at(left, time), at(right, time)];
    const value = a === undefined || b === undefined ? Number.NaN : operate(a, b);
    if (Number.isFinite(value)) combined.set(time, value);
  }
  return combined;
}
