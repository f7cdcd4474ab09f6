exports.rejects = () => Promise.reject(Object.assign(new TypeError('no good'), { status: 418 }));
exports.rejectsWithNothing = () => Promise.reject();
exports.throws = () => {
  throw new Error('thrown');
};
exports.throwsLater = () => {
  setTimeout(() => {
    throw new Error('thrown later');
  }, 1);
  return new Promise(() => {});
};
exports.asyncThrows = async () => {
  throw new Error('async');
};
exports.circle = () => {
  const circle = {};
  circle.self = circle;
  return circle;
};
