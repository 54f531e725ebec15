/** Sets lines smaller until their row shows all of them: on a wall nobody can scroll, and nothing may be cut off. */

const STEP = 0.94;
/** Smaller than this share of its size no text is legible from the seats anyway. */
const SMALLEST = 0.3;
/** Share of the row's height that may be filled. */
const FILL = 0.94;

/**
 * An attachment for the block that holds the lines, within a list item: each line takes of the height what those
 * before it left, and leaves one line of text to each after it. Looks again when the row changes size, and when
 * anything of `_content` changes.
 */
export const fitInRow =
  (..._content: readonly unknown[]) =>
  (block: HTMLElement): (() => void) | undefined => {
    const row = block.closest('li');
    if (!row) return undefined;
    const fit = (): void => {
      const lines = [...block.querySelectorAll<HTMLElement>(':scope > *')];
      for (const line of lines) line.style.setProperty('--fit', '1');
      const kept = lines.map((line) => parseFloat(getComputedStyle(line).lineHeight));
      let room = row.clientHeight * FILL;
      for (const [i, line] of lines.entries()) {
        const after = kept.slice(i + 1).reduce((sum, height) => sum + height, 0);
        const isCut = (): boolean => line.scrollWidth > line.clientWidth || line.offsetHeight > room - after;
        for (let size = STEP; isCut() && size > SMALLEST; size *= STEP)
          line.style.setProperty('--fit', String(size));
        room -= line.offsetHeight;
      }
    };
    const observer = new ResizeObserver(fit);
    observer.observe(row);
    return () => observer.disconnect();
  };
