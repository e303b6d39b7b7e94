// The browsers are the system's own (see test/support/browsers.ts); nothing is downloaded at install.
module.exports = { skipDownload: true };
