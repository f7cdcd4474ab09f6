/** A text cut where a regular expression matches, by default at line ends (row C-4). */
function main({ payload = '', separator }) {
  const text = String(payload);
  return { lines: text.split(pattern(separator)), payload: text };
}

/** A separator that is no regular expression, such as `(`, stands for itself. */
function pattern(separator) {
  if (separator === undefined || separator === '') {
    return /\r?\n/;
  }
  try {
    return new RegExp(separator);
  } catch {
    return String(separator);
  }
}
