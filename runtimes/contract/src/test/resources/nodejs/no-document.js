function main() {
  return 'a text';
}
