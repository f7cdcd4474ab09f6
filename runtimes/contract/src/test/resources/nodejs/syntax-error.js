// a comment
function main() {
  const x = ;
}
