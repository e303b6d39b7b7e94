// The globals of browser tests.
import 'mocha';
