import type { Request } from 'express';
import type { z } from 'zod';
import { Refusal } from './refuse.ts';

/** The query of an address by its schema; refused as `invalid` with the name of the first field that is wrong. */
export function query<S extends z.ZodType>(schema: S, request: Request): z.output<S> {
  const parsed = schema.safeParse(request.query);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.join('.');
  throw new Refusal('invalid', field);
}
