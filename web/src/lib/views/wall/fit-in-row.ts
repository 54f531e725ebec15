/** Sets lines smaller until their rows show all of them: on a wall nobody can scroll, and nothing may be cut off. */

const STEP = 0.94;
/** Smaller than this share of its size no text is legible from the seats anyway. */
const SMALLEST = 0.3;
/** Share of the row's height that may be filled. */
const FILL = 0.94;

/** Gives `--fit` of an element the largest size at which nothing is cut off. */
function shrink(element: HTMLElement, isCut: () => boolean): void {
  element.style.setProperty('--fit', '1');
  for (let size = STEP; isCut() && size > SMALLEST; size *= STEP)
    element.style.setProperty('--fit', String(size));
}

const isWide = (line: HTMLElement): boolean => line.scrollWidth > line.clientWidth;

/** Runs it now and whenever the element changes size; what it gives back ends that. */
function atEverySize(element: HTMLElement, fit: () => void): () => void {
  const observer = new ResizeObserver(fit);
  observer.observe(element);
  return () => observer.disconnect();
}

/**
 * An attachment for a list: what `named` finds in its rows has one size in all of them. Looks again when the list
 * changes size, and when anything of `_content` changes.
 */
export const fitAlike =
  (named: string, ..._content: readonly unknown[]) =>
  (list: HTMLElement): (() => void) => {
    const isCut = (): boolean =>
      [...list.querySelectorAll<HTMLElement>(named)].some(
        (text) => isWide(text) || text.offsetHeight > (text.closest('li')?.clientHeight ?? 0) * FILL,
      );
    return atEverySize(list, () => shrink(list, isCut));
  };

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
        shrink(line, () => isWide(line) || line.offsetHeight > room - after);
        room -= line.offsetHeight;
      }
    };
    return atEverySize(row, fit);
  };
