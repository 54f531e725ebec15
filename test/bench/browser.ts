/** A real server and a real browser for a benchmark of a page, both gone when it is over. */
import { type Browser, chromium } from '@playwright/test';
import type { BranchProfileInput } from '#shared/network.ts';
import { type LiveServer, makeBenchFolder, startLiveServer } from '#server/cli/bench/live-server.ts';
import { systemChromium } from '../../scripts/setup/chromium.mjs';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
];

/** Runs `measure` against a server of these branches, then ends everything and the process. */
export async function withBrowser(
  branches: BranchProfileInput[],
  measure: (server: LiveServer, browser: Browser) => Promise<void>,
): Promise<never> {
  const folder = makeBenchFolder(branches);
  const server = await startLiveServer(folder);
  const executablePath = systemChromium();
  const browser = await chromium.launch({
    args: ARGUMENTS,
    ...(executablePath === null ? {} : { executablePath }),
  });
  try {
    await measure(server, browser);
  } finally {
    await browser.close();
    await server.end('SIGTERM');
    await folder.remove();
  }
  process.exit();
}
