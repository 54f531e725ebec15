/** A real server and a real browser for a benchmark of a page, both gone when it is over. */
import { type Browser, chromium, type Page } from '@playwright/test';
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

/** What has to be on the page: an element, and where given a text in it; `absent` when it has to be gone. */
export interface Awaited {
  selector: string;
  text?: string;
  absent?: true;
}

/**
 * Does something with a page by hand, and gives the ms from the last key or click of it until what is awaited was
 * painted.
 */
export async function msUntilPainted(
  page: Page,
  awaited: Awaited,
  act: () => Promise<unknown>,
): Promise<number> {
  await page.evaluate(watchFor, awaited);
  await act();
  return page.evaluate(() => (globalThis as unknown as Watching).painted);
}

/** Opens a page with nothing cached, and gives the ms from the start of navigation until what is awaited was painted. */
export async function msToOpen(browser: Browser, address: string, awaited: Awaited): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watchFor, awaited);
  await page.goto(address, { waitUntil: 'commit' });
  const ms = await page.evaluate(() => (globalThis as unknown as Watching).painted);
  await context.close();
  return ms;
}

interface Watching {
  painted: Promise<number>;
}

/** Runs in the page: `painted` resolves once what is awaited was painted, to the ms since the last input or the start. */
function watchFor({ selector, text, absent }: Awaited): void {
  let inputAt = 0;
  for (const kind of ['keydown', 'pointerdown'])
    addEventListener(kind, ({ timeStamp }) => (inputAt = timeStamp), true);
  const isThere = (): boolean => {
    const found = [...document.querySelectorAll(selector)].some((each) =>
      new RegExp(text ?? '').test(each.textContent),
    );
    return found !== (absent ?? false);
  };
  const painted = new Promise<number>((resolve) => {
    const look = new MutationObserver(() => {
      if (!isThere()) return;
      look.disconnect();
      requestAnimationFrame(() => {
        // A message posted in a frame callback arrives after that frame was painted.
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now() - inputAt);
        port2.postMessage(null);
      });
    });
    look.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  });
  Object.assign(globalThis, { painted });
}
