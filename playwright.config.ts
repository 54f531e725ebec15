import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { systemChromium } from './scripts/setup/chromium.mjs';

/**
 * What one run shares. Each worker evaluates this file again, so the first evaluation leaves its choices in the
 * environment for the others.
 */
const run = {
  port: (process.env['MUSTER_E2E_PORT'] ??= String(await freePort())),
  folder: (process.env['MUSTER_E2E_FOLDER'] ??= temporaryFolder()),
  chromium: (process.env['MUSTER_E2E_CHROMIUM'] ??= systemChromium() ?? ''),
};

const baseURL = `http://127.0.0.1:${run.port}`;

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 30_000,
  reporter: 'list',
  use: {
    baseURL,
    trace: 'retain-on-failure',
    launchOptions: {
      // Without one on the machine, Playwright's own.
      ...(run.chromium === '' ? {} : { executablePath: run.chromium }),
      args: [
        // Chromium refuses its sandbox to root.
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  webServer: {
    // The launcher itself: stopping npm would leave the server running.
    command: 'node scripts/start.mjs',
    url: `${baseURL}/healthz`,
    env: { PORT: run.port, HOST: '127.0.0.1', DATA_DIR: run.folder },
    timeout: 120_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'muster-e2e-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
