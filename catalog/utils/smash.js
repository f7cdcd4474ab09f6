/** All arguments below the field whose name is `$fieldName` (row C-3). */
function main({ $fieldName: field, ...others }) {
  if (typeof field !== 'string') {
    return { error: "Expected an argument '$fieldName' of type 'string'." };
  }
  return { [field]: others };
}
