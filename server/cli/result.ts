/** What a measuring command prints: one JSON object as the last line of standard output. */
import { cpus } from 'node:os';

/** The command cannot run as it was asked to; the message says why. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Prints the result with what it was measured on, and sets the exit code: 0 when `ok`, 1 when not. */
export function printResult(result: { ok: boolean } & Record<string, unknown>): void {
  const machine = { node: process.version, cpus: cpus().length };
  process.stdout.write(`${JSON.stringify({ ...result, ...machine })}\n`);
  process.exitCode = result.ok ? 0 : 1;
}

/** Tells how it goes, on standard error. */
export function progress(text: string): void {
  process.stderr.write(`${text}\n`);
}
