/** The halls and hotlines Muster knows, as configuration: who they are, when they open, what they promise. */
import { z } from 'zod';
import { Channel } from './events.ts';
import { BilingualName, Id, Text } from './ids.ts';

const DAY_MINUTES = 1_440;
const Ratio = z.number().min(0).max(1);
const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is not HH:MM');

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** An IANA name (Asia/Shanghai) or a fixed offset (+08:00). */
export const Zone = z.string().max(64).refine(isZone, 'is not a time zone');

/** What a queue promises. */
const promises = {
  /** Longest wait the hall promises, seconds. */
  targetSeconds: z.number().positive().default(900),
  /** Threshold of the service level, seconds (T of rule SL1). */
  thresholdSeconds: z.number().positive().default(900),
  serviceLevelTarget: Ratio.default(0.8),
  /** Abandons up to this wait are short (rule AB1), seconds. */
  shortAbandonSeconds: z.number().min(0).default(10),
};
/** What queues promise that nobody configured. */
const QueuePromises = z.strictObject(promises);
export type QueuePromises = z.infer<typeof QueuePromises>;

/** A queue: one kind of business people wait for. */
export const QueueProfile = z.strictObject({
  id: Id,
  /** The letter on its tickets. */
  letter: z.string().max(4).default(''),
  name: BilingualName,
  ...promises,
});
export type QueueProfile = z.infer<typeof QueueProfile>;

/** A counter: the place, apart from the person. */
const CounterProfile = z.strictObject({
  id: Id,
  label: z.string().max(8),
  /** Queues it can serve; empty means all. */
  queues: z.array(Id).default([]),
});
export type CounterProfile = z.infer<typeof CounterProfile>;

/** Opening of the hall on some days of the week, local time; closing at or before opening means the next day. */
const OpeningHours = z.strictObject({
  /** 1 Monday … 7 Sunday. */
  days: z.array(z.number().int().min(1).max(7)).default([1, 2, 3, 4, 5, 6, 7]),
  opens: ClockTime,
  closes: ClockTime,
});
export type OpeningHours = z.infer<typeof OpeningHours>;

export const BranchProfile = z.strictObject({
  id: Id,
  name: BilingualName,
  region: z.strictObject({ id: Id, name: BilingualName }),
  channel: Channel.default('hall'),
  zone: Zone.default('UTC'),
  /** When "today" starts (rule WN1), minutes after local midnight. */
  dayStartMinutes: z
    .number()
    .int()
    .min(0)
    .max(DAY_MINUTES - 1)
    .default(0),
  hours: z.array(OpeningHours).default([{ days: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }]),
  queues: z.array(QueueProfile).default([]),
  queueDefaults: QueuePromises.default(() => QueuePromises.parse({})),
  counters: z.array(CounterProfile).default([]),
  /** Longest silence to expect of its sources, seconds (rule LV3). */
  expectedSeconds: z.number().positive().default(300),
  /** A re-enactment, not a real hall. */
  demo: z.boolean().default(false),
});
export type BranchProfile = z.infer<typeof BranchProfile>;
export type BranchProfileInput = z.input<typeof BranchProfile>;

/** A key a source signs its posts with; only its SHA-256 is kept. */
export const SourceKey = z.strictObject({
  source: Id,
  /** SHA-256 of the key, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Branches it may write to; with exactly one, events need not name it; `*` means all. */
  branches: z.array(z.union([z.literal('*'), Id])).min(1),
  note: Text.optional(),
});
export type SourceKey = z.infer<typeof SourceKey>;

/** The file `network.json` of an installation. */
export const NetworkFile = z.strictObject({
  branches: z.array(BranchProfile).default([]),
  sourceKeys: z.array(SourceKey).default([]),
});
export type NetworkFile = z.infer<typeof NetworkFile>;
