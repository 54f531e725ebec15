import { json, type Request } from 'express';
import type { z } from 'zod';
import { Refusal } from './refuse.ts';

/** Nothing people send is longer, bytes. */
const MAX_BODY_BYTES = 65_536;

/** Reads JSON bodies of people; larger ones are refused before they are read. */
export const readBody = json({ limit: MAX_BODY_BYTES, strict: true, inflate: false });

/** The body by its schema; refused as `invalid` with the name of the first field that is wrong. */
export function body<S extends z.ZodType>(schema: S, request: Request): z.output<S> {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Refusal('invalid', issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.'));
}
