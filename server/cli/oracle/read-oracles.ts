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

const Named = z.object({ id: z.string() });

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
  cases: z.array(z.unknown()),
  published: z.array(z.unknown()).default([]),
});

/** An entry of the file that is no case, and why not. */
export interface Unreadable {
  id: string;
  why: string;
}

export interface OracleFile {
  cases: z.infer<typeof Case>[];
  published: z.infer<typeof Published>[];
  unreadable: Unreadable[];
}

/** The cases of a file, and what in it is none; UsageError when it cannot be read or is of another format. */
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
  if (!file.success) throw new UsageError(`${path} is not an oracle file: ${firstIssue(file.error)}`);
  const unreadable: Unreadable[] = [];
  return {
    cases: readable(Case, file.data.cases, 'cases', unreadable),
    published: readable(Published, file.data.published, 'published', unreadable),
    unreadable,
  };
}

/** The entries that follow a schema; the others are added to `unreadable`, under their id or their place. */
function readable<Entry>(
  schema: z.ZodType<Entry>,
  entries: readonly unknown[],
  list: string,
  unreadable: Unreadable[],
): Entry[] {
  return entries.flatMap((entry, i) => {
    const read = schema.safeParse(entry);
    if (read.success) return [read.data];
    const named = Named.safeParse(entry);
    unreadable.push({ id: named.success ? named.data.id : `${list}[${i}]`, why: firstIssue(read.error) });
    return [];
  });
}

function firstIssue({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
}
