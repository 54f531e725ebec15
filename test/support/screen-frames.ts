/** The pictures of a page as the browser shows them, also while the page's script hangs. */
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
