import fc from 'fast-check';
import { describe, it, expect } from 'vitest';
import { ALERT_RULE_IDS, type AlertStepEvent } from '#shared/alerts.ts';
import { evaluate, type Watches } from '#server/domain/alerts/evaluate.ts';
import { foldAlert } from '#server/domain/alerts/fold.ts';
import type { Reading } from '#server/domain/alerts/readings.ts';
import { DEFAULT_RULES, GROUP_FROM } from '#server/domain/alerts/rules.ts';
import { activeAlerts, noAlerts, subjectKey } from '#server/domain/alerts/state.ts';
import { RUNS as ALL_RUNS } from '#test/support/lives.ts';

/** Each run goes through hundreds of moments. */
const RUNS = { ...ALL_RUNS, numRuns: 150 };
const QUEUES = ['A', 'B', 'C', 'D'];
const OF_QUEUES = ['waitOverTarget', 'breachSoon', 'queueWithoutCounter', 'manyAbandons'] as const;
const STEP_MS = 30_000;

const reading: fc.Arbitrary<Reading> = fc.record({
  rule: fc.constantFrom(...OF_QUEUES),
  subject: fc.constantFrom(...QUEUES).map((id) => ({ kind: 'queue' as const, id })),
  value: fc.option(fc.double({ min: 0, max: 2, noNaN: true })),
  source: fc.constant(null),
});
const moment = fc.option(
  fc.uniqueArray(reading, { maxLength: 8, selector: ({ rule, subject }) => `${rule} ${subject.id}` }),
  { freq: 20 },
);
/** Each kept for a while, so that durations are reached. */
const course = fc
  .array(fc.record({ readings: moment, steps: fc.integer({ min: 1, max: 12 }) }), { maxLength: 25 })
  .map((stretches) =>
    stretches.flatMap(({ readings, steps }) => Array.from({ length: steps }, () => readings)),
  );

function follow(moments: readonly (readonly Reading[] | null)[], each: (told: AlertStepEvent[]) => void) {
  const branch = noAlerts();
  const watches: Watches = new Map();
  moments.forEach((readings, i) => {
    const told = evaluate(branch, watches, readings, i * STEP_MS);
    for (const fact of told) foldAlert(branch, fact);
    each(told);
  });
  return branch;
}

describe('whatever the figures do', () => {
  it('facts have ids of their own, and every fact changes its alert', () => {
    fc.assert(
      fc.property(course, (moments) => {
        const ids: string[] = [];
        follow(moments, (told) => ids.push(...told.map(({ id }) => id)));
        expect(new Set(ids).size).toBe(ids.length);
      }),
      RUNS,
    );
  });

  it('[AL3] no two active alerts are about the same, and many of a kind are one', () => {
    fc.assert(
      fc.property(course, (moments) => {
        const branch = noAlerts();
        const watches: Watches = new Map();
        moments.forEach((readings, i) => {
          for (const fact of evaluate(branch, watches, readings, i * STEP_MS)) foldAlert(branch, fact);
          const active = activeAlerts(branch);
          const about = active.map(({ rule, subject }) => `${rule} ${subjectKey(subject)}`);
          expect(new Set(about).size).toBe(about.length);
          for (const rule of ALERT_RULE_IDS) {
            const ofRule = active.filter((alert) => alert.rule === rule);
            if (rule !== 'breachSoon') expect(ofRule.length).toBeLessThan(GROUP_FROM);
          }
          if (readings === null) expect(active).toEqual([]);
        });
      }),
      RUNS,
    );
  });

  it('[AL1] about one thing nothing is raised twice within the cool-down', () => {
    fc.assert(
      fc.property(course, (moments) => {
        const ended = new Map<string, number>();
        const about = new Map<string, string>();
        follow(moments, (told) => {
          for (const fact of told) {
            if (fact.type === 'alert.cleared') ended.set(about.get(fact.alert) ?? '', fact.at);
            if (fact.type !== 'alert.raised' || fact.subject.kind === 'branch') continue;
            const key = `${fact.rule} ${fact.subject.id}`;
            about.set(fact.alert, key);
            const coolDownMs = DEFAULT_RULES[fact.rule].coolDownSeconds * 1_000;
            expect(fact.at - (ended.get(key) ?? -Infinity)).toBeGreaterThanOrEqual(coolDownMs);
          }
        });
      }),
      RUNS,
    );
  });

  it('[AL1] what was raised had held for as long as its rule asks', () => {
    fc.assert(
      fc.property(course, (moments) => {
        follow(moments, (told) => {
          for (const fact of told) {
            if (fact.type !== 'alert.raised') continue;
            const { raiseAfterSeconds } = DEFAULT_RULES[fact.rule];
            expect(fact.at - fact.since).toBeGreaterThanOrEqual(raiseAfterSeconds * 1_000);
          }
        });
      }),
      RUNS,
    );
  });
});
