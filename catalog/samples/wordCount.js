/** How many words a text has. */
function main({ payload }) {
  const words = String(payload ?? '').match(/\S+/g) ?? [];
  console.log(`The message '${payload}' has ${words.length} words`);
  return { count: words.length };
}
