/** Arcs by a key of theirs, a whole number from 0: what is given is a view, not a copy. */
export function indexArcs(arcs: Int32Array, keyOf: (arc: number) => number): (key: number) => Int32Array {
  let keys = 0;
  for (const arc of arcs) keys = Math.max(keys, keyOf(arc) + 1);
  const starts = new Int32Array(keys + 1);
  for (const arc of arcs) starts[keyOf(arc) + 1] = (starts[keyOf(arc) + 1] ?? 0) + 1;
  for (let key = 0; key < keys; key++) starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const next = starts.slice();
  const list = new Int32Array(arcs.length);
  for (const arc of arcs) {
    const place = next[keyOf(arc)] ?? 0;
    list[place] = arc;
    next[keyOf(arc)] = place + 1;
  }
  return (key) => list.subarray(starts[key] ?? 0, starts[key + 1] ?? 0);
}
