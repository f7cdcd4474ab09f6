let waiting = [];

// Answers only when as many calls are in flight as they say there will be.
function main({ name, calls }) {
  console.log(`${name} begins`);
  return new Promise((resolve) => {
    waiting.push(() => {
      console.error(`${name} ends`);
      resolve({ name });
    });
    if (waiting.length === calls) {
      for (const each of waiting) setImmediate(each);
      waiting = [];
    }
  });
}
