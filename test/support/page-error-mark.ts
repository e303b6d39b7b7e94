/** Begins a log line that reports an uncaught error of the page. */
export const PAGE_ERROR = 'Uncaught in the page: ';
