import { describe, expect, it } from 'vitest';
import { addUp, playwrightTally, vitestTally } from '../../../scripts/setup/tally.mjs';

describe('vitestTally', () => {
  const counts = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  const passing = { status: 'passed', assertionResults: [{ status: 'passed' }] };
  const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };

  it('takes the counts of tests', () => {
    const report = { ...counts, testResults: [passing, failing] };
    expect(vitestTally(report)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it('counts a file that could not be read as one failure', () => {
    const report = { ...counts, testResults: [failing, { status: 'failed', assertionResults: [] }] };
    expect(vitestTally(report).failed).toBe(2);
  });
});

describe('playwrightTally', () => {
  it('counts a flaky test as failed', () => {
    const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 }, errors: [] };
    expect(playwrightTally(report)).toEqual({ passed: 4, failed: 2, skipped: 2 });
  });

  it('counts an error outside any test', () => {
    const report = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] };
    expect(playwrightTally(report).failed).toBe(1);
  });
});

describe('addUp', () => {
  it('sums each count', () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(addUp([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
  });
});
