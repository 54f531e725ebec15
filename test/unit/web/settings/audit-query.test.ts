import { describe, expect, it } from 'vitest';
import { auditQuery } from '#lib/views/settings/audit-query.ts';

const asked = (filters: string) => Object.fromEntries(auditQuery(new URLSearchParams(filters)));

describe('auditQuery', () => {
  it('asks for everything without filters', () => {
    expect(asked('lang=en&theme=dark')).toEqual({});
  });

  it('passes on what was typed, without blanks around it', () => {
    expect(asked('text=+kiosk+&who=ada&action=signIn&branch=east&outcome=denied')).toEqual({
      text: 'kiosk',
      who: 'ada',
      action: 'signIn',
      branch: 'east',
      outcome: 'denied',
    });
  });

  it('takes the last day whole', () => {
    const { from, to } = asked('from=2026-03-02&to=2026-03-02');
    expect(Number(to) - Number(from)).toBe(24 * 3_600_000);
    expect(new Date(Number(from)).getHours()).toBe(0);
  });

  it.each(['yesterday', '2026-13-40', '2026-3-2', ''])('leaves out a day that is none: %s', (day) => {
    expect(asked(`from=${day}&to=${day}`)).toEqual({});
  });
});
