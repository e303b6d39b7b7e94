export { checkEnvironment } from './check-environment.js';
export type { Chime, EnvironmentOptions } from './check-run.js';
export type { EndpointOptions } from './endpoint-options.js';
export type {
  CheckCode,
  CheckDetails,
  CheckName,
  CheckStatus,
  CommonCode,
  EnvironmentCheck,
  EnvironmentReport,
} from './environment-check.js';
export { reportText } from './report-text.js';
