/** The time now, in UTC (row C-7). */
function main() {
  return { date: new Date().toISOString() };
}
