/** One kind of oracle case: how its input is read and which figures are reported for it. */
import type { z } from 'zod';

/** Figures under the names of the oracle file; null where there is nothing to divide by. */
export type Reported = number | null | readonly Reported[] | Fields;

export interface Fields {
  readonly [field: string]: Reported;
}

/**
 * Gives the figures for a case; throws where the input is not of this kind or has no answer.
 * `expected` tells only which times are asked for, where that is not in the input.
 */
export type Kind = (input: unknown, expected: unknown) => Fields;

export const kind =
  <Input>(schema: z.ZodType<Input>, report: (input: Input, expected: unknown) => Fields): Kind =>
  (input, expected) => {
    const read = schema.safeParse(input);
    if (read.success) return report(read.data, expected);
    const issue = read.error.issues[0];
    throw new RangeError(`input ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is of another kind'}`);
  };
