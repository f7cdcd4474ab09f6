/** Whose key called it (row C-8). */
function main() {
  return { namespace: process.env.__OW_NAMESPACE };
}
