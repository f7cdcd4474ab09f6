/** Gives back what it was called with (row C-1). */
function main(args) {
  return args;
}
