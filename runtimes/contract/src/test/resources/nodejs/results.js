exports.nothing = () => {};
exports.none = () => null;
exports.number = () => 3;
exports.promise = () => new Promise((resolve) => setTimeout(() => resolve({ later: true }), 1));
exports.promisedText = async () => 'text';
