/** What the first view of a screen does without. */

/**
 * Resolves when what is on the page has been painted: what comes then no longer holds up what people came for. In a page
 * that nobody sees nothing is painted, so there it resolves at once.
 */
export const painted = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.hidden) resolve();
    // The second callback comes when the first frame is on its way to the screen.
    else requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });

/** The rest of a page is drawn before such code is fetched, ms. */
export const AFTER_FIRST_PAINT_MS = 500;

/** Fetches it once the page is drawn. Rejects when it cannot be fetched. */
export async function afterFirstPaint<T>(load: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, AFTER_FIRST_PAINT_MS));
  return load();
}
