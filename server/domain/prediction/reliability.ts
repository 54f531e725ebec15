/** How often warnings came true, and the correction that follows from it. */

/** Warnings of chances in one tenth: how many there were, what they said, how many came true. */
export interface ReliabilityBin {
  warnings: number;
  chanceSum: number;
  cameTrue: number;
}

/** By tenth of the chance that was told. */
export type Reliability = ReliabilityBin[];

const TENTHS = 10;

export const noReliability = (): Reliability =>
  Array.from({ length: TENTHS }, () => ({ warnings: 0, chanceSum: 0, cameTrue: 0 }));

/** Counts a warning whose time is over. */
export function scoreWarning(table: Reliability, chance: number, cameTrue: boolean): void {
  const bin = table[Math.min(TENTHS - 1, Math.floor(chance * TENTHS))];
  if (bin === undefined) return;
  bin.warnings += 1;
  bin.chanceSum += chance;
  if (cameTrue) bin.cameTrue += 1;
}

/** A logistic correction of chances: log odds told = offset + slope × log odds of the model. */
export interface ChanceCorrection {
  offset: number;
  slope: number;
  /** Inverse of what is known of both: variances and covariance. */
  variance: [offset: number, both: number, slope: number];
}

/** The model is believed at first, give or take so much. */
const FIRST_VARIANCE: ChanceCorrection['variance'] = [0.25, 0, 0.06];
/** What is known fades, so that the correction follows the halls; so do warnings that overlap count as few. */
const FORGETTING = 0.9995;
const MOST_VARIANCE = 0.5;
const LEAST_CHANCE = 0.005;

export const noCorrection = (): ChanceCorrection => ({ offset: 0, slope: 1, variance: [...FIRST_VARIANCE] });

const logOdds = (chance: number): number => {
  const within = Math.min(1 - LEAST_CHANCE, Math.max(LEAST_CHANCE, chance));
  return Math.log(within / (1 - within));
};

/** The chance to tell where the model says `chance`; what is certain stays so. */
export function corrected({ offset, slope }: ChanceCorrection, chance: number): number {
  if (chance === 0 || chance === 1) return chance;
  return 1 / (1 + Math.exp(-(offset + slope * logOdds(chance))));
}

/**
 * Takes in what came of a chance of the model: one step of logistic regression by the extended Kalman rule. `weight`: how
 * much of a warning of its own it is (0–1), as warnings a few minutes apart tell of the same thing.
 */
export function learnChance(
  correction: ChanceCorrection,
  chance: number,
  cameTrue: boolean,
  weight: number,
): void {
  const odds = logOdds(chance);
  const told = 1 / (1 + Math.exp(-(correction.offset + correction.slope * odds)));
  const [a, b, c] = correction.variance;
  const withOffset = a + b * odds;
  const withSlope = b + c * odds;
  const spread = told * (1 - told) * weight;
  const gain = 1 / (1 + spread * (withOffset + odds * withSlope));
  const surprise = ((cameTrue ? 1 : 0) - told) * weight * gain;
  correction.offset += withOffset * surprise;
  correction.slope = Math.max(0.1, correction.slope + withSlope * surprise);
  const fade = (value: number): number => Math.min(MOST_VARIANCE, value / FORGETTING);
  correction.variance = [
    fade(a - spread * gain * withOffset ** 2),
    b - spread * gain * withOffset * withSlope,
    fade(c - spread * gain * withSlope ** 2),
  ];
}
