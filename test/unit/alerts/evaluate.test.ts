import { describe, expect, it } from 'vitest';
import type { AlertRuleId, AlertStepEvent } from '#shared/alerts.ts';
import { decide, MAX_SHELVED } from '#server/domain/alerts/decide.ts';
import { evaluate, type Watches } from '#server/domain/alerts/evaluate.ts';
import { foldAlert } from '#server/domain/alerts/fold.ts';
import type { Reading } from '#server/domain/alerts/readings.ts';
import { DEFAULT_RULES } from '#server/domain/alerts/rules.ts';
import { activeAlerts, noAlerts } from '#server/domain/alerts/state.ts';

const MINUTE = 60_000;
const START = 1_000_000_000_000;

const queue = (rule: AlertRuleId, value: number | null, id = 'A', rest: Partial<Reading> = {}): Reading => ({
  rule,
  subject: { kind: 'queue', id },
  value,
  source: 'machine',
  ...rest,
});

/** A branch whose readings are shown step by step; each fact is folded at once. */
function place() {
  const branch = noAlerts();
  let watches: Watches = new Map();
  let now = START;
  const all: AlertStepEvent[] = [];
  const show = (readings: readonly Reading[] | null): AlertStepEvent[] => {
    const facts = evaluate(branch, watches, readings, now);
    for (const fact of facts) foldAlert(branch, fact);
    all.push(...facts);
    return facts;
  };
  return {
    branch,
    all,
    now: () => now,
    show,
    /** Shows the same readings for so long, every 5 s. */
    during(ms: number, readings: readonly Reading[] | null): AlertStepEvent[] {
      const until = now + ms;
      const told = [];
      for (; now < until; now += 5_000) told.push(...show(readings));
      return told;
    },
    restart() {
      watches = new Map();
    },
    do: (id: string, command: Parameters<typeof decide>[2], by = 'Wang') => {
      const decision = decide(branch, id, command, by, now);
      if ('fact' in decision) foldAlert(branch, decision.fact);
      return decision;
    },
    active: () => activeAlerts(branch).map(({ rule, subject }) => `${rule} ${subject.id}`),
    one: () => {
      const [alert] = activeAlerts(branch);
      if (!alert) throw new Error('nothing is active');
      return alert;
    },
  };
}

const LATE = [queue('waitOverTarget', 1.2)];
const FINE = [queue('waitOverTarget', 0.3)];

describe('[AL1] an alert', () => {
  it('is raised when its condition has held long enough, once', () => {
    const here = place();
    expect(here.during(2 * MINUTE, LATE)).toEqual([]);
    expect(here.during(MINUTE, LATE)).toMatchObject([
      { type: 'alert.raised', rule: 'waitOverTarget', since: START, value: 1.2, limit: 1, priority: 'high' },
    ]);
    expect(here.during(MINUTE, LATE)).toEqual([]);
  });

  it('is not raised when the condition was away in between', () => {
    const here = place();
    here.during(MINUTE, LATE);
    here.show(FINE);
    expect(here.during(MINUTE, LATE)).toEqual([]);
  });

  it('clears at another value, after a while', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    expect(here.during(5 * MINUTE, [queue('waitOverTarget', 0.95)])).toEqual([
      expect.objectContaining({ type: 'alert.escalated' }),
    ]);
    expect(here.during(MINUTE, FINE)).toEqual([]);
    expect(here.during(2 * MINUTE, FINE)).toMatchObject([{ type: 'alert.cleared', end: 'cleared' }]);
  });

  it('does not come back before it cooled down', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    here.during(3 * MINUTE, FINE);
    expect(here.during(4 * MINUTE, LATE)).toEqual([]);
    expect(here.during(3 * MINUTE, LATE)).toMatchObject([{ type: 'alert.raised' }]);
  });

  it('holds while its figure cannot be known', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    expect(here.during(2 * MINUTE, [queue('waitOverTarget', null)])).toEqual([]);
    expect(here.active()).toEqual(['waitOverTarget A']);
  });

  it('goes on after a restart of whoever looks, without being raised again', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    here.restart();
    expect(here.during(2 * MINUTE, LATE)).toEqual([]);
    expect(here.during(3 * MINUTE, FINE).map(({ type }) => type)).toContain('alert.cleared');
  });

  it('says the same fact again until it is folded, and the log takes it once', () => {
    const { branch } = place();
    const watches: Watches = new Map();
    evaluate(branch, watches, LATE, START);
    const first = evaluate(branch, watches, LATE, START + 2 * MINUTE);
    const again = evaluate(branch, watches, LATE, START + 2 * MINUTE + 5_000);
    expect(first).toHaveLength(1);
    expect(again.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  });

  it('ends when its rule is switched off, and when the place closes', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    const off = { ...DEFAULT_RULES.waitOverTarget, enabled: false };
    foldAlert(here.branch, { type: 'alert.ruleSet', id: 'r', at: here.now(), rule: off, by: 'Wang' });
    expect(here.show(LATE)).toMatchObject([{ type: 'alert.cleared', end: 'ruleOff' }]);
    const other = place();
    other.during(3 * MINUTE, LATE);
    expect(other.show(null)).toMatchObject([{ type: 'alert.cleared', end: 'closed' }]);
  });
});

