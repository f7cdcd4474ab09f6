/** The first `num` lines (row C-6). */
function main({ lines = [], num = 1 }) {
  const count = Math.max(0, Math.trunc(Number(num)) || 0);
  return { lines: lines.slice(0, count), num: count };
}
