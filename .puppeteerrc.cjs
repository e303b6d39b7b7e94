// The tests use the browsers of the system (see test/support/browsers.ts), so none is downloaded at install.
module.exports = { skipDownload: true };
