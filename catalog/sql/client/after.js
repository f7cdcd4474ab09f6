'use strict';

/** A value, so many milliseconds from now. Nothing waits for it that is done before. */
function after(millis, value) {
  return new Promise((resolve) => {
    setTimeout(resolve, millis, value).unref();
  });
}

exports.after = after;
