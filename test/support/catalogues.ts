/** What the message catalogues hold, and which words on a page are of another language. */
import type { Page } from '@playwright/test';

/** A message: the names in its braces, and every text it may become. */
export interface Variants {
  inputs: string[];
  texts: string[];
}

type Message = string | readonly { match: object; declarations: readonly string[] }[];
const INPUT = /\{(\w+)\}/g;

/** The messages of a catalogue by key. */
export function messageVariants(catalogue: object): Map<string, Variants> {
  const messages = Object.entries(catalogue as Record<string, Message>).filter(([key]) => key !== '$schema');
  return new Map(
    messages.map(([key, message]) => {
      const texts =
        typeof message === 'string'
          ? [message]
          : message.flatMap(({ match }) => Object.values(match as Record<string, string>));
      const inputs = new Set(texts.flatMap((text) => [...text.matchAll(INPUT)].map(([, name = '']) => name)));
      return [key, { inputs: [...inputs].sort(), texts }];
    }),
  );
}

/** Texts and labels on a page that match a pattern once the names that may stand there are taken out. */
export async function foreignWords(page: Page, pattern: RegExp, names: readonly string[]): Promise<string[]> {
  const said = await page.evaluate(() => {
    const texts = [document.title];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode())
      if (!walker.currentNode.parentElement?.closest('script, style'))
        texts.push(walker.currentNode.textContent ?? '');
    for (const element of document.body.querySelectorAll('*'))
      for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
        texts.push(element.getAttribute(name) ?? '');
    return texts;
  });
  const longestFirst = [...new Set(names)].sort((a, b) => b.length - a.length);
  return said
    .map((text) => longestFirst.reduce((rest, name) => rest.replaceAll(name, ''), text).trim())
    .filter((text) => pattern.test(text));
}
