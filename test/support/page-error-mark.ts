/** How a log line says that it is an error which nothing in the page caught. */
export const PAGE_ERROR = 'Uncaught in the page: ';
