import { z } from 'zod';

/** Longest id anything may carry: contact, queue, agent, counter, branch, source, event. */
const MAX_ID_LENGTH = 64;
/** Longest free text (names, reasons). */
const MAX_TEXT_LENGTH = 200;

// Control and format characters would travel into terminals, CSV files and wallboards; lone surrogates
// cannot be stored as UTF-8 and come back changed.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const UNSTORABLE = /[\p{Cs}\0]/u;

/** An identifier: 1–64 printable characters, compared exactly. */
export const Id = z
  .string()
  .min(1)
  .max(MAX_ID_LENGTH)
  .refine((text) => !UNPRINTABLE.test(text), 'has unprintable characters');

/** Text a person typed: kept as it is, but it must survive storage. */
export const Text = z
  .string()
  .max(MAX_TEXT_LENGTH)
  .refine((text) => !UNSTORABLE.test(text), 'cannot be stored as text');

/** A name in the two languages of the console. */
export const BilingualName = z.strictObject({ zh: Text, en: Text });
export type BilingualName = z.infer<typeof BilingualName>;
