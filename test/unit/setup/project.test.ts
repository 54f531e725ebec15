import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findProgram, outputOf, run } from '../../../scripts/setup/project.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-path-'));
  vi.stubEnv('PATH', ['', '/nowhere', folder].join(delimiter));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function program(name: string, mode: number): string {
  const file = join(folder, name);
  writeFileSync(file, '#!/bin/sh\necho "$1"\n');
  chmodSync(file, mode);
  return file;
}

describe('findProgram', () => {
  it('finds the first name that can be run', () => {
    program('wanted', 0o644);
    const other = program('other', 0o755);
    expect(findProgram('absent', 'wanted', 'other')).toBe(other);
  });

  it('gives null when there is none', () => {
    expect(findProgram('absent')).toBeNull();
  });
});

describe('running programs', () => {
  it('gives what a program printed', () => {
    expect(outputOf(program('say', 0o755), ['hello'])).toBe('hello\n');
  });

  it('tells a program that fails or does not exist', () => {
    expect(outputOf('/bin/false', [])).toBeNull();
    expect(run(join(folder, 'absent'), [])).toBe(false);
    expect(run('/bin/true', [])).toBe(true);
  });
});
