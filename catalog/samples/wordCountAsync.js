/** How many words a text has, told a moment later. */
async function main({ payload }) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  return { count: (String(payload ?? '').match(/\S+/g) ?? []).length };
}
