/** Refusals of numbers that have no meaning in a model; each throws a RangeError that names the field. */

const refuse = (name: string, value: number, must: string): never => {
  throw new RangeError(`${name} must be ${must}, not ${String(value)}`);
};

/** Models go through servers and customers one by one: so many they never are, and would take for ever. */
const MOST = 10_000_000;

export function requireWhole(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 0 || value > MOST)
    refuse(name, value, `a whole number from 0 to ${MOST}`);
}

export function requirePositive(name: string, value: number): void {
  if (!(value > 0) || !Number.isFinite(value)) refuse(name, value, 'a number above 0');
}

export function requireNonNegative(name: string, value: number): void {
  if (!(value >= 0) || !Number.isFinite(value)) refuse(name, value, 'a number of at least 0');
}

export function requireRatio(name: string, value: number): void {
  if (!(value >= 0 && value <= 1)) refuse(name, value, 'between 0 and 1');
}
