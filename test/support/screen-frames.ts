/** The pictures of a page as the browser shows them, also while the page's script hangs, and whether they flash. */
import { expect, type Page } from '@playwright/test';

export interface Frame {
  /** PNG in base 64. */
  png: string;
  /** When it was shown, ms. */
  atMs: number;
}

export interface Recording {
  last(): string;
  /** Ends it and gives all frames. */
  stop(): Promise<readonly Frame[]>;
}

/** Records a page from now on, small. */
export async function recordFrames(page: Page): Promise<Recording> {
  const session = await page.context().newCDPSession(page);
  const frames: Frame[] = [];
  session.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    frames.push({ png: data, atMs: (metadata.timestamp ?? 0) * 1_000 });
    // The last picture may arrive when the session is over.
    session.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  });
  await session.send('Page.startScreencast', { format: 'png', maxWidth: 320, maxHeight: 200 });
  await expect.poll(() => frames.length).toBeGreaterThan(0);
  return {
    last: () => frames.at(-1)?.png ?? '',
    async stop() {
      await session.detach();
      return frames;
    },
  };
}

/** Mean brightness of a picture, 0–255. */
export function brightness(viewer: Page, png: string): Promise<number> {
  return viewer.evaluate(async (base64) => {
    const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    canvas?.drawImage(picture, 0, 0);
    const pixels = canvas?.getImageData(0, 0, picture.width, picture.height).data ?? [];
    let sum = 0;
    for (let i = 0; i < pixels.length; i += 4)
      sum += (pixels[i] ?? 0) + (pixels[i + 1] ?? 0) + (pixels[i + 2] ?? 0);
    return sum / (pixels.length / 4) / 3;
  }, png);
}

/** How often at most a part of the picture went lighter and darker again within a second, in these frames. */
export function mostFlashes(viewer: Page, frames: readonly Frame[]): Promise<number> {
  return viewer.evaluate(async (given) => {
    const BLOCK_PX = 20;
    /** A tenth of full brightness, 0–255 (WCAG 2.3.1). */
    const LEAST_CHANGE = 25.5;
    const bright: { atMs: number; blocks: number[] }[] = [];
    for (const { png, atMs } of given) {
      const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
      const [width, height] = [picture.width, picture.height].map((px) => Math.ceil(px / BLOCK_PX));
      const canvas = new OffscreenCanvas(width ?? 1, height ?? 1).getContext('2d');
      canvas?.drawImage(picture, 0, 0, width ?? 1, height ?? 1);
      const pixels = canvas?.getImageData(0, 0, width ?? 1, height ?? 1).data ?? [];
      const blocks: number[] = [];
      for (let i = 0; i < pixels.length; i += 4)
        blocks.push(((pixels[i] ?? 0) + (pixels[i + 1] ?? 0) + (pixels[i + 2] ?? 0)) / 3);
      bright.push({ atMs, blocks });
    }
    let most = 0;
    for (let block = 0; block < (bright[0]?.blocks.length ?? 0); block++) {
      const turns: number[] = [];
      let level = bright[0]?.blocks[block] ?? 0;
      let direction = 0;
      for (const { atMs, blocks } of bright) {
        const now = blocks[block] ?? level;
        if (Math.abs(now - level) < LEAST_CHANGE) continue;
        if (Math.sign(now - level) === -direction) turns.push(atMs);
        direction = Math.sign(now - level);
        level = now;
      }
      for (const from of turns)
        most = Math.max(most, turns.filter((at) => at >= from && at - from < 1_000).length);
    }
    return most;
  }, frames);
}
