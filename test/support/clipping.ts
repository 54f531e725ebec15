/** Finds text that nobody can read because something cuts it off. */
import type { Page } from '@playwright/test';

/**
 * Texts that reach beyond the page or beyond an ancestor that hides what overflows. What can be scrolled to inside
 * its own block is not cut off.
 */
export function clippedTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    /** Rounding of glyphs, px. */
    const TOLERANCE = 1.5;
    const clipped: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const parent = text.parentElement;
      if (!parent || text.textContent?.trim() === '' || !isSeen(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
      if (boxes.length === 0) continue;
      const left = Math.min(...boxes.map((box) => box.left));
      const right = Math.max(...boxes.map((box) => box.right));
      const edges = visibleEdges(parent);
      if (left < edges.left - TOLERANCE || right > edges.right + TOLERANCE)
        clipped.push(`${text.textContent?.trim() ?? ''} (${left}–${right} in ${edges.left}–${edges.right})`);
    }
    return clipped;

    function isSeen(element: Element): boolean {
      if (element.closest('script, style, [data-veil], .visually-hidden')) return false;
      if (getComputedStyle(element).clipPath !== 'none') return false;
      return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    }

    /** Left and right of what is shown around an element, px; a block that scrolls sideways shows everything. */
    function visibleEdges(element: Element): { left: number; right: number } {
      for (let box: Element | null = element; box; box = box.parentElement) {
        const { overflowX, display } = getComputedStyle(box);
        if (overflowX === 'auto' || overflowX === 'scroll') return { left: -Infinity, right: Infinity };
        if (overflowX !== 'visible' && display !== 'inline' && box !== document.body)
          return box.getBoundingClientRect();
      }
      return { left: 0, right: document.documentElement.clientWidth };
    }
  });
}

/** How far the page scrolls sideways, px. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
