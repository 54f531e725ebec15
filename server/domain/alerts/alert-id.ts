/** Ids of alerts and of the steps of their lives: they follow from what they are about, so the same is told once. */
import type { AlertRuleId, AlertSubject } from '#shared/alerts.ts';
import { subjectKey } from './state.ts';

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const BASE = 36;

/** The id of the alert of a rule about a subject whose condition began at `since`, epoch ms. */
export const alertId = (rule: AlertRuleId, subject: AlertSubject, since: number): string =>
  `${rule}-${hash(subjectKey(subject))}-${since.toString(BASE)}`;

/** The id of the n-th fact about an alert. */
export const stepId = (alert: string, n: number): string => `${alert}.${n}`;

function hash(text: string): string {
  let value = FNV_OFFSET;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), FNV_PRIME);
  return (value >>> 0).toString(BASE);
}
