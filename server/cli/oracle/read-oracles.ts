/** Reads an oracle file: cases with input, what an exact method gave, and how near one must come. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UsageError } from '../result.ts';

const Case = z.object({
  id: z.string(),
  kind: z.string(),
  input: z.record(z.string(), z.unknown()),
  expected: z.record(z.string(), z.unknown()),
  relTol: z.number().nonnegative(),
  absTol: z.number().nonnegative(),
  /** Of averages over windows, which were made by quadrature. */
  relTolWindows: z.number().nonnegative().optional(),
});

/** A figure somebody printed elsewhere. */
const Published = z.object({
  source: z.string(),
  kind: z.string(),
  input: z.record(z.string(), z.unknown()),
  published: z.record(z.string(), z.number()),
  checkRelTol: z.number().nonnegative().optional(),
  checkAbsTol: z.number().nonnegative().optional(),
});

const OracleFile = z.object({
  schema: z.literal('qconsole-oracles/1'),
  cases: z.array(Case),
  published: z.array(Published).default([]),
});

export type OracleFile = z.infer<typeof OracleFile>;

/** The cases of a file; UsageError when it cannot be read or is of another format. */
export async function readOracles(path: string): Promise<OracleFile> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is not JSON`);
  }
  const file = OracleFile.safeParse(json);
  if (file.success) return file.data;
  const issue = file.error.issues[0];
  throw new UsageError(
    `${path} is not an oracle file: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`,
  );
}
