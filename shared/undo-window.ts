/** What was done can be taken back for at least and at most so long, seconds; people choose (rule GD5, WCAG 2.2.1). */
export const UNDO_SECONDS = { least: 10, most: 60 };