describe('[AL2] an early warning', () => {
  const likely = queue('breachSoon', 0.8, 'A', { expectedAt: START + 20 * MINUTE });

  it('says when and how likely', () => {
    const here = place();
    expect(here.during(4 * MINUTE, [likely])).toMatchObject([
      { type: 'alert.raised', rule: 'breachSoon', value: 0.8, expectedAt: START + 20 * MINUTE },
    ]);
  });

  it('ends as come true at the first moment of the breach', () => {
    const here = place();
    here.during(4 * MINUTE, [likely]);
    const came = [queue('breachSoon', 0, 'A', { came: true }), queue('waitOverTarget', 1.01)];
    expect(here.show(came)).toMatchObject([{ type: 'alert.cleared', end: 'came' }]);
  });

  it('stays apart however many there are, for each is scored by itself', () => {
    const here = place();
    here.during(
      4 * MINUTE,
      ['A', 'B', 'C', 'D'].map((id) => queue('breachSoon', 0.9, id)),
    );
    expect(here.active()).toHaveLength(4);
  });
});

describe('[AL3] one cause, one alert', () => {
  it('a queue without a counter explains its waits', () => {
    const here = place();
    here.during(5 * MINUTE, [...LATE, queue('queueWithoutCounter', 4)]);
    expect(here.active()).toEqual(['queueWithoutCounter A']);
  });

  it('a source that fell silent explains everything it told', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    const silent: Reading = {
      rule: 'sourceSilent',
      subject: { kind: 'source', id: 'machine' },
      value: 1.5,
      source: null,
    };
    const told = here.during(MINUTE, [queue('waitOverTarget', null), silent]);
    expect(told.map((fact) => ('end' in fact ? fact.end : fact.type))).toEqual(['inhibited', 'alert.raised']);
    expect(here.active()).toEqual(['sourceSilent machine']);
  });

  it('many of a kind in one place are one alert, which counts them and stays one', () => {
    const here = place();
    const late = (ids: string) => [...ids].map((id) => queue('waitOverTarget', 1.5, id));
    here.during(3 * MINUTE, late('A'));
    expect(here.active()).toEqual(['waitOverTarget A']);
    here.during(3 * MINUTE, late('ABC'));
    expect(here.active()).toEqual(['waitOverTarget ']);
    expect(here.one().members).toEqual(['A', 'B', 'C']);
    here.during(3 * MINUTE, late('ABCD'));
    expect(here.one().members).toEqual(['A', 'B', 'C', 'D']);
    here.during(4 * MINUTE, [...late('A'), ...'BCD'.split('').map((id) => queue('waitOverTarget', 0, id))]);
    expect(here.active()).toEqual(['waitOverTarget ']);
  });

  it('a rule that is switched off explains nothing', () => {
    const here = place();
    const off = { ...DEFAULT_RULES.queueWithoutCounter, enabled: false };
    foldAlert(here.branch, { type: 'alert.ruleSet', id: 'r', at: START, rule: off, by: 'Wang' });
    here.during(3 * MINUTE, [...LATE, queue('queueWithoutCounter', 4)]);
    expect(here.active()).toEqual(['waitOverTarget A']);
  });
});

describe('[AL4] people', () => {
  it('acknowledge: it stays, and goes up to nobody', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    here.do(here.one().id, { do: 'acknowledge' });
    expect(here.during(20 * MINUTE, LATE)).toEqual([]);
    expect(here.one()).toMatchObject({ acknowledged: { by: 'Wang' }, escalated: 0 });
  });

  it('do not see it: it goes up, role by role', () => {
    const here = place();
    const told = here.during(20 * MINUTE, LATE).filter(({ type }) => type === 'alert.escalated');
    expect(told).toMatchObject([{ level: 1 }, { level: 2 }]);
  });

  it('shelve: it comes back by itself', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    here.do(here.one().id, { do: 'shelve', minutes: 15, reason: '' });
    expect(here.during(15 * MINUTE, LATE)).toEqual([]);
    expect(here.during(MINUTE, LATE)).toMatchObject([{ type: 'alert.unshelved', by: null }]);
  });

  it('shelve no more than a few', () => {
    const here = place();
    here.during(
      4 * MINUTE,
      [...'ABCD'].map((id) => queue('breachSoon', 0.9, id)),
    );
    const answers = activeAlerts(here.branch).map(({ id }) =>
      here.do(id, { do: 'shelve', minutes: 30, reason: '' }),
    );
    expect(answers.filter((answer) => 'fact' in answer)).toHaveLength(MAX_SHELVED);
    expect(answers.at(-1)).toEqual({ refused: 'tooManyShelved' });
  });

  it('take it back', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    const { id } = here.one();
    here.do(id, { do: 'acknowledge' });
    here.do(id, { do: 'unacknowledge' });
    expect(here.one().acknowledged).toBeNull();
    here.do(id, { do: 'shelve', minutes: 15, reason: 'x' });
    here.do(id, { do: 'unshelve' });
    expect(here.one().shelved).toBeNull();
  });

  it('two at once: both facts bear one number, so the log takes one of them', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    const { id } = here.one();
    const [one, two] = ['Li', 'Wang'].map((by) =>
      decide(here.branch, id, { do: 'acknowledge' }, by, here.now()),
    );
    expect(one).toHaveProperty('fact.id');
    expect(two).toHaveProperty('fact.id', one && 'fact' in one ? one.fact.id : '');
    here.do(id, { do: 'acknowledge' }, 'Li');
    expect(here.do(id, { do: 'acknowledge' }, 'Wang')).toEqual({ done: true });
  });

  it('say what came of it, also after it ended', () => {
    const here = place();
    here.during(3 * MINUTE, LATE);
    const { id } = here.one();
    here.during(4 * MINUTE, FINE);
    here.do(id, { do: 'judge', verdict: 'handled' });
    expect(here.branch.alerts.get(id)?.verdict).toEqual({ by: 'Wang', verdict: 'handled' });
    expect(here.do('nobody', { do: 'acknowledge' })).toEqual({ refused: 'unknown' });
  });
});
