export { checkEnvironment } from './check-environment.js';
export type { Chime, EndpointOptions, EnvironmentOptions } from './check-run.js';
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
