/** Code that the first view of a screen does without. */

/** The rest of a page is drawn before such code is fetched, ms. */
export const AFTER_FIRST_PAINT_MS = 500;

/** Fetches it once the page is drawn. Rejects when it cannot be fetched. */
export async function afterFirstPaint<T>(load: () => Promise<T>): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, AFTER_FIRST_PAINT_MS));
  return load();
}
