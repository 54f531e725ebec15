/** Keeps people who work by keyboard where they are when the button they pressed goes away. */

/**
 * An attachment for what holds a list: when what has the focus in it is removed, moved or switched off, its row gets the
 * focus, or else the whole. Never another button, which the next key would press.
 */
export function keepFocus(holder: HTMLElement): () => void {
  /** What has the focus in here, as far as people know, and its row. */
  let last: Element | null = null;
  let row: Element | null = null;
  const isLost = (): boolean => {
    const { activeElement, body } = document;
    return last !== null && (activeElement === body || (activeElement === last && last.matches(':disabled')));
  };
  const focusOn = (element: Element | null): void => {
    if (!(element instanceof HTMLElement)) return;
    last = null;
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
  };
  const remember = ({ target }: FocusEvent): void => {
    last = target instanceof Element ? target : null;
    row = last?.closest('li') ?? null;
  };
  // A dialog gives the focus back when it closes, if what had it is still there; until then it is only lent.
  const isLent = (to: Element): boolean => to.closest('dialog')?.contains(holder) === false;
  const leave = ({ relatedTarget: to }: FocusEvent): void => {
    if (to instanceof Element && !holder.contains(to) && !isLent(to)) last = null;
  };
  // A click on nothing takes the focus away too, and means to.
  const forget = (): void => void (last = null);
  holder.addEventListener('focusin', remember);
  holder.addEventListener('focusout', leave);
  addEventListener('pointerdown', forget, true);
  const lookAfter = (): void => {
    if (isLost()) focusOn(row?.isConnected ? row : holder);
  };
  const changes = new MutationObserver(lookAfter);
  addEventListener('close', lookAfter, true);
  changes.observe(holder, { subtree: true, childList: true, attributeFilter: ['disabled'] });
  return () => {
    changes.disconnect();
    removeEventListener('pointerdown', forget, true);
    removeEventListener('close', lookAfter, true);
    if (isLost()) focusOn(document.querySelector('main'));
  };
}
