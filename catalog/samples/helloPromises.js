/** A result that is there only a moment later. */
function main({ name = 'stranger', place = 'somewhere' }) {
  return new Promise((resolve) => {
    setTimeout(() => resolve({ lines: ['Hello,', name, 'from', `${place}!`] }), 20);
  });
}
