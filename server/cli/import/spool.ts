import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** Bytes before each item that tell its length. */
const HEAD_BYTES = 4;

/** A list too long for memory, kept in a file until it is disposed of. */
export interface Spool<Item> extends Iterable<Item>, Disposable {
  add(item: Item): void;
}

/** An empty list; items are structured data, and read as often as one likes. */
export function openSpool<Item>(): Spool<Item> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-spool-'));
  const file = openSync(join(folder, 'items'), 'wx+', 0o600);
  let end = 0;
  return {
    add(item) {
      const bytes = serialize(item);
      const head = Buffer.alloc(HEAD_BYTES);
      head.writeUInt32BE(bytes.length);
      for (const part of [head, bytes]) end += writeSync(file, part, 0, part.length, end);
    },
    *[Symbol.iterator]() {
      for (let at = 0; at < end;) {
        const head = Buffer.alloc(HEAD_BYTES);
        readSync(file, head, 0, HEAD_BYTES, at);
        const bytes = Buffer.alloc(head.readUInt32BE());
        readSync(file, bytes, 0, bytes.length, at + HEAD_BYTES);
        at += HEAD_BYTES + bytes.length;
        yield deserialize(bytes) as Item;
      }
    },
    [Symbol.dispose]() {
      closeSync(file);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
