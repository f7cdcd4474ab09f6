/** One text of several lines (row C-2). */
function main({ lines = [] }) {
  return { lines, payload: lines.join('\n') };
}
