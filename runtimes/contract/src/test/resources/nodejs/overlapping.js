let waiting = [];

// Answers only when as many calls are in flight as they say there will be.
async function main({ name, calls }) {
  console.log(`${name} begins`);
  await new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === calls) {
      for (const each of waiting) each();
      waiting = [];
    }
  });
  console.error(`${name} ends`);
  return { name };
}
